"""Voting: entering with a card, the ballot, finishing, and asking afterwards whether it counted.

Nothing of these pages is logged, tracked or kept in a session; a GET changes nothing.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from commissioning.design.when import moment_zone
from participation.budgeting import admission, keyring, session
from participation.budgeting.admission import NotAdmitted, Wait
from participation.budgeting.ballot_page import (
    Card,
    State,
    controls,
    in_words,
    most_of,
    purse_of,
    purses,
    state_of,
    tally_of,
)
from participation.budgeting.cast import NotNow, Recorded, Stale, Voter, look, save
from participation.budgeting.choices import NOTHING, BadBallot, Choices
from participation.budgeting.counted import was_counted
from participation.budgeting.declared import terms_of
from participation.budgeting.forms import VoterCodeForm
from participation.budgeting.loaders import voting_round
from participation.budgeting.models import Project, Round
from participation.budgeting.posted import fields
from participation.budgeting.styles import styles
from participation.budgeting.styles.base import BLANK, PREFIX
from participation.budgeting.terms import Terms

# Answers to saves are padded to a multiple of this: their size says nothing about the choices.
REPLY_BYTES = 4096


@sensitive_post_parameters()
def enter(request: HttpRequest) -> HttpResponse:
    """Type a code; a right one is always admitted."""
    form = VoterCodeForm(request.POST or None)
    miss: Wait | None = None
    if form.is_valid():
        try:
            voter = admission.admit(form.cleaned_data["code"])
        except NotAdmitted as error:
            miss = _not_this_code(request, form, error)
        else:
            response: HttpResponse = redirect("vote:ballot")
            session.admit(response, voter)
            session.forget_tries(response)
            return response
    return _code_page(request, "enter", form, miss)


def _not_this_code(request: HttpRequest, form: VoterCodeForm, error: NotAdmitted) -> Wait | None:
    """Say why beside the code; a miss is counted, and says how long to wait."""
    form.add_error("code", str(error.reason))
    return admission.missed(session.tries_of(request)) if error.is_miss else None


def _code_page(
    request: HttpRequest, name: str, form: VoterCodeForm, miss: Wait | None, **more: Any
) -> HttpResponse:
    """A page where a code is typed; after a miss the browser waits before the next try."""
    context = {"form": form, "wait": miss.seconds if miss else 0.0, **more}
    response = _page(request, name, context, status=422 if form.errors else 200)
    if miss:
        session.keep_tries(response, miss.misses)
    return response


@sensitive_post_parameters()
def ballot(request: HttpRequest) -> HttpResponse:
    """The ballot as it is recorded; a POST saves the whole of it."""
    voter = session.voter_of(request)
    if voter is None:
        return _not_admitted(request)
    response = _save(request, voter) if request.method == "POST" else _show(request, voter)
    session.admit(response, voter)
    return response


@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Forget the voter on this device."""
    response: HttpResponse = redirect("vote:finished")
    session.leave(response)
    return response


def finished(request: HttpRequest) -> HttpResponse:
    """The device has forgotten; what the page said last stands."""
    return _page(request, "finished", {})


@sensitive_post_parameters()
def counted(request: HttpRequest) -> HttpResponse:
    """After the close: was this card counted? Yes or no, and nothing else."""
    form = VoterCodeForm(request.POST or None)
    answer = None
    miss: Wait | None = None
    if form.is_valid():
        try:
            answer = was_counted(form.cleaned_data["code"])
        except NotAdmitted as error:
            miss = _not_this_code(request, form, error)
    return _code_page(request, "counted", form, miss, answer=answer)


