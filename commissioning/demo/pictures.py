"""Pictures for ideas: a few calm shapes, drawn from the title so that each idea has its own."""

import hashlib
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 960, 360
SKIES = (
    ("#bfe0cd", "#f8e3a3"),
    ("#cfe3f3", "#f8e3a3"),
    ("#e8d6ef", "#fbe9e2"),
    ("#d8ebe1", "#e4eef8"),
)
INKS = ("#0d4f3c", "#2f7d5b", "#b4431f", "#5b2a6e", "#1f5f99", "#f5b301")


def picture_of(title: str) -> SimpleUploadedFile:
    """A JPEG of hills, houses and trees that no two titles share."""
    dice = list(hashlib.sha256(title.encode()).digest())
    image = _sky(*SKIES[dice[0] % len(SKIES)])
    draw = ImageDraw.Draw(image)
    for place in range(3):
        _hill(draw, dice[1 + place], INKS[dice[4 + place] % 2])
    for place in range(4):
        x = 80 + place * 220 + dice[8 + place] % 90
        ink = INKS[dice[12 + place] % len(INKS)]
        (_house if dice[16 + place] % 2 else _tree)(draw, x, 40 + dice[20 + place] % 60, ink)
    file = io.BytesIO()
    image.filter(ImageFilter.SMOOTH).save(file, "JPEG", quality=70, optimize=True)
    return SimpleUploadedFile("picture.jpg", file.getvalue(), "image/jpeg")


def _sky(left: str, right: str) -> Image.Image:
    sky = Image.new("RGB", (2, 1))
    sky.putpixel((0, 0), _rgb(left))
    sky.putpixel((1, 0), _rgb(right))
    return sky.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hill(draw: ImageDraw.ImageDraw, die: int, ink: str) -> None:
    middle, top = die * WIDTH // 255, HEIGHT - 60 - die % 60
    draw.ellipse((middle - 420, top, middle + 420, top + 400), fill=ink)


def _house(draw: ImageDraw.ImageDraw, x: int, size: int, ink: str) -> None:
    base = HEIGHT - 30
    draw.rectangle((x, base - size, x + size * 2, base), fill=ink)
    draw.polygon(
        [(x - 12, base - size), (x + size, base - size * 2), (x + size * 2 + 12, base - size)],
        fill="#14261f",
    )
    draw.rectangle((x + size - 12, base - 44, x + size + 12, base), fill="#fff4d1")


def _tree(draw: ImageDraw.ImageDraw, x: int, size: int, ink: str) -> None:
    base = HEIGHT - 26
    draw.rectangle((x - 6, base - size, x + 6, base), fill="#4a5a53")
    draw.ellipse((x - size, base - size * 2.4, x + size, base - size * 0.6), fill=ink)
