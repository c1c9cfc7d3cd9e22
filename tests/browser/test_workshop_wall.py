"""The wall on a projector: nothing that the room made is cut off; what is not shown is counted."""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.models import Given, Programme
from participation.workshops import maps
from participation.workshops.actions import answering, drafting, joining, running
from participation.workshops.models import (
    Activity,
    Contribution,
    Dot,
    StatementVote,
    Theme,
    Workshop,
)
from tests.browser.conftest import Axe, PageFor, fits
from tests.browser.sessions import prepare
from tests.participation.workshops.conftest import go_to

pytestmark = pytest.mark.django_db(transaction=True)

# The smaller projectors, and a whole one.
SIZES = ((1280, 720), (1024, 768), (1920, 1080))
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
    "الجيران يسألون عن بعضهم البعض كل يوم",
    "x" * 90,
)
VISION = (
    "Every child in Rivermead plays out on a street that knows their name, and comes home at dusk "
    "by themselves, because neighbours look out of the window, cars go at walking pace, and there "
    "is light on the path by the river until the last bus has gone."
)
# Words that an edge or what they stand in cuts off, that lie over others, or that are too small.
CUT_OFF = """() => {
  // What is read from the back of a hall: so many pixels at 1280 wide and below, more beyond.
  const [least, small] = [18, 16];
  const found = [], lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement, words = text.textContent.trim();
    if (!words || element.closest(".govuk-visually-hidden, title, desc, noscript")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) {
      for (let box = element; box; box = box.parentElement) {
        const isPage = box === document.documentElement;
        if (!isPage && getComputedStyle(box).overflowY === "visible") continue;
        const page = new DOMRect(0, 0, innerWidth, innerHeight);
        const edge = isPage ? page : box.getBoundingClientRect();
        const isCut = line.left < edge.left - 2 || line.top < edge.top - 2
          || line.right > edge.right + 2 || line.bottom > edge.bottom + 2;
        if (isCut) found.push(`cut: ${words}`);
      }
      for (const [other, its] of lines) {
        const wide = Math.min(line.right, other.right) - Math.max(line.left, other.left);
        const high = Math.min(line.bottom, other.bottom) - Math.max(line.top, other.top);
        // Half a line: letters of one line may reach into the space of the next.
        if (wide > 2 && high > line.height / 2) found.push(`over ${its}: ${words}`);
      }
      lines.push([line, words]);
    }
    if (element.closest("svg")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    const isSmall = element.closest("small, figcaption, #ws-corner");
    const wanted = (isSmall ? small : least) * Math.max(1, innerWidth / 1280);
    if (size < wanted - 0.5) found.push(`${size}px: ${words}`);
  }
  return found;
}"""


@pytest.fixture
def workshop(vision_programme: Programme, femi: User, sami: User) -> Workshop:
    """A session that has begun."""
    return running.open_workshop(femi, prepare(femi, vision_programme, sami, "Here"))


@pytest.fixture
def ideas(workshop: Workshop, femi: User) -> Activity:
    """Thirty ideas, short and long."""
    activity = go_to(femi, workshop, "ideas")
    write(activity, 30)
    return activity


def write(activity: Activity, number: int, **more: Any) -> None:
    """So many contributions, short and long, a few with a name."""
    Contribution.objects.bulk_create(
        Contribution(
            workshop=activity.workshop,
            activity=activity,
            op=uuid.uuid4(),
            text=f"{IDEAS[place % len(IDEAS)]} ({place + 1})",
            name="Bartholomew Featherstonehaugh" if place % 4 == 0 else "",
            state=Contribution.State.SHOWN,
            **more,
        )
        for place in range(number)
    )


def themes_of(workshop: Workshop, number: int) -> list[Theme]:
    """So many themes, with the ideas spread over them."""
    workshop.themes.all().delete()
    themes = [
        Theme.objects.create(
            workshop=workshop, title=f"{THEMES[at % 6]}{f' {at}' if at > 5 else ''}", position=at
        )
        for at in range(number)
    ]
    for at, said in enumerate(workshop.contributions.all()):
        said.theme = themes[at % number]
        said.save(update_fields=["theme"])
    return themes


def said_and_seen(wall: Page) -> int:
    """Cards that are seen, and those that the wall says it does not show."""
    seen = wall.locator("#ws-wall [data-fit-card]:visible").count()
    notes = wall.locator("#ws-wall [data-fit-more]:visible").all_inner_texts()
    return seen + sum(int(re.findall(r"\d+", note)[0]) for note in notes)