def _page(
    request: HttpRequest, name: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    page = f"participation/budgeting/vote/{name}.html"
    response = render(request, page, dict(context), status=status)
    # Whoever holds the phone next finds nothing by going back.
    add_never_cache_headers(response)
    return response


def _wants_json(request: HttpRequest) -> bool:
    accepted: str = request.META.get("HTTP_ACCEPT", "")
    return accepted.startswith("application/json")


def _not_admitted(request: HttpRequest) -> HttpResponse:
    """Nobody has shown a card here, or half an hour ago."""
    if _wants_json(request):
        reason = _("For your safety this page forgot your card. Enter the code again.")
        return _reply({"reason": reason, "leave": reverse("vote:enter")}, 401)
    return redirect("vote:enter")


def _show(request: HttpRequest, voter: Voter) -> HttpResponse:
    try:
        recorded = look(voter)
    except NotNow as error:
        return _closed(request, voter, error)
    return _ballot(request, voter, recorded)


def _closed(request: HttpRequest, voter: Voter, error: NotNow) -> HttpResponse:
    if _wants_json(request):
        return _reply({"reason": str(error.reason)}, 410)
    if not Round.objects.filter(pk=voter.round_id).exists():
        # Gone with its programme, while this browser still held a card to it.
        return _not_admitted(request)
    round_ = voting_round(voter.round_id)
    context = {
        "reason": error.reason,
        "not_yet": round_.is_draft,
        "round_url": "" if round_.is_draft else reverse("budgeting:round", args=[round_.pk]),
    }
    return _page(request, "closed", context, status=409)


def _save(request: HttpRequest, voter: Voter) -> HttpResponse:
    sent: Mapping[str, str] = {}

    def reading(terms: Terms) -> Choices:
        return styles[terms.style].parse(sent, terms)

    try:
        sent = fields(request)
        op_id, base_rev = _attempt(sent)
        recorded = save(voter, reading, op_id=op_id, base_rev=base_rev)
    except BadBallot as error:
        return _refused(request, voter, error, sent)
    except Stale as error:
        return _stale(request, error.recorded, sent)
    except NotNow as error:
        return _closed(request, voter, error)
    return _acknowledged(recorded) if _wants_json(request) else redirect("vote:ballot")


def _attempt(sent: Mapping[str, str]) -> tuple[UUID, int]:
    """What this save is called, and the revision that it builds on."""
    try:
        return UUID(sent.get("op_id", "")), int(sent.get("base_rev", ""))
    except ValueError as error:
        raise BadBallot(_("This page is not whole. Open it again.")) from error


def _acknowledged(recorded: Recorded) -> HttpResponse:
    state = state_of(recorded, recorded.terms, recorded.withdrawn)
    return _reply({"rev": recorded.rev, "html": _status(state, get_language() or "")}, 200)


@lru_cache(maxsize=2048)
def _status(state: State, language: str) -> str:
    """The few sentences that there are, drawn once in each language: a hall saves many times."""
    return render_to_string("participation/budgeting/vote/_status.html", {"state": state})


def _refused(
    request: HttpRequest, voter: Voter, error: BadBallot, sent: Mapping[str, str]
) -> HttpResponse:
    if _wants_json(request):
        return _reply({"reason": error.reason, "number": error.number}, 422)
    try:
        recorded = look(voter)
    except NotNow as no:
        return _closed(request, voter, no)
    typed = dict(_chosen(sent))
    return _ballot(request, voter, recorded, problem=error, typed=typed)


def _stale(request: HttpRequest, recorded: Recorded, sent: Mapping[str, str]) -> HttpResponse:
    """Nothing was overwritten: both are shown, and the person chooses."""
    terms = recorded.terms
    try:
        mine = in_words(styles[terms.style].parse(sent, terms), terms)
    except BadBallot as error:
        mine = error.reason
    theirs = in_words(recorded.choices, terms)
    if _wants_json(request):
        shown = {"rev": recorded.rev, "theirs": theirs, "mine": mine}
        return _reply(shown, 409)
    context = {
        "theirs": theirs,
        "mine": mine,
        "rev": recorded.rev,
        "op_id": uuid4(),
        "fields": _chosen(sent),
    }
    return _page(request, "conflict", context, status=409)


def _chosen(sent: Mapping[str, str]) -> list[tuple[str, str]]:
    """The fields of the posted form that are the vote."""
    return [(name, text) for name, text in sent.items() if name.startswith(PREFIX) or name == BLANK]


def _reply(content: Mapping[str, Any], status: int) -> HttpResponse:
    """JSON of a size that does not tell what was chosen, and that nobody keeps or compresses."""
    body = json.dumps(content, default=str).encode()
    body += b" " * (-len(body) % REPLY_BYTES)
    return HttpResponse(
        body,
        content_type="application/json",
        status=status,
        headers={"Content-Encoding": "identity", "Cache-Control": "no-store, no-transform"},
    )


def _round_and_terms(voter: Voter) -> tuple[Round, Terms, dict[int, str]]:
    """The round, its frozen terms, and why each project left that did."""
    round_ = voting_round(voter.round_id)
    gone = round_.projects.filter(withdrawn_at__isnull=False)
    withdrawn = dict(gone.values_list("number", "withdrawn_reason"))
    return round_, terms_of(round_.pk, round_.config_sha256), withdrawn


def _ballot(
    request: HttpRequest,
    voter: Voter,
    recorded: Recorded,
    *,
    problem: BadBallot | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    round_, terms, withdrawn = _round_and_terms(voter)
    chosen = recorded.choices if typed is None else _as_typed(typed, terms)
    style = styles[terms.style]
    tally = tally_of(chosen, terms)
    context = {
        "round": round_,
        "programme": round_.programme,
        "round_url": reverse("budgeting:round", args=[round_.pk]),
        "closes": moment_zone(round_.closes_at),
        "style": style,
        "instructions": style.instructions(terms),
        "control": f"participation/budgeting/styles/{style.name}.html",
        "cards": _cards(voter, round_, terms, chosen, withdrawn),
        "rev": recorded.rev,
        "op_id": uuid4(),
        "page_key": voter.credential_id,
        "blank": chosen.blank,
        "most": most_of(terms),
        "purses": json.dumps(purses(terms)),
        "tally": tally.line,
        "tally_words": tally.words,
        "percent": tally.percent,
        "state": state_of(recorded, terms, withdrawn),
        "problem": problem,
        **controls(terms, chosen),
    }
    return _page(request, "ballot", context, status=422 if problem else 200)


def _as_typed(typed: Mapping[str, str], terms: Terms) -> Choices:
    """What somebody typed that was refused, as far as it can be shown again."""
    marks = {
        int(name.removeprefix(PREFIX)): int(text)
        for name, text in typed.items()
        if _is_short_number(name.removeprefix(PREFIX)) and _is_short_number(text)
    }
    known = {number: value for number, value in marks.items() if number in terms.numbers}
    return Choices.of(known, blank=BLANK in typed) if known or BLANK in typed else NOTHING


def _is_short_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _cards(
    voter: Voter, round_: Round, terms: Terms, chosen: Choices, withdrawn: Mapping[int, str]
) -> list[Card]:
    """The ideas: in stage order in a hall, shuffled for each voter at home."""
    by_number, marks = terms.by_number, chosen.by_number
    numbers = sorted(by_number)
    if not round_.hall:
        numbers = keyring.display_order(keyring.of(round_.pk), voter.elector_id, numbers)
    pictures = _pictures(round_)
    return [
        Card(
            project=by_number[number],
            mark=marks.get(number),
            picture=(
                reverse("budgeting:picture", args=[round_.pk, number]) if number in pictures else ""
            ),
            picture_alt=pictures.get(number, ""),
            withdrawn=withdrawn.get(number, ""),
            purse=purse_of(by_number[number], terms),
        )
        for number in numbers
    ]


def _pictures(round_: Round) -> dict[int, str]:
    """Number to what the picture shows, for the projects that have one."""
    rows = Project.objects.filter(round=round_).exclude(picture="")
    return dict(rows.values_list("number", "picture_alt"))
