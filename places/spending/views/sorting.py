"""For those who run the programme: who payees are, and rules that say what lines are about."""

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commissioning.ground.answers import Invalid
from commissioning.ground.attempts import attempt, form_status
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.spending.actions import classifying
from places.spending.actions import payees as actions
from places.spending.forms.sorting import AboutForm, DescribeForm, RuleForm
from places.spending.loaders import line_or_404, rule_or_404, sorted_programme_or_404
from places.spending.models import ClassificationRule, Payee, SpendingLine, Suggestion
from places.spending.names import suggested_kind
from places.spending.views.common import crumbs, name_of, signed_in, tabs, url, uuids

PAYEES_A_PAGE: Final = 50
form_methods = require_http_methods(["GET", "HEAD", "POST"])


# Payees ----------------------------------------------------------------------------------------

_SHOW: Final[dict[str, dict[str, Any]]] = {
    "suggested": {"suggestions__state": Suggestion.State.WAITING},
    "matched": {"organisation__isnull": False},
    "unmatched": {"organisation__isnull": True},
    "unknown": {"kind": Payee.Kind.UNKNOWN},
    "perhaps": {"kind": Payee.Kind.PERSON, "kind_is_said": False},
    "people": {"kind__in": (Payee.Kind.PERSON, Payee.Kind.REDACTED)},
}


@login_required
@require_safe
def payees(request: HttpRequest, slug: str) -> HttpResponse:
    """Payees: which organisation each is and how that is known, what kind, what waits."""
    programme = sorted_programme_or_404(request.user, slug)
    show, words = request.GET.get("show", ""), request.GET.get("q", "").replace("\x00", "")
    found = _payees(programme, show, words)
    page = Paginator(found, PAYEES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "currency": _one_currency(programme),
        "rows": [
            {
                "payee": payee,
                "suggestion": next(iter(payee.waiting), None),
                "hint": _hint(payee),
                "is_perhaps_a_person": payee.kind == Payee.Kind.PERSON and not payee.kind_is_said,
            }
            for payee in page
        ],
        "show": show,
        "words": words,
        "shows": _shows(programme, show),
        "form": DescribeForm(),
        "tabs": tabs(programme, "payees", runs=True),
        "crumbs": crumbs(programme, (_("Payees"), "")),
    }
    return render(request, "places/spending/payees.html", context)


def _payees(programme: Programme, show: str, words: str) -> QuerySet[Any]:
    waiting = Suggestion.objects.filter(state=Suggestion.State.WAITING)
    found = (
        Payee.objects.filter(place=programme.place_id, **_SHOW.get(show, {}))
        .select_related("organisation")
        .prefetch_related(
            Prefetch(
                "suggestions", waiting.select_related("organisation__place"), to_attr="waiting"
            )
        )
        .annotate(sum=Sum("lines__amount"), lines_n=Count("lines"))
        .order_by("-sum", "key")
    )
    return found.filter(name__icontains=words) if words else found


def _one_currency(programme: Programme) -> str:
    """The currency of all lines, or nothing where there are several: they are never added up."""
    found = SpendingLine.objects.filter(place=programme.place_id).order_by()
    currencies = list(found.values_list("currency", flat=True).distinct()[:2])
    return currencies[0] if len(currencies) == 1 else ""


def _hint(payee: Payee) -> str:
    """The kind that the name hints at, where nobody has said one."""
    hint = suggested_kind(payee.name) if payee.kind == Payee.Kind.UNKNOWN else ""
    return str(Payee.Kind(hint).label) if hint else ""


def _shows(programme: Programme, here: str) -> list[dict[str, object]]:
    names = {
        "": _("All"),
        "suggested": _("Waiting for a look"),
        "matched": _("Matched"),
        "unmatched": _("Not matched"),
        "unknown": _("Kind not known"),
        "perhaps": _("Named like people"),
        "people": _("People, and names held back"),
    }
    page = url("payees", programme)
    return [
        {"text": text, "url": f"{page}?show={key}" if key else page, "is_here": key == here}
        for key, text in names.items()
    ]


Decide = Callable[[User, Programme, Sequence[UUID]], int]
_DECISIONS: Final[dict[str, tuple[str, Decide]]] = {
    "confirm": ("suggestion", actions.confirm_suggestions),
    "refuse": ("suggestion", actions.refuse_suggestions),
    "undo": ("payee", actions.undo_matches),
    "accept": ("payee", actions.accept_kinds),
    "hide": ("payee", actions.hide_names),
}


@login_required
@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm, refuse, undo or describe all that are ticked."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    try:
        done = _decide(request, user, programme)
    except Invalid as no:
        messages.error(request, str(no.reason))
    else:
        said = ngettext("Done for %d payee.", "Done for %d payees.", done) % done
        messages.success(request, said if done else _("Nothing was ticked that this applies to."))
    if line := uuids([request.POST.get("line", "")]):
        return redirect(url("line", programme, line_or_404(programme, line[0]).pk))
    back = request.POST.get("back", "")
    return redirect(f"{url('payees', programme)}?{back}" if back else url("payees", programme))


