"""The wall on a projector: nothing that the room made is cut off; what is not shown is counted."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.workshops.actions import preparing, running
from participation.workshops.agendas import ready
from participation.workshops.models import Activity, Contribution, Theme, Workshop
from tests.browser.conftest import Axe, PageFor, fits
from tests.participation.workshops.conftest import go_to, settings_of

pytestmark = pytest.mark.django_db(transaction=True)

# The smaller projectors, and a whole one.
SIZES = ((1280, 720), (1440, 810), (1920, 1080))
THEMES = (
    "Getting about without a car, also on Sundays and in the evening",
    "Company close by",
    "Something to do for young people who are too old for the playground",
    "Looking after each other",
    "Places to sit",
    "Safe streets after dark, for everybody who walks home alone",
)
IDEAS = (
    "A bench in the sun by the bus stop, with a back to it and arms to get up from",
    "The 47 bus back on Sundays",
    "Somebody who phones once a week those who live alone, and comes round when nobody answers, "
    "because a letter through the door helps nobody who cannot read it",
)
# Text that stands outside the part of the wall it belongs to, or below the edge of the projector.
CUT_OFF = """() => {
  const all = "h1, h2, .cc-wall__card, .cc-wall__note, svg";
  const cut = [];
  for (const one of document.querySelector("#ws-wall").querySelectorAll(all)) {
    const place = one.getBoundingClientRect();
    if (!place.height) continue;
    const box = one.parentElement.closest("[data-fit-box], [data-fit-part], #ws-wall");
    const edge = box.getBoundingClientRect();
    const bottom = Math.min(edge.bottom, innerHeight);
    const isOut = place.top < edge.top - 1 || place.bottom > bottom + 1
      || place.left < edge.left - 1 || place.right > edge.right + 1
      || (one.localName !== "svg" && one.scrollWidth > one.clientWidth + 1);
    if (isOut) cut.push(one.textContent.trim().slice(0, 40));
  }
  return cut;
}"""


@pytest.fixture
def workshop(vision_programme: Programme, femi: User, sami: User) -> Workshop:
    """A session that has begun."""
    made = preparing.make_workshop(femi, vision_programme, ready("whole-place"), "Here")
    made = preparing.write_settings(femi, made, settings_of(made, safeguarding_lead=sami))
    return running.open_workshop(femi, made)


@pytest.fixture
def ideas(workshop: Workshop, femi: User) -> Activity:
    """Thirty ideas, short and long."""
    activity = go_to(femi, workshop, "ideas")
    Contribution.objects.bulk_create(
        Contribution(
            workshop=workshop,
            activity=activity,
            op=uuid.uuid4(),
            text=f"{IDEAS[number % 3]} ({number + 1})",
            state=Contribution.State.SHOWN,
        )
        for number in range(30)
    )
    return activity


def said_and_seen(wall: Page) -> int:
    """Cards that are seen, and those that the wall says it does not show."""
    seen = wall.locator("#ws-wall .cc-wall__card:visible").count()
    notes = wall.locator("#ws-wall [data-fit-more]:visible").all_inner_texts()
    return seen + sum(int(re.findall(r"\d+", note)[0]) for note in notes)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_thirty_ideas_are_seen_or_counted(
    ideas: Activity, femi: User, page_for: PageFor, axe: Axe, width: int, height: int
) -> None:
    wall = page_for(femi, width=width)
    wall.set_viewport_size({"width": width, "height": height})
    wall.goto(f"{ideas.workshop.get_absolute_url()}wall/")
    assert wall.evaluate(CUT_OFF) == []
    assert said_and_seen(wall) == 30
    assert wall.locator(".cc-wall__card:visible").count() >= 15
    assert fits(wall)
    axe(wall)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_six_themes_are_all_seen_and_their_ideas_are_seen_or_counted(
    ideas: Activity, femi: User, page_for: PageFor, axe: Axe, width: int, height: int
) -> None:
    workshop = ideas.workshop
    themes = [
        Theme.objects.create(workshop=workshop, title=title, position=at)
        for at, title in enumerate(THEMES)
    ]
    for at, said in enumerate(ideas.contributions.all()):
        said.theme = themes[at % 6]
        said.save(update_fields=["theme"])
    go_to(femi, workshop, "themes")
    wall = page_for(femi, width=width)
    wall.set_viewport_size({"width": width, "height": height})
    wall.goto(f"{workshop.get_absolute_url()}wall/")
    for title in THEMES:
        expect(wall.get_by_role("heading", name=title)).to_be_in_viewport(ratio=1)
    assert wall.evaluate(CUT_OFF) == []
    assert said_and_seen(wall) == 30
    assert fits(wall)
    axe(wall)
    # One more comes while the room looks on: it is seen or counted too.
    loose = Contribution.objects.create(
        workshop=workshop, activity=ideas, op=uuid.uuid4(), text="A lamp", theme=themes[0]
    )
    assert loose.state == Contribution.State.SHOWN
    wall.reload()
    assert said_and_seen(wall) == 31


def test_without_a_script_the_wall_says_a_number_that_is_safe(
    ideas: Activity, femi: User, page_for: PageFor
) -> None:
    wall = page_for(femi, width=1280, java_script_enabled=False)
    wall.set_viewport_size({"width": 1280, "height": 720})
    wall.goto(f"{ideas.workshop.get_absolute_url()}wall/")
    cards = wall.locator(".cc-wall__card:visible")
    expect(cards).to_have_count(6)
    expect(wall.get_by_text("and 24 more")).to_be_in_viewport(ratio=1)
    for card in cards.all():
        expect(card).to_be_in_viewport(ratio=1)
