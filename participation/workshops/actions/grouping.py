"""Grouping ideas into themes: moved, named, merged, split, suggested; each step can be undone.

One person's step comes after another's: cards are moved under a lock, and whoever moves a card says
where they saw it. Where it is somewhere else by now, nothing moves and they are told; so both
screens show one truth.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Invalid
from commissioning.ground.digests import canonical_json, sha256_hex
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.actions.common import refuse_money_talk
from commissioning.programmes.money_talk import AMOUNT
from participation.workshops.actions.common import for_helper
from participation.workshops.grouping import suggest
from participation.workshops.live import tell
from participation.workshops.models import Contribution, Theme, ThemeStep, Workshop

MOST_THEMES: Final = 30
# What a browser saw: contribution id to theme id, or "" for not grouped yet.
Seen = Mapping[str, str]


def cards_of(workshop: Workshop) -> QuerySet[Contribution]:
    """What can be grouped: the ideas that everybody may see."""
    return workshop.contributions.shown().filter(activity__kind="ideas")


@transaction.atomic
def move(user: User, workshop: Workshop, seen: Seen, to: str) -> int:
    """Put cards into a theme, or back to those not grouped yet (``to`` is ""). How many moved."""
    _grouping(user, workshop)
    theme = _theme(workshop, to) if to else None
    cards = _cards(workshop, seen)
    _where_they_were_seen(cards, seen)
    what = _("moved %(n)d to “%(theme)s”") % {
        "n": len(cards),
        "theme": theme.title if theme else _("not grouped yet"),
    }
    _keep_step(user, workshop, what, cards=cards)
    _put(cards, theme)
    _changed_by_hand(theme)
    tell(workshop.pk)
    return len(cards)


@transaction.atomic
def make_theme(user: User, workshop: Workshop, title: str, seen: Seen) -> Theme:
    """A theme of its own, from these cards: also how a theme is split."""
    _grouping(user, workshop)
    title = _named(workshop, title)
    cards = _cards(workshop, seen) if seen else []
    _where_they_were_seen(cards, seen)
    theme = _new_theme(workshop, title)
    _keep_step(user, workshop, _("made “%s”") % title, cards=cards, made=[theme])
    _put(cards, theme)
    tell(workshop.pk)
    return theme


@transaction.atomic
def rename(user: User, workshop: Workshop, theme_id: str, title: str) -> Theme:
    """Give a theme another name."""
    _grouping(user, workshop)
    theme, title = _theme(workshop, theme_id), _named(workshop, title)
    what = _("named “%(before)s” “%(title)s”") % {"before": theme.title, "title": title}
    _keep_step(user, workshop, what, themes=[theme])
    theme.title, theme.is_suggested = title, False
    theme.save(update_fields=["title", "is_suggested"])
    tell(workshop.pk)
    return theme


@transaction.atomic
def merge(user: User, workshop: Workshop, theme_id: str, into: str) -> Theme:
    """Put all of one theme into another; the first one is gone."""
    _grouping(user, workshop)
    theme, other = _theme(workshop, theme_id), _theme(workshop, into)
    if theme.pk == other.pk:
        raise Invalid(_("Choose another theme to merge it into."))
    cards = list(theme.contributions.select_for_update())
    what = _("merged “%(one)s” into “%(other)s”") % {"one": theme.title, "other": other.title}
    _keep_step(user, workshop, what, cards=cards, themes=[theme])
    _put(cards, other)
    theme.delete()
    tell(workshop.pk)
    return other


@transaction.atomic
def drop_theme(user: User, workshop: Workshop, theme_id: str) -> None:
    """Take a theme away; its cards are not grouped any more."""
    _grouping(user, workshop)
    theme = _theme(workshop, theme_id)
    cards = list(theme.contributions.select_for_update())
    _keep_step(user, workshop, _("took “%s” apart") % theme.title, cards=cards, themes=[theme])
    theme.delete()
    tell(workshop.pk)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A group that could be taken over, as the desk sees it first."""

    title: str
    cards: list[Contribution]


def suggestion(workshop: Workshop) -> list[Suggested]:
    """Groups to start from, out of what is not grouped yet. Nothing is written. Two queries."""
    loose = cards_of(workshop).filter(theme__isnull=True)
    return _suggested(list(loose), MOST_THEMES - workshop.themes.count())


def suggestion_digest(groups: Iterable[Suggested]) -> str:
    """What names exactly these groups: what is taken over is what was looked at."""
    looked_at = [[group.title, sorted(str(card.pk) for card in group.cards)] for group in groups]
    return sha256_hex(canonical_json(looked_at))