Look = Callable[[], Iterator[Page]]


@pytest.fixture
def walls(workshop: Workshop, femi: User, page_for: PageFor, axe: Axe) -> Look:
    """The wall as it is now on each projector; nothing on it is cut off, covered or too small."""
    wall = page_for(femi, width=1280)

    def look() -> Iterator[Page]:
        for width, height in SIZES:
            wall.set_viewport_size({"width": width, "height": height})
            wall.goto(f"{workshop.get_absolute_url()}wall/")
            wall.evaluate("document.fonts.ready")
            assert wall.evaluate(CUT_OFF) == [], (width, height)
            assert fits(wall)
            yield wall
        axe(wall)

    return look


def test_thirty_ideas_are_seen_or_counted(ideas: Activity, walls: Look) -> None:
    for wall in walls():
        assert said_and_seen(wall) == 30
        # Fewer, and large enough to be read: not as many as can be crammed in.
        assert 10 <= wall.locator(".cc-wall__card:visible").count() < 30


def test_thirty_offers_and_statements_are_seen_or_counted(
    workshop: Workshop, femi: User, walls: Look
) -> None:
    write(go_to(femi, workshop, "statements"), 30)
    for wall in walls():
        assert said_and_seen(wall) == 30
    write(go_to(femi, workshop, "offers"), 30, details={"what": "knowledge"})
    for wall in walls():
        assert said_and_seen(wall) == 30
        assert wall.locator(".cc-wall__card:visible").count() >= 6


def test_six_themes_are_all_seen_and_their_ideas_are_seen_or_counted(
    ideas: Activity, femi: User, walls: Look
) -> None:
    workshop = ideas.workshop
    themes = themes_of(workshop, 6)
    go_to(femi, workshop, "themes")
    for wall in walls():
        for title in THEMES:
            expect(wall.get_by_role("heading", name=title)).to_be_in_viewport(ratio=1)
        assert said_and_seen(wall) == 30
    # One more comes while the room looks on: it is seen or counted too.
    Contribution.objects.create(
        workshop=workshop, activity=ideas, op=uuid.uuid4(), text="A lamp", theme=themes[0]
    )
    wall.reload()
    assert said_and_seen(wall) == 31


