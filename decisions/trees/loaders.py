"""The ways to reach a walk or a tree: one 404 for what is not there and what is not yours."""

from uuid import UUID

from django.http import Http404

from commissioning.ground.answers import require
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, is_member, may_run, money_gate
from decisions.questions.loaders import question_or_404
from decisions.questions.models import Question
from decisions.trees.engine import Tree, shipped_trees
from decisions.trees.models import Appraisal, TreeVersion
from decisions.trees.standpoint import Standing


def walked_question_or_404(user: Person, slug: str, question_id: UUID) -> Question:
    """A question whose walks the person may know of; told why not while amounts are closed."""
    question = question_or_404(user, slug, question_id)
    require(money_gate(question.programme))
    return question


def walk_or_404(user: Person, slug: str, question_id: UUID, walk_id: UUID) -> Appraisal:
    """A locked walk for everybody who sees the question; an open one for the members."""
    question = walked_question_or_404(user, slug, question_id)
    walk = (
        Appraisal.objects.filter(pk=walk_id, question=question)
        .select_related("tree", "sheet__place", "what_if_of", "made_by")
        .defer("tree__text")
        .first()
    )
    if walk is None or not (walk.is_locked or is_member(user, question.programme)):
        raise Http404
    walk.question = question
    return walk


def member_walk_or_404(user: Person, slug: str, question_id: UUID, walk_id: UUID) -> Appraisal:
    """The walk, for the members of its programme."""
    walk = walk_or_404(user, slug, question_id, walk_id)
    if not is_member(user, walk.question.programme):
        raise Http404
    return walk


def key_or_404(standing: Standing, key: str) -> str:
    """A question that the walk asks, or has asked."""
    if key not in standing.tree.questions or (
        key not in standing.working.path and key not in standing.latest
    ):
        raise Http404
    return key


def money_programme_or_404(user: Person, slug: str) -> Programme:
    """A programme whose amounts are open: trees and rules sheets are full of them."""
    programme = programme_or_404(user, slug)
    require(money_gate(programme))
    return programme


def run_programme_or_404(user: Person, slug: str) -> Programme:
    """The same, for those who run it."""
    programme = money_programme_or_404(user, slug)
    if not may_run(user, programme):
        raise Http404
    return programme


def shipped_tree_or_404(tree: str) -> Tree:
    """A tree that ships."""
    found = shipped_trees().get(tree)
    if found is None:
        raise Http404
    return found


def version_or_404(programme: Programme, version_id: UUID) -> TreeVersion:
    """A version that the programme's place published."""
    version = (
        TreeVersion.objects.filter(pk=version_id, place=programme.place)
        .select_related("place", "by", "withdrawn_by")
        .first()
    )
    if version is None:
        raise Http404
    return version
