"""The whole way in a browser: from a call to a record that anybody can check.

Nothing here goes round the pages, but for one thing: the close of the call is moved into the past,
which the database lets nobody do through a page.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import redis
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.budgeting.codes import grouped, is_code
from participation.calls.models import Call
from tests.browser.canaries import everything_in, found_in
from tests.browser.conftest import PageFor, Site
from tests.browser.conftest import press_on as press
from tests.participation.calls.conftest import close

OpenContext = Callable[..., BrowserContext]
LUNCHES, WALKS = "Front-room lunches", "Walks along the river"
THE_CALL, THE_VOTE = "Company for everyone over 65", "Which ideas should we fund?"
# The worker is real, and prints PDFs on a machine that may be busy.
WORKER = 60_000


def test_from_a_call_to_a_record_that_anybody_can_check(
    programme: Programme,
    ada: User,
    cora: User,
    priya: User,
    page_for: PageFor,
    open_context: OpenContext,
    tmp_path: Path,
    site: Site,
    redis_client: redis.Redis,
) -> None:
    lead, assessor, group = page_for(ada), page_for(cora), page_for(priya)
    stranger = open_context().new_page()

    make_a_call(assessor, programme)
    publish_the_call(assessor)
    where = assessor.url
    apply_for_money(group, where)
    close(Call.objects.get())
    assess_and_approve(assessor, where)
    release_the_decisions(lead, where)
    prepare_for_the_ballot(group)

    prepare_a_vote(lead, programme)
    put_the_ideas_on_the_ballot(lead)
    draw_the_lot(lead)
    codes = print_cards(lead, 3)
    open_voting(lead)
    hand_out_cards(lead, 3)

    first, second = phone(open_context), phone(open_context)
    vote_for(first, codes[0], LUNCHES)
    vote_for(second, codes[1], WALKS)
    change_ones_mind(second, away_from=WALKS, to=LUNCHES)

    close_voting(lead)
    wait_for_the_count(lead)
    review_tell_and_publish(lead)
    read_the_result(stranger, lead.url)
    adopt_the_result(lead)
    record = issue_the_record(lead, tmp_path / "record.pdf")

    assert_was_issued(stranger, record)
    assert_is_not_known(stranger, tampered(record))
    assert_none_is_kept(site, redis_client, *codes, *map(grouped, codes))
    assert_none_is_logged(site, priya.email, "Neighbours cook", LUNCHES, WALKS)


# What the servers keep ------------------------------------------------------------------------


def assert_none_is_logged(site: Site, *written: str) -> None:
    """No address, and nothing that people wrote, stands in a log."""
    assert found_in(site.logged(), written) == []


def assert_none_is_kept(site: Site, kept: redis.Redis, *codes: str) -> None:
    """No voting code stands in a log, a Redis key or value, or a message to a worker."""
    assert_none_is_logged(site, *codes)
    assert found_in(everything_in(kept), codes) == []


# The call ------------------------------------------------------------------------------------


def make_a_call(page: Page, programme: Programme) -> None:
    """An officer begins a call and writes every part of it."""
    page.goto(f"/programmes/{programme.slug}/calls/new/")
    page.get_by_label("What is the call called?").fill(THE_CALL)
    press(page, "Continue")
    write_part(
        page,
        "What it is for",
        {"What do you want to be different, and for whom?": "Someone to talk to, on every street."},
        ticked=["There is something to go to every day"],
    )
    write_part(
        page,
        "What is funded, and who may apply",
        {
            "What is funded?": "Meals, visits, walks.",
            "What is not funded?": "Buildings.",
            "Who may apply?": "Any group that works in Rivermead.",
            "Does someone already do this here?": "The Bridge Club meets on Mondays.",
        },
    )
    write_part(
        page,
        "How much there is",
        {
            "How much is there altogether?": "30,000",
            "What is the most that one project may ask for?": "5,000",
        },
    )
    write_part(
        page,
        "The odds, and the hours it takes",
        {"How many do you expect to apply?": "20", "How many can you fund?": "8"},
    )
    write_the_dates(page)
    choose_a_question(page)
    choose_the_assessor(page)


def write_part(
    page: Page, part: str, typed: dict[str, str], *, ticked: list[str] | None = None
) -> None:
    """Write one of the parts on the list of tasks."""
    page.get_by_role("link", name=part, exact=True).click()
    for label, words in typed.items():
        page.get_by_label(label).fill(words)
    for label in ticked or []:
        page.get_by_label(label).check()
    press(page, "Save and go back to the list")
    expect(page.get_by_role("link", name="What it is for", exact=True)).to_be_visible()


def write_the_dates(page: Page) -> None:
    """It opened yesterday, and closes in three weeks."""
    now = timezone.localtime()
    page.get_by_role("link", name="Dates, and who decides").click()
    fill_moment(page, "When does it open?", now - timedelta(days=1))
    fill_moment(page, "When does it close?", now + timedelta(days=21))
    page.get_by_label("Who decides?").fill("Cabinet")
    fill_moment(page, "On which day do people hear?", now + timedelta(days=40))
    press(page, "Save and go back to the list")


def choose_a_question(page: Page) -> None:
    """One question of the library."""
    page.get_by_role("link", name="Questions", exact=True).click()
    page.get_by_role("link", name="Choose from the library").click()
    page.get_by_label("What will you do?").check()
    press(page, "Ask these")
    page.get_by_role("link", name="Back to the list of tasks").click()


def choose_the_assessor(page: Page) -> None:
    """Cora, who could not gain."""
    page.get_by_role("link", name="Who assesses").click()
    page.get_by_label("Cora Whitfield").check()
    press(page, "Save")


def publish_the_call(page: Page) -> None:
    """It is public from now on."""
    page.get_by_role("link", name="Publish the call").click()
    press(page, "Publish the call")
    expect(page.get_by_text("The call is published.")).to_be_visible()


def apply_for_money(page: Page, call: str) -> None:
    """A group reads the call, writes its expression of interest and submits it."""
    page.goto(f"{call}apply/")
    page.get_by_label("Lanes Neighbours").check()
    press(page, "Begin or go on")
    page.get_by_role("link", name="Your organisation", exact=True).click()
    write_section(
        page,
        "Your organisation",
        {
            "Who should we ask about this?": "Priya Raman",
            "Their e-mail address": "priya@example.org",
        },
        ticked="What we hold about the organisation is right",
    )
    write_section(
        page,
        "Your project in short",
        {
            "What is the project called?": LUNCHES,
            "Say in plain English what it is": "Neighbours cook for four in their front rooms.",
        },
    )
    write_section(page, "Your idea", {"What will you do?": "Lunch for four, every Thursday."})
    write_section(
        page,
        "Your budget",
        {
            "How much do you ask for?": "4,800",
            "Line 1: what for": "Food and taxis",
            "Line 1: cost": "4,800",
        },
    )
    page.get_by_role("link", name="Check and submit").click()
    page.get_by_label("What we have written is true").check()
    press(page, "Submit")
    expect(page.get_by_text("Nothing: we have it")).to_be_visible()


def write_section(
    page: Page, section: str, typed: dict[str, str], *, ticked: str | None = None
) -> None:
    """Fill one section in and go on to the next."""
    expect(page.get_by_role("heading", level=1)).to_have_text(section)
    for label, words in typed.items():
        page.get_by_label(label).fill(words)
    if ticked:
        page.get_by_label(ticked).check()
    press(page, "Save and go on")


def assess_and_approve(page: Page, call: str) -> None:
    """After the close, the assessor opens what came in and decides."""
    page.goto(f"{call}assess/")
    page.get_by_role("link", name="Begin assessing").click()
    press(page, "Begin assessing")
    page.get_by_role("link", name=LUNCHES).click()
    page.get_by_label("Approved: goes on").check()
    page.get_by_label("Why?").fill("It reaches streets that nothing else does.")
    press(page, "Keep the decision")
    expect(page.get_by_text("sealed until all decisions are released")).to_be_visible()


def release_the_decisions(page: Page, call: str) -> None:
    """The lead lets everybody know at once."""
    page.goto(f"{call}assess/")
    page.get_by_role("link", name="Release all decisions").click()
    press(page, "Release all decisions")
    expect(page.get_by_text("Everybody is being told now")).to_be_visible()


def prepare_for_the_ballot(page: Page) -> None:
    """The group reads that it goes on, and says how it stands on the ballot."""
    page.reload()
    page.get_by_role("link", name="Prepare it for the ballot").click()
    page.get_by_label("It is ready for the ballot").check()
    press(page, "Save")
    expect(page.get_by_text("Ready for the ballot", exact=True)).to_be_visible()


# The vote ------------------------------------------------------------------------------------


def prepare_a_vote(page: Page, programme: Programme) -> None:
    """The lead says what it is, who may vote, and who decides in the end."""
    now = timezone.localtime()
    page.goto(f"/programmes/{programme.slug}/votes/")
    page.get_by_role("link", name="Prepare a vote").click()
    page.get_by_label("What is the vote called?").fill(THE_VOTE)
    page.get_by_label("Which hall is it in?").fill("Leisure Centre")
    fill_moment(page, "Voting opens", now - timedelta(hours=1))
    fill_moment(page, "Voting closes", now + timedelta(hours=8))
    page.get_by_label("How much is there to give out?").fill("6,000")
    press(page, "Save and continue")

    page.get_by_role("link", name="When and who").click()
    page.get_by_label("Who may vote?").fill("Everybody who lives in Rivermead.")
    page.get_by_label("From which age?").fill("11")
    page.get_by_label("How many voting cards at most?").fill("200")
    press(page, "Save")
    page.get_by_role("link", name="How people vote").click()
    page.get_by_label("Choose up to a number of ideas").check()
    press(page, "Save")
    page.get_by_role("link", name="Who decides in the end").click()
    page.get_by_label("Who adopts the result?").fill("The council's cabinet")
    page.get_by_label("Under which power?").fill("Delegation 4.2, agreed on 3 March")
    press(page, "Save")


def put_the_ideas_on_the_ballot(page: Page) -> None:
    """The approved idea, and one that the officers write."""
    page.get_by_role("link", name="Ideas on the ballot").first.click()
    press(page, "Add 1 approved idea that is ready")
    page.get_by_role("link", name="Write an idea").click()
    page.get_by_label("Title").fill(WALKS)
    page.get_by_label("In plain words").fill("A slow walk each Tuesday, with tea after it.")
    page.get_by_label("What it costs").fill("2,500")
    press(page, "Save")
    expect(page.get_by_text("2 ideas, in the order")).to_be_visible()
    page.get_by_role("link", name=THE_VOTE).click()


def draw_the_lot(page: Page) -> None:
    """From a hat, before witnesses."""
    page.get_by_role("link", name="The lot that breaks ties").click()
    page.get_by_label("What was drawn in public?").fill("7 12 23 31 40 45")
    press(page, "Draw the lot")
    expect(page.get_by_text("The lot is drawn.")).to_be_visible()
    page.get_by_role("link", name=THE_VOTE).click()


def print_cards(page: Page, number: int) -> list[str]:
    """Make cards, wait until the worker has printed them, and read the codes off the paper."""
    page.get_by_role("link", name="Voting cards").click()
    page.get_by_role("link", name="Make cards").click()
    page.get_by_label("How many cards?").fill(str(number))
    press(page, "Make voting cards")
    page.get_by_role("table").get_by_role("link").click()
    button = page.get_by_role("button", name="Download the sheet (PDF)")
    expect(button).to_be_visible(timeout=WORKER)
    with page.expect_download() as download:
        button.click()
    codes = codes_on(download.value.path())
    assert len(codes) == number
    page.get_by_role("link", name="Voting cards").click()
    page.get_by_role("link", name=THE_VOTE).click()
    return codes


def codes_on(sheet: Path) -> list[str]:
    """The codes printed on a sheet: in threes for one day in a hall, longer if it passes midnight.

    Letters and spaces that are no code fail its check symbol.
    """
    text = " ".join(page.extract_text() for page in PdfReader(sheet).pages)
    printed = re.findall(r"\b(?:\w{3} \w{3} \w{3}|\w{4} \w{4} \w{5})\b", " ".join(text.split()))
    return [code for code in (found.replace(" ", "") for found in printed) if is_code(code)]


def open_voting(page: Page) -> None:
    """Everything is there; from now on it is frozen."""
    page.get_by_role("link", name="Check everything and open voting").click()
    press(page, "Open voting now")
    expect(page.get_by_text("What was declared is frozen.")).to_be_visible()


def hand_out_cards(page: Page, number: int) -> None:
    """At the door."""
    page.get_by_role("link", name="Hand out cards").click()
    page.get_by_label("From card number").fill("1")
    page.get_by_label("To card number").fill(str(number))
    press(page, "Hand out cards")
    expect(page.get_by_text("These cards can vote now.")).to_be_visible()
    page.get_by_role("link", name=THE_VOTE).click()


def phone(open_context: OpenContext) -> Page:
    """Somebody's phone."""
    return open_context(viewport={"width": 360, "height": 740}).new_page()


