"""A decision names the law that gives the power; a paragraph of a constitution gives none."""

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.records.models import Decision
from decisions.records.powers import names_a_law, parts_of
from decisions.records.readiness import missing_to_recommend
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS, write_all
from tests.decisions.records.test_meeting import facts_of

CABINET = {"body_kind": "cabinet", "body_name": "Cabinet of Rivermead Council"}


def lacks_a_law(decision: Decision) -> bool:
    return any("Name the law" in words for _part, words in missing_to_recommend(decision))


def address(decision: Decision) -> str:
    return reverse("records:section", args=[decision.question.programme.slug, decision.pk, "power"])


def send(browser: Client, decision: Decision, **typed: str) -> Decision:
    assert browser.post(address(decision), CABINET | typed).status_code == 302
    return Decision.objects.get(pk=decision.pk)


@pytest.mark.parametrize(
    ("words", "law"),
    [
        ("Localism Act 2011, section 1", True),
        ("s.137 LGA 1972", True),
        ("National Health Service Act 2006, section 3A", True),
        ("The general power of competence", True),
        ("SI 2012/965", True),
        ("part 3.4 of the constitution", False),
        ("Scheme of delegation, paragraph 7 (grants up to £50,000)", False),
        ("Financial Regulations 2024, paragraph 4", False),
        ("Standing Order 2019, 14", False),
        ("Officers act as the minute of 2026 says", False),
        ("", False),
    ],
)
def test_a_law_is_told_from_a_bodys_own_rules(words: str, law: bool) -> None:
    assert names_a_law(words) is law
    assert parts_of(words) == ((words, "") if law else ("", words))


def test_a_paragraph_of_the_constitution_alone_leaves_the_power_to_do(
    ada: User, draft: Decision
) -> None:
    own: dict[str, object] = {**CABINET, "power": "part 3.4 of the constitution"}
    ready = write_all(ada, draft, power=own)
    assert lacks_a_law(ready)
    told = facts_of(ready, "power")
    assert told["Power"] == "No law is named."
    assert told["By its own rules"] == "part 3.4 of the constitution"
    assert not lacks_a_law(write_all(ada, draft, power=SECTIONS["power"]))


def test_ada_confirms_the_law_and_nothing_is_chosen_for_her(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    form = browser.get(address(draft)).context["form"]
    assert form["law"].value() in {"", None}
    kept = send(browser, draft, law="general", paragraph="Part 3.4")
    assert kept.power == "Localism Act 2011, section 1 (the general power of competence)\nPart 3.4"
    assert not lacks_a_law(kept)
    again = browser.get(address(kept)).context["form"]
    assert (again["law"].value(), again["paragraph"].value()) == ("general", "Part 3.4")


def test_another_law_is_one(ada: User, draft: Decision, sign_in: SignIn) -> None:
    browser = sign_in(ada)
    typed = {"law": "other", "law_words": "part 3.4 of the constitution"}
    refused = browser.post(address(draft), CABINET | typed)
    assert "its name, its year and the section" in refused.content.decode()
    kept = send(browser, draft, law="other", law_words="Care Act 2014, section 10")
    assert facts_of(kept, "power")["Power"] == "Care Act 2014, section 10"
