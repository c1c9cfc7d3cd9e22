"""Whether it was fair: the conflicts assessment, and a draft of what others are told."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from commissioning.design.when import day
from commissioning.people.models import User
from commissioning.programmes.level_field import entries_together
from commissioning.programmes.rules import Person
from commissioning.programmes.voices import voices_of
from decisions.trees.models import Appraisal
from decisions.trees.standpoint import Standing


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A member in the conflicts assessment: what they declared, did, and may not do."""

    user: User
    role: str
    organisation: str
    declared: str
    words: str
    answered: int
    gains: bool


def seats_of(walk: Appraisal, standing: Standing, viewer: Person) -> list[SeatRow]:
    """Every member of the programme, with what they declared and how much they answered."""
    counts: dict[object, int] = {}
    for by_member in standing.latest.values():
        for member_id in by_member:
            counts[member_id] = counts.get(member_id, 0) + 1
    rows = []
    for voice in voices_of(walk.question.programme, viewer).all():
        member = voice.membership
        if member is None:
            continue
        declared = voice.declaration
        rows.append(
            SeatRow(
                user=member.user,
                role=str(member.get_role_display()),
                organisation=voice.organisation,
                declared=_declared(declared),
                words=declared.words if declared else "",
                answered=counts.get(member.pk, 0),
                gains=member.pk in standing.gaining or bool(declared and declared.could_gain),
            )
        )
    return rows


def _declared(declaration: object) -> str:
    if declaration is None:
        return _("Has not declared yet")
    gains = getattr(declaration, "could_gain", False)
    return _("Could gain") if gains else _("Could not gain")


def draft_notice(walk: Appraisal) -> str:
    """A draft of the market engagement notice (UK2), or of the explanation why there was none."""
    programme, question = walk.question.programme, walk.question
    entries = entries_together(programme)
    bodies = sorted({name for entry in entries for name in entry.names})
    if not bodies:
        return _(
            "Explanation (if a tender notice follows): no possible provider took part in preparing "
            "“%(question)s”. No preliminary market engagement notice was published for that "
            "reason. If that changes, publish the notice (UK2) before the tender notice."
        ) % {"question": question.title}
    lines = [
        _("Draft preliminary market engagement notice (UK2)"),
        _(
            "Needed before a tender notice under the Procurement Act 2023. Below its thresholds "
            "it is good practice; for health services under their own regime it is not used."
        ),
        _("Body: %s") % question.who_buys.name,
        _("About: %(title)s. %(what)s") % {"title": question.title, "what": question.what},
        _("Expected to begin: %s") % day(walk.begins_on),
        _("Organisations that took part so far: %s.") % ", ".join(bodies),
        _("What they attended, saw and said (the file has every line):"),
    ]
    lines += [
        f"- {day(entry.at)}, {', '.join(entry.names)}: "
        f"{str(entry.kind.label).lower()}: {entry.what}"
        for entry in entries
    ]
    lines.append(
        _(
            "How to take part: anybody who might provide this can read the same material on the "
            "programme's page, and ask for a conversation on the same terms."
        )
    )
    return "\n".join(lines)
