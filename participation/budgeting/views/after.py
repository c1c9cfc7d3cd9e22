"""After the count: the result and its files, publishing, and what the named body decided."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commissioning.documents.actions import request_document
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from participation.budgeting import results, rules
from participation.budgeting.comparison import comparisons_of
from participation.budgeting.desk import rule_in_words
from participation.budgeting.downloads import downloads, recount_commands
from participation.budgeting.forms import AdoptAllForm, AdoptForm
from participation.budgeting.loaders import project_or_404, round_or_404, run_round_or_404
from participation.budgeting.models import Adoption, Round
from participation.budgeting.record import RECORD, may_issue
from participation.budgeting.result_page import Result, result_of
from participation.budgeting.styles import styles
from participation.budgeting.terms import read
from places.directory.signed_in import signed_in

RESULTS = "participation/budgeting/results/"


def result(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What is funded, what is not and by how much, and how to check it."""
    round_, found = _result_or_404(request, round_id)
    user = request.user
    context = {
        "round": round_,
        "programme": round_.programme,
        "result": found,
        "rule": rule_in_words(round_),
        "instructions": _instructions(round_),
        "closing": round_.closing,
        "files": downloads(round_) if round_.published_at else [],
        "commands": (recount_commands(round_, found.count.result) if round_.published_at else []),
        "may_publish": rules.may_publish(user, round_),
        "may_adopt": rules.may_adopt(user, round_),
        "may_issue": may_issue(user, round_.pk),
        "runs": bool(rules.may_review(user, round_)),
    }
    return render(request, f"{RESULTS}result.html", context)


def _instructions(round_: Round) -> str:
    terms = read(round_.config)
    return styles[terms.style].instructions(terms)


def _result_or_404(request: HttpRequest, round_id: UUID) -> tuple[Round, Result]:
    """A counted round whose result the person may see: nobody else learns that there is one."""
    round_ = round_or_404(request.user, round_id)
    found = result_of(round_) if rules.may_see_result(request.user, round_) else None
    if found is None:
        raise Http404
    return round_, found


def why(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    """Why one idea was funded or not, in plain words."""
    round_, found = _result_or_404(request, round_id)
    line = next(
        (
            line
            for purse in found.purses
            for line in (*purse.funded, *purse.unfunded)
            if line.project.number == number
        ),
        None,
    )
    if line is None:
        raise Http404
    context = {
        "round": round_,
        "programme": round_.programme,
        "line": line,
        "project": line.project,
        "rule": rule_in_words(round_),
    }
    return render(request, f"{RESULTS}why.html", context)


def other(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What the other counting rule would have given: an analysis, never a second winner."""
    round_, found = _result_or_404(request, round_id)
    context = {
        "round": round_,
        "programme": round_.programme,
        "rule": rule_in_words(round_),
        "comparisons": comparisons_of(round_, found),
    }
    return render(request, f"{RESULTS}other.html", context)


def download(request: HttpRequest, round_id: UUID, name: str) -> HttpResponse:
    """A file to count again from, or the totals where the crowd is too small to hide in."""
    round_, _found = _result_or_404(request, round_id)
    if round_.published_at is None:
        raise Http404
    file = next((each for each in downloads(round_) if each.name == name), None)
    if file is None:
        raise Http404
    response = HttpResponse(file.make(), content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@require_POST
def review(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The lead found nothing amiss."""
    round_ = run_round_or_404(request.user, round_id)
    results.review(signed_in(request), round_)
    messages.success(request, _("Reviewed. Next, tell the groups how their own idea did."))
    return redirect("budgeting:result", round_id)


@require_POST
def tell_owners(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The groups behind the ideas are told first."""
    round_ = run_round_or_404(request.user, round_id)
    results.tell_owners(signed_in(request), round_)
    messages.success(request, _("The groups are being told. Next, publish the result."))
    return redirect("budgeting:result", round_id)


def publish(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show everybody the result."""
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_publish(request.user, round_))
    back = reverse("budgeting:result", args=[round_id])
    if request.method == "POST":
        results.publish(signed_in(request), round_)
        messages.success(request, _("Published."))
        return redirect(back)
    context = {
        "programme": round_.programme,
        "heading": _("Publish the result?"),
        "consequences": [
            _("Anybody can read the result, and download the files that the round promised."),
            _("It cannot be taken back."),
        ],
        "action": _("Publish the result"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


def adoption(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What the body decided, idea by idea."""
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_adopt(request.user, round_))
    _round, found = _result_or_404(request, round_id)
    context = {
        "round": round_,
        "programme": round_.programme,
        "result": found,
        "waiting": [
            line for purse in found.purses for line in purse.funded if line.decision is None
        ],
    }
    return render(request, f"{RESULTS}adoption.html", context)


def adopt_all(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The body adopted the result as it stands."""
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_adopt(request.user, round_))
    back = reverse("budgeting:adoption", args=[round_id])
    form = AdoptAllForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    if form.is_valid() and attempt(
        form,
        lambda: results.adopt_all(
            signed_in(request), round_, form.cleaned_data["reason"], form.cleaned_data["decided_on"]
        ),
    ):
        messages.success(request, _("Written down. Awards follow from it."))
        return redirect(back)
    context = {
        "programme": round_.programme,
        "form": form,
        "heading": _("Adopt the result as it stands?"),
        "consequences": [
            _("Every idea that the vote funds, and that nothing was decided on yet, is adopted."),
        ],
        "action": _("Write down that it was adopted"),
        "back": back,
    }
    return render(request, "design/confirm.html", context, status=form_status(form))


def adopt(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    """What the body decided about one idea."""
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_adopt(request.user, round_))
    project = project_or_404(round_, number)
    initial: dict[str, Any] = {
        "body": round_.adopting_body,
        "power": round_.adopting_power,
        "decided_on": timezone.localdate(),
    }
    form = AdoptForm(request.POST or None, currency=round_.currency, initial=initial)
    if form.is_valid() and attempt(
        form, lambda: results.decide(signed_in(request), project, _ruling(form))
    ):
        messages.success(request, _("Written down."))
        return redirect("budgeting:adoption", round_id)
    context = {
        "round": round_,
        "programme": round_.programme,
        "project": project,
        "form": form,
        "before": project.adoptions.select_related("by"),
    }
    return render(request, f"{RESULTS}adopt.html", context, status=form_status(form))


def _ruling(form: AdoptForm) -> results.Ruling:
    given = form.cleaned_data
    decided_on: date = given["decided_on"]
    return results.Ruling(
        decision=Adoption.Decision(given["decision"]),
        reason=given["reason"],
        decided_on=decided_on,
        amount=given["amount"],
        body=given["body"],
        power=given["power"],
    )


@require_POST
def issue_record(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Issue the result record as a numbered, sealed PDF."""
    round_ = run_round_or_404(request.user, round_id)
    rendering = request_document(signed_in(request), RECORD, round_.pk, issue=True)
    return redirect("documents:rendering", rendering.pk)
