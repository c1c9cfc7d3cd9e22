"""Which lines of the programme's level-playing-field file are about one question.

The file is the programme's, and holds talk about everything. A line belongs to a question where it
names the question or one of its outcomes; else where it came after the question was put and names
no other question of the programme. Whoever runs the programme may say otherwise of each line.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.revisions import Stood, hold
from commissioning.design.when import day
from commissioning.ground.answers import require
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import LevelFieldEntry
from decisions.questions import rules
from decisions.questions.actions import lock_question
from decisions.questions.models import FieldChoice, Question


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file, and whether it is about the question: by the rule, or as was chosen."""

    entry: LevelFieldEntry
    by_rule: bool
    chosen: bool | None = None
    reason: str = ""

    @property
    def belongs(self) -> bool:
        """As was chosen; else by the rule."""
        return self.by_rule if self.chosen is None else self.chosen


def lines_of(question: Question) -> list[Line]:
    """Every line of the file, oldest first. Four queries."""
    entries = question.programme.level_field.select_related("organisation").order_by("at")
    titles = dict(
        Question.objects.filter(programme=question.programme_id).values_list("pk", "title")
    )
    own = titles.pop(question.pk, question.title)
    names = [own, *(one.title for one in question.outcomes.all())]
    others = [title for title in titles.values() if title != own]
    chosen = {
        entry: (belongs, reason)
        for entry, belongs, reason in question.field_choices.values_list(
            "entry", "belongs", "reason"
        )
    }
    return [
        Line(entry, _by_rule(question, entry, names, others), *chosen.get(entry.pk, ()))
        for entry in entries
    ]


def _by_rule(
    question: Question, entry: LevelFieldEntry, names: list[str], others: list[str]
) -> bool:
    if any(f"“{name}”" in entry.what for name in names):
        return True
    if any(f"“{title}”" in entry.what for title in others):
        return False
    return entry.at >= (question.put_at or question.created_at)


def entries_of(question: Question) -> list[LevelFieldEntry]:
    """The lines that are about the question."""
    return [line.entry for line in lines_of(question) if line.belongs]


def how_chosen(question: Question, lines: list[Line]) -> str:
    """Said wherever the lines stand: by which rule, and what was left where it is."""
    since = day(question.put_at or question.created_at)
    said = [
        _(
            "Here stand the talks about this question or its outcomes, and those since it was put "
            "on %s that are about no other question."
        )
        % since
    ]
    changed = sum(line.chosen is not None and line.chosen != line.by_rule for line in lines)
    if changed:
        said.append(
            ngettext(
                "Of %d line an officer has said otherwise.",
                "Of %d lines an officer has said otherwise.",
                changed,
            )
            % changed
        )
    if left := sum(not line.belongs for line in lines):
        said.append(_("The programme's whole file has %d more, about other things.") % left)
    return " ".join(said)


@transaction.atomic
def choose_lines(
    user: User, question: Question, belonging: set[UUID], *, stood: Stood = None
) -> None:
    """Keep which lines are about the question; only what differs from before is written.

    ``stood``: what the form behind it was held against.
    """
    question = lock_question(question.pk)
    require(rules.may_choose_lines(user, question))
    lines, changed = lines_of(question), 0
    hold(stood, {"lines": [str(one.entry.pk) for one in lines if one.belongs]})
    for line in lines:
        wanted = line.entry.pk in belonging
        if wanted == line.belongs:
            continue
        FieldChoice.objects.update_or_create(
            question=question,
            entry=line.entry,
            defaults={"belongs": wanted, "by": user, "reason": ""},
        )
        changed += 1
    if changed:
        record(
            question.programme,
            user,
            f"said of lines of the level-playing-field file whether they are about "
            f"“{question.title}”: {changed}",
            is_public=False,
        )
