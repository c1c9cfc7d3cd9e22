"""The one way to reach a question: the same 404 for what is not there and what is not yours."""

from uuid import UUID

from django.http import Http404

from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import Person, is_member
from decisions.questions.models import Question
from decisions.questions.rules import may_ask, may_show


def question_or_404(user: Person, slug: str, question_id: UUID) -> Question:
    """A question of a programme that the person may see; a draft for those who run it."""
    programme = programme_or_404(user, slug)
    question = (
        Question.objects.filter(pk=question_id, programme=programme)
        .select_related("who_buys", "present_provider", "goes_to")
        .first()
    )
    if question is None:
        raise Http404
    # The programme that was loaded with what its rules ask.
    question.programme = programme
    if not may_show(user, question):
        raise Http404
    return question


def member_question_or_404(user: Person, slug: str, question_id: UUID) -> Question:
    """The question, for the members of its programme."""
    question = question_or_404(user, slug, question_id)
    if not is_member(user, question.programme):
        raise Http404
    return question


def run_question_or_404(user: Person, slug: str, question_id: UUID) -> Question:
    """The question, for those who run its programme."""
    question = question_or_404(user, slug, question_id)
    if not may_ask(user, question.programme):
        raise Http404
    return question
