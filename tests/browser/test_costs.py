# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""What choosing costs and what counts, in a real browser: at three widths, nothing for axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.costs import actions
from decisions.criteria import actions as criteria
from decisions.criteria.judging.health import to_begin_with
from decisions.criteria.judging.library import Standing
from tests.browser.conftest import PageFor
from tests.browser.looking import Look, look  # noqa: F401
from tests.decisions.costs.conftest import put_question
from tests.decisions.criteria.conftest import make_final, write_draft
from tests.decisions.criteria.test_health import make_whole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_of_costs(
    programme: Programme, ada: User, cora: User, page_for: PageFor, look: Look
) -> None:
    question = put_question(ada, programme)
    actions.choose_routes(cora, question, ["grant", "devolved_grants", "open_competition"])
    actions.keep_version(cora, question, "The first.")
    survey = actions.make_survey(cora, question, "The day centre, 2024", "open_competition", 6)
    where = [programme.slug, question.pk]
    runner, stranger = page_for(cora), page_for(None)
    for name in ("compare", "sources", "versions"):
        look(runner, reverse(f"costs:{name}", args=where))
        look(stranger, reverse(f"costs:{name}", args=where))
    look(runner, reverse("costs:route", args=[*where, "open_competition"]))
    look(runner, reverse("costs:inputs", args=[*where, "grant", "applicants"]))
    for name in ("choose", "uses", "keep", "surveys"):
        look(runner, reverse(f"costs:{name}", args=where))
    look(runner, reverse("costs:price", args=[*where, "grant"]))
    look(runner, reverse("costs:survey", args=[*where, survey.pk]))
    link = survey.links.first()
    assert link is not None
    look(stranger, reverse("costs:report", args=[actions.link_token(link.pk)]))


def test_a_bidder_who_lost_says_what_it_took_and_the_figure_moves(
    programme: Programme, ada: User, cora: User, page_for: PageFor
) -> None:
    question = put_question(ada, programme)
    survey = actions.make_survey(cora, question, "The day centre, 2024", "open_competition", 5)
    for link in survey.links.all():
        phone = page_for(None, width=320)
        phone.goto(reverse("costs:report", args=[actions.link_token(link.pk)]))
        phone.get_by_label("We were not chosen").check()
        phone.get_by_label("How many hours did it take, all of you together?").fill("200")
        phone.get_by_role("button", name="Send").click()
        expect(phone.get_by_text("Your answer is counted.").first).to_be_visible()
    page = page_for(cora)
    page.goto(reverse("costs:route", args=[programme.slug, question.pk, "open_competition"]))
    expect(page.get_by_text("5 reports count for 33%")).to_be_visible()


def test_every_page_of_criteria(
    programme: Programme, ada: User, cora: User, page_for: PageFor, look: Look
) -> None:
    question = put_question(ada, programme)
    final = make_final(cora, write_draft(cora, question))
    draft = write_draft(cora, put_question(ada, programme, "Lunches"))
    row = draft.criteria.first()
    assert row is not None
    runner, stranger = page_for(cora), page_for(None)
    here = [programme.slug, question.pk, final.pk]
    for person in (runner, stranger):
        look(person, reverse("criteria:all", args=here[:2]))
        look(person, reverse("criteria:criteria", args=here))
        look(person, reverse("criteria:try", args=here))
    there = [programme.slug, draft.question_id, draft.pk]
    for name in ("criteria", "library", "new_criterion", "scale", "demands", "judges", "finalise"):
        look(runner, reverse(f"criteria:{name}", args=there))
    look(runner, reverse("criteria:criterion", args=[*there, row.pk]))


def test_every_page_of_criteria_of_the_health_regime(
    programme: Programme, ada: User, cora: User, page_for: PageFor, look: Look
) -> None:
    runner, stranger = page_for(cora), page_for(None)
    for what_for in ("health_compete", "health_suitable", "health_existing"):
        held = criteria.begin_criteria(cora, put_question(ada, programme, what_for), what_for)
        here = [programme.slug, held.question_id, held.pk]
        for name in ("library", "basics", "demands", "new_criterion"):
            look(runner, reverse(f"criteria:{name}", args=here))
        criteria.add_suggestions(cora, held, to_begin_with(Standing(what_for)))
        look(runner, reverse("criteria:criteria", args=here))
        access = held.criteria.get(key="access")
        look(runner, reverse("criteria:criterion", args=[*here, access.pk]))
        held = criteria.finalise(cora, make_whole(cora, held))
        names = ["criteria", "try"] if held.chooses else ["criteria"]
        for name in names:
            look(stranger, reverse(f"criteria:{name}", args=here))