def _decide(request: HttpRequest, user: User, programme: Programme) -> int:
    action = request.POST.get("do", "")
    ticked = uuids(request.POST.getlist("payee"))
    if action in _DECISIONS:
        what, work = _DECISIONS[action]
        if what == "payee":
            return work(user, programme, ticked)
        waiting = Suggestion.objects.filter(payee__in=ticked, state=Suggestion.State.WAITING)
        return work(user, programme, list(waiting.values_list("pk", flat=True)))
    form = DescribeForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose what to say about the payees."))
    said = {"yes": True, "no": False}
    return actions.describe(
        user,
        programme,
        ticked,
        kind=form.cleaned_data["kind"],
        local=said.get(form.cleaned_data["local"]),
        small=said.get(form.cleaned_data["small"]),
    )


# Rules -----------------------------------------------------------------------------------------


@login_required
@form_methods
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules, how many lines each speaks of now, and how many it could speak of besides."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    if request.method == "POST":
        done = classifying.apply_to_new_lines(user, programme)
        messages.success(request, ngettext("Said of %d line.", "Said of %d lines.", done) % done)
        return redirect(url("rules", programme))
    waiting = classifying.lines_waiting(programme)
    found = (
        ClassificationRule.objects.filter(programme=programme)
        .select_related("outcome", "by")
        .annotate(n=Count("lines"))
    )
    context = {
        "programme": programme,
        "rules": [(one, waiting.get(one.pk, 0)) for one in found],
        "waiting": sum(waiting.values()),
        "tabs": tabs(programme, "rules", runs=True),
        "crumbs": crumbs(programme, (_("Rules"), "")),
    }
    return render(request, "places/spending/rules.html", context)


@login_required
@form_methods
def rule_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a rule; what it would do is shown before it does anything."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    form = RuleForm(programme, request.POST or None)
    made: list[ClassificationRule] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(classifying.make_rule(user, programme, dict(form.cleaned_data)))
    ):
        return redirect(url("rule", programme, made[0].pk))
    context = {
        "programme": programme,
        "form": form,
        "heading": _("Say what lines are about"),
        "lead": _("For many lines at once. Nothing happens before you have seen which ones."),
        "button": _("Show what it would do"),
        "crumbs": crumbs(programme, (_("Rules"), url("rules", programme)), (_("New rule"), "")),
    }
    return render(request, "places/spending/form.html", context, status=form_status(form))


@login_required
@form_methods
def rule(request: HttpRequest, slug: str, rule_id: UUID) -> HttpResponse:
    """What the rule would do; apply it, undo it, throw it away."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    found = rule_or_404(programme, rule_id)
    if request.method == "POST":
        return _do_with_rule(request, user, programme, found)
    context = {
        "programme": programme,
        "rule": found,
        "preview": (preview := classifying.preview(found)),
        "applied": bool(found.applied_at and not found.undone_at),
        "examples": [(line, name_of(line)) for line in preview.examples],
        "crumbs": crumbs(programme, (_("Rules"), url("rules", programme)), (_("Rule"), "")),
    }
    return render(request, "places/spending/rule.html", context)


def _do_with_rule(
    request: HttpRequest, user: User, programme: Programme, found: ClassificationRule
) -> HttpResponse:
    action = request.POST.get("do", "")
    try:
        if action == "apply":
            done = classifying.apply_rule(user, found)
            said = ngettext("Said of %d line.", "Said of %d lines.", done) % done
        elif action == "undo":
            done = classifying.undo_rule(user, found)
            said = ngettext("Taken back from %d line.", "Taken back from %d lines.", done) % done
        elif action == "remove":
            classifying.remove_rule(user, found)
            messages.success(request, _("The rule is gone."))
            return redirect(url("rules", programme))
        else:
            raise Invalid(_("Choose what to do with the rule."))
        messages.success(request, said)
    except Invalid as no:
        messages.error(request, str(no.reason))
    return redirect(url("rule", programme, found.pk))


@login_required
@form_methods
def about(request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
    """Say what one line is about."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    line = line_or_404(programme, line_id)
    now = line.about.filter(programme=programme).first()
    initial = {"outcome": now.outcome_id, "service": now.service} if now else {}
    form = AboutForm(programme, request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: classifying.say_about(
            user, programme, line, form.cleaned_data["outcome"], form.cleaned_data["service"]
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect(url("line", programme, line.pk))
    context = {
        "programme": programme,
        "form": form,
        "heading": _("What is this line about?"),
        "lead": _("One outcome at most, so that no sum counts the money twice."),
        "button": _("Save"),
        "crumbs": crumbs(
            programme, (name_of(line), url("line", programme, line.pk)), (_("About"), "")
        ),
    }
    return render(request, "places/spending/form.html", context, status=form_status(form))
