"""The health regime: five key criteria by name, conditions that are met or not, three processes."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.models import Membership, Role
from decisions.criteria import actions
from decisions.criteria.base import fit_of
from decisions.criteria.models import CriteriaSet, Criterion
from decisions.criteria.ocds import release_package
from decisions.criteria.paper import data
from decisions.criteria.reading import Reading
from decisions.questions.models import Question
from decisions.records.sections.criteria import judged_by as section_of
from decisions.trees import actions as trees
from tests.cast import SignIn
from tests.decisions.criteria.conftest import write_draft
from tests.decisions.criteria.test_actions import SCHEMA
from tests.decisions.criteria.test_pages import text, url
from tests.decisions.walks.conftest import BEGINS, answer_all

NEW_SERVICE = {
    "health_services": "yes",
    "concluding_framework": "no",
    "only_existing_capable": "no",
    "unrestricted_choice": "no",
    "new_service": "yes",
    "urgent": "no",
}
GOES_ON = NEW_SERVICE | {
    "new_service": "no",
    "existing_satisfying": "yes",
    "change_in_character": "no",
    "change_by_authority": "no",
}
WHY = "Reaching those who stay away matters most here, so access weighs as much as value."
KINDS = ["health_compete", "health_suitable", "health_existing"]


def walk_health(
    ada: User, question: Question, route: str = "health_most_suitable_provider", **answers: str
) -> Question:
    """Ada's walk of England's health tree, locked; the question as it is read afterwards."""
    walk = trees.begin_walk(ada, question, "england-health", BEGINS)
    walk = answer_all(ada, walk, NEW_SERVICE | answers)
    trees.recommend(ada, walk, route, "It fits these people best.", uuid4())
    trees.lock_for_good(ada, walk)
    return Question.objects.get(pk=question.pk)


def make_whole(cora: User, held: CriteriaSet) -> CriteriaSet:
    """Why they weigh, who judges, what breaks a tie: nothing is missing any more."""
    programme = held.question.programme
    actions.set_basics(cora, held, {"importance": WHY})
    is_priced = held.criteria.filter(is_price=True).exists()
    method = "lowest_over" if is_priced else "fixed"
    actions.set_demands(cora, held, {"tie_break": "Local knowledge.", "price_method": method})
    judges = Membership.objects.filter(programme=programme, role=Role.CITIZEN)
    actions.choose_judges(cora, held, list(judges))
    return CriteriaSet.objects.get(pk=held.pk)


@pytest.mark.parametrize(
    ("route", "answers", "own"),
    [
        ("health_most_suitable_provider", {}, "health_suitable"),
        ("health_competitive", {}, "health_compete"),
        ("health_direct_award_c", GOES_ON, "health_existing"),
    ],
)
def test_criteria_follow_the_locked_walk_of_the_health_tree(
    question: Question, ada: User, cora: User, route: str, answers: dict[str, str], own: str
) -> None:
    walked = walk_health(ada, question, route, **answers)
    fit = fit_of(walked)
    assert fit.own == (own,)
    with pytest.raises(Invalid, match="is judged as"):
        actions.begin_criteria(cora, walked, "above")
    held = make_whole(cora, actions.begin_criteria(cora, walked, own))
    assert Reading(held).at_odds == ""
    assert Reading(held).missing() == []
    assert actions.finalise(cora, held).is_final


def test_where_one_provider_alone_is_capable_nobody_is_chosen_by_criteria(
    question: Question, ada: User, cora: User
) -> None:
    walked = walk_health(ada, question, "health_direct_award_a", only_existing_capable="yes")
    assert fit_of(walked).own == ()
    assert not set(KINDS) & set(fit_of(walked).allowed)
    with pytest.raises(Invalid, match="No open way is judged as"):
        actions.begin_criteria(cora, walked, "health_suitable")


@pytest.mark.parametrize("what_for", KINDS)
def test_a_set_begins_with_the_five_by_their_statutory_names(
    question: Question, cora: User, what_for: str
) -> None:
    held = actions.begin_criteria(cora, question, what_for)
    reading = Reading(held)
    assert [one.title for one in reading.rows] == [
        "Quality and innovation",
        "Value",
        "Integration, collaboration and service sustainability",
        "Improving access, reducing health inequalities and facilitating choice",
        "Social value",
    ]
    assert reading.total == 100
    assert reading.flagged == []
    assert [one.title for one in reading.conditions] == [
        "Suitability to pursue the activity",
        "Economic and financial standing",
        "Technical and professional ability",
    ]
    assert "check before relying on it" in reading.law[0]
    said = " ".join(map(str, reading.missing()))
    assert "why each key criterion weighs" in said
    assert ("tie" in said) == (what_for != "health_existing")
    assert ("price" in said) == (what_for == "health_compete")


def test_no_key_criterion_is_taken_out_or_weighs_nothing_without_a_reason_that_is_printed(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    held = actions.begin_criteria(cora, question, "health_suitable")
    social = held.criteria.get(key="social_value")
    with pytest.raises(Refused, match="five key criteria stay"):
        actions.remove_criterion(cora, held, social)
    assert sign_in(cora).get(url("remove_criterion", held, social.pk)).status_code == 403
    with pytest.raises(Invalid, match="Say why this key criterion weighs nothing") as refused:
        actions.save_criterion(cora, held, social, {"weight": Decimal(0)})
    assert refused.value.field == "why_nothing"
    with pytest.raises(IntegrityError), transaction.atomic():
        Criterion.objects.filter(pk=social.pk).update(weight=0)
    why = "The contract is for three weeks."
    actions.save_criterion(cora, held, social, {"weight": Decimal(0), "why_nothing": why})
    with pytest.raises(Invalid, match="“Social value” weighs nothing, so it has no parts"):
        actions.add_suggestions(cora, held, ["social_value"])
    quality = held.criteria.get(key="quality")
    actions.save_criterion(cora, held, quality, {"weight": Decimal(40)})
    held = actions.finalise(cora, make_whole(cora, held))
    assert why in str(data(held.pk))
    assert why in str(section_of(held.question))
    assert why in str(release_package(held, "https://example.org/"))
    assert why in text(sign_in(cora), url("criteria", held))


def test_the_database_itself_counts_the_five(question: Question, cora: User) -> None:
    held = actions.begin_criteria(cora, question, "health_suitable")
    held.criteria.filter(key="social_value").delete()
    held.criteria.filter(key="quality").update(weight=40)
    with pytest.raises(IntegrityError, match="a key criterion is missing"), transaction.atomic():
        CriteriaSet.objects.filter(pk=held.pk).update(
            finalised_at=timezone.now(), finalised_by=cora
        )


def test_suggestions_are_parts_of_the_five_and_local_knowledge_stands_first(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    begin = reverse("criteria:begin", args=[question.programme.slug, question.pk])
    where = browser.post(begin, {"what_for": "health_compete"})["Location"]
    held = CriteriaSet.objects.get()
    assert where == url("library", held)
    form = browser.get(where).context["form"]
    assert form.fields["keys"].choices[0][0] == "knows_the_communities"
    then = browser.post(where, {"keys": form["keys"].value()})["Location"]
    assert then == url("basics", held)
    reading = Reading(held)
    assert reading.total == 100
    assert reading.uneven == []
    known = held.criteria.get(suggestion="knows_the_communities")
    assert known.parent is not None
    assert known.parent.key == "access"
    price = held.criteria.get(is_price=True)
    assert price.parent is not None
    assert price.parent.key == "value"
    own = {"title": "Mine", "asks": "What?", "judged": "So.", "weight": Decimal(5)}
    with pytest.raises(Invalid, match="which of the five"):
        actions.save_criterion(cora, held, None, own)


def test_a_key_criterion_keeps_its_name_whatever_is_sent(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    held = actions.begin_criteria(cora, question, "health_suitable")
    access = held.criteria.get(key="access")
    values = {"title": "Access", "asks": "Who is missing?", "judged": "So.", "weight": "20"}
    address = url("criterion", held, access.pk)
    assert sign_in(cora).post(address, values | {"words": "0"}).status_code == 302
    access.refresh_from_db()
    assert access.asks == "Who is missing?"
    assert access.title == "Improving access, reducing health inequalities and facilitating choice"


@pytest.mark.parametrize("what_for", ["health_suitable", "health_existing"])
def test_nothing_speaks_of_bids_where_nobody_is_invited_to_bid(
    question: Question, cora: User, sign_in: SignIn, what_for: str
) -> None:
    browser = sign_in(cora)
    held = actions.begin_criteria(cora, question, what_for)
    form = browser.get(url("library", held)).context["form"]
    assert "price" not in dict(form.fields["keys"].choices)
    actions.add_suggestions(cora, held, form["keys"].value())
    held = actions.finalise(cora, make_whole(cora, held))
    page = text(browser, url("criteria", held))
    main = page[page.index("<main") : page.index("</main")]
    for words in ("bidder", "The lowest price", "made-up bids", "Price and ties"):
        assert words not in main, words
    assert "No provider is asked to write anything" in main
    paper = data(held.pk)
    assert "bidder" not in str(paper).lower()
    assert paper["burden"].startswith("No provider")
    told = str(section_of(held.question))
    assert "How providers are judged" in told
    assert "How price or value is judged" not in told


def test_weights_are_tried_on_providers_and_never_where_there_is_one(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    held = actions.begin_criteria(cora, question, "health_suitable")
    page = text(browser, url("try", held))
    assert "made-up providers" in page
    assert "£" not in page[page.index("<main") : page.index("</main")]
    actions.discard_criteria(cora, held)
    held = actions.begin_criteria(cora, question, "health_existing")
    assert browser.get(url("try", held)).status_code == 403
    assert url("try", held) not in text(browser, url("criteria", held))


def test_of_the_existing_provider_a_sufficient_standard_is_said(
    question: Question, cora: User
) -> None:
    held = make_whole(cora, actions.begin_criteria(cora, question, "health_existing"))
    assert {one.minimum for one in Reading(held).leaves} == {3}
    held.criteria.update(minimum=None)
    with pytest.raises(Invalid, match="sufficient standard"):
        actions.finalise(cora, held)


@pytest.mark.parametrize(
    ("what_for", "method"),
    [("health_compete", None), ("health_suitable", "limited"), ("health_existing", "direct")],
)
def test_the_data_file_of_the_health_regime_passes_the_schema(
    question: Question, cora: User, what_for: str, method: str | None
) -> None:
    held = actions.finalise(
        cora, make_whole(cora, actions.begin_criteria(cora, question, what_for))
    )
    (release,) = release_package(held, "https://example.org/criteria.json")["releases"]
    jsonschema.Draft4Validator(SCHEMA).validate(release)
    tender = release["tender"]
    assert tender["legalBasis"] == {"scheme": "UKSI", "id": "2023/1348"}
    assert tender.get("procurementMethod") == method
    assert "Care Quality Commission" in tender["eligibilityCriteria"]
    criteria: list[dict[str, Any]] = tender["lots"][0]["awardCriteria"]["criteria"]
    assert sum(one["numbers"][0]["number"] for one in criteria) == 100


def test_a_draft_from_before_the_walk_becomes_one_of_the_health_regime_and_back(
    question: Question, ada: User, cora: User
) -> None:
    held = write_draft(cora, question, "above")
    actions.set_demands(cora, held, {"what_for": "health_suitable"})
    reading = Reading(CriteriaSet.objects.get(pk=held.pk))
    assert [one.key for one, _parts in reading.tops] == list(Criterion.Key.values)
    known = held.criteria.get(suggestion="knows_the_communities")
    assert known.parent is not None
    assert known.parent.key == "access"
    assert known.asks.startswith("What the provider understands")
    assert known.weight == 25
    assert not held.criteria.filter(is_price=True).exists()
    assert reading.uneven == []
    held = CriteriaSet.objects.get(pk=held.pk)
    actions.set_demands(cora, held, {"what_for": "below"})
    held = CriteriaSet.objects.get(pk=held.pk)
    assert not held.criteria.exclude(key="").exists()
    assert held.suitability == ""
    assert Reading(held).scale[0] == "Not answered, or it would do harm"


def test_a_price_leaves_value_when_another_law_binds(question: Question, cora: User) -> None:
    held = actions.begin_criteria(cora, question, "health_compete")
    actions.add_suggestions(cora, held, ["price", "value_for_money"])
    actions.set_demands(cora, held, {"what_for": "above"})
    price = CriteriaSet.objects.get(pk=held.pk).criteria.get(is_price=True)
    reading = Reading(CriteriaSet.objects.get(pk=held.pk))
    assert price.parent is None
    assert reading.total == 100
    assert reading.uneven == []


def test_a_new_version_keeps_the_five_the_reasons_and_the_conditions(
    question: Question, cora: User
) -> None:
    first = actions.finalise(
        cora, make_whole(cora, actions.begin_criteria(cora, question, "health_suitable"))
    )
    second = actions.begin_criteria(cora, question, "health_suitable")
    assert second.importance == first.importance == WHY
    assert second.ability == first.ability
    assert second.criteria.exclude(key="").count() == 5
    assert actions.finalise(cora, make_whole(cora, second)).version == 2


def test_basic_selection_criteria_belong_to_the_health_regime_alone(
    draft: CriteriaSet, cora: User, sign_in: SignIn
) -> None:
    assert sign_in(cora).get(url("basics", draft)).status_code == 403
    with pytest.raises(Refused, match="provider selection regime alone"):
        actions.set_basics(cora, draft, {"ability": "A degree."})


def test_two_tabs_of_the_conditions_lose_nothing(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    held = actions.begin_criteria(cora, question, "health_suitable")
    actions.set_basics(cora, held, {"importance": WHY})
    address = url("basics", held)
    form = browser.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert browser.post(address, sent | {"importance": "The first tab."}).status_code == 302
    clash = browser.post(address, sent | {"importance": "The second tab."})
    assert clash.status_code == 422
    assert "The first tab." in clash.content.decode()
    # What only one of them touched is merged.
    assert browser.post(address, sent | {"ability": "Nurses."}).status_code == 302
    held.refresh_from_db()
    assert (held.importance, held.ability) == ("The first tab.", "Nurses.")


def test_the_reason_for_another_open_way_is_printed(
    question: Question, ada: User, cora: User, client: Client
) -> None:
    """Cora writes for a competition, though the way that is recommended knows none."""
    walked = walk_health(ada, question)
    why = "Two hospitals may come forward."
    with pytest.raises(Invalid, match="Say why these criteria are for"):
        actions.begin_criteria(cora, walked, "health_compete")
    held = actions.begin_criteria(cora, walked, "health_compete", why)
    held = actions.finalise(cora, make_whole(cora, held))
    assert data(held.pk)["why_other"] == why
    assert why in str(section_of(held.question))
    assert why in text(client, url("criteria", held))


def test_a_draft_that_another_open_way_overtook_says_why_before_it_is_final(
    question: Question, ada: User, cora: User, sign_in: SignIn
) -> None:
    held = actions.begin_criteria(cora, question, "health_compete")
    walk_health(ada, question)
    held = make_whole(cora, CriteriaSet.objects.get(pk=held.pk))
    with pytest.raises(Invalid, match="Say again what they are for"):
        actions.finalise(cora, held)
    assert "why_other" in sign_in(cora).get(url("demands", held)).context["form"].fields
    values = {"what_for": "health_compete", "why_other": "It was asked for."}
    actions.set_demands(cora, held, values)
    assert actions.finalise(cora, CriteriaSet.objects.get(pk=held.pk)).is_final
