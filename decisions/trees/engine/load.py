"""Trees and facts from files: read, joined with the parts they include, held to the schema."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from .facts import Fact, Facts
from .reading import Reader, day, form, law, listed
from .text import TextError, read_file, read_text
from .tree import Law, Tree, TreeError

CONTENT = Path(__file__).parent.parent / "content"
SCHEMA = Path(__file__).parent / "tree.schema.json"
SHIPPED = ("england-general", "england-health", "wales", "scotland")
MAPPINGS = ("sections", "law", "questions", "figures", "tests", "options", "forms")
LISTS = ("sources", "needs", "weights", "notes", "contradictions", "stops")


@cache
def shipped_trees() -> dict[str, Tree]:
    """The trees that ship, by id."""
    return {name: load_tree(CONTENT / f"{name}.yaml") for name in SHIPPED}


@cache
def shipped_facts(name: str) -> Facts:
    """The dated facts of a jurisdiction that ship (`england`)."""
    if name not in {path.stem for path in (CONTENT / "facts").glob("*.yaml")}:
        raise TreeError((("facts", f"there are no facts “{name}”"),))
    raw = read_text((CONTENT / "facts" / f"{name}.yaml").read_text("utf-8"))
    return read_facts(raw, name)


def read_facts(raw: dict[str, Any], where: str) -> Facts:
    """Dated facts from their mapping. Raises TreeError."""
    known = day(raw.get("as_known_on"))
    if known is None:
        raise TreeError(((where, "facts without the day on which they were known"),))
    entries = tuple(_fact(each) for each in raw["facts"])
    unsourced = tuple((f"facts.{fact.key}", "has no source") for fact in entries if not fact.source)
    if unsourced:
        raise TreeError(unsourced)
    return Facts(where, str(raw["jurisdiction"]), known, entries)


def _fact(raw: dict[str, Any]) -> Fact:
    amount = raw.get("amount")
    return Fact(
        key=raw["key"],
        title=raw.get("title", raw["key"]),
        source=str(raw.get("source") or ""),
        starts=day(raw.get("from")),
        ends=day(raw.get("to")),
        amount=None if amount is None else Decimal(str(amount)),
        unit=raw.get("unit", "GBP"),
        seen=str(raw.get("seen", "true")).lower(),
        note=raw.get("note", ""),
    )


def load_tree(path_or_text: Path | str) -> Tree:
    """A tree from a file's path, or from its text. Raises TreeError, which says where.

    Only what makes a tree unreadable is refused here; `validate` finds the rest.
    """
    text, where = _text(path_or_text)
    try:
        raw = read_text(text)
        raw, digest = _joined(raw), hashlib.sha256(text.encode()).hexdigest()
    except TextError as error:
        raise TreeError(((where, str(error)),)) from None
    hold_to_schema(raw)
    return _tree(raw, digest)


def _text(path_or_text: Path | str) -> tuple[str, str]:
    if isinstance(path_or_text, str) and ("\n" in path_or_text or "{" in path_or_text):
        return path_or_text, "the text"
    path = Path(path_or_text)
    try:
        return read_file(path), str(path)
    except TextError as error:
        raise TreeError(((str(path), str(error)),)) from None


def _joined(raw: dict[str, Any]) -> dict[str, Any]:
    """The tree with the parts that it includes; what it says itself comes after them."""
    includes = listed(raw.get("include"))
    if not includes:
        return raw
    joined: dict[str, Any] = {key: value for key, value in raw.items() if key != "include"}
    pieces = [*(_part(name) for name in includes), raw]
    for key in MAPPINGS:
        joined[key] = _one_mapping(key, [piece.get(key) or {} for piece in pieces])
    for key in LISTS:
        joined[key] = [each for piece in pieces for each in piece.get(key) or []]
    return joined


def _part(name: str) -> dict[str, Any]:
    parts = {path.stem: path for path in (CONTENT / "parts").glob("*.yaml")}
    if name not in parts:
        raise TreeError((("include", f"there is no part “{name}”; there are {sorted(parts)}"),))
    return read_text(parts[name].read_text("utf-8"))


def _one_mapping(key: str, pieces: list[dict[str, Any]]) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for piece in pieces:
        twice = sorted(joined.keys() & piece.keys())
        if twice:
            raise TreeError(((f"{key}.{twice[0]}", "stands in a part and again in the tree"),))
        joined.update(piece)
    return joined


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def hold_to_schema(raw: dict[str, Any]) -> None:
    """Raise TreeError with every place where the file is not as the schema says."""
    plain = json.loads(json.dumps(raw, default=str))
    errors = sorted(_schema().iter_errors(plain), key=lambda error: list(map(str, error.path)))
    if errors:
        raise TreeError(
            tuple(
                (".".join(map(str, error.path)) or "tree", error.message[:300]) for error in errors
            )
        )


def _tree(raw: dict[str, Any], digest: str) -> Tree:
    reader = Reader(raw.get("tests") or {})
    for name in reader.raw_tests:
        reader.named(name, "tests")
    shared = list(raw.get("needs") or [])
    _routes_there(shared, raw.get("options") or {})
    return Tree(
        id=raw["id"],
        title=raw["title"],
        kind=raw.get("kind", "tree"),
        jurisdiction=raw["jurisdiction"],
        dated=day(raw.get("dated")),
        summary=raw.get("summary", ""),
        facts=_facts_of(raw),
        start=raw.get("start", ""),
        sections=raw.get("sections") or {},
        sources=listed(raw.get("sources")),
        laws=_laws(raw.get("law") or {}),
        questions={key: reader.question(key, each) for key, each in _of(raw, "questions")},
        figures={key: reader.figure(key, each) for key, each in _of(raw, "figures")},
        tests=reader.tests,
        options={key: reader.option(key, each, shared) for key, each in _of(raw, "options")},
        forms={key: form(key, each) for key, each in _of(raw, "forms")},
        weights=tuple(
            weight
            for number, each in enumerate(raw.get("weights") or [], 1)
            for weight in reader.weights(each, number)
        ),
        notes=tuple(reader.note(each) for each in raw.get("notes") or []),
        contradictions=tuple(
            reader.contradiction(each) for each in raw.get("contradictions") or []
        ),
        stops=tuple(reader.stop(each) for each in raw.get("stops") or []),
        digest=digest,
    )


def _routes_there(shared: list[dict[str, Any]], options: dict[str, Any]) -> None:
    """Raise TreeError where a need that several share is for a route that is not there."""
    missing = [
        (f"needs.{number}", f"there is no route “{name}”")
        for number, need in enumerate(shared, 1)
        for name in listed(need["options"])
        if name not in options
    ]
    if missing:
        raise TreeError(tuple(missing))


def _of(raw: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    return list((raw.get(key) or {}).items())


def _laws(raw: dict[str, Any]) -> dict[str, Law]:
    return {key: law(key, each) for key, each in raw.items()}


def _facts_of(raw: dict[str, Any]) -> Facts:
    """The shipped facts it names, or facts of its own."""
    named = raw.get("facts")
    if isinstance(named, dict):
        return read_facts(named, "facts")
    if named:
        return shipped_facts(str(named))
    known = day(raw.get("dated"))
    if known is None:
        raise TreeError((("dated", "a tree needs the day on which it was known to be right"),))
    return Facts("none", raw["jurisdiction"], known, ())


def whole_tree(text: str) -> dict[str, Any]:
    """A tree's mapping with the parts and facts that it names inside it: it needs no other file.

    Raises TreeError.
    """
    try:
        raw = _joined(read_text(text))
    except TextError as error:
        raise TreeError((("the text", str(error)),)) from None
    named = raw.get("facts")
    if isinstance(named, str):
        shipped_facts(named)
        raw["facts"] = read_text((CONTENT / "facts" / f"{named}.yaml").read_text("utf-8"))
    return raw
