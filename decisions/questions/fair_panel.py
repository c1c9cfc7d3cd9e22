"""On a question's page: who could gain from it and has not declared; which talks came before it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.programmes.rules import Person, may_run, membership_of
from commissioning.programmes.templatetags.programmes import moneyless
from commissioning.programmes.voices import voices_of
from decisions.questions import rules
from decisions.questions.conflicts import Stake, stakes, unknown_bodies
from decisions.questions.early_sessions import Session, nobody_said, sessions_of
from decisions.questions.level_field import lines_of
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
        _("Whoever could gain gives evidence, and does not decide."),
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


def talks_panel(question: Question, user: Person) -> Panel | None:
    """For whoever runs it: sessions that may have been early talks. The queries of the file."""
    if not (may_run(user, question.programme) and rules.may_choose_lines(user, question)):
        return None
    waiting = nobody_said(sessions_of(question, lines_of(question)))
    return Panel(
        lead=_(
            "Organisations came to these sessions of the programme, which may have been early "
            "talks about this question. Say of each whether it was."
        )
        if waiting
        else _("No session waits to be told apart from an early talk about this question."),
        rows=[_session_row(one, question) for one in waiting],
        actions=[(_("Which talks were about it"), question_url("questions:talks", question))],
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


def _session_row(one: Session, question: Question) -> PanelRow:
    """A session that may have been an early talk: whoever runs the programme is to say."""
    return PanelRow(
        moneyless(one.what, question.programme),
        url=question_url("questions:session", question, one.key),
        note=one.known,
        tag=one.standing[0],
        kind=one.standing[1],
    )


def _actions(question: Question, user: Person) -> list[tuple[str, str]]:
    if not (membership_of(user, question.programme) and rules.may_declare(user, question)):
        return []
    return [(_("Declare for this question"), question_url("questions:declare", question))]
