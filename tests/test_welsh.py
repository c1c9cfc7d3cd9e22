"""The pages that residents need are in Welsh: all of them, whole, and no page by half."""

import ast
import datetime as dt
import gettext
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from django.utils.translation import ngettext
from django.utils.translation.template import templatize

from commissioning.design import language, when
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.budgeting.forms import VoterCodeForm
from participation.budgeting.forms.prepare import RULES
from participation.budgeting.models import Adoption, Round
from participation.workshops.actions import drafting
from participation.workshops.activities.base import kinds
from participation.workshops.activities.offers.slice import WHAT
from participation.workshops.activities.statements import slice as statements
from participation.workshops.models import Consent
from tests.cast import SignIn

ROOT: Final = Path(__file__).parents[1]
CATALOGUE: Final = ROOT / "locale/cy/LC_MESSAGES/django.po"
# One number for each plural form of Welsh, in the order of the catalogue: none, one, two, three,
# six, and all others.
NUMBERS: Final = (0, 1, 2, 3, 6, 4)
PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")

RESIDENTS_TEMPLATES: Final = (
    "40?.html",
    "41?.html",
    "500.html",
    "base*.html",
    "refused.html",
    "design/footer.html",
    "design/head*.html",
    "design/messages.html",
    "design/problem.html",
    "design/words.html",
    "design/components/*.html",
    "design/forms/**/*.html",
    "documents/checked.html",
    "documents/issued.html",
    "documents/verify.html",
    "participation/budgeting/results/_line.html",
    "participation/budgeting/results/other.html",
    "participation/budgeting/results/result.html",
    "participation/budgeting/results/why.html",
    "participation/budgeting/rounds/_declared.html",
    "participation/budgeting/rounds/_status.html",
    "participation/budgeting/rounds/_turnout.html",
    "participation/budgeting/rounds/hall.html",
    "participation/budgeting/rounds/round.html",
    "participation/budgeting/styles/*.html",
    "participation/budgeting/vote/*.html",
    "participation/workshops/activities/*/phone.html",
    "participation/workshops/activities/drafting/_changes.html",
    "participation/workshops/activities/welcome/_givens.html",
    "participation/workshops/door.html",
    "participation/workshops/enter.html",
    "participation/workshops/hear.html",
    "participation/workshops/hearer.html",
    "participation/workshops/leave.html",
    "participation/workshops/over.html",
    "participation/workshops/left.html",
    "participation/workshops/parts/near.html",
    "participation/workshops/parts/opinion.html",
    "participation/workshops/parts/opinion_picture.html",
    "participation/workshops/parts/opinion_rows.html",
    "participation/workshops/parts/own.html",
    "participation/workshops/parts/park.html",
    "participation/workshops/parts/rehearsal.html",
    "participation/workshops/parts/say.html",
    "participation/workshops/phone.html",
    "participation/workshops/privacy.html",
    "participation/workshops/room_map.html",
    "participation/workshops/worry.html",
)
RESIDENTS_CODE: Final = (
    "commissioning/design/context.py",
    "commissioning/design/when.py",
    "commissioning/documents/forms.py",
    "commissioning/documents/verify.py",
    "commissioning/programmes/templatetags/money.py",
    "participation/budgeting/admission.py",
    "participation/budgeting/ballot_page.py",
    "participation/budgeting/cast.py",
    "participation/budgeting/counted.py",
    "participation/budgeting/downloads.py",
    "participation/budgeting/result_page.py",
    "participation/budgeting/styles/*.py",
    "participation/budgeting/views/public.py",
    "participation/budgeting/views/vote.py",
    "participation/workshops/actions/answering.py",
    "participation/workshops/actions/common.py",
    "participation/workshops/actions/contributing.py",
    "participation/workshops/actions/dotting.py",
    "participation/workshops/actions/hearing.py",
    "participation/workshops/actions/standing.py",
    "participation/workshops/forms/hearing.py",
    "participation/workshops/forms/joining.py",
    "participation/workshops/map_page.py",
    "participation/workshops/rules.py",
    "participation/workshops/views/joining.py",
)
# Which argument of each function is the words.
MARKERS: Final = {
    "_": 0,
    "gettext": 0,
    "gettext_lazy": 0,
    "gettext_noop": 0,
    "ngettext": 0,
    "ngettext_lazy": 0,
    "pgettext": 1,
    "pgettext_lazy": 1,
}


