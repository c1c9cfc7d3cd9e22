"""The result of a walk as plain data: kept when it is locked, read by pages and by the record.

``result_of(standing)`` gives::

    {"tree": {...}, "begins": "2027-01-11", "complete": true, "stopped": "",
     "path": [{"question", "text", "answer", "said", "section", "settled", "seats": [...]}],
     "ranked": [{"option", "title", "summary", "standing", "because": [...], "if": [...]}],
     "without": [{"option", "title", "standing"}],  "same_without": true,  "waits_without": "",
     "set_aside": [{"question", "text", "settled", "without", "only_theirs"}],
     "clashes": [{"id", "words", "answers": [{"question", "text", "said"}]}],
     "forms": [...], "notices": [...], "checks": [...], "warnings": [...], "facts": [...],
     "recommended": [...], "evidence": [...]}
"""

from datetime import date
from decimal import Decimal
from typing import Any

from commissioning.ground.money import money_text
from commissioning.programmes.models import Membership
from commissioning.programmes.voices import PRIVATE_ROLES, UNNAMED
from decisions.trees.engine import Change, Note, Reason, Tree, Walk
from decisions.trees.engine.answers import Value, answer_text
from decisions.trees.engine.tree import Question as TreeQuestion
from decisions.trees.engine.words import day_text
from decisions.trees.recommended import Changed, recommended_in
from decisions.trees.seat_words import role_in_words
from decisions.trees.standpoint import Standing
from decisions.trees.used_facts import facts_relied_on

Row = dict[str, Any]
# What a question that is asked on the way is answered with where nothing depends on it.
ANY_ANSWER = frozenset({"not_sure", "not_known", "0"})


def in_words(question: TreeQuestion, value: Value) -> str:
    """An answer as people read it: its words, a sum in pounds, a day."""
    if isinstance(value, frozenset):
        return ", ".join(question.answers[one].text for one in sorted(value)) or "–"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Decimal):
        if question.kind == "money":
            return money_text(value)
        return f"{answer_text(value)}{'%' if question.kind == 'percent' else ''}"
    return question.answers[value].text


def said_in_words(tree: Tree, key: str, value: str) -> str:
    """The same for an answer as it is kept."""
    from decisions.trees.engine.answers import read_answer

    question = tree.questions[key]
    return in_words(question, read_answer(question, value))


def result_of(standing: Standing) -> Row:
    """Everything a reader of the result needs, without another query but those for picks."""
    walk, walked = standing.walk, standing.walked
    without = standing.without.walked
    return {
        "walk": str(walk.pk),
        "title": walk.title,
        "tree": {
            "id": walk.tree.tree_id,
            "title": walk.tree.title,
            "version": walk.tree.version,
            "digest": walk.tree.digest,
            "dated": standing.tree.dated.isoformat() if standing.tree.dated else "",
            "jurisdiction": standing.tree.jurisdiction,
        },
        "rules_sheet": str(walk.sheet) if standing.rules else "",
        "begins": walk.begins_on.isoformat(),
        "complete": walked.complete,
        "stopped": walked.stopped.words if walked.stopped else "",
        "path": _path(standing),
        "ranked": _ranked(walked),
        "without": _short(without),
        "same_without": _order(walked) == _order(without),
        "waits_without": without.next_question.text if without.next_question else "",
        "set_aside": _set_aside(standing),
        "forms": _forms(walked),
        "notices": [_note(walked.tree, one) for one in walked.notices],
        "checks": [_note(walked.tree, one) for one in walked.checks],
        "warnings": [_note(walked.tree, one) for one in walked.warnings],
        "clashes": clashes_in_words(walked),
        "facts": facts_relied_on(walked),
        "recommended": recommended_rows(standing),
        "evidence": _evidence(standing),
    }


def clashes_in_words(walked: Walk) -> list[Row]:
    """Answers that do not go together, each with its question, so that both can be looked at."""
    answers = {step.question: step.answer for step in walked.path}
    return [
        {
            "id": clash.id,
            "words": clash.words,
            "answers": [
                {
                    "question": key,
                    "text": walked.tree.questions[key].text,
                    "said": in_words(walked.tree.questions[key], answers[key]),
                }
                for key in clash.questions
            ],
        }
        for clash in walked.clashes
    ]


def _path(standing: Standing) -> list[Row]:
    rows = []
    for step in standing.working.walked.path:
        question = standing.tree.questions[step.question]
        settled = standing.last_settlement.get(step.question)
        stands = settled is not None and step.question in standing.working.settled
        rows.append(
            {
                "question": question.id,
                "text": question.text,
                "section": standing.tree.sections.get(question.section, ""),
                "group": question.group,
                "answer": step.text,
                "said": in_words(question, step.answer),
                "differs": step.question in standing.working.differing,
                "settled": _settled(standing, settled) if settled and stands else None,
                "seats": _seats(standing, step.question),
            }
        )
    return rows


def _settled(standing: Standing, settled: Any) -> Row:
    return {
        "carried": settled.carried,
        "reason": settled.reason,
        "by": str(settled.membership_id),
        "name": _name(settled.membership),
    }


def _name(member: Membership) -> str:
    """Who said it: a result is read by everyone, and names nobody who gives their own time."""
    if member.role in PRIVATE_ROLES:
        return str(UNNAMED[member.role])
    return member.user.short_name