@transaction.atomic
def suggest_themes(user: User, workshop: Workshop, seen: str | None = None) -> int:
    """Take the suggested groups over; one step, undone in one. ``seen``: as they were looked at."""
    _grouping(user, workshop)
    cards = list(cards_of(workshop).filter(theme__isnull=True).select_for_update(of=("self",)))
    groups = _suggested(cards, MOST_THEMES - workshop.themes.count())
    if not groups:
        raise Invalid(_("Nothing not yet grouped is alike enough to suggest a group."))
    if seen is not None and seen != suggestion_digest(groups):
        raise Invalid(_("The ideas changed meanwhile. Look at the suggested groups once more."))
    made = []
    for group in groups:
        theme = _new_theme(workshop, group.title, is_suggested=True)
        made.append(theme)
        for card in group.cards:
            card.theme = theme
    grouped = [card for card in cards if card.theme_id]
    _keep_step(
        user,
        workshop,
        ngettext("took %d suggested group", "took %d suggested groups", len(made)) % len(made),
        before={str(card.pk): None for card in grouped},
        made=made,
    )
    Contribution.objects.bulk_update(grouped, ["theme"])
    tell(workshop.pk)
    return len(made)


@transaction.atomic
def undo(user: User, workshop: Workshop) -> str:
    """Take the last step back, whoever made it; said again, the one before it."""
    _grouping(user, workshop)
    step = workshop.theme_steps.filter(undone_at__isnull=True).first()
    if step is None:
        raise Invalid(_("There is nothing to undo."))
    for kept in step.before["themes"]:
        Theme.objects.update_or_create(
            pk=UUID(kept["id"]),
            defaults={
                "workshop": workshop,
                "title": kept["title"],
                "position": kept["position"],
                "is_suggested": kept["is_suggested"],
            },
        )
    there = {str(pk) for pk in workshop.themes.values_list("pk", flat=True)}
    cards = list(workshop.contributions.filter(pk__in=step.before["cards"]).select_for_update())
    for card in cards:
        before = step.before["cards"][str(card.pk)]
        card.theme_id = UUID(before) if before in there else None
    Contribution.objects.bulk_update(cards, ["theme"])
    workshop.themes.filter(pk__in=step.made).delete()
    step.delete()
    tell(workshop.pk)
    return step.what


def _suggested(cards: list[Contribution], most: int) -> list[Suggested]:
    # Without amounts: a group's name is made of what was written, and stands on every screen.
    groups = suggest([AMOUNT.sub(" ", card.text) for card in cards])[: max(0, most)]
    return [Suggested(group.title, [cards[at] for at in group.members]) for group in groups]


def _grouping(user: User, workshop: Workshop) -> None:
    for_helper(user, workshop)
    lock(f"themes:{workshop.pk}")


def _theme(workshop: Workshop, theme_id: str) -> Theme:
    try:
        wanted = UUID(theme_id)
    except ValueError:
        raise Invalid(_("Choose a theme.")) from None
    theme = workshop.themes.filter(pk=wanted).first()
    if theme is None:
        raise Invalid(_("Somebody merged that theme or took it apart meanwhile."))
    return theme


def _new_theme(workshop: Workshop, title: str, *, is_suggested: bool = False) -> Theme:
    if workshop.themes.count() >= MOST_THEMES:
        raise Invalid(_("%d themes are as many as a room can hold. Merge some.") % MOST_THEMES)
    last = workshop.themes.aggregate(last=Max("position"))["last"] or 0
    return Theme.objects.create(
        workshop=workshop, title=title, position=last + 1, is_suggested=is_suggested
    )


def _named(workshop: Workshop, title: str) -> str:
    title = " ".join(title.split())[:120]
    if not title:
        raise Invalid(_("Give the theme a name, in the room's own words."), "title")
    refuse_money_talk(workshop.programme, title=title)
    return title


def _cards(workshop: Workshop, seen: Seen) -> list[Contribution]:
    found = list(
        cards_of(workshop).filter(pk__in=list(seen)).select_for_update(of=("self",)).order_by("pk")
    )
    if not found:
        raise Invalid(_("Tick the ideas to move first."))
    return found


def _where_they_were_seen(cards: Iterable[Contribution], seen: Seen) -> None:
    moved = [card for card in cards if str(card.theme_id or "") != seen[str(card.pk)]]
    if moved:
        theme = moved[0].theme
        raise Invalid(
            _("Somebody moved “%(card)s” meanwhile: it is in “%(theme)s” now.")
            % {
                "card": moved[0].text[:60],
                "theme": theme.title if theme else _("not grouped yet"),
            }
        )


def _put(cards: Iterable[Contribution], theme: Theme | None) -> None:
    Contribution.objects.filter(pk__in=[card.pk for card in cards]).update(theme=theme)


def _changed_by_hand(theme: Theme | None) -> None:
    if theme is not None and theme.is_suggested:
        theme.is_suggested = False
        theme.save(update_fields=["is_suggested"])


def _keep_step(
    user: User,
    workshop: Workshop,
    what: str,
    *,
    cards: Iterable[Contribution] = (),
    themes: Iterable[Theme] = (),
    made: Iterable[Theme] = (),
    before: dict[str, Any] | None = None,
) -> None:
    """Remember what an undo puts back."""
    ThemeStep.objects.create(
        workshop=workshop,
        by=user,
        what=what[:200],
        before={
            "cards": before
            or {str(card.pk): str(card.theme_id) if card.theme_id else None for card in cards},
            "themes": [
                {
                    "id": str(theme.pk),
                    "title": theme.title,
                    "position": theme.position,
                    "is_suggested": theme.is_suggested,
                }
                for theme in themes
            ],
        },
        made=[str(theme.pk) for theme in made],
    )
