"""A grant is given for a project: its criteria never speak as if something were bought."""

import json
import re
from io import BytesIO

import jsonschema
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from commissioning.documents.render import render_pdf
from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.criteria import actions
from decisions.criteria.judging.health import suggestions_for
from decisions.criteria.judging.library import Standing
from decisions.criteria.left import criteria_steps
from decisions.criteria.models import CriteriaSet
from decisions.criteria.paper import data
from decisions.criteria.reading import Reading
from decisions.questions.models import Question
from decisions.records.sections.criteria import judged_by
from tests.cast import SignIn
from tests.decisions.criteria.conftest import make_final, write_draft
from tests.decisions.criteria.test_actions import SCHEMA
from tests.decisions.criteria.test_pages import led_to, text, url

PURCHASE = (
    *("bidder", r"\bbids?\b", r"\bbidding\b", "tender", "bought", r"\bbuys?\b", "contract"),
    *("supplier", "purchase", "Procurement Act", "award", "winner", "lowest price"),
)
GRANT = (
    r"\bgrants?\b",
    r"\bappl(?:y|ies|ying)\b",
    "applicant",
    "applications?",
    "what is applied for",
)
# Said once, above the suggestions.
NOT_ABOUT_GRANTS = "the Procurement Act 2023 is not about grants"
EVERYTHING = {
    "expected_bidders": 40,
    "more_pages": 90,
    "documents": 9,
    "presentation": True,
    "accounts_years": 5,
    "audited_accounts": True,
    "insurance_before_award": True,
}


def found(words: tuple[str, ...], said: str) -> list[str]:
    return [one.group() for word in words for one in re.finditer(word, said, re.IGNORECASE)]


def shown(page: str) -> str:
    """What a page says, without its marks, its addresses and the site's own header and footer."""
    main = page[page.index("<main") : page.index("</main")]
    return re.sub(r"<[^>]+>", " ", main)


def pages_of(browser: Client, held: CriteriaSet) -> dict[str, str]:
    """Every page of a draft that asks for all there is to ask for, then of what is final."""
    row = held.criteria.all()[0]
    said = {
        name: shown(text(browser, url(name, held)))
        for name in (
            *("criteria", "library", "new_criterion", "demands", "scale", "judges", "try"),
            *("finalise", "discard"),
        )
    }
    for name in ("criterion", "remove_criterion"):
        said[name] = shown(text(browser, url(name, held, row.pk)))
    where = [held.question.programme.slug, held.question_id]
    said["all"] = shown(text(browser, reverse("criteria:all", args=where)))
    return said


