"""The record says everything, changes only by version, and hides what is marked."""

import re
import zlib
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from commissioning.documents.models import IssuedDocument
from commissioning.documents.paper import Sheet, attached_json, print_paper
from commissioning.documents.types import document_types
from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.records.actions import drafting, recording
from decisions.records.models import Decision, Removal, Version
from decisions.records.papers import public_data
from decisions.records.story import story
from tests.cast import SignIn
from tests.decisions.records.conftest import WHY, Issue
from tests.reading import words_of

SECRETS = ("Wilma Lock", "4 Quay Street")


def text_of(document: IssuedDocument) -> str:
    """Everything that a reader of the PDF can read or copy."""
    with document.file.open("rb") as file:
        return " ".join(words_of(file.read()))


def everything_in(body: bytes) -> bytes:
    """The file, with every stream in it decompressed beside it."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return body + b"\n".join(unpacked)


def spellings(secret: str) -> list[bytes]:
    """The secret as a PDF might hold it."""
    wide = secret.encode("utf-16-be")
    return [secret.encode(), wide, wide.hex().encode(), wide.hex().upper().encode()]


@pytest.mark.usefixtures("signed")
def test_the_record_tells_the_whole_story(decided: Decision, sami: User, issue: Issue) -> None:
    drafting.dissent(sami, decided, "Nobody asked the carers.")
    record = issue(decided)["records.decision"]
    said = text_of(record)
    for words in (
        "Small grants go to groups that people in the Lanes already know.",
        "Nobody over 65 in Rivermead goes a week without company.",
        "Kept: no amount was shown before the vision was agreed.",
        "Nobody asked the carers.",
        "Cabinet of Rivermead Council",
        "How equality was met.",
        "if nobody calls it in",
        "Lanes Neighbours",
    ):
        assert words in said, words
    assert record.size < 2_000_000
    assert record.is_public
    decided.refresh_from_db()
    assert decided.record == record


def test_the_same_facts_make_no_second_version(decided: Decision, issue: Issue) -> None:
    first = issue(decided)["records.decision"]
    assert issue(decided)["records.decision"] == first
    assert Version.objects.count() == 1


def test_a_new_version_says_why_and_shows_what_changed(
    ada: User, sami: User, decided: Decision, issue: Issue
) -> None:
    issue(decided)
    drafting.dissent(sami, decided, "Nobody asked the carers.")
    with pytest.raises(Invalid, match="Say why"):
        recording.issue_record(ada, decided)
    second = issue(decided, "A dissent came in after the first version.")["records.decision"]
    assert (second.version, second.supersedes is not None) == (2, True)
    said = text_of(second)
    assert "What version 2 changes" in said
    assert "A dissent came in after the first version." in said


def test_the_public_edition_holds_nothing_of_what_is_marked(
    ada: User, decided: Decision, issue: Issue
) -> None:
    for secret in SECRETS:
        recording.mark_removal(ada, decided, secret.upper(), "individual", WHY)
    made = issue(decided)
    whole, public = made["records.decision"], made["records.public"]
    assert SECRETS[0] in text_of(whole)
    assert (whole.is_public, public.is_public) == (False, True)
    assert public.number.startswith("RIVP-")
    assert "[left out: Information about an individual" in text_of(public)
    assert WHY in text_of(public)
    assert "The public edition leaves out 2 passages." in text_of(whole)
    with public.file.open("rb") as file:
        found = everything_in(file.read())
    for secret in SECRETS:
        for spelling in spellings(secret):
            assert spelling.lower() not in found.lower()
        assert secret.lower() not in text_of(public).lower()
    assert whole.content_sha256.encode() not in found
    page = Client().get(f"/verify/{whole.number}").content.decode()
    assert f'href="/verify/{public.number}/1.pdf"' in page, "the public edition is a press away"
    assert f'href="/verify/{whole.number}/1.pdf"' not in page


@pytest.mark.usefixtures("signed")
def test_a_whole_version_from_before_closes_once_the_public_edition_is_issued(
    ada: User, decided: Decision, issue: Issue, sign_in: SignIn
) -> None:
    whole = issue(decided)["records.decision"]
    address = f"/verify/{whole.number}/1.pdf"
    assert Client().get(address).status_code == 200
    recording.mark_removal(ada, decided, SECRETS[0], "individual", WHY)
    assert Client().get(address).status_code == 200, "until there is another to read"
    public = issue(decided, "Words are left out.")["records.public"]
    assert Client().get(address).status_code == 404
    assert Client().get(f"/verify/{public.number}/1.pdf").status_code == 200
    page = Client().get(f"/verify/{whole.number}").content.decode()
    assert "It is not public" in page
    assert f'href="/verify/{public.number}/1.pdf"' in page
    assert sign_in(ada).get(address).status_code == 200, "whoever runs it still reads it"


def test_two_secrets_print_to_the_same_bytes(ada: User, recommended: Decision) -> None:
    """The strongest: nothing at all of the secret reaches the file, its length neither."""
    bodies = []
    for secret in ("Wilma Lock", "Quite Somebody Else Altogether"):
        drafting.send_back(ada, recommended, "Again.")
        reasons = f"Mrs {secret} of 4 Quay Street said that she opens to nobody new."
        words = {
            "title": "Daytime company",
            "summary": f"For {secret}.",
            "reasons": reasons,
            "next_steps": "A call.",
        }
        drafting.write_section(ada, recommended, "words", words)
        decision = drafting.recommend(ada, recommended)
        removal = recording.mark_removal(ada, decision, secret, "individual", WHY)
        Version.objects.create(
            decision=decision,
            number=Version.objects.count() + 1,
            why="Again.",
            data=story(decision),
            by=ada,
        )
        newest = public_data(decision.pk) | {"version": 1, "changed": [], "why": ""}
        kind = document_types[recording.PUBLIC_RECORD]
        sheet = Sheet(
            type_name=kind.name,
            label=str(kind.label),
            title=kind.title(newest),
            place="Rivermead",
            date=date(2026, 11, 26),
            language="en-gb",
        )
        attachment = attached_json(sheet, newest, b"0" * 16)
        moment = datetime(2026, 11, 26, tzinfo=UTC)
        bodies.append(print_paper(kind, newest, sheet, attachment, moment=moment).body)
        recording.unmark_removal(ada, decision, removal.pk)
    assert bodies[0] == bodies[1]


def test_a_passage_that_stands_nowhere_or_in_the_title_is_not_marked(
    ada: User, decided: Decision
) -> None:
    with pytest.raises(Invalid, match="stand nowhere"):
        recording.mark_removal(ada, decided, "Nobody of this name", "individual", WHY)
    with pytest.raises(Invalid, match="title"):
        recording.mark_removal(ada, decided, "daytime company", "individual", WHY)


def test_what_is_left_out_names_its_ground_and_why_that_serves_the_public(
    ada: User, decided: Decision
) -> None:
    with pytest.raises(Invalid, match="serves the public better"):
        recording.mark_removal(ada, decided, SECRETS[0], "individual", " ")
    with pytest.raises(Invalid, match="not one of this body"):
        recording.mark_removal(ada, decided, SECRETS[0], "nhs", WHY)
    with pytest.raises(DatabaseError, match="left_out_for_a_reason"), transaction.atomic():
        Removal.objects.create(decision=decided, passage="x", ground="individual", by=ada)
    recording.mark_removal(ada, decided, SECRETS[0], "individual", WHY)
    power = next(str(one) for one in story(decided)["sections"] if one["key"] == "power")
    assert "'Public'" not in power
    assert WHY in power


def test_the_page_leaves_out_what_is_marked(ada: User, decided: Decision, client: Client) -> None:
    page = decided.get_absolute_url()
    assert SECRETS[0] in client.get(page).content.decode()
    recording.mark_removal(ada, decided, SECRETS[0], "individual", WHY)
    assert SECRETS[0] not in client.get(page).content.decode()


@pytest.mark.usefixtures("signed")
def test_the_paper_for_the_meeting_is_marked_as_a_draft(ada: User, ready: Decision) -> None:
    rendering = recording.ask_for_paper(ada, ready)
    assert rendering.issue is False
    assert document_types[recording.PAPER].mark == "Draft"


def test_whoever_runs_it_is_told_that_only_members_could_read_the_record(
    decided: Decision, ada: User, cora: User, sign_in: SignIn
) -> None:
    told = "Only members of this programme could read its record"
    assert told not in sign_in(ada).get(decided.get_absolute_url()).content.decode()
    Programme.objects.update(is_public=False)
    page = sign_in(ada).get(decided.get_absolute_url()).content.decode()
    assert told in page
    assert f"/programmes/{decided.question.programme.slug}/publish/" in page
    page = sign_in(cora).get(decided.get_absolute_url()).content.decode()
    assert told in page
    assert "/publish/" not in page
