"""The write door of questions: asked, worded, valued, brought to the body that decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.revisions import Stood, hold
from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.actions.common import refuse_money_talk
from commissioning.programmes.history import record
from commissioning.programmes.models import Outcome, Programme
from commissioning.programmes.rules import membership_of
from decisions.questions import rules
from decisions.questions.models import BackwardPlan, Question, QuestionDeclaration, Vat
from decisions.questions.plan.backward import lengths_of
from decisions.questions.plan.ways import WAYS
from decisions.questions.said import said_of, worth_of
from places.directory.models import Area, Organisation


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked, in words and dates. ``who_buys`` None: the body that leads the programme."""

    title: str
    what: str
    for_whom: str = ""
    outcomes: Sequence[Outcome] = ()
    areas: Sequence[Area] = ()
    who_buys: Organisation | None = None
    present_ends_on: date | None = None
    begins_on: date | None = None
    present_provider: Organisation | None = None
    # Its name, where the directory has it not.
    present_provider_words: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What it is worth over its whole life, net of VAT, and for how long."""

    net_value: Decimal | None
    options_value: Decimal | None = None
    vat: str = Vat.UNKNOWN
    length_months: int | None = None
    extension_months: int | None = None


def lock_question(question_id: UUID) -> Question:
    """The question as it is once nobody else is changing it."""
    lock(f"question:{question_id}")
    return Question.objects.select_related("programme__place", "programme__led_by").get(
        pk=question_id
    )


@transaction.atomic
def make_question(user: User, programme: Programme, words: Words) -> Question:
    """A new question, as a draft that only those who run the programme see.

    Sent twice (by going back, say) it is one draft, with what is said of it now.
    """
    lock(f"questions of {programme.pk}")
    require(rules.may_ask(user, programme))
    _check(programme, words)
    said = {"programme": programme, "made_by": user, **_fields(programme, words)}
    question = Question.objects.filter(state=Question.State.DRAFT, **said).first()
    question = question or Question.objects.create(**said)
    _link(question, words)
    return question


@transaction.atomic
def write_question(
    user: User, question: Question, words: Words, *, stood: Stood = None
) -> Question:
    """Say the question again. ``stood``: what the form behind it was held against."""
    question = lock_question(question.pk)
    require(rules.may_write(user, question))
    hold(stood, said_of(question))
    _check(question.programme, words)
    before = question.title
    for name, value in _fields(question.programme, words).items():
        setattr(question, name, value)
    question.save()
    _link(question, words)
    if question.state != Question.State.DRAFT:
        record(question.programme, user, f"changed what the question “{before}” says")
    return question


@transaction.atomic
def value_question(
    user: User, question: Question, value: Value, *, stood: Stood = None
) -> Question:
    """Say what it is worth and how long it runs. Refused while the money gate is closed.

    ``stood``: what the form behind it was held against.
    """
    question = lock_question(question.pk)
    require(rules.may_value(user, question))
    hold(stood, worth_of(question))
    if value.net_value is None and value.options_value:
        raise Invalid(_("Say first what it is worth without options."), "net_value")
    for name in ("net_value", "options_value", "vat", "length_months", "extension_months"):
        setattr(question, name, getattr(value, name))
    question.save()
    if question.state != Question.State.DRAFT:
        record(question.programme, user, f"changed the value or length of “{question.title}”")
    return question


@transaction.atomic
def open_question(user: User, question: Question) -> Question:
    """Let everybody who sees the programme read it; appraisals begin from here."""
    question = lock_question(question.pk)
    require(rules.may_write(user, question))
    if question.state != Question.State.DRAFT:
        return question
    question.state, question.put_at = Question.State.APPRAISING, timezone.now()
    question.save(update_fields=["state", "put_at"])
    record(question.programme, user, f"put the question “{question.title}”")
    return question


@transaction.atomic
def discard_question(user: User, question: Question) -> None:
    """Throw a draft away."""
    question = lock_question(question.pk)
    require(rules.may_write(user, question))
    if question.state != Question.State.DRAFT:
        raise Invalid(_("People have read this question, so it stays."))
    question.delete()


def move_question(question: Question, state: Question.State) -> Question:
    """Go on to the body that decides, back from it, or to decided; called by the records room.

    Inside a transaction, after the caller has asked its own rules; the caller writes the history.
    """
    question = lock_question(question.pk)
    question.state = state
    question.save(update_fields=["state"])
    return question


@transaction.atomic
def declare_about(
    user: User, question: Question, *, could_gain: bool, words: str
) -> QuestionDeclaration:
    """Say what you or your organisation could gain from how this question is decided."""
    question = lock_question(question.pk)
    require(rules.may_declare(user, question))
    member = membership_of(user, question.programme)
    assert member is not None
    if could_gain and not words.strip():
        raise Invalid(_("Say in a sentence what you or your organisation could gain."), "words")
    refuse_money_talk(question.programme, words=words)
    declared = QuestionDeclaration.objects.create(
        question=question, membership=member, could_gain=could_gain, words=words.strip()
    )
    said = "could gain" if could_gain else "could not gain"
    record(
        question.programme,
        user,
        f"declared that they {said} from the question “{question.title}”",
        reason=declared.words,
    )
    return declared


LONGEST = 730


@transaction.atomic
def name_group(
    user: User, question: Question, group: Organisation | None, words: str = ""
) -> Question:
    """Name the one group that a grant is meant for, or nobody. Its members could gain from then on.

    ``words``: its name where the directory has it not.
    """
    question = lock_question(question.pk)
    require(rules.may_write(user, question))
    words = "" if group else words.strip()
    if (question.goes_to_id, question.goes_to_words) == (group.pk if group else None, words):
        return question
    question.goes_to, question.goes_to_words = group, words
    question.save(update_fields=["goes_to", "goes_to_words"])
    said = question.one_group
    record(
        question.programme,
        user,
        f"named {said} as the group that a grant is meant for: “{question.title}”"
        if said
        else f"named no group that a grant is meant for: “{question.title}”",
        is_public=False,
    )
    return question


@transaction.atomic
def set_plan(
    user: User,
    question: Question,
    way: str,
    *,
    key_decision: bool,
    lengths: Mapping[str, int],
    stood: Stood = None,
) -> BackwardPlan:
    """Plan by this way, with the place's own lengths; those that are as assumed are not kept.

    ``stood``: the ``changed_at`` of the plan that the form behind it was held against.
    """
    question = lock_question(question.pk)
    require(rules.may_write(user, question))
    if stood is not None:
        known = BackwardPlan.objects.filter(question=question).first()
        hold(stood, {"changed_at": known.changed_at if known else None})
    if way not in WAYS:
        raise Invalid(_("Choose one of the ways."), "way")
    assumed = lengths_of(WAYS[way], {}, key_decision=key_decision)
    own = {}
    for one in assumed:
        length = lengths.get(one.key, one.length)
        if not one.least <= length <= LONGEST:
            raise Invalid(
                _("At least %(least)d and at most %(most)d.")
                % {"least": one.least, "most": LONGEST},
                one.key,
            )
        if length != one.length:
            own[one.key] = length
    plan, _made = BackwardPlan.objects.update_or_create(
        question=question,
        defaults={"way": way, "key_decision": key_decision, "lengths": own, "changed_at": Now()},
    )
    plan.refresh_from_db()
    return plan


def _check(programme: Programme, words: Words) -> None:
    refuse_money_talk(
        programme,
        title=words.title,
        what=words.what,
        for_whom=words.for_whom,
        present_provider_words=words.present_provider_words,
    )
    if words.present_provider and words.present_provider_words:
        raise Invalid(
            _("Who provides it now is chosen from the directory or written, not both."),
            "present_provider_words",
        )
    if not words.title.strip():
        raise Invalid(_("Give the question a short name."), "title")
    if any(outcome.programme_id != programme.pk for outcome in words.outcomes):
        raise Invalid(_("That outcome belongs to another programme."), "outcomes")
    if any(area.place_id != programme.place_id for area in words.areas):
        raise Invalid(_("That area belongs to another place."), "areas")


def _fields(programme: Programme, words: Words) -> dict[str, object]:
    return {
        "title": words.title,
        "what": words.what,
        "for_whom": words.for_whom,
        "who_buys": words.who_buys or programme.led_by,
        "present_ends_on": words.present_ends_on,
        "begins_on": words.begins_on,
        "present_provider": words.present_provider,
        "present_provider_words": words.present_provider_words,
    }


def _link(question: Question, words: Words) -> None:
    question.outcomes.set(words.outcomes)
    question.areas.set(words.areas)
