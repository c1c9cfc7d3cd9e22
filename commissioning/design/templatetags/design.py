"""Template tags of the design system: builtin in every template. ``docs/design.md`` shows each."""

from collections.abc import Iterable, Sequence
from typing import Any

import segno
from django import forms, template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from commissioning.design import icons, when
from commissioning.design.forms import Field, all_errors

register = template.Library()

register.filter("day", when.day)
register.filter("clock", when.clock)
register.filter("moment", when.moment)
register.filter("moment_zone", when.moment_zone)

COMPONENTS = "design/components/"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """``{% icon "lock" %}``: decoration; with a label, a picture with a name."""
    return icons.svg(name, label)


@register.simple_tag(name="tag")
def tag_(text: object, kind: str = "") -> SafeString:
    """``{% tag "5 to check" "wait" %}``. Kinds: wait, lock, talk, stop, info, solid."""
    modifier = f" cc-tag--{kind}" if kind else ""
    return format_html('<strong class="cc-tag{}">{}</strong>', modifier, text)


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    """``{% qr link "QR code for the ballot" %}``: an SVG that scans from paper and screen."""
    code = segno.make(text, error="m", micro=False)
    size = code.symbol_size(border=4)[0]
    rows = (
        f"M{x + 4} {y + 4}h1v1h-1z"
        for y, row in enumerate(code.matrix)
        for x, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg class="cc-qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" '
        'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{0}v{0}H0z"/>'
        '<path fill="#14261f" d="{2}"/></svg>',
        size,
        label or _("QR code"),
        "".join(rows),
    )


@register.inclusion_tag(f"{COMPONENTS}progress.html")
def progress(done: float, of: float, text: str = "") -> dict[str, object]:
    """``{% progress 17 30 "17 of 30 scored" %}``: a bar that says its value in words."""
    share = min(max(done / of, 0), 1) if of else 0
    return {"share": round(share * 100, 1), "text": text or f"{round(share * 100)}%"}


@register.inclusion_tag(f"{COMPONENTS}pagination.html", takes_context=True)
def pagination(
    context: Context, page: Page[Any], label: str = "", name: str = "page"
) -> dict[str, object]:
    """``{% pagination page %}``: keeps the query string; nothing where there is one page."""
    paginator = page.paginator
    return {
        "request": context.get("request"),
        "page": page,
        "name": name,
        "label": label or _("Pages"),
        "numbers": paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "ellipsis": paginator.ELLIPSIS,
    }


@register.simple_tag(takes_context=True)
def page_link(context: Context, number: int) -> str:
    """The address of that page of the list, everything else in the query string kept."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[str(context.get("name", "page"))] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag(f"{COMPONENTS}sort_heading.html", takes_context=True)
def sort_heading(context: Context, key: str, text: str, numeric: str = "") -> dict[str, object]:
    """``{% sort_heading "name" "Name" %}`` in a table's head: ``?sort=name``, then ``-name``."""
    request = context.get("request")
    now = request.GET.get("sort", "") if request else ""
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    return {
        "request": request,
        "text": text,
        "numeric": bool(numeric),
        "direction": direction,
        "target": f"-{key}" if direction == "ascending" else key,
    }


@register.inclusion_tag(f"{COMPONENTS}error_summary.html", takes_context=True)
def error_summary(context: Context, *sources: object) -> dict[str, object]:
    """``{% error_summary form %}`` (or several forms and formsets): what to mend, with links.

    ``base.html`` shows it for the context's ``form``; a form is never summed up twice on a page.
    """
    seen: set[int] = context.render_context.setdefault("summed_up", set())  # type: ignore[arg-type,assignment]
    found = []
    for form in _forms(sources):
        if id(form) not in seen:
            seen.add(id(form))
            found += all_errors(form)
    return {"groups": found}


