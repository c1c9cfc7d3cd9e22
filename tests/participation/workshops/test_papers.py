"""The pack, posters, invitation and data assessment of a session, on paper."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pytest_django import Settings

from commissioning.documents.making import make
from commissioning.documents.models import Rendering
from commissioning.people.models import User
from participation.workshops.actions import planning, preparing
from participation.workshops.actions.planning import Who
from participation.workshops.models import Workshop
from participation.workshops.papers import ASSESSMENT, INVITATION, PACK, PAPERS, POSTERS
from tests.cast import SignIn
from tests.commissioning.documents.conftest import SEED
from tests.participation.calls.conftest import media as media_folder
from tests.participation.workshops.conftest import settings_of

pytestmark = pytest.mark.django_db
media = media_folder
SAYS = {
    PACK: ("When the wi-fi fails", "People who feel done to", "What to bring", "Sam the chaperone"),
    POSTERS: ("Come in with your phone", "No phone? No matter.", "Or talk to Sami H."),
    INVITATION: ("£15 an hour", "A sitter in the next room", "Fixed:"),
    ASSESSMENT: ("Joint controllers", "Rivermead Council and the NHS", "A child is exposed"),
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
        assert text.count(young.code) == 9


def test_chaperones_are_on_no_paper_that_hangs_in_the_room(
    young: Workshop, femi: User, sami: User, sign_in: SignIn
) -> None:
    assert sign_in(sami).post(f"{young.get_absolute_url()}print/").status_code == 404
    browser = sign_in(femi)
    refused = browser.post(f"{young.get_absolute_url()}print/", {"paper": "workshops.nothing"})
    assert refused.status_code == 409
