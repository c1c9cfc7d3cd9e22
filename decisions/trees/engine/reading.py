"""From the mapping that a file holds to conditions, figures, questions, routes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from .answers import MOST
from .conditions import ALWAYS, All, AnyOf, Begins, Compare, Condition, Has, Is, Named, Not
from .conditions import COMPARE as COMPARISONS
from .tree import (
    END,
    AnswerChoice,
    Branch,
    Contradiction,
    Figure,
    Form,
    Law,
    Need,
    NoteRule,
    Option,
    Question,
    Stop,
    Term,
    TreeError,
    Weight,
)

Raw = Mapping[str, Any]
# What Python says where a file holds something of another kind than is read.
MISREAD = (AttributeError, TypeError, KeyError, ValueError, ArithmeticError, RecursionError)
MOST_PARTS = 500  # of one condition, with all the named ones in it; the trees that ship have 22
ANSWERS = "The answers themselves"
YES_NO = {"yes": "Yes", "no": "No"}
NOT_SURE = {"not_sure": "Not sure"}


def day(value: object) -> date | None:
    """A date as YAML or JSON gives it."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise TreeError((("a date", f"“{value}” is no date like 2026-03-01"),)) from None


def listed(value: object) -> tuple[str, ...]:
    """One word or a list of words, as a tuple."""
    if value is None:
        return ()
    return (str(value),) if not isinstance(value, list) else tuple(str(each) for each in value)


class Reader:
    """Reads the parts of one tree; knows its named conditions."""

    def __init__(self, raw_tests: Raw) -> None:
        self.raw_tests = raw_tests
        self.tests: dict[str, Condition] = {}
        self.sizes: dict[str, int] = {}
        self.reading: list[str] = []

    def condition(self, raw: Any, where: str) -> Condition:
        """A condition from its mapping; several keys are all needed."""
        if raw is None:
            return ALWAYS
        if not isinstance(raw, Mapping):
            raise TreeError(((where, f"“{raw}” is no condition"),))
        read = tuple(self._told(str(key), value, where) for key, value in raw.items())
        whole = read[0] if len(read) == 1 else All(read)
        if self.size(whole) > MOST_PARTS:
            raise TreeError(((where, f"a condition of more than {MOST_PARTS} parts"),))
        return whole

    def said(self, raw: Any, where: str) -> Condition:
        """A condition that must say something: one that always or never holds is a slip."""
        if not raw:
            raise TreeError(((where, "a condition is needed here"),))
        return self.condition(raw, where)

    def size(self, condition: Condition) -> int:
        """How many parts a condition has, however deep."""
        if isinstance(condition, Named):
            return self.sizes[condition.test]
        return 1 + sum(self.size(part) for part in condition.parts())

    def _told(self, key: str, value: Any, where: str) -> Condition:
        try:
            return self._one(key, value, where)
        except TreeError:
            raise
        except MISREAD:
            words = f"“{key}: {str(value)[:80]}” is no condition"
            raise TreeError(((where, words),)) from None

    def _one(self, key: str, value: Any, where: str) -> Condition:
        if key in ("all", "any"):
            if not isinstance(value, list) or not value:
                raise TypeError
            inner = tuple(self.said(each, where) for each in value)
            return All(inner) if key == "all" else AnyOf(inner)
        if key == "not":
            return Not(self.said(value, where))
        if key == "test":
            return self.named(str(value), where)
        if key == "in_force":
            return Begins("from", fact=str(value))
        if key == "begins":
            return self._begins(value)
        return self._answer(key, value)

    def named(self, name: str, where: str) -> Condition:
        """The condition of that name. Raises TreeError where there is none, or it needs itself."""
        if name in self.reading:
            circle = " > ".join([*self.reading, name])
            raise TreeError(((f"tests.{name}", f"goes round in a circle: {circle}"),))
        if name not in self.raw_tests:
            raise TreeError(((where, f"there is no test “{name}”"),))
        if name not in self.tests:
            self.reading.append(name)
            self.tests[name] = self.said(self.raw_tests[name], f"tests.{name}")
            self.sizes[name] = self.size(self.tests[name])
            self.reading.pop()
        return Named(name, self.tests[name])

    @staticmethod
    def _begins(value: Raw) -> Condition:
        ((how, bound),) = value.items()
        if how not in ("from", "before") or bound is None:
            raise TypeError
        if isinstance(bound, Mapping):
            return Begins(str(how), fact=_name_in(bound, ("fact",))[1])
        return Begins(str(how), day=day(bound))

    @staticmethod
    def _answer(key: str, value: Any) -> Condition:
        if not isinstance(value, Mapping):
            wanted = listed(value)
            if not wanted:
                raise TypeError
            return Is(key, frozenset(wanted))
        if not value:
            raise TypeError
        read = tuple(_compared(key, str(how), bound) for how, bound in value.items())
        return read[0] if len(read) == 1 else All(read)

    # Parts

    def question(self, key: str, raw: Raw) -> Question:
        """One question, with the answers its kind brings along."""
        where = f"questions.{key}"
        kind = str(raw["kind"])
        answers = dict(raw.get("answers") or {})
        if kind == "yes_no":
            answers = {**YES_NO, **(NOT_SURE if raw.get("not_sure") else {}), **answers}
        return Question(
            id=key,
            text=raw["text"],
            kind=kind,
            group=raw["group"],
            section=raw.get("section", raw["group"]),
            answers={each: _choice(each, words) for each, words in answers.items()},
            next=self._branches(raw.get("next", END), where),
            help=raw.get("help", ""),
            unit=raw.get("unit", "pounds" if kind == "money" else ""),
            law=listed(raw.get("law")),
            evidence=listed(raw.get("evidence")),
            reason=bool(raw.get("reason")),
            fixed=bool(raw.get("fixed")),
        )

    def _branches(self, raw: Any, where: str) -> tuple[Branch, ...]:
        if isinstance(raw, str):
            return (Branch(raw),)
        return tuple(
            Branch(each["go"], self.condition(each.get("when"), f"{where}.next")) for each in raw
        )

    def figure(self, key: str, raw: Raw) -> Figure:
        """A worked-out figure."""
        where = f"figures.{key}"
        return Figure(key, raw["title"], tuple(self._term(each, where) for each in raw["sum"]))

    def _term(self, raw: Raw, where: str) -> Term:
        percent = raw.get("percent", 100)
        by_fact = str(percent["fact"]) if isinstance(percent, Mapping) else ""
        number = raw.get("number")
        return Term(
            of=raw.get("of", ""),
            fact=raw.get("fact", ""),
            number=None if number is None else Decimal(str(number)),
            percent=Decimal(100) if by_fact else Decimal(str(percent)),
            percent_fact=by_fact,
            to_pence=bool(raw.get("to_pence")),
            less=bool(raw.get("less")),
            when=self.condition(raw.get("when"), where),
        )

    def need(self, raw: Raw, where: str) -> Need:
        """What a route needs."""
        return Need(
            that=self.said(raw["that"], where),
            law=raw["law"],
            fails=raw["fails"],
            holds=raw.get("holds", ""),
            when=self.condition(raw.get("when"), where),
            whole_tree=bool(raw.get("whole_tree", False)),
        )

    def option(self, key: str, raw: Raw, shared: list[Raw]) -> Option:
        """A route, with its own needs after those that it shares with others."""
        where = f"options.{key}"
        mine = [need for need in shared if key in listed(need["options"])]
        return Option(
            id=key,
            title=raw["title"],
            summary=raw["summary"],
            family=raw["family"],
            needs=tuple(self.need(need, where) for need in [*mine, *raw.get("needs", [])]),
            conditions=listed(raw.get("conditions")),
            is_stop=bool(raw.get("stop")),
            forms=listed(raw.get("forms")),
        )

    def weights(self, raw: Raw, number: int) -> list[Weight]:
        """The raises and lowers that one place rule brings: one for each route it names."""
        when = self.condition(raw["when"], f"weights.{number}")
        found = [
            Weight(when, target, effect == "raises", strength == "strongly", raw["words"], source)
            for effect in ("raises", "lowers")
            for strength in ("strongly", "somewhat")
            for source in [raw["source"]]
            for target in listed((raw.get(effect) or {}).get(strength))
        ]
        if not found:
            raise TreeError(((f"weights.{number}", "raises nothing and lowers nothing"),))
        return found

    def note(self, raw: Raw) -> NoteRule:
        """A notice, check or warning."""
        return NoteRule(
            id=raw["id"],
            kind=raw["kind"],
            words=raw["words"],
            when=self.condition(raw.get("when"), f"notes.{raw['id']}"),
            law=raw.get("law", ""),
            source=raw.get("source", ""),
            options=listed(raw.get("options")),
        )

    def contradiction(self, raw: Raw) -> Contradiction:
        """Answers that do not go together."""
        when = self.said(raw["when"], f"contradictions.{raw['id']}")
        return Contradiction(raw["id"], when, raw["words"], raw.get("source") or ANSWERS)

    def stop(self, raw: Raw) -> Stop:
        """Where the tree must not go on."""
        when = self.said(raw["when"], f"stops.{raw['id']}")
        return Stop(raw["id"], when, raw["words"], raw["law"])