@dataclass
class Entry:
    """An entry of the catalogue."""

    context: str = ""
    words: str = ""
    plural: str = ""
    welsh: list[str] = field(default_factory=list)

    @property
    def is_translated(self) -> bool:
        """Whether it has Welsh words, all of them."""
        return all(self.welsh)


def entries() -> Iterator[Entry]:
    """The catalogue's entries, without its head."""
    line = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (\".*\")$")
    for block in CATALOGUE.read_text().split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for text in block.splitlines():
            if found := line.match(text):
                name = found[1]
                fields[name] = ast.literal_eval(found[2])
            elif text.startswith('"'):
                fields[name] += ast.literal_eval(text)
        if fields.get("msgid"):
            yield Entry(
                fields.get("msgctxt", ""),
                fields["msgid"],
                fields.get("msgid_plural", ""),
                [text for name, text in fields.items() if name.startswith("msgstr")],
            )


ENTRIES: Final = list(entries())
TRANSLATED: Final = [entry for entry in ENTRIES if entry.is_translated]


def words_in_code(source: str) -> set[str]:
    """Every string that is marked for translation in a piece of Python."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        place = MARKERS.get(node.func.id)
        if place is None or len(node.args) <= place:
            continue
        argument = node.args[place]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            found.add(argument.value)
    return found


def words_in_template(source: str) -> set[str]:
    """Every string that is marked for translation in a template, as makemessages reads it."""
    text = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    calls = rf"\b(?:(?:n?gettext|_)\(\s*{text}|pgettext\(\s*{text}\s*,\s*{text})"
    found = re.finditer(calls, templatize(source))
    return {ast.literal_eval(call[3] or call[1]).replace("%%", "%") for call in found}


def sources() -> Iterable[Path]:
    """The files whose words residents read."""
    for patterns, folder in ((RESIDENTS_TEMPLATES, ROOT / "templates"), (RESIDENTS_CODE, ROOT)):
        for pattern in patterns:
            files = sorted(folder.glob(pattern))
            assert files, f"nothing is called {pattern} any more"
            yield from files


def words_in(path: Path) -> set[str]:
    source = path.read_text()
    return words_in_template(source) if path.suffix == ".html" else words_in_code(source)


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_word_that_residents_read_is_in_welsh(path: Path) -> None:
    welsh = {entry.words for entry in TRANSLATED}
    assert not words_in(path) - welsh


def test_words_are_really_found() -> None:
    ballot = ROOT / "templates/participation/budgeting/vote/ballot.html"
    assert {"Save my vote", "Voting closes %(at)s."} <= words_in(ballot)
    points = ROOT / "participation/budgeting/styles/points.py"
    assert {"%(n)d point still to give.", "Points to share out"} <= words_in(points)


def test_names_of_rules_decisions_and_the_code_are_in_welsh() -> None:
    with translation.override("en-gb"):
        choices = (Round.PartFit, Round.OwnProjects, Round.EarlyLeavers, Adoption.Decision)
        words = {str(label) for kind in choices for label in kind.labels}
        words |= {str(each) for pair in RULES.values() for each in pair}
        code = VoterCodeForm.base_fields["code"]
        words |= {str(code.label), str(code.help_text)}
    assert not words - {entry.words for entry in TRANSLATED}


def test_what_phones_are_told_in_a_workshop_is_in_welsh() -> None:
    with translation.override("en-gb"):
        words = {str(saying) for kind in kinds for saying in kind.sayings.values()}
        words |= {str(label) for label in (*WHAT.values(), *Consent.Answer.labels)}
    source = inspect.getsource(drafting.stand) + inspect.getsource(statements._short)
    words |= words_in_code(textwrap.dedent(source))
    assert len(words) > 20
    assert not words - {entry.words for entry in TRANSLATED}


def test_the_compiled_catalogue_says_the_same() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in TRANSLATED:
        if entry.plural:
            said = [compiled.ngettext(entry.words, entry.plural, n) for n in NUMBERS]
        elif entry.context:
            said = [compiled.pgettext(entry.context, entry.words)]
        else:
            said = [compiled.gettext(entry.words)]
        assert said == entry.welsh, "compile it: msgfmt --check -o django.mo django.po"


@pytest.mark.parametrize("entry", TRANSLATED, ids=lambda entry: entry.words[:40])
def test_what_is_filled_in_is_the_same_in_welsh(entry: Entry) -> None:
    wanted = sorted(PLACEHOLDER.findall(entry.plural or entry.words))
    for welsh in entry.welsh:
        assert sorted(PLACEHOLDER.findall(welsh)) == wanted


def test_numbers_change_the_first_letter_as_welsh_wants() -> None:
    with translation.override("cy"):
        votes = [ngettext("%(n)s vote", "%(n)s votes", n) % {"n": n} for n in (1, 2, 3, 6, 10)]
        points = [ngettext("%(n)s point", "%(n)s points", n) % {"n": n} for n in (1, 2, 3, 10)]
    assert votes == ["1 bleidlais", "2 bleidlais", "3 pleidlais", "6 phleidlais", "10 pleidlais"]
    assert points == ["1 pwynt", "2 bwynt", "3 phwynt", "10 pwynt"]


def test_dates_and_times_are_in_welsh() -> None:
    close = dt.datetime(2027, 3, 14, 20, 5, tzinfo=dt.UTC)
    with translation.override("cy"):
        assert when.moment_zone(close) == "14 Mawrth 2027 am 8:05pm (amser y DU, GMT)"
        assert when.moment(close.replace(hour=12, minute=0)) == "14 Mawrth 2027 am hanner dydd"


# Pages ---------------------------------------------------------------------------------------


def welsh_browser(client: Client) -> Client:
    """A browser in which somebody chose Welsh."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/v/", "Pleidleisiwch â&#x27;ch cerdyn"),
        ("/v/counted/", "A gafodd fy ngherdyn ei gyfrif?"),
        ("/v/finished/", "Rydych wedi gorffen"),
        ("/verify/", "Gwirio dogfen"),
        ("/j/", "Beth yw'r cod ar y wal?"),
        ("/nowhere/", "Heb ddod o hyd i&#x27;r dudalen"),
    ],
)
def test_a_page_for_residents_is_in_welsh(client: Client, address: str, words: str) -> None:
    page = welsh_browser(client).get(address).content.decode()
    assert '<html lang="cy"' in page
    assert words.replace("&#x27;", "'") in page.replace("&#x27;", "'")


@pytest.mark.django_db
def test_a_page_that_is_not_translated_is_wholly_in_english(
    client: Client, programme: Programme, ada: User, sign_in: SignIn
) -> None:
    for browser in (welsh_browser(client), welsh_browser(sign_in(ada))):
        for address in ("/", "/about/", f"/programmes/{programme.slug}/"):
            answer = browser.get(address)
            page = answer.content.decode()
            assert '<html lang="en-GB"' in page
            assert "Rhaglenni" not in page
            assert "cc-language" not in page
            assert answer["Content-Language"] == "en-gb"


@pytest.mark.django_db
def test_the_choice_is_made_by_a_button_and_kept(client: Client) -> None:
    assert "cc-language" in client.get("/v/").content.decode()
    client.post("/language/setlang/", {"language": "cy", "next": "/v/"})
    assert '<html lang="cy"' in client.get("/v/").content.decode()


def test_the_translated_pages_are_pages() -> None:
    def names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from names(pattern.url_patterns, inner)
            else:
                yield f"{space}{pattern.name}"

    assert set(names(get_resolver().url_patterns)) >= language.TRANSLATED
