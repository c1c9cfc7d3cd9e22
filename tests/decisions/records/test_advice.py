"""The officers' advice says whose hand wrote it, and nothing unconfirmed passes for theirs."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.kinds import kinds
from commissioning.notices.models import Notice
from commissioning.people.models import User
from commissioning.programmes.models import Declaration, Role
from decisions.records.actions import advising, deciding, drafting
from decisions.records.blocks import table
from decisions.records.duties import DUTIES
from decisions.records.models import Advice, Adviser, Decision, DutyAnswer
from decisions.records.readiness import cautions, missing_to_recommend, said_of_advice
from decisions.records.story import story
from tests.cast import SignIn, join, make_person
from tests.decisions.records.conftest import SECTIONS, Issue, minute
from tests.decisions.records.test_record import text_of
from tests.decisions.records.test_two_tabs import sent_back


@pytest.fixture
def lena(ready: Decision) -> User:
    """Head of legal services, brought in as an observer."""
    lena = make_person("Lena Ashdown")
    join(ready.question.programme, lena, Role.OBSERVER)
    return lena


def told(decision: Decision) -> str:
    """What the record prints of the advice."""
    return next(str(one) for one in story(decision)["sections"] if one["key"] == "advice")


def url(name: str, decision: Decision, kind: str = "legal") -> str:
    """An address of an officer's advice."""
    return reverse(f"records:{name}", args=[decision.question.programme.slug, decision.pk, kind])


def test_what_ada_types_for_everybody_is_marked_as_typed_by_ada(
    ada: User, ready: Decision, sign_in: SignIn
) -> None:
    assert missing_to_recommend(ready) == []
    assert said_of_advice(ready) == [
        "The comments of the finance officer were typed in by somebody else and not confirmed.",
        "The comments of the legal officer were typed in by somebody else and not confirmed.",
        "The comments of the monitoring officer were not given.",
    ]
    assert "Typed in by Ada" in told(ready)
    assert told(ready).count("not confirmed by them") == 2
    assert "The comments of the monitoring officer were not given." in told(ready)
    browser = sign_in(ada)
    page = browser.get(ready.get_absolute_url()).content.decode()
    assert "Not confirmed" in page
    asked = browser.get(
        reverse("records:recommend", args=[ready.question.programme.slug, ready.pk])
    ).content.decode()
    assert "typed in by somebody else and not confirmed" in asked


def test_where_nobody_was_asked_the_record_says_so_of_each_officer(
    ada: User, ready: Decision, sign_in: SignIn, issue: Issue
) -> None:
    ready.advice.all().delete()
    promised = said_of_advice(ready)
    assert len(promised) == len(Adviser.Kind)
    decided = deciding.enter_decision(ada, drafting.recommend(ada, ready), minute())
    page = sign_in(ada).get(decided.get_absolute_url()).content.decode()
    (record,) = issue(decided).values()
    printed = " ".join(text_of(record).split())
    attached = str(decided.versions.get().data)
    for sentence in promised:
        assert sentence in page
        assert sentence in printed
        assert sentence in attached
    assert "Not given: finance officer, legal officer, monitoring officer." in printed


def test_a_draft_whose_advice_was_not_given_says_one_truth_and_can_be_recommended(
    ada: User, ready: Decision, sign_in: SignIn
) -> None:
    ready.advice.all().delete()
    browser = sign_in(ada)
    page = browser.get(ready.get_absolute_url()).content.decode()
    assert "Before it can be recommended" not in page
    assert "It can be recommended as it is, and the record will say" in page
    for kind, post in (("finance", "finance officer"), ("legal", "legal officer")):
        link = f'<a href="{url("advice", ready, kind)}">The comments of the {post} were not given.'
        assert link in page
    ready.duties.all().delete()
    page = browser.get(ready.get_absolute_url()).content.decode()
    assert "It can be recommended as it is" not in page, "not while something is missing"
    assert "What stops nothing, but the record will say" in page
    duties = reverse("records:duties", args=[ready.question.programme.slug, ready.pk])
    assert f'<li><a href="{duties}">Duties still to answer' in page
    drafting.answer_duties(
        ada, ready, {duty.key: ("met", f"How {duty.key} was met.") for duty in DUTIES}
    )
    assert drafting.recommend(ada, ready).status == Decision.Status.RECOMMENDED


def test_the_cover_says_that_advice_was_not_confirmed(decided: Decision, issue: Issue) -> None:
    said = text_of(issue(decided)["records.decision"])
    assert "Typed in, not confirmed by them: finance officer, legal officer." in said
    assert "Not given: monitoring officer." in said


