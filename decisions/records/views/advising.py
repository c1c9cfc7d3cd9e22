"""What the officers advise: typed in by those who draft, given or confirmed by themselves."""

from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.pages import form_methods
from commissioning.ground.answers import require
from commissioning.people.models import User
from decisions.records import rules
from decisions.records.actions import advising as actions
from decisions.records.forms import AdviceForm, AdviserForm
from decisions.records.loaders import decision_or_404, run_decision_or_404
from decisions.records.models import Advice, Adviser, Decision
from decisions.records.posts import post_of, posts_heard
from decisions.records.views.common import decision_url, one_form
from places.directory.signed_in import signed_in


def _known_or_404(kind: str) -> None:
    if kind not in Adviser.Kind.values:
        raise Http404


def _adviser_or_404(user: User, slug: str, decision_id: UUID, kind: str) -> Decision:
    """The decision, for those who run its programme and for who was named as this officer."""
    _known_or_404(kind)
    decision = decision_or_404(user, slug, decision_id)
    if rules.is_adviser(user, decision, kind):
        return decision
    return run_decision_or_404(user, slug, decision_id)


def _first_of(decision: Decision, kind: str, post: str) -> dict[str, object]:
    """The post, and today, where nothing is written yet."""
    if decision.advice.filter(kind=kind).exists():
        return {}
    return {"officer": post[:1].upper() + post[1:], "given_on": timezone.localdate()}


@login_required
@form_methods
def advice(request: HttpRequest, slug: str, decision_id: UUID, kind: str) -> HttpResponse:
    """The comments of one officer: in their own hand, or typed in for them."""
    user = signed_in(request)
    decision = _adviser_or_404(user, slug, decision_id, kind)
    post = post_of(decision, kind)
    own = rules.is_adviser(user, decision, kind)
    lead = (
        _("You were named as the %s: what you write stands in the record as given by you.")
        if own
        else _(
            "You type in what the %s said. The record says that you did, and that it was not "
            "confirmed, until they confirm it themselves."
        )
    )
    return one_form(
        request,
        decision,
        rules.may_advise(user, decision, kind),
        lambda: AdviceForm(
            request.POST or None,
            instance=decision.advice.filter(kind=kind).first(),
            initial=_first_of(decision, kind, post),
        ),
        lambda form: actions.write_advice(user, decision, kind, **form.said(), stood=form.stored),
        heading=_("Comments of the %s") % post,
        button=_("Give it"),
        lead=lead % post,
        template="decisions/records/advice.html",
        then=lambda _made: _next(request, decision, kind),
        ask="" if own else decision_url("adviser", decision, kind),
        post=post,
        own=own,
    )


def _next(request: HttpRequest, decision: Decision, kind: str) -> str:
    """The next officer whose comments are missing; the list, if it was asked for or none are."""
    user = signed_in(request)
    if "list" in request.POST or rules.is_adviser(user, decision, kind):
        return decision.get_absolute_url()
    given = set(Advice.objects.filter(decision=decision).values_list("kind", flat=True))
    posts = [one.value for one in posts_heard(decision)]
    here = posts.index(kind) if kind in posts else -1
    for one in (*posts[here + 1 :], *posts[: here + 1]):
        if one not in given and rules.may_advise(user, decision, one):
            return decision_url("advice", decision, one)
    return decision.get_absolute_url()


@login_required
@form_methods
def adviser(request: HttpRequest, slug: str, decision_id: UUID, kind: str) -> HttpResponse:
    """Name the member who is this officer."""
    user = signed_in(request)
    _known_or_404(kind)
    decision = run_decision_or_404(user, slug, decision_id)
    post = post_of(decision, kind)
    return one_form(
        request,
        decision,
        rules.may_name_adviser(user, decision, kind),
        lambda: AdviserForm(
            _fit(user, decision),
            decision.advisers.filter(kind=kind).first(),
            request.POST or None,
        ),
        lambda form: actions.name_adviser(
            user, decision, kind, form.cleaned_data["adviser"], stood=form.stored
        ),
        heading=_("Ask the %s") % post,
        button=_("Ask them"),
        done=_("Asked. They are told by e-mail."),
        lead=_("Who gives the advice writes or confirms it themselves; nobody names themselves."),
    )


def _fit(user: User, decision: Decision) -> list[User]:
    """Members who could be an adviser."""
    members = decision.question.programme.memberships.in_force().select_related("user")
    return [
        one.user
        for one in members
        if one.user_id != user.pk and rules.may_be_adviser(one.user, decision)
    ]


@login_required
@form_methods
def confirm(request: HttpRequest, slug: str, decision_id: UUID, kind: str) -> HttpResponse:
    """Who was named reads what was typed in their name, and signs it."""
    user = signed_in(request)
    decision = _adviser_or_404(user, slug, decision_id, kind)
    post = post_of(decision, kind)
    require(rules.may_confirm(user, decision, kind))
    known = decision.advice.filter(kind=kind).first()
    if known is None:
        return redirect(decision_url("advice", decision, kind))
    return one_form(
        request,
        decision,
        rules.may_confirm(user, decision, kind),
        lambda: SealForm(request.POST or None, initial={"seen": known.seal}),
        lambda form: actions.confirm_advice(user, decision, kind, form.cleaned_data["seen"]),
        heading=_("Is this what you advise?"),
        button=_("Confirm it as mine"),
        done=_("Confirmed. The record says that you did, and when."),
        lead=_("It was typed in your name, as the %s. If it is not what you say, write it anew.")
        % post,
        quotes=[f"{known.officer}:\n{known.words}"],
        other=(decision_url("advice", decision, kind), _("Write it anew"))
        if rules.is_open(decision)
        else None,
    )


class SealForm(forms.Form):
    """Names the words that were read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
