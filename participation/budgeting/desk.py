"""What the officers' desk of a round says: what is done, what is missing, what comes next."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.budgeting.actions import entries_waiting
from participation.budgeting.counting.options import GREEDY
from participation.budgeting.forms.prepare import RULES
from participation.budgeting.models import Round
from participation.budgeting.styles import styles

Task = dict[str, Any]


def tasks_of(round_: Round) -> list[Task]:
    """The sections of a round being prepared, each with what is missing in it."""
    numbers = sorted(round_.projects.values_list("number", flat=True))
    return [
        _task(round_, "when", _("When and who"), done=bool(round_.eligibility.strip())),
        _ideas(round_, len(numbers)),
        _task(round_, "voting", _("How people vote"), hint=str(styles[round_.style].label)),
        _task(round_, "counting", _("How it is counted"), hint=rule_in_words(round_)),
        _areas(round_),
        _task(
            round_,
            "promises",
            _("Who decides in the end, and what is published"),
            hint=round_.adopting_body,
            done=bool(round_.adopting_body.strip() and round_.adopting_power.strip()),
        ),
        _task(
            round_,
            "lot",
            _("The lot that breaks ties"),
            hint=_("Drawn in public, after the last idea is on the ballot"),
            done=bool(numbers) and sorted(round_.tie_order) == numbers,
        ),
    ]


def rule_in_words(round_: Round) -> str:
    """The counting rule, as a person would call it."""
    if round_.rule in RULES:
        return str(RULES[round_.rule][0])
    return _("Most votes first, stopping at the first idea that does not fit")


def part_fit_in_words(round_: Round) -> str:
    """What happens when the next idea only partly fits; nothing where the rule has no next."""
    return str(round_.get_part_fit_display()) if round_.rule in GREEDY else ""


def _task(round_: Round, name: str, title: str, *, hint: str = "", done: bool = True) -> Task:
    return {
        "title": title,
        "url": reverse(f"budgeting:{name}", args=[round_.pk]),
        "hint": hint,
        "tag": _("Done") if done else _("To do"),
        "kind": "" if done else "wait",
    }


def _ideas(round_: Round, number: int) -> Task:
    waiting = entries_waiting(round_).count()
    hint = ngettext("%(n)d idea", "%(n)d ideas", number) % {"n": number}
    if waiting:
        more = ngettext("%(n)d more is ready", "%(n)d more are ready", waiting) % {"n": waiting}
        hint = f"{hint}; {more}"
    return _task(round_, "projects", _("Ideas on the ballot"), hint=hint, done=number >= 2)


def _areas(round_: Round) -> Task:
    own = round_.area_budgets.count()
    hint = (
        ngettext("%(n)d area has its own part", "%(n)d areas have their own part", own) % {"n": own}
        if own
        else _("One purse for the whole place")
    )
    return _task(round_, "areas", _("Money by area"), hint=hint)


def seal_steps(round_: Round) -> list[Task]:
    """The way from the close to the seal, step by step, and which step is next."""
    counted = round_.status in {Round.Status.COUNTED, Round.Status.SEALED}
    steps = [
        (_("Voting is closed: no save is taken any more"), True, ""),
        (_("The ballots are opened, sorted and made anonymous"), counted, ""),
        (_("They are read again and compared with what was sealed"), bool(round_.verified_at), ""),
        (
            _("A backup holds them: somebody answers for it"),
            bool(round_.backup_confirmed_at),
            reverse("budgeting:confirm_backup", args=[round_.pk]) if round_.verified_at else "",
        ),
        (
            _("The key is destroyed: nobody can open a ballot again"),
            bool(round_.key_destroyed_at),
            "",
        ),
    ]
    return [
        {
            "title": title,
            "url": "" if done else url,
            "tag": _("Done") if done else _("Next") if url else _("Waiting"),
            "kind": "" if done else "wait" if url else "lock",
        }
        for title, done, url in steps
    ]
