"""Nobody who could gain decides, no other sum passes for the recommended one, slips are open."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Declaration
from decisions.questions.models import Question
from decisions.records.actions import correcting, deciding, drafting
from decisions.records.models import Correction, Decision
from decisions.records.names import reads_like
from decisions.records.readiness import missing_to_recommend
from decisions.records.story import story
from decisions.trees.versions import write_sheet
from tests.cast import SignIn
from tests.decisions.records.conftest import Issue, minute, write_all
from tests.decisions.records.test_on_paper import RULES, section
from tests.decisions.records.test_record import text_of
from tests.decisions.records.test_whose_rules import by, walked


@pytest.fixture
def cora_could_gain(question: Question, cora: User) -> User:
    """Cora declared that she could gain."""
    member = question.programme.memberships.get(user=cora)
    Declaration.objects.create(membership=member, could_gain=True, words="My sister sits there.")
    return cora


LAW = "Localism Act 2011, section 1"


def before(ada: User, draft: Decision, kind: str, name: str, power: str = LAW) -> Decision:
    """Recommended to somebody, with a power."""
    values = by(kind, name) | {"power": power}
    return drafting.recommend(ada, write_all(ada, draft, power=values))


@pytest.mark.parametrize(
    ("words", "is_her"),
    [
        ("Cora Whitfield, Head of Communities", True),
        ("Whitfield, Cora", True),
        ("the Head of Communities (C. Whitfield)", True),
        ("Cllr Whitfield in the chair", True),
        ("Cora W.", True),
        ("CORA WHITFEILD", True),
        ("Head of Communities", False),
        ("John Whitfield", False),
        ("The cabinet, at Whitfield Road", False),
        ("Cora Bell", False),
        ("", False),
    ],
)
def test_a_name_is_known_as_people_write_it(words: str, is_her: bool) -> None:
    assert reads_like(words, "Cora Whitfield") is is_her


def test_an_officer_who_could_gain_is_not_written_down_as_the_one_who_decided(
    ada: User, draft: Decision, cora_could_gain: User, sign_in: SignIn
) -> None:
    recommended = before(ada, draft, "officer", "Head of Communities")
    page = sign_in(ada).get(f"{recommended.get_absolute_url()}decide/").context["form"]
    offered = {str(one) for one in page.fields["officer"].queryset}
    assert "Ada Nwosu" in offered
    assert "Cora Whitfield" not in offered
    with pytest.raises(Invalid, match="Cora Whitfield declared an interest or could gain"):
        deciding.enter_decision(
            ada, recommended, minute(decided_by="Cora Whitfield, Head of Communities")
        )
    made = deciding.enter_decision(
        ada, recommended, minute(decided_by="Lena Ford, Director", call_in_until=None)
    )
    assert made.is_decided


def test_naming_such_an_officer_is_refused_before_it_is_recommended(
    ada: User, draft: Decision, cora_could_gain: User
) -> None:
    ready = write_all(ada, draft, power=by("officer", "C Whitfield, Head of Communities"))
    assert any("declared an interest" in words for _part, words in missing_to_recommend(ready))
    with pytest.raises(Invalid, match="declared an interest"):
        drafting.recommend(ada, ready)


def test_at_a_table_of_several_what_was_done_about_it_is_written_down_first(
    ada: User, draft: Decision, cora_could_gain: User
) -> None:
    recommended = before(ada, draft, "cabinet", "Cabinet of Rivermead Council")
    named = minute(decided_by="The Cabinet, Cllr Cora Whitfield in the chair")
    with pytest.raises(Invalid, match="Localism Act 2011, sections 31 to 34"):
        deciding.enter_decision(ada, recommended, named)
    drafting.declare_interest(
        ada, recommended, who="Cllr Whitfield", what="Her sister.", dispensation="Left the room."
    )
    made = deciding.enter_decision(ada, recommended, replace(named, had_interest=True))
    said = str(section(made, "conflicts"))
    assert "Cora Whitfield, who could gain" in said
    assert "No interest of those" not in said


def test_a_record_never_says_that_nobody_declared_where_a_name_matches(
    ada: User, ready: Decision, cora: User
) -> None:
    Decision.objects.filter(pk=ready.pk).update(body_name="Cora Whitfield, Head of Communities")
    member = ready.question.programme.memberships.get(user=cora)
    Declaration.objects.create(membership=member, could_gain=True, words="My sister sits there.")
    said = str(section(Decision.objects.get(pk=ready.pk), "conflicts"))
    assert "Cora Whitfield, who could gain" in said
    assert "No interest of those who decide or advise is written down here so far." in said


def test_the_member_who_is_the_officer_stands_with_name_and_post(
    ada: User, draft: Decision, cora: User, sign_in: SignIn
) -> None:
    recommended = before(ada, draft, "officer", "Head of Communities")
    today = minute().decided_on
    typed = {
        "outcome": "agreed",
        "decided_on-day": str(today.day),
        "decided_on-month": str(today.month),
        "decided_on-year": str(today.year),
        "officer": str(cora.pk),
        "decided_by": "Head of Communities",
        "words": "Agreed.",
        "had_interest": "no",
    }
    response = sign_in(ada).post(f"{recommended.get_absolute_url()}decide/", typed)
    assert response.status_code == 302, response.context["form"].errors
    recommended.refresh_from_db()
    assert recommended.decided_by == "Cora Whitfield, Head of Communities"


def test_another_amount_is_agreed_with_changes_and_for_a_reason(
    ada: User, draft: Decision, issue: Issue
) -> None:
    recommended = before(ada, draft, "cabinet", "Cabinet of Rivermead Council")
    with pytest.raises(Invalid, match="not what was recommended: £180,000"):
        deciding.enter_decision(ada, recommended, minute(amount=Decimal(90_000)))
    with pytest.raises(Invalid, match="Say what was changed"):
        deciding.enter_decision(ada, recommended, minute(outcome="changed", amount=Decimal(90_000)))
    changed = minute(
        outcome="changed", amount=Decimal(90_000), why_changed="Half, until the review in May."
    )
    made = deciding.enter_decision(ada, recommended, changed)
    assert "Half, until the review in May." in str(section(made, "power"))


@pytest.mark.parametrize("amount", [None, Decimal(180_000), Decimal(300_000)])
def test_what_is_first_agreed_and_all_of_it_with_options_are_as_recommended(
    ada: User, recommended: Decision, amount: Decimal | None
) -> None:
    assert deciding.enter_decision(ada, recommended, minute(amount=amount)).is_decided


def test_no_more_is_decided_than_the_power_that_is_named_goes_up_to(
    ada: User, draft: Decision
) -> None:
    power = "Localism Act 2011; scheme of delegation, paragraph 7 (grants up to £50,000)"
    ready = write_all(ada, draft, power=by("officer", "The director") | {"power": power})
    with pytest.raises(Invalid, match=r"goes up to £50,000, and this is £300,000"):
        drafting.recommend(ada, ready)
    question = draft.question
    question.net_value, question.options_value = Decimal(20_000), None
    question.save()
    recommended = drafting.recommend(ada, Decision.objects.get(pk=ready.pk))
    with pytest.raises(Invalid, match=r"goes up to £50,000, and this is £90,000"):
        deciding.enter_decision(
            ada,
            recommended,
            minute(outcome="changed", amount=Decimal(90_000), why_changed="More was asked for."),
        )


def test_no_more_is_decided_than_the_bodys_own_rules_let_that_officer_decide(
    ada: User, question: Question
) -> None:
    steps = [
        {"up_to": "50000", "who": "the head of service"},
        {"up_to": "350000", "who": "the director"},
    ]
    write_sheet(ada, question.programme, date(2026, 4, 1), RULES | {"delegations": steps}, "")
    walked(ada, question)
    draft = drafting.begin_decision(ada, question, "Daytime company in the Lanes")
    heads = write_all(ada, draft, power=by("officer", "Lena Ford, Head of Service"))
    assert any(
        "lets the head of service decide up to £50,000, and this is £300,000" in words
        for _part, words in missing_to_recommend(heads)
    )
    directors = write_all(ada, draft, power=by("officer", "The Director"))
    assert not any("decide up to" in words for _part, words in missing_to_recommend(directors))


def test_a_slip_is_corrected_in_the_open_and_the_next_version_shows_it(
    ada: User, recommended: Decision, issue: Issue, sign_in: SignIn
) -> None:
    wrong = minute(amount=Decimal(300_000), decided_by="The Cabinet, its leder in the chair")
    made = deciding.enter_decision(ada, recommended, wrong)
    issue(made)
    page = sign_in(ada).get(
        reverse("records:correct", args=[made.question.programme.slug, made.pk])
    )
    assert "what was decided does not change" in page.content.decode()
    with pytest.raises(Invalid, match="Nothing is different"):
        correcting.correct(ada, made, {"amount": Decimal(300_000)}, "A slip.")
    with pytest.raises(Invalid, match="not what was recommended"):
        correcting.correct(ada, made, {"amount": Decimal(90_000)}, "A slip.")
    right = {"amount": Decimal(180_000), "decided_by": "The Cabinet, its leader in the chair"}
    made = correcting.correct(ada, made, right, "The minute says £180,000.")
    assert made.corrections.count() == 2
    document = issue(made, "A slip in the amount.")["records.decision"]
    said = text_of(document)
    assert document.version == 2
    for words in ("Slips that were corrected", "£300,000", "The minute says £180,000."):
        assert words in said, words


def test_a_slip_of_the_amount_is_mended_where_the_paper_names_that_sum(
    ada: User, recommended: Decision
) -> None:
    """The minute says £160,000; £180,000 was recommended, and typed from the report by mistake."""
    made = deciding.enter_decision(ada, recommended, minute(amount=Decimal(180_000)))
    amount = {"amount": Decimal(160_000)}
    with pytest.raises(Invalid, match="in the words of the paper that says so") as refused:
        correcting.correct(ada, made, amount, "The report's figure was typed.")
    assert "Choose" not in str(refused.value), "it names nothing that is not on this page"
    words = {"decision_words": "Agreed, at £160,000."}
    made = correcting.correct(ada, made, amount | words, "The report's figure was typed.")
    assert "Agreed, with another amount than was recommended" in str(section(made, "power"))
    assert ", with changes: " in story(made)["sentence"]
    assert "£160,000 was decided." in str(section(made, "summary"))


def test_the_database_lets_nothing_decided_be_reworded_without_its_correction(
    ada: User, decided: Decision
) -> None:
    for changed in ({"amount": Decimal(1)}, {"decided_by": "Somebody else"}, {"change_words": "x"}):
        with pytest.raises(DatabaseError, match="not reworded"), transaction.atomic():
            Decision.objects.filter(pk=decided.pk).update(**changed)
    correcting.correct(ada, decided, {"minute": "Minute 15"}, "The clerk's number.")
    row = Correction.objects.get()
    with pytest.raises(DatabaseError, match="not reworded"), transaction.atomic():
        # The row that let it change once does not let it change back and forth.
        Decision.objects.filter(pk=decided.pk).update(minute=row.before)


def test_nothing_has_come_of_a_call_in_before_anything_has(ada: User, decided: Decision) -> None:
    called = deciding.call_in(ada, decided, "Too few were asked.")
    power = str(section(called, "power"))
    assert "Why it was called in" in power
    assert "What came of the call-in" not in power
    stands = deciding.answer_call_in(ada, called, stands=True, words="Three more were asked.")
    assert (stands.called_in_for, stands.call_in_words) == (
        "Too few were asked.",
        "Three more were asked.",
    )


def test_why_not_the_recommended_route_is_asked_and_printed_and_the_chosen_one_is_marked(
    ada: User, question: Question
) -> None:
    walked(ada, question)
    draft = drafting.begin_decision(ada, question, "Daytime company in the Lanes")
    ready = write_all(ada, draft, route={"route": "no_purchase", "why_other": ""})
    (asked,) = [words for _part, words in missing_to_recommend(ready) if "another route" in words]
    assert "say why not that one" in asked
    ready = drafting.write_section(
        ada, ready, "route", {"route": "no_purchase", "why_other": "The panel is not ready."}
    )
    assert not [words for _part, words in missing_to_recommend(ready) if "another route" in words]
    said = str(section(ready, "routes"))
    assert "The panel is not ready." in said
    assert said.count("CHOSEN HERE") == 1
