"""The vision: drafted in versions, agreed once, endorsed in people's own words."""

import pytest
from django.core import mail
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.delivery import deliver
from commissioning.notices.models import Notice
from commissioning.people.models import User
from commissioning.programmes.actions.endorsing import ask_to_endorse
from commissioning.programmes.actions.members import declare
from commissioning.programmes.actions.vision import (
    add_outcome,
    agree_vision,
    agreed_vision,
    drop_outcome,
    edit_outcome,
    endorse,
    move_outcome,
    newest_vision,
    write_draft,
)
from commissioning.programmes.models import Outcome, Programme, Vision
from places.directory.models import Organisation
from tests.cast import SignIn


def titles(programme: Programme) -> list[str]:
    return [outcome.title for outcome in programme.outcomes.all()]


def agree(ada: User, programme: Programme) -> Vision:
    newest = newest_vision(programme)
    assert newest is not None
    return agree_vision(
        ada, programme, newest.version, how_agreed="By consent.", who_was_there="Neighbours."
    )


@pytest.fixture
def draft(vision_programme: Programme, femi: User) -> Vision:
    """Femi's first draft, with two outcomes."""
    write_draft(femi, vision_programme, "Children play out.")
    add_outcome(femi, vision_programme, "Streets close to cars")
    add_outcome(femi, vision_programme, "Neighbours know their names")
    return vision_programme.visions.get()


def test_a_draft_is_reworded_in_place_until_somebody_keeps_a_version(
    draft: Vision, vision_programme: Programme, femi: User
) -> None:
    write_draft(femi, vision_programme, "Children play out every day.")
    assert vision_programme.visions.count() == 1
    second = write_draft(
        femi,
        vision_programme,
        "Every child plays out every day.",
        what_changed="The young people said every child.",
        as_new_version=True,
    )
    assert second.version == 2
    assert [line.title for line in second.lines.all()] == [
        "Streets close to cars",
        "Neighbours know their names",
    ]
    first = vision_programme.visions.get(version=1)
    assert first.statement == "Children play out every day."


def test_a_new_version_says_what_changed(
    draft: Vision, vision_programme: Programme, femi: User
) -> None:
    with pytest.raises(Invalid, match="what changed since version 1"):
        write_draft(femi, vision_programme, "Another.", as_new_version=True)


@pytest.mark.parametrize("who", ["priya", "sami", "olu", "nell"])
def test_only_who_runs_the_programme_drafts(
    who: str, vision_programme: Programme, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused):
        write_draft(request.getfixturevalue(who), vision_programme, "Mine.")


def test_agreeing_freezes_the_words_and_gives_birth_to_the_outcomes(
    draft: Vision, vision_programme: Programme, ada: User
) -> None:
    assert titles(vision_programme) == []
    agreed = agree(ada, vision_programme)
    assert agreed.agreed_by == ada
    assert titles(vision_programme) == ["Streets close to cars", "Neighbours know their names"]
    with pytest.raises(Invalid, match="stays as it is"):
        add_outcome(ada, vision_programme, "Late")


@pytest.mark.parametrize("who", ["cora", "femi", "sami"])
def test_only_the_lead_records_agreement(
    who: str, draft: Vision, vision_programme: Programme, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused):
        agree(request.getfixturevalue(who), vision_programme)


def test_a_lead_who_could_gain_does_not_record_agreement(
    draft: Vision, vision_programme: Programme, ada: User
) -> None:
    declare(ada, vision_programme, could_gain=True, words="My brother builds playgrounds.")
    with pytest.raises(Refused, match="could gain"):
        agree(ada, vision_programme)


def test_nobody_agrees_a_version_that_they_have_not_read(
    draft: Vision, vision_programme: Programme, ada: User, femi: User
) -> None:
    write_draft(femi, vision_programme, "New words.", what_changed="All.", as_new_version=True)
    with pytest.raises(Invalid, match="newer draft, version 2"):
        agree_vision(ada, vision_programme, 1, how_agreed="Yes.", who_was_there="Us.")


def test_a_vision_without_outcomes_is_not_agreed(vision_programme: Programme, ada: User) -> None:
    write_draft(ada, vision_programme, "Children play out.")
    with pytest.raises(Invalid, match="at least one outcome"):
        agree(ada, vision_programme)


def test_a_change_after_agreement_is_a_new_version_and_links_hold(
    draft: Vision, vision_programme: Programme, ada: User
) -> None:
    agree(ada, vision_programme)
    kept, dropped = vision_programme.outcomes.all()
    second = write_draft(ada, vision_programme, "Children play out.", what_changed="One is enough.")
    first_line, second_line = second.lines.all()
    drop_outcome(ada, vision_programme, second_line.pk)
    edit_outcome(ada, vision_programme, first_line.pk, "Every street closes on Sundays", "")
    add_outcome(ada, vision_programme, "Nobody is told to go in")
    assert titles(vision_programme) == ["Streets close to cars", "Neighbours know their names"]
    agree(ada, vision_programme)
    assert titles(vision_programme) == ["Every street closes on Sundays", "Nobody is told to go in"]
    kept.refresh_from_db()
    assert kept.title == "Every street closes on Sundays"
    assert Outcome.ever.get(pk=dropped.pk).position is None
    counts = agreed_vision(vision_programme)
    assert counts is not None
    assert counts.version == 2


