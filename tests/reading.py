"""What a PDF says, as a reader would copy it."""

import pypdfium2  # type: ignore[import-untyped]


def words_of(body: bytes) -> list[str]:
    """What each page says, with one space wherever there is any."""
    pages = pypdfium2.PdfDocument(body)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def lines_of(body: bytes) -> list[str]:
    """What each page says, line by line as it stands."""
    pages = pypdfium2.PdfDocument(body)
    return [page.get_textpage().get_text_bounded().replace("\r", "") for page in pages]
