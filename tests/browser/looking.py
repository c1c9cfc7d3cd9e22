"""Looking at a page at every width. The fixture is imported by name."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, Axe, fits

Look = Callable[[Page, str], None]


@pytest.fixture
def look(axe: Axe) -> Look:
    """Open a page at each width: it fits, and axe finds nothing."""

    def look_at(page: Page, address: str) -> None:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert fits(page), f"{address} is wider than {width}"
        axe(page)

    return look_at
