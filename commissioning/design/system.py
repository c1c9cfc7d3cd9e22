"""The design system's own page (in debug): each component, and each field in every state."""

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commissioning.design import fields, icons
from commissioning.design.forms import Look

KINDS = [
    ("charity", "Charity"),
    ("group", "Group without a legal form"),
    ("other", "Something else"),
]
HELPS = [
    ("lift", "A lift there and back"),
    ("food", "Food"),
    ("care", "Somebody to look after a child"),
]


class EveryField(forms.Form):
    """One of each field that the product uses."""

    looks = {
        "name": Look(width="20", autocomplete="name"),
        "cost": Look(width="10"),
        "hours": Look(width="4", suffix="hours"),
        "postcode": Look(width="10", autocomplete="postal-code"),
        "summary": Look(rows=6),
        "starts": Look(width="10"),
        "kind": Look(
            hints={"group": "Neighbours, a tenants' group, a choir"},
            reveals={"other": ["kind_words"]},
            divider="other",
        ),
        "again": Look(inline=True),
        "agree": Look(reveals={"on": ["signed_by"]}),
    }

    name = forms.CharField(
        max_length=40, label="Full name", help_text="As it should stand in the record."
    )
    email = forms.EmailField(label="E-mail address")
    telephone = forms.CharField(label="Telephone", required=False)
    postcode = forms.CharField(max_length=8, label="Postcode")
    cost = fields.MoneyField(label="What it would cost", help_text="Round is fine.")
    people = fields.WholeNumberField(label="How many people take part", min_value=1, max_value=5000)
    hours = forms.DecimalField(label="Hours a week", min_value=0, max_digits=5, decimal_places=1)
    about = forms.CharField(label="What you do", widget=forms.Textarea, max_length=300)
    summary = fields.LongTextField(
        max_words=140, label="Your idea in plain words", help_text="This is what voters read."
    )
    area = forms.ChoiceField(
        label="Area",
        choices=[("", "Choose an area"), ("lanes", "The Lanes"), ("north", "Northbank")],
    )
    kind = forms.ChoiceField(
        label="What kind of organisation are you?", choices=KINDS, widget=forms.RadioSelect
    )
    kind_words = forms.CharField(label="What are you?", required=False)
    again = forms.ChoiceField(
        label="Have you applied before?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    helps = forms.MultipleChoiceField(
        label="What would help people to come?",
        choices=HELPS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick all that apply.",
    )
    born = fields.DateField(label="When did the group begin?", help_text="For example 14 3 2019.")
    opens = fields.DateTimeField(
        label="When does the call open?", help_text="UK time, for example 1 6 2027 at 8pm."
    )
    starts = fields.TimeField(label="When do the doors open?")
    accounts = forms.FileField(label="Latest accounts", help_text="PDF, up to 10 MB.")
    code = fields.CodeField(label="Code from your card")
    agree = forms.BooleanField(label="I may speak for this organisation")
    signed_by = forms.CharField(label="Your role there", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def _typed(**values: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return data


FILLED: dict[str, Any] = {
    "name": "Priya Shah",
    "email": "priya@lanes.example",
    "telephone": "01632 960001",
    "postcode": "ZZ9 4QT",
    "cost": "£4,800",
    "people": "120",
    "hours": "7.5",
    "about": "We cook together on Thursdays.",
    "summary": "Neighbours cook for four people at a time in their own front rooms.",
    "area": "lanes",
    "kind": "other",
    "kind_words": "A lunch club",
    "again": "no",
    "helps": ["lift", "food"],
    "born__day": "14",
    "born__month": "March",
    "born__year": "2019",
    "opens__day": "1",
    "opens__month": "6",
    "opens__year": "2027",
    "opens__time": "8pm",
    "starts": "7:30pm",
    "code": "abcd-efgh-jkmn",
    "agree": "on",
    "signed_by": "Treasurer",
}
WRONG = FILLED | {
    "name": "P" * 41,
    "email": "priya at lanes",
    "cost": "a lot",
    "people": "0",
    "hours": "many",
    "about": "We cook. " * 40,
    "summary": "word " * 150,
    "area": "moon",
    "kind": "",
    "again": "",
    "helps": [],
    "born__day": "31",
    "born__month": "2",
    "opens__time": "late",
    "starts": "after tea",
    "agree": "",
}


def every_form() -> list[dict[str, object]]:
    """The form in each state: empty, filled, and with an error in every field."""
    paper = SimpleUploadedFile("accounts.pdf", b"%PDF-1.7", "application/pdf")
    return [
        {"name": "Empty", "form": EveryField(auto_id="empty_%s")},
        {
            "name": "Filled",
            "form": EveryField(
                _typed(**FILLED), MultiValueDict({"accounts": [paper]}), auto_id="filled_%s"
            ),
        },
        {"name": "With errors", "form": EveryField(_typed(**WRONG), auto_id="wrong_%s")},
    ]


BARS = [
    {
        "label": "Front-room lunches",
        "value": 2114,
        "note": "Lanes Neighbours",
        "text": "2,114 points",
    },
    {
        "label": "A lift home after dark",
        "value": 2003,
        "note": "Northbank Drivers",
        "text": "2,003 points",
    },
    {
        "label": "Garden tool library",
        "value": 1713,
        "note": "Reserve 1",
        "text": "1,713 points",
        "off": True,
    },
]
STAGES = [
    {"name": "Vision", "note": "Agreed 2 November, endorsed by 9 organisations", "state": "done"},
    {"name": "Resources", "note": "63 mapped", "state": "now"},
    {"name": "Options", "note": "Opens when the review is signed off", "state": "later"},
    {"name": "Delivery", "note": "Calls, votes, awards", "state": "later"},
    {"name": "Learning", "note": "What changed, and for whom", "state": "later"},
]
TASKS = [
    {"title": "Who you are", "url": "#", "tag": "Done"},
    {"title": "Your idea", "url": "#", "hint": "140 words", "tag": "Begun", "kind": "wait"},
    {"title": "Send it", "url": "", "tag": "Not yet"},
]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything, once."""
    at = dt.datetime(2027, 3, 14, 20, 5, tzinfo=dt.UTC)
    home = reverse("home")
    context = {
        "states": every_form(),
        "draft": Reason(auto_id="draft_%s"),
        "icons": sorted(icons.PATHS),
        "bars": BARS,
        "stages": STAGES,
        "tasks": TASKS,
        "at": at,
        "deadline": dt.datetime(2027, 6, 1, 11, 0, tzinfo=dt.UTC),
        "page": Paginator(range(1, 400), 10).get_page(request.GET.get("page")),
        "crumbs": [("Rivermead", home), ("Growing older together", home), ("Projects", "")],
        "rows": [
            {"key": "Name", "value": "Lanes Neighbours", "url": "#", "action": "Change"},
            {"key": "Telephone", "value": ""},
        ],
        "numbers": [
            {"value": "487", "label": "votes counted, of 512 cards handed out"},
            {"value": "11", "label": "of 30 ideas funded"},
            {"value": "94%", "label": "gave a 4 or 5 to at least one funded idea"},
        ],
        "tabs": [
            {"text": "To check", "url": "?", "is_here": True, "count": 4},
            {"text": "Approved", "url": "?tab=approved", "count": 11},
        ],
        "entries": [
            {
                "at": at,
                "text": "Ada N. lifted the money gate early.",
                "reason": "The lease ends in June.",
            },
            {"at": at, "text": "The vision was agreed."},
        ],
    }
    return render(request, "design/system.html", context)


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """A projector screen."""
    return render(request, "design/system_wall.html")


@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """A page for one hand."""
    return render(request, "design/system_phone.html")


class Reason(forms.Form):
    """Why something is done that cannot be undone."""

    reason = fields.LongTextField(label="Why?", help_text="It is kept, and others can read it.")


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Stands in for a page that saves as somebody types; a draft with no words is refused."""
    return HttpResponse(status=204 if Reason(request.POST).is_valid() else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The page before something that cannot be undone."""
    form = Reason(request.POST or None)
    if form.is_valid():
        return redirect("design:system")
    context = {
        "form": form,
        "heading": "Withdraw this invitation?",
        "consequences": [
            "The link in the e-mail stops working at once.",
            "You can invite them again.",
        ],
        "action": "Withdraw it",
        "back": reverse("design:system"),
    }
    return render(request, "design/confirm.html", context, status=422 if form.errors else 200)
