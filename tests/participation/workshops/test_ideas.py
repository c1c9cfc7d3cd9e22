"""People say what they think; money is parked kindly; what may hurt waits until it is read."""

import time
import uuid

import pytest

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from commissioning.programmes.money_talk import amounts_in
from participation.workshops.actions import contributing, moderating, preparing, running
from participation.workshops.models import Activity, Contribution, Participant, Workshop
from tests.cast import SignIn
from tests.participation.workshops.conftest import ComeIn, phone_of, send, settings_of

pytestmark = pytest.mark.django_db
State = Contribution.State


@pytest.fixture
def wyn(come_in: ComeIn) -> Participant:
    return come_in("Wyn")


def said(participant: Participant, activity: Activity, text: str, **how: object) -> Contribution:
    kept = contributing.say(participant, activity, text, **how).contribution  # type: ignore[arg-type]
    assert kept is not None
    return kept


def test_an_idea_is_on_the_wall_without_a_name(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    send(phone_of(workshop, "Wyn Afon"), ideas, "A bench in the sun")
    wall = sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()
    assert "A bench in the sun" in wall
    assert "Wyn" not in wall


def test_the_same_attempt_sent_twice_is_kept_once(ideas: Activity, wyn: Participant) -> None:
    op = uuid.uuid4()
    assert said(wyn, ideas, "A bench", op=op) == said(wyn, ideas, "A bench", op=op)
    assert ideas.contributions.count() == 1


def test_a_phone_that_looks_again_is_told_what_became_of_its_words(
    ideas: Activity, workshop: Workshop, femi: User
) -> None:
    preparing.write_settings(femi, workshop, settings_of(workshop, releases_by_hand=True))
    phone, other = phone_of(workshop), phone_of(workshop)
    told_at = send(phone, ideas, "A bench in the sun")["Location"]
    assert told_at.endswith("?said=held")
    assert "Somebody reads it before everybody sees it" in phone.get(told_at).content.decode()

    bench = ideas.contributions.get()
    moderating.release(femi, workshop, bench.pk)
    for address in (told_at, f"/j/{workshop.code}/"):
        page = phone.get(address).content.decode()
        assert "Somebody reads it" not in page
        assert "Everybody can see it now" in page
    assert "and everybody can see it now" in phone.get(told_at).content.decode()
    # Of what others wrote nothing is told, and nothing that an address claims is believed.
    assert "see it now" not in other.get(told_at).content.decode()

    moderating.hide(femi, workshop, bench.pk, "It is about one person.")
    page = phone.get(told_at).content.decode()
    assert "It is about one person." in page
    assert "It is in" not in page


def test_the_page_that_hides_says_what_is_true_of_it_now(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    preparing.write_settings(femi, workshop, settings_of(workshop, releases_by_hand=True))
    send(phone_of(workshop), ideas, "A bench in the sun")
    bench = ideas.contributions.get()
    hide = f"{workshop.get_absolute_url()}said/{bench.pk}/hide/"
    waits = sign_in(femi).get(hide).content.decode()
    assert "No screen has shown it, and none will." in waits
    assert "leaves every screen" not in waits
    moderating.release(femi, workshop, bench.pk)
    assert "It leaves every screen at once." in sign_in(femi).get(hide).content.decode()
    running.close_workshop(femi, workshop)
    assert "It leaves the record" in sign_in(femi).get(hide).content.decode()


def test_talk_of_money_is_offered_the_car_park_and_people_may_insist(
    ideas: Activity, workshop: Workshop
) -> None:
    phone = phone_of(workshop)
    offer = send(phone, ideas, "Spend the £500 budget on benches")
    assert "This talks of money" in offer.content.decode()
    assert "Spend the £500 budget on benches" in offer.content.decode()
    assert not ideas.contributions.exists()

    send(phone, ideas, "Spend the £500 budget on benches", money="park")
    assert ideas.contributions.get().state == State.PARKED
    send(phone, ideas, "Spend it on benches, I mean it", money="insist")
    assert ideas.contributions.filter(state=State.SHOWN, insisted=True).count() == 1


def test_what_somebody_insists_on_is_shown_without_its_amount(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    send(phone_of(workshop), ideas, "Give £500 to the day centre", money="insist")
    for sight in ("wall", "desk"):
        page = sign_in(femi).get(f"{workshop.get_absolute_url()}{sight}/").content.decode()
        assert "to the day centre" in page
        assert "£500" not in page


def test_the_car_park_is_read_only_when_money_may_be_spoken_of(
    ideas: Activity, workshop: Workshop, femi: User, wyn: Participant, sign_in: SignIn
) -> None:
    said(wyn, ideas, "A grant for the pump", money="park")
    page = sign_in(femi).get(f"{workshop.get_absolute_url()}car-park/").content.decode()
    assert "1 note is parked" in page
    assert "A grant for the pump" not in page


def test_a_place_changes_the_list_of_money_words(
    ideas: Activity, vision_programme: Programme, ada: User, wyn: Participant
) -> None:
    preparing.write_money_words(ada, vision_programme, added="brass\n", dropped="grant\ngrants")
    assert contributing.say(wyn, ideas, "Where's the brass?", money="ask").contribution is None
    assert contributing.say(wyn, ideas, "Grant me a wish", money="ask").contribution


def test_what_may_name_somebody_waits_until_it_was_read(ideas: Activity, wyn: Participant) -> None:
    kept = said(wyn, ideas, "Mrs Patel next door never goes out")
    assert kept.state == State.HELD
    assert kept.names_found == ["Mrs Patel"]


def test_releasing_all_leaves_what_may_name_somebody_to_be_read(
    ideas: Activity, workshop: Workshop, femi: User, wyn: Participant
) -> None:
    preparing.write_settings(femi, workshop, settings_of(workshop, releases_by_hand=True))
    plain = said(wyn, ideas, "A bench in the sun")
    named = said(wyn, ideas, "Mrs Patel next door never goes out")
    assert moderating.release_all(femi, workshop, [str(plain.pk), str(named.pk)]) == 1
    named.refresh_from_db()
    assert named.state == State.HELD


def test_in_a_sensitive_session_everything_waits_until_released(
    ideas: Activity, workshop: Workshop, femi: User, wyn: Participant, sign_in: SignIn
) -> None:
    preparing.write_settings(femi, workshop, settings_of(workshop, releases_by_hand=True))
    kept = said(wyn, ideas, "A bench in the sun")
    wall = f"{workshop.get_absolute_url()}wall/"
    assert "A bench" not in sign_in(femi).get(wall).content.decode()
    moderating.release(femi, workshop, kept.pk)
    assert "A bench" in sign_in(femi).get(wall).content.decode()


def test_its_author_is_told_why_something_was_taken_down(
    ideas: Activity, workshop: Workshop, femi: User
) -> None:
    phone = phone_of(workshop)
    send(phone, ideas, "A horrible thing")
    one = ideas.contributions.get()
    moderating.hide(femi, workshop, one.pk, "It could hurt a neighbour.")
    page = phone.get(f"/j/{workshop.code}/").content.decode()
    assert "Taken down" in page
    assert "It could hurt a neighbour." in page


def test_what_is_removed_is_gone_from_the_database_too(
    ideas: Activity, workshop: Workshop, femi: User
) -> None:
    phone = phone_of(workshop)
    send(phone, ideas, "An unspeakable canary")
    moderating.remove(femi, workshop, ideas.contributions.get().pk, "It named a child.")
    assert not Contribution.objects.filter(text__contains="canary").exists()
    assert "It named a child." in phone.get(f"/j/{workshop.code}/").content.decode()
    with pytest.raises(Invalid, match="for good"):
        moderating.release(femi, workshop, ideas.contributions.get().pk)


def test_nothing_is_taken_down_without_a_reason(
    ideas: Activity, workshop: Workshop, femi: User, wyn: Participant
) -> None:
    with pytest.raises(Invalid, match="Say why"):
        moderating.hide(femi, workshop, said(wyn, ideas, "A bench").pk, "  ")


def test_people_change_and_take_back_their_own_and_nobody_elses(
    ideas: Activity, workshop: Workshop, come_in: ComeIn
) -> None:
    phone, other = phone_of(workshop), phone_of(workshop)
    send(phone, ideas, "A bench")
    one = ideas.contributions.get()
    assert send(other, ideas, "Mine now", change=str(one.pk)).status_code == 422
    send(phone, ideas, "A bench in the sun", change=str(one.pk))
    one.refresh_from_db()
    assert one.text == "A bench in the sun"
    assert send(other, ideas, "", back=str(one.pk)).status_code == 422
    send(phone, ideas, "", back=str(one.pk))
    assert not ideas.contributions.exists()


def test_an_idea_that_is_too_long_is_kept_in_the_form(ideas: Activity, workshop: Workshop) -> None:
    answer = send(phone_of(workshop), ideas, "x" * 5_001)
    assert answer.status_code == 422
    assert "too long by 1: we can take 5000 characters" in answer.content.decode()
    assert "x" * 5_001 in answer.content.decode()
    assert send(phone_of(workshop), ideas, "x" * 5_000).status_code == 302


def test_four_hundred_ideas_from_one_phone_are_limited_kindly(
    ideas: Activity, wyn: Participant
) -> None:
    for number in range(contributing.MOST_FROM_ONE):
        said(wyn, ideas, f"Idea {number}")
    with pytest.raises(Invalid, match="more than anybody"):
        said(wyn, ideas, "One more")


def test_emoji_right_to_left_and_scripts_are_only_words(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    phone = phone_of(workshop)
    for text in (
        "🌳👩🏽‍🦽 more trees",
        "مقعد في الشمس",
        "<script>alert(1)</script>",
        "a\x00b\u202ec",
    ):
        send(phone, ideas, text)
    kept = set(ideas.contributions.values_list("text", flat=True))
    assert {"🌳👩🏽‍🦽 more trees", "مقعد في الشمس", "abc"} <= kept
    wall = sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()
    assert "<script>alert" not in wall
    assert "&lt;script&gt;alert" in wall


def test_what_a_phone_wrote_while_offline_is_taken_when_the_room_has_gone_on(
    ideas: Activity, workshop: Workshop, femi: User, wyn: Participant
) -> None:
    running.go_back(femi, workshop, ideas.pk)
    assert said(wyn, ideas, "I was in the tunnel").activity == ideas


def test_nothing_is_taken_once_the_session_is_closed(
    ideas: Activity, workshop: Workshop, femi: User, wyn: Participant
) -> None:
    running.close_workshop(femi, workshop)
    with pytest.raises(Refused, match="over"):
        said(wyn, ideas, "Too late")


def test_somebody_who_types_is_told_what_others_wrote_much_like_it(
    ideas: Activity, workshop: Workshop, wyn: Participant
) -> None:
    said(wyn, ideas, "A bench outside the shop, in the sun")
    phone = phone_of(workshop)
    typed = {"activity": str(ideas.pk), "text": "a bench in the sun outside the shop"}
    assert "A bench outside" in phone.post(f"/j/{workshop.code}/near/", typed).content.decode()
    typed["text"] = "Buses on Sundays"
    assert "bench" not in phone.post(f"/j/{workshop.code}/near/", typed).content.decode()


def test_the_phone_needs_few_queries_however_much_was_said(
    ideas: Activity, workshop: Workshop, wyn: Participant, django_assert_max_num_queries: object
) -> None:
    phone = phone_of(workshop)
    for number in range(30):
        said(wyn, ideas, f"Idea {number}")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        phone.get(f"/j/{workshop.code}/")


def test_very_long_words_are_folded_up_and_stay_whole(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    preparing.write_settings(femi, workshop, settings_of(workshop, releases_by_hand=True))
    phone, words = phone_of(workshop), f"{'word ' * 900}end"
    send(phone, ideas, words)
    desk = f"{workshop.get_absolute_url()}desk/"
    for page in (phone.get(f"/j/{workshop.code}/"), sign_in(femi).get(desk)):
        body = page.content.decode()
        assert 'class="govuk-details ws-long"' in body
        assert words in body
    moderating.release(femi, workshop, ideas.contributions.get().pk)
    assert words in sign_in(femi).get(desk).content.decode()
    send(phone, ideas, "A bench in the sun")
    assert sign_in(femi).get(desk).content.decode().count("ws-long") == 1


@pytest.mark.parametrize("piece", ["1 ", "1,", "1.1 ", "£1 ", "GBP 1 ", "0 million "])
def test_a_page_of_digits_keeps_nobody_waiting(piece: str) -> None:
    # Every screen asks it of everything that was said.
    began = time.process_time()
    amounts_in((piece * 5000)[:5000])
    assert time.process_time() - began < 0.3


def test_an_amount_is_found_among_many_numbers() -> None:
    assert amounts_in("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 people and 12,000,000 pounds") == [
        "12,000,000 pounds"
    ]
