"""What bids, applications or providers are judged by, where somebody is chosen so."""

from django.utils.translation import gettext as _

from decisions.criteria.base import at_odds
from decisions.criteria.models import CriteriaSet
from decisions.criteria.paper import judged_in_words, judges_of
from decisions.criteria.reading import Reading
from decisions.criteria.told import judged_named, told_in_the_record
from decisions.questions.models import Question
from decisions.questions.who_may import who_may_answer
from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision
from decisions.records.routes import name_of_route


def criteria(decision: Decision) -> Section | None:
    """The final criteria, held against the route that the decision is of."""
    return judged_by(decision.question, decision.way_chosen, name_of_route(decision))


def judged_by(question: Question, route: str = "", title: str = "") -> Section | None:
    """The final criteria of a question; None where there are none."""
    held = (
        CriteriaSet.objects.filter(question=question, finalised_at__isnull=False)
        .select_related("paper")
        .order_by("-version")
        .first()
    )
    if held is None:
        return None
    held.question = question
    reading, odds = Reading(held), at_odds(held, route, title)
    return blocks.section(
        "criteria",
        judged_named(held),
        blocks.facts(
            [
                *told_in_the_record(held),
                (_("Who may answer"), who_may_answer(question)),
                (_("Who judges"), "; ".join(judges_of(held))),
                (_("The criteria themselves"), _issued(held)),
            ]
        ),
        blocks.note(odds) if odds else None,
        blocks.text("\n\n".join(reading.law)),
        *_conditions(reading),
        blocks.table(
            _("Criteria and their weights"),
            [_("Criterion"), _("Weight"), _("Least score"), _("How it is judged")],
            [
                (
                    name,
                    f"{leaf.weight.normalize():f}",
                    "–" if leaf.minimum is None else leaf.minimum,
                    judged_in_words(leaf),
                )
                for name, leaf in reading.named
            ],
        ),
    )


def _conditions(reading: Reading) -> list[Block | None]:
    """Of the health regime: what is met or not met."""
    if not reading.conditions:
        return []
    return [
        blocks.heading(_("What has to be met before anything is weighed")),
        blocks.items(f"{one.title}: {line}" for one in reading.conditions for line in one.lines),
    ]


def _issued(held: CriteriaSet) -> str:
    if held.paper is None:
        return _("Version %d, not issued as a paper") % held.version
    words = {"number": held.paper.number, "version": held.paper.version}
    return _("%(number)s, version %(version)d") % words
