"""What the views share: ways to reach a set, crumbs, a page that is one form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design import pages
from commissioning.design.keeping import Kept
from commissioning.design.pages import Crumbs
from commissioning.ground.answers import Text, require
from commissioning.programmes.rules import Person, money_gate
from decisions.criteria import rules
from decisions.criteria.models import CriteriaSet, Criterion
from decisions.questions.loaders import question_or_404, run_question_or_404
from decisions.questions.models import Question


def readable_question(user: Person, slug: str, question_id: UUID) -> Question:
    """The question, once its programme may speak of amounts: criteria weigh a price."""
    question = question_or_404(user, slug, question_id)
    require(money_gate(question.programme))
    return question


def run_question(user: Person, slug: str, question_id: UUID) -> Question:
    """The question, for those who run its programme."""
    question = run_question_or_404(user, slug, question_id)
    require(rules.may_begin(user, question))
    return question


def set_or_404(user: Person, slug: str, question_id: UUID, set_id: UUID) -> CriteriaSet:
    """A final set for everybody; a draft for those who run the programme."""
    question = readable_question(user, slug, question_id)
    held = CriteriaSet.objects.filter(pk=set_id, question=question).select_related("paper").first()
    if held is None:
        raise Http404
    held.question = question
    if not rules.may_read(user, held):
        raise Http404
    return held


def own_set_or_404(user: Person, slug: str, question_id: UUID, set_id: UUID) -> CriteriaSet:
    """A set for those who run the programme, final or not."""
    run_question_or_404(user, slug, question_id)
    return set_or_404(user, slug, question_id, set_id)


def draft_or_404(user: Person, slug: str, question_id: UUID, set_id: UUID) -> CriteriaSet:
    """A set for those who change it; a final one says why not."""
    held = own_set_or_404(user, slug, question_id, set_id)
    require(rules.may_change(user, held))
    return held


def criterion_or_404(held: CriteriaSet, criterion_id: UUID) -> Criterion:
    """A criterion of a set that the caller has reached already."""
    found = held.criteria.filter(pk=criterion_id).first()
    if found is None:
        raise Http404
    return found


def url_of(name: str, held: CriteriaSet, *more: object) -> str:
    """An address of a set."""
    question = held.question
    return reverse(f"criteria:{name}", args=[question.programme.slug, question.pk, held.pk, *more])


def on_from(held: CriteriaSet) -> str:
    """The page of what the set lacks yet: criteria, in the health regime how much the five matter,
    what breaks a tie, who judges; else its own."""
    held = CriteriaSet.objects.select_related("question__programme").get(pk=held.pk)
    if not held.criteria.filter(key="").exists() and not held.importance:
        return url_of("library", held)
    if held.is_health and not held.importance:
        return url_of("basics", held)
    if held.chooses and not held.tie_break:
        return url_of("demands", held)
    if not held.judges.exists():
        return url_of("judges", held)
    return url_of("criteria", held)


def crumbs_of(question: Question, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the programme."""
    where = reverse("criteria:all", args=[question.programme.slug, question.pk])
    return [
        (question.programme.title, question.programme.get_absolute_url()),
        (question.title, question.get_absolute_url()),
        (_("Criteria"), where if more else ""),
        *more,
    ]


def kept_page(
    request: HttpRequest,
    held: CriteriaSet,
    kept: Kept[Any, Any],
    *,
    heading: Text,
    button: Text = "",
    then: Callable[[CriteriaSet], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """A form of a set: saved, to be filled in, or refused with what was typed.

    Saved, it goes where ``then`` leads: back to the set.
    """
    back = url_of("criteria", held)
    if kept.saved:
        return redirect(then(held) if then else back)
    shown: dict[str, Any] = {
        "held": held,
        "programme": held.question.programme,
        "crumbs": crumbs_of(held.question, (str(held), back), (heading, "")),
        "template": "decisions/criteria/form.html",
    } | context
    return pages.kept_page(
        request, kept, heading=heading, button=button or _("Save"), back=back, **shown
    )