def printed(held: CriteriaSet) -> str:
    """The paper as anybody reads it."""
    template = "decisions/criteria/documents/criteria.html"
    body = render_pdf(template, {"data": data(held.pk)}, title="Criteria", lang="en-GB")
    pages = pypdf.PdfReader(BytesIO(body)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def ask_for_everything(cora: User, held: CriteriaSet) -> CriteriaSet:
    """Whatever warns, warns; one criterion asks where somebody sits; one has a least score."""
    Question.objects.filter(pk=held.question_id).update(
        net_value=20_000, what="Company by day for people over 65."
    )
    actions.set_demands(cora, held, EVERYTHING)
    row = held.criteria.get(suggestion="reaches_people")
    actions.save_criterion(cora, held, row, {"minimum": 2})
    return CriteriaSet.objects.get(pk=held.pk)


def test_no_page_of_a_grants_criteria_speaks_of_a_purchase(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    held = ask_for_everything(cora, write_draft(cora, question, "grant"))
    assert len(Reading(held).warnings) > 5
    # The library as it is before anything is taken over, and after.
    browser = sign_in(cora)
    for row in held.criteria.filter(suggestion__in=("knows_the_communities", "value_for_money")):
        row.delete()
    for name, said in pages_of(browser, held).items():
        assert found(PURCHASE, said.replace(NOT_ABOUT_GRANTS, "")) == [], name
        assert said.count(NOT_ABOUT_GRANTS) == (name == "library"), name
    row = held.criteria.get(suggestion="reaches_people")
    actions.save_criterion(cora, held, row, {"asks": "Is your office within 5 miles of here?"})
    said = shown(text(browser, url("criteria", held)))
    assert "Ask what those who apply know" in said
    assert found(PURCHASE, said) == []


def test_neither_the_paper_nor_the_record_nor_the_data_of_a_grant_speaks_of_a_purchase(
    question: Question, cora: User, sign_in: SignIn, client: Client
) -> None:
    held = make_final(cora, ask_for_everything(cora, write_draft(cora, question, "grant")))
    paper = data(held.pk)
    assert paper["burden"].startswith("Whoever applies will spend")
    assert not paper["has_price"]
    assert found(PURCHASE, str(paper)) == []
    assert "Who gives Rivermead Council" in printed(held)
    assert found(PURCHASE, printed(held)) == []
    section = judged_by(held.question)
    assert section is not None
    assert "How applications are judged" in str(section)
    assert found(PURCHASE, str(section)) == []
    package = json.loads(client.get(url("ocds", held)).content)
    jsonschema.Draft4Validator(SCHEMA).validate(package["releases"][0])
    tender = package["releases"][0]["tender"]
    # The standard's own names are a purchase's; what stands under them is not.
    told = tender["lots"][0]["awardCriteria"]
    assert found(PURCHASE, " ".join([told["description"], tender["awardCriteriaDetails"]])) == []
    assert sum(one["numbers"][0]["number"] for one in told["criteria"]) == 100
    assert found(PURCHASE, " ".join(one["description"] for one in told["criteria"])) == []
    assert tender["procurementMethodDetails"] == "Grants that are assessed"
    assert found(PURCHASE, shown(text(sign_in(cora), url("criteria", held)))) == []


@pytest.mark.parametrize("what_for", ["above", "below"])
def test_nothing_of_a_purchase_speaks_of_a_grant(
    question: Question, cora: User, sign_in: SignIn, what_for: str
) -> None:
    held = ask_for_everything(cora, write_draft(cora, question, what_for))
    browser = sign_in(cora)
    for name, said in pages_of(browser, held).items():
        assert found(GRANT, said) == [], name
    held = make_final(cora, held)
    assert "Who buys Rivermead Council" in printed(held)
    assert found(GRANT, printed(held)) == []
    section = str(judged_by(held.question))
    assert "How bids are judged" in section
    assert found(GRANT, section) == []


def test_what_only_a_purchase_has_is_not_offered_for_a_grant(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    assert "price" in suggestions_for(Standing.ABOVE)
    assert "price" not in suggestions_for(Standing.GRANT)
    held = actions.begin_criteria(cora, question, "grant")
    browser = sign_in(cora)
    assert "is_price" not in browser.get(url("new_criterion", held)).context["form"].fields
    assert "price_method" not in browser.get(url("demands", held)).context["form"].fields
    priced = {"title": "P", "asks": "What?", "judged": "So.", "weight": 5, "is_price": True}
    with pytest.raises(Invalid, match="A grant has no price"):
        actions.save_criterion(cora, held, None, priced)


def test_a_draft_that_comes_to_be_for_a_grant_is_worded_anew_and_back(
    question: Question, cora: User
) -> None:
    held = write_draft(cora, question, "below")
    actions.set_demands(cora, held, {"what_for": "grant"})
    held = CriteriaSet.objects.get(pk=held.pk)
    money = held.criteria.get(suggestion="value_for_money")
    assert money.title == "What the money does"
    assert not money.is_price
    assert money.weight == 30
    rows = str(list(held.criteria.values_list("title", "asks", "judged")))
    assert found(PURCHASE, rows) == []
    actions.set_demands(cora, held, {"what_for": "above"})
    held = CriteriaSet.objects.get(pk=held.pk)
    price = held.criteria.get(suggestion="price")
    assert price.title == "Price"
    assert price.is_price
    assert price.weight == 30
    assert found(GRANT, str(list(held.criteria.values_list("title", "asks", "judged")))) == []
    assert Reading(held).total == 100


def test_the_step_to_a_record_speaks_of_those_who_apply(question: Question, ada: User) -> None:
    named = [one.title for one in criteria_steps(led_to(question, "grant"), ada)]
    assert named == ["Write the criteria, where applications are compared"]
    bought = [one.title for one in criteria_steps(led_to(question, "open_competition"), ada)]
    assert bought == ["Write the criteria, where offers are compared"]


@pytest.mark.parametrize(
    "route", ["grant_named", "extend_or_vary", "in_house", "change_nothing", "direct_award"]
)
def test_where_nobody_is_compared_no_step_asks_for_criteria(
    question: Question, ada: User, route: str
) -> None:
    assert criteria_steps(led_to(question, route), ada) == []


@pytest.mark.parametrize(
    ("route", "asked"),
    [
        ("framework", "Write the criteria, where offers are compared"),
        ("health_most_suitable_provider", "Write the criteria that providers are weighed by"),
    ],
)
def test_where_somebody_is_judged_the_step_stands(
    question: Question, ada: User, route: str, asked: str
) -> None:
    assert [one.title for one in criteria_steps(led_to(question, route), ada)] == [asked]
