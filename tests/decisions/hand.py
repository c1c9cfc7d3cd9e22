"""One person at the site, who presses what stands on the page, with every page and word counted.

The stated model of time: 15 seconds for a page, 60 for a sentence typed with thought (a long
text), 20 for a short field or a choice; to read over what stands filled in and leave it, 5 for a
short thing and 20 for a text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from django.test import Client

PAGE, SENTENCE, SHORT, GLANCE, READ = 15, 60, 20, 5, 20
_HIDDEN: Final = {"hidden", "submit", "button"}


@dataclass
class Form:
    """A form of a page: its fields with their first values, as a browser would send them."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)

    def seen(self, name: str) -> str:
        """The field as people see it: the three boxes of a day are one."""
        return name.removesuffix("-day").removesuffix("-month").removesuffix("-year")

    def empty(self, name: str) -> bool:
        """Whether nothing stands in a field."""
        return not any(self.values.get(name, []))


class _Reader(HTMLParser):
    """The forms and the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.choices: dict[str, list[str]] = {}
        self._form: Form | None = None
        self._text: list[str] | None = None
        self._href = ""
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._form = Form(had.get("action", ""), had.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in had:
            self._href, self._text = had["href"], []
        elif tag == "button":
            self._text = []
        if self._form is not None and "name" in had:
            self._take(tag, had)
        if self._form is not None and tag == "option" and self._select and "selected" in had:
            self._form.values[self._select] = [had.get("value", "")]

    def _take(self, tag: str, had: dict[str, str]) -> None:
        form, name, kind = self._form, had["name"], had.get("type", tag)
        if form is None or tag == "button" or kind in {"submit", "button"}:
            return
        form.kinds.setdefault(name, kind)
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area, self._text = name, []
        elif kind in {"radio", "checkbox"}:
            self.choices.setdefault(name, []).append(had.get("value", "on"))
            if "checked" in had:
                form.values.setdefault(name, []).append(had.get("value", "on"))
        else:
            form.values[name] = [had.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        said = " ".join("".join(self._text or []).split())
        if tag == "textarea" and self._form is not None:
            self._form.values[self._area] = ["".join(self._text or []).lstrip("\n")]
            self._text = None
        elif tag == "a" and self._text is not None:
            self.links.append((said, self._href))
            self._text = None
        elif tag == "button" and self._text is not None:
            if self._form is not None:
                self._form.buttons.append(said)
            self._text = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None


@dataclass
class Step:
    """One page that was looked at, and what was done on it."""

    title: str
    texts: int = 0
    shorts: int = 0
    glances: int = 0
    read: int = 0

    @property
    def seconds(self) -> int:
        """By the stated model."""
        typed = self.texts * SENTENCE + self.shorts * SHORT
        return PAGE + typed + self.glances * GLANCE + self.read * READ


class Hand:
    """Follows links and presses buttons that are there, and remembers each page."""

    def __init__(self, browser: Client, begins_at: str) -> None:
        self.browser = browser
        self.steps: list[Step] = []
        self.address = self.html = ""
        self._open(begins_at)

    def _open(self, address: str) -> None:
        if address.startswith("?"):
            address = self.address.partition("?")[0] + address
        answer = self.browser.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self._read(answer.content.decode())

    def _read(self, html: str) -> None:
        self.html, self._page = html, _Reader()
        self._page.feed(html)
        title = html.partition("<h1")[2].partition(">")[2].partition("</h1>")[0]
        if not title:
            title = html.partition("<legend")[2].partition("</legend>")[0]
        words = _Words()
        words.feed(title)
        self.steps.append(Step(" ".join("".join(words.said).split()) or self.address))

    def follow(self, words: str) -> None:
        """Press the link that says this."""
        found = [href for said, href in self._page.links if said.startswith(words)]
        assert found, (words, self.address, [said for said, _href in self._page.links])
        self._open(found[0])

    def offers(self, words: str) -> bool:
        """Whether there is a link or a button that says this."""
        said = [one for one, _href in self._page.links]
        said += [button for form in self._page.forms for button in form.buttons]
        return any(one.startswith(words) for one in said)

    def choice(self, field: str) -> str:
        """The first value that a field of choices has."""
        return self._page.choices[field][0]

    def form(self, button: str) -> Form:
        """The form with that button."""
        found = [form for form in self._page.forms if button in form.buttons]
        assert found, (button, self.address, [form.buttons for form in self._page.forms])
        return found[0]

    def press(self, button: str, say: Mapping[str, str] | None = None, name: str = "") -> None:
        """Say what is to be said, leave the rest as it stands, and press the button."""
        form, said = self.form(button), dict(say or {})
        self._count(form, said)
        values = {name: one for name, one in form.values.items() if one}
        values |= {name: [value] for name, value in said.items()}
        if name:
            values[name] = ["yes"]
        answer = self.browser.post(form.action or self.address, values)
        assert answer.status_code == 302, (self.address, _errors(answer.content.decode()))
        self._open(answer["Location"])

    def _count(self, form: Form, said: Mapping[str, str]) -> None:
        step = self.steps[-1]
        done: set[str] = set()
        for name, kind in form.kinds.items():
            seen = form.seen(name)
            if kind in _HIDDEN or seen in done:
                continue
            done.add(seen)
            parts = [one for one in form.kinds if form.seen(one) == seen]
            before = {one: form.values.get(one, [""]) for one in parts}
            if any(one in said and [said[one]] != before[one] for one in parts):
                step.texts += kind == "textarea"
                step.shorts += kind != "textarea"
            elif any(any(values) for values in before.values()):
                # Of a list that is ticked already each line is read.
                step.read += kind == "textarea"
                step.glances += _lines(kind, before[name])
        unknown = set(said) - set(form.kinds)
        assert not unknown, (unknown, sorted(form.kinds))

    def told(self) -> str:
        """Each step on a line, and the sum."""
        rows = [
            f"{one.seconds:>5} s  texts {one.texts:>2}  short {one.shorts:>2}  "
            f"filled in {one.glances:>2}  texts read {one.read:>2}  {one.title[:80]}"
            for one in self.steps
        ]
        return "\n".join([*rows, self.sum()])

    def sum(self) -> str:
        """The whole way in one line."""
        return (
            f"{len(self.steps)} pages, {self.texts} texts, {self.shorts} short fields: "
            f"{self.minutes:.0f} minutes"
        )

    @property
    def texts(self) -> int:
        """Long texts that had to be typed."""
        return sum(one.texts for one in self.steps)

    @property
    def shorts(self) -> int:
        """Short fields that had to be filled or chosen."""
        return sum(one.shorts for one in self.steps)

    @property
    def minutes(self) -> float:
        """By the stated model."""
        return sum(one.seconds for one in self.steps) / 60


def _lines(kind: str, values: list[str]) -> int:
    if kind == "textarea":
        return 0
    return len(values) if kind == "checkbox" else 1


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _errors(html: str) -> list[str]:
    parts = html.split("error-message")[1:]
    return [part.partition(">")[2][:200] for part in parts] or [html[:500]]
