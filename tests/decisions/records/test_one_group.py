"""A grant without a call names its group: whoever belongs to it could gain, and papers say so."""

import pytest
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from decisions.questions.conflicts import may_decide_on, stakes
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import cautions, missing_to_recommend
from decisions.trees import paper
from decisions.trees.models import Appraisal
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.records.conftest import write_all
from tests.decisions.records.test_on_paper import section
from tests.decisions.walks.conftest import answer_all, walk

__all__ = ["walk"]

NAMED = {
    "route": "grant",
    "form": "named_recipient",
    "no_call": "Nobody else meets them on the stairs.",
    "route_name": "a grant to one group",
    "why_other": "It is quick.",
}


def group_of(question: Question) -> Organisation:
    """The organisation that a member of the programme speaks for, and that decides nothing here."""
    member = question.programme.memberships.exclude(organisation=None).exclude(
        organisation=question.who_buys
    )
    found = member.select_related("organisation").first()
    assert found is not None
    assert found.organisation is not None
    return found.organisation


def test_the_page_asks_which_group_and_its_members_could_gain_from_then_on(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    question, group = draft.question, group_of(draft.question)
    before = {one.member.pk for one in stakes(question) if one.by_fact}
    assert not before
    write_all(ada, draft)
    here = reverse("records:section", args=[question.programme.slug, draft.pk, "route"])
    browser = sign_in(ada)
    page = browser.get(here).content.decode()
    assert "Which group?" in page
    assert "Or, if it is not in the directory: its name" in page
    answer = browser.post(here, {**NAMED, "goes_to": str(group.pk)})
    assert answer.status_code == 302, answer.context["form"].errors
    question.refresh_from_db()
    assert question.goes_to == group
    gaining = [one for one in stakes(question) if one.by_fact]
    assert {one.member.organisation for one in gaining} == {group}
    assert gaining[0].declared == (
        "Could gain, by fact: speaks for the group that is named to get the grant"
    )
    assert f"{group.name} is named to get the grant." in gaining[0].words
    why = may_decide_on(gaining[0].member.user, question)
    assert not why
    told = str(section(Decision.objects.get(pk=draft.pk), "conflicts"))
    assert f"{group.name} is named to get the grant, so its members could gain" in told
    assert "No member could gain" not in told
    assert group.name in str(section(Decision.objects.get(pk=draft.pk), "question"))


def test_who_speaks_for_the_group_does_not_recommend_the_grant_to_it(
    ada: User, draft: Decision
) -> None:
    question = draft.question
    ready = write_all(ada, draft)
    own = Organisation.objects.create(
        name="Friends of Ada", slug="friends-of-ada", kind="community_group"
    )
    question.programme.memberships.filter(user=ada).update(organisation=own)
    ready = drafting.write_section(ada, ready, "route", NAMED | {"goes_to": own})
    with pytest.raises(Refused, match="You speak for the group that is named to get the grant"):
        drafting.recommend(ada, ready)


def test_a_group_that_the_directory_has_not_is_named_in_words(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    write_all(ada, draft)
    here = reverse("records:section", args=[draft.question.programme.slug, draft.pk, "route"])
    browser = sign_in(ada)
    browser.post(here, NAMED)
    lacking = missing_to_recommend(Decision.objects.get(pk=draft.pk))
    assert ("route", "Say which group the grant goes to.") in lacking
    browser.post(here, NAMED | {"goes_to_words": "The Bowling Green Gardeners"})
    fresh = Decision.objects.get(pk=draft.pk)
    assert fresh.question.one_group == "The Bowling Green Gardeners"
    assert not missing_to_recommend(fresh)
    assert any("is not in the directory" in words for words in cautions(fresh))
    assert "is to say whether" in str(section(fresh, "conflicts"))


def test_a_name_that_the_directory_has_is_taken_from_it(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    write_all(ada, draft)
    group = group_of(draft.question)
    here = reverse("records:section", args=[draft.question.programme.slug, draft.pk, "route"])
    sign_in(ada).post(here, NAMED | {"goes_to_words": group.name.upper()})
    draft.question.refresh_from_db()
    assert (draft.question.goes_to, draft.question.goes_to_words) == (group, "")


def test_another_form_or_a_withdrawn_draft_names_no_group(ada: User, draft: Decision) -> None:
    ready = write_all(ada, draft)
    group = group_of(draft.question)
    ready = drafting.write_section(ada, ready, "route", NAMED | {"goes_to": group})
    ready = drafting.write_section(ada, ready, "route", NAMED | {"form": ""})
    assert not ready.question.one_group
    ready = drafting.write_section(ada, ready, "route", NAMED | {"goes_to": group})
    drafting.withdraw(ada, ready, "Another way.")
    assert not Question.objects.get(pk=ready.question_id).one_group


def test_the_conflicts_paper_of_the_walk_shows_who_speaks_for_the_group(
    ada: User, walk: Appraisal, draft: Decision
) -> None:
    answer_all(ada, walk, {})
    group = group_of(draft.question)
    drafting.write_section(ada, draft, "route", NAMED | {"goes_to": group})
    told = str(paper.data(walk.pk)["seats"])
    assert "speaks for the group that is named to get the grant" in told
    with pytest.raises(Invalid):
        drafting.write_section(ada, draft, "route", NAMED | {"form": "nonsense"})


def test_a_name_that_two_organisations_have_is_taken_for_neither(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    group = group_of(draft.question)
    Organisation.objects.create(slug="its-namesake", name=group.name, kind=group.kind)
    write_all(ada, draft)
    here = reverse("records:section", args=[draft.question.programme.slug, draft.pk, "route"])
    answer = sign_in(ada).post(here, NAMED | {"goes_to_words": group.name})
    assert answer.status_code == 422
    assert "several of that name" in str(answer.context["form"].errors["goes_to_words"])
    draft.question.refresh_from_db()
    assert draft.question.goes_to is None
