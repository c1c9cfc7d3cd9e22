"""The public edition: the record without the marked passages, each ground named in their place."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision, Exemption, Removal
from decisions.records.redaction import Passage, Remover

# What a block is: no words of anybody's.
OURS: Final = frozenset({"kind", "template", "size", "to"})


def remover_of(removals: Iterable[Removal]) -> Remover:
    """What takes the marked passages out of any JSON value."""
    return Remover(
        Passage(removal.passage, _("[left out: %s]") % str(Exemption(removal.ground).label))
        for removal in removals
    )


def without_marked(decision: Decision, data: dict[str, Any]) -> dict[str, Any]:
    """The data of the public edition."""
    removals = list(decision.removals.all())
    remover = remover_of(removals)
    public: dict[str, Any] = remover.value(
        {name: value for name, value in data.items() if name != "sections"}
    )
    public["sections"] = [_section(remover, section) for section in data["sections"]]
    grounds = sorted(
        {
            remover.text(f"{Exemption(removal.ground).label}: {removal.public_interest}")
            for removal in removals
        }
    )
    return public | {"left_out": grounds}


def _section(remover: Remover, section: Section) -> Section:
    """The section without the passages. What names its parts is ours, and stays as it is.

    A section from which something goes has no picture any more whose bars could tell what it was.
    A picture of words alone goes only where its own words, whole as they were before they were
    broken over lines, held a passage: what it never held it cannot tell.
    """
    before = section["blocks"]
    clean = [_block(remover, block) for block in before]
    if clean != before:
        clean = [
            _no_picture() if _tells(block, was) else block
            for block, was in zip(clean, before, strict=True)
        ]
    return {"key": section["key"], "title": remover.text(section["title"]), "blocks": clean}


def _block(remover: Remover, block: Block) -> Block:
    return {name: value if name in OURS else remover.value(value) for name, value in block.items()}


def _tells(clean: Block, was: Block) -> bool:
    return was["kind"] == "picture" and ("whole" not in was or clean != was)


def _no_picture() -> Block:
    return blocks.note(_("The picture is left out with what is left out of this section."))
