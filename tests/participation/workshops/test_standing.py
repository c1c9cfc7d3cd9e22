"""After an objection is answered: the room reads both, and whoever objected is asked again."""

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.models import Programme, Stage
from participation.workshops.actions import drafting, paper, running, standing
from participation.workshops.models import Activity, Consent, Participant, Workshop
from participation.workshops.record import data
from tests.cast import SignIn
from tests.participation.workshops.conftest import ComeIn, go_to, phone_of, send

pytestmark = pytest.mark.django_db(transaction=True)
WHY, REPLY = "What about wheelchairs?", "Kerbs are dropped first."


@pytest.fixture
def draft(workshop: Workshop, femi: User) -> Activity:
    activity = go_to(femi, workshop, "drafting")
    drafting.write_version(femi, activity, "We play out.", ["Streets close"], "", seen=0)
    return activity


@pytest.fixture
def wyns(workshop: Workshop, draft: Activity, femi: User) -> Client:
    """The phone of Wyn, who objected and was answered."""
    phone = phone_of(workshop, "Wyn")
    send(phone, draft, "", version="1", answer="object", why=WHY)
    drafting.answer_objection(femi, draft, Consent.objects.get().pk, REPLY)
    return phone


def test_whoever_objected_is_asked_again_and_keeps_their_place_until_they_change_it(
    wyns: Client, draft: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    desk = f"{workshop.get_absolute_url()}desk/"
    asked = wyns.get(f"/j/{workshop.code}/").content.decode()
    assert "You were answered" in asked
    assert "Still: I object" in asked
    assert drafting.tally(drafting.newest_draft(draft))["object"] == 1  # type: ignore[arg-type]
    before = sign_in(femi).get(desk).content.decode()
    assert "Said again where they stand: 0. Changed their mind: 0. Not yet: 1." in before
    send(wyns, draft, "", version="1", answer="object", why=WHY)
    still = sign_in(femi).get(desk).content.decode()
    assert "Said again where they stand: 1. Changed their mind: 0. Not yet: 0." in still
    send(wyns, draft, "", version="1", answer="live", why=WHY)
    changed = sign_in(femi).get(desk).content.decode()
    assert "Said again where they stand: 1. Changed their mind: 1. Not yet: 0." in changed
    assert "you stand here now: “I can live with it”" in (
        wyns.get(f"/j/{workshop.code}/").content.decode()
    )


def test_an_objection_and_its_answer_stay_when_its_author_changes_their_mind(
    wyns: Client, draft: Activity
) -> None:
    send(wyns, draft, "", version="1", answer="support", why=WHY)
    consent = Consent.objects.get()
    assert (consent.answer, consent.why, consent.reply) == ("support", WHY, REPLY)
    send(wyns, draft, "", version="1", answer="object", why="And prams?")
    consent.refresh_from_db()
    assert (consent.reply, consent.is_shown, consent.answered_as) == ("", False, "")


def test_a_sheet_typed_in_once_more_keeps_the_answer_to_its_why(
    draft: Activity, femi: User
) -> None:
    sheet = paper.stand(femi, draft, 3, "object", WHY)
    drafting.answer_objection(femi, draft, sheet.pk, REPLY)
    assert paper.stand(femi, draft, 3, "live", WHY).reply == REPLY


def test_an_answer_that_is_reworded_is_read_and_asked_about_again(
    wyns: Client, draft: Activity, femi: User
) -> None:
    send(wyns, draft, "", version="1", answer="object", why=WHY)
    newest = drafting.newest_draft(draft)
    assert newest is not None
    assert standing.asked_again(newest).waiting == 0
    drafting.answer_objection(femi, draft, Consent.objects.get().pk, "Kerbs, and ramps.")
    assert standing.asked_again(newest).waiting == 1


def test_the_room_reads_objections_and_answers_on_the_wall_and_beside_the_next_version(
    wyns: Client, draft: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    def wall() -> str:
        return sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()

    assert WHY in wall()
    assert REPLY in wall()
    assert "Wyn" not in wall()
    drafting.write_version(femi, draft, "We all play out.", ["Streets close"], "All.", seen=1)
    for page in (wall(), phone_of(workshop).get(f"/j/{workshop.code}/").content.decode()):
        assert WHY in page
        assert REPLY in page
        assert "Of version 1" in page


def test_wall_and_phones_say_that_objections_stood_when_it_was_agreed(
    wyns: Client, draft: Activity, workshop: Workshop, ada: User, femi: User, sign_in: SignIn
) -> None:
    drafting.agree(ada, draft, 1, "", drafting.Over("Kerbs come first.", 1))
    said = "Agreed, with 1 objection standing and answered in writing."
    wall = sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()
    desk = sign_in(femi).get(f"{workshop.get_absolute_url()}desk/").content.decode()
    phone = wyns.get(f"/j/{workshop.code}/").content.decode()
    for page in (wall, desk, phone):
        assert said in page
        assert "Agreed by the room" not in page
    running.close_workshop(femi, workshop)
    versions = next(one for one in data(workshop.pk)["steps"] if one["kind"] == "drafting")
    told = "It was agreed with fewer than five objections standing, after an answer in writing."
    assert versions["told"]["versions"][0]["agreed_over"] == told


def test_where_nobody_objects_the_room_is_told_so(
    draft: Activity, workshop: Workshop, ada: User, femi: User, come_in: ComeIn, sign_in: SignIn
) -> None:
    drafting.stand(come_in(), draft, 1, "support", "")
    drafting.agree(ada, draft, 1, "")
    wall = sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()
    assert "Agreed by the room. Nobody objects." in wall


def test_nothing_is_agreed_in_earnest_before_it_was_read_once_more(
    draft: Activity,
    vision_programme: Programme,
    workshop: Workshop,
    ada: User,
    come_in: ComeIn,
    sign_in: SignIn,
) -> None:
    for answer in ("support", "support", "live"):
        drafting.stand(come_in(), draft, 1, answer, "")
    run = reverse("workshops:run_step", args=[vision_programme.slug, workshop.pk, draft.pk])
    press = {"press": "agree", "version": "1", "who_was_there": "Families of the Lanes"}
    asked = sign_in(ada).post(run, press).content.decode()
    assert "Make it the vision?" in asked
    assert "the money gate opens, and the programme goes on to resources" in asked
    assert "It does not go back." in asked
    assert "How the room stands" in asked
    assert agreed_vision(vision_programme) is None
    late: Participant = come_in()
    drafting.stand(late, draft, 1, "object", WHY)
    refused = sign_in(ada).post(run, press | {"standing": "0"})
    assert refused.status_code == 409, "somebody objected meanwhile, and is not answered"
    drafting.stand(late, draft, 1, "live", "")
    sign_in(ada).post(run, press | {"standing": "0"})
    vision_programme.refresh_from_db()
    assert vision_programme.stage == Stage.RESOURCES


def test_whoever_agrees_a_proposed_draft_reads_how_the_room_stood(
    wyns: Client,
    draft: Activity,
    vision_programme: Programme,
    ada: User,
    femi: User,
    come_in: ComeIn,
    sign_in: SignIn,
) -> None:
    drafting.stand(come_in(), draft, 1, "object", "Who opens it?")
    drafting.propose(femi, draft, 1)
    page = reverse("programmes:vision_agree", args=[vision_programme.slug])
    asked = sign_in(ada).get(page).content.decode()
    assert "In the workshop “Growing up here”, version 1: 0 support it" in asked
    assert "2 object." in asked
    assert WHY in asked
    assert REPLY in asked
    assert "Who opens it?" in asked
    assert "Not answered in writing yet" in asked
