"""The documents of this room: the paper for the meeting, the record, its public edition."""

from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.documents.actions import close_to_public
from commissioning.documents.models import IssuedDocument
from commissioning.documents.types import Data, DocumentType, Person, document_types
from commissioning.ground.answers import Answer
from commissioning.programmes.rules import may_run
from decisions.questions.issuer import Issuer, issuer_of
from decisions.records import rules
from decisions.records.actions.recording import PAPER, PUBLIC_RECORD, RECORD
from decisions.records.blocks import lines_of
from decisions.records.changes import changes
from decisions.records.models import Decision
from decisions.records.public import without_marked
from decisions.records.story import story

TEMPLATE: Final = "decisions/records/record.html"
EDITION: Final = 1


def find(decision_id: UUID) -> Decision:
    """The decision with what its documents ask of it."""
    return Decision.objects.select_related(
        "question__programme__place",
        "question__programme__gate_lift",
        "question__who_buys",
        "question__present_provider",
        "question__goes_to",
        "recommended_by",
    ).get(pk=decision_id)


def _whole(decision: Decision) -> Data:
    """The newest version, with what it changed."""
    newest, *older = decision.versions.all()[:2]
    changed = [
        {"where": one.where, "before": one.before, "now": one.now}
        for one in (_changes(older[0].data, newest.data) if older else [])
    ]
    data: Data = newest.data
    return data | {"version": newest.number, "why": newest.why, "changed": changed}


def _changes(before: Data, now: Data) -> Any:
    return changes(_by_section(before), _by_section(now))


def _by_section(data: Data) -> dict[str, Any]:
    """Lines under the titles of their sections, so that a change is said where a reader finds it.

    Pictures are left aside: what they show stands in the tables.
    """
    sections = {
        one["title"]: [line for block in one["blocks"] for line in lines_of(block)]
        for one in data["sections"]
    }
    cover = [f"{name}: {value}" for name, value in [*data["facts"], *data["glance"]]]
    return {
        "title": data["title"],
        "sentence": data["sentence"],
        str(_("The first page")): cover,
        **sections,
    }


def record_data(decision_id: UUID) -> Data:
    """What the record says."""
    return _whole(find(decision_id))


def public_data(decision_id: UUID) -> Data:
    """What the public edition says."""
    decision = find(decision_id)
    whole = _whole(decision)
    if not _was_public_before(decision):
        # The first public edition changes nothing: there was none before it.
        whole |= {"why": "", "changed": []}
    return without_marked(decision, whole)


def _was_public_before(decision: Decision) -> bool:
    """Whether a public edition of an earlier version was issued; the same facts answer the same."""
    newest = decision.versions.only("at").first()
    earlier = IssuedDocument.objects.filter(type_name=PUBLIC_RECORD, subject_id=decision.pk)
    return newest is not None and earlier.filter(issued_at__lt=newest.at).exists()


def paper_data(decision_id: UUID) -> Data:
    """What is put before the body that decides."""
    decision = find(decision_id)
    recommended = decision.status == Decision.Status.RECOMMENDED
    said = {"version": 0, "why": "", "changed": [], "recommended": recommended}
    return story(decision) | said


def _issuer(decision_id: UUID) -> Issuer:
    return issuer_of(find(decision_id).question)


def _public_issuer(decision_id: UUID) -> Issuer:
    return issuer_of(find(decision_id).question, public=True)


def may_issue(user: Person, decision_id: UUID) -> Answer:
    """Officers who could not gain, once it is decided."""
    return rules.may_issue(user, find(decision_id))


def may_read_whole(user: Person, decision_id: UUID) -> Answer:
    """Those who run the programme; everyone where nothing is left out."""
    return rules.may_read_whole(user, find(decision_id))


def may_read_public(user: Person, decision_id: UUID) -> Answer:
    """Everyone who sees the decision."""
    return rules.may_show(user, find(decision_id))


def may_prepare(user: Person, decision_id: UUID) -> Answer:
    """Those who run the programme print the paper for the meeting."""
    return may_run(user, find(decision_id).question.programme)


def _record_is_public(decision_id: UUID) -> bool:
    decision = find(decision_id)
    whole = not decision.is_exempt and not decision.removals.exists()
    return whole and decision.question.programme.is_public


def _public_is_public(decision_id: UUID) -> bool:
    return find(decision_id).question.programme.is_public


def _keep_record(decision_id: UUID, issued: IssuedDocument) -> None:
    Decision.objects.filter(pk=decision_id).update(record=issued)


def _keep_public(decision_id: UUID, issued: IssuedDocument) -> None:
    """From now on the public edition is what anybody reads, and no whole version from before."""
    close_to_public(RECORD, decision_id)
    Decision.objects.filter(pk=decision_id).update(public_record=issued)


def _title(data: Data) -> str:
    return str(_("Decision: %s") % data["title"])


def _sentence(data: Data) -> str:
    return str(data["sentence"])


def _page(decision_id: UUID) -> str:
    return find(decision_id).get_absolute_url()


def _facts(data: Data) -> list[tuple[str, str]]:
    return [(name, value) for name, value in data["facts"]]


def register() -> None:
    """Fill the registry; called when the application is ready."""
    common: dict[str, Any] = {"template": TEMPLATE, "title": _title, "page": _page}
    issued: dict[str, Any] = {"decision": _sentence, "summary": _facts, "edition": EDITION}
    document_types.register(
        PAPER,
        DocumentType(
            name=PAPER,
            label=gettext_lazy("Paper for decision"),
            data=paper_data,
            rule=may_prepare,
            place=_issuer,
            mark=gettext_lazy("Draft"),
            **common,
        ),
    )
    document_types.register(
        RECORD,
        DocumentType(
            name=RECORD,
            label=gettext_lazy("Decision record"),
            data=record_data,
            rule=may_issue,
            place=_issuer,
            on_issued=_keep_record,
            may_read=may_read_whole,
            is_public=_record_is_public,
            **common,
            **issued,
        ),
    )
    document_types.register(
        PUBLIC_RECORD,
        DocumentType(
            name=PUBLIC_RECORD,
            label=gettext_lazy("Decision record, public edition"),
            data=public_data,
            rule=may_issue,
            place=_public_issuer,
            on_issued=_keep_public,
            may_read=may_read_public,
            is_public=_public_is_public,
            **common,
            **issued,
        ),
    )
