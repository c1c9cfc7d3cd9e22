"""Pages of criteria: a draft for those who run the programme, final ones for everybody."""

import json
from decimal import Decimal

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme, Role
from decisions.criteria import actions
from decisions.criteria.base import fit_of
from decisions.criteria.forms.sets import DemandsForm
from decisions.criteria.judging.health import to_begin_with
from decisions.criteria.judging.library import Standing
from decisions.criteria.models import CriteriaSet
from decisions.criteria.reading import Reading
from decisions.questions.actions import Words, make_question
from decisions.questions.heading import Heading
from decisions.questions.models import Question
from tests.cast import SignIn
from tests.decisions.criteria.conftest import make_final
from tests.decisions.criteria.test_actions import SCHEMA


def url(name: str, held: CriteriaSet, *more: object) -> str:
    slug = held.question.programme.slug
    return reverse(f"criteria:{name}", args=[slug, held.question_id, held.pk, *more])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def test_cora_writes_criteria_from_the_library_to_final(
    question: Question, cora: User, programme: Programme, sign_in: SignIn, client: Client
) -> None:
    browser = sign_in(cora)
    begin = reverse("criteria:begin", args=[programme.slug, question.pk])
    suggestions = browser.post(begin, {"what_for": "above"}).headers["Location"]
    held = CriteriaSet.objects.get()
    # Each page leads to what is still missing.
    assert suggestions == url("library", held)
    page = url("criteria", held)
    assert "Add at least one criterion" in text(browser, page)
    shown = text(browser, url("library", held))
    assert shown.index("Understanding of these communities") < shown.index(
        "What else it leaves here"
    )
    taken = browser.post(url("library", held), {"keys": ["knows_the_communities", "price"]})
    assert taken["Location"] == url("demands", held)
    one, price = held.criteria.all()
    for row, weight in ((one, "60"), (price, "40")):
        values = {"title": row.title, "asks": row.asks, "judged": row.judged, "words": row.words}
        values |= {"weight": weight} | ({"is_price": "on"} if row.is_price else {})
        answer = browser.post(url("criterion", held, row.pk), values)
        assert answer.status_code == 302, answer.content.decode()
    demands = {
        "price_method": "lowest_over",
        "tie_break": "Local knowledge.",
        "expected_bidders": 5,
    }
    demands |= {"more_pages": 0, "documents": 2, "accounts_years": 3}
    assert browser.post(url("demands", held), demands)["Location"] == url("judges", held)
    said = text(browser, page)
    assert "Each bidder will spend about" in said
    assert "More than two years of accounts" in said
    sami = Membership.objects.get(programme=programme, role=Role.CITIZEN)
    assert "could gain, so does not judge" in text(browser, url("judges", held))
    browser.post(url("judges", held), {"judges": [str(sami.pk)]})
    assert "Nothing is missing" in text(browser, page)
    assert client.get(page).status_code == 404
    assert browser.post(url("finalise", held)).status_code == 302
    said = text(client, page)
    assert "Understanding of these communities" in said
    assert "citizen commissioner" in said


def test_a_draft_is_nobody_elses(
    draft: CriteriaSet, sign_in: SignIn, priya: User, sami: User, olu: User, client: Client
) -> None:
    """Whoever read a draft before the others would have an advantage."""
    for browser in (client, sign_in(priya), sign_in(sami), sign_in(olu)):
        for name in ("criteria", "try", "ocds"):
            assert browser.get(url(name, draft)).status_code == 404
    listed = reverse("criteria:all", args=[draft.question.programme.slug, draft.question_id])
    assert "version 1" not in text(client, listed)


def test_words_that_ask_for_an_address_are_pointed_at(
    draft: CriteriaSet, cora: User, sign_in: SignIn
) -> None:
    row = draft.criteria.get(suggestion="reaches_people")
    actions.save_criterion(cora, draft, row, {"asks": "Is your office within 5 miles of here?"})
    said = text(sign_in(cora), url("criteria", draft))
    assert "5 miles" in said
    assert "Say it otherwise" in said


