"""Where the present arrangement ends by itself, to change nothing is to let it end.

Then that the present works well speaks against it, and that it works badly speaks for it.
"""

from dataclasses import replace
from typing import Final

from decisions.trees.engine import Tree
from decisions.trees.engine.tree import Weight

CHANGE_NOTHING: Final = "change_nothing"
PRESENT: Final = "present_works"
NOTHING: Final = "nothing_there"


def as_it_ends(tree: Tree) -> Tree:
    """The tree for a question whose present arrangement ends by itself."""
    if CHANGE_NOTHING not in tree.options or tree.kind == "signpost":
        return tree
    option = replace(
        tree.options[CHANGE_NOTHING],
        title="Let it end",
        summary="What there is now ends by itself, and nothing comes after it.",
    )
    return replace(
        tree,
        options={**tree.options, CHANGE_NOTHING: option},
        weights=tuple(_turned(one) for one in tree.weights),
    )


def _turned(weight: Weight) -> Weight:
    told = str(weight.when)
    if weight.target != CHANGE_NOTHING or PRESENT not in told or NOTHING in told:
        return weight
    return replace(weight, raises=not weight.raises, strong=False)
