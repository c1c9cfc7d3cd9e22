"""The one write door of imports: bring a file, match its columns, start, undo."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes import history
from commissioning.programmes.models import Programme
from places.directory.models import Place
from places.directory.names import folded
from places.imports import store, tasks
from places.imports.formats.dates import read_span
from places.imports.formats.texts import FileError, UnreadableError
from places.imports.importers import importers
from places.imports.looking import headings_digest, look_again, look_at
from places.imports.models import Import, RememberedMatching
from places.imports.reading import LARGEST_FILE
from places.imports.rules import (
    MAY_MATCH,
    holds_money,
    may_bring_in,
    may_bring_in_money,
    may_open,
    may_undo,
)
from places.imports.running import lock_name

State = Import.State


def bring_file(
    user: User,
    place: Place,
    importer: str,
    file: "File[Any]",
    *,
    programme: Programme | None = None,
    publisher: str = "",
) -> Import:
    """Keep a file that somebody uploaded, look at how it is made, and guess its columns.

    Nothing of the place changes yet. Raises :class:`Invalid` beside the field ``file``.
    """
    _require_may_bring(user, place, importer, programme)
    if file.size is not None and file.size > LARGEST_FILE:
        raise Invalid(_("The file is larger than 200 MB. Split it into several."), "file")
    name = store.keep(file)
    import_ = Import(
        place=place,
        programme=programme,
        by=user,
        importer=importer,
        publisher=publisher[:160],
        file_name=_file_name(file.name or ""),
        file=name,
    )
    try:
        with transaction.atomic():
            look_at(import_)
            import_.save()
    except FileError as error:
        store.remove(name)
        raise Invalid(str(error), "file") from error
    return import_


@transaction.atomic
def bring_address(
    user: User,
    place: Place,
    importer: str,
    url: str,
    *,
    programme: Programme | None = None,
    publisher: str = "",
) -> Import:
    """Have the worker fetch a file. Nothing is fetched here."""
    _require_may_bring(user, place, importer, programme)
    import_ = Import.objects.create(
        place=place,
        programme=programme,
        by=user,
        importer=importer,
        publisher=publisher[:160],
        file_name=url[-160:],
        url=url,
        state=State.FETCHING,
    )
    tasks.queue(import_)
    return import_


def _require_may_bring(
    user: User, place: Place, importer: str, programme: Programme | None
) -> None:
    if importer not in importers:
        raise Invalid(_("Choose what the file holds."), "importer")
    if holds_money(importer):
        if programme is None:
            raise Invalid(_("Files with amounts are brought in from a programme."), "importer")
        require(may_bring_in_money(user, programme))
    else:
        require(may_bring_in(user, place))


def _file_name(name: str) -> str:
    return name.replace("\x00", "").replace("\\", "/").rpartition("/")[2][-160:] or _("A file")


def match_columns(user: User, import_: Import, matching: dict[str, int], period: str) -> Import:
    """Say which column is which, and which month a file without dates is for."""
    require(may_open(user, import_))
    with transaction.atomic():
        import_ = _locked(import_)
        _require_state(import_, MAY_MATCH)
        import_.matching = matching
        import_.choices = {**import_.choices, "period": _period(period)}
        import_.state, import_.trouble = State.MATCHING, ""
        import_.save()
        _remember(user, import_)
    return import_


@transaction.atomic
def choose_headings(user: User, import_: Import, row: int) -> Import:
    """Say in which row the headings stand; the columns are guessed anew from it."""
    require(may_open(user, import_))
    import_ = _locked(import_)
    _require_state(import_, MAY_MATCH)
    try:
        look_again(import_, row)
    except FileError as error:
        raise Invalid(str(error), "headings_row") from error
    import_.trouble = ""
    import_.save()
    return import_


def _period(text: str) -> str:
    try:
        return f"{read_span(text).start:%Y-%m}" if text.strip() else ""
    except UnreadableError as error:
        raise Invalid(_("Write the month like this: October 2011."), "period") from error


@transaction.atomic
def start(user: User, import_: Import) -> Import:
    """Hand the import to the worker. Started twice, it runs once."""
    require(may_open(user, import_))
    import_ = _locked(import_)
    if import_.is_unfinished:
        return import_
    _require_state(import_, MAY_MATCH)
    import_.state, import_.trouble, import_.attempts = State.QUEUED, "", 0
    import_.queued_at = timezone.now()
    import_.save()
    tasks.queue(import_)
    return import_


@transaction.atomic
def undo(user: User, import_: Import) -> int:
    """Take away every row that the import brought. Returns how many."""
    import_ = _locked(import_)
    lock(lock_name(import_))
    require(may_undo(user, import_))
    if import_.importer not in importers:
        raise Invalid(_("This site no longer takes files of this kind."))
    import_.undone_by = user
    gone = importers[import_.importer].undo(import_)
    import_.state, import_.undone_at = State.UNDONE, timezone.now()
    import_.save(update_fields=["state", "undone_at", "undone_by"])
    if import_.programme is not None:
        history.record(
            import_.programme,
            user,
            _("undid the import of “%s”") % import_.file_name,
            is_public=False,
        )
    return gone


def _locked(import_: Import) -> Import:
    return Import.objects.select_for_update(of=("self",)).get(pk=import_.pk)


def _require_state(import_: Import, states: frozenset[Any]) -> None:
    if import_.state not in states:
        raise Invalid(_("This import has been started already."))


def _remember(user: User, import_: Import) -> None:
    """Keep the matching for the next file of this publisher with the same headings."""
    if not import_.detected.get("headings"):
        return
    kept, made = RememberedMatching.objects.update_or_create(
        place=import_.place,
        importer=import_.importer,
        publisher=folded(import_.publisher)[:160],
        headings=headings_digest(import_),
        defaults={"matching": import_.matching, "by": user},
    )
    if not made:
        RememberedMatching.objects.filter(pk=kept.pk).update(used=F("used") + 1)
