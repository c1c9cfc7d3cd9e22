"""Who provides it now is chosen from the directory, or written where the directory has it not."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.costs.costed import QuestionCosts
from decisions.costs.said import price_in_words
from decisions.questions import actions
from decisions.questions.actions import Words
from decisions.questions.conflicts import may_decide_on, stakes
from decisions.questions.models import Question
from decisions.records.models import Decision
from decisions.records.public import without_marked
from decisions.records.readiness import cautions
from decisions.records.story import story
from decisions.trees import paper
from decisions.trees.compared import _present
from decisions.trees.models import Appraisal
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.conftest import company_words
from tests.decisions.records.conftest import draft
from tests.decisions.records.test_on_paper import section
from tests.decisions.walks.conftest import at, said, walk, whole

__all__ = ["draft", "walk", "whole"]

NAME = "Bowling Green Lunches"
UNKNOWN = f"“{NAME}” provides it now. It is not in the directory, so nothing here knows who belongs"


def edit(question: Question) -> str:
    """Where the question is said again."""
    return reverse("questions:edit", args=[question.programme.slug, question.pk])


def typed(browser: Client, question: Question, **more: object) -> dict[str, object]:
    """What the page that is open now would send, with some of it changed."""
    form = browser.get(edit(question)).context["form"]
    sent: dict[str, object] = {}
    for name in form.fields:
        value = form[name].value()
        if name.endswith("_on") and value:
            sent |= {f"{name}-{part}": getattr(value, part) for part in ("day", "month", "year")}
        elif value:
            sent[name] = value
    return sent | more


@pytest.fixture
def written(ada: User, question: Question) -> Question:
    """The question, with a provider that the directory has not."""
    words = company_words(question.programme)
    named = {name: getattr(words, name) for name in Words.__dataclass_fields__}
    return actions.write_question(ada, question, Words(**named | {"present_provider_words": NAME}))


def test_a_provider_that_the_directory_has_not_is_written_and_kept(
    ada: User, question: Question, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    sent = typed(browser, question, present_provider_words=f"  {NAME} ")
    answer = browser.post(edit(question), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    question.refresh_from_db()
    assert (question.present_provider, question.present_provider_words) == (None, NAME)
    assert browser.get(edit(question)).context["form"]["present_provider_words"].value() == NAME


def test_a_name_that_the_directory_has_is_taken_from_it(
    ada: User, question: Question, lanes: Organisation, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    browser.post(
        edit(question), typed(browser, question, present_provider_words=lanes.name.upper())
    )
    question.refresh_from_db()
    assert (question.present_provider, question.present_provider_words) == (lanes, "")


def test_two_different_ones_are_refused_and_what_was_typed_stays(
    ada: User, question: Question, lanes: Organisation, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    sent = typed(browser, question, present_provider=lanes.pk, present_provider_words=NAME)
    answer = browser.post(edit(question), sent)
    assert answer.status_code == 422
    form = answer.context["form"]
    (wrong,) = form.errors["present_provider_words"]
    assert f"You chose “{lanes.name}” from the directory and wrote “{NAME}”." in wrong
    assert form["present_provider_words"].value() == NAME
    assert form["present_provider"].value() == str(lanes.pk)
    question.refresh_from_db()
    assert not question.provides_now
    same = browser.post(edit(question), sent | {"present_provider_words": lanes.name})
    assert same.status_code == 302, "the same one twice is no contradiction"


def test_a_name_that_two_organisations_have_is_taken_for_neither(
    ada: User, question: Question, lanes: Organisation, sign_in: SignIn
) -> None:
    Organisation.objects.create(slug="its-namesake", name=lanes.name, kind=lanes.kind)
    browser = sign_in(ada)
    answer = browser.post(
        edit(question), typed(browser, question, present_provider_words=lanes.name)
    )
    assert "several of that name" in str(answer.context["form"].errors["present_provider_words"])
    question.refresh_from_db()
    assert not question.provides_now


def test_a_choice_in_one_tab_and_a_name_in_another_clash_and_neither_goes_unseen(
    ada: User, question: Question, lanes: Organisation, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    late = typed(browser, question, present_provider=lanes.pk)
    browser.post(edit(question), typed(browser, question, present_provider_words=NAME))
    answer = browser.post(edit(question), late)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert [(one.name, one.now) for one in form.both] == [("present_provider_words", NAME)]
    question.refresh_from_db()
    assert question.provides_now == NAME
    again = late | {"opened_at": form["opened_at"].value()}
    assert browser.post(edit(question), again).status_code == 302
    question.refresh_from_db()
    assert (question.present_provider, question.present_provider_words) == (lanes, "")


def test_neither_the_action_nor_the_database_keeps_both(
    ada: User, question: Question, lanes: Organisation
) -> None:
    words = company_words(question.programme)
    named = {name: getattr(words, name) for name in Words.__dataclass_fields__}
    both = Words(**named | {"present_provider": lanes, "present_provider_words": NAME})
    with pytest.raises(Invalid, match="not both"):
        actions.write_question(ada, question, both)
    with (
        pytest.raises(IntegrityError, match="question_provider_chosen_or_written"),
        transaction.atomic(),
    ):
        Question.objects.filter(pk=question.pk).update(
            present_provider=lanes, present_provider_words=NAME
        )


def test_before_the_vision_no_amount_hides_in_the_name(
    ada: User, vision_programme: Programme
) -> None:
    words = Words(title="Sunday streets", what="Who?", present_provider_words="The £500 club")
    with pytest.raises(Invalid, match="Take “£500” out"):
        actions.make_question(ada, vision_programme, words)


def test_nobody_is_known_to_belong_to_a_written_name(
    ada: User, femi: User, written: Question, sign_in: SignIn
) -> None:
    """Not even who speaks for an organisation that comes into the directory with that name."""
    later = Organisation.objects.create(slug="lunches", name=NAME, kind="charity")
    written.programme.memberships.filter(user=femi).update(organisation=later)
    assert not [one for one in stakes(written) if one.by_fact]
    assert may_decide_on(ada, written)
    assert UNKNOWN in said(sign_in(ada), written.get_absolute_url())
    assert "No present provider is named" not in said(sign_in(ada), written.get_absolute_url())
    declare = reverse("questions:declare", args=[written.programme.slug, written.pk])
    assert UNKNOWN in said(sign_in(femi), declare)
    # Named from the directory, the same organisation's member could gain by that fact.
    browser = sign_in(ada)
    browser.post(edit(written), typed(browser, written))
    written.refresh_from_db()
    assert written.present_provider == later
    assert [one.member.user for one in stakes(written) if one.by_fact] == [femi]


def test_the_written_name_stands_wherever_a_chosen_one_does(
    ada: User, written: Question, whole: Appraisal, draft: Decision, sign_in: SignIn
) -> None:
    assert UNKNOWN in said(sign_in(ada), at("fairness", whole))
    assert UNKNOWN in " ".join(paper.data(whole.pk)["unknown"])
    (facts,) = (one for one in section(draft, "question")["blocks"] if one["kind"] == "facts")
    assert NAME in str(facts)
    conflicts = str(section(draft, "conflicts"))
    assert UNKNOWN in conflicts
    assert "Not in the directory: who belongs to it is not known" in conflicts
    assert "No member of the programme is of it" not in conflicts
    assert UNKNOWN in str(without_marked(draft, story(draft)))
    assert any(UNKNOWN in one for one in cautions(draft))
    (one,) = QuestionCosts(written).compare(["extend_or_vary"])
    price = price_in_words(one, written.who_buys.name, str)
    assert price == f"Nobody here has said: ask {NAME} what it truly costs them."


def test_a_walk_that_finds_nothing_is_held_against_the_written_name(written: Question) -> None:
    told = _present(written, "present", "nothing")
    assert told.startswith(f"{NAME} provides it now.")
    # Whether that is the buyer's own staff by another name, nobody can tell from words.
    assert _present(written, "present", "in_house") == ""