def test_outcomes_move_up_and_down_and_stop_at_the_ends(
    draft: Vision, vision_programme: Programme, femi: User
) -> None:
    first, second = draft.lines.all()
    move_outcome(femi, vision_programme, second.pk, up=True)
    assert [line.pk for line in draft.lines.all()] == [second.pk, first.pk]
    move_outcome(femi, vision_programme, second.pk, up=True)
    assert [line.pk for line in draft.lines.all()] == [second.pk, first.pk]


@pytest.mark.parametrize("field", ["statement", "what_changed"])
def test_amounts_are_refused_kindly_in_the_form_and_nothing_typed_is_lost(
    field: str, draft: Vision, vision_programme: Programme, femi: User, sign_in: SignIn
) -> None:
    page = reverse("programmes:vision_draft", args=[vision_programme.slug])
    typed = {
        "statement": "Children play out.",
        "what_changed": "We listened.",
        "as_new_version": "on",
    } | {field: "With £4,000 they could."}
    response = sign_in(femi).post(page, typed)
    said = response.content.decode()
    assert response.status_code == 422
    assert "Never ever start by talking about the money" in said
    assert "With £4,000 they could." in said
    assert vision_programme.visions.count() == 1


def test_priya_endorses_for_her_organisation_in_her_own_words(
    programme: Programme, priya: User, lanes: Organisation, sign_in: SignIn
) -> None:
    page = reverse("programmes:endorse", args=[programme.slug])
    sign_in(priya).post(page, {"stand_for": lanes.pk, "words": "Our doors are open."})
    said = sign_in(priya).get(reverse("programmes:vision", args=[programme.slug]))
    assert "Our doors are open." in said.content.decode()
    assert "could gain: declared" in said.content.decode()
    with pytest.raises(Invalid, match="endorsed already"):
        endorse(priya, programme, lanes, "Again.")
    endorse(priya, programme, None, "As a neighbour, too.")


def test_nobody_endorses_for_an_organisation_that_is_not_theirs(
    programme: Programme, sami: User, lanes: Organisation
) -> None:
    with pytest.raises(Refused, match="act for Lanes Neighbours"):
        endorse(sami, programme, lanes, "Hello.")


def test_a_resident_from_outside_endorses_a_public_vision(programme: Programme, nell: User) -> None:
    assert endorse(nell, programme, None, "Good luck from Hillcrest.").user == nell


def test_a_vision_that_is_not_agreed_cannot_be_endorsed(
    draft: Vision, vision_programme: Programme, priya: User
) -> None:
    with pytest.raises(Invalid, match="not agreed yet"):
        endorse(priya, vision_programme, None, "Yes!")


def test_script_in_every_text_is_shown_as_text(
    draft: Vision, vision_programme: Programme, femi: User, ada: User, sign_in: SignIn
) -> None:
    script = "<script>alert(1)</script>"
    write_draft(femi, vision_programme, script)
    add_outcome(femi, vision_programme, script, script)
    for name in ("vision", "vision_draft", "journey", "history"):
        page = sign_in(ada).get(reverse(f"programmes:{name}", args=[vision_programme.slug]))
        assert script not in page.content.decode()


def test_others_are_asked_by_mail_to_stand_behind_it_once_for_a_version(
    draft: Vision, vision_programme: Programme, ada: User, priya: User, sign_in: SignIn
) -> None:
    with pytest.raises(Invalid, match="not agreed yet"):
        ask_to_endorse(ada, vision_programme, ["wren@example.org"])
    agree(ada, vision_programme)
    page = reverse("programmes:ask_to_endorse", args=[vision_programme.slug])
    assert sign_in(priya).get(page).status_code == 403
    browser = sign_in(ada)
    assert browser.post(page, {"addresses": "wren@example.org\nnonsense"}).status_code == 422
    for _ in range(2):
        asked = browser.post(page, {"addresses": "Wren@example.org\nkit@example.org"})
        assert asked.status_code == 302
    notices = Notice.objects.filter(kind="programmes.endorse")
    assert sorted(notices.values_list("email", flat=True)) == [
        "kit@example.org",
        "wren@example.org",
    ]
    deliver(notices[0].pk)
    body = str(mail.outbox[-1].body)
    assert "Children play out." in body
    assert reverse("programmes:vision", args=[vision_programme.slug]) in body
    assert "To stop mails of this kind" in body


def test_nobody_is_asked_to_endorse_what_they_cannot_read(
    draft: Vision, vision_programme: Programme, ada: User
) -> None:
    agree(ada, vision_programme)
    vision_programme.is_public = False
    with pytest.raises(Invalid, match="Publish the programme first"):
        ask_to_endorse(ada, vision_programme, ["wren@example.org"])
