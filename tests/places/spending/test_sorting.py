"""Payees, rules and what people say: done by those who may, undone whole, remembered."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.evidence import evidence_sources
from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Organisation
from places.imports.importers import importers
from places.spending.actions import classifying, notes, payees
from places.spending.actions.importing import undo_import
from places.spending.matching import match_names, suggest
from places.spending.models import ClassificationRule, LineAbout, Payee, SpendingLine, Suggestion
from tests.cast import SignIn
from tests.participation.calls.pages import text
from tests.places.spending.conftest import ReadIn, line


@pytest.fixture
def alike(spent: Programme, read_in: ReadIn, lanes: Organisation) -> Suggestion:
    """A payee whose name is much like Lanes Neighbours'."""
    read_in([line("Lane Neighbours", 50)], name="alike.csv")
    return Suggestion.objects.get()


def rule(ada: User, programme: Programme, words: str = "lanes") -> ClassificationRule:
    outcome = programme.outcomes.first()
    values = {"payee_contains": words, "outcome": outcome, "service": "lunches"}
    return classifying.make_rule(ada, programme, values)


def test_a_person_confirms_a_suggestion_and_can_undo_it(
    alike: Suggestion, spent: Programme, ada: User, lanes: Organisation
) -> None:
    assert payees.confirm_suggestions(ada, spent, [alike.pk]) == 1
    payee = Payee.objects.get(pk=alike.payee_id)
    assert (payee.organisation, payee.how, payee.kind, payee.is_local) == (
        lanes,
        "confirmed",
        "vcse",
        True,
    )
    assert payees.undo_matches(ada, spent, [payee.pk]) == 1
    payee.refresh_from_db()
    assert (payee.organisation, payee.how, payee.kind, payee.is_local) == (
        None,
        "",
        "unknown",
        None,
    )


def test_whoever_is_named_like_a_person_is_hidden_again_when_a_match_is_undone(
    spent: Programme, ada: User, lanes: Organisation
) -> None:
    payee = Payee.objects.get(name="Mrs P Lockkeeper")
    payees.match_by_hand(ada, spent, payee, lanes)
    payees.undo_matches(ada, spent, [payee.pk])
    payee.refresh_from_db()
    assert payee.kind == Payee.Kind.PERSON


def test_a_refusal_is_remembered(alike: Suggestion, spent: Programme, ada: User) -> None:
    assert payees.refuse_suggestions(ada, spent, [alike.pk]) == 1
    suggest(spent.place_id)
    assert not Suggestion.objects.filter(state="waiting").exists()


def test_a_match_taken_away_is_not_made_again_by_itself(spent: Programme, ada: User) -> None:
    payee = Payee.objects.get(name="Lanes Neighbours")
    assert payee.how == "exact"
    payees.undo_matches(ada, spent, [payee.pk])
    match_names(spent.place_id)
    payee.refresh_from_db()
    assert payee.organisation is None


def test_a_name_held_back_is_matched_to_nobody(
    spent: Programme, ada: User, lanes: Organisation
) -> None:
    held = Payee.objects.get(kind="redacted")
    with pytest.raises(Invalid, match="stands for nobody"):
        payees.match_by_hand(ada, spent, held, lanes)
    with pytest.raises(IntegrityError, match="held_back_is_nobody"), transaction.atomic():
        Payee.objects.filter(pk=held.pk).update(organisation=lanes, how="confirmed")


def test_kinds_that_names_hint_at_are_taken_in_bulk(spent: Programme, ada: User) -> None:
    everybody = list(Payee.objects.values_list("pk", flat=True))
    assert payees.accept_kinds(ada, spent, everybody) == 2
    assert Payee.objects.get(name="Ferry Cabs Limited").kind == "business"


def test_those_who_do_not_run_the_programme_sort_nothing(
    alike: Suggestion, spent: Programme, priya: User
) -> None:
    with pytest.raises(Refused):
        payees.confirm_suggestions(priya, spent, [alike.pk])
    with pytest.raises(Refused):
        rule(priya, spent)


def test_a_rule_is_previewed_applied_and_undone(spent: Programme, ada: User) -> None:
    made = rule(ada, spent)
    before = classifying.preview(made)
    assert (before.lines, before.said, before.new) == (2, 0, 2)
    assert not LineAbout.objects.exists()
    assert classifying.apply_rule(ada, made) == 2
    assert classifying.preview(made).new == 0
    assert classifying.undo_rule(ada, made) == 2
    assert not LineAbout.objects.exists()
    with pytest.raises(Invalid, match="not applied"):
        classifying.undo_rule(ada, made)


