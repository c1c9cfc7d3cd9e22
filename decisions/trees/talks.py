"""What is known of early talks with possible providers: what a walk answered, what a file holds.

A file without a line says that nothing has been written down. That nobody took part, somebody says.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from decisions.questions.level_field import Line
from decisions.trees.models import Appraisal
from decisions.trees.regime import answers_of

TOOK_PART: Final = "providers_took_part"


def took_part(walk: Appraisal | None) -> bool | None:
    """Whether possible providers took part in the preparation, as the walk says; None: it says not.

    Another tree may not ask.
    """
    said = answers_of(walk).get(TOOK_PART) if walk else None
    return {"yes": True, "no": False}.get(str(said))


def of_result(result: Mapping[str, Any] | None) -> bool | None:
    """The same, of the result that is kept with a walk."""
    path = (result or {}).get("path", [])
    said = next((row["answer"] for row in path if row["question"] == TOOK_PART), None)
    return {"yes": True, "no": False}.get(str(said))


def nothing_written(took: bool | None) -> str:
    """What an empty file says, beside what the walk says."""
    said = _(
        "Nothing has been written down of what possible providers attended, saw or said about this "
        "question."
    )
    return f"{said} {_beside(took)}"


def _beside(took: bool | None) -> str:
    if took is None:
        return _("That does not say that nobody took part.")
    if took:
        return _(
            "The walk says that possible providers took part or will. Who did, on which day, and "
            "what they saw and said, is not known here."
        )
    return _("The walk says that none took part in preparing it.")


def differ(took: bool | None, lines: Sequence[Line]) -> str:
    """Where the walk and the file of talks say different things; "" where they agree."""
    belonging = [line for line in lines if line.belongs]
    if took and not belonging:
        return _(
            "The walk says that possible providers took part in the preparation or will, and the "
            "file of talks holds nothing about this question yet."
        )
    if took is False and belonging:
        return _(
            "The walk says that no possible provider took part in the preparation, and the file "
            "of talks says that some attended, saw or said something."
        )
    return ""
