"""Two people, or two tabs, at the costs: the late one sees both, and loses nothing."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from commissioning.design.revisions import Overtaken
from commissioning.people.models import User
from decisions.costs import actions, stands
from decisions.costs.actions import Points
from decisions.costs.costed import QuestionCosts
from decisions.costs.labels import ROUTES
from decisions.costs.models import CostInput, CostModel
from decisions.questions.models import Question
from tests.cast import SignIn
from tests.decisions.records.test_two_tabs import sent_back

MEANWHILE = "What somebody else wrote here meanwhile"
ROUTE, BIDDERS, HOURS = "open_competition", "applicants", "apply_hours_each"


def url(name: str, question: Question, *more: object) -> str:
    return reverse(f"costs:{name}", args=[question.programme.slug, question.pk, *more])


def sent(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody touched: three boxes are sent one by one."""
    found = sent_back(form)
    for name, value in list(found.items()):
        if isinstance(value, str) and value.startswith("("):
            three = form[name].value()
            found |= {
                f"{name}-{part}": f"{one:g}"
                for part, one in zip(("low", "likely", "high"), three, strict=True)
            }
            del found[name]
    return found


def three(name: str, low: int, likely: int, high: int) -> dict[str, str]:
    boxes = zip(("low", "likely", "high"), (low, likely, high), strict=True)
    return {f"{name}-{part}": str(one) for part, one in boxes}


@pytest.fixture
def people(question: Question) -> str:
    """The page of how many bid for a contract."""
    return url("inputs", question, ROUTE, "applicants")


def own(question: Question) -> dict[str, tuple[int, str]]:
    rows = CostInput.objects.filter(model__question=question)
    return {one.key: (int(one.likely), one.why) for one in rows}


def test_two_people_who_change_two_figures_both_have_theirs(
    ada: User, cora: User, question: Question, people: str, sign_in: SignIn
) -> None:
    hers, his = sign_in(ada), sign_in(cora)
    first = sent(hers.get(people).context["form"]) | {"why": "Who bid in 2024."}
    second = sent(his.get(people).context["form"]) | {"why": "Our time sheets."}
    assert hers.post(people, first | three(BIDDERS, 4, 5, 9)).status_code == 302
    assert his.post(people, second | three(HOURS, 40, 70, 120)).status_code == 302
    said = own(question)
    assert said == {BIDDERS: (5, "Who bid in 2024."), HOURS: (70, "Our time sheets.")}


def test_two_people_who_change_one_figure_see_both_before_either_is_replaced(
    ada: User, cora: User, question: Question, people: str, sign_in: SignIn
) -> None:
    hers, his = sign_in(ada), sign_in(cora)
    first = sent(hers.get(people).context["form"]) | {"why": "Who bid in 2024."}
    second = sent(his.get(people).context["form"]) | {"why": "A guess."}
    hers.post(people, first | three(BIDDERS, 4, 5, 9))
    clash = his.post(people, second | three(BIDDERS, 2, 3, 1000))
    assert clash.status_code == 422
    page = clash.content.decode()
    assert MEANWHILE in page
    assert "low 4, likely 5, high 9" in page
    assert 'value="1000"' in page
    assert "A guess." in page
    assert own(question)[BIDDERS] == (5, "Who bid in 2024."), "nothing is replaced unseen"
    again = clash.context["form"].data.dict()
    assert his.post(people, again).status_code == 302
    assert own(question)[BIDDERS] == (3, "A guess.")


def test_a_reason_without_a_figure_is_refused_and_stands_in_its_box(
    ada: User, question: Question, people: str, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    untouched = sent(browser.get(people).context["form"]) | {"why": "Asked three charities."}
    refused = browser.post(people, untouched)
    assert refused.status_code == 422
    assert "No figure is different from what stands here" in refused.content.decode()
    assert "Asked three charities." in refused.content.decode()
    assert not CostInput.objects.exists()


def test_saving_the_same_twice_is_no_clash(
    ada: User, question: Question, people: str, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    typed = sent(browser.get(people).context["form"]) | three(BIDDERS, 4, 5, 9) | {"why": "2024."}
    assert [browser.post(people, typed).status_code for _time in range(2)] == [302, 302]


def test_how_the_price_is_known_may_be_said_better_and_not_unseen(
    ada: User, cora: User, question: Question, sign_in: SignIn
) -> None:
    address, hers, his = url("price", question, ROUTE), sign_in(ada), sign_in(cora)
    first = sent(hers.get(address).context["form"]) | {"share": "80", "why": "We asked one."}
    assert hers.post(address, first).status_code == 302
    one, other = (sent(browser.get(address).context["form"]) for browser in (hers, his))
    assert hers.post(address, one | {"why": "We asked all four."}).status_code == 302
    assert own(question)["price_share"][1] == "We asked all four."
    clash = his.post(address, other | {"why": "We asked two."})
    assert clash.status_code == 422
    for words in (MEANWHILE, "We asked all four.", "We asked two."):
        assert words in clash.content.decode()


def test_rates_and_ways_to_compare_are_not_replaced_unseen(
    ada: User, cora: User, question: Question, sign_in: SignIn
) -> None:
    hers, his = sign_in(ada), sign_in(cora)
    pages: dict[str, tuple[dict[str, object], dict[str, object], str]] = {
        url("uses", question): ({"small_grant": "900"}, {"small_grant": "1200"}, "900"),
        url("choose", question): (
            {"routes": ["grant", "framework"]},
            {"routes": ["in_house", "open_competition"]},
            str(ROUTES["framework"]),
        ),
    }
    for address, (first, second, shown) in pages.items():
        one, other = (sent(browser.get(address).context["form"]) for browser in (hers, his))
        assert hers.post(address, one | first).status_code == 302
        clash = his.post(address, other | second)
        assert clash.status_code == 422, address
        assert MEANWHILE in clash.content.decode()
        assert shown in clash.content.decode()
    model = CostModel.objects.get(question=question)
    assert model.small_grant == 900
    assert model.routes == ["change_nothing", "grant", "framework"]


def test_what_was_typed_about_costs_while_it_went_to_the_cabinet_is_shown(
    ada: User, question: Question, people: str, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    kept = url("keep", question)
    late = {
        people: sent(browser.get(people).context["form"]) | {"why": "An hour of looking it up."},
        kept: {"what_changed": "An hour of looking it up."},
    }
    Question.objects.filter(pk=question.pk).update(state=Question.State.DECIDING)
    for address, typed in late.items():
        answer = browser.post(address, typed)
        assert answer.status_code == 403
        assert "This was not saved" in answer.content.decode()
        assert "An hour of looking it up." in answer.content.decode()


def test_what_is_saved_between_the_look_and_the_lock_is_held_against_too(
    ada: User, cora: User, question: Question
) -> None:
    stood = stands.points_of(QuestionCosts(question).inputs_of(ROUTE))
    mine = {BIDDERS: Points(Decimal(2), Decimal(3), Decimal(4))}
    actions.say_inputs(cora, question, ROUTE, {BIDDERS: Points(*map(Decimal, (4, 5, 9)))}, "2024.")
    with pytest.raises(Overtaken):
        actions.say_inputs(ada, question, ROUTE, mine, "A guess.", stood=stood)
    assert own(question)[BIDDERS] == (5, "2024.")
