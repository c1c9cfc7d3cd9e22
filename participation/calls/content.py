"""What an assessor sees of an expression: one structure for preview, submission, page and PDF."""

from typing import Any

from participation.calls.forms.sections import (
    YES_NO,
    BudgetForm,
    QuestionsForm,
    SectionForm,
    Sections,
    field_name,
)
from participation.calls.models import Attachment, Call, Question
from places.directory.models import Area, Organisation

Content = dict[str, Any]


def content_of(sections: Sections, attachments: list[Attachment]) -> Content:
    """The expression as its forms stand, whole or not; JSON and nothing else."""
    forms = sections.forms
    return {
        "organisation": _organisation(sections.organisation, forms["organisation"]),
        "project": _project(sections.call, forms["project"]),
        "sections": [
            _questions(form) for form in forms.values() if isinstance(form, QuestionsForm)
        ],
        "budget": _budget(forms["budget"], sections.call.currency),
        "documents": [_document(attachment) for attachment in attachments],
    }


def _organisation(organisation: Organisation, form: SectionForm) -> Content:
    return {
        "name": organisation.name,
        "kind": organisation.get_kind_display(),
        "about": organisation.about,
        "identifiers": [str(identifier) for identifier in organisation.identifiers.all()],
        "website": organisation.website,
        "contact": {
            part: str(form.said(f"contact_{part}") or "") for part in ("name", "email", "telephone")
        },
    }


def _project(call: Call, form: SectionForm) -> Content:
    chosen = str(form.said("area") or "")
    known = {
        str(key): name
        for key, name in Area.objects.filter(place=call.programme.place_id).values_list(
            "pk", "name"
        )
    }
    return {
        "name": str(form.said("name") or ""),
        "summary": str(form.said("summary") or ""),
        "area_id": chosen if chosen in known else "",
        "area": known.get(chosen, ""),
    }


def _questions(form: QuestionsForm) -> Content:
    return {
        "title": str(form.title),
        "answers": [
            {
                "question": question.words,
                "kind": question.kind,
                "answer": _answer(question, form.said(field_name(question))),
            }
            for question in form.questions
        ],
    }


def _answer(question: Question, value: Any) -> str:
    if value in (None, ""):
        return ""
    if question.kind == Question.Kind.YES_NO:
        return str(dict(YES_NO).get(value, ""))
    if question.kind == Question.Kind.NUMBER and not isinstance(value, str):
        return f"{value.normalize():f}"
    return str(value)


def _budget(form: SectionForm, currency: str) -> Content:
    assert isinstance(form, BudgetForm)
    return {
        "currency": currency,
        "asked": str(form.asked_for),
        "lines": [{"what": what, "amount": str(sum_)} for what, sum_ in form.lines("line")],
        "costs": str(form.costs),
        "match": [{"what": what, "amount": str(sum_)} for what, sum_ in form.lines("match")],
        "other": str(form.other_money),
    }


def _document(attachment: Attachment) -> Content:
    return {
        "id": str(attachment.pk),
        "wanted": attachment.wanted.title if attachment.wanted else "",
        "name": attachment.name,
        "kind": attachment.kind,
        "size": attachment.size,
        "sha256": attachment.sha256,
    }
