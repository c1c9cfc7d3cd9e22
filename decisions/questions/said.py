"""What a question says now, field by field: its form shows it, its action holds it against that."""

from typing import Any

from decisions.questions.models import Question


def said_of(question: Question) -> dict[str, Any]:
    """What it says, by the fields of its form."""
    names = ("title", "what", "for_whom", "present_ends_on", "begins_on")
    return {name: getattr(question, name) for name in names} | {
        "who_buys": question.who_buys_id,
        "present_provider": question.present_provider_id,
        "present_provider_words": question.present_provider_words,
        "outcomes": list(question.outcomes.all()),
        "areas": list(question.areas.all()),
    }


def worth_of(question: Question) -> dict[str, Any]:
    """What it is worth and how long it runs, by the fields of its form."""
    names = ("net_value", "options_value", "vat", "length_months", "extension_months")
    return {name: getattr(question, name) for name in names}
