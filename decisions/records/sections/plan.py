"""The backward plan: what must happen when, from the day the present ends or the new begins."""

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.questions.plan.backward import Plan, Step
from decisions.questions.plan.ways import OWN_SHEET
from decisions.questions.planned import has_a_day
from decisions.records import blocks, pictures
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision
from decisions.records.route_plans import call_in_of, counted_back, plan_of, way_of
from decisions.records.routes import name_of_route
from decisions.records.what_next import lateness


def plan(decision: Decision) -> Section | None:
    """The plan of the chosen route, by the rule of its own regime; why there is none."""
    if not decision.route or not has_a_day(decision.question):
        return None
    found = plan_of(decision)
    if found is None:
        said = blocks.text(_("No plan is counted for this route: nothing is bought or given."))
        return blocks.section("plan", _title(decision), said) if way_of(decision) is None else None
    rows = [
        (
            step.title,
            day(step.starts),
            "" if step.is_milestone else day(step.ends),
            _source(decision, step),
        )
        for step in found.steps
    ]
    return blocks.section(
        "plan",
        _title(decision),
        blocks.text(_counted(decision, found)),
        blocks.text(whose_decision(found)),
        _late(decision),
        blocks.text(_another_beginning(decision, found)),
        pictures.plan(found),
        blocks.table(
            _("What must happen when"),
            [_("Step"), _("Begins"), _("Ends"), _("Source")],
            rows,
            whole=(1, 2),
        ),
    )


def _counted(decision: Decision, found: Plan) -> str:
    """For which route, and what a day in it means."""
    said = _named(decision, found)
    if found.counted_from is not None:
        left = _(
            "With this decision it is settled who gets it, so only what follows is left. Nothing "
            "that ends sets its days: they are counted from the decision of %s, each step as soon "
            "as it can be."
        ) % day(found.counted_from)
        return f"{said} {left}"
    if found.way.decides_who and decision.decided_on:
        left = _(
            "With this decision it is settled who gets it, so only what follows is left. Each step "
            "can begin as late as this and no later; it may begin sooner."
        )
        return f"{said} {left}"
    if decision.decided_on:
        said = f"{said} " + _("What led up to this decision is done; the rest runs from then on.")
    if found.is_new:
        new = _(
            "What comes before that day is as late as it can be, and what follows as soon as it "
            "can be: nothing that ends sets these days."
        )
        return f"{said} {new}"
    late = _(
        "Each step can begin as late as this and no later; the decision itself may come sooner."
    )
    return f"{said} {late}"


def _named(decision: Decision, found: Plan) -> str:
    """The route by its own name; and the way whose steps it takes, where that is called else."""
    words = {"way": found.way.title, "route": name_of_route(decision)}
    if words["route"] == words["way"]:
        return _("Counted for the route that was chosen: %(way)s.") % words
    return _("Counted for the route that was chosen: %(route)s (steps of “%(way)s”).") % words


def _late(decision: Decision) -> Block | None:
    """Said where the decision came later than the plan leaves time for; or where it waits."""
    if decision.status == Decision.Status.CALLED_IN:
        return blocks.note(
            _(
                "The decision was called in, and waits. Until that is answered nothing of this "
                "plan is carried out, and the days that follow the decision move with it."
            )
        )
    late = lateness(decision)
    return blocks.note(late) if late else None


def _source(decision: Decision, step: Step) -> str:
    """Where a length comes from, and whether to check it."""
    if step.key == "call_in" and call_in_of(decision):
        return f"{OWN_SHEET}."
    if step.seen or step.source.endswith("check"):
        return step.source
    return _("%s. Check before relying on it.") % step.source.removesuffix(".")


def _another_beginning(decision: Decision, found: Plan) -> str:
    """Where the question says another day than the plan has: the facts went by the question's."""
    said, counted = decision.question.begins_on, counted_back(decision)
    settled = found.way.decides_who and decision.decided_on is not None
    if said is None or counted is None or found.is_new or settled:
        return ""
    last = counted.procurement_begins.starts
    if said == last:
        return ""
    words = {"said": day(said), "last": day(last)}
    if said > last:
        return (
            _(
                "The question says that the procurement or award begins on %(said)s, and the facts "
                "of that day were used. That is later than %(last)s, by which it begins in this "
                "plan at the latest."
            )
            % words
        )
    return (
        _(
            "The question says that the procurement or award begins on %(said)s, and the facts of "
            "that day were used. By this plan it begins by %(last)s at the latest: if it begins on "
            "another day than the question says, check that the facts are the same then."
        )
        % words
    )


def whose_decision(found: Plan) -> str:
    """Where somebody is still to be chosen, the plan's decision is not the one recorded here."""
    if found.way.decides_who or all(step.key != "evaluate" for step in found.steps):
        return ""
    if any(step.key == "vote" for step in found.steps):
        return _(
            "“The decision of who gets it” is a later one, which adopts what residents voted for. "
            "The decision of this record is on the way of choosing."
        )
    return _(
        "“The decision of who gets it” is a later one, once answers have been read. The decision "
        "of this record is on the way of choosing."
    )


def _title(decision: Decision) -> str:
    if decision.question.present_ends_on is None:
        found = plan_of(decision)
        if found is not None and found.counted_from is not None:
            return _("The plan of the new thing, counted from the decision")
        return _("The plan of the new thing, counted from the day that its award begins")
    return _("The plan, counted back from the day the present arrangement ends")
