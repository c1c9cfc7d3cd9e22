"""A first look at the file of an import: how it is made, and which column is likely which."""

from pathlib import Path

from commissioning.ground.digests import canonical_json, sha256_hex
from places.directory.names import folded
from places.imports import store
from places.imports.formats.texts import folded_heading
from places.imports.models import Import, RememberedMatching
from places.imports.reading import Look, NoHeadingsError, look
from places.imports.running import digest_of_file


def look_at(import_: Import) -> Look:
    """Fill in how the import's file is made; a matching that is remembered wins over the guess.

    The row is not saved. Raises :class:`FileError`.
    """
    with store.at_hand(str(import_.file)) as path:
        found = _looked(path, import_.importer)
        import_.file_size = path.stat().st_size
        import_.file_digest = digest_of_file(path)
    import_.detected = found.as_row()
    import_.matching = remembered(import_) or found.matching
    import_.state = Import.State.MATCHING
    return found


def _looked(path: Path, importer: str) -> Look:
    """The look; by the row most like headings where none tells enough: people choose then."""
    try:
        return look(path, importer)
    except NoHeadingsError as error:
        if not error.row:
            raise
        found = look(path, importer, header_row=error.row)
        found.notes.insert(0, str(error))
        return found


def look_again(import_: Import, header_row: int) -> None:
    """The same, with the headings in the row that somebody says. The row is not saved."""
    with store.at_hand(str(import_.file)) as path:
        found = look(path, import_.importer, header_row=header_row)
    import_.detected = found.as_row()
    import_.matching = remembered(import_) or found.matching
    import_.state = Import.State.MATCHING


def headings_digest(import_: Import) -> str:
    """The headings in their order, as one digest."""
    headings = [folded_heading(one) for one in import_.detected.get("headings", ())]
    return sha256_hex(canonical_json(headings))


def remembered(import_: Import) -> dict[str, int]:
    """The matching that somebody made for such a file of this publisher before, or nothing."""
    if not import_.detected.get("headings"):
        return {}
    kept = RememberedMatching.objects.filter(
        place=import_.place,
        importer=import_.importer,
        publisher=folded(import_.publisher)[:160],
        headings=headings_digest(import_),
    ).first()
    return dict(kept.matching) if kept else {}
