"""Pages of imports: bring a file, match its columns, follow it, undo it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commissioning.ground.answers import Invalid, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme
from places.directory.loaders import place_or_404
from places.directory.models import Place
from places.directory.signed_in import signed_in
from places.imports import actions, tasks
from places.imports.forms import BringForm, MatchForm
from places.imports.importers import Importer, importers
from places.imports.loaders import import_or_404
from places.imports.models import Import
from places.imports.preview import preview_of
from places.imports.rules import (
    MAY_MATCH,
    holds_money,
    may_bring_in,
    may_bring_in_money,
    may_undo,
    shows_amounts,
)

_A_PAGE = 25
# How many rows that were not taken the result names; all are in the file to mend.
SHOWN_ERRORS = 20


@require_safe
@login_required
def place_imports(request: HttpRequest, slug: str) -> HttpResponse:
    """Every file that was brought into the place; no amounts."""
    place = place_or_404(request.user, slug)
    require(may_bring_in(request.user, place))
    context = {"place": place, "new": reverse("imports:place_new", args=[slug])}
    return _history(request, Import.objects.filter(place=place), context)


@require_safe
@login_required
def programme_imports(request: HttpRequest, slug: str) -> HttpResponse:
    """The files with amounts that were brought in from the programme."""
    programme = programme_or_404(request.user, slug)
    require(may_bring_in_money(request.user, programme))
    context = {
        "place": programme.place,
        "programme": programme,
        "new": reverse("imports:programme_new", args=[slug]),
    }
    return _history(request, Import.objects.filter(programme=programme), context)


def _history(request: HttpRequest, found: Any, context: dict[str, Any]) -> HttpResponse:
    listed = found.select_related("by", "programme").defer("detected", "errors", "notes")
    page_obj = Paginator(listed, _A_PAGE).get_page(request.GET.get("page"))
    for import_ in page_obj:
        import_.label = _label(import_)
    return render(request, "imports/history.html", context | {"page_obj": page_obj})


def _label(import_: Import) -> Any:
    known = import_.importer in importers
    return importers[import_.importer].label if known else import_.importer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def place_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a file into the place: places, services, shapes."""
    place = place_or_404(request.user, slug)
    require(may_bring_in(request.user, place))
    back = reverse("imports:place", args=[slug])
    return _bring(
        request, place, None, [one for one in importers if not holds_money(one.name)], back
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def programme_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a file with amounts in, from a programme whose gate is open."""
    programme = programme_or_404(request.user, slug)
    require(may_bring_in_money(request.user, programme))
    money = [one for one in importers if holds_money(one.name)]
    back = reverse("imports:programme", args=[slug])
    return _bring(request, programme.place, programme, money, back)


def _bring(
    request: HttpRequest,
    place: Place,
    programme: Programme | None,
    choices: list[Importer],
    back: str,
) -> HttpResponse:
    form = BringForm(request.POST or None, request.FILES or None, importers=choices)
    brought: list[Import] = []
    if form.is_valid() and attempt(
        form, lambda: brought.append(_brought(request, place, programme, form.cleaned_data))
    ):
        return redirect("imports:import", brought[0].pk)
    context = {
        "form": form,
        "place": place,
        "programme": programme,
        "back": back,
        "choices": choices,
    }
    return render(request, "imports/new.html", context, status=form_status(form))


def _brought(
    request: HttpRequest, place: Place, programme: Programme | None, cleaned: dict[str, Any]
) -> Import:
    user, kind = signed_in(request), cleaned["importer"]
    said = {"programme": programme, "publisher": cleaned["publisher"]}
    if cleaned["url"]:
        return actions.bring_address(user, place, kind, cleaned["url"], **said)
    return actions.bring_file(user, place, kind, cleaned["file"], **said)


@require_safe
@never_cache
@login_required
def import_page(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Where the import stands. htmx asks while the worker is at it; without it one looks again."""
    found = import_or_404(request.user, import_id)
    if request.headers.get("HX-Request") == "true":
        return render(request, "imports/_progress.html", _context(request, found))
    form = MatchForm(import_=found) if found.state in MAY_MATCH and found.file else None
    return _page(request, found, form)


def _context(request: HttpRequest, found: Import) -> dict[str, Any]:
    amounts = shows_amounts(found) or not holds_money(found.importer)
    return {
        "import": found,
        "label": _label(found),
        "amounts": amounts,
        "has_total": amounts and holds_money(found.importer),
        "more_errors": max(0, found.rejected - SHOWN_ERRORS),
        "rows": tasks.rows_so_far(found) if found.is_unfinished else 0,
        "may_undo": may_undo(request.user, found),
        "back": _back(found),
        "result": _result_url(found),
        "numbers": _numbers(found),
    }


def _result_url(found: Import) -> str:
    """Where what came in is seen."""
    if found.state != Import.State.DONE or found.importer not in importers:
        return ""
    return importers[found.importer].result_url(found)


def _numbers(found: Import) -> list[dict[str, Any]]:
    return [
        {"value": f"{found.imported:,}", "label": _("brought in")},
        {"value": f"{found.already_there:,}", "label": _("already there")},
        {"value": f"{found.rejected:,}", "label": _("not taken")},
    ]


def _back(found: Import) -> str:
    if found.programme is not None:
        return reverse("imports:programme", args=[found.programme.slug])
    return reverse("imports:place", args=[found.place.slug])


def _page(request: HttpRequest, found: Import, form: MatchForm | None) -> HttpResponse:
    context = _context(request, found) | {"form": form}
    if form is not None:
        context["preview"] = preview_of(found)
    status = form_status(form) if form is not None else 200
    return render(request, "imports/import.html", context, status=status)


@require_POST
@login_required
def match(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Keep which column is which; with the button that says so, start."""
    found = import_or_404(request.user, import_id)
    user = signed_in(request)
    if found.state not in MAY_MATCH or not found.file:
        raise Invalid(_("This import has been started already."))
    form = MatchForm(request.POST, import_=found)
    row = form.cleaned_data.get("headings_row") if form.is_valid() else None
    if row and row != found.detected.get("header_row"):
        if not attempt(form, lambda: actions.choose_headings(user, found, row)):
            return _page(request, found, form)
        said = _("Row %d is read as the headings now. Look whether the columns are right.")
        messages.success(request, said % row)
        return redirect("imports:import", import_id)
    if not form.is_valid() or not attempt(
        form,
        lambda: actions.match_columns(
            user, found, form.matching(), form.cleaned_data.get("period", "")
        ),
    ):
        return _page(request, found, form)
    if "start" in request.POST:
        actions.start(user, found)
    else:
        messages.success(request, _("Saved. This is how the file is understood now."))
    return redirect("imports:import", import_id)


@require_safe
@login_required
def errors(request: HttpRequest, import_id: UUID) -> FileResponse:
    """The rows that were not taken, to mend and bring in again."""
    found = import_or_404(request.user, import_id)
    hidden = holds_money(found.importer) and not shows_amounts(found)
    if not found.errors_file or hidden:
        raise Http404
    stem = found.file_name.rpartition(".")[0] or found.file_name
    response = FileResponse(
        found.errors_file.open("rb"),
        as_attachment=True,
        filename=f"{stem}-to-mend.csv",
        content_type="text/csv; charset=utf-8",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Confirm that everything the import brought goes again."""
    found = import_or_404(request.user, import_id)
    require(may_undo(request.user, found))
    if request.method == "POST":
        gone = actions.undo(signed_in(request), found)
        messages.success(
            request,
            ngettext("Undone. %d row is gone.", "Undone. %d rows are gone.", gone) % gone,
        )
        return redirect("imports:import", import_id)
    context = {
        "heading": _("Undo the import of “%s”?") % found.file_name,
        "consequences": [
            ngettext(
                "The %d row that it brought goes.",
                "The %d rows that it brought go.",
                found.imported,
            )
            % found.imported,
            _("What was there before stays. You can bring the file in again."),
        ],
        "action": _("Undo the import"),
        "back": reverse("imports:import", args=[import_id]),
    }
    return render(request, "design/confirm.html", context)