def law(key: str, raw: Raw) -> Law:
    """One legal statement; what is missing is left for the validator to name."""
    return Law(
        id=key,
        words=raw["words"],
        source=str(raw.get("source") or ""),
        dated=day(raw.get("dated")),
        seen=str(raw.get("seen", "true")).lower(),
        check=raw.get("check", ""),
    )


def form(key: str, raw: Raw) -> Form:
    """A form that routes may take."""
    return Form(key, raw["title"], raw["summary"], listed(raw.get("conditions")))


def _choice(key: str, raw: Any) -> AnswerChoice:
    if isinstance(raw, Mapping):
        return AnswerChoice(key, raw["text"], raw.get("help", ""), bool(raw.get("reason")))
    return AnswerChoice(key, str(raw))


def _compared(key: str, how: str, bound: Any) -> Condition:
    if how == "has":
        return Has(key, str(bound))
    if how not in COMPARISONS:
        raise TreeError(((key, f"“{how}” compares nothing; use {', '.join(COMPARISONS)}"),))
    if isinstance(bound, Mapping):
        kind, named = _name_in(bound, ("fact", "figure"))
        return Compare(key, how, fact=named) if kind == "fact" else Compare(key, how, right=named)
    number = Decimal(str(bound))
    if not number.is_finite() or abs(number) > MOST:
        raise TypeError
    return Compare(key, how, number=number)


def _name_in(bound: Raw, kinds: tuple[str, ...]) -> tuple[str, str]:
    """What a bound names, as (kind, name). Raises TypeError where it is not one name."""
    ((kind, named),) = bound.items()
    if kind not in kinds or not isinstance(named, str) or not named:
        raise TypeError
    return kind, named
