"""The backward plan: what must happen when, from the day the present arrangement ends."""

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.questions.models import Question
from decisions.questions.plan.ways import WAYS
from decisions.questions.plan_views import kept_plan, planned
from decisions.records import blocks, pictures
from decisions.records.blocks import Section


def plan(question: Question) -> Section | None:
    """The plan as the place has kept it; nothing where it has none."""
    kept = kept_plan(question)
    found = planned(question, kept, kept.way) if kept else None
    if kept is None or found is None:
        return None
    rows = [
        (
            step.title,
            day(step.starts),
            "" if step.is_milestone else day(step.ends),
            step.source,
        )
        for step in found.steps
    ]
    return blocks.section(
        "plan",
        _("The plan, counted back from the day the present arrangement ends"),
        blocks.text(
            _(
                "Counted for: %(way)s. Each step can begin as late as this and no later; "
                "the decision itself may come sooner."
            )
            % {"way": WAYS[kept.way].title}
        ),
        pictures.plan(found),
        blocks.table(
            _("What must happen when"),
            [_("Step"), _("Begins"), _("Ends"), _("Source")],
            rows,
        ),
    )
