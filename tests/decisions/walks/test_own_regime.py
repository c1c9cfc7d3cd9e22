"""On its way a walk shows routes of its own regime, and a what-if stands beside its own walk."""

import re

from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.costs.actions import choose_routes
from decisions.questions.models import Question
from decisions.trees import actions, here
from decisions.trees.effects import effects
from decisions.trees.engine import shipped_trees
from decisions.trees.models import Appraisal
from decisions.trees.results import result_of
from decisions.trees.standpoint import Standing
from tests.cast import SignIn
from tests.decisions.walks.conftest import BEGINS, answer_all, at, said, say

OF_THE_ACT = ("Light-touch", "Competition", "Framework", "below threshold", "Direct award on a")


def test_a_health_walk_shows_no_route_of_the_procurement_act_on_its_way(
    ada: User, question: Question, client: Client
) -> None:
    walk = actions.begin_walk(ada, question, "england-health", BEGINS)
    say(ada, walk, "need_to_buy", "yes")
    for key, value in (
        ("need_evidence", "strong"),
        ("what_works", "known"),
        ("present_works", "badly"),
        ("local_knowledge", "little"),
    ):
        say(ada, walk, key, value)
    standing = Standing(walk)
    shown = [leaf.title for leaf in here.draw(standing, "capable_providers").leaves]
    asked = standing.tree.questions["capable_providers"]
    for effect in effects(standing.working.walked, asked).values():
        shown += [*effect.raises, *effect.lowers]
    assert "Most suitable provider process" in shown
    assert not [title for title in shown if title.startswith(OF_THE_ACT)]
    client.force_login(ada)
    panel = said(client, at("ask", walk, "capable_providers")).split("cc-cost-panel")[-1]
    assert "Direct award process C" in panel
    assert "Light-touch competition" not in panel


def test_only_the_health_tree_closes_routes_from_the_first_question_on() -> None:
    general = shipped_trees()["england-general"].options.values()
    assert all(option.may_win for option in general)
    health = shipped_trees()["england-health"].options
    assert not health["light_touch_competition"].may_win
    assert health["grant"].may_win


def test_a_what_if_opens_beside_the_walk_that_it_began_from(
    ada: User, question: Question, client: Client
) -> None:
    first = actions.begin_walk(ada, question, "england-general", BEGINS)
    second = answer_all(ada, actions.begin_walk(ada, question, "england-general", BEGINS))
    tried = actions.try_what_if(ada, second, {"present_works": "well"})
    client.force_login(ada)
    address = reverse("trees:compare", args=[question.programme.slug, question.pk])
    page = said(client, f"{address}?b={tried.pk}")
    assert f'<option value="{second.pk}" selected' in page
    assert not re.search(rf'<option value="{first.pk}" selected', page)


def test_a_result_tells_no_form_of_a_route_that_is_closed(
    whole: Appraisal, ada: User, client: Client
) -> None:
    """How a grant to one named group is done is of no use where every grant is closed."""
    client.force_login(ada)
    assert "To one named group" in said(client, at("result", whole)).split("<h2>Forms</h2>")[-1]
    say(ada, whole, "payment_for", "service_we_specify")
    answer_all(ada, whole)
    standings = {row["option"]: row["standing"] for row in result_of(Standing(whole))["ranked"]}
    assert standings["grant"] == "excluded"
    forms = said(client, at("result", whole)).split("<h2>Forms</h2>")[-1]
    assert "To one named group, without a call" not in forms.split("</ul>")[0]


def test_what_others_answers_closed_is_not_told_to_who_has_not_answered(
    whole: Appraisal, sami: User, ada: User, sign_in: SignIn
) -> None:
    """Ada's answers closed some: Sami, who has answered nothing, reads all ways alike."""
    choose_routes(ada, whole.question, ["grant", "light_touch_competition"])

    def drawn(user: User) -> set[str]:
        context = sign_in(user).get(at("ask", whole, "local_knowledge")).context
        ((_template, panel),) = context["panels"]
        return {bar.key for bar in panel["bars"]}

    closed = {
        row["option"]
        for row in result_of(Standing(whole))["ranked"]
        if row["standing"] == "excluded"
    }
    assert not drawn(ada) & closed
    assert drawn(sami) & closed
