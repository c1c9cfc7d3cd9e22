"""What the journey page shows one person, put together from the registered parts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Text
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.journey import NextStep, PartSummary, StagePart, parts_of, stage_parts
from commissioning.programmes.models import (
    HistoryEntry,
    Membership,
    Programme,
    Role,
    Stage,
    StageSignOff,
    Vision,
)
from commissioning.programmes.rules import (
    Person,
    may_decide,
    membership_of,
    money_gate,
    stage_open,
    standing_declaration,
)
from commissioning.programmes.voices import PRIVATE_ROLES, Voice, Voices, voices_of

WHAT_A_STAGE_IS: dict[Stage, Text] = {
    Stage.VISION: gettext_lazy("What people here want to be true"),
    Stage.RESOURCES: gettext_lazy("Everything there is to do it with"),
    Stage.OPTIONS: gettext_lazy("What would work best here"),
    Stage.DELIVERY: gettext_lazy("Calls, votes, awards"),
    Stage.LEARNING: gettext_lazy("What changed, and for whom"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A part that is open: its line in the list."""

    title: Text
    url: str
    summary: PartSummary


@dataclass(frozen=True, slots=True)
class Locked:
    """What is locked, and why."""

    title: Text
    why: Text


def path(programme: Programme, vision: Vision | None) -> list[dict[str, Any]]:
    """The five stages: done, now or later, each with a line about it."""
    now = Stage(programme.stage)
    sign_offs = {signed.stage: signed for signed in programme.sign_offs.all()}
    steps = []
    for stage in Stage:
        state = "done" if stage.number < now.number else "now" if stage == now else "later"
        note = _stage_note(programme, stage, state, vision, sign_offs.get(stage.value))
        steps.append({"name": stage.label, "note": note, "state": state})
    return steps


def _stage_note(
    programme: Programme,
    stage: Stage,
    state: str,
    vision: Vision | None,
    signed: StageSignOff | None,
) -> Text:
    if stage == Stage.VISION and vision is not None:
        number = vision.endorsements.count()
        said = ngettext(
            "Agreed %(day)s, %(n)d endorsement", "Agreed %(day)s, %(n)d endorsements", number
        )
        return said % {"day": _day(vision.agreed_at), "n": number}
    if state == "done" and signed:
        return _("Signed off %s") % _day(signed.created_at)
    if state == "later" and stage.number == Stage(programme.stage).number + 1:
        return _("Opens when %s is signed off") % str(Stage(programme.stage).label).lower()
    return WHAT_A_STAGE_IS[stage]


def _day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "j F") if moment else ""


def rows(programme: Programme, user: Person) -> list[Row]:
    """The parts that are open, earlier stages first, each as this person may know it."""
    return [
        Row(part.title, part.url(programme), part.summary(programme, user))
        for part in _reached(programme)
        if part.gate(programme)
    ]


def _reached(programme: Programme) -> list[StagePart]:
    now = Stage(programme.stage).number
    ready = [part for part in stage_parts if part.stage.number <= now or part.gate(programme)]
    return sorted(ready, key=lambda part: part.stage.number)


def locked(programme: Programme) -> list[Locked]:
    """Parts of this stage that are not open yet, the money gate, and the stage to come."""
    shown = [
        Locked(part.title, answer.reason)
        for part in parts_of(Stage(programme.stage))
        if not (answer := part.gate(programme))
    ]
    gate = money_gate(programme)
    if not gate:
        shown.append(Locked(_("Amounts of money are locked."), gate.reason))
    following = Stage(programme.stage).following
    if following is not None and not (answer := stage_open(programme, following)):
        shown.append(Locked(_("%s: locked.") % following.label, answer.reason))
    return shown


def next_step(programme: Programme, user: Person, member: Membership | None) -> NextStep | None:
    """The one thing for this person to do: declare first, then what the stage's parts want."""
    if member and standing_declaration(member) is None:
        return NextStep(
            _("Say whether you could gain"),
            _(
                "Everyone in the programme declares what they or their organisation could gain. "
                "It is shown beside what they say."
            ),
            _("Make your declaration"),
            reverse("programmes:declare", args=[programme.slug]),
        )
    stage = Stage(programme.stage)
    for part in stage_parts:
        if part.stage.following == stage and (step := part.unfinished(programme, user)):
            return step
    for part in parts_of(stage):
        if part.gate(programme) and (step := part.next_step(programme, user)):
            return step
    return _leaving(programme, user, member)


def _leaving(programme: Programme, user: Person, member: Membership | None) -> NextStep | None:
    stage = Stage(programme.stage)
    following = stage.following
    if following is None or member is None or member.role != Role.LEAD:
        return None
    if not may_decide(user, programme):
        return None
    return NextStep(
        _("When %s is done, sign it off") % str(stage.label).lower(),
        _("The next stage, %s, opens then. The page shows what still stands against it.")
        % str(following.label).lower(),
        _("Look at the sign-off"),
        reverse("programmes:sign_off", args=[programme.slug]),
    )


@dataclass(frozen=True, slots=True)
class WhoIsIn:
    """The short list beside the journey: names where they may be read, numbers where not."""

    named: list[Voice]
    counted: list[Text]
    people: int
    organisations: int


def who_is_in(programme: Programme, user: Person) -> WhoIsIn:
    """Officers and facilitators by name; residents and partners as numbers."""
    voices: Voices = voices_of(programme, user)
    members = list(voices.members.values())
    named = [
        voice
        for voice in voices.all()
        if voice.membership
        and (
            voice.membership.role not in PRIVATE_ROLES | {Role.PARTNER}
            or voice.membership.user_id == user.pk
        )
    ]
    organisations = {m.organisation_id for m in members if m.organisation_id}
    citizens = sum(m.role == Role.CITIZEN for m in members)
    partners = len({m.organisation_id for m in members if m.role == Role.PARTNER})
    counted: list[Text] = []
    if citizens:
        counted.append(
            ngettext("%d citizen commissioner", "%d citizen commissioners", citizens) % citizens
        )
    if partners:
        counted.append(
            ngettext("%d partner organisation", "%d partner organisations", partners) % partners
        )
    return WhoIsIn(named, counted, len(members), len(organisations))


def journey_context(programme: Programme, user: Person) -> dict[str, Any]:
    """Everything the journey page prints. Its number of queries does not grow with the data."""
    vision = agreed_vision(programme)
    member = membership_of(user, programme)
    givens = list(programme.givens.all())
    return {
        "programme": programme,
        "vision": vision,
        "member": member,
        "stages": path(programme, vision),
        "rows": rows(programme, user),
        "locked": locked(programme),
        "step": next_step(programme, user, member),
        "outcomes": list(programme.outcomes.all()),
        "who": who_is_in(programme, user),
        "fixed": [given for given in givens if given.kind == "fixed"],
        "open": [given for given in givens if given.kind == "open"],
        "lift": getattr(programme, "gate_lift", None),
        "recent": list(visible_history(programme, member).select_related("actor")[:4]),
    }


def visible_history(programme: Programme, member: Membership | None) -> QuerySet[HistoryEntry]:
    """The history that this person may read: all of it for members, the public lines for others."""
    entries = programme.history.all()
    return entries if member else entries.filter(is_public=True)
