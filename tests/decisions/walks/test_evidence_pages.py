"""The programme's evidence beside an answer: all of it can be looked through and attached."""

from collections.abc import Sequence
from urllib.parse import urlencode

import pytest
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from commissioning.programmes.evidence import evidence_sources
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.models import Appraisal
from decisions.trees.offered import evidence_for
from places.resources.models import Kind, OutcomeLink, Resource, State
from tests.cast import SignIn
from tests.decisions.walks.conftest import at, said

MANY = 140


@pytest.fixture
def mapped(question: Question) -> Sequence[OutcomeLink]:
    """A hundred and forty things that help the first outcome, and one that helps the last."""
    programme = question.programme
    outcomes = list(programme.outcomes.all())
    things = Resource.objects.bulk_create(
        Resource(
            place=programme.place,
            kind=Kind.values[0],
            what=f"Choir {number:03}",
            sort_key=f"choir {number:03}",
            state=State.PUBLISHED,
        )
        for number in range(MANY + 1)
    )
    return OutcomeLink.objects.bulk_create(
        OutcomeLink(
            resource=thing,
            outcome=outcomes[0] if number < MANY else outcomes[-1],
            how="Company every week",
            sure="told",
            said_by="Ada",
        )
        for number, thing in enumerate(things)
    )


def listed(page: str) -> list[str]:
    """The choirs on a page, in order and once each."""
    return [f"Choir {one:03}" for one in range(MANY + 1) if f"Choir {one:03} " in page]


def test_ada_finds_the_hundred_and_twentieth_choir_by_its_words_and_attaches_it(
    walk: Appraisal, mapped: Sequence[OutcomeLink], ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    here = at("evidence", walk, "need_to_buy")
    page = said(browser, f"{here}?{urlencode({'q': '120 choir'})}")
    assert listed(page) == ["Choir 120"]
    link = next(one for one in mapped if one.resource.what == "Choir 120")
    browser.post(here, {"source": "resources", "item": str(link.pk)})
    assert [pick.item for pick in walk.picks.all()] == [str(link.pk)]
    assert "Choir 120" in said(browser, at("ask", walk, "need_to_buy"))


def test_every_piece_stands_on_some_page_of_its_source(
    walk: Appraisal, mapped: Sequence[OutcomeLink], ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    here = at("evidence", walk, "need_to_buy")
    begun = said(browser, here)
    assert len(listed(begun)) == 12
    assert f"See all {MANY + 1}: What the place already has" in begun
    pages = [said(browser, f"{here}?from=resources&page={number}") for number in (1, 2, 3)]
    assert [one for page in pages for one in listed(page)] == [
        f"Choir {one:03}" for one in range(MANY + 1)
    ]
    assert [len(listed(page)) for page in pages] == [50, 50, 41]
    assert "Nothing here has these words." in said(browser, f"{here}?q=tuba&from=resources")


def test_a_source_that_is_not_there_shows_them_all(
    walk: Appraisal, mapped: Sequence[OutcomeLink], ada: User, sign_in: SignIn
) -> None:
    page = said(sign_in(ada), at("evidence", walk, "need_to_buy") + "?from=nothing&page=9")
    assert "What this programme knows" in page


def test_what_helps_an_outcome_late_in_the_list_is_not_crowded_out_beside_the_question(
    question: Question, walk: Appraisal, mapped: Sequence[OutcomeLink], ada: User
) -> None:
    last = list(question.programme.outcomes.all())[-1]
    question.outcomes.set([last])
    fresh = Appraisal.objects.select_related("question__programme__place").get(pk=walk.pk)
    beside = next(one for one in evidence_for(fresh, "need_to_buy", ada) if one.name == "resources")
    assert beside.items[0].outcome_id == last.pk
    assert "Choir 140" in beside.items[0].words


def test_many_things_ask_no_more_of_the_database(
    walk: Appraisal,
    mapped: Sequence[OutcomeLink],
    ada: User,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = sign_in(ada)
    with django_assert_max_num_queries(60):
        said(browser, at("evidence", walk, "need_to_buy"))


def test_what_is_offered_beside_a_question_may_always_be_attached(
    walk: Appraisal, mapped: Sequence[OutcomeLink], ada: User
) -> None:
    programme = walk.question.programme
    for name in evidence_sources.names():
        source = evidence_sources[name]
        if not source.gate(programme):
            continue
        few = {item.key for item in source.items(programme, ada)}
        assert few <= {item.key for item in source.all_items(programme, ada)}
    actions.pick_evidence(ada, walk, "need_to_buy", "resources", str(mapped[-1].pk))
    assert walk.picks.count() == 1
