"""What must not go through, and what must not be lost: huge, hostile, late, twice, conflicted."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pypdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Refused
from commissioning.people.models import User
from commissioning.programmes.models import Declaration
from decisions.records.actions import deciding, drafting, recording
from decisions.records.forms import LONGEST
from decisions.records.models import Comment, Decision, Version
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS, Issue, minute

SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"


def url(name: str, decision: Decision, *more: object) -> str:
    """An address of the decision."""
    return reverse(f"records:{name}", args=[decision.question.programme.slug, decision.pk, *more])


def could_gain(user: User, decision: Decision) -> None:
    """Somebody takes a job with a bidder, and says so."""
    member = decision.question.programme.memberships.get(user=user)
    Declaration.objects.create(membership=member, could_gain=True, words="I joined a bidder.")


def test_200_kb_of_reasons_are_refused_in_words_and_nothing_typed_is_lost(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    typed = SECTIONS["words"] | {"reasons": "because " * 25_000}
    answer = sign_in(ada).post(url("section", draft, "words"), typed)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert f"{LONGEST:,}"[:2] in said
    assert "A call opens in January." in said
    assert said.count("because because") > 1_000
    draft.refresh_from_db()
    assert draft.reasons == ""


def test_the_longest_reasons_are_kept_whole_and_printed(
    ada: User, ready: Decision, issue: Issue
) -> None:
    words = ("Every carer said so. " * 1_000)[:LONGEST]
    ready = drafting.write_section(ada, ready, "words", SECTIONS["words"] | {"reasons": words})
    decided = deciding.enter_decision(ada, drafting.recommend(ada, ready), minute())
    record = issue(decided)["records.decision"]
    with record.file.open("rb") as file:
        pages = pypdf.PdfReader(BytesIO(file.read())).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert text.count("Every carer said so.") >= 900
    assert record.size < 2_000_000


def test_script_in_every_field_is_read_as_words(
    ada: User, sami: User, ready: Decision, issue: Issue, client: Client
) -> None:
    values = dict.fromkeys(("title", "summary", "reasons", "next_steps"), SCRIPT)
    ready = drafting.write_section(ada, ready, "words", values)
    power = SECTIONS["power"] | {"body_name": SCRIPT, "power": f"{SCRIPT} Act"}
    ready = drafting.write_section(ada, ready, "power", power)
    drafting.declare_interest(ada, ready, who=SCRIPT, what=SCRIPT, dispensation=SCRIPT)
    decided = deciding.enter_decision(
        ada,
        drafting.recommend(ada, ready),
        minute(words=SCRIPT, decided_by=SCRIPT, had_interest=True),
    )
    drafting.dissent(sami, decided, SCRIPT)
    page = client.get(decided.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{ 7|add:7 }}" in page
    record = issue(decided)["records.decision"]
    with record.file.open("rb") as file:
        pages = pypdf.PdfReader(BytesIO(file.read())).pages
        text = "".join(page.extract_text() for page in pages)
    assert "alert('x')" in text.replace("’", "'")


def test_an_approver_who_comes_to_gain_after_recommending_decides_nothing(
    ada: User, recommended: Decision, sign_in: SignIn
) -> None:
    could_gain(ada, recommended)
    with pytest.raises(Refused, match="could gain"):
        deciding.enter_decision(ada, recommended, minute())
    assert sign_in(ada).get(url("decide", recommended)).status_code == 403
    recommended.refresh_from_db()
    assert recommended.status == Decision.Status.RECOMMENDED


def test_an_officer_who_comes_to_gain_issues_no_record(ada: User, decided: Decision) -> None:
    could_gain(ada, decided)
    with pytest.raises(Refused, match="could gain"):
        recording.issue_record(ada, decided)
    assert not Version.objects.exists()


def test_pressing_decide_twice_decides_once(
    ada: User, recommended: Decision, sign_in: SignIn
) -> None:
    browser, today = sign_in(ada), timezone.localdate()
    until = today + timedelta(days=7)
    typed = {
        "outcome": "agreed",
        "decided_on-day": today.day,
        "decided_on-month": today.month,
        "decided_on-year": today.year,
        "decided_by": "The Cabinet",
        "words": "Agreed.",
        "reference": "",
        "had_interest": "no",
        "report_why": "The meeting was called at shorter notice.",
        "call_in_until-day": until.day,
        "call_in_until-month": until.month,
        "call_in_until-year": until.year,
    }
    first = browser.post(url("decide", recommended), typed)
    assert first.status_code == 302, first.context["form"].errors
    assert browser.post(url("decide", recommended), typed).status_code == 403
    recommended.refresh_from_db()
    assert recommended.status == Decision.Status.DECIDED


def test_the_page_that_starts_a_record_answers_at_once_and_again_makes_no_second(
    ada: User, decided: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    first = browser.post(url("issue", decided), {"why": ""})
    again = browser.post(url("issue", decided), {"why": ""})
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert Version.objects.count() == 1


def test_comments_close_at_midnight_in_london_not_in_greenwich(
    ada: User, sami: User, ready: Decision
) -> None:
    """On the last day of June, 23:30 in London is 22:30 by universal time; 00:30 is tomorrow."""
    with time_machine.travel(datetime(2027, 6, 20, 9, tzinfo=UTC), tick=False):
        until = timezone.localdate() + timedelta(days=10)
        out = drafting.consult(ada, ready, until)
    with time_machine.travel(datetime(2027, 6, 30, 22, 30, tzinfo=UTC), tick=False):
        drafting.comment(sami, out, "Just in time.")
    with (
        time_machine.travel(datetime(2027, 6, 30, 23, 30, tzinfo=UTC), tick=False),
        pytest.raises(Refused, match="Comments closed"),
    ):
        drafting.comment(sami, out, "Half an hour late.")
    assert Comment.objects.count() == 1


def test_a_decision_takes_effect_only_after_the_last_midnight_of_call_in(
    ada: User, recommended: Decision
) -> None:
    last = timezone.localdate() + timedelta(days=7)
    decided = deciding.enter_decision(ada, recommended, minute(call_in_until=last))
    late = datetime(last.year, last.month, last.day, 23, 59, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(late, tick=False):
        assert deciding.take_effect_where_due() == 0
    with time_machine.travel(late + timedelta(minutes=2), tick=False):
        assert deciding.take_effect_where_due() == 1
        assert deciding.take_effect_where_due() == 0
    decided.refresh_from_db()
    assert decided.effective_on == last + timedelta(days=1)


@pytest.mark.parametrize("name", ["power", "route", "words", "publicity"])
def test_nothing_typed_and_signs_that_no_database_keeps_are_a_form_again(
    ada: User, draft: Decision, sign_in: SignIn, name: str
) -> None:
    browser = sign_in(ada)
    for typed in ({}, dict.fromkeys(("title", "body_name", "route_name", "power"), "a\x00b")):
        # An empty post is the empty form again.
        assert browser.post(url("section", draft, name), typed).status_code in {200, 302, 422}


def test_an_id_that_is_nobodys_is_a_404(ada: User, draft: Decision, sign_in: SignIn) -> None:
    browser = sign_in(ada)
    for name, more in (
        ("reply", [uuid4()]),
        ("interest_remove", [uuid4()]),
        ("removal_remove", [uuid4()]),
        ("advice", ["no-such-officer"]),
        ("section", ["no-such-section"]),
    ):
        assert browser.post(url(name, draft, *more)).status_code in {302, 404, 405}, name
