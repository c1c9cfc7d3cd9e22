"""Asking bidders what it took: the lists for those who run it, and the public page of one link."""

from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commissioning.design.pages import form_methods
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from commissioning.ground.digests import token_digest
from decisions.costs import actions, rules
from decisions.costs.forms import ReportForm, SurveyForm
from decisions.costs.labels import ROUTES
from decisions.costs.model.reports import FEWEST
from decisions.costs.models import BidLink, BidSurvey
from decisions.costs.views.common import crumbs_of, form_page, url_of
from decisions.questions.loaders import run_question_or_404
from decisions.questions.models import Question
from places.directory.signed_in import signed_in


def _question(request: HttpRequest, slug: str, question_id: UUID) -> Question:
    question = run_question_or_404(request.user, slug, question_id)
    require(rules.may_survey(request.user, question))
    return question


def _survey_or_404(question: Question, survey_id: UUID) -> BidSurvey:
    survey = BidSurvey.objects.filter(pk=survey_id, question=question).first()
    if survey is None:
        raise Http404
    survey.question = question
    return survey


@login_required
@form_methods
def surveys(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """The surveys of a question, and a new one."""
    question = _question(request, slug, question_id)
    form = SurveyForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.make_survey(signed_in(request), question, **form.cleaned_data)
    ):
        newest = BidSurvey.objects.filter(question=question).latest("created_at")
        return redirect(url_of("survey", question, newest.pk))
    return form_page(
        request,
        question,
        form,
        heading=_("Ask bidders what it took them"),
        button=_("Make the links"),
        lead=_(
            "Ask everybody who bid, those who lost first of all. No figure is shown before five "
            "organisations have answered, and nothing says who said what."
        ),
        listed=[
            (one.title, url_of("survey", question, one.pk))
            for one in BidSurvey.objects.filter(question=question)
        ],
    )


@login_required
@require_http_methods(["GET", "HEAD"])
def survey(request: HttpRequest, slug: str, question_id: UUID, survey_id: UUID) -> HttpResponse:
    """The links to hand out, and how many have answered."""
    question = _question(request, slug, question_id)
    found = _survey_or_404(question, survey_id)
    links = list(found.links.all())
    used = sum(link.used_on is not None for link in links)
    context = {
        "question": question,
        "programme": question.programme,
        "survey": found,
        "route": ROUTES[found.route],
        "links": [
            (link, settings.SITE_URL + reverse("costs:report", args=[actions.link_token(link.pk)]))
            for link in links
        ],
        "used": used,
        "fewest": FEWEST,
        "crumbs": crumbs_of(
            question,
            (_("Ask bidders what it took them"), url_of("surveys", question)),
            (found.title, ""),
        ),
    }
    return render(request, "decisions/costs/survey.html", context)


@login_required
@form_methods
def close(request: HttpRequest, slug: str, question_id: UUID, survey_id: UUID) -> HttpResponse:
    """Close a survey."""
    question = _question(request, slug, question_id)
    found = _survey_or_404(question, survey_id)
    back = url_of("survey", question, found.pk)
    if request.method == "POST":
        actions.close_survey(signed_in(request), found)
        return redirect(back)
    context = {
        "heading": _("Close this survey?"),
        "consequences": [_("Links that were not used stop working."), _("Answers are kept.")],
        "action": _("Close the survey"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


@never_cache
@form_methods
def report(request: HttpRequest, token: str) -> HttpResponse:
    """The public page of one link: looking changes nothing, sending answers uses the link up."""
    link = (
        BidLink.objects.filter(token_digest=token_digest(token))
        .select_related("survey__question__programme__place", "survey__question__who_buys")
        .first()
    )
    if link is None:
        raise Http404
    survey = link.survey
    open_ = rules.takes_answers(survey)
    form = ReportForm(request.POST or None)
    context = {"survey": survey, "form": form, "open": open_, "used": link.used_on is not None}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(
            form,
            lambda: actions.report_hours(
                link, said["result"], said["hours"], said["outlay"] or Decimal(0)
            ),
        ):
            messages.success(request, _("Thank you. Your answer is counted."))
            return redirect("costs:report", token)
    return render(request, "decisions/costs/report.html", context, status=form_status(form))
