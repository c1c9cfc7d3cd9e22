"""Participation in numbers, and who was missing."""

from django.utils.translation import gettext as _

from commissioning.programmes.evidence import evidence_sources
from commissioning.programmes.models import Role
from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision
from decisions.records.sections.evidence import PARTICIPATION, lines


def participation(decision: Decision) -> Section | None:
    """Who took part, counted, and who did not, as the rooms know it. Counts only: no names."""
    known = [name for name in PARTICIPATION if name in evidence_sources]
    told: list[Block | None] = []
    for name in known:
        told += [
            blocks.heading(evidence_sources[name].title),
            *lines(decision.question.programme, name),
        ]
    if not known:
        told.append(blocks.note(_("No workshop of this programme was kept in this application.")))
    return blocks.section(
        "participation",
        _("Participation in numbers, and who was missing"),
        _members(decision),
        *told,
    )


def _members(decision: Decision) -> Block | None:
    """Seats of the programme, and what came in on the draft. Three queries."""
    programme = decision.question.programme
    seats = list(programme.memberships.in_force().values_list("role", "organisation"))
    bodies = {body for _role, body in seats if body}
    rows: list[tuple[object, object]] = [
        (role.label, len([one for one, _body in seats if one == role])) for role in Role
    ]
    return blocks.facts(
        [
            *((name, number) for name, number in rows if number),
            (_("Organisations with a seat"), len(bodies) or ""),
            (_("Comments on the draft"), decision.comments.count() or ""),
            (_("What taking part pays"), programme.what_taking_part_pays),
        ]
    )