def test_made_up_bids_show_what_weights_decide(
    draft: CriteriaSet, cora: User, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    page = text(browser, url("try", draft))
    assert "The one people know" in page
    assert "At which weights another would" in page
    quality = draft.criteria.filter(is_price=False)
    tried = {f"price_{place}": price for place, price in enumerate(("50000", "100000", "100000"))}
    tried |= {f"score_{place}_{row.pk}": "5" for place in range(3) for row in quality}
    answer = browser.get(url("try", draft), tried)
    placed = answer.context["placed"]
    assert placed[0].bid.name == "The cheap one"
    assert placed[0].total == Decimal(100)
    assert browser.get(url("try", draft), {"price_0": "much"}).status_code == 422


def test_the_data_file_is_public_once_final(draft: CriteriaSet, cora: User, client: Client) -> None:
    held = make_final(cora, draft)
    package = json.loads(client.get(url("ocds", held)).content)
    jsonschema.Draft4Validator(SCHEMA).validate(package["releases"][0])
    assert package["uri"].endswith("ocds.json")


def test_the_page_of_criteria_takes_few_queries(
    draft: CriteriaSet, cora: User, client: Client, django_assert_num_queries: object
) -> None:
    held = make_final(cora, draft)
    with django_assert_num_queries(9):  # type: ignore[operator]
        client.get(url("criteria", held))


def test_nothing_is_shown_before_the_vision_is_agreed(
    vision_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    question = make_question(ada, vision_programme, Words("Play", "Which streets?"))
    for name in ("all", "begin"):
        address = reverse(f"criteria:{name}", args=[vision_programme.slug, question.pk])
        assert sign_in(ada).get(address).status_code == 403


@pytest.mark.parametrize("weight", ["0", "101", "-3", "lots", ""])
def test_weights_that_cannot_be(
    draft: CriteriaSet, cora: User, sign_in: SignIn, weight: str
) -> None:
    values = {"title": "More", "asks": "What?", "judged": "So.", "words": "0", "weight": weight}
    assert sign_in(cora).post(url("new_criterion", draft), values).status_code == 422


def test_what_is_ticked_to_begin_with_makes_100_and_its_tie_is_broken_by_local_knowledge(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    held = actions.begin_criteria(cora, question, "below")
    ticked = browser.get(url("library", held)).context["form"]["keys"].value()
    browser.post(url("library", held), {"keys": ticked})
    assert Reading(held).total == 100
    assert "social_value" in ticked
    # What is taken over is not offered once more.
    left = browser.get(url("library", held)).context["form"].fields["keys"].widget.choices
    assert [key for key, _title in left] == ["reaches_people", "lasting"]
    form = browser.get(url("demands", held)).context["form"]
    assert form["tie_break"].value() == "The higher score on “Understanding of these communities”."
    # Of grants too, though a price is no part of them: what the money does is.
    actions.discard_criteria(cora, held)
    grants = actions.begin_criteria(cora, question, "grant")
    ticked = browser.get(url("library", grants)).context["form"]["keys"].value()
    browser.post(url("library", grants), {"keys": ticked})
    assert Reading(grants).total == 100
    assert not grants.criteria.filter(is_price=True).exists()


def led_to(question: Question, route: str, **answers: str) -> Question:
    """A question whose walk leads to a route."""
    heading = Heading(route, route, timezone.now(), is_chosen=False, answers=answers)
    question.__dict__["_heading"] = heading
    return question


def test_what_they_are_for_follows_the_route_and_above_the_threshold_is_never_called_below(
    question: Question, cora: User
) -> None:
    above = led_to(question, "light_touch_competition")
    assert fit_of(above).own == ("above",)
    with pytest.raises(Invalid, match="judged as: A competition at or above the threshold"):
        actions.begin_criteria(cora, above, "below")
    assert fit_of(led_to(question, "below_threshold_reserved_vcse")).own == ("below",)
    assert fit_of(led_to(question, "devolved_grants")).own == ("grant",)
    assert fit_of(led_to(question, "change_nothing")).own == ()


def test_as_many_bidders_are_expected_as_the_walk_knows_of(question: Question, cora: User) -> None:
    held = actions.begin_criteria(cora, question, "below")
    actions.add_suggestions(cora, held, to_begin_with(Standing.BELOW))
    held.question = led_to(question, "quotes_or_award", capable_providers="few")
    assert DemandsForm(fit_of(held.question), instance=held)["expected_bidders"].value() == 3
    actions.set_demands(cora, held, {"tie_break": "A lot.", "expected_bidders": 9})
    held.refresh_from_db()
    assert DemandsForm(fit_of(held.question), instance=held)["expected_bidders"].value() == 9
