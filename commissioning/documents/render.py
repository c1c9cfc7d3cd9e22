"""From a template and its data to an accessible PDF (PDF/UA-1). Pure: nothing is kept here.

What is archived (``documents``) and what must not be (voting cards) both go through
:func:`render_pdf`; only the former is stored. It is imported where something is laid out and
not before: a web process never is that place, and does without WeasyPrint's 40 MB.
"""

import datetime as dt
import functools
import io
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetchingError

from commissioning.documents.assets import OwnAssets
from commissioning.documents.pdf import Pdf, RenderingFailed

TYPEFACE: Final = "Atkinson Hyperlegible Next"
# What the first page of ``documents/base.html`` says of itself, and the sizes it is tried at.
ONE_PAGE: Final = "columns--one-page"
CLOSENESS: Final = ("columns--wide", "columns--close", "columns--tight")
END_OF_FIRST_PAGE: Final = "<!-- first page -->"
_BARE_SVG: Final = re.compile(r"<svg(?![^>]*\sfont-family=)(?=[\s>])")
_ONE_AT_A_TIME = threading.Lock()


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    lang: str,
    attachment: bytes | None = None,
    identifier: bytes | None = None,
    created: dt.datetime | None = None,
) -> bytes:
    """Lay a template out as PDF/UA-1. See :func:`render_pages`."""
    return render_pages(
        template,
        context,
        title=title,
        lang=lang,
        attachment=attachment,
        identifier=identifier,
        created=created,
    ).body


def render_pages(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    lang: str,
    attachment: bytes | None = None,
    identifier: bytes | None = None,
    created: dt.datetime | None = None,
) -> Pdf:
    """Lay a template (it extends ``documents/base.html``) out as PDF/UA-1, counting its pages.

    ``attachment`` is JSON, attached as ``data.json``. With ``identifier`` and ``created`` fixed,
    the same input gives the same bytes. Raises :class:`RenderingFailed`.
    """
    created = created or dt.datetime.now(dt.UTC)
    with translation.override(lang):
        html = render_to_string(
            template,
            {
                **context,
                "document_title": title,
                "lang": lang,
                "created_w3c": created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            },
        )
    # WeasyPrint gives inline SVG none of the page's own style, so each picture names the typeface.
    page = _BARE_SVG.sub(rf'<svg font-family="{TYPEFACE}"', html)
    with _clock(created):
        try:
            document = _laid_out(_on_one_page(page))
        except (FatalURLFetchingError, URLFetchingError) as error:
            raise RenderingFailed(_("A part of the document's design is missing.")) from error
        body = document.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier or True,
            finisher=_say_scopes,
            attachments=_attachments(attachment, created),
        )
    return Pdf(body, len(document.pages))


def _laid_out(page: str) -> Any:
    fonts, sheet = _fonts_and_sheet()
    return HTML(string=page, base_url="asset:", url_fetcher=OwnAssets()).render(
        font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1"
    )


def _on_one_page(page: str) -> str:
    """Set a first page that asks for it as close as it takes to be one page; nothing is cut.

    It is laid out by itself at each size. What is too long at the closest goes on on the next page;
    where it is longer than two pages at the widest, none is tried in between.
    """
    if f'"columns {ONE_PAGE}"' not in page:
        return page
    tries = [
        page.replace(f'"columns {ONE_PAGE}"', f'"columns {ONE_PAGE} {closeness}"')
        for closeness in CLOSENESS
    ]
    for tried in tries[:-1]:
        pages = len(_laid_out(_alone(tried)).pages)
        if pages == 1:
            return tried
        if pages > 2:
            break
    return tries[-1]


def _alone(page: str) -> str:
    """The first page by itself. What it points to follows empty, so that its page has a number."""
    first = page[: page.index(END_OF_FIRST_PAGE)]
    known = dict.fromkeys(re.findall(r'href="#([\w-]+)"', first))
    return first + "".join(f'<div id="{one}"></div>' for one in known) + "</main></body></html>"


def _attachments(body: bytes | None, created: dt.datetime) -> list[Attachment]:
    if body is None:
        return []
    return [
        Attachment(
            file_obj=io.BytesIO(body),
            name="data.json",
            description="The data that this document was made from, as JSON",
            created=created,
            modified=created,
            relationship="Source",
        )
    ]


def _say_scopes(document: Any, _pdf: Any) -> None:
    """Say of each table header whether it heads its row or its column.

    WeasyPrint joins cells to headers by id, which is enough for PDF/UA; but readers that know
    only scopes are common.
    """
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element_tag == "th" and hasattr(box, "mark"):
                row = box.element.get("scope") == "row"
                box.mark["A"]["Scope"] = "/Row" if row else "/Column"


@functools.cache
def _fonts_and_sheet() -> tuple[FontConfiguration, CSS]:
    """The typeface and the style sheet, read once a process: unpacking them takes longest."""
    fonts = FontConfiguration()
    return fonts, CSS(url="asset:record.css", url_fetcher=OwnAssets(), font_config=fonts)


@contextmanager
def _clock(moment: dt.datetime) -> Iterator[None]:
    """Stop the clock that fontTools stamps fonts with; one rendering a process at a time."""
    with _ONE_AT_A_TIME:
        before = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
        try:
            yield
        finally:
            if before is None:
                del os.environ["SOURCE_DATE_EPOCH"]
            else:
                os.environ["SOURCE_DATE_EPOCH"] = before
