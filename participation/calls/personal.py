"""What calls hold about a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User
from commissioning.people.registers import PersonalData
from participation.calls.models import Attachment, Submission


def _export(user: User) -> Any:
    submissions = Submission.objects.filter(by=user).select_related("expression__call")
    return {
        "submitted": [
            {
                "call": each.expression.call.title,
                "title": each.title,
                "at": each.at.isoformat(),
                "contact": each.content["organisation"]["contact"],
            }
            for each in submissions
        ],
        "files": list(
            Attachment.objects.filter(by=user, expression__forgotten_at=None).values_list(
                "name", flat=True
            )
        ),
    }


HELD = PersonalData(
    what=_("Expressions of interest that you sent for an organisation, whom to ask, and files"),
    why=_("To decide about them, and to say why."),
    kept=_(
        "Whom to ask and the files: a year after the decisions, seven years where the project was "
        "funded. What was asked for and decided stays."
    ),
    export=_export,
)
