"""Only the forms that a route takes are offered, and what belongs to another form is not kept."""

import pytest
from django.urls import reverse

from commissioning.people.models import User
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.sections.routes import forms
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS

NAMED = "To one named group, without a call"
WHY = "Because they are trusted."


def route_page(decision: Decision) -> str:
    """Where the route is written."""
    return reverse("records:section", args=[decision.question.programme.slug, decision.pk, "route"])


@pytest.fixture
def light_touch(ada: User, draft: Decision) -> Decision:
    """A draft that recommends an open competition."""
    values = {"route": "light_touch_competition", "form": "", "no_call": "", "route_name": "x"}
    return drafting.write_section(ada, draft, "route", {**SECTIONS["route"], **values})


def test_a_competition_is_not_offered_the_form_of_a_grant(
    ada: User, light_touch: Decision, sign_in: SignIn
) -> None:
    page = sign_in(ada).get(route_page(light_touch))
    offered = [title for _form, title in page.context["form"].fields["form"].choices]
    assert offered == ["No", "Alliance", "Consortium", "Lots"]
    assert NAMED not in page.content.decode()
    assert "If nobody else is asked" not in page.content.decode()


def test_a_route_without_forms_is_asked_for_none(
    ada: User, light_touch: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    sent = {"route": "quotes_or_award", "forms_for": "light_touch_competition", "form": "lots"}
    assert browser.post(route_page(light_touch), sent).status_code == 302
    light_touch.refresh_from_db()
    assert (light_touch.route, light_touch.form) == ("quotes_or_award", "")
    assert "Does it take a form" not in browser.get(route_page(light_touch)).content.decode()


def test_another_route_than_the_page_showed_asks_once_for_its_own_forms(
    ada: User, light_touch: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    sent = {"route": "grant", "forms_for": "light_touch_competition", "form": "lots"}
    page = browser.post(route_page(light_touch), sent)
    assert page.status_code == 422
    assert "You chose another route. It can take one of these forms." in page.content.decode()
    assert NAMED in page.content.decode()
    again = {"route": "grant", "forms_for": page.context["form"].data["forms_for"]}
    assert browser.post(route_page(light_touch), {**again, "form": ""}).status_code == 302
    light_touch.refresh_from_db()
    assert (light_touch.route, light_touch.form) == ("grant", "")


def test_why_nobody_else_is_asked_goes_with_the_form_that_asks_nobody(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    """The stranger typed a reason for one named group, thought better of it, chose a consortium."""
    browser = sign_in(ada)
    named = {"route": "grant", "form": "named_recipient", "no_call": WHY}
    assert browser.post(route_page(draft), named).status_code == 302
    draft.refresh_from_db()
    assert draft.no_call == WHY
    assert browser.post(route_page(draft), {**named, "form": "consortium"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.form, draft.no_call) == ("consortium", "")


def test_a_reason_that_an_older_draft_kept_is_not_printed_for_another_form(
    light_touch: Decision,
) -> None:
    light_touch.form, light_touch.no_call = "consortium", WHY
    assert WHY not in str(forms(light_touch))
