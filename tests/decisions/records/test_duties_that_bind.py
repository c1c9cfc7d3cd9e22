"""A duty that binds whatever is bought here is never said not to apply."""

import pytest
from django.urls import reverse

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.records.actions import drafting
from decisions.records.binding import why_it_binds
from decisions.records.models import Decision
from decisions.records.readiness import missing_to_recommend
from decisions.records.story import story
from decisions.trees.regime import Regime
from tests.cast import SignIn


@pytest.mark.parametrize(
    ("key", "law"),
    [
        ("equality", "Equality Act 2010, section 149"),
        ("conflicts", "code of conduct"),
        ("best_value", "Local Government Act 1999, section 3"),
    ],
)
def test_what_always_binds_a_council_cannot_be_said_not_to_apply(
    ada: User, ready: Decision, key: str, law: str
) -> None:
    with pytest.raises(Invalid, match=law):
        drafting.answer_duties(ada, ready, {key: ("not_apply", "See the paper.")})


def test_best_value_binds_no_parish(ada: User, draft: Decision) -> None:
    draft.body_kind = "parish"
    assert why_it_binds(draft, "best_value") == ""
    assert why_it_binds(draft, "equality")


@pytest.mark.parametrize(
    ("key", "regime", "binds"),
    [
        ("small_suppliers", Regime.ABOVE, "section 12"),
        ("small_suppliers", Regime.BELOW, "section 86"),
        ("small_suppliers", Regime.GRANT, ""),
        ("social_value", Regime.HEALTH, "SI 2023/1348"),
        ("social_value", Regime.BELOW, ""),
        ("grant_power", Regime.GRANT, "power"),
        ("grant_power", Regime.ABOVE, ""),
        ("staff_transfer", Regime.ABOVE, ""),
    ],
)
def test_which_others_bind_goes_by_the_law_of_the_route(
    ready: Decision, key: str, regime: Regime, binds: str
) -> None:
    said = why_it_binds(ready, key, regime)
    assert binds in said
    assert bool(said) is bool(binds)


def test_one_that_was_said_not_to_apply_before_stops_the_recommendation(
    ada: User, ready: Decision
) -> None:
    ready.duties.filter(key="equality").update(standing="not_apply")
    (one,) = missing_to_recommend(ready)
    assert one[0] == "duties"
    assert "Equality Act 2010, section 149" in one[1]


def test_check_before_relying_on_it_stays_with_a_duty_that_does_not_apply(
    ada: User, ready: Decision
) -> None:
    drafting.answer_duties(ada, ready, {"staff_transfer": ("not_apply", "There is no staff.")})
    duties = next(one for one in story(ready)["sections"] if one["key"] == "duties")
    rows = next(block["rows"] for block in duties["blocks"] if block["kind"] == "table")
    (row,) = [row for row in rows if row[0] == "Staff transfer"]
    assert row[1] == "Does not apply"
    assert "Check before relying on it" in row[3]


def test_the_page_offers_no_such_answer_and_names_every_missing_text_at_once(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    address = reverse("records:duties", args=[draft.question.programme.slug, draft.pk])
    browser = sign_in(ada)
    form = browser.get(address).context["form"]
    assert "not_apply" not in dict(form.fields["equality"].choices)
    assert "not_apply" in dict(form.fields["staff_transfer"].choices)
    answer = browser.post(address, {"vat": "met", "equality": "met", "subsidy": "met"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"vat_words", "equality_words", "subsidy_words"}
    assert reverse("records:interest", args=[draft.question.programme.slug, draft.pk]) in (
        answer.content.decode()
    )
