"""The register: cards made, handed out, called in and replaced; personal links by e-mail."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commissioning.ground.answers import Invalid
from commissioning.ground.attempts import attempt, form_status
from participation.budgeting import links, register, rules, sheets
from participation.budgeting.codes import grouped
from participation.budgeting.forms import CardReasonForm, MakeCardsForm, RangeForm, RollForm
from participation.budgeting.loaders import run_round_or_404
from participation.budgeting.models import Batch, Elector, RollEntry, Round
from participation.budgeting.roll import read_roll
from places.directory.signed_in import signed_in

State = Elector.State
CARD = "participation/budgeting/cards/"


def cards(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The register: batches with their counts, and what was done with cards."""
    round_ = run_round_or_404(request.user, round_id)
    batches = _batches(round_)
    events = Paginator(round_.register_events.select_related("by"), 20)
    context = {
        "round": round_,
        "programme": round_.programme,
        "counts": _counts(round_),
        "batches": batches,
        "making": any(each["sheet"] and each["sheet"].in_hand for each in batches),
        "page_obj": events.get_page(request.GET.get("page")),
        "may_handle": rules.may_handle_cards(request.user, round_),
    }
    return render(request, f"{CARD}cards.html", context)


def _counts(round_: Round) -> dict[str, int]:
    return round_.electors.aggregate(
        made=Count("pk"),
        spare=Count("pk", filter=Q(state=State.PRINTED)),
        active=Count("pk", filter=Q(state=State.ACTIVE)),
        void=Count("pk", filter=Q(state=State.VOID)),
    )


def _batches(round_: Round) -> list[dict[str, Any]]:
    """The batches, each with how many of its cards are out, spare and void."""
    states = dict(round_.electors.values_list("serial", "state"))
    return [
        {
            "batch": batch,
            "sheet": getattr(batch, "sheet", None),
            **_states(states, batch),
        }
        for batch in round_.batches.select_related("sheet")
    ]


def _states(states: dict[int, str], batch: Batch) -> dict[str, int]:
    serials = range(batch.first_serial, batch.last_serial + 1)
    found = [states[serial] for serial in serials if serial in states]
    return {
        "out": found.count(State.ACTIVE),
        "spare": found.count(State.PRINTED),
        "void": found.count(State.VOID),
    }


