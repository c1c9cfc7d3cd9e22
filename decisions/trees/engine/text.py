"""Reading YAML and JSON as we mean it: yes is a word, nothing twice, no aliases."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

LONGEST = 1_000_000  # characters; the trees that ship have about 100,000
DEEPEST = 60  # mappings and lists within each other; the trees that ship have 8


class TextError(ValueError):
    """A text that is no YAML, or YAML that a tree may not use."""


class _Loader(yaml.CSafeLoader):
    """Safe YAML in which `yes` and `no` stay words and a key stands once in its mapping."""


# Only true and false are booleans: a tree's answers are called yes and no.
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in read:
            raise TextError(f"“{key}” stands twice, at line {key_node.start_mark.line + 1}")
        read[key] = loader.construct_object(value_node, deep=True)
    return read


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_file(path: Path) -> str:
    """The text of a file, however long or endless the file is. Raises TextError."""
    most = 4 * LONGEST  # a character has at most four bytes
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError) and len(raw) > most:
            raise TextError(f"longer than {LONGEST:,} characters") from None
        raise TextError(f"cannot be read: {error}") from None
    if len(text) > LONGEST:
        raise TextError(f"longer than {LONGEST:,} characters")
    return text


def read_text(text: str) -> dict[str, Any]:
    """The mapping that a YAML or JSON text holds. Raises TextError."""
    if len(text) > LONGEST:
        raise TextError(f"longer than {LONGEST:,} characters")
    try:
        _look_through(text)
        read = yaml.load(text, _Loader)  # noqa: S506 - a safe loader, narrowed
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, TextError):
            raise
        raise TextError(f"not YAML or JSON: {error}") from None
    if not isinstance(read, dict):
        raise TextError("the file is not a mapping of names to values")
    return read


def _look_through(text: str) -> None:
    """Refuse aliases, and what is nested too deep, before anything is built from the text."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.AliasEvent):
            raise TextError("aliases (*name) are not used in trees")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            at = f", at line {event.start_mark.line + 1}" if event.start_mark else ""
            raise TextError(f"nested more than {DEEPEST} deep{at}")