def vote_for(page: Page, code: str, idea: str) -> None:
    """Type the code of a card and choose an idea."""
    page.goto("/v/")
    page.get_by_label("Code on your card").fill(code.lower())
    press(page, "Start")
    choose(page, idea)
    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")


def change_ones_mind(page: Page, *, away_from: str, to: str) -> None:
    """Take one idea away and choose another: in between, the earlier vote still counts."""
    choose(page, away_from)
    expect(page.locator(".vote-foot")).to_contain_text("Your earlier vote still counts")
    choose(page, to)
    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")
    # What the server holds, not what the page remembers.
    page.reload()
    expect(page.get_by_role("checkbox", name=to)).to_be_checked()
    expect(page.get_by_role("checkbox", name=away_from)).not_to_be_checked()


def choose(page: Page, idea: str) -> None:
    """Press an idea's button, which also takes it away again."""
    page.get_by_role("checkbox", name=idea).click()


# The result ----------------------------------------------------------------------------------


def close_voting(page: Page) -> None:
    """Before the announced time, so with a reason."""
    page.get_by_role("link", name="Close voting").click()
    page.get_by_label("Why before the announced time?").fill("Everybody in the hall had voted.")
    press(page, "Close voting")
    expect(page.get_by_text("Voting has closed. The ballots are being counted.")).to_be_visible()


