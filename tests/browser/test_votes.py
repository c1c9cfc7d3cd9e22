"""Voting on phones, and the officers' pages of a vote, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from commissioning.people.models import User
from participation.budgeting import actions, cast, close, count, keyring, register, results
from participation.budgeting.choices import Choices
from participation.budgeting.models import Elector, Round
from tests.browser.conftest import WIDTHS, Axe, Console, PageFor, fits
from tests.participation.budgeting.conftest import (  # noqa: F401  fixtures
    MakeRound,
    open_round,
    prepared,
    save_marks,
    voter_of,
)

STYLES = {
    "approval": {"at_most": 3},
    "budget": {},
    "score": {},
    "points": {"points": 6},
    "ranking": {"at_most": 3},
}
OpenContext = Callable[..., BrowserContext]


@pytest.fixture
def keys(shared_secrets: dict[str, str]) -> Path:
    """The rounds' keys lie where the server reads them too."""
    return Path(settings.BALLOT_KEY_DIR)


def code_of(round_: Round, serial: int) -> str:
    """The code printed on a card."""
    elector = Elector.objects.get(round=round_, serial=serial)
    issue_no = elector.credentials.get(active=True).issue_no
    assert round_.code_symbols is not None
    return keyring.code_of(keyring.of(round_.pk), elector.pk, issue_no, round_.code_symbols)


def phone(open_context: OpenContext, **options: object) -> Page:
    """A phone, 320 wide."""
    return open_context(viewport={"width": 320, "height": 640}, **options).new_page()


def enter(page: Page, code: str) -> None:
    """Open the ballot as a card's square does."""
    page.goto(f"/v/#{code}")
    page.wait_for_url("**/v/ballot/")


def choose(page: Page, style: str) -> None:
    """Make a whole vote, as a person would in that style."""
    if style in {"approval", "budget"}:
        for place in range(2):
            page.locator(".vote-choice__input:not(:checked)").nth(place).check(force=True)
    elif style == "score":
        for card in page.locator("[data-idea]").all():
            card.locator("label").nth(3).click()
    elif style == "points":
        for _ in range(6):
            page.locator("[data-step='1']").first.click()
    else:
        page.locator("select").nth(2).select_option("1")
        page.locator("select").nth(0).select_option("2")


def recorded(round_: Round, serial: int) -> cast.Recorded:
    """What the box holds for a card."""
    return cast.look(voter_of(round_, serial))


@pytest.mark.parametrize("style", STYLES)
def test_a_ballot_of_each_style_is_cast_on_a_phone_and_axe_finds_nothing(
    style: str,
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
    axe: Axe,
) -> None:
    round_ = open_round(style=style, style_options=STYLES[style])
    page = phone(open_context)
    enter(page, code_of(round_, 1))
    expect(page.locator(".vote-foot")).to_contain_text("You have not voted yet.")
    assert fits(page)
    axe(page)

    choose(page, style)

    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")
    axe(page)
    assert fits(page)
    state = recorded(round_, 1)
    assert state.is_in
    page.reload()
    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")


def test_a_ballot_is_cast_with_the_keyboard_alone(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
) -> None:
    round_ = open_round(style="ranking", style_options={"at_most": 3})
    page = phone(open_context)
    enter(page, code_of(round_, 1))
    first = page.locator("select").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")
    assert len(recorded(round_, 1).choices.marks) == 1


def test_without_javascript_the_buttons_do_the_same(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
) -> None:
    round_ = open_round(style="approval", style_options={"at_most": 2})
    page = phone(open_context, java_script_enabled=False)
    page.goto("/v/")
    page.get_by_label("Code on your card").fill(code_of(round_, 1).lower())
    page.get_by_role("button", name="Start").click()
    page.locator(".vote-choice__input").nth(0).check(force=True)
    page.get_by_role("button", name="Save my vote").click()
    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")
    assert recorded(round_, 1).is_in


def test_a_phone_that_loses_its_connection_loses_no_choice(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
) -> None:
    round_ = open_round(style="approval", style_options={"at_most": 3})
    context = open_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    enter(page, code_of(round_, 1))
    context.set_offline(True)
    page.locator(".vote-choice__input").nth(0).check(force=True)
    expect(page.locator("#ballot-trouble")).to_contain_text("Not saved yet: no connection")
    assert recorded(round_, 1).rev == 0

    context.set_offline(False)

    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")
    assert recorded(round_, 1).is_in


