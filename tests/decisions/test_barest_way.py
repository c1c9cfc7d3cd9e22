"""The barest lawful way of a question of one's own, from nothing to its sealed record."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from commissioning.documents.making import make
from commissioning.documents.models import IssuedDocument, Rendering
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.records.models import Decision
from tests.cast import SignIn
from tests.decisions.hand import Hand
from tests.decisions.records.conftest import media, signed

__all__ = ["media", "signed"]

ANSWERS = {
    "need_to_buy": "yes",
    "need_evidence": "some",
    "what_works": "known",
    "present_works": "partly",
    "local_knowledge": "much",
    "capable_providers": "few",
    "small_provider_risk": "some",
    "collaboration": "some",
    "shape_of_need": "one_service",
    "market_opening": "some",
    "residents_ready": "some",
    "history": "mixed",
    "community_lead": "no",
    "intermediary": "no",
    "personal_choice": "little",
    "own_staff": "no",
    "framework_available": "no",
    "effort_in_proportion": "some",
    "time_left": "over_12_months",
    "label": "contract",
    "payment_for": "service_we_specify",
    "present": "contract",
    "extension": "none",
    "ending_or_reducing": "no",
    "public_partner": "none",
    "individual_budgets": "no",
    "buyer": "council",
    "reorganisation": "no",
    "health_services": "no",
    "contract_type": "light_touch",
    "net_value": "340000",
    "options_value": "0",
    "vat": "none",
    "area": "none",
    "reserved_to": "none",
    "providers_took_part": "no",
}
TITLE = "Advice on money and debt"
# What the walk asks a reason for; strong evidence would need one too.
WITH_A_REASON = {
    "need_to_buy",
    "present_works",
    "local_knowledge",
    "market_opening",
    "payment_for",
}
PAGES, TEXTS, MINUTES = 55, 13, 49
WHY = "People said so at both workshops, and the figures of the last three years agree."


def boxes(name: str, day: date) -> dict[str, str]:
    """A day in its three boxes."""
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def ask_it(hand: Hand, **more: str) -> None:
    today = timezone.localdate()
    hand.follow("Put a question")
    hand.press(
        "Save and continue",
        {
            "title": TITLE,
            "what": "How should people in Rivermead get good advice on money and debt?",
            **boxes("present_ends_on", today + timedelta(days=425)),
            **boxes("begins_on", today + timedelta(days=60)),
            **more,
        },
    )
    hand.press("Save and continue", {"net_value": "340,000", "vat": "none", "length_months": "36"})
    hand.press("Put the question")


def walk_it(hand: Hand) -> None:
    hand.press("Begin", {"tree": "england-general"})
    hand.press("Confirm and go on")
    while "/q/" in hand.address:
        key = hand.address.rstrip("/").rpartition("/")[2]
        form = hand.form("Save and continue")
        said = {}
        if form.values.get("value") != [ANSWERS[key]]:
            said["value"] = ANSWERS[key]
        if key in WITH_A_REASON:
            said["reason"] = WHY
        hand.press("Save and continue", said)


def lock_it(hand: Hand) -> None:
    hand.follow("Lock the walk")
    hand.press("Lock the walk")


def declare_it(hand: Hand) -> None:
    """Whoever walks and recommends says what they could gain: else conflicts are not met."""
    hand.follow("Declare for this question")
    hand.press("Declare it", {"could_gain": "no"})


def draft_it(hand: Hand) -> None:
    today = timezone.localdate()
    hand.follow("Go on: Draft the decision")
    hand.press("Continue")
    hand.follow("Who decides")
    hand.press(
        "Save and continue",
        {"body_kind": "cabinet", "body_name": "Cabinet of Rivermead", "law": "general"},
    )
    hand.press("Save and continue")
    hand.press("Save and continue")
    hand.press(
        "Save and continue", {"is_key": "yes", **boxes("notice_on", today - timedelta(days=40))}
    )
    form = hand.form("Save and continue")
    open_ = [name for name, kind in form.kinds.items() if kind == "select" and form.empty(name)]
    hand.press(
        "Save and continue", dict.fromkeys(open_, "met") | {f"{name}_words": WHY for name in open_}
    )


def decide_it(hand: Hand) -> None:
    today = timezone.localdate()
    hand.follow("Recommend it")
    hand.press("Recommend it")
    # The cabinet meets two weeks later, by a report that was published once it was recommended.
    Decision.objects.update(recommended_at=timezone.now() - timedelta(days=14))
    hand.follow("Write down what was decided")
    hand.press(
        "Write it down",
        {
            "outcome": "agreed",
            **boxes("decided_on", today),
            "words": WHY,
            **boxes("report_on", today - timedelta(days=10)),
            "had_interest": "no",
            **boxes("call_in_until", today + timedelta(days=7)),
        },
    )
    hand.follow("Issue the decision record")
    hand.press("Issue the record (PDF)")


def look_and_weigh(hand: Hand) -> None:
    """Costs and plan are looked at; the criteria are taken over and made final."""
    for words in ("Look at what each way costs", "Look at the plan"):
        hand.follow(words)
        hand.follow(TITLE)
    hand.follow("Write the criteria")
    hand.press("Begin")
    hand.press("Take them over")
    hand.press("Save and continue")
    hand.press("Save and continue", {"judges": hand.choice("judges")})
    hand.follow("Make them final")
    hand.press("Make them final")


def advise_it(hand: Hand) -> None:
    """What three officers said is typed in, one after the other."""
    hand.follow("Comments of the finance officer")
    for _post in range(3):
        hand.press("Save and continue", {"words": WHY})


def sealed(hand: Hand) -> None:
    """The worker seals the record."""
    for rendering in Rendering.objects.all():
        make(rendering.pk)
    assert IssuedDocument.objects.filter(type_name="records.decision").count() == 1, hand.told()


def test_the_barest_way_to_a_sealed_record(
    signed: None, programme: Programme, ada: User, sign_in: SignIn
) -> None:
    hand = Hand(sign_in(ada), reverse("questions:questions", args=[programme.slug]))
    ask_it(hand)
    walk_it(hand)
    lock_it(hand)
    declare_it(hand)
    draft_it(hand)
    decide_it(hand)
    sealed(hand)
    # None may creep up: a stranger has an hour for it, and thinks and reads beside typing.
    assert len(hand.steps) <= PAGES, hand.told()
    assert hand.texts <= TEXTS, hand.told()
    assert hand.minutes <= MINUTES, hand.told()


def test_the_full_way_to_a_sealed_record_takes_less_than_an_hour(
    signed: None, programme: Programme, ada: User, sign_in: SignIn
) -> None:
    hand = Hand(sign_in(ada), reverse("questions:questions", args=[programme.slug]))
    ask_it(hand, for_whom="People in Rivermead who owe money.")
    walk_it(hand)
    hand.follow("Recommend a route")
    hand.press("Recommend it", {"option": "below_threshold_reserved_vcse", "reason": WHY})
    lock_it(hand)
    declare_it(hand)
    look_and_weigh(hand)
    draft_it(hand)
    advise_it(hand)
    decide_it(hand)
    sealed(hand)
    assert hand.minutes < 60, hand.told()