def _seats(standing: Standing, key: str) -> list[Row]:
    return [
        {
            "member": str(one.answer.membership_id),
            "seat": one.answer.seat,
            "seat_words": role_in_words(one.member.role, gains=one.gains),
            "name": _name(one.member),
            "organisation": one.member.organisation.name if one.member.organisation else "",
            "answer": one.answer.value,
            "said": said_in_words(standing.tree, key, one.answer.value),
            "reason": one.answer.reason,
            "could_gain": one.gains,
        }
        for one in standing.latest.get(key, {}).values()
    ]


def _ranked(walked: Walk) -> list[Row]:
    rows = []
    for one in walked.ranked:
        option = walked.tree.options[one.option]
        rows.append(
            {
                "option": one.option,
                "title": option.title,
                "summary": option.summary,
                "family": option.family,
                "standing": one.standing,
                "because": [_reason(reason) for reason in one.because],
                "if": [_change(walked, change) for change in one.would_win_if[:4]],
                "conditions": list(option.conditions),
                "forms": [walked.tree.forms[form].title for form in option.forms],
            }
        )
    return rows


def _reason(reason: Reason) -> Row:
    return {
        "answer": reason.answer,
        "words": reason.words,
        "source": reason.source,
        "effect": reason.effect,
        "strong": reason.strong,
    }


def _change(walked: Walk, change: Change) -> Row:
    if change.question == "begins":
        words = f"it began on {day_text(date.fromisoformat(change.answer))}"
    else:
        changed = ((change.question, change.answer), *change.together)
        words = ", and ".join(_otherwise(walked, key, answer) for key, answer in changed)
    # Questions that nobody was asked so far, where the law needs an answer and not just any.
    if needed := [(key, answer) for key, answer in change.also if answer not in ANY_ANSWER]:
        then = ", and ".join(_otherwise(walked, key, answer) for key, answer in needed)
        words = f"{words}, and then {then}"
    return {
        "question": change.question,
        "answer": change.answer,
        "words": words,
        "standing": change.standing,
    }


def _otherwise(walked: Walk, key: str, answer: str) -> str:
    """Another answer; of a sum that nobody picks what it would truly have to be."""
    question = walked.tree.questions[key]
    said = said_in_words(walked.tree, key, answer)
    given = next((step.answer for step in walked.path if step.question == key), None)
    if question.kind != "money" or not isinstance(given, Decimal):
        return f"“{question.text}” were answered “{said}”"
    side = "more" if Decimal(answer) > given else "less"
    return f"“{question.text}” were truly {said} or {side}, with every other answer as it is"


def _short(walked: Walk) -> list[Row]:
    return [
        {
            "option": one.option,
            "title": walked.tree.options[one.option].title,
            "standing": one.standing,
        }
        for one in walked.ranked
    ]


def _order(walked: Walk) -> list[tuple[str, str]]:
    return [(one.option, one.standing) for one in walked.ranked]


def _set_aside(standing: Standing) -> list[Row]:
    """Settlements that stand only because of who could gain, and the answer without them."""
    rows, without = [], standing.without
    for key in (key for key in standing.working.settled if key in without.aside):
        value, theirs = standing.working.settled[key].value, standing.said.once.get(key, ())
        others = without.answers.get(key)
        rows.append(
            {
                "question": key,
                "text": standing.tree.questions[key].text,
                "settled": said_in_words(standing.tree, key, value),
                "without": said_in_words(standing.tree, key, others) if others else "",
                "only_theirs": value in theirs,
            }
        )
    return rows


def _forms(walked: Walk) -> list[Row]:
    return [
        {
            "form": one.form,
            "title": walked.tree.forms[one.form].title,
            "summary": walked.tree.forms[one.form].summary,
            "conditions": list(walked.tree.forms[one.form].conditions),
            "fits": one.fits,
            "because": [_reason(reason) for reason in one.because],
        }
        for one in walked.forms
    ]


def _note(tree: Tree, note: Note) -> Row:
    return {
        "id": note.id,
        "words": note.words,
        "source": note.source,
        "routes": [tree.options[option].title for option in note.options],
    }


def recommended_rows(standing: Standing) -> list[Row]:
    """What each member recommended last, and which answers changed since."""
    rows = []
    for one in recommended_in(standing):
        option = standing.tree.options.get(one.row.option)
        rows.append(
            {
                "option": one.row.option,
                "title": option.title if option else one.row.option,
                "reason": one.row.reason,
                "member": str(one.row.membership_id),
                "name": _name(one.row.membership),
                "seat_words": role_in_words(one.row.membership.role, gains=False),
                "stands": one.stands,
                "changed": [change_in_words(standing, change) for change in one.changed],
            }
        )
    return rows


def change_in_words(standing: Standing, change: Changed) -> Row:
    """A question and its two answers, "" where it was not asked."""
    return {
        "text": standing.tree.questions[change.question].text,
        "before": said_in_words(standing.tree, change.question, change.before)
        if change.before
        else "",
        "now": said_in_words(standing.tree, change.question, change.now) if change.now else "",
    }


def _evidence(standing: Standing) -> list[Row]:
    return [
        {"question": pick.key, "words": pick.words, "url": pick.url}
        for pick in standing.walk.picks.filter(dropped_at__isnull=True)
    ]
