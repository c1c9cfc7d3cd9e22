"""What a draft's forms say now, by their fields: shown by the form, held against by the action."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from decisions.records.concerned import bodies_of
from decisions.records.duties import DUTIES
from decisions.records.models import Advice, Correction, Decision, DutyAnswer
from decisions.records.powers import OTHER, choices_for, key_of, parts_of

ADVICE = ("officer", "words", "given_on")


def said_in(advice: Advice | None) -> dict[str, Any]:
    """What an officer said; nothing yet, where there is no advice."""
    return {name: getattr(advice, name, None) for name in ADVICE}


def answered(decision: Decision) -> dict[str, str]:
    """How every duty was met, and its words; empty where it was not answered yet."""
    known = {one.key: one for one in decision.duties.all()}
    said: dict[str, str] = {}
    for duty in DUTIES:
        answer = known.get(duty.key)
        said[duty.key] = answer.standing if answer else ""
        said[f"{duty.key}_words"] = answer.words if answer else ""
    return said


SAY_THE_REST: Final[Text] = gettext_lazy("The words stop at a colon: say the rest.")


def what_to_say(standing: str) -> str:
    """What is asked of a duty that was answered without words."""
    if standing == DutyAnswer.Standing.TO_DO:
        return _("Say what is still to be done, by whom and by when.")
    return _("Say how, or why not.")


def stops_short(words: str) -> bool:
    """Whether the words are filled in for somebody to end, and nobody has."""
    return words.rstrip().endswith(":")


GROUP = ("goes_to", "goes_to_words")


def named_group(decision: Decision) -> dict[str, Any]:
    """The one group that a grant is meant for: it stands at the question, whose conflicts it is."""
    return {name: getattr(decision.question, name) for name in GROUP}


def power_parts(decision: Decision) -> dict[str, Any]:
    """The law that is named, as the form offers it, and the paragraph of the body's own rules."""
    law, paragraph = parts_of(decision.power)
    key = key_of(law, choices_for(bodies_of(decision.question)))
    return {"law": key, "law_words": law if key == OTHER else "", "paragraph": paragraph}


def written_down(decision: Decision) -> dict[str, Any]:
    """What was written down of a decision that was made: what a slip may be in."""
    return {name: getattr(decision, name) for name in Correction.Field.values}
