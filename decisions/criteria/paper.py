"""The criteria on paper: what those who bid or apply are judged by, by whom, on what scale."""

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.documents.models import IssuedDocument
from commissioning.documents.types import DocumentType, document_types
from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.rules import Person, may_run
from commissioning.programmes.voices import voices_of
from decisions.criteria.models import CriteriaSet, Criterion
from decisions.criteria.reading import Reading
from decisions.criteria.told import OF_THE_BASICS
from decisions.questions.who_may import who_may_answer
from places.directory.models import Place

PAPER: Final = "criteria.criteria"


def _set(set_id: UUID) -> CriteriaSet | None:
    return (
        CriteriaSet.objects.filter(pk=set_id)
        .select_related("question__programme__place", "question__who_buys")
        .first()
    )


def judged_in_words(one: Criterion) -> str:
    """How a criterion is judged; of a price the method by name."""
    method = str(one.criteria_set.get_price_method_display())
    named = f"By the price method ({method[:1].lower()}{method[1:]})"
    return one.judged.replace("By the price method", named) if one.is_price else one.judged


def judges_of(held: CriteriaSet) -> list[str]:
    """Who judges, as outsiders read them."""
    voices = voices_of(held.question.programme, AnonymousUser())
    return sorted(
        _judge(voices.of(judge.membership.user))
        for judge in held.judges.select_related("membership__user")
    )


def data(set_id: UUID) -> dict[str, Any]:
    """What the paper says; an allow list."""
    held = _set(set_id)
    assert held is not None
    reading = Reading(held)
    return {
        "question": held.question.title,
        "what": held.question.what,
        "programme": held.question.programme.title,
        "place": held.question.programme.place.name,
        "body": held.question.who_buys.name,
        "version": held.version,
        "what_for": str(held.get_what_for_display()),
        "at_odds": reading.at_odds,
        "why_other": held.why_other,
        "who_may": who_may_answer(held.question),
        "price_method": str(held.get_price_method_display()) if held.has_price else "",
        "tie_break": held.tie_break,
        "burden": reading.burden,
        "law": reading.law,
        "has_price": held.has_price,
        "is_grant": held.is_grant,
        "chooses": held.chooses,
        "importance": held.importance,
        "conditions": [[one.title, one.lines] for one in reading.conditions],
        "of_conditions": str(OF_THE_BASICS) if held.is_health else "",
        "criteria": [
            _said(one) | _as_a_whole(parts) | {"parts": [_said(part) for part in parts]}
            for one, parts in reading.tops
        ],
        "scale": [[score, words] for score, words in sorted(reading.scale.items())],
        "judges": judges_of(held),
    }


def _said(one: Any) -> dict[str, Any]:
    return {
        "title": one.title,
        "asks": one.asks,
        "judged": judged_in_words(one),
        "weight": f"{one.weight.normalize():f}",
        "minimum": one.minimum,
        "words": one.words,
        "why_nothing": one.why_nothing,
    }


def _as_a_whole(parts: list[Criterion]) -> dict[str, Any]:
    """What is scored is its parts: theirs are the least scores and the words."""
    return {"minimum": None, "words": 0} if parts else {}


def _judge(voice: Any) -> str:
    return ", ".join(part for part in (voice.name, voice.role, voice.organisation) if part)


def may_make(user: Person, set_id: UUID) -> Answer:
    """Those who run the programme, once the criteria are final."""
    held = _set(set_id)
    if held is None or not held.is_final:
        return no(_("These criteria are not final yet."))
    return may_run(user, held.question.programme)


def may_have(user: Person, set_id: UUID) -> Answer:
    """Everybody, once the criteria are final."""
    held = _set(set_id)
    return YES if held and held.is_final else no(_("These criteria are not final yet."))


def is_public(set_id: UUID) -> bool:
    """Anybody may read what was issued in a public programme."""
    held = _set(set_id)
    return bool(held and held.is_final and held.question.programme.is_public)


def place_of(set_id: UUID) -> Place:
    """The place whose name the paper carries."""
    held = _set(set_id)
    assert held is not None
    return held.question.programme.place


def page_of(set_id: UUID) -> str:
    """The page of the criteria."""
    held = _set(set_id)
    assert held is not None
    return reverse(
        "criteria:criteria", args=[held.question.programme.slug, held.question_id, held.pk]
    )


def on_issued(set_id: UUID, document: IssuedDocument) -> None:
    """The set points to what was issued of it."""
    CriteriaSet.objects.filter(pk=set_id).update(paper=document)


def title_of(facts: dict[str, Any]) -> str:
    """The paper's title."""
    return str(_("Criteria: %s") % facts["question"])


def register() -> None:
    """Fill the registry; called when the application is ready."""
    document_types.register(
        PAPER,
        DocumentType(
            name=PAPER,
            label=_("Criteria"),
            template="decisions/criteria/documents/criteria.html",
            data=data,
            rule=may_make,
            place=place_of,
            title=title_of,
            on_issued=on_issued,
            may_read=may_have,
            is_public=is_public,
            page=page_of,
        ),
    )