def test_lena_who_was_named_confirms_in_her_own_session(
    ada: User, lena: User, ready: Decision, sign_in: SignIn
) -> None:
    hers = sign_in(lena)
    assert hers.get(ready.get_absolute_url()).status_code == 404
    advising.name_adviser(ada, ready, "legal", lena)
    (notice,) = Notice.objects.filter(user=lena)
    told_her = kinds[notice.kind].context(notice.about)
    assert told_her is not None
    assert told_her["subject_line"] == "Your advice on “Daytime company in the Lanes”"
    page = hers.get(ready.get_absolute_url()).content.decode()
    assert "You were named as the legal officer" in page
    form = hers.get(url("advice_confirm", ready))
    assert "Nothing speaks against it." in form.content.decode()
    seen = form.context["form"].initial["seen"]
    assert hers.post(url("advice_confirm", ready), {"seen": seen}).status_code == 302
    assert "confirmed by Lena" in told(ready)
    assert kinds[notice.kind].context(notice.about) is None, "a mail that is late asks no more"
    assert not any("legal" in sentence for sentence in said_of_advice(ready))
    # She was named for this, and for nothing else.
    assert hers.get(url("advice", ready, "finance")).status_code == 404


def test_lena_gives_her_own_advice(ada: User, lena: User, ready: Decision) -> None:
    advising.name_adviser(ada, ready, "legal", lena)
    advice = advising.write_advice(
        lena,
        ready,
        "legal",
        officer="Lena Ashdown, head of legal services",
        words="Sections 84 to 88 apply.",
        given_on=timezone.localdate(),
    )
    assert (advice.typed_by, advice.confirmed_by) == (lena, lena)
    assert "Given by Lena" in told(ready)


def test_words_that_change_after_she_read_them_are_not_signed(
    ada: User, lena: User, ready: Decision
) -> None:
    advising.name_adviser(ada, ready, "legal", lena)
    seen = ready.advice.get(kind="legal").seal
    values = {"officer": "Legal", "words": "All is well.", "given_on": timezone.localdate()}
    advising.write_advice(ada, ready, "legal", **values)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="changed since you read"):
        advising.confirm_advice(lena, ready, "legal", seen)
    advising.confirm_advice(lena, ready, "legal", ready.advice.get(kind="legal").seal)
    values["words"] = "All is very well."
    again = advising.write_advice(ada, ready, "legal", **values)  # type: ignore[arg-type]
    assert again.confirmed_by is None, "what Ada changed is Lena's no longer"


def test_nobody_names_themselves_nor_somebody_who_could_gain(
    ada: User, priya: User, nell: User, ready: Decision
) -> None:
    with pytest.raises(Invalid, match="nobody is their own adviser"):
        advising.name_adviser(ada, ready, "finance", ada)
    with pytest.raises(DatabaseError, match="nobody_names_themselves"), transaction.atomic():
        Adviser.objects.create(decision=ready, kind="finance", user=ada, named_by=ada)
    with pytest.raises(Invalid, match="could gain"):
        advising.name_adviser(ada, ready, "finance", priya)
    with pytest.raises(Invalid, match="Invite them"):
        advising.name_adviser(ada, ready, "finance", nell)


def test_the_database_lets_nobody_sign_for_the_adviser(
    ada: User, cora: User, lena: User, ready: Decision
) -> None:
    with pytest.raises(Refused, match="Only who was named"):
        advising.confirm_advice(cora, ready, "legal", ready.advice.get(kind="legal").seal)
    with pytest.raises(DatabaseError, match="signed by who was named"), transaction.atomic():
        ready.advice.filter(kind="legal").update(confirmed_by=cora, confirmed_at=timezone.now())
    advising.name_adviser(ada, ready, "legal", lena)
    advising.confirm_advice(lena, ready, "legal", ready.advice.get(kind="legal").seal)
    with pytest.raises(DatabaseError, match="signed again"), transaction.atomic():
        ready.advice.filter(kind="legal").update(words="Everything speaks for it.")


def test_an_adviser_who_comes_to_gain_confirms_nothing(
    ada: User, lena: User, ready: Decision
) -> None:
    advising.name_adviser(ada, ready, "legal", lena)
    member = ready.question.programme.memberships.get(user=lena)
    Declaration.objects.create(membership=member, could_gain=True, words="I joined a bidder.")
    with pytest.raises(Refused, match="Only who was named"):
        advising.confirm_advice(lena, ready, "legal", ready.advice.get(kind="legal").seal)


