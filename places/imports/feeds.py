"""A feed of several pages becomes one document. Pure: no models.

Open Referral UK's feeds say ``total_pages`` and ``page_number``. The pages are asked one after
another, each checked as the first was, and what they hold is put together in the file. Many feeds
list their services in short and tell where and when each is only at its own address: those are
asked too.
"""

import json
import tempfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
from django.utils.translation import gettext as _

from places.imports.fetching import Fetched, Fetcher
from places.imports.formats.texts import FileError
from places.imports.readers.documents import LARGEST_JSON, read_document
from places.imports.readers.kinds import kind_of

MOST_PAGES: Final = 200
# Each is a request of its own: with more, the list is taken as it stands.
MOST_IN_FULL: Final = 1_000
_IN_FULL: Final = frozenset({"service_at_locations", "schedules", "locations", "service_areas"})


def fetch_all(fetcher: Fetcher, url: str, to: Path) -> Fetched:
    """Fetch the file, and the other pages where it says that it is one of several."""
    fetched = fetcher.fetch(url, to)
    if kind_of(to) != "json" or to.stat().st_size > LARGEST_JSON:
        return fetched
    document = read_document(to)
    pages = _pages(document)
    if pages <= 1 and not _is_in_short(fetched.url, document):
        return fetched
    if pages > MOST_PAGES:
        raise FileError(
            _("The feed has %(n)d pages; %(most)d are the most we take.")
            % {"n": pages, "most": MOST_PAGES}
        )
    contents = list(document["contents"])
    first = document.get("page_number", 1)
    for page in range(1, pages + 1):
        if page != first:
            contents += _page(fetcher, fetched.url, page)
    if _is_in_short(fetched.url, {"contents": contents}):
        contents = [_in_full(fetcher, fetched.url, thing) for thing in contents]
    to.write_text(json.dumps({"contents": contents}, default=_number), encoding="utf-8")
    return Fetched(fetched.url, fetched.file_name, to.stat().st_size)


def _pages(document: Any) -> int:
    if not isinstance(document, dict) or not isinstance(document.get("contents"), list):
        return 1
    pages, page = document.get("total_pages"), document.get("page_number")
    return pages if isinstance(pages, int) and isinstance(page, int) else 1


def _is_in_short(url: str, document: Any) -> bool:
    """Whether it is a list of services none of which says where or when it is."""
    contents = document.get("contents") if isinstance(document, dict) else None
    if not httpx.URL(url).path.rstrip("/").endswith("/services") or not isinstance(contents, list):
        return False
    things = [thing for thing in contents if isinstance(thing, dict) and thing.get("id")]
    short = things and not any(thing.keys() & _IN_FULL for thing in things)
    return bool(short) and len(things) == len(contents) <= MOST_IN_FULL


def _in_full(fetcher: Fetcher, url: str, thing: dict[str, Any]) -> dict[str, Any]:
    """The service at its own address; as the list has it where that answers with something else."""
    base = httpx.URL(url)
    path = f"{base.path.rstrip('/')}/{quote(str(thing['id']), safe='')}"
    with tempfile.NamedTemporaryFile(suffix=".json") as file, suppress(FileError):
        fetcher.fetch(str(base.copy_with(raw_path=path.encode())), Path(file.name))
        found = read_document(Path(file.name))
        if isinstance(found, dict) and found.get("id") == thing["id"]:
            return found
    return thing


def _page(fetcher: Fetcher, url: str, page: int) -> list[Any]:
    address = str(httpx.URL(url).copy_set_param("page", page))
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        path = Path(file.name)
        fetcher.fetch(address, path)
        document = read_document(path)
    if not isinstance(document, dict) or not isinstance(document.get("contents"), list):
        raise FileError(_("Page %d of the feed has no contents.") % page)
    found: list[Any] = document["contents"]
    return found


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(value)
