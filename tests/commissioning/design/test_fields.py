"""What people type, as they type it, in the fields that are ours."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from commissioning.design.fields import (
    CodeField,
    DateField,
    DateTimeField,
    LongTextField,
    MaxWords,
    MoneyField,
    TimeField,
    WholeNumberField,
    count_words,
    write_time,
)


def complaint(field: forms.Field, value: object) -> str:
    """What the field says to the value."""
    with pytest.raises(ValidationError) as no:
        field.clean(value)
    return str(no.value.messages[0])


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MARCH", "Mawrth"])
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    assert DateField().clean(("14", month, "2027")) == dt.date(2027, 3, 14)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("", "3", "2027"), "The date must include a day"),
        (("", "", "2027"), "The date must include a day and month"),
        (("14", "3", "27"), "The year must have four numbers, like 2027"),
        (("31", "2", "2027"), "The date must be a real date, like 14 3 2027"),
        (("14", "Smarch", "2027"), "The date must be a real date, like 14 3 2027"),
        (("=1+1", "3", "2027"), "The date must be a real date, like 14 3 2027"),
        (("١٤", "3", "²²²²"), "The date must be a real date, like 14 3 2027"),
        (("14", "3", "0000"), "The date must be a real date, like 14 3 2027"),
    ],
)
def test_a_date_that_is_not_one_says_what_to_mend(typed: tuple[str, ...], says: str) -> None:
    assert complaint(DateField(), typed) == says


def test_an_empty_date_is_none_where_it_is_optional() -> None:
    assert DateField(required=False).clean(("", "", "")) is None


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("8pm", dt.time(20)),
        ("8 PM", dt.time(20)),
        ("8:30pm", dt.time(20, 30)),
        ("8.30 p.m.", dt.time(20, 30)),
        ("20:00", dt.time(20)),
        ("12am", dt.time(0)),
        ("12pm", dt.time(12)),
        ("noon", dt.time(12)),
        ("midnight", dt.time(0)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, time: dt.time) -> None:
    assert TimeField().clean(typed) == time


@pytest.mark.parametrize("typed", ["8", "25:00", "8:61pm", "13pm", "0am", "after tea", "8pm; DROP"])
def test_what_is_not_a_time_is_said_kindly(typed: str) -> None:
    assert complaint(TimeField(), typed) == "The time must be like 8pm, 8:30pm or 20:00"


@pytest.mark.parametrize("hour", range(24))
def test_a_time_is_read_back_as_it_was_written(hour: int) -> None:
    time = dt.time(hour, 5 if hour % 2 else 0)
    assert TimeField().clean(write_time(time)) == time


def test_a_moment_is_in_uk_time_summer_and_winter() -> None:
    summer = DateTimeField().clean(("1", "6", "2027", "8pm"))
    winter = DateTimeField().clean(("1", "12", "2027", "8pm"))
    assert summer.astimezone(dt.UTC) == dt.datetime(2027, 6, 1, 19, tzinfo=dt.UTC)
    assert winter.astimezone(dt.UTC) == dt.datetime(2027, 12, 1, 20, tzinfo=dt.UTC)


def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    assert "does not exist" in complaint(DateTimeField(), ("28", "3", "2027", "1:30am"))


def test_a_moment_needs_its_time() -> None:
    said = complaint(DateTimeField(), ("1", "6", "2027", ""))
    assert said == "Enter a time too, like 8pm or 20:00"


@pytest.mark.parametrize("typed", ["£4,800", "4800", " 4,800.00 ", "£ 4 800", "4\xa0800"])
def test_money_is_read_with_the_signs_people_type(typed: str) -> None:
    assert MoneyField().clean(typed) == Decimal(4800)


@pytest.mark.parametrize("typed", ["a lot", "NaN", "Infinity", "1e400", "4800 zł", "=4800"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert complaint(MoneyField(), typed)


def test_another_currency_has_its_own_sign() -> None:
    field = MoneyField(currency="PLN")
    assert field.clean("4800 zł") == Decimal(4800)
    assert isinstance(field.widget, forms.TextInput)
    assert complaint(field, "-1") == "Ensure this value is greater than or equal to 0."


def test_a_whole_number_may_have_commas() -> None:
    assert WholeNumberField().clean("1,250") == 1250


def test_words_are_what_stands_between_spaces() -> None:
    assert count_words("  one two\n three-and-four  ") == 3
    MaxWords(3)("one two three")
    with pytest.raises(ValidationError, match="1 word too long"):
        MaxWords(3)("one two three four")


def test_a_line_end_counts_one_character() -> None:
    field = LongTextField(max_length=3)
    assert field.clean("a\r\nb") == "a\nb"


def test_a_code_is_read_whatever_its_dashes_and_case() -> None:
    assert CodeField().clean(" abcd-efgh – jkmn ") == "ABCDEFGHJKMN"
