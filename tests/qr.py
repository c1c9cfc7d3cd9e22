"""Reads a QR code from a picture, as a camera does; it shares no code with what draws it.

After ISO/IEC 18004: versions 1 to 6, byte mode; the codewords are read as they stand, since a
picture that was just drawn has no dirt to correct.
"""

from collections.abc import Iterator
from itertools import groupby

from PIL import Image

# Data blocks of each version and level: how many, and how many codewords each has.
BLOCKS = {
    "L": {1: (1, 19), 2: (1, 34), 3: (1, 55), 4: (1, 80), 5: (1, 108), 6: (2, 68)},
    "M": {1: (1, 16), 2: (1, 28), 3: (1, 44), 4: (2, 32), 5: (2, 43), 6: (4, 27)},
    "Q": {1: (1, 13), 2: (1, 22), 3: (2, 17), 4: (2, 24), 6: (4, 19)},
    "H": {1: (1, 9), 2: (1, 16), 3: (2, 13), 4: (4, 9), 6: (4, 15)},
}
LEVELS = "MLHQ"
MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
Grid = list[list[bool]]


def read_qr(picture: Image.Image) -> str:
    """The words of the one code in a picture."""
    return decode(grid_of(picture))


def grid_of(picture: Image.Image) -> Grid:
    """The modules, found by the three finders: runs of 1, 1, 3, 1, 1 on a line across each."""
    grey = picture.convert("L")
    width, height = grey.size
    dark = [[grey.getpixel((x, y)) < 128 for x in range(width)] for y in range(height)]  # type: ignore[operator]
    seen = [
        (x, y, module)
        for y in range(height)
        for x, module in _finders(dark[y])
        if _crosses(dark, x, y, module)
    ]
    # What else looks like a finder lies between the three.
    left, top, module = min(seen, key=lambda one: one[0] + one[1])
    right, _y, _module = max(seen, key=lambda one: one[0] - one[1])
    across = round((right - left) / module) + 7
    # The first line that crosses a finder's heart is two modules below its edge.
    start_x, start_y = left - 3.5 * module, top - 2 * module
    return [
        [
            dark[round(start_y + (y + 0.5) * module)][round(start_x + (x + 0.5) * module)]
            for x in range(across)
        ]
        for y in range(across)
    ]


def _finders(line: list[bool]) -> Iterator[tuple[float, float]]:
    """Centres of finders on a line, and how wide a module is."""
    runs, at = [], 0
    for is_dark, group in groupby(line):
        length = len(list(group))
        runs.append((is_dark, at, length))
        at += length
    for five in zip(*(runs[i:] for i in range(5)), strict=False):
        module = sum(length for _dark, _at, length in five) / 7
        wanted = (1, 1, 3, 1, 1)
        alike = all(
            abs(run[2] - times * module) <= 0.5 * module
            for run, times in zip(five, wanted, strict=True)
        )
        if five[0][0] and module >= 2 and alike:
            yield five[0][1] + 3.5 * module, module


def _crosses(dark: list[list[bool]], x: float, y: int, module: float) -> bool:
    """Whether the line that was found lies in a finder's heart: light, then dark, up and down."""
    for heart in range(3):
        centre = y + (1 - heart) * module
        rows = [round(centre + step * module) for step in (-3, -2, 2, 3)]
        if min(rows) < 0 or max(rows) >= len(dark):
            continue
        if [dark[row][round(x)] for row in rows] == [True, False, False, True]:
            return True
    return False


def decode(grid: Grid) -> str:
    """The text of a code's modules."""
    size = len(grid)
    version = (size - 17) // 4
    assert size == version * 4 + 17
    level, mask = _format(grid)
    bits = [
        grid[y][x] ^ MASKS[mask](y, x)
        for y, x in _path(size)
        if not _is_function(y, x, size, version)
    ]
    words = [int("".join("01"[bit] for bit in bits[i : i + 8]), 2) for i in range(0, len(bits), 8)]
    blocks, each = BLOCKS[level][version]
    data = [words[block + at * blocks] for block in range(blocks) for at in range(each)]
    stream = "".join(f"{word:08b}" for word in data)
    assert stream[:4] == "0100", "byte mode"
    length = int(stream[4:12], 2)
    body = bytes(int(stream[12 + 8 * i : 20 + 8 * i], 2) for i in range(length))
    return body.decode()


def _format(grid: Grid) -> tuple[str, int]:
    """Level and mask, from beside the first finder."""
    cells = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    value = int("".join("01"[grid[y][x]] for y, x in cells), 2) ^ 0b101010000010010
    return LEVELS[value >> 13], (value >> 10) & 7


def _path(size: int) -> Iterator[tuple[int, int]]:
    """The way of the bits: two columns at a time from the right, up and down, past column 6."""
    up = True
    right = size - 1
    while right > 0:
        right -= right == 6
        for step in range(size):
            y = size - 1 - step if up else step
            yield from ((y, right), (y, right - 1))
        up = not up
        right -= 2


def _is_function(y: int, x: int, size: int, version: int) -> bool:
    """Finders with their format, timing, and the one alignment pattern of small versions."""
    corner = (y < 9 and (x < 9 or x >= size - 8)) or (x < 9 and y >= size - 8)
    middle = size - 7
    aligned = version > 1 and abs(y - middle) <= 2 and abs(x - middle) <= 2
    return corner or 6 in (y, x) or aligned
