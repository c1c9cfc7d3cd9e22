"""A walk's answers held against the question's facts: where they differ, it is said everywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.when import day
from commissioning.ground.money import money_text
from decisions.questions.models import Question, Vat
from decisions.trees.from_question import TERM_YEARS, TIME_LEFT, facts_of, sums_of
from decisions.trees.models import Appraisal
from places.directory.models import Organisation

BEGINS: Final = "begins"
NOT_KNOWN: Final = "not_known"
# What a walk says of the present, by question: that there is nothing.
_NOTHING: Final = {"present": "nothing", "present_works": "nothing_there"}
# What a walk may answer of who buys, by the kind of organisation that the question names.
_BUYERS: Final[dict[str, frozenset[str]]] = {
    Organisation.Kind.HEALTH: frozenset({"nhs_body"}),
    Organisation.Kind.COUNCIL: frozenset(
        {"council", "best_value_authority", "parish_council", "school", "other_public_body"}
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer of a walk that is not what the question says. ``key``: the tree's question.

    ``stops``: no decision is recommended while the two differ. ``taken_over``: the question has the
    answer that belongs there, and not only a reason to look again.
    """

    key: str
    text: str
    said: str
    asked: str
    stops: bool = True
    taken_over: bool = True

    @property
    def words(self) -> str:
        """The difference in a sentence."""
        values = {"text": self.text, "said": self.said, "asked": self.asked}
        return _("“%(text)s” was answered %(said)s; the question says %(asked)s.") % values


def known_already(walk: Appraisal, key: str) -> object:
    """What the question itself says already, so that nobody types it twice; None where nothing."""
    fact = facts_of(walk.question, timezone.localdate(walk.created_at)).get(key)
    return fact.value if fact else None


def differences(
    question: Question,
    path: Iterable[Mapping[str, Any]],
    begins: date,
    walked_on: date | None = None,
) -> list[Difference]:
    """Each answer of a path (rows of a result) that differs from what the question says now.

    With ``walked_on``, the day the walk began, what is there now, the length and the time left are
    held against the question's too. A judgement may rightly differ there: it is told, and nothing
    waits for it.
    """
    found = []
    if question.begins_on and question.begins_on != begins:
        text = _("The day on which it begins")
        found.append(Difference(BEGINS, text, day(begins), day(question.begins_on)))
    for row in path:
        key, answer, words = row["question"], row["answer"], (row["text"], row["said"])
        if asked := _asked(question, key, answer):
            found.append(Difference(key, *words, asked))
        elif walked_on and (asked := _length_or_time(question, key, answer, walked_on)):
            found.append(Difference(key, *words, asked, stops=False))
        elif walked_on and (asked := _present(question, key, answer)):
            found.append(Difference(key, *words, asked, stops=False, taken_over=False))
    return found


def differences_of(walk: Appraisal, path: Iterable[Mapping[str, Any]]) -> list[Difference]:
    """The same for a walk. A what-if is another case on purpose."""
    if walk.is_what_if:
        return []
    walked_on = timezone.localdate(walk.created_at)
    return differences(walk.question, path, walk.begins_on, walked_on)


def _length_or_time(question: Question, key: str, answer: str, walked_on: date) -> str:
    """What the question's length or last day says instead of an answer; "" where the same."""
    if key not in {TIME_LEFT, TERM_YEARS} or answer == NOT_KNOWN:
        return ""
    fact = facts_of(question, walked_on).get(key)
    if fact is None or answer == str(fact.value) or _sum(answer) == fact.value:
        return ""
    return fact.why.rstrip(".")


def _present(question: Question, key: str, answer: str) -> str:
    """What the question says of the present where a walk says otherwise; "" where it does not."""
    provider, ends = question.present_provider, question.present_ends_on
    name = question.provides_now
    if _NOTHING.get(key) == answer:
        told = [
            _("%s provides it now.") % name if name else "",
            _("The present arrangement ends on %s.") % day(ends) if ends else "",
        ]
        return " ".join(one for one in told if one).rstrip(".")
    if key != "present" or provider is None:
        return ""
    own_staff = provider.pk == question.who_buys_id
    return "" if (answer == "in_house") == own_staff else _("%s provides it now") % name


def _asked(question: Question, key: str, answer: str) -> str:
    """What the question says instead; "" where it says the same, or nothing."""
    if key == "vat":
        same = question.vat in {Vat.UNKNOWN, answer} or answer == "part"
        return "" if same else str(Vat(question.vat).label)
    if key == "buyer":
        may_be = _BUYERS.get(question.who_buys.kind)
        return "" if may_be is None or answer in may_be else question.who_buys.name
    fact = sums_of(question).get(key)
    if fact is None or _sum(answer) in {None, fact.value}:
        return ""
    return money_text(Decimal(str(fact.value)))


def rise_in_words(question: Question, path: Iterable[Mapping[str, Any]]) -> str:
    """By how much the lifetime value rises, in pounds and per cent; also by the question's figure.

    What direct award process C turns on. "" where a walk did not ask for both values.
    """
    said = {row["question"]: _sum(row["answer"]) for row in path}
    present, next_ = said.get("present_lifetime_value"), said.get("proposed_lifetime_value")
    if present is None or next_ is None:
        return ""
    told = _rise(present, next_)
    own = question.net_of_everything
    if own is None or own == next_:
        return told
    return _("%(told)s. By the question's own figure: %(own)s") % {
        "told": told,
        "own": _rise(present, own),
    }


def rise_at(path: Iterable[Mapping[str, Any]], amount: Decimal | None) -> str:
    """The same by another figure, which was decided; "" where a walk did not ask, or it is none."""
    said = {row["question"]: _sum(row["answer"]) for row in path}
    present, next_ = said.get("present_lifetime_value"), said.get("proposed_lifetime_value")
    if present is None or next_ is None or amount in {None, next_}:
        return ""
    assert amount is not None
    return _rise(present, amount)


def _rise(present: Decimal, next_: Decimal) -> str:
    change = next_ - present
    values = {
        "sum": money_text(abs(change)),
        "share": _(" (%s%%)") % f"{abs(change) / present * 100:.2f}".rstrip("0").rstrip(".")
        if present
        else "",
        "present": money_text(present),
        "next": money_text(next_),
    }
    if change < 0:
        return _("down by %(sum)s%(share)s, from %(present)s to %(next)s") % values
    return _("up by %(sum)s%(share)s, from %(present)s to %(next)s") % values


def _sum(answer: str) -> Decimal | None:
    try:
        return Decimal(answer)
    except InvalidOperation:
        return None
