"""Tables of spending: who paid whom, what it was about, and what people say about it."""

from places.spending.models.lines import Grant, SeenAgain, Source, SpendingLine
from places.spending.models.meaning import (
    Annotation,
    ClassificationRule,
    LineAbout,
    Reply,
)
from places.spending.models.payees import Payee, Payer, Suggestion

__all__ = [
    "Annotation",
    "ClassificationRule",
    "Grant",
    "LineAbout",
    "Payee",
    "Payer",
    "Reply",
    "SeenAgain",
    "Source",
    "SpendingLine",
    "Suggestion",
]
