"""Pictures of pages of the running site, at phone, tablet and laptop width, and of a PDF's pages.

    script/server                               (in another terminal)
    script/screenshots                          the usual pages
    script/screenshots / /verify/ --widths 320  only these, only so wide
    script/screenshots /programmes/ --as ada@rivermead.example
    script/screenshots --pdf record.pdf         the pages of a PDF

They land in var/screenshots. ``--as`` signs in as a demo person, by the one-click sign-in that the
site offers in debug. What is wrong with a page is said beside it: it scrolls sideways, or the
browser complained.
"""

import argparse
import os
import re
import sys
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent

OUT = ROOT / "var/screenshots"
USUAL = (
    "/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/programmes/",
    "/places/",
    "/verify/",
    "/account/login/",
    "/design/",
    "/design/phone/",
    "/design/confirm/",
)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


def say(picture: Path, *wrong: str) -> None:
    """Where the picture is, and what is wrong with what it shows."""
    sys.stdout.write("  ".join((str(picture.relative_to(ROOT)), *wrong)) + "\n")


def file_name(address: str) -> str:
    """The address as the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "home"


def sign_in(context: BrowserContext, site: str, email: str) -> None:
    """Press the demo person's button on the sign-in page."""
    page = context.new_page()
    page.goto(f"{site}/account/login/")
    page.locator(f"button[value='{email}']").click()
    page.wait_for_load_state()
    page.close()


def take(context: BrowserContext, address: str, width: int) -> list[str]:
    """One picture; what is wrong with the page."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 1080 if width > 1500 else 900})
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    answer = page.goto(address)
    page.wait_for_timeout(300)
    if answer is None or not answer.ok:
        wrong.append(f"status {answer.status if answer else 'none'}")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("scrolls sideways")
    picture = OUT / f"{file_name(address)}-{width}.png"
    page.screenshot(path=picture, full_page=width < 1500)
    page.close()
    say(picture, *wrong)
    return wrong


def pages_of(pdf: Path) -> None:
    """Each page of a PDF as a picture."""
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        picture = OUT / f"{pdf.stem}-page-{number}.png"
        page.render(scale=1.6).to_pil().save(picture)
        say(picture)


def main() -> int:
    """0 if nothing was wrong with any page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("addresses", nargs="*")
    parser.add_argument("--site", default=os.environ.get("SITE_URL", "http://localhost:8000"))
    parser.add_argument("--widths", default="320,768,1440")
    parser.add_argument("--as", dest="email", help="sign in as this demo person first")
    parser.add_argument("--pdf", type=Path, action="append", default=[])
    chosen = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    for pdf in chosen.pdf:
        pages_of(pdf)
    addresses = chosen.addresses or ([] if chosen.pdf else USUAL)
    wrong: list[str] = []
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        context = browser.new_context(base_url=chosen.site, locale="en-GB")
        if chosen.email:
            sign_in(context, chosen.site, chosen.email)
        for address in addresses:
            for width in chosen.widths.split(","):
                wrong += take(context, address, int(width))
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
