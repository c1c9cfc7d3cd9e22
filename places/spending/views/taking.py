"""Taking the money's figures away: CSV, XLSX, 360Giving, PDF."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from commissioning.documents.actions import request_document
from commissioning.ground.exports import csv_response
from places.spending import exports, sums
from places.spending.loaders import sorted_programme_or_404, spending_programme_or_404
from places.spending.models import Grant
from places.spending.papers import PAPER
from places.spending.views.common import looked_for, signed_in

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def lines_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The lines that are looked at, as CSV."""
    programme = spending_programme_or_404(request.user, slug)
    _form, wanted = looked_for(request, programme)
    rows = exports.rows_of(sums.lines_of(programme, wanted))
    return csv_response(f"{programme.slug}-spending.csv", exports.COLUMNS, rows)


@require_safe
def lines_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """The lines that are looked at, as a spreadsheet."""
    programme = spending_programme_or_404(request.user, slug)
    _form, wanted = looked_for(request, programme)
    content = exports.workbook(sums.lines_of(programme, wanted))
    return _download(content, _XLSX, f"{programme.slug}-spending.xlsx")


@require_safe
def grants(request: HttpRequest, slug: str) -> HttpResponse:
    """The place's grants as 360Giving JSON."""
    programme = spending_programme_or_404(request.user, slug)
    package = exports.grants_package(Grant.objects.filter(place=programme.place_id))
    content = json.dumps(package, ensure_ascii=False, indent=1).encode()
    return _download(content, "application/json", f"{programme.slug}-grants.json")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_POST
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the picture and its table made as a PDF."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    rendering = request_document(user, PAPER, programme.pk, issue=False)
    return redirect("documents:rendering", rendering.pk)
