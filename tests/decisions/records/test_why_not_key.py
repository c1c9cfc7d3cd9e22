"""Why a decision about the whole place, or several areas of it, is said not to be a key one."""

from django.urls import reverse

from commissioning.people.models import User
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import missing_to_recommend
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS, fresh
from tests.decisions.records.test_on_paper import section


def test_an_executive_says_why_what_is_about_the_whole_place_or_several_areas_is_not_key(
    ada: User, ready: Decision
) -> None:
    without = SECTIONS["publicity"] | {"why_not_key": " "}
    drafting.write_section(ada, ready, "publicity", without)
    place = ready.question.programme.place
    for areas, asked in ((0, True), (1, False), (2, True)):
        ready.question.areas.set(place.areas.all()[:areas])
        told = [words for part, words in missing_to_recommend(fresh(ready)) if part == "publicity"]
        assert any("say why it is not a key decision" in one for one in told) is asked, areas
    drafting.write_section(ada, ready, "publicity", SECTIONS["publicity"])
    assert missing_to_recommend(fresh(ready)) == []
    said = str(section(fresh(ready), "power"))
    assert "No: Thirty people in one street come to it." in said


def test_of_one_area_the_record_says_that_it_is_one_and_of_none_or_several_nothing_of_its_own(
    ada: User, ready: Decision
) -> None:
    without = SECTIONS["publicity"] | {"why_not_key": " "}
    drafting.write_section(ada, ready, "publicity", without)
    areas = ready.question.programme.place.areas.all()
    for number in range(3):
        ready.question.areas.set(areas[:number])
        said = str(section(fresh(ready), "power"))
        assert ("it is about one area of the place" in said) is (number == 1)


def test_why_it_is_not_key_is_asked_below_no_and_of_no_parish(
    ada: User, ready: Decision, sign_in: SignIn
) -> None:
    address = reverse(
        "records:section", args=[ready.question.programme.slug, ready.pk, "publicity"]
    )
    form = sign_in(ada).get(address).context["form"]
    assert form["is_key"].look.reveals == {"no": ["why_not_key"]}
    drafting.write_section(ada, ready, "power", SECTIONS["power"] | {"body_kind": "parish"})
    assert "why_not_key" not in sign_in(ada).get(address).context["form"].fields
