"""What the views share: addresses and crumbs of a walk."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design.pages import Crumbs, too_late_page
from commissioning.ground.answers import Answer, Text
from decisions.questions.models import Question
from decisions.questions.pages import question_crumbs
from decisions.trees.models import Appraisal


def question_page(name: str, question: Question, *more: object) -> str:
    """An address below a question: ``question_page("walks", question)``."""
    return reverse(f"trees:{name}", args=[question.programme.slug, question.pk, *more])


def walk_url(name: str, walk: Appraisal, *more: object) -> str:
    """An address below a walk."""
    return question_page(name, walk.question, walk.pk, *more)


def walk_crumbs(walk: Appraisal, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the walk; without more, the walk is the page itself."""
    own = walk_url("walk", walk) if more else ""
    return question_crumbs(
        walk.question,
        (_("Walks"), question_page("walks", walk.question)),
        (walk.title, own),
        *more,
    )


def too_late(
    request: HttpRequest, walk: Appraisal, form: forms.BaseForm, heading: Text, refused: Answer
) -> HttpResponse:
    """It was locked, or went before the body that decides, while somebody typed."""
    return too_late_page(
        request,
        form,
        heading=heading,
        reason=refused.reason,
        back=walk_url("walk", walk),
        crumbs=walk_crumbs(walk, (heading, "")),
    )
