"""What a session is planned for and what comes out of it, in a real browser."""

import pytest
from playwright.sync_api import expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.workshops.actions import afterwards, hearing, planning
from participation.workshops.actions.planning import Who
from participation.workshops.models import Workshop
from tests.browser.conftest import WIDTHS, Axe, PageFor, fits
from tests.participation.workshops.conftest import prepared as prepared_session
from tests.participation.workshops.held import AGES, hold

pytestmark = pytest.mark.django_db(transaction=True)
prepared = prepared_session


def test_an_officer_reads_says_and_leaves_something_out(
    vision_programme: Programme, femi: User, sami: User, ada: User, page_for: PageFor, axe: Axe
) -> None:
    held = hold(femi, sami, ada, vision_programme, people=24)
    page = page_for(ada)
    page.goto(held.get_absolute_url())
    page.get_by_role("link", name="Go to what came out").click()
    page.get_by_role("link", name="Read what people wrote").first.click()
    page.get_by_text("A street lunch, twice a year").click()
    axe(page)
    page.get_by_role("button", name="I have read it all: release it").click()
    page.get_by_role("link", name="Say what happens next").first.click()
    page.get_by_label("What happens next").fill("The streets team meets everybody on 4 May.")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_role("button", name="Issue the workshop record (PDF)")).to_be_visible()
    said = held.contributions.told().values_list("text", flat=True)
    assert "A street lunch, twice a year" not in said
    assert "A bench where you can see the children" in said


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_axe_finds_nothing(
    width: int,
    prepared: Workshop,
    vision_programme: Programme,
    femi: User,
    sami: User,
    ada: User,
    page_for: PageFor,
    axe: Axe,
) -> None:
    planning.write_line(femi, prepared, Who("Young carers", stops=("travel",), what_we_do="Taxis"))
    planning.write_question(femi, prepared, AGES)
    held = hold(femi, sami, ada, vision_programme, people=24)
    seen = afterwards.seen_digest(afterwards.to_read(held))
    afterwards.release_words(ada, held, [], seen=seen)
    afterwards.write_news(ada, held, "The streets team meets everybody on 4 May.")
    hearing.leave_address(held.participants.all()[0], "wyn@example.org")
    token = hearing.hearer_token(held.hearers.get())
    page = page_for(ada, width=width)
    for address in (
        f"{prepared.get_absolute_url()}plan/",
        f"{prepared.get_absolute_url()}plan/who/",
        f"{prepared.get_absolute_url()}plan/door/?begin=area",
        f"{held.get_absolute_url()}plan/",
        f"{held.get_absolute_url()}outcome/",
        f"{held.get_absolute_url()}outcome/read/",
        f"/programmes/{vision_programme.slug}/vision/ask/",
        f"/hear/{token}/",
    ):
        page.goto(address)
        assert fits(page), address
        axe(page)