def make(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Make a batch of cards and print its sheet."""
    round_ = run_round_or_404(request.user, round_id)
    form = MakeCardsForm(request.POST or None, initial=_usual_number(round_))
    return _act(
        request,
        round_,
        form,
        _("Make voting cards"),
        lambda: register.make_cards(signed_in(request), round_, **form.cleaned_data),
        _("The cards are being printed into a PDF. They cannot vote until they are handed out."),
    )


def hand_out(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Hand a range of cards out: from now on they can vote."""
    round_ = run_round_or_404(request.user, round_id)
    form = RangeForm(request.POST or None, initial=_next_range(round_))
    return _act(
        request,
        round_,
        form,
        _("Hand out cards"),
        lambda: register.hand_out(signed_in(request), round_, **form.cleaned_data),
        _("These cards can vote now."),
    )


def void_spares(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Make a range of cards void that were never handed out."""
    round_ = run_round_or_404(request.user, round_id)
    form = RangeForm(request.POST or None)
    return _act(
        request,
        round_,
        form,
        _("Make spare cards void"),
        lambda: register.void_spares(signed_in(request), round_, **form.cleaned_data),
        _("These spare cards can never vote now."),
    )


def void(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Call one card in."""
    round_ = run_round_or_404(request.user, round_id)
    form = CardReasonForm(request.POST or None)
    return _act(
        request,
        round_,
        form,
        _("Make a card void"),
        lambda: register.void_card(signed_in(request), round_, **form.cleaned_data),
        _("The card is void. What it recorded is not counted."),
    )


@never_cache
def reissue(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Replace a lost card: the new code is shown once, the vote stays."""
    round_ = run_round_or_404(request.user, round_id)
    form = CardReasonForm(request.POST or None)
    code: list[str] = []
    if form.is_valid() and attempt(
        form,
        lambda: code.append(register.reissue(signed_in(request), round_, **form.cleaned_data)),
    ):
        context = {
            "round": round_,
            "programme": round_.programme,
            "code": grouped(code[0]),
            "link": links.personal_link(code[0]),
            "serial": form.cleaned_data["serial"],
        }
        return render(request, f"{CARD}reissued.html", context)
    return _show(request, round_, form, _("Replace a lost card"))


def roll(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Load a list of addresses: all of it, or nothing and every line that is wrong."""
    round_ = run_round_or_404(request.user, round_id)
    form = RollForm(request.POST or None, request.FILES or None)
    problems = []
    if form.is_valid():
        read = read_roll(form.cleaned_data["roll"].read())
        problems = read.problems
        if problems:
            form.add_error("roll", _("Nothing was taken. Mend the lines below and load it again."))
        elif attempt(form, lambda: links.load_roll(signed_in(request), round_, read)):
            messages.success(request, _("Loaded. Nothing is sent until you send it."))
            return redirect("budgeting:links", round_id)
    context = {
        "round": round_,
        "programme": round_.programme,
        "form": form,
        "heading": _("Load e-mail addresses"),
        "problems": problems,
    }
    return render(request, f"{CARD}roll.html", context, status=form_status(form))


def links_page(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The addresses that have a personal link, and what became of each."""
    round_ = run_round_or_404(request.user, round_id)
    entries = round_.roll.select_related("elector")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        entries = entries.filter(email__icontains=wanted)
    counts = dict(round_.roll.values_list("state").annotate(number=Count("pk")))
    context = {
        "round": round_,
        "programme": round_.programme,
        "page_obj": Paginator(entries, 50).get_page(request.GET.get("page")),
        "counts": {state.label: counts.get(state.value, 0) for state in RollEntry.State},
        "waiting": round_.batches.filter(kind=Batch.Kind.EMAIL).filter(_unsent(round_)).distinct(),
        "wanted": wanted,
        "may_handle": rules.may_handle_cards(request.user, round_),
    }
    return render(request, f"{CARD}links.html", context)


def _unsent(round_: Round) -> Q:
    loaded = round_.roll.filter(state=RollEntry.State.LOADED).order_by("elector__serial")
    serials = list(loaded.values_list("elector__serial", flat=True))
    if not serials:
        return Q(pk__in=[])
    return Q(first_serial__lte=serials[-1], last_serial__gte=serials[0])


@require_POST
def send_links(request: HttpRequest, round_id: UUID, batch_id: UUID) -> HttpResponse:
    """Send every link of a list that was not sent yet."""
    round_ = run_round_or_404(request.user, round_id)
    batch = round_.batches.filter(pk=batch_id, kind=Batch.Kind.EMAIL).first()
    if batch is None:
        raise Http404
    sent = links.send_links(signed_in(request), batch)
    said = ngettext("%(n)d link is on its way.", "%(n)d links are on their way.", sent)
    messages.success(request, said % {"n": sent})
    return redirect("budgeting:links", round_id)


@require_POST
def link(request: HttpRequest, round_id: UUID, entry_id: UUID) -> HttpResponse:
    """One address: send again, note that the mail came back, or send to another address."""
    round_ = run_round_or_404(request.user, round_id)
    entry = round_.roll.select_related("elector").filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    user = signed_in(request)
    try:
        if "bounced" in request.POST:
            links.note_bounce(user, entry)
        elif "again" in request.POST:
            links.send_again(user, entry)
        else:
            email = forms.EmailField().clean(request.POST.get("email", ""))
            links.readdress(user, entry, email)
    except Invalid as error:
        messages.error(request, str(error.reason))
    except forms.ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Done."))
    return redirect("budgeting:links", round_id)


def sheet(request: HttpRequest, round_id: UUID, batch_id: UUID) -> HttpResponse:
    """A batch's sheet: how far it is, and the one download."""
    round_ = run_round_or_404(request.user, round_id)
    batch = round_.batches.select_related("sheet").filter(pk=batch_id).first()
    if batch is None or not hasattr(batch, "sheet"):
        raise Http404
    if request.method == "POST" and "again" in request.POST:
        sheets.print_again(signed_in(request), batch.sheet)
        return redirect("budgeting:sheet", round_id, batch_id)
    if request.method == "POST":
        return _download(sheets.take_sheet(signed_in(request), batch.sheet), batch)
    context = {"round": round_, "programme": round_.programme, "batch": batch, "sheet": batch.sheet}
    return render(request, f"{CARD}sheet_page.html", context)


def _download(pdf: bytes, batch: Batch) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"cards-{batch.first_serial}-{batch.last_serial}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _usual_number(round_: Round) -> dict[str, int]:
    """A hundred, or as many as the round was declared for and are not made yet."""
    left = round_.expected_cards - round_.electors.count()
    return {"number": max(1, min(100, left))}


def _next_range(round_: Round) -> dict[str, int]:
    first = round_.electors.filter(state=State.PRINTED).order_by("serial").first()
    return {"first": first.serial} if first else {}


def _act(
    request: HttpRequest,
    round_: Round,
    form: forms.Form,
    heading: str,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    """A form of the register: shown, or done and back to the register."""
    if form.is_valid() and attempt(form, act):
        messages.success(request, done)
        return redirect("budgeting:cards", round_.pk)
    return _show(request, round_, form, heading)


def _show(request: HttpRequest, round_: Round, form: forms.Form, heading: str) -> HttpResponse:
    context = {"round": round_, "programme": round_.programme, "form": form, "heading": heading}
    return render(request, f"{CARD}form.html", context, status=form_status(form))
