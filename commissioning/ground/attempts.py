"""Actions behind forms: a no becomes the form's error, with everything typed still there."""

from collections.abc import Callable

from django import forms

from commissioning.ground.answers import Invalid


def attempt(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Run the action of a valid form; say whether it was done.

    What cannot be done (:class:`Invalid`) stands beside its field, or above the form.
    """
    try:
        act()
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.reason))
        return False
    return True


def form_status(*forms_: forms.BaseForm) -> int:
    """The status of a page with forms: 422 where one has errors, which htmx swaps in."""
    return 422 if any(form.is_bound and form.errors for form in forms_) else 200
