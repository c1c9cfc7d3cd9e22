"""How long the report lay open before the meeting that decides: clear days, by kind of body.

Neither the day on which it is published nor that of the meeting is counted. Counted in working
days, to be safe, as the plan does: no statute says so, and rules of procedure may count otherwise;
then whoever writes down the decision says by which rule. An officer decides at no meeting; of an
NHS body's papers no law that we know says a number of days.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.design.when import day
from commissioning.ground.answers import YES, Answer, Text, no
from decisions.questions.plan.working_days import after
from decisions.records.models import Body, Decision


@dataclass(frozen=True, slots=True)
class OpenFor:
    """For how many clear days a kind of body lays its papers open, by which law."""

    days: int
    source: str
    asks: Text
    asks_why: Text
    why_hint: Text

    @property
    def in_words(self) -> str:
        """“5 clear days (SI 2012/2089, regulation 7)”."""
        said = ngettext("%d clear day", "%d clear days", self.days) % self.days
        return f"{said} ({self.source})"

    @property
    def hint(self) -> str:
        """What is asked for, below the question."""
        return (
            _(
                "At least %s before the meeting: neither that day nor the day of the meeting "
                "counts. Counted in working days, to be safe."
            )
            % self.in_words
        )


_REPORT: Final = gettext_lazy("When were the agenda and the report published?")
_FEWER: Final = gettext_lazy("If that left fewer clear days, or there was no meeting: why?")
BY_BODY: Final = {
    Body.CABINET: OpenFor(
        5,
        "SI 2012/2089, regulations 6 and 7",
        _REPORT,
        _FEWER,
        gettext_lazy(
            "The meeting was called at shorter notice, or your own rules count the days in another "
            "way; or one member decided alone. It is printed in the record."
        ),
    ),
    Body.COMMITTEE: OpenFor(
        5,
        "Local Government Act 1972, section 100B",
        _REPORT,
        _FEWER,
        gettext_lazy(
            "The meeting was called at shorter notice; or the chair found it urgent, for special "
            "circumstances that the minutes name. It is printed in the record."
        ),
    ),
    Body.PARISH: OpenFor(
        3,
        "Local Government Act 1972, Schedule 12, paragraph 10",
        gettext_lazy("When did the summons with the agenda go out?"),
        gettext_lazy("If that left fewer clear days: why?"),
        gettext_lazy(
            "Your own rules count the days in another way, a Saturday for one. It is printed in "
            "the record."
        ),
    ),
}


def asked_of(decision: Decision) -> OpenFor | None:
    """For how long the papers of this decision lie open; None where no law names the days."""
    return BY_BODY.get(Body(decision.body_kind)) if decision.body_kind else None


def first_day(open_for: OpenFor, published: dt.date) -> dt.date:
    """The first day on which a meeting can decide, by papers that were published on a day."""
    return after(published, open_for.days) + dt.timedelta(days=1)


def is_short(decision: Decision) -> bool:
    """Whether the papers lay open for fewer clear days than the law names, or it is not known."""
    open_for = asked_of(decision)
    if open_for is None or decision.decided_on is None:
        return False
    published = decision.report_on
    return published is None or decision.decided_on < first_day(open_for, published)


def recommended_later(decision: Decision, published: dt.date | None) -> dt.date | None:
    """The day on which what is recommended was written down here, where that was after the report.

    Then nobody can tell by the record what the public had in front of them: so it is asked.
    """
    if published is None or decision.recommended_at is None or asked_of(decision) is None:
        return None
    written = timezone.localdate(decision.recommended_at)
    return written if published < written else None


def to_say_before_sealing(decision: Decision) -> list[str]:
    """What the record will say of a report that came before the recommendation."""
    written = recommended_later(decision, decision.report_on)
    if written is None or not decision.is_decided:
        return []
    return [
        _(
            "The report was published on %(published)s, and the recommendation was written down "
            "here on %(written)s. What the report recommended: %(words)s"
        )
        % {
            "published": day(decision.report_on),
            "written": day(written),
            "words": decision.report_why or _("nobody has said."),
        }
    ]


def lay_open_long_enough(
    decision: Decision, published: dt.date | None, why: str, decided_on: dt.date
) -> Answer:
    """The papers lay open for the clear days that the law names, or why they did not."""
    open_for = asked_of(decision)
    if open_for is None:
        return YES
    if published and published > decided_on:
        return no(_("That is after the day on which it was decided."))
    if why.strip():
        return YES
    if published is None:
        return no(_("Say on which day, or why it was not published before the meeting."))
    first = first_day(open_for, published)
    if decided_on >= first:
        return _as_recommended(decision, published)
    return no(
        _(
            "Published on %(published)s, it can be decided from %(first)s on: at least %(days)s "
            "lie between. If it could not wait, say why."
        )
        % {"published": day(published), "first": day(first), "days": open_for.in_words}
    )


def _as_recommended(decision: Decision, published: dt.date) -> Answer:
    written = recommended_later(decision, published)
    if written is None:
        return YES
    return no(
        _(
            "Published on %(published)s, it came before the recommendation, which was written "
            "down here on %(written)s. Say below what the report recommended."
        )
        % {"published": day(published), "written": day(written)}
    )


def in_a_record(decision: Decision) -> str:
    """What the record says of it; nothing where it was not asked."""
    open_for = asked_of(decision)
    if open_for is None or not decision.is_decided:
        return ""
    if decision.report_on is None:
        return decision.report_why
    short = is_short(decision)
    words = (
        _("%(published)s, fewer than %(days)s before the meeting, counted in working days")
        if short
        else _("%(published)s, at least %(days)s before the meeting")
    )
    said = words % {"published": day(decision.report_on), "days": open_for.in_words}
    written = recommended_later(decision, decision.report_on)
    if written is None:
        return f"{said}: {decision.report_why}" if short else said
    later = _("the recommendation was written down here later, on %s") % day(written)
    why = decision.report_why or _("what the report recommended was not asked.")
    return f"{said}; {later}: {why}"
