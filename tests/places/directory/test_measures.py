"""What organisations measure themselves: their own word, theirs to change and to take away."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from places.directory.measure_actions import (
    MOST,
    Measured,
    change_measure,
    say_measure,
    withdraw_measure,
)
from places.directory.models import Measure, Organisation, OrganisationMember
from places.directory.personal import HELD
from tests.cast import SignIn, make_person

CALLS = Measured(
    what="Neighbours who get a call",
    figure="64",
    unit="people a week",
    period="October 2026",
    how_known="Each caller ticks a list.",
)
HEADING = "In its own words: what it measures"


@pytest.fixture
def calls(lanes: Organisation, priya: User) -> Measure:
    """What Lanes Neighbours say of their calls."""
    return say_measure(priya, lanes, CALLS)


def typed(measured: Measured = CALLS) -> dict[str, str]:
    return {name: getattr(measured, name) for name in Measure.LONGEST}


def test_priya_says_what_lanes_measures_and_anybody_reads_whose_word_it_is(
    lanes: Organisation, priya: User, sign_in: SignIn, client: Client
) -> None:
    page = reverse("directory:measure_new", args=[lanes.slug])
    assert sign_in(priya).post(page, typed()).headers["Location"] == lanes.get_absolute_url()
    measure = Measure.objects.get()
    assert (measure.organisation, measure.said_by) == (lanes, priya)
    said = client.get(lanes.get_absolute_url()).content.decode()
    assert HEADING in said
    assert "This is what Lanes Neighbours says of itself. Nobody else has checked it." in said
    assert "Neighbours who get a call: 64 people a week" in said
    assert "When: October 2026. How they know: Each caller ticks a list." in said
    assert priya.short_name not in said
    assert reverse("directory:measure_edit", args=[lanes.slug, measure.pk]) not in said


def test_its_own_people_see_who_said_it_and_change_or_take_it_away(
    calls: Measure, lanes: Organisation, priya: User, sign_in: SignIn
) -> None:
    said = sign_in(priya).get(lanes.get_absolute_url()).content.decode()
    assert f"Said by {priya.short_name} for it" in said
    for name in ("measure_edit", "measure_withdraw"):
        assert reverse(f"directory:{name}", args=[lanes.slug, calls.pk]) in said


def test_before_anything_is_said_its_people_are_asked_and_others_are_told_so(
    lanes: Organisation, priya: User, sign_in: SignIn, client: Client
) -> None:
    begin = reverse("directory:measure_new", args=[lanes.slug])
    own = sign_in(priya).get(lanes.get_absolute_url()).content.decode()
    assert "You have not said yet what you measure" in own
    assert begin in own
    others = client.get(lanes.get_absolute_url()).content.decode()
    assert "It has not said yet what it measures." in others
    assert begin not in others


def test_an_editor_says_it_anew_and_what_was_said_before_stays_in_the_history(
    calls: Measure, lanes: Organisation, sign_in: SignIn
) -> None:
    nora = make_person("Nora Eld")
    OrganisationMember.objects.create(organisation=lanes, user=nora, role="editor")
    page = reverse("directory:measure_edit", args=[lanes.slug, calls.pk])
    assert 'value="64"' in sign_in(nora).get(page).content.decode()
    sign_in(nora).post(page, typed(replace(CALLS, figure="70")))
    calls.refresh_from_db()
    assert (calls.figure, calls.said_by) == ("70", nora)
    history = calls.events.order_by("pgh_id").values_list("figure", flat=True)  # type: ignore[attr-defined]
    assert list(history) == ["64", "70"]


def test_taken_away_means_off_the_page_for_good_but_not_out_of_the_history(
    calls: Measure, lanes: Organisation, priya: User, sign_in: SignIn, client: Client
) -> None:
    page = reverse("directory:measure_withdraw", args=[lanes.slug, calls.pk])
    browser = sign_in(priya)
    assert "Take it away" in browser.get(page).content.decode()
    assert Measure.objects.standing().exists()
    browser.post(page)
    assert CALLS.what not in client.get(lanes.get_absolute_url()).content.decode()
    assert browser.get(page).status_code == 404
    assert Measure.objects.filter(withdrawn_at__isnull=False).count() == 1
    with pytest.raises(Invalid, match="taken away already"):
        change_measure(priya, calls, CALLS)
    with pytest.raises(Invalid, match="taken away already"):
        withdraw_measure(priya, calls)


def test_nobody_else_speaks_for_an_organisation(
    calls: Measure, lanes: Organisation, sami: User, ada: User, sign_in: SignIn, client: Client
) -> None:
    for user in (sami, ada):
        with pytest.raises(Refused, match="act for Lanes Neighbours"):
            say_measure(user, lanes, CALLS)
        with pytest.raises(Refused, match="act for Lanes Neighbours"):
            change_measure(user, calls, replace(CALLS, figure="0"))
        with pytest.raises(Refused, match="act for Lanes Neighbours"):
            withdraw_measure(user, calls)
    for browser in (sign_in(sami), client):
        refused = browser.post(reverse("directory:measure_new", args=[lanes.slug]), typed())
        assert refused.status_code == 403
        for name in ("measure_edit", "measure_withdraw"):
            page = reverse(f"directory:{name}", args=[lanes.slug, calls.pk])
            assert browser.get(page).status_code == 404
            assert browser.post(page, typed()).status_code == 404
    assert list(Measure.objects.standing().values_list("figure", flat=True)) == ["64"]


def test_a_measure_is_reached_only_below_its_own_organisation(
    calls: Measure, council: Organisation, ada: User, sign_in: SignIn
) -> None:
    page = reverse("directory:measure_edit", args=[council.slug, calls.pk])
    assert sign_in(ada).get(page).status_code == 404


@pytest.mark.parametrize("part", sorted(Measure.LONGEST))
def test_each_part_has_its_longest_length(part: str, lanes: Organisation, priya: User) -> None:
    longest = Measure.LONGEST[part]
    assert say_measure(priya, lanes, replace(CALLS, **{part: "é" * longest}))
    with pytest.raises(Invalid, match=f"Use {longest} characters or fewer") as refused:
        say_measure(priya, lanes, replace(CALLS, **{part: "é" * (longest + 1)}))
    assert refused.value.field == part


@pytest.mark.parametrize("part", ["what", "figure", "period", "how_known"])
def test_a_figure_without_its_meaning_is_refused_and_the_database_agrees(
    part: str, lanes: Organisation, priya: User, sign_in: SignIn
) -> None:
    with pytest.raises(Invalid, match="Say this too"):
        say_measure(priya, lanes, replace(CALLS, **{part: " \n "}))
    page = reverse("directory:measure_new", args=[lanes.slug])
    response = sign_in(priya).post(page, typed(replace(CALLS, **{part: ""})))
    assert response.status_code == 422
    assert "people a week" in response.content.decode()
    row = typed(replace(CALLS, **{part: ""}))
    with pytest.raises(IntegrityError, match="measure_said_whole"), transaction.atomic():
        Measure.objects.create(organisation=lanes, said_by=priya, said_at=timezone.now(), **row)


def test_a_script_in_the_words_stays_words(
    lanes: Organisation, priya: User, sign_in: SignIn, client: Client
) -> None:
    bad = "<script>alert(1)</script>"
    measure = say_measure(priya, lanes, Measured(bad, bad, bad, bad, unit=bad))
    edit, withdraw = (
        reverse(f"directory:{name}", args=[lanes.slug, measure.pk])
        for name in ("measure_edit", "measure_withdraw")
    )
    for browser, page in (
        (client, lanes.get_absolute_url()),
        (sign_in(priya), lanes.get_absolute_url()),
        (sign_in(priya), edit),
        (sign_in(priya), withdraw),
    ):
        said = browser.get(page).content.decode()
        assert bad not in said
        assert "&lt;script&gt;" in said


def test_a_profile_has_room_for_so_many_and_takes_the_same_queries(
    lanes: Organisation,
    priya: User,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [say_measure(priya, lanes, replace(CALLS, figure=str(n))) for n in range(MOST)]
    with pytest.raises(Invalid, match="Take one away first"):
        say_measure(priya, lanes, CALLS)
    browser = sign_in(priya)
    page = reverse("directory:measure_new", args=[lanes.slug])
    assert "Take one away first" in browser.post(page, typed()).content.decode()
    with django_assert_max_num_queries(20):
        assert browser.get(lanes.get_absolute_url()).status_code == 200
    withdraw_measure(priya, made[0])
    assert say_measure(priya, lanes, CALLS)


def test_what_priya_said_for_lanes_is_among_what_is_held_about_her(
    calls: Measure, priya: User
) -> None:
    assert HELD.export(priya)["measures_said"] == [
        {"organisation": "Lanes Neighbours", "measure": str(calls)}
    ]
