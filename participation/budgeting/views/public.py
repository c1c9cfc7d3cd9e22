"""What anybody may read of a round: what was declared, the ideas, the turnout in the hall."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from commissioning.ground.answers import require
from commissioning.programmes.rules import may_run
from participation.budgeting import rules
from participation.budgeting.desk import part_fit_in_words, rule_in_words
from participation.budgeting.forms.prepare import RULES
from participation.budgeting.loaders import project_or_404, round_or_404
from participation.budgeting.models import Round
from participation.budgeting.styles import styles
from participation.budgeting.terms import read
from participation.budgeting.turnout import EVERY_SECONDS, turnout


def round_page(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What is voted on, by whom, how it is counted, and everything else that was declared."""
    round_ = _opened_or_404(request, round_id)
    terms = read(round_.config)
    context = {
        "round": round_,
        "programme": round_.programme,
        "projects": round_.projects.select_related("area", "owner"),
        "terms": terms,
        "style": styles[terms.style],
        "instructions": styles[terms.style].instructions(terms),
        "rule": rule_in_words(round_),
        "rule_about": RULES.get(round_.rule, ("", ""))[1],
        "part_fit": part_fit_in_words(round_),
        "tie_order": [(number, terms.by_number[number].title) for number in terms.tie_order],
        "moved": round_.closes_moved.all(),
        "may_see_result": rules.may_see_result(request.user, round_),
        "runs": may_run(request.user, round_.programme),
    }
    return render(request, "participation/budgeting/rounds/round.html", context)


def declaration(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The frozen declaration, byte for byte: its SHA-256 is the digest that was published."""
    round_ = _opened_or_404(request, round_id)
    response = HttpResponse(round_.config, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="declaration.json"'
    return response


def picture(request: HttpRequest, round_id: UUID, number: int) -> FileResponse:
    """An idea's picture, drawn again when it was uploaded; it never changes once voting opened."""
    project = project_or_404(round_or_404(request.user, round_id), number)
    if not project.picture:
        raise Http404
    file = project.picture.open()
    kind = "image/png" if file.read(4) == b"\x89PNG" else "image/jpeg"
    file.seek(0)
    response = FileResponse(file, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=86400"
    return response


def hall(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The screen in the hall: how to vote, when it closes, and how many votes are in."""
    round_ = _opened_or_404(request, round_id)
    context = {
        "round": round_,
        "programme": round_.programme,
        "turnout": turnout(round_),
        "every": EVERY_SECONDS,
        "address": request.build_absolute_uri(reverse("vote:enter")),
    }
    return render(request, "participation/budgeting/rounds/hall.html", context)


@never_cache
def hall_turnout(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The turnout alone, for the screen to ask for every half minute."""
    round_ = _opened_or_404(request, round_id)
    context = {"round": round_, "turnout": turnout(round_)}
    return render(request, "participation/budgeting/rounds/_turnout.html", context)


def _opened_or_404(request: HttpRequest, round_id: UUID) -> Round:
    round_ = round_or_404(request.user, round_id)
    if round_.is_draft:
        raise Http404
    require(rules.may_see_round(request.user, round_))
    return round_
