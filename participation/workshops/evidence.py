"""What sessions give to later choices: who was in the room, what was said, what people offered.

Words are given only once an officer has read them; the numbers as ``suppression`` lets them.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.when import day
from commissioning.programmes.evidence import EvidenceItem, EvidenceSource, evidence_sources
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person
from commissioning.programmes.templatetags.programmes import moneyless
from participation.workshops import map_page
from participation.workshops.journey import workshops_page
from participation.workshops.models import Activity, Contribution, Review, Workshop
from participation.workshops.presence import (
    asked_of,
    missing_in_words,
    organisations_of,
    people_of,
)
from participation.workshops.suppression import told

MOST_SESSIONS: Final = 6
MOST_THEMES, MOST_OFFERS, MOST_STATEMENTS = 8, 40, 5


def who_took_part(
    programme: Programme, user: Person, most: int | None = MOST_SESSIONS
) -> Sequence[EvidenceItem]:
    """For each session: how many took part, and who was missing. A few queries each."""
    return [
        EvidenceItem(key=key, words=words, url=_page(session))
        for session in _held(programme)[:most]
        for key, words in _presence(session)
    ]


def _presence(session: Workshop) -> list[tuple[str, str]]:
    number = people_of(session)
    bodies = ", ".join(organisations_of(session))
    words = _("%(people)s people took part in “%(title)s” on %(day)s.") % {
        "people": number or _("Fewer than 5"),
        "title": session.title,
        "day": day(session.opened_at),
    }
    if bodies:
        words += _(" Somebody was there for each of these: %s.") % bodies
    missing = missing_in_words(asked_of(session))
    return [
        (str(session.pk), words),
        *(
            (f"{session.pk}:missing:{place}", _("Missing from “%s”: ") % session.title + one)
            for place, one in enumerate(missing)
        ),
    ]


def what_was_said(
    programme: Programme, user: Person, most: int | None = MOST_SESSIONS
) -> Sequence[EvidenceItem]:
    """The themes with the most said to them, and what everybody agreed on."""
    sessions = _read(programme, most)
    found = [*_themes(sessions), *_agreed(sessions)]
    return [
        EvidenceItem(key=one.key, words=moneyless(one.words, programme), url=one.url)
        for one in found
    ]


def _themes(sessions: list[Workshop]) -> list[EvidenceItem]:
    return [
        EvidenceItem(
            key=str(theme),
            words=_("In “%(workshop)s” people spoke of: %(theme)s%(number)s.")
            % {
                "workshop": session.title,
                "theme": title,
                "number": _(" (%d contributions)") % number if number else "",
            },
            url=_page(session),
        )
        for session in sessions
        for theme, title, number in _most_said(session)
    ]


def _most_said(session: Workshop) -> list[tuple[UUID, str, int | None]]:
    """Themes with how much was said to them, where that may be told; by name where it may not.

    A small room's numbers would point at people, and so would the order of its themes.
    """
    counted = {
        theme.pk: (theme.title, theme.number)
        for theme in session.themes.annotate(
            number=Count("contributions", filter=Q(contributions__review=Review.TOLD))
        ).filter(number__gt=0)
    }
    numbers = {str(theme): number for theme, (_title, number) in counted.items()}
    said = told(numbers, took_part=people_of(session))
    found = [(theme, title, said.of(str(theme))) for theme, (title, _number) in counted.items()]
    return sorted(found, key=lambda one: (-(one[2] or 0), one[1].casefold()))[:MOST_THEMES]


def _agreed(sessions: list[Workshop]) -> list[EvidenceItem]:
    found: list[EvidenceItem] = []
    for session in sessions:
        for activity in session.activities.filter(kind="statements", started_at__isnull=False):
            activity.workshop = session
            found.extend(_united(session, activity))
    return found


def _united(session: Workshop, activity: Activity) -> list[EvidenceItem]:
    drawn = map_page.page(activity)
    return [
        EvidenceItem(
            key=f"{activity.pk}:{place}",
            words=_("Every group in “%(workshop)s” agrees: %(words)s")
            % {"workshop": session.title, "words": row.text},
            url=_page(session),
        )
        for place, row in enumerate(drawn.agreed[:MOST_STATEMENTS] if drawn else [])
    ]


def what_people_offered(
    programme: Programme, user: Person, most: int | None = MOST_OFFERS
) -> Sequence[EvidenceItem]:
    """What people said that they bring. One query."""
    offers = Contribution.objects.filter(
        workshop__programme=programme,
        workshop__rehearses=None,
        workshop__words_read_at__isnull=False,
        activity__kind="offers",
        review=Review.TOLD,
        state=Contribution.State.SHOWN,
    ).select_related("workshop__programme")
    found = sorted(offers, key=lambda offer: offer.text.casefold())
    return [
        EvidenceItem(
            key=str(offer.pk),
            words=_("Offered: %s") % moneyless(offer.text, programme),
            url=_page(offer.workshop),
        )
        for offer in found[:most]
    ]


def _held(programme: Programme) -> list[Workshop]:
    return list(
        Workshop.objects.filter(
            programme=programme, rehearses=None, status=Workshop.Status.CLOSED
        ).select_related("programme")
    )


def _read(programme: Programme, most: int | None) -> list[Workshop]:
    return [one for one in _held(programme)[:most] if one.words_read_at is not None]


def _page(session: Workshop) -> str:
    return reverse("workshops:outcome", args=[session.programme.slug, session.pk])


def register() -> None:
    """Fill the registry; called when the application is ready."""
    evidence_sources.register(
        "workshops",
        EvidenceSource(
            title=gettext_lazy("Who took part, and who was missing"),
            items=who_took_part,
            everything=partial(who_took_part, most=None),
            url=workshops_page,
            empty=gettext_lazy("No workshop has been held."),
        ),
    )
    evidence_sources.register(
        "said",
        EvidenceSource(
            title=gettext_lazy("What people said in workshops"),
            items=what_was_said,
            everything=partial(what_was_said, most=None),
            url=workshops_page,
            empty=gettext_lazy("Nothing that was said has been released yet."),
        ),
    )
    evidence_sources.register(
        "offers",
        EvidenceSource(
            title=gettext_lazy("What people offered in workshops"),
            items=what_people_offered,
            everything=partial(what_people_offered, most=None),
            url=workshops_page,
            empty=gettext_lazy("Nothing was offered in a workshop yet."),
        ),
    )
