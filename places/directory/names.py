"""Names: how they sort, how they are searched, how alike two of them are. No Django models here."""

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.text import slugify

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
else:
    CharField, TextField = models.CharField, models.TextField

# Words that say what a body is, not which one it is: two names are compared without them.
COMMON_WORDS = frozenset(
    {"and", "association", "centre", "charity", "cic", "community", "company", "council", "for"}
    | {"foundation", "group", "limited", "ltd", "of", "org", "organisation", "project", "service"}
    | {"services", "society", "the", "trust"}
)


def folded(text: str) -> str:
    """Lower case, accents dropped, everything but letters and digits turned into one space.

    >>> folded("Siân's Café")
    'sians cafe'
    """
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    ).casefold()
    return " ".join(re.sub(r"[^\w]+|_+", " ", re.sub(r"['’]", "", bare)).split())


def sort_key(name: str) -> str:
    """What a list of names sorts on: folded, without a leading "The".

    >>> sort_key("The Éclair Trust")
    'eclair trust'
    """
    key = folded(name)
    return key.removeprefix("the ") or key


def alikeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1, once the words that every body uses are dropped.

    >>> alikeness("The Lanes Neighbours", "Lanes Neighbours Ltd")
    1.0
    """
    first, second = _telling(one), _telling(other)
    return SequenceMatcher(None, first, second).ratio()


def _telling(name: str) -> str:
    words = [word for word in folded(name).split() if word not in COMMON_WORDS]
    return " ".join(words) or folded(name)


def free_slug(name: str, taken: models.QuerySet[Any], *, longest: int, fallback: str) -> str:
    """A slug of the name that no row of ``taken`` has yet: lanes, lanes-2, lanes-3."""
    base = slugify(name)[: longest - 5].strip("-") or fallback
    used = set(taken.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in used:
        number += 1
        slug = f"{base}-{number}"
    return slug


class SortKeyField(CharField):
    """Keeps :func:`sort_key` of another field, whichever way the row is written."""

    def __init__(self, source: str = "name", **options: Any) -> None:
        self.source = source
        options.setdefault("editable", False)
        options.setdefault("max_length", 200)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Worked out at each save, in ``bulk_create`` too."""
        key = sort_key(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class SearchTextField(TextField):
    """Keeps the folded words of other fields, which the search index is made from."""

    def __init__(self, sources: tuple[str, ...] = ("name",), **options: Any) -> None:
        self.sources = tuple(sources)
        options.setdefault("editable", False)
        options.setdefault("default", "")
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Worked out at each save, in ``bulk_create`` too."""
        text = folded(" ".join(str(getattr(model_instance, source)) for source in self.sources))
        setattr(model_instance, self.attname, text)
        return text