def test_a_choice_made_before_the_page_is_all_there_is_saved_too(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
) -> None:
    round_ = open_round(style="approval", style_options={"at_most": 3})
    page = phone(open_context)
    on_their_way: list[Route] = []

    def hold(script: Route) -> None:
        on_their_way.append(script)

    page.route("**/build/ballot.js", hold)
    page.goto(f"/v/#{code_of(round_, 1)}", wait_until="commit")
    page.wait_for_url("**/v/ballot/", wait_until="commit")
    page.locator("#p-2").check(force=True)
    assert recorded(round_, 1).rev == 0

    for script in on_their_way:
        script.continue_()

    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")
    assert recorded(round_, 1).choices.numbers == [2]


def test_two_phones_with_one_card_never_overwrite_each_other_unasked(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
    console: Console,
    axe: Axe,
) -> None:
    console.expect(409)
    round_ = open_round(style="approval", style_options={"at_most": 3})
    mine, theirs = phone(open_context), phone(open_context)
    enter(mine, code_of(round_, 1))
    enter(theirs, code_of(round_, 1))
    theirs.locator(".vote-choice__input").nth(0).check(force=True)
    expect(theirs.locator(".vote-foot")).to_contain_text("Your vote is in.")
    before = recorded(round_, 1)

    mine.locator(".vote-choice__input").nth(3).check(force=True)

    expect(mine.get_by_role("alertdialog")).to_contain_text("changed on another device")
    axe(mine)
    assert recorded(round_, 1) == before
    mine.get_by_role("button", name="Use this one").click()
    expect(mine.get_by_role("alertdialog")).to_be_hidden()
    expect(mine.locator(".vote-foot")).to_contain_text("Your vote is in.")
    assert recorded(round_, 1).rev == before.rev + 1


def test_a_change_that_is_not_finished_leaves_the_earlier_vote_counting(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
) -> None:
    round_ = open_round(style="points", style_options={"points": 4})
    page = phone(open_context)
    enter(page, code_of(round_, 1))
    for _ in range(4):
        page.locator("[data-step='1']").first.click()
    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")

    page.locator("[data-step='-1']").first.click()

    expect(page.locator(".vote-foot")).to_contain_text("Your earlier vote still counts")
    assert recorded(round_, 1).earlier_counts


def test_finishing_makes_the_phone_forget(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
) -> None:
    round_ = open_round(style="approval")
    page = phone(open_context)
    enter(page, code_of(round_, 1))
    page.locator(".vote-choice__input").nth(0).check(force=True)
    expect(page.locator(".vote-foot")).to_contain_text("Your vote is in.")
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/v/finished/")
    page.goto("/v/ballot/")
    expect(page).to_have_url("/v/")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_ballot_of_thirty_ideas_is_light_enough_for_a_bad_connection(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
) -> None:
    ideas = [(f"Idea number {n}", 1000 + n) for n in range(1, 31)]
    round_ = open_round(style="score", style_options={}, ideas=ideas)
    page = phone(open_context)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    loaded: list[float] = []
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    enter(page, code_of(round_, 1))
    page.wait_for_load_state("networkidle")
    assert sum(loaded) < 100_000, f"{sum(loaded):,.0f} bytes on the wire"


@pytest.fixture
def counted_round(open_round: MakeRound, ada: User) -> Round:  # noqa: F811
    """A round that was voted in, closed, sealed and published."""
    round_ = open_round(cards=6, style="score", style_options={}, hall="Leisure Centre")
    for serial in range(1, 6):
        save_marks(voter_of(round_, serial), {n: 1 + (n * serial) % 5 for n in range(1, 9)})
    close.close_now(ada, round_, "Everybody had voted.")
    close.resume(round_.pk)
    round_.refresh_from_db()
    close.confirm_backup(ada, round_, "Nightly backup, read back.")
    close.resume(round_.pk)
    count.count_round(round_.pk)
    round_.refresh_from_db()
    results.review(ada, round_)
    results.tell_owners(ada, round_)
    results.publish(ada, round_)
    round_.refresh_from_db()
    return round_


def pages_of(round_id: UUID, *names: str) -> list[str]:
    """Addresses of a round."""
    return [f"/votes/{round_id}/{name}" for name in names]


