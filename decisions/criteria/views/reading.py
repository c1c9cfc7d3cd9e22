"""What everybody reads: the sets of a question, one set, made-up bids, the data file, the paper."""

from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commissioning.documents.actions import request_document
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.voices import voices_of
from decisions.criteria import actions, rules
from decisions.criteria.base import fit_of
from decisions.criteria.forms.sets import BeginForm
from decisions.criteria.forms.trying import TryForm
from decisions.criteria.judging.library import LOCAL_KNOWLEDGE
from decisions.criteria.judging.weighing import made_up, rank, stretches
from decisions.criteria.models import TOP, CriteriaSet
from decisions.criteria.ocds import release_package
from decisions.criteria.paper import PAPER, may_make
from decisions.criteria.reading import Reading
from decisions.criteria.told import OF_THE_BASICS, demands_named, trying_named
from decisions.criteria.views.common import (
    crumbs_of,
    on_from,
    readable_question,
    run_question,
    set_or_404,
    url_of,
)
from places.directory.signed_in import signed_in


@require_safe
def all_sets(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """The versions of a question's criteria that this person may read."""
    question = readable_question(request.user, slug, question_id)
    may_begin = rules.may_begin(request.user, question)
    sets = list(CriteriaSet.objects.filter(question=question))
    context = {
        "question": question,
        "programme": question.programme,
        "sets": [one for one in sets if one.is_final or may_begin],
        "may_begin": may_begin and all(one.is_final for one in sets),
        "crumbs": crumbs_of(question),
    }
    return render(request, "decisions/criteria/all.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Begin a set, or a new version of it."""
    question = run_question(request.user, slug, question_id)
    form = BeginForm(fit_of(question), request.POST or None)
    made: list[CriteriaSet] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.begin_criteria(signed_in(request), question, **form.cleaned_data)
        ),
    ):
        made[0].question = question
        return redirect(on_from(made[0]))
    context = {
        "form": form,
        "heading": _("Begin the criteria"),
        "button": _("Begin"),
        "programme": question.programme,
        "crumbs": crumbs_of(question, (_("Begin"), "")),
    }
    return render(request, "decisions/criteria/form.html", context, status=form_status(form))


@require_safe
def criteria(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """One set: what counts, how it is judged, by whom, and what is still missing."""
    held = set_or_404(request.user, slug, question_id, set_id)
    reading = Reading(held)
    voices = voices_of(held.question.programme, request.user)
    context = {
        "held": held,
        "question": held.question,
        "programme": held.question.programme,
        "reading": reading,
        "basics_words": OF_THE_BASICS,
        "demands_name": demands_named(held),
        "trying_name": trying_named(held),
        "judges": [
            voices.of(judge.membership.user)
            for judge in held.judges.select_related("membership__user")
        ],
        "may_change": rules.may_change(request.user, held),
        "may_issue": held.is_final and rules.may_begin(request.user, held.question),
        "missing": reading.missing() if not held.is_final else [],
        "crumbs": crumbs_of(held.question, (str(held), "")),
    }
    return render(request, "decisions/criteria/criteria.html", context)


@require_http_methods(["GET", "HEAD"])
def try_bids(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """How weights change who would stand first, on made-up bids. Nothing is kept."""
    held = set_or_404(request.user, slug, question_id, set_id)
    reading = Reading(held)
    criteria_ = reading.weighed
    require(rules.may_try(held))
    local = next((str(one.pk) for one in reading.leaves if one.suggestion in LOCAL_KNOWLEDGE), "")
    form = TryForm(
        criteria_,
        made_up(criteria_, TOP, local, held.question.net_of_everything),
        request.GET or None,
    )
    bids = form.tried()
    placed = rank(criteria_, bids, TOP, reading.method) if criteria_ else []
    context = {
        "form": form,
        "held": held,
        "heading": trying_named(held),
        "programme": held.question.programme,
        "placed": placed,
        "is_priced": any(one.is_price for one in criteria_),
        "effects": [
            (one.title, one.weight, stretches(criteria_, bids, TOP, reading.method, one.key))
            for one in criteria_
            if one.weight < Decimal(100)
        ],
        "crumbs": crumbs_of(
            held.question, (str(held), url_of("criteria", held)), (_("Try them out"), "")
        ),
    }
    return render(request, "decisions/criteria/try.html", context, status=form_status(form))


@require_safe
def ocds(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> JsonResponse:
    """The final criteria as open contracting data."""
    held = set_or_404(request.user, slug, question_id, set_id)
    if not held.is_final:
        raise Http404
    package = release_package(held, settings.SITE_URL + request.path)
    return JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 2})


@login_required
@require_POST
def paper(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """Have the paper made and issued."""
    held = set_or_404(request.user, slug, question_id, set_id)
    run_question(request.user, slug, question_id)
    require(may_make(request.user, held.pk))
    rendering = request_document(signed_in(request), PAPER, held.pk, issue=True)
    return redirect("documents:rendering", rendering.pk)
