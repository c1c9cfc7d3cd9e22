"""Versions of trees as walks keep them: one text with every part and fact in it, read once."""

import hashlib
import json
from functools import lru_cache
from typing import Final

from decisions.trees.engine import PlaceRules, Tree, load_tree
from decisions.trees.engine.load import CONTENT, whole_tree
from decisions.trees.models import RulesSheet, TreeVersion

SHIPPED_SUFFIX = ".yaml"


MOST_KEPT: Final = 32
_read: dict[str, Tree] = {}


def tree_of(version: TreeVersion) -> Tree:
    """The tree of a version; its text is fetched only where this process has not read it yet."""
    tree = _read.get(version.digest)
    if tree is None:
        if len(_read) >= MOST_KEPT:
            _read.clear()
        tree = _read[version.digest] = load_tree(version.text)
    return tree


def pinned_text(text: str) -> str:
    """A tree's text made whole, always the same for the same content."""
    return json.dumps(whole_tree(text), sort_keys=False, ensure_ascii=False, default=str)


def digest_of(text: str) -> str:
    """What names a version's content."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=8)
def shipped_text(tree_id: str) -> str:
    """The whole text of a tree that ships with this release."""
    return pinned_text((CONTENT / f"{tree_id}{SHIPPED_SUFFIX}").read_text("utf-8"))


def rules_of(sheet: RulesSheet | None) -> PlaceRules | None:
    """A body's own rules as the engine reads them."""
    if sheet is None:
        return None
    return PlaceRules.from_mapping(
        sheet.content | {"place": sheet.body_name, "dated": sheet.dated.isoformat()}
    )