def wait_for_the_count(page: Page) -> None:
    """The worker counts; the officer looks again until it has."""
    review = page.get_by_role("link", name="Review the result")
    again = page.get_by_role("link", name="Look again")
    deadline = timezone.now() + timedelta(milliseconds=WORKER)
    while not review.is_visible() and timezone.now() < deadline:
        expect(review.or_(again)).to_be_visible()
        if again.is_visible():
            again.click()
    review.click()


def review_tell_and_publish(page: Page) -> None:
    """The lead looks, the group hears first, then everybody may read it."""
    expect(page.get_by_role("heading", name="1 idea has the votes to be funded")).to_be_visible()
    press(page, "I have reviewed the count")
    press(page, "Tell the groups")
    page.get_by_role("link", name="Publish the result").click()
    press(page, "Publish the result")
    expect(page.get_by_text("Published.", exact=True)).to_be_visible()


def read_the_result(page: Page, address: str) -> None:
    """Anybody reads which idea has the votes, and that both people's last word counted."""
    page.goto(address)
    expect(page.get_by_role("heading", name="1 idea has the votes to be funded")).to_be_visible()
    lines = page.locator(".cc-result__line")
    expect(lines.filter(has_text=LUNCHES)).to_contain_text("2 votes")
    expect(lines.filter(has_text=WALKS)).to_contain_text("0 votes")