def test_of_thirty_themes_the_largest_are_seen_and_the_others_counted(
    ideas: Activity, femi: User, walls: Look
) -> None:
    workshop = ideas.workshop
    themes = themes_of(workshop, 30)
    workshop.contributions.filter(theme__in=themes[20:]).update(theme=themes[29])
    go_to(femi, workshop, "themes")
    for wall in walls():
        expect(wall.locator("#ws-wall section")).to_have_count(12)
        expect(wall.get_by_role("heading", name=themes[29].title)).to_be_in_viewport(ratio=1)
        expect(wall.get_by_text("and 18 more themes")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("shows", [True, False])
def test_dots_on_six_and_on_thirty_themes_are_seen_or_counted(
    ideas: Activity, femi: User, walls: Look, shows: bool
) -> None:
    workshop = ideas.workshop
    dots = go_to(femi, workshop, "priorities")
    dots.settings = {"dots": 5, "shows": shows}
    dots.save()
    people = [joining.come_in(workshop)[0] for _ in range(6)]
    for number in (6, 30):
        themes = themes_of(workshop, number)
        for at, person in enumerate(people):
            Dot.objects.create(activity=dots, participant=person, theme=themes[at], number=2)
        for wall in walls():
            assert said_and_seen(wall) == number
            assert wall.locator(".ws-bars li:visible").count() >= min(number, 12)


def test_a_long_vision_with_all_its_outcomes_is_whole(
    workshop: Workshop, femi: User, walls: Look
) -> None:
    draft = go_to(femi, workshop, "drafting")
    drafting.write_version(femi, draft, VISION, IDEAS[:3], "", seen=0)
    longer = f"{VISION.replace('comes', 'walks')} Nobody is sent away from the green."
    outcomes = [f"{IDEAS[at % 3]} {at}" for at in range(drafting.MOST_OUTCOMES)]
    for wall in walls():
        assert said_and_seen(wall) == 3
    drafting.write_version(femi, draft, longer, outcomes, "Streets.", seen=1)
    for wall in walls():
        assert said_and_seen(wall) == len(outcomes)
        expect(wall.get_by_text("I can live with it")).to_be_in_viewport(ratio=1)
    # As long as it may be at all, then written anew: the old words stand struck out beside it.
    longest = drafting.LONGEST_STATEMENT
    for seen, words in ((2, f"{VISION} "), (3, f"{IDEAS[2]} ")):
        drafting.write_version(femi, draft, (words * 8)[:longest], outcomes, "More.", seen=seen)
        for wall in walls():
            assert said_and_seen(wall) == len(outcomes)


def test_much_that_is_fixed_and_open_is_seen_or_counted(
    workshop: Workshop, femi: User, walls: Look
) -> None:
    for place in range(8):
        for kind in (Given.Kind.FIXED, Given.Kind.OPEN):
            say_given(femi, workshop.programme, kind, f"{IDEAS[place % 3]} ({place})")
    workshop.activities.filter(kind="welcome").update(prompt=f"{IDEAS[2]}? {IDEAS[0]}?")
    go_to(femi, workshop, "welcome")
    for wall in walls():
        assert said_and_seen(wall) == 16
        assert wall.locator("#ws-wall li:visible").count() >= 5


@pytest.mark.parametrize("groups", [1, 2])
def test_a_map_with_many_statements_is_whole(
    workshop: Workshop, femi: User, walls: Look, groups: int
) -> None:
    statements = go_to(femi, workshop, "statements")
    write(statements, 20, review="told")
    shown = list(statements.contributions.order_by("created_at", "pk"))
    people = [joining.come_in(workshop)[0] for _ in range(30)]
    StatementVote.objects.bulk_create(
        StatementVote(
            statement=statement,
            participant=person,
            value=1 if number < 10 or groups == 1 or (place + number) % 2 else -1,
        )
        for place, person in enumerate(people)
        for number, statement in enumerate(shown)
    )
    answering.show_map(femi, statements, shown=True)
    maps.draw(statements)
    for wall in walls():
        expect(wall.get_by_role("img", name="Picture of the groups")).to_be_in_viewport(ratio=1)
        parts = wall.locator("[data-fit-part]").all()
        assert len(parts) == groups
        for part in parts:
            assert part.locator(".cc-wall__card:visible").count() >= 1
        total = sum(int(part.get_attribute("data-total") or 0) for part in parts)
        assert said_and_seen(wall) == total >= 10


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
    # The vision too, with as many of its outcomes as surely fit.
    draft = go_to(femi, ideas.workshop, "drafting")
    drafting.write_version(femi, draft, VISION, IDEAS[:3] * 2, "", seen=0)
    wall.reload()
    expect(wall.get_by_text("and 2 more")).to_be_in_viewport(ratio=1)
    expect(wall.get_by_text("I can live with it")).to_be_in_viewport(ratio=1)


@pytest.fixture
def answered(workshop: Workshop, femi: User) -> Activity:
    """A draft to which nine people objected; each was answered."""
    drafts = go_to(femi, workshop, "drafting")
    vision = "There is always somewhere for us to be, and we help to run it."
    outcomes = ["A place that young people run is open every day", "Nobody is told to move on"]
    drafting.write_version(femi, drafts, vision, outcomes, "", seen=0)
    for number in range(9):
        person = joining.come_in(workshop)[0]
        why = f"Who opens it on day {number}, when nobody of us can be there before six?"
        objection = drafting.stand(person, drafts, 1, "object", why)
        reply = "Two youth workers open it, every day, until two of you have a key."
        drafting.answer_objection(femi, drafts, objection.pk, reply)
    return drafts


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_objections_and_their_answers_stand_on_the_wall_and_none_is_cut_off(
    answered: Activity,
    workshop: Workshop,
    ada: User,
    page_for: PageFor,
    axe: Axe,
    width: int,
    height: int,
) -> None:
    for agreed in (False, True):
        if agreed:
            drafting.agree(ada, answered, 1, "", drafting.Over("It opens before it is perfect.", 9))
        wall = page_for(ada, width=width)
        wall.set_viewport_size({"width": width, "height": height})
        wall.goto(f"{workshop.get_absolute_url()}wall/")
        expect(wall.get_by_role("heading", name="Objections, and the answers")).to_be_visible()
        expect(wall.get_by_text("Two youth workers open it").first).to_be_visible()
        answers = wall.locator(".ws-wall-answers")
        shown = answers.locator("[data-fit-card]:visible").count()
        assert shown
        more = answers.locator("[data-fit-more]")
        expect(more).to_have_text(f"and {9 - shown} more")
        assert wall.evaluate(CUT_OFF) == []
        axe(wall)
        if agreed:
            expect(wall.get_by_text("Agreed, with 9 objections standing")).to_be_visible()