def test_a_rule_says_nothing_of_what_is_said_already(spent: Programme, ada: User) -> None:
    other = spent.outcomes.last()
    found = SpendingLine.objects.filter(payee__name="Lanes Neighbours").first()
    assert found is not None
    classifying.say_about(ada, spent, found, other, "")
    assert classifying.apply_rule(ada, rule(ada, spent)) == 1
    assert LineAbout.objects.get(line=found).outcome == other


def test_a_rule_does_not_find_people_by_their_names(spent: Programme, ada: User) -> None:
    assert classifying.preview(rule(ada, spent, "Lockkeeper")).lines == 0


def test_the_database_refuses_an_outcome_of_another_programme(
    spent: Programme, other_programme: Programme, ada: User
) -> None:
    foreign = Outcome.objects.get(programme=other_programme)
    with pytest.raises(Invalid, match="of this programme"):
        classifying.make_rule(
            ada, spent, {"payee_contains": "x", "outcome": foreign, "service": ""}
        )
    found = SpendingLine.objects.first()
    assert found is not None
    with pytest.raises(Exception, match="another programme"), transaction.atomic():
        LineAbout.objects.create(line=found, programme=spent, outcome=foreign, by=ada)


def test_members_who_could_gain_may_speak_and_observers_watch(
    spent: Programme, priya: User, olu: User, cora: User
) -> None:
    note = notes.write_note(priya, spent, "better", "Two vans on one round.", notes.Subject())
    notes.reply(cora, note, "We will look.")
    with pytest.raises(Refused, match="Observers watch"):
        notes.reply(olu, note, "Me too.")


def test_the_options_stage_sees_what_is_said_and_what_nobody_funds(
    spent: Programme, ada: User, priya: User
) -> None:
    classifying.apply_rule(ada, rule(ada, spent))
    note = notes.write_note(priya, spent, "better", "Two vans on one round.", notes.Subject())
    said = [item.words for item in evidence_sources["spending"].items(spent, ada)]
    assert any("£18,000 is known to go towards" in words for words in said)
    assert any("Two vans on one round." in words for words in said)
    gaps = evidence_sources["nobody_funds"].items(spent, ada)
    assert [item.outcome_id for item in gaps] == [spent.outcomes.last().pk]  # type: ignore[union-attr]
    assert "1 provider is paid" in evidence_sources["market"].items(spent, ada)[0].words
    notes.hide_note(ada, note, "Names somebody.")
    said = [item.words for item in evidence_sources["spending"].items(spent, ada)]
    assert not any("Two vans" in words for words in said)


def test_where_no_list_was_read_nobody_says_what_nobody_funds(
    spent: Programme,
) -> None:
    source = evidence_sources["nobody_funds"]
    assert source.gate(spent)
    undo_import(spent.place.imports.get())
    why = source.gate(spent)
    assert not why
    assert "not known what nobody funds" in str(why.reason)


def test_no_evidence_of_money_while_the_gate_is_closed(vision_programme: Programme) -> None:
    for name in ("spending", "market", "nobody_funds"):
        assert not evidence_sources[name].gate(vision_programme)


@pytest.mark.django_db(transaction=True)
def test_a_rule_applied_by_three_people_at_once_speaks_once(spent: Programme, ada: User) -> None:
    made, done = rule(ada, spent), []

    def apply() -> None:
        try:
            done.append(classifying.apply_rule(ada, made))
        finally:
            connection.close()

    threads = [threading.Thread(target=apply) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 0, 2]
    assert LineAbout.objects.count() == 2


def test_after_undo_and_reading_in_again_a_rule_that_is_applied_asks_to_be_applied_to_new_lines(
    programme: Programme, read_in: ReadIn, ada: User, sign_in: SignIn
) -> None:
    file = read_in()
    outcome = programme.outcomes.first()
    values = {"payee_contains": "weirside", "outcome": outcome, "service": ""}
    rule = classifying.make_rule(ada, programme, values)
    assert classifying.apply_rule(ada, rule) == 2
    undo_import(file.run, ada)
    # The same file again, from the programme: its result says it, and so does the list of rules.
    file.run.programme = programme
    again = read_in(name="again.csv")
    again.run.programme = programme
    notes = importers["spending"].finish(again.run)
    assert any("2 lines hold the words of rules that are applied" in note for note in notes)
    browser = sign_in(ada)
    page = reverse("spending:rules", args=[programme.slug])
    said = text(browser.get(page))
    assert "0 lines; 2 new lines match" in said
    assert "Not to new lines" in said
    browser.post(page)
    said = text(browser.get(page))
    assert "new lines match" not in said
    assert rule.lines.count() == 2
    about = text(browser.get(reverse("spending:rule", args=[programme.slug, rule.pk])))
    assert "The rule is applied: it says what 2 of them are about." in about
    assert "would say" not in about
