"""Who gets in where in trees."""

import json
from datetime import date
from pathlib import Path
from typing import Final

from decisions.questions.actions import Words, make_question, open_question
from decisions.trees.actions import begin_walk
from decisions.trees.engine.load import CONTENT, whole_tree
from decisions.trees.versions import publish_tree
from tests.permissions.groups import EVERYONE, MEMBERS, NOBODY, RUNNERS, Row, group
from tests.permissions.world import Cast, World

# Who could gain (Priya) answers, marked; she does not settle, recommend or lock. Olu observes.
SEATS: Final = group("sami priya femi cora ada")
SETTLERS: Final = group("femi cora ada")
DECIDERS: Final = group("sami femi cora ada")

ROWS: Final[dict[str, Row]] = {
    "trees:ask": Row(MEMBERS, SEATS),
    "trees:begin": Row(RUNNERS, RUNNERS),
    "trees:compare": Row(MEMBERS, NOBODY),
    "trees:drop_evidence": Row(NOBODY, SEATS),
    "trees:effect": Row(MEMBERS, NOBODY),
    "trees:evidence": Row(MEMBERS, SEATS),
    "trees:fairness": Row(MEMBERS, NOBODY),
    "trees:fairness_paper": Row(NOBODY, MEMBERS),
    "trees:known": Row(SEATS, SEATS),
    "trees:lock": Row(RUNNERS, RUNNERS),
    "trees:publish": Row(RUNNERS, RUNNERS),
    "trees:recommend": Row(DECIDERS, DECIDERS),
    "trees:result": Row(MEMBERS, NOBODY),
    "trees:settle": Row(SETTLERS, SETTLERS),
    "trees:sheet": Row(EVERYONE, NOBODY),
    "trees:tree": Row(EVERYONE, NOBODY),
    "trees:trees": Row(EVERYONE, NOBODY),
    "trees:version": Row(EVERYONE, NOBODY),
    "trees:walk": Row(MEMBERS, NOBODY),
    "trees:walks": Row(EVERYONE, NOBODY),
    "trees:what_if": Row(SEATS, SEATS),
    "trees:withdraw": Row(RUNNERS, RUNNERS),
    "trees:write_sheet": Row(RUNNERS, RUNNERS),
}


def own_tree(title: str = "Rivermead's own") -> str:
    """A tree of the place's own: England's, under another id."""
    raw = whole_tree(Path(CONTENT / "england-general.yaml").read_text("utf-8"))
    return json.dumps(raw | {"id": "rivermead-own", "title": title}, default=str)


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
    words = Words(title="Daytime company", what="How should people find company in the daytime?")
    question = open_question(cast.ada, make_question(cast.ada, cast.programme, words))
    walk = begin_walk(cast.ada, question, "england-general", date(2027, 1, 11))
    version = publish_tree(cast.ada, cast.programme, own_tree(), "")
    world.by_room["trees"] = {
        "slug": cast.programme.slug,
        "question_id": question.pk,
        "walk_id": walk.pk,
        "key": "need_to_buy",
        "version_id": version.pk,
        "tree": "england-general",
        "pick_id": walk.pk,
    }
