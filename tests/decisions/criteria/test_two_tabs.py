"""Criteria in two tabs, or typed while somebody makes them final: nothing typed is lost."""

from typing import Any

from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.models import Membership, Role
from decisions.criteria import actions
from decisions.criteria.models import CriteriaSet, Criterion
from tests.cast import SignIn
from tests.decisions.criteria.conftest import make_final
from tests.decisions.records.test_two_tabs import sent_back


def pages(held: CriteriaSet) -> dict[str, tuple[str, str]]:
    """The forms of a set by name: address, and a field that people type words into."""
    programme, first = held.question.programme.slug, held.criteria.first()
    assert first is not None
    here = [programme, held.question_id, held.pk]
    return {
        "criterion": (reverse("criteria:criterion", args=[*here, first.pk]), "asks"),
        "scale": (reverse("criteria:scale", args=here), "score_3"),
        "demands": (reverse("criteria:demands", args=here), "tie_break"),
    }


def as_sent(form: Any) -> dict[str, Any]:
    """What a browser sends: a box that is not ticked is not sent."""
    return {name: value for name, value in sent_back(form).items() if value != "False"}


def test_the_second_tab_is_shown_what_the_first_wrote(
    cora: User, draft: CriteriaSet, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    actions.set_demands(cora, draft, {"tie_break": "The higher score on trust."})
    for name, (address, field) in pages(draft).items():
        sent = as_sent(browser.get(address).context["form"])
        assert browser.post(address, sent | {field: "The first tab."}).status_code == 302, name
        clash = browser.post(address, sent | {field: "The second tab."})
        assert clash.status_code == 422, name
        page = clash.content.decode()
        assert "What somebody else wrote here meanwhile" in page
        assert "The first tab." in page
        assert "The second tab." in page
        assert browser.post(address, as_sent(clash.context["form"])).status_code == 302, name
    draft.refresh_from_db()
    assert draft.tie_break == "The second tab."


def test_what_the_other_tab_did_not_touch_is_kept(
    cora: User, draft: CriteriaSet, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    address, _field = pages(draft)["criterion"]
    sent = as_sent(browser.get(address).context["form"])
    assert browser.post(address, sent | {"asks": "Who opens to you?"}).status_code == 302
    assert browser.post(address, sent | {"title": "Trust"}).status_code == 302
    first = Criterion.objects.filter(criteria_set=draft).first()
    assert first is not None
    assert (first.title, first.asks) == ("Trust", "Who opens to you?")


def test_what_was_typed_while_they_were_made_final_is_shown(
    cora: User, draft: CriteriaSet, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    sent = {
        name: (address, as_sent(browser.get(address).context["form"]) | {field: "An hour of it."})
        for name, (address, field) in pages(draft).items()
    }
    make_final(cora, draft)
    for name, (address, typed) in sent.items():
        late = browser.post(address, typed)
        assert late.status_code == 403, name
        page = late.content.decode()
        assert "These criteria are final." in page
        assert "An hour of it." in page
        assert browser.get(address).status_code == 403


def test_who_judges_in_two_tabs_is_nobody_elses_choice_undone(
    cora: User, draft: CriteriaSet, sign_in: SignIn
) -> None:
    """One tab adds Sami, another that was opened before it adds Femi: both are shown."""
    browser = sign_in(cora)
    address = reverse(
        "criteria:judges", args=[draft.question.programme.slug, draft.question_id, draft.pk]
    )
    form = browser.get(address).context["form"]
    opened = form["opened_at"].value()
    sami, femi = (
        str(Membership.objects.get(programme=draft.question.programme, role=role).pk)
        for role in (Role.CITIZEN, Role.FACILITATOR)
    )
    first = browser.post(address, {"opened_at": opened, "judges": [sami]})
    assert first.status_code == 302
    clash = browser.post(address, {"opened_at": opened, "judges": [femi]})
    assert clash.status_code == 422
    assert "What somebody else wrote here meanwhile" in clash.content.decode()
    assert [str(one.membership_id) for one in draft.judges.all()] == [sami]
    # Saved once more with both in sight, the choice stands.
    again = {"opened_at": clash.context["form"]["opened_at"].value(), "judges": [sami, femi]}
    assert browser.post(address, again).status_code == 302
    assert draft.judges.count() == 2


def test_judges_and_suggestions_that_come_late_are_shown_and_not_saved(
    cora: User, draft: CriteriaSet, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    make_final(cora, draft)
    here = [draft.question.programme.slug, draft.question_id, draft.pk]
    late = browser.post(reverse("criteria:library", args=here), {"keys": ["lasting"]})
    assert late.status_code == 403
    assert "These criteria are final." in late.content.decode()
    assert "Lasting, and light on the world" in late.content.decode()
    assert not draft.criteria.filter(suggestion="lasting").exists()
