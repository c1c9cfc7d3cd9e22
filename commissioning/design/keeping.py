"""Saving a form that came late, or in the same moment as another's: nothing typed is lost.

``keep`` reads, judges and saves what was sent. Its ``save`` is an action, which takes its lock and
calls :func:`commissioning.design.revisions.hold` with what the form was held against. Where
somebody saved between the two, the form is read anew against what stands there now: what does not
clash is merged, and what does is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commissioning.design.revisions import Overtaken, typed_in
from commissioning.ground.answers import YES, Answer, Refused, require
from commissioning.ground.attempts import attempt

F = TypeVar("F", bound=forms.BaseForm)
R = TypeVar("R")
# Each time that a form is overtaken somebody else has saved: so many in a row are no accident.
TIMES: Final = 5


@dataclass(frozen=True, slots=True)
class Kept(Generic[F, R]):
    """A page's form: to be filled in or mended, saved, or refused with what was typed in it."""

    form: F
    result: R | None = None
    saved: bool = False
    refused: Answer = YES


def keep(
    request: HttpRequest,
    may: Answer,
    build: Callable[[], F],
    save: Callable[[F], R],
    *,
    read_anew: Callable[[], object] | None = None,
) -> Kept[F, R]:
    """Show the form or save it; where a rule says no by now, keep what was typed.

    ``read_anew`` reads the row again that ``build`` makes the form of, before it makes another.
    """
    if request.method != "POST":
        require(may)
        return Kept(build())
    form = build()
    try:
        require(may)
        return _save(form, build, save, read_anew)
    except Refused as refused:
        # Who only pressed a button has nothing to lose, and is answered as on any page.
        if not typed_in(form):
            raise
        return Kept(form, refused=refused.answer)


def _save(
    form: F,
    build: Callable[[], F],
    save: Callable[[F], R],
    read_anew: Callable[[], object] | None,
) -> Kept[F, R]:
    for _time in range(TIMES):
        if not form.is_valid():
            return Kept(form)
        try:
            return _once(form, save)
        except Overtaken:
            if read_anew:
                read_anew()
            form = build()
    form.add_error(None, _("Others are saving this page at this very moment. Save once more."))
    return Kept(form)


def _once(form: F, save: Callable[[F], R]) -> Kept[F, R]:
    made: list[R] = []
    if attempt(form, lambda: made.append(save(form))):
        return Kept(form, result=made[0], saved=True)
    return Kept(form)
