"""The rules sheet of a place, the trees of its own, and how any tree is read."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.models import RulesSheet, TreeVersion
from decisions.trees.standpoint import Standing
from tests.cast import SignIn
from tests.decisions.records.test_two_tabs import sent_back
from tests.decisions.walks.conftest import BEGINS, answer_all, at, said, say
from tests.permissions.rooms.trees import own_tree

ROOT = Path(__file__).resolve().parents[3]


def test_the_rules_sheet_is_written_once_dated_and_cited(
    question: Question, ada: User, sign_in: SignIn, client: Client
) -> None:
    programme = question.programme
    browser = sign_in(ada)
    address = reverse("trees:write_sheet", args=[programme.slug])
    typed = {
        "body": str(programme.led_by_id),
        "dated-day": "1",
        "dated-month": "4",
        "dated-year": "2026",
        "quotation_levels": "0: one written quote\n25,000: three written quotes",
        "key_decision_sum": "500,000",
        "delegations": "50000: the head of service",
        "grants_policy": "Grants for what people do for themselves.",
        "decides": "cabinet",
        "paragraph": "part 3.4 of the constitution",
        "call_in_days": "5",
        "call_in_who": "any five councillors",
    }
    broken = browser.post(address, typed | {"quotation_levels": "three quotes"})
    assert broken.status_code == 422
    assert "Write a sum, a colon and words" in broken.content.decode()
    assert browser.post(address, typed).status_code == 302
    page = said(client, reverse("trees:sheet", args=[programme.slug]))
    assert "£25,000: three written quotes" in page
    assert "5 working days after the decision: any five councillors" in page
    walk = actions.begin_walk(ada, question, "england-general", BEGINS)
    assert walk.sheet == RulesSheet.objects.get()
    answer_all(ada, walk)
    noted = json.dumps(Standing(walk).walked.notices, default=str)
    assert f"{programme.led_by.name}: rules sheet of 1 April 2026" in noted
    assert "can be called in by any five councillors for 5 working days" in noted
    shown = browser.get(at("result", walk))
    assert "can be called in by any five councillors" in shown.content.decode()
    assert {one["id"] for one in shown.context["own_rules"]} >= {"who_decides", "call_in"}
    to_publish = [one["id"] for part in shown.context["notices"] or () for one in part]
    assert "call_in" not in to_publish, "no rule of our own is a notice to publish"
    again = browser.get(address).context["form"]
    assert (again["call_in_days"].value(), again["call_in_who"].value()) == (
        5,
        "any five councillors",
    )


def test_a_new_version_of_the_rules_undoes_none_that_somebody_wrote_meanwhile(
    question: Question, ada: User, sign_in: SignIn
) -> None:
    address = reverse("trees:write_sheet", args=[question.programme.slug])
    browser = sign_in(ada)
    typed = sent_back(browser.get(address).context["form"]) | {"key_decision_sum": "500000"}
    assert browser.post(address, typed).status_code == 302
    one, other = (sent_back(browser.get(address).context["form"]) for _tab in range(2))
    assert browser.post(address, one | {"paragraph": "part 3.4"}).status_code == 302
    assert browser.post(address, other | {"waivers": "The monitoring officer."}).status_code == 302
    newest = RulesSheet.objects.first()
    assert newest is not None
    assert newest.content["paragraph"] == "part 3.4", "a later tab keeps what it did not touch"
    assert newest.content["waivers"] == "The monitoring officer."
    clash = browser.post(address, other | {"paragraph": "part 9"})
    assert clash.status_code == 422
    assert "part 3.4" in clash.content.decode()
    assert "part 9" in clash.content.decode()


def test_a_place_publishes_its_own_tree_and_every_flaw_is_named(
    programme: Programme, ada: User, sami: User, sign_in: SignIn, client: Client
) -> None:
    browser = sign_in(ada)
    address = reverse("trees:publish", args=[programme.slug])

    def post(text: str, why: str = "") -> object:
        upload = SimpleUploadedFile("tree.json", text.encode())
        return browser.post(address, {"file": upload, "what_changed": why})

    raw = json.loads(own_tree())
    raw["questions"]["need_to_buy"]["next"] = "nowhere_at_all"
    broken = post(json.dumps(raw))
    assert broken.status_code == 422  # type: ignore[attr-defined]
    assert "nowhere_at_all" in broken.content.decode()  # type: ignore[attr-defined]
    assert not TreeVersion.objects.exists()
    for rubbish in ("", "[]", "{", "\x00", "a: &x [*x]", "id: x\n" * 3):
        assert post(rubbish).status_code == 422  # type: ignore[attr-defined]

    assert post(own_tree()).status_code == 302  # type: ignore[attr-defined]
    assert post(own_tree()).status_code == 422  # type: ignore[attr-defined]
    raw = json.loads(own_tree())
    raw["questions"]["need_to_buy"]["text"] = "Must anything be bought at all?"
    assert post(json.dumps(raw)).status_code == 422  # type: ignore[attr-defined]
    assert post(json.dumps(raw), "Plainer words.").status_code == 302  # type: ignore[attr-defined]
    newest = TreeVersion.objects.get(version=2)
    page = said(client, reverse("trees:version", args=[programme.slug, newest.pk]))
    assert "Must anything be bought at all?" in page
    assert "Plainer words." in page
    # In both pictures one box is marked, with a word.
    assert page.count("cc-tree__mark-word") == 2
    assert sign_in(sami).get(address).status_code == 404


def test_a_tree_withdrawn_in_mid_walk_is_kept_by_the_walk_which_says_so(
    question: Question, ada: User, sign_in: SignIn
) -> None:
    from decisions.trees.versions import publish_tree

    programme = question.programme
    version = publish_tree(ada, programme, own_tree(), "")
    walk = actions.begin_walk(ada, question, str(version.pk), BEGINS)
    say(ada, walk, "need_to_buy", "yes")
    browser = sign_in(ada)
    withdraw = reverse("trees:withdraw", args=[programme.slug, version.pk])
    assert browser.post(withdraw, {"reason": "A threshold was wrong."}).status_code == 302
    answer_all(ada, walk)
    for name in ("walk", "result"):
        assert "A threshold was wrong." in said(browser, at(name, walk))
    begin = reverse("trees:begin", args=[programme.slug, question.pk])
    assert str(version.pk) not in said(browser, begin)


@pytest.mark.parametrize("tree", ["england-general", "england-health", "wales", "scotland"])
def test_every_tree_that_ships_is_read_as_picture_and_list(
    tree: str, programme: Programme, client: Client
) -> None:
    page = said(client, reverse("trees:tree", args=[programme.slug, tree]))
    if tree in ("wales", "scotland"):
        assert "Nothing is ranked here." in page
        assert "Local Government (Exclusion" not in page
        assert "est value" not in page
    else:
        assert "cc-tree__box" in page
        assert "cc-outline" in page
