"""Whose a rules sheet is: the rules of one body bind that body, and no other."""

from typing import Final

from django.db.models import Q

from decisions.questions.models import Question
from decisions.trees.models import RulesSheet

# What decides within one and the same body; a parish and an NHS board are bodies of their own.
_WITHIN_A_COUNCIL: Final = frozenset({"cabinet", "committee", "officer"})


def of_body(question: Question) -> Q:
    """Sheets of the body that buys or gives. One that names no body is of who leads."""
    whose = Q(content__body=str(question.who_buys_id))
    if question.who_buys_id == question.programme.led_by_id:
        whose |= ~Q(content__has_key="body")
    return whose


def binds(sheet: RulesSheet | None, question: Question) -> bool:
    """Whether a sheet is of the body that buys or gives now."""
    if sheet is None:
        return False
    whose = sheet.content.get("body")
    if whose is None:
        return question.who_buys_id == question.programme.led_by_id
    return bool(whose == str(question.who_buys_id))


def binds_who_decides(sheet: RulesSheet | None, question: Question, body_kind: str) -> bool:
    """The same, and whether it speaks of this kind of body: a cabinet's is no parish's."""
    if sheet is None or not binds(sheet, question):
        return False
    decides = str(sheet.content.get("decides", ""))
    return not body_kind or not decides or _family(decides) == _family(body_kind)


def _family(kind: str) -> str:
    return "council" if kind in _WITHIN_A_COUNCIL else kind
