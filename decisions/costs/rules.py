"""Who may do what with the costs of a question, each answer with its reason."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.rules import Person, may_run, money_gate
from decisions.costs.models import BidSurvey
from decisions.questions.models import Question
from decisions.questions.rules import may_write


def may_read(question: Question) -> Answer:
    """Whoever sees the question, once amounts may be spoken of."""
    return money_gate(question.programme)


def may_change(user: Person, question: Question) -> Answer:
    """Those who run the programme, until the question goes to the body that decides."""
    return may_read(question) & may_write(user, question)


def may_survey(user: Person, question: Question) -> Answer:
    """Those who run the programme, whenever: what bidding took is known only afterwards."""
    return may_read(question) & may_run(user, question.programme)


def is_valued(question: Question) -> Answer:
    """A cost is compared with a value over a length."""
    if question.net_of_everything is None or not question.whole_length_months:
        return no(
            _("Say first what the question is worth and how long it runs: costs are compared.")
        )
    return YES


def takes_answers(survey: BidSurvey) -> Answer:
    """Until it is closed."""
    if survey.closed_at is None:
        return YES
    return no(_("This survey has closed. Thank you all the same."))
