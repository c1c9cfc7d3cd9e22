"""Sessions that organisations came to: whether each was an early talk about a question, or not.

What the level-playing-field file knows of them is who attended, in the words of its lines; nobody
is added. A line from before the question was put seldom names it, so whoever runs the programme is
asked: it was an early talk, and what they saw or said is written down; or it was not, and why.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.revisions import Stood, hold
from commissioning.ground.answers import Invalid, Text, require
from commissioning.people.models import User
from commissioning.programmes.actions.common import refuse_money_talk
from commissioning.programmes.evidence import evidence_sources
from commissioning.programmes.history import record
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from decisions.questions import rules
from decisions.questions.actions import lock_question
from decisions.questions.level_field import Line, lines_of
from decisions.questions.models import FieldChoice, Question
from places.directory.models import Organisation

# The source of evidence that holds what people said in sessions, once an officer has read it.
SAID: Final = "said"
_NAMED: Final = re.compile("“[^”]+”")
# Letters of a line that is written down, and of a reason.
LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Session:
    """A session, by its lines in the file: one for each organisation that attended."""

    lines: tuple[Line, ...]

    @property
    def key(self) -> UUID:
        """What its page is found by: its oldest line."""
        return self.lines[0].entry.pk

    @property
    def what(self) -> str:
        """The session, in the words of its lines."""
        return self.lines[0].entry.what

    @property
    def at(self) -> datetime:
        """When it was written down."""
        return self.lines[0].entry.at

    @property
    def bodies(self) -> list[Organisation]:
        """The organisations that are known to have been there."""
        return [line.entry.organisation for line in self.lines]

    @property
    def names(self) -> str:
        """Their names."""
        return ", ".join(body.name for body in self.bodies)

    @property
    def known(self) -> str:
        """Who is known to have been there, as a sentence."""
        return _("Known to have been there: %s.") % self.names

    @property
    def was(self) -> str:
        """“yes”, an early talk about the question; “no”; "" where nothing says so yet."""
        if any(line.belongs for line in self.lines):
            return "yes"
        return "no" if any(line.chosen is not None for line in self.lines) else ""

    @property
    def reason(self) -> str:
        """Why it was not, where somebody said so."""
        return next((line.reason for line in self.lines if line.reason), "")

    @property
    def standing(self) -> tuple[Text, str]:
        """How it stands, and the kind of its tag."""
        return {
            "yes": (_("In this question's file"), ""),
            "no": (_("Not about it"), "lock"),
        }.get(self.was, (_("Nobody has said"), "wait"))


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of a session: whether it was a talk, who saw or said what, or why it was not."""

    was: bool
    bodies: frozenset[UUID] = frozenset()
    kind: LevelFieldEntry.Kind = LevelFieldEntry.Kind.SAW
    what: str = ""
    reason: str = ""


def sessions_of(question: Question, lines: Iterable[Line]) -> list[Session]:
    """Every session that an organisation beside the buyer attended; those nobody judged first."""
    found: dict[tuple[object, str], dict[UUID, Line]] = {}
    for line in lines:
        entry = line.entry
        if entry.kind == LevelFieldEntry.Kind.ATTENDED and (
            entry.organisation_id != question.who_buys_id
        ):
            alike = found.setdefault((timezone.localdate(entry.at), entry.what), {})
            alike.setdefault(entry.organisation_id, line)
    sessions = [Session(tuple(alike.values())) for alike in found.values()]
    return sorted(sessions, key=lambda one: bool(one.was))


def nobody_said(sessions: Sequence[Session]) -> list[Session]:
    """Those that may have been early talks, and of which nobody has said whether they were."""
    return [one for one in sessions if not one.was]


def sessions_in_words(sessions: Sequence[Session]) -> list[str]:
    """For the papers: sessions that are not in the question's file, and why each is not."""
    untold = _("%(what)s %(names)s attended. Nobody has said whether it was about this question.")
    told = _("%(what)s %(names)s attended. It was not about this question: %(reason)s")
    bare = _("%(what)s %(names)s attended. It was left out of this question's file.")
    return [
        (untold if not one.was else told if one.reason else bare)
        % {"what": one.what, "names": one.names, "reason": one.reason}
        for one in sessions
        if one.was != "yes"
    ]


def words_for(user: User, question: Question, session: Session) -> str:
    """What a line about it might say: the session, and what an officer released of it."""
    named = _NAMED.findall(session.what)
    source = evidence_sources[SAID] if SAID in evidence_sources and named else None
    items = source.all_items(question.programme, user) if source else ()
    spoken = [one.words for one in items if any(name in one.words for name in named)]
    return " ".join([session.what, *spoken])[:LONGEST]


def judged_now(session: Session) -> dict[str, Any]:
    """What stands there, by the fields of its form."""
    return {"was": session.was, "reason": session.reason}


@transaction.atomic
def judge_session(
    user: User, question: Question, key: UUID, judged: Judged, *, stood: Stood = None
) -> None:
    """Keep whether a session was an early talk about the question, with what was seen or said.

    ``stood``: what the form behind it was held against. Sent twice, nothing is written twice.
    """
    question = lock_question(question.pk)
    require(rules.may_choose_lines(user, question))
    session = next((one for one in _all(question) if one.key == key), None)
    if session is None:
        raise Invalid(_("That session is not in the file."))
    hold(stood, judged_now(session))
    refuse_money_talk(question.programme, what=judged.what, reason=judged.reason)
    if not judged.was and not judged.reason.strip():
        raise Invalid(_("Say why it was not about this question."), "reason")
    for line in session.lines:
        _choose(user, question, line.entry, judged)
    for entry in _written(question, session, judged):
        _choose(user, question, entry, judged)
    said = "was an early talk about" if judged.was else "was not about"
    record(
        question.programme,
        user,
        f"said of “{session.what}” that it {said} “{question.title}”",
        reason=judged.reason,
        is_public=False,
    )


def _all(question: Question) -> list[Session]:
    return sessions_of(question, lines_of(question))


def _choose(user: User, question: Question, entry: LevelFieldEntry, judged: Judged) -> None:
    FieldChoice.objects.update_or_create(
        question=question,
        entry=entry,
        defaults={
            "belongs": judged.was,
            "by": user,
            "reason": "" if judged.was else judged.reason.strip(),
        },
    )


def _written(question: Question, session: Session, judged: Judged) -> list[LevelFieldEntry]:
    """The lines on what they saw or said there; one that the file has already is not added."""
    what = judged.what.strip()
    bodies = [body for body in session.bodies if body.pk in judged.bodies]
    if not judged.was or not what:
        return []
    known = {
        entry.organisation_id: entry
        for entry in question.programme.level_field.filter(kind=judged.kind, what=what)
    }
    return [
        known.get(body.pk) or note(question.programme, body, judged.kind, what) for body in bodies
    ]