def adopt_the_result(page: Page) -> None:
    """The cabinet said yes; an officer writes it down."""
    page.get_by_role("link", name="Write down what was decided").click()
    page.get_by_role("link", name="The result was adopted as it stands").click()
    page.get_by_label("Why?").fill("The vote was fair and the money is there.")
    press(page, "Write down that it was adopted")
    expect(page.get_by_text("Written down. Awards follow from it.")).to_be_visible()
    page.get_by_role("link", name=THE_VOTE).click()


def issue_the_record(page: Page, to: Path) -> Path:
    """The worker prints and seals the record; the officer downloads it."""
    press(page, "Issue the result record (PDF)")
    link = page.get_by_role("link", name="Download the PDF")
    expect(link).to_be_visible(timeout=WORKER)
    with page.expect_download() as download:
        link.click()
    download.value.save_as(to)
    text = " ".join(page.extract_text() for page in PdfReader(to).pages)
    assert LUNCHES in " ".join(text.split())
    return to


def assert_was_issued(page: Page, file: Path) -> None:
    """Anybody checks the file that they were given."""
    check(page, file)
    expect(page.get_by_role("heading", level=1)).to_have_text("This exact file was issued here")


def assert_is_not_known(page: Page, file: Path) -> None:
    """A file that was changed is not the one that was issued."""
    check(page, file)
    expect(page.get_by_role("heading", level=1)).to_have_text("We do not know this file")


def tampered(record: Path) -> Path:
    """A copy that differs in one byte."""
    copy = record.with_name("copy.pdf")
    copy.write_bytes(record.read_bytes() + b"\n")
    return copy


def check(page: Page, file: Path) -> None:
    """Give a file to the page that checks documents."""
    page.goto("/verify/")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Check this file")


# Hands ---------------------------------------------------------------------------------------


def fill_moment(page: Page, legend: str, moment: datetime) -> None:
    """Fill the boxes of a day, and of a time where it is asked for."""
    boxes = page.get_by_role("group", name=legend)
    boxes.get_by_label("Day").fill(str(moment.day))
    boxes.get_by_label("Month").fill(str(moment.month))
    boxes.get_by_label("Year").fill(str(moment.year))
    time = boxes.get_by_label("Time")
    if time.count():
        time.fill(f"{moment:%H:%M}")
