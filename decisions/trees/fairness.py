"""Whether it was fair: the conflicts assessment, and a draft of what others are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.when import day
from commissioning.ground.answers import Text
from commissioning.people.models import User
from commissioning.programmes.level_field import together
from commissioning.programmes.rules import Person
from decisions.questions.conflicts import stakes
from decisions.questions.level_field import Line
from decisions.trees.models import Appraisal
from decisions.trees.regime import Regime, regime_of
from decisions.trees.standpoint import Standing
from decisions.trees.talks import differ, nothing_written, took_part

# By which law an assessment is kept and talks are noticed.
KEEP: Final[dict[Regime, Text]] = {
    Regime.ABOVE: gettext_lazy(
        "Keep this assessment and look at it again before each notice (Procurement Act 2023 ss.81 "
        "to 83)."
    ),
    Regime.BELOW: gettext_lazy(
        "Keep this assessment and look at it again before anybody is invited and before the award. "
        "Below the threshold that is good practice: the Act's own conflicts assessment "
        "(Procurement Act 2023 ss.81 to 83) is for procurements at or above it."
    ),
    Regime.HEALTH: gettext_lazy(
        "Keep this assessment and look at it again before each notice, by the provider selection "
        "regime's own rule (SI 2023/1348 and its statutory guidance)."
    ),
    Regime.GRANT: gettext_lazy(
        "Keep this assessment and look at it again before the award. A grant is not under the "
        "Procurement Act: interests are declared by the authority's own code of conduct."
    ),
    Regime.OPEN: gettext_lazy(
        "Keep this assessment and look at it again before each step. Where it becomes a "
        "procurement at or above the threshold, Procurement Act 2023 ss.81 to 83 ask for it."
    ),
}
TALKS: Final[dict[Regime, Text]] = {
    Regime.ABOVE: gettext_lazy(
        "Procurement Act 2023 ss.16 and 17: where providers took part, publish the notice or "
        "explain in the tender notice, share the material, and exclude somebody only if an unfair "
        "advantage cannot be removed."
    ),
    Regime.BELOW: gettext_lazy(
        "Below the threshold Procurement Act 2023 ss.16 and 17, and their notice, do not apply. To "
        "share the material and to treat everybody alike is good practice all the same."
    ),
    Regime.HEALTH: gettext_lazy(
        "The provider selection regime does not use the Act's market engagement notice. Share the "
        "material and treat everybody alike."
    ),
    Regime.GRANT: gettext_lazy(
        "A grant is not under Procurement Act 2023 ss.16 and 17. To share the material and to "
        "treat everybody alike is good practice all the same."
    ),
    Regime.OPEN: gettext_lazy(
        "Procurement Act 2023 ss.16 and 17, for a procurement at or above the threshold: where "
        "providers took part, publish the notice or explain in the tender notice, share the "
        "material, and exclude somebody only if an unfair advantage cannot be removed."
    ),
}
DRAFT: Final[dict[Regime, tuple[Text, Text]]] = {
    Regime.ABOVE: (
        gettext_lazy("Draft preliminary market engagement notice (UK2)"),
        gettext_lazy("Needed before a tender notice under the Procurement Act 2023."),
    ),
    Regime.BELOW: (
        gettext_lazy("Draft note to everybody on the talks so far"),
        gettext_lazy(
            "Below the threshold no preliminary market engagement notice (UK2) is due; to tell "
            "everybody the same is good practice."
        ),
    ),
    Regime.HEALTH: (
        gettext_lazy("Draft note to everybody on the talks so far"),
        gettext_lazy(
            "For health services under the provider selection regime no market engagement notice "
            "(UK2) is used."
        ),
    ),
    Regime.GRANT: (
        gettext_lazy("Draft note to everybody on the talks so far"),
        gettext_lazy("A grant needs no market engagement notice (UK2)."),
    ),
    Regime.OPEN: (
        gettext_lazy("Draft preliminary market engagement notice (UK2)"),
        gettext_lazy(
            "Needed before a tender notice under the Procurement Act 2023. Below its thresholds "
            "it is good practice; for health services under their own regime it is not used."
        ),
    ),
}


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


def seats_of(walk: Appraisal, standing: Standing, viewer: Person | None = None) -> list[SeatRow]:
    """Every member of the programme: what they could gain from this question, what they answered.

    Who answered, could gain or said something about this question comes first.
    """
    counts: dict[object, int] = {}
    for by_member in standing.latest.values():
        for member_id in by_member:
            counts[member_id] = counts.get(member_id, 0) + 1
    rows = [
        SeatRow(
            user=one.member.user,
            role=str(one.member.get_role_display()),
            organisation=one.member.organisation.name if one.member.organisation else "",
            declared=one.declared,
            words=one.words,
            answered=counts.get(one.member.pk, 0),
            gains=one.member.pk in standing.gaining or one.could_gain,
        )
        for one in stakes(walk.question, viewer, standing.declared)
    ]
    return sorted(rows, key=lambda row: not takes_part(row))


def takes_part(row: SeatRow) -> bool:
    """Whether a member has a row of their own: they answered, or could gain."""
    return bool(row.answered) or row.gains


def by_its_law(walk: Appraisal, lines: Sequence[Line]) -> dict[str, str]:
    """What the law that this walk is under asks of interests and of talks, in words.

    ``keep``: how the assessment is kept. ``talks``: what is asked after talks. ``nothing``: what an
    empty file says. ``differ``: where walk and file do not agree. ``draft``: what others are told.
    """
    regime, took = regime_of(walk), took_part(walk)
    return {
        "keep": str(KEEP[regime]),
        "talks": str(TALKS[regime]),
        "nothing": nothing_written(took),
        "differ": differ(took, lines),
        "draft": _draft_notice(walk, lines, regime, took),
    }


def _draft_notice(walk: Appraisal, lines: Sequence[Line], regime: Regime, took: bool | None) -> str:
    """A draft of the market engagement notice (UK2), or of the explanation why there was none.

    The explanation says that nobody took part, so it is drafted only where somebody said that.
    ``lines``: those of the level-playing-field file, of which it tells what is about the question.
    """
    question = walk.question
    entries = together(line.entry for line in lines if line.belongs)
    bodies = sorted({name for entry in entries for name in entry.names})
    if not bodies:
        return _nobody_named(walk, regime, took)
    title, when = DRAFT[regime]
    said = [
        str(title),
        str(when),
        _("Body: %s") % question.who_buys.name,
        _("About: %(title)s. %(what)s") % {"title": question.title, "what": question.what},
        _("Expected to begin: %s") % day(walk.begins_on),
        _("Organisations that took part in this question so far: %s.") % ", ".join(bodies),
        _("What they attended, saw and said about it:"),
    ]
    said += [
        f"- {day(entry.at)}, {', '.join(entry.names)}: "
        f"{str(entry.kind.label).lower()}: {entry.what}"
        for entry in entries
    ]
    said.append(
        _(
            "How to take part: anybody who might provide this can read the same material on the "
            "programme's page, and ask for a conversation on the same terms."
        )
    )
    return "\n".join(said)


def _nobody_named(walk: Appraisal, regime: Regime, took: bool | None) -> str:
    """Where the file holds nothing about the question: by what the walk says of talks."""
    if took is not False:
        return _(
            "%(nothing)s No notice and no explanation is drafted from an empty file: write the "
            "talks down, or say in the walk that no possible provider takes part."
        ) % {"nothing": nothing_written(took)}
    if regime not in {Regime.ABOVE, Regime.OPEN}:
        return _(
            "By the answers of the walk no possible provider took part in preparing “%(question)s”."
            " %(law)s"
        ) % {"question": walk.question.title, "law": DRAFT[regime][1]}
    return _(
        "Explanation (if a tender notice follows; Procurement Act 2023 s.17): no possible provider "
        "took part in preparing “%(question)s”, by what was said in the walk. No preliminary "
        "market engagement notice was published for that reason. If that changes, publish the "
        "notice (UK2) before the tender notice."
    ) % {"question": walk.question.title}