def _forms(sources: Iterable[object]) -> list[forms.BaseForm]:
    found: list[forms.BaseForm] = []
    for source in sources:
        if isinstance(source, forms.BaseFormSet):
            found += source.forms
        elif isinstance(source, forms.BaseForm):
            found.append(source)
    return [form for form in found if form.is_bound]


@register.filter
def revealed_names(form: forms.BaseForm) -> set[str]:
    """Names of the fields that stand inside another field's choice."""
    bound = [form[name] for name in form.fields]
    looks = [field.look for field in bound if isinstance(field, Field)]
    return {name for look in looks for names in look.reveals.values() for name in names}


@register.filter
def percent_of(part: float, whole: float) -> float:
    """``{{ votes|percent_of:most }}``: 0 to 100, for the width of a bar."""
    return round(100 * float(part) / float(whole), 2) if whole else 0


@register.inclusion_tag(f"{COMPONENTS}bars.html")
def bars(
    rows: Sequence[dict[str, Any]], caption: str, unit: str = "", heading: str = "", one: str = ""
) -> dict[str, object]:
    """``{% bars rows "Votes by idea" unit="votes" %}``: a bar chart, and the same as a table.

    Each row: ``label``, ``value``, and if wanted ``note``, ``text`` (instead of the value) and
    ``off`` (drawn grey). ``one`` is the unit of a single one: ``unit="votes" one="vote"``.
    """
    most = max((float(row["value"]) for row in rows), default=0)
    drawn = [row | {"width": percent_of(row["value"], most)} for row in rows]
    return {"rows": drawn, "caption": caption, "unit": unit, "one": one or unit, "heading": heading}


def _block(name: str, content: str, **context: object) -> SafeString:
    shown = render_to_string(f"{COMPONENTS}{name}.html", context | {"content": content})
    return mark_safe(shown)  # noqa: S308  rendered by the template engine, which escaped it


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """``{% details "How we count" %}...{% enddetails %}``: closed until asked for."""
    return _block("details", content, summary=summary)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """``{% inset %}...{% endinset %}``: a quotation, or something to keep in mind."""
    return _block("inset", content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """``{% warning %}...{% endwarning %}``: what cannot be undone, or has a cost."""
    return _block("warning", content)


@register.simple_block_tag
def note(content: str, kind: str = "") -> SafeString:
    """``{% note "talk" %}...{% endnote %}``. Kinds: talk (people differ), wait, warn."""
    return _block("note", content, kind=kind)


@register.simple_block_tag
def lock(content: str) -> SafeString:
    """``{% lock %}<b>Options are locked.</b> They open when ...{% endlock %}``."""
    return _block("lock", content)


@register.simple_block_tag
def next_step(content: str, heading: str, eyebrow: str = "") -> SafeString:
    """``{% next_step "Check the gaps" %}<p>...</p>{% endnext_step %}``: the one clear action."""
    return _block("next_step", content, heading=heading, eyebrow=eyebrow or _("What to do next"))


@register.simple_block_tag
def empty(content: str, heading: str, picture: str = "rings") -> SafeString:
    """``{% empty "No projects yet" %}<p>...</p>{% endempty %}``: why, and what to do about it."""
    return _block("empty", content, heading=heading, picture=picture)


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """``{% panel "Sent" %}Your number is ...{% endpanel %}``: the h1 of a confirmation page."""
    return _block("panel", content, title=title)


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """``{% scroll "Projects" %}<table class="govuk-table">...{% endscroll %}``: wide on a phone."""
    return _block("scroll", content, label=label)


@register.simple_block_tag
def card(content: str, heading: str = "", kind: str = "", level: int = 2) -> SafeString:
    """``{% card "Outcomes" %}...{% endcard %}``. Kinds: warn, wait, mist."""
    return _block("card", content, heading=heading, kind=kind, level=level)


@register.simple_block_tag
def banner(content: str, kind: str = "", title: str = "") -> SafeString:
    """``{% banner "success" %}...{% endbanner %}``: what just happened. Kinds: success, error."""
    return _block("banner", content, kind=kind, title=title)