def test_she_may_confirm_however_late_and_nobody_rewords(
    ada: User, lena: User, ready: Decision
) -> None:
    for kind in ("legal", "finance"):
        advising.name_adviser(ada, ready, kind, lena)
    before_cabinet = drafting.recommend(ada, ready)
    advising.confirm_advice(lena, before_cabinet, "legal", ready.advice.get(kind="legal").seal)
    with pytest.raises(DatabaseError), transaction.atomic():
        Advice.objects.filter(kind="legal").update(words="Reworded before the cabinet.")
    decided = deciding.enter_decision(ada, before_cabinet, minute())
    advising.confirm_advice(lena, decided, "finance", ready.advice.get(kind="finance").seal)
    with pytest.raises(DatabaseError), transaction.atomic():
        Advice.objects.filter(kind="finance").update(words="Reworded after the cabinet.")
    with pytest.raises(Refused, match="not reworded"):
        advising.write_advice(
            lena,
            decided,
            "finance",
            officer="Finance",
            words="Reworded after the cabinet.",
            given_on=timezone.localdate(),
        )


def test_advice_of_tomorrow_is_refused(ada: User, ready: Decision) -> None:
    with pytest.raises(Invalid, match="not come yet"):
        advising.write_advice(
            ada, ready, "legal", officer="Legal", words="Well.", given_on=date(2999, 1, 1)
        )


def test_one_officers_comments_lead_on_to_the_next_who_gave_none(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    drafting.write_section(ada, draft, "power", SECTIONS["power"])
    browser, address, seen = sign_in(ada), url("advice", draft), []
    while "/advice/" in address:
        seen.append(address.rstrip("/").rsplit("/", 1)[-1])
        page = browser.get(address)
        assert "Save and continue" in page.content.decode()
        typed = sent_back(page.context["form"]) | {"words": "Within the budget."}
        address = browser.post(address, typed).headers["Location"]
    assert seen == ["legal", "monitoring", "finance"], "each once, and none is gone back for"
    assert address == draft.get_absolute_url()
    assert draft.advice.count() == 3


def test_who_asks_for_the_list_or_gives_their_own_advice_is_sent_to_the_list(
    ada: User, lena: User, ready: Decision, sign_in: SignIn
) -> None:
    here, asked = ready.get_absolute_url(), {"list": "yes"}
    browser = sign_in(ada)
    typed = sent_back(browser.get(url("advice", ready)).context["form"]) | {"words": "Anew."}
    assert browser.post(url("advice", ready), typed | asked).headers["Location"] == here
    advising.name_adviser(ada, ready, "legal", lena)
    browser = sign_in(lena)
    page = browser.get(url("advice", ready))
    assert "Give it" in page.content.decode()
    assert "Save and continue" not in page.content.decode()
    typed = sent_back(page.context["form"]) | {"words": "My own."}
    assert browser.post(url("advice", ready), typed).headers["Location"] == here


def test_the_power_to_grant_that_no_lawyer_confirmed_is_said(
    ada: User, lena: User, ready: Decision
) -> None:
    said = (
        "The duty “The power to give a grant” is said to be met, and no comment of the legal "
        "officer stands beside it."
    )
    assert said in cautions(ready), "typed in by somebody else"
    advising.name_adviser(ada, ready, "legal", lena)
    advising.confirm_advice(lena, ready, "legal", ready.advice.get(kind="legal").seal)
    assert said not in cautions(ready)


def test_a_duty_that_does_not_apply_wants_no_lawyer(ready: Decision) -> None:
    ready.duties.filter(key="grant_power").update(standing=DutyAnswer.Standing.NOT_APPLY)
    assert not any("The power to give a grant" in one for one in cautions(ready))


def test_a_draft_begins_with_what_is_missing_and_folds_the_rest_away(
    ada: User, ready: Decision, client: Client, sign_in: SignIn
) -> None:
    hers = sign_in(ada).get(ready.get_absolute_url())
    assert hers.context["opened"] == {"summary", "comments"}
    assert "The record as it stands" in hers.content.decode()
    drafting.recommend(ada, ready)
    page = client.get(ready.get_absolute_url())
    assert "costs" in page.context["opened"]
    assert "The rest of the record" in page.content.decode()


@pytest.mark.parametrize(("rows", "folded"), [(8, False), (9, True)])
def test_a_long_table_is_a_press_away_on_the_page(rows: int, *, folded: bool) -> None:
    long = table("Costs of every route", ["Route", "Cost"], [("A way", "£1")] * rows)
    page = render_to_string(
        "decisions/records/_blocks.html", {"section": {"blocks": [long]}, "fold": 8}
    )
    assert ("<details" in page) == folded
    assert page.count("A way") == rows
