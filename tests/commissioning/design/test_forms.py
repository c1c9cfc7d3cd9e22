"""Forms come out in the design system's markup, joined up for screen readers."""

import datetime as dt
import re
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils.html import escape

from commissioning.design.fields import DateTimeField, LongTextField, MoneyField
from commissioning.design.forms import Field, Look
from commissioning.design.system import EveryField, every_form


class Enquiry(forms.Form):
    """A form with one of what matters."""

    looks = {"how": Look(reveals={"other": ["words"]}, hints={"post": "It takes three days"})}
    name = forms.CharField(label="Full name", help_text="As on the letter", max_length=10)
    how = forms.ChoiceField(
        label="How shall we answer?",
        choices=[("post", "By post"), ("other", "Otherwise")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="In your words", required=False)


def attribute(html: str, identifier: str, name: str) -> str:
    """An attribute of the element with that id."""
    element = re.search(rf'<[^>]*\sid="{identifier}"[^>]*>', html)
    assert element, f"no {identifier} in {html}"
    found = re.search(rf'\s{name}="([^"]*)"', element[0])
    assert found, f"no {name} on {element[0]}"
    return found[1]


def test_a_field_is_joined_to_its_label_hint_and_error() -> None:
    html = str(Enquiry({"name": ""})["name"].as_field_group())
    assert '<label class="govuk-label govuk-label--s" for="id_name">Full name</label>' in html
    assert attribute(html, "id_name", "aria-describedby") == "id_name_helptext id_name_error"
    assert attribute(html, "id_name", "aria-invalid") == "true"
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "Error:</span> Enter full name" in html
    assert "govuk-form-group--error" in html


def test_the_browser_neither_cuts_text_nor_stops_the_form_with_its_own_bubbles() -> None:
    html = str(Enquiry())
    assert "maxlength" not in html
    assert "required" not in html


def test_radios_stand_in_a_fieldset_with_hints_and_what_they_reveal() -> None:
    html = str(Enquiry())
    assert "<legend" in html
    assert attribute(html, "id_how_0", "aria-describedby") == "id_how_0_hint"
    assert html.count('name="words"') == 1
    assert "govuk-radios__conditional" in html


def test_optional_fields_say_so_only_beside_required_ones() -> None:
    assert "In your words (optional)" in str(Enquiry())

    class Search(forms.Form):
        q = forms.CharField(label="Search", required=False)

    assert "optional" not in str(Search())


def test_our_own_messages_stay() -> None:
    class Strict(forms.Form):
        name = forms.CharField(error_messages={"required": "We need your name"})

    assert Strict({}).errors["name"] == ["We need your name"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("name", "Full name must be 40 characters or fewer; it has 41"),
        ("email", "Enter an e-mail address in the right form, like name@example.org"),
        ("cost", "The amount must be a number in figures, like 1,250 or 1,250.50"),
        ("people", "How many people take part must be 1 or more"),
        ("hours", "Hours a week must be a number, like 12.5"),
        ("summary", "Use 140 words or fewer: this is 10 words too long"),
        ("area", "Choose one of the options for area"),
        ("kind", "Answer “What kind of organisation are you?”"),
        ("accounts", "Choose a file: latest accounts"),
        ("agree", "Tick the box: I may speak for this organisation"),
    ],
)
def test_errors_say_how_to_mend_it(name: str, says: str) -> None:
    wrong = every_form()[2]["form"]
    assert isinstance(wrong, EveryField)
    assert wrong.errors[name] == [says]


def test_what_was_typed_is_still_there() -> None:
    wrong = every_form()[2]["form"]
    html = str(wrong)
    assert 'value="a lot"' in html
    assert 'value="after tea"' in html
    assert attribute(html, "wrong_born_day", "value") == "31"


@pytest.mark.parametrize("name", [name for name in EveryField.base_fields if name != "hidden"])
def test_the_error_summary_leads_to_something_that_is_there(name: str) -> None:
    form = EveryField({})
    form.is_valid()
    field = form[name]
    assert isinstance(field, Field)
    assert f'id="{field.error_target}"' in str(form)


def test_a_form_is_summed_up_once_and_only_when_it_was_sent() -> None:
    template = Template("{% error_summary form %}{% error_summary form %}")
    assert template.render(Context({"form": Enquiry()})).strip() == ""
    html = template.render(Context({"form": Enquiry({})}))
    assert html.count("There is a problem") == 1
    assert '<a href="#id_how_0">' in html


def test_a_rule_about_the_whole_form_stands_in_the_summary_without_a_link() -> None:
    form = Enquiry({"name": "Ada", "how": "post"})
    form.add_error(None, "The call has closed.")
    html = Template("{% error_summary form %}").render(Context({"form": form}))
    assert "<li>The call has closed.</li>" in html


SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_script_in_every_field_stays_text() -> None:
    data = QueryDict(mutable=True)
    for name in EveryField.base_fields:
        for part in ("", "-day", "-month", "-year", "-time"):
            data[name + part] = SCRIPT
    form = EveryField(data)
    html = str(form) + Template("{% error_summary form %}").render(Context({"form": form}))
    assert "<script" not in html
    assert "<img" not in html
    assert escape(SCRIPT) in html


def test_a_saved_moment_fills_its_boxes_in_uk_time() -> None:
    class Opens(forms.Form):
        opens = DateTimeField()

    at = dt.datetime(2027, 6, 1, 19, 0, tzinfo=dt.UTC)
    html = str(Opens(initial={"opens": at}))
    assert attribute(html, "id_opens_time", "value") == "8pm"
    assert not Opens(
        {"opens-day": "1", "opens-month": "June", "opens-year": "2027", "opens-time": "20:00"},
        initial={"opens": at},
    ).has_changed()


def test_a_count_is_drawn_for_words_and_for_characters() -> None:
    class Summary(forms.Form):
        words = LongTextField(max_words=140)
        characters = forms.CharField(widget=forms.Textarea, max_length=300)

    html = str(Summary())
    assert 'data-maxlength="140" data-count-type="words"' in html
    assert 'data-maxlength="300"' in html
    assert "You can use up to 140 words" in html


def test_an_amount_shows_its_currency() -> None:
    class Cost(forms.Form):
        cost = MoneyField()

        def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            field = self.fields["cost"]
            assert isinstance(field, MoneyField)
            field.set_currency(currency)

    assert 'govuk-input__prefix" aria-hidden="true">£<' in str(Cost(currency="GBP"))
    assert 'govuk-input__suffix" aria-hidden="true">zł<' in str(Cost(currency="PLN"))