@pytest.mark.parametrize("width", WIDTHS)
def test_officers_pages_fit_and_axe_finds_nothing(
    width: int,
    prepared: MakeRound,  # noqa: F811
    open_round: MakeRound,  # noqa: F811
    counted_round: Round,
    ada: User,
    page_for: PageFor,
    axe: Axe,
) -> None:
    # The widest time of day that the hall's wall can show.
    late = timezone.localtime() + timedelta(days=2)
    late = late.replace(hour=22, minute=50)
    draft = prepared(title="Next year's ideas")
    running = open_round(title="This year's ideas", closes_at=late)
    page = page_for(ada, width=width)
    sections = ("when", "voting", "counting", "areas", "promises", "lot", "open", "ideas", "close")
    addresses = [
        f"/programmes/{draft.programme.slug}/votes/",
        f"/programmes/{draft.programme.slug}/votes/new/",
        *pages_of(draft.pk, "desk/", *(f"desk/{name}/" for name in sections[:-1])),
        *pages_of(draft.pk, "desk/ideas/new/", "desk/ideas/1/", "desk/ideas/1/remove/"),
        *pages_of(running.pk, "", "desk/", "desk/close/", "desk/later/", "hall/", "cards/"),
        *pages_of(running.pk, "cards/new/", "cards/hand-out/", "cards/void/", "cards/replace/"),
        *pages_of(running.pk, "links/", "links/load/", "desk/ideas/1/withdraw/"),
        *pages_of(counted_round.pk, "", "result/", "result/ideas/1/", "result/other/"),
        *pages_of(counted_round.pk, "desk/", "desk/adoption/", "desk/adoption/1/"),
    ]
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answers {answer.status}"
        assert fits(page), f"{address} scrolls sideways at {width}"
        axe(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_residents_pages_fit_and_axe_finds_nothing(
    width: int, counted_round: Round, page_for: PageFor, axe: Axe
) -> None:
    page = page_for(width=width)
    card = code_of_closed(counted_round)
    for address in ("/v/", "/v/finished/", "/v/counted/", *pages_of(counted_round.pk, "result/")):
        page.goto(address)
        assert fits(page), f"{address} scrolls sideways at {width}"
        axe(page)
    assert card is None


def code_of_closed(round_: Round) -> str | None:
    """Once a round is sealed nobody can work out a code any more."""
    return None if not keyring.exist(round_.pk) else code_of(round_, 1)


def test_a_resident_types_a_wrong_code_and_is_told_what_to_do(
    open_round: MakeRound,  # noqa: F811
    open_context: OpenContext,
    axe: Axe,
    console: Console,
) -> None:
    console.expect(422)
    open_round()
    page = phone(open_context)
    page.goto("/v/")
    page.get_by_label("Code on your card").fill("ABCD")
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("not quite a code")
    axe(page)


def test_an_officer_replaces_a_lost_card_and_the_vote_stays(
    open_round: MakeRound,  # noqa: F811
    ada: User,
    page_for: PageFor,
    open_context: OpenContext,
    console: Console,
) -> None:
    console.expect(422)
    round_ = open_round(style="approval")
    old = code_of(round_, 2)
    cast.save(voter_of(round_, 2), lambda _t: Choices.of({1: 1}), op_id=uuid4(), base_rev=0)
    page = page_for(ada)
    page.goto(f"/votes/{round_.pk}/cards/replace/")
    page.get_by_label("Card number").fill("2")
    page.get_by_label("Why?").fill("Left on the bus.")
    page.get_by_role("button", name="Replace a lost card").click()
    new = page.locator(".govuk-panel b").inner_text()
    holder = phone(open_context)
    enter(holder, new.replace(" ", ""))
    expect(holder.locator(".vote-foot")).to_contain_text("Your vote is in.")
    finder = phone(open_context)
    finder.goto("/v/")
    finder.get_by_label("Code on your card").fill(old)
    finder.get_by_role("button", name="Start").click()
    expect(finder.locator(".govuk-error-summary")).to_contain_text("replaced or cancelled")


def test_cards_made_in_the_browser_cannot_vote_until_handed_out(
    prepared: MakeRound,  # noqa: F811
    ada: User,
    page_for: PageFor,
    open_context: OpenContext,
    console: Console,
) -> None:
    console.expect(422)
    round_ = prepared()
    register.make_cards(ada, round_, 3)
    round_ = actions.open_round(ada, round_)
    code = code_of(round_, 1)
    page = phone(open_context)
    page.goto("/v/")
    page.get_by_label("Code on your card").fill(code)
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("not been handed out yet")
    desk = page_for(ada)
    desk.goto(f"/votes/{round_.pk}/cards/hand-out/")
    desk.get_by_label("To card number").fill("3")
    desk.get_by_role("button", name="Hand out cards").click()
    expect(desk.locator(".govuk-notification-banner")).to_contain_text("can vote now")
    enter(page, code)
