"""Days of a question that have passed: kept as they were written, and never unremarked."""

from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.questions.models import Question


def days_passed(question: Question) -> list[str]:
    """A sentence for each day that lies before today, or that comes in the wrong order."""
    today, said = timezone.localdate(), []
    ends, begins = question.present_ends_on, question.begins_on
    if ends and ends < today:
        said.append(
            _("The present arrangement ended on %s, which has passed. Is that the right day?")
            % day(ends)
        )
    if begins and begins < today:
        said.append(
            _(
                "The procurement or the award would have begun on %s, which has passed: the law "
                "of that day is applied. Is that the right day?"
            )
            % day(begins)
        )
    return said
