"""QR codes for paper and walls."""

import base64
import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_png_data_uri(text: str, *, error: str = "m") -> str:
    """A QR code as a PNG of one pixel a module, to be enlarged by CSS (``image-rendering``).

    The quickest way to print many: 500 cards in seconds.
    """
    picture = io.BytesIO()
    segno.make(text, error=error, micro=False).save(picture, kind="png", scale=1, border=0)
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()


def qr_svg(text: str, alt: str, *, error: str = "m") -> SafeString:
    """A QR code as inline SVG with its name, sharp at any size."""
    picture = io.BytesIO()
    segno.make(text, error=error, micro=False).save(
        picture,
        kind="svg",
        border=0,
        xmldecl=False,
        omitsize=True,
        title=alt,
        svgclass="qr",
        lineclass=None,
        nl=False,
        dark="#14261f",
    )
    return mark_safe(picture.getvalue().decode())  # noqa: S308  # segno escapes the title
