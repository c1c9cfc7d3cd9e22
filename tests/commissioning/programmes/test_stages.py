"""Gates: the money gate lifted early, stages signed off."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.actions.members import declare, remove_member
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.actions.stages import (
    lift_money_gate,
    sign_off_stage,
    unmet_conditions,
)
from commissioning.programmes.actions.vision import add_outcome, agree_vision, write_draft
from commissioning.programmes.models import (
    Given,
    HistoryEntry,
    Programme,
    Role,
    Stage,
    StageSignOff,
)
from commissioning.programmes.rules import money_gate, stage_open
from places.directory.models import Organisation
from tests.cast import SignIn, join, make_person


@pytest.fixture
def agreed_programme(vision_programme: Programme, ada: User) -> Programme:
    """A programme in its vision stage with everything that the stage asks for."""
    write_draft(ada, vision_programme, "Children play out on every street.")
    add_outcome(ada, vision_programme, "Streets close to cars on Sundays")
    agree_vision(ada, vision_programme, 1, how_agreed="By consent.", who_was_there="Neighbours.")
    # Said after the agreement: before it, agreeing would have signed the stage off by itself.
    say_given(ada, vision_programme, Given.Kind.OPEN, "Everything else.")
    return vision_programme


@pytest.fixture
def draft_programme(vision_programme: Programme, ada: User) -> Programme:
    """A programme with everything that the vision stage asks for but the agreement."""
    say_given(ada, vision_programme, Given.Kind.OPEN, "Everything else.")
    write_draft(ada, vision_programme, "Children play out on every street.")
    add_outcome(ada, vision_programme, "Streets close to cars on Sundays")
    return vision_programme


AGREED = {"version": 1, "how_agreed": "By consent, at the library.", "who_was_there": "Neighbours."}


def fresh(programme: Programme) -> Programme:
    return Programme.objects.get(pk=programme.pk)


def test_ada_lifts_the_gate_early_and_everyone_can_read_why(
    vision_programme: Programme, ada: User, client: Client
) -> None:
    lift_money_gate(ada, vision_programme, "The lease must be renewed by March.")
    assert money_gate(fresh(vision_programme))
    entry = HistoryEntry.objects.get(sentence="lifted the money gate early")
    assert entry.is_public
    assert entry.reason == "The lease must be renewed by March."
    journey = client.get(vision_programme.get_absolute_url()).content.decode()
    assert "The money gate was lifted early." in journey
    assert "The lease must be renewed by March." in journey


def test_the_gate_is_lifted_once(vision_programme: Programme, ada: User) -> None:
    lift_money_gate(ada, vision_programme, "Because.")
    with pytest.raises(Invalid, match="open already"):
        lift_money_gate(ada, vision_programme, "Again.")


def test_the_gate_is_not_lifted_without_a_reason(vision_programme: Programme, ada: User) -> None:
    with pytest.raises(Invalid, match="Say why"):
        lift_money_gate(ada, vision_programme, "  ")
    assert not money_gate(fresh(vision_programme))


@pytest.mark.parametrize("who", ["cora", "femi", "priya", "sami", "olu", "nell"])
def test_only_the_lead_lifts_the_gate(
    who: str, vision_programme: Programme, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        lift_money_gate(person, vision_programme, "I want to know.")
    page = reverse("programmes:lift", args=[vision_programme.slug])
    response = sign_in(person).post(page, {"reason": "I want to know."})
    assert response.status_code == 403
    assert not money_gate(fresh(vision_programme))


def test_a_lead_who_could_gain_signs_nothing_off(agreed_programme: Programme, ada: User) -> None:
    declare(ada, agreed_programme, could_gain=True, words="My sister runs a play charity.")
    with pytest.raises(Refused, match="could gain"):
        sign_off_stage(ada, agreed_programme, Stage.VISION, "Done.")
    with pytest.raises(Refused, match="could gain"):
        lift_money_gate(ada, agreed_programme, "Because.")
    assert fresh(agreed_programme).stage == Stage.VISION


def test_a_lead_who_has_not_declared_signs_nothing_off(
    agreed_programme: Programme, council: Organisation
) -> None:
    zed = make_person("Zed Lin")
    join(agreed_programme, zed, Role.LEAD, council, could_gain=None)
    with pytest.raises(Refused, match="make your declaration"):
        sign_off_stage(zed, agreed_programme, Stage.VISION, "Done.")


def reasons_against(programme: Programme) -> list[str]:
    return [str(answer.reason) for answer in unmet_conditions(programme)]


def test_the_vision_stage_asks_for_a_vision_outcomes_and_what_is_fixed(
    vision_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    reasons = reasons_against(vision_programme)
    assert reasons == [
        "The vision is not agreed yet.",
        "The vision has no outcomes yet.",
        "Nothing is said yet about what is fixed and what is open.",
    ]
    with pytest.raises(Invalid, match="not agreed yet"):
        sign_off_stage(ada, vision_programme, Stage.VISION, "Done.")
    page = sign_in(ada).get(reverse("programmes:sign_off", args=[vision_programme.slug]))
    assert all(reason in page.content.decode() for reason in reasons)


def test_a_draft_with_outcomes_is_asked_for_none(
    draft_programme: Programme,
) -> None:
    assert "The vision is not agreed yet." in reasons_against(draft_programme)
    assert "The vision has no outcomes yet." not in reasons_against(draft_programme)


def test_a_lead_who_has_not_declared_is_led_to_it(
    draft_programme: Programme, council: Organisation, sign_in: SignIn
) -> None:
    zed = make_person("Zed Lin")
    join(draft_programme, zed, Role.LEAD, council, could_gain=None)
    declare, browser = reverse("programmes:declare", args=[draft_programme.slug]), sign_in(zed)
    draft = browser.get(reverse("programmes:vision_draft", args=[draft_programme.slug]))
    assert f'<a href="{declare}">Say first whether' in draft.content.decode()
    assert (
        "Make your declaration" in browser.get(draft_programme.get_absolute_url()).content.decode()
    )


def test_ada_signs_the_vision_off_and_amounts_open(
    agreed_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    assert not money_gate(agreed_programme)
    page = reverse("programmes:sign_off", args=[agreed_programme.slug])
    sign_in(ada).post(page, {"stage": "vision", "reason": "Agreed at the library."})
    programme = fresh(agreed_programme)
    assert programme.stage == Stage.RESOURCES
    assert money_gate(programme)
    assert StageSignOff.objects.get(programme=programme).by == ada
    entry = HistoryEntry.objects.get(sentence__startswith="signed off")
    assert entry.sentence == "signed off the vision stage and went on to resources"


def test_agreeing_the_vision_opens_the_money_gate_and_moves_the_programme_on(
    draft_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    page, browser = reverse("programmes:vision_agree", args=[draft_programme.slug]), sign_in(ada)
    before = browser.get(page).content.decode()
    assert "the money gate opens" in before
    assert "Record that it is agreed, and go on to resources" in before
    after = browser.post(page, AGREED, follow=True).content.decode()
    assert "The programme has gone on to resources, and amounts are open." in after
    programme = fresh(draft_programme)
    assert programme.stage == Stage.RESOURCES
    assert money_gate(programme)
    told = {entry.sentence: entry for entry in HistoryEntry.objects.filter(programme=programme)}
    signed = told["signed off the vision stage and went on to resources"]
    assert told["agreed version 1 of the vision"].is_public
    assert signed.is_public
    assert signed.actor == ada
    assert signed.reason == (
        "The vision is agreed, and everything else that this stage asks for is there. "
        "By consent, at the library."
    )


def test_where_something_is_wanting_the_stage_stays_and_the_page_leads_to_it(
    vision_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    write_draft(ada, vision_programme, "Children play out on every street.")
    add_outcome(ada, vision_programme, "Streets close to cars on Sundays")
    page, browser = reverse("programmes:vision_agree", args=[vision_programme.slug]), sign_in(ada)
    where = reverse("programmes:fixed_and_open", args=[vision_programme.slug])
    link = f'<a href="{where}">Nothing is said yet about what is fixed and what is open.</a>'
    assert link in browser.get(page).content.decode()
    after = browser.post(page, AGREED, follow=True).content.decode()
    assert "Before resources and amounts open: Nothing is said yet" in after
    assert fresh(vision_programme).stage == Stage.VISION
    assert not money_gate(fresh(vision_programme))
    sign_off = reverse("programmes:sign_off", args=[vision_programme.slug])
    assert link in browser.get(sign_off).content.decode()
    journey = browser.get(vision_programme.get_absolute_url()).content.decode()
    assert "One thing more before resources open" in journey
    say_given(ada, vision_programme, Given.Kind.OPEN, "Everything else.")
    assert unmet_conditions(vision_programme) == []


def test_a_later_version_agreed_in_a_later_stage_leaves_no_stage(
    draft_programme: Programme, ada: User
) -> None:
    agree_vision(ada, draft_programme, 1, how_agreed="Yes.", who_was_there="Us.")
    write_draft(ada, fresh(draft_programme), "Children play out.", what_changed="Shorter.")
    agree_vision(ada, draft_programme, 2, how_agreed="Yes.", who_was_there="Us.")
    assert fresh(draft_programme).stage == Stage.RESOURCES
    assert StageSignOff.objects.count() == 1


def test_a_second_press_does_not_leave_two_stages(
    agreed_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    page = reverse("programmes:sign_off", args=[agreed_programme.slug])
    for _ in range(2):
        response = browser.post(page, {"stage": "vision", "reason": "Agreed."})
    assert response.status_code == 422
    assert "already left that stage" in response.content.decode()
    assert fresh(agreed_programme).stage == Stage.RESOURCES


def test_what_is_locked_says_what_would_open_it(vision_programme: Programme) -> None:
    answer = stage_open(vision_programme, Stage.RESOURCES)
    assert str(answer.reason) == (
        "The resources stage opens when the lead signs off the vision stage."
    )


def test_learning_is_the_last_stage(programme: Programme, ada: User) -> None:
    sign_off_stage(ada, programme, Stage.DELIVERY, "All awarded.")
    with pytest.raises(Invalid, match="last stage"):
        sign_off_stage(ada, programme, Stage.LEARNING, "Done.")


def test_who_has_left_the_programme_signs_nothing_off(
    agreed_programme: Programme, ada: User, council: Organisation
) -> None:
    zed = make_person("Zed Lin")
    member = join(agreed_programme, zed, Role.LEAD, council)
    remove_member(ada, member)
    with pytest.raises(Refused):
        sign_off_stage(zed, agreed_programme, Stage.VISION, "Done.")


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_sign_off_at_once_leave_one_stage(
    agreed_programme: Programme, ada: User, council: Organisation
) -> None:
    zed = make_person("Zed Lin")
    join(agreed_programme, zed, Role.LEAD, council)
    start = threading.Barrier(2)
    results: list[str] = []

    def sign(lead: User) -> None:
        try:
            start.wait(timeout=20)
            sign_off_stage(lead, agreed_programme, Stage.VISION, "Done.")
            results.append("signed")
        except Invalid as error:
            results.append(str(error.reason))
        finally:
            connection.close()

    threads = [threading.Thread(target=sign, args=[lead]) for lead in (ada, zed)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results)[-1] == "signed"
    assert sum(result == "signed" for result in results) == 1
    assert fresh(agreed_programme).stage == Stage.RESOURCES
    assert StageSignOff.objects.count() == 1
