"""A member of the organisation that has the contract now: what she is called, and what is told."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Refused
from commissioning.people.models import User
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry, Programme, Role
from decisions.questions import actions as questions
from decisions.questions.actions import Words
from decisions.questions.level_field import choose_lines, entries_of, lines_of
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from decisions.trees import actions as trees
from decisions.trees import paper
from decisions.trees.models import Appraisal
from places.directory.models import Organisation, Place
from tests.cast import SignIn, join
from tests.decisions.conftest import company_words
from tests.decisions.records.conftest import minute
from tests.decisions.records.test_on_paper import section
from tests.decisions.walks.conftest import at, said, say, walk, whole

__all__ = ["walk", "whole"]


@pytest.fixture
def action(place: Place, femi: User, programme: Programme) -> Organisation:
    """Rivermead Voluntary Action, whose Femi facilitates; she declared that she gains nothing."""
    body = Organisation.objects.create(
        slug="voluntary-action",
        name="Rivermead Voluntary Action",
        kind=Organisation.Kind.CHARITY,
        place=place,
        about="Help for small groups.",
    )
    programme.memberships.filter(user=femi).update(organisation=body)
    return body


def provided_by(user: User, question: Question, body: Organisation) -> Question:
    """Say who provides it now."""
    words = company_words(question.programme)
    changed = Words(
        **{name: getattr(words, name) for name in Words.__dataclass_fields__}
        | {"present_provider": body}
    )
    return questions.write_question(user, question, changed)


def test_she_speaks_for_the_present_provider_so_she_could_gain_whatever_she_declared(
    ada: User, femi: User, question: Question, action: Organisation, walk: Appraisal
) -> None:
    provided_by(ada, question, action)
    walk.refresh_from_db()
    assert say(femi, walk, "need_to_buy", "yes").could_gain
    seats = {row["who"]: row for row in paper.data(walk.pk)["seats"]}
    assert seats["Femi O."]["gains"]
    assert seats["Femi O."]["declared"] == "Could gain, by fact: speaks for the present provider"
    assert "Rivermead Voluntary Action provides it now." in seats["Femi O."]["words"]
    with pytest.raises(Refused, match="provides it now, so you do not decide"):
        trees.recommend(femi, walk, "grant", "We are good.", uuid.uuid4())


def test_nobody_who_could_gain_is_called_a_commissioner(
    ada: User,
    femi: User,
    question: Question,
    action: Organisation,
    whole: Appraisal,
    draft: Decision,
    sign_in: SignIn,
) -> None:
    provided_by(ada, question, action)
    whole.refresh_from_db()
    say(femi, whole, "history", "mixed", "We were never asked.")
    page = said(sign_in(ada), at("ask", whole, "history"))
    assert "Facilitator, Rivermead Voluntary Action: " in page
    trees.lock_for_good(ada, whole)
    path = str(section(draft, "path"))
    assert "Facilitator, Rivermead Voluntary Action (could gain: evidence only)" in path
    assert "Commissioner, Rivermead Voluntary Action" not in path
    assert "Lead commissioner, Rivermead Council" in path


def test_a_commissioner_who_could_gain_is_a_member(
    ada: User, cora: User, question: Question, whole: Appraisal, draft: Decision
) -> None:
    questions.declare_about(cora, question, could_gain=True, words="My sister would run it.")
    say(cora, whole, "history", "mixed", "I was there.")
    trees.lock_for_good(ada, whole)
    assert "Member, Rivermead Council (could gain: evidence only): I was there." in str(
        section(draft, "path")
    )


def test_each_member_declares_about_the_question_or_is_shown_as_not_having(
    ada: User, cora: User, question: Question, draft: Decision, sign_in: SignIn
) -> None:
    assert "for the programme, and not for this question" in str(section(draft, "conflicts"))
    address = reverse("questions:declare", args=[question.programme.slug, question.pk])
    browser = sign_in(cora)
    assert address in browser.get(question.get_absolute_url()).content.decode()
    sent = {"could_gain": "yes", "words": "My sister would run it."}
    assert browser.post(address, sent).status_code == 302
    told = str(section(draft, "conflicts"))
    assert "Could gain: declared for this question" in told
    assert "My sister would run it." in told
    with pytest.raises(Refused, match="could gain from this question"):
        drafting.recommend(cora, draft)


def test_only_talks_about_this_question_stand_in_its_papers(
    ada: User, lanes: Organisation, question: Question, draft: Decision, walk: Appraisal
) -> None:
    programme = question.programme
    other = questions.open_question(
        ada, questions.make_question(ada, programme, Words(title="The lunch bus", what="Go on?"))
    )
    Question.objects.filter(pk=question.pk).update(put_at=timezone.now() - timedelta(hours=1))
    question.refresh_from_db()
    old = LevelFieldEntry.objects.create(
        programme=programme,
        organisation=lanes,
        kind=LevelFieldEntry.Kind.SAID,
        what="About sitters.",
        at=timezone.now() - timedelta(days=9),
    )
    note(programme, lanes, LevelFieldEntry.Kind.SAID, f"Answered in “Walk 1” of “{other.title}”.")
    note(programme, lanes, LevelFieldEntry.Kind.SAID, "About company.")
    assert [one.what for one in entries_of(question)] == ["About company."]
    told = str(section(draft, "level_field"))
    assert "About company." in told
    assert "lunch bus" not in told
    assert "sitters" not in told
    assert "has 2 more, about other things" in told
    # Whoever runs the programme says otherwise, and it is said that they did.
    choose_lines(ada, question, {line.entry.pk for line in lines_of(question)})
    assert old in entries_of(question)
    assert "Of 2 lines an officer has said otherwise" in str(section(draft, "level_field"))
    paper_of_it = paper.data(walk.pk)
    assert "About sitters." in str(paper_of_it["entries"])


def test_members_who_did_nothing_are_counted_and_not_listed_three_times_alike(
    programme: Programme, council: Organisation, olu: User, nell: User, walk: Appraisal
) -> None:
    programme.memberships.filter(user=olu).update(organisation=council)
    join(programme, nell, Role.OBSERVER, council)
    told = paper.data(walk.pk)
    assert not [row for row in told["seats"] if row["who"] == "An observer"]
    assert [
        line for line in told["silent"] if line.startswith("An observer, Rivermead Council (2)")
    ]


@pytest.mark.django_db(transaction=True)
def test_dissent_is_the_programmes_and_dated_and_says_when_it_came_after_the_decision(
    ada: User, sami: User, femi: User, recommended: Decision
) -> None:
    drafting.dissent(sami, recommended, "It will look like a favour.")
    decided = deciding.enter_decision(ada, recommended, minute())
    drafting.dissent(femi, decided, "I learnt of it too late.")
    first, second = [
        block["who"] for block in section(decided, "dissent")["blocks"] if block["kind"] == "quote"
    ]
    assert "after the decision" not in first
    assert first.startswith("A citizen commissioner")
    assert "Said on " in first
    assert second.endswith("after the decision was written down.")
    beside = str(story_glance(decided))
    assert "2 members of the programme (citizen commissioner, facilitator)" in beside
    assert "which is not the body that decides" in beside


def story_glance(decision: Decision) -> dict[str, str]:
    """What stands beside the summary."""
    from decisions.records.sections.first_page import glance

    return dict(glance(decision))
