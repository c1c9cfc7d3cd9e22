"""Whoever writes a summary that runs on to a second page is told so before it is sealed."""

import pytest
from django.urls import reverse

from commissioning.people.models import User
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from decisions.records.room import too_long
from tests.cast import SignIn
from tests.decisions.records.conftest import Issue, minute
from tests.decisions.records.test_first_page import pages_of

SAID = "Sitters who belong to a voluntary organisation give nine carers one day off a week."
LONG = "\n\n".join([" ".join([SAID] * 5)] * 9)


def written(ada: User, decision: Decision, **words: str) -> Decision:
    """The decision in these words."""
    said = {"title": decision.title, "summary": SAID, "reasons": SAID, "next_steps": SAID}
    return drafting.write_section(ada, decision, "words", said | words)


@pytest.mark.parametrize("part", ["summary", "next_steps"])
def test_the_part_that_is_too_long_is_named_while_it_can_be_shortened(
    ada: User, ready: Decision, sign_in: SignIn, part: str
) -> None:
    draft = written(ada, ready, **{part: LONG})
    name = {
        "summary": "The decision in plain words",
        "next_steps": "What happens next, and when?",
    }[part]
    (told,) = too_long(draft)
    assert f"The longest part is “{name}”, with 675 words" in told
    browser, here = sign_in(ada), [draft.question.programme.slug, draft.pk]
    for address in (draft.get_absolute_url(), reverse("records:recommend", args=here)):
        assert "it goes on on the second" in browser.get(address).content.decode(), address
    made = deciding.enter_decision(ada, drafting.recommend(ada, draft), minute())
    issue = browser.get(reverse("records:issue", args=[*here])).content.decode()
    assert f"The longest part is “{name}”" in issue
    assert not too_long(written_short(made))


def written_short(decision: Decision) -> Decision:
    """The same decision in few words; nothing is saved."""
    decision.summary = decision.next_steps = SAID
    return decision


@pytest.mark.parametrize("times", [10, 20, 30, 40])
def test_what_is_told_is_what_the_paper_does(
    ada: User, ready: Decision, issue: Issue, times: int
) -> None:
    draft = written(ada, ready, summary=" ".join([SAID] * times))
    made = deciding.enter_decision(ada, drafting.recommend(ada, draft), minute())
    first = pages_of(issue(made)["records.decision"])[0]
    fits = "What happens next" in first and first.count("carers one day") == times + 2
    assert bool(too_long(made)) != fits
