"""The pack, posters, invitation and data assessment of a session, on paper."""

import json
from pathlib import Path
from uuid import uuid4

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from pytest_django import Settings

from commissioning.documents.making import make
from commissioning.documents.models import Rendering
from commissioning.people.models import User
from participation.workshops.actions import grouping, paper, planning, preparing
from participation.workshops.actions.dotting import dots_each
from participation.workshops.actions.planning import Who
from participation.workshops.forms.paper import STANDS
from participation.workshops.models import Contribution, Workshop
from participation.workshops.papers import (
    ASSESSMENT,
    FORMS,
    INVITATION,
    PACK,
    PAPERS,
    POSTERS,
    forms,
)
from tests.cast import SignIn
from tests.commissioning.documents.conftest import SEED
from tests.participation.calls.conftest import media as media_folder
from tests.participation.workshops.conftest import go_to, settings_of
from tests.qr import read_qr

pytestmark = pytest.mark.django_db
media = media_folder
SAYS = {
    PACK: ("When the wi-fi fails", "People who feel done to", "What to bring", "Sam the chaperone"),
    POSTERS: ("Come in with your phone", "No phone? No matter.", "Or talk to Sami H."),
    FORMS: (
        "Sheet 1",
        "Sheet 20",
        "Sheet ______",
        "Keep this sheet",
        "A D P",
        "I can live with it",
    ),
    INVITATION: ("£15 an hour", "A sitter in the next room", "Fixed:"),
    ASSESSMENT: (
        "Joint controllers",
        "Rivermead Council and the NHS",
        "18 months after",
        "A year after the lead",
    ),
}


@pytest.fixture(autouse=True)
def signed(settings: Settings, media: Path) -> None:
    """A worker that prints."""
    settings.RECORD_SIGNING_KEY = SEED


@pytest.fixture
def young(prepared: Workshop, femi: User) -> Workshop:
    programme = prepared.programme
    programme.what_taking_part_pays = "£15 an hour, and your bus fare."
    programme.save()
    planning.write_line(
        femi, prepared, Who("Parents on their own", what_we_do="A sitter in the next room")
    )
    return preparing.write_settings(
        femi,
        prepared,
        settings_of(
            prepared,
            is_young=True,
            chaperones="Sam the chaperone",
            guardian_contact="01632 960 001",
            controllers="Rivermead Council and the NHS",
        ),
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_printed_for_who_runs_the_session(
    paper: str, young: Workshop, femi: User, sign_in: SignIn
) -> None:
    papers = f"{young.get_absolute_url()}print/"
    assert sign_in(femi).post(papers, {"paper": paper}).status_code == 302
    rendering = Rendering.objects.get()
    make(rendering.pk)
    rendering.refresh_from_db()
    assert rendering.state == Rendering.State.DONE, rendering.trouble
    with rendering.file.open("rb") as stored:
        body = stored.read()
    pages = pypdfium2.PdfDocument(body)
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    for words in SAYS[paper]:
        assert words in text, words
    if paper == POSTERS:
        assert len(pages) == 4
        # The reader takes the wide spacing of some letters for a space.
        assert text.replace("- ", "-").count(young.code) == 9


def test_chaperones_are_on_no_paper_that_hangs_in_the_room(
    young: Workshop, femi: User, sami: User, sign_in: SignIn
) -> None:
    assert sign_in(sami).post(f"{young.get_absolute_url()}print/").status_code == 404
    browser = sign_in(femi)
    refused = browser.post(f"{young.get_absolute_url()}print/", {"paper": "workshops.nothing"})
    assert refused.status_code == 409


def test_a_blank_form_asks_what_is_typed_in_and_a_sheet_is_one_piece_of_paper(
    young: Workshop, femi: User, sign_in: SignIn
) -> None:
    activities = {step.kind: step for step in young.activities.all()}
    told = forms(young.pk)
    asked = {step["title"]: step["blank"] for step in told["steps"]}
    assert set(told["sheets"]) >= {"1", "20", ""}
    for kind in ("ideas", "statements", "priorities", "drafting", "offers"):
        assert activities[kind].title in asked, kind
    # The letters, circles and sorts are those of the pages where paper is typed in.
    stands = asked[activities["drafting"].title]["answers"]
    assert {one["letter"].lower() for one in stands} == set(STANDS)
    assert len(asked[activities["priorities"].title]["dots"]) == dots_each(activities["priorities"])
    sign_in(femi).post(f"{young.get_absolute_url()}print/", {"paper": FORMS})
    rendering = Rendering.objects.get()
    make(rendering.pk)
    rendering.refresh_from_db()
    with rendering.file.open("rb") as stored:
        pages = pypdfium2.PdfDocument(stored.read())
    sides = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]
    # Printed on both sides, the number is on each, and nobody's second side is another's first.
    assert len(pages) == 2 * len(told["sheets"]) - 1 or len(pages) == 2 * len(told["sheets"])
    assert sum("Sheet 7" in side for side in sides) == 2
    assert young.title in sides[0]


def test_the_form_has_the_statements_and_themes_that_are_there_without_their_amounts(
    workshop: Workshop, femi: User
) -> None:
    statements = go_to(femi, workshop, "statements")
    paper.type_in(femi, statements, ["Cars should wait for children"])
    Contribution.objects.create(
        workshop=workshop, activity=statements, op=uuid4(), text="Give us £500 for goals"
    )
    grouping.make_theme(femi, workshop, "Streets for people", {})
    told = json.dumps(forms(workshop.pk))
    assert "Cars should wait for children" in told
    assert "Streets for people" in told
    assert "500" not in told


def test_a_camera_that_reads_the_poster_or_a_table_card_finds_the_room(
    prepared: Workshop, femi: User, sign_in: SignIn
) -> None:
    sign_in(femi).post(f"{prepared.get_absolute_url()}print/", {"paper": POSTERS})
    rendering = Rendering.objects.get()
    make(rendering.pk)
    rendering.refresh_from_db()
    with rendering.file.open("rb") as stored:
        pages = pypdfium2.PdfDocument(stored.read())
    poster, card = (pages[at].render(scale=3).to_pil() for at in (0, 3))
    # The first card alone: eight of them lie on the sheet.
    width, height = card.size
    card = card.crop((0, 0, width // 2, height // 4))
    for picture in (poster, card):
        assert read_qr(picture) == f"{settings.SITE_URL}/j/{prepared.code}/"
