"""On a question's page: who could gain from it, who has not declared, and what to do about it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.programmes.rules import Person, may_run, membership_of
from commissioning.programmes.templatetags.programmes import moneyless
from commissioning.programmes.voices import voices_of
from decisions.questions import rules
from decisions.questions.conflicts import Stake, stakes, unknown_bodies
from decisions.questions.models import Question
from decisions.questions.pages import question_url
from decisions.questions.panels import Panel, PanelRow


def fair_panel(question: Question, user: Person) -> Panel:
    """Who could gain, by fact or as declared. Three queries beside the voices."""
    found = stakes(question, user)
    gaining = [one for one in found if one.could_gain]
    waiting = sum(one.own is None and not one.by_fact for one in found)
    said = [
        *_by_fact(question),
        *unknown_bodies(question),
        _("Who could gain gives evidence and does not decide."),
    ]
    if waiting:
        said.append(
            ngettext(
                "%d member has not declared for this question.",
                "%d members have not declared for this question.",
                waiting,
            )
            % waiting
        )
    return Panel(
        lead=" ".join(said),
        rows=[_row(one, question, user) for one in gaining],
        actions=_actions(question, user),
    )


def _by_fact(question: Question) -> list[str]:
    """The organisations of the directory that gain by fact; and where nobody provides it now."""
    said = []
    if question.present_provider:
        said.append(_("Present provider: %s.") % question.present_provider.name)
    elif not question.provides_now:
        said.append(_("No present provider is named."))
    if question.goes_to:
        said.append(_("A grant is meant for %s.") % question.goes_to.name)
    return said


def _row(one: Stake, question: Question, user: Person) -> PanelRow:
    voice = voices_of(question.programme, user).voice(one.member)
    who = ", ".join(part for part in (voice.name, voice.organisation) if part)
    note = f"{one.declared}. {moneyless(one.words, question.programme)}".strip()
    return PanelRow(who, note=note)


def _actions(question: Question, user: Person) -> list[tuple[str, str]]:
    found = []
    if membership_of(user, question.programme) and rules.may_declare(user, question):
        found.append((_("Declare for this question"), question_url("questions:declare", question)))
    if may_run(user, question.programme) and rules.may_choose_lines(user, question):
        found.append((_("Which talks were about it"), question_url("questions:talks", question)))
    return found
