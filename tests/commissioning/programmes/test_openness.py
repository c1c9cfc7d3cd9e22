"""What everyone is told: fixed and open, the level-playing-field file, the public journey."""

import csv
import io

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.actions.openness import (
    add_level_field_entry,
    publish_file,
    reword_given,
    say_given,
    unsay_given,
)
from commissioning.programmes.actions.programme import publish_programme
from commissioning.programmes.level_field import note, publish_level_field
from commissioning.programmes.models import Given, HistoryEntry, LevelFieldEntry, Programme
from commissioning.programmes.views.openness import LEVEL_FIELD_COLUMNS
from places.directory.models import Organisation
from tests.cast import SignIn

SAID = LevelFieldEntry.Kind.SAID


def file_page(programme: Programme) -> str:
    return reverse("programmes:level_field", args=[programme.slug])


def test_what_is_fixed_is_on_the_first_page_for_everyone(
    vision_programme: Programme, femi: User, client: Client
) -> None:
    say_given(femi, vision_programme, Given.Kind.FIXED, "The lease ends in June.")
    say_given(femi, vision_programme, Given.Kind.OPEN, "Everything else.")
    journey = client.get(vision_programme.get_absolute_url()).content.decode()
    assert "The lease ends in June." in journey
    assert "Everything else." in journey


def test_every_wording_of_what_is_fixed_stays_in_the_history(
    vision_programme: Programme, femi: User
) -> None:
    line = say_given(femi, vision_programme, Given.Kind.FIXED, "The lease ends in June.")
    reword_given(femi, vision_programme, line.pk, "The lease ends in July.")
    unsay_given(femi, vision_programme, line.pk)
    told = " ".join(HistoryEntry.objects.values_list("sentence", flat=True))
    assert "from “The lease ends in June.” to “The lease ends in July.”" in told
    assert "no longer says that this is fixed: The lease ends in July." in told


def test_an_amount_is_not_said_to_be_fixed_before_the_gate_opens(
    vision_programme: Programme, programme: Programme, femi: User
) -> None:
    with pytest.raises(Invalid, match="“£30,000”"):
        say_given(femi, vision_programme, Given.Kind.FIXED, "We must save £30,000.")
    say_given(femi, programme, Given.Kind.FIXED, "We must save £30,000.")


def test_a_journey_goes_public_once_it_says_what_is_fixed(
    vision_programme: Programme, ada: User, femi: User
) -> None:
    vision_programme.is_public = False
    vision_programme.save()
    with pytest.raises(Invalid, match="what is fixed"):
        publish_programme(ada, vision_programme)
    say_given(ada, vision_programme, Given.Kind.OPEN, "All of it.")
    with pytest.raises(Refused):
        publish_programme(femi, vision_programme)
    assert publish_programme(ada, vision_programme).is_public


def test_before_it_is_published_each_organisation_reads_its_own_lines(
    programme: Programme,
    lanes: Organisation,
    council: Organisation,
    priya: User,
    femi: User,
    sign_in: SignIn,
    client: Client,
) -> None:
    note(programme, lanes, SAID, "We know every doorstep.")
    note(programme, council, SAID, "We have a spare hall.")
    own = sign_in(priya).get(file_page(programme)).content.decode()
    assert "We know every doorstep." in own
    assert "We have a spare hall." not in own
    everything = sign_in(femi).get(file_page(programme)).content.decode()
    assert "We have a spare hall." in everything
    assert client.get(file_page(programme)).status_code == 403
    assert (
        client.get(reverse("programmes:level_field_csv", args=[programme.slug])).status_code == 403
    )


def test_published_it_is_for_everyone(
    programme: Programme, lanes: Organisation, ada: User, client: Client
) -> None:
    note(programme, lanes, SAID, "We know every doorstep.")
    publish_file(ada, programme, "The call opens next week.")
    assert "We know every doorstep." in client.get(file_page(programme)).content.decode()
    with pytest.raises(Invalid, match="published already"):
        publish_file(ada, programme, "Again.")


def test_a_call_that_opens_publishes_it_once(programme: Programme) -> None:
    with transaction.atomic():
        assert publish_level_field(programme, "A call opened.")
        assert not publish_level_field(programme, "Another call opened.")
    entry = HistoryEntry.objects.get(sentence="published the level-playing-field file")
    assert entry.reason == "A call opened."
    assert entry.actor is None


@pytest.mark.parametrize("who", ["cora", "femi", "priya", "olu"])
def test_only_the_lead_publishes_by_hand(
    who: str, programme: Programme, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused):
        publish_file(request.getfixturevalue(who), programme, "Because.")


def test_the_csv_runs_no_formula_and_holds_these_columns_only(
    programme: Programme, lanes: Organisation, ada: User, sign_in: SignIn
) -> None:
    add_level_field_entry(ada, programme, lanes, SAID, "=HYPERLINK(1)")
    add_level_field_entry(ada, programme, lanes, SAID, "-5 degrees in the hall")
    response = sign_in(ada).get(reverse("programmes:level_field_csv", args=[programme.slug]))
    assert response["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == LEVEL_FIELD_COLUMNS
    assert rows[0] == ["date", "organisation", "attended, saw or said", "what"]
    assert [row[3] for row in rows[1:]] == ["'=HYPERLINK(1)", "'-5 degrees in the hall"]
