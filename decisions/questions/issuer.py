"""In whose name papers about a question are issued: the body that buys or gives, not the place."""

from dataclasses import dataclass

from decisions.questions.models import Question


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body's name, and the letters under which the place numbers what is issued here."""

    name: str
    prefix: str


def issuer_of(question: Question, *, public: bool = False) -> Issuer:
    """The body that buys or gives. Public editions have numbers of their own, with a P."""
    prefix = question.programme.place.prefix
    return Issuer(question.who_buys.name, f"{prefix[:5]}P" if public else prefix)
