"""Making a round from a published election: the same actions as people use, from draft to result.

The file's projects become the ballot in the file's order, which stands for the lot; its ballots
are cast one by one with cards of their own; then the round is closed, counted and published, in a
programme of its own whose money gate is lifted, with a reason, for all to see.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import product
from string import ascii_uppercase
from typing import Any, Final
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from commissioning.people.models import User
from commissioning.programmes.actions.members import declare
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.actions.programme import (
    About,
    create_programme,
    publish_programme,
)
from commissioning.programmes.actions.stages import lift_money_gate
from commissioning.programmes.models import Given, Programme
from participation.budgeting import actions, cast, close, count, register, results
from participation.budgeting.cast import Voter
from participation.budgeting.counting.election import Election
from participation.budgeting.counting.options import Options
from participation.budgeting.counting.pb import PbFile
from participation.budgeting.counting.pb_election import PbElection, election_from
from participation.budgeting.counting.pb_text import PbError
from participation.budgeting.models import Credential, Round
from participation.budgeting.styles import styles
from places.directory.models import Organisation, Place

IMPORTER: Final = "imported-rounds@example.invalid"
HANDS: Final = 8
_GATE: Final = (
    "A published election from elsewhere, imported to be counted again. No vision is made."
)
_EQUAL_SHARES: Final[Mapping[str, dict[str, str]]] = {
    "equalshares": {},
    "equalshares-comparison": {"comparison": "projects"},
    "equalshares/add1": {"completion": "add1"},
    "equalshares/add1-comparison": {"completion": "add1", "comparison": "projects"},
}


@dataclass(frozen=True, slots=True)
class _Ballots:
    """How the file's ballots are cast here: the style, its numbers, and the posted forms."""

    style: str
    options: dict[str, int]
    posted: list[dict[str, str]]


def import_round(file: PbFile, options: Options | None = None) -> Round:
    """The round of a file, published. ``options`` are those to count by, or else the file's own.

    Raises ``PbError`` where the file cannot be voted on here.
    """
    read = election_from(file)
    ballots = _ballots(read)
    user = _importer()
    programme = _programme(user, file.about)
    round_ = _open(user, programme, read, file, ballots, options or declared_options(file.about))
    _cast_all(round_, ballots)
    close.close_now(user, round_, "Every ballot of the file has been cast.")
    close.close_and_count(round_.pk)
    count.count_round(round_.pk)
    results.review(user, round_)
    results.tell_owners(user, round_)
    results.publish(user, round_)
    round_.refresh_from_db()
    return round_


def declared_options(about: Mapping[str, str]) -> Options:
    """The counting rule that a file names. Raises ``PbError`` where we have none like it."""
    rule = about.get("rule", "")
    if rule in _EQUAL_SHARES:
        return Options("equal-shares", utility="cost", **_EQUAL_SHARES[rule])  # type: ignore[arg-type]
    if rule == "greedy-no-skip":
        return Options("greedy-no-skip")
    if rule.startswith("greedy") or rule == "unknown":
        threshold = about.get("min_project_score_threshold", "0")
        return Options("greedy", min_votes=int(threshold) if threshold.isdigit() else 0)
    raise PbError(None, f"The rule {rule!r} is not known here: name one with --rule.")


def _importer() -> User:
    """The account that imports: nobody can sign in with it, its address does not exist."""
    user = User.objects.filter(email=IMPORTER).first()
    return user or User.objects.create_user(IMPORTER, "Imported rounds", is_staff=True)


@transaction.atomic
def _programme(user: User, about: Mapping[str, str]) -> Programme:
    unit, instance = about.get("unit", "Somewhere"), about.get("instance", "")
    place, _made = Place.objects.get_or_create(
        slug=f"imported-{slugify(unit)[:40] or 'place'}",
        defaults={"name": unit[:120], "prefix": _prefix(unit)},
    )
    council, _made = Organisation.objects.get_or_create(
        slug=f"imported-{slugify(unit)[:60] or 'place'}",
        defaults={
            "name": f"{unit} (imported)"[:160],
            "kind": Organisation.Kind.COUNCIL,
            "place": place,
            "confirmed_at": timezone.now(),
        },
    )
    programme = create_programme(
        user,
        council,
        place,
        About(
            title=f"Imported: {unit} {instance} {about.get('subunit', '')}".strip()[:160],
            about="A participatory budget of another place, as published in the Pabulib library.",
            starts_on=timezone.localdate(),
        ),
    )
    declare(user, programme, could_gain=False, words="")
    say_given(user, programme, Given.Kind.FIXED, "The ballots are those that were published there.")
    say_given(user, programme, Given.Kind.OPEN, "How they would have been counted by another rule.")
    lift_money_gate(user, programme, _GATE)
    return publish_programme(user, Programme.objects.get(pk=programme.pk))


def _prefix(unit: str) -> str:
    """Capitals for the numbers of documents, that no place has yet."""
    letters = "".join(letter for letter in slugify(unit).upper() if "A" <= letter <= "Z")
    base = ("X" + letters + "XX")[:4]
    taken = set(Place.objects.filter(prefix__startswith=base).values_list("prefix", flat=True))
    ends: list[str] = ["", *ascii_uppercase, *map("".join, product(ascii_uppercase, repeat=2))]
    for end in ends:
        if base + end not in taken:
            return base + end
    raise PbError(None, "There are too many imported places of this name.")


def _open(
    user: User,
    programme: Programme,
    read: PbElection,
    file: PbFile,
    ballots: _Ballots,
    options: Options,
) -> Round:
    about, now = file.about, timezone.now()
    round_ = actions.make_round(
        user,
        programme,
        {
            "title": (about.get("description") or programme.title)[:160],
            "about": about.get("comment", ""),
            "style": ballots.style,
            "style_options": ballots.options,
            "rule": options.rule,
            "rule_options": _rule_options(options),
            "part_fit": options.part_fit,
            "budget": _pounds(read.election, read.election.budget),
            "currency": about.get("currency", "EUR")[:3],
            "eligibility": f"As in {about.get('unit', 'the original')}.",
            "minimum_age": 0,
            "early_leavers": Round.EarlyLeavers.AS_FAR,
            "opens_at": now - timedelta(minutes=1),
            "closes_at": now + timedelta(days=1),
            "expected_cards": max(1, read.election.voters),
            "adopting_body": f"{about.get('unit', 'The authority')} (adopted there already)",
            "adopting_power": "The law of that place.",
            "source": {key: value for key, value in about.items() if key in _KEPT},
        },
    )
    _add_projects(user, round_, read.election, file)
    actions.change_round(
        user,
        round_,
        {
            "tie_seed": "the order of the file's PROJECTS section",
            "tie_order": list(range(1, len(read.election.projects) + 1)),
        },
    )
    _make_cards(user, round_, read.election.voters)
    return actions.open_round(user, round_)


_KEPT: Final = frozenset(
    {"description", "country", "unit", "subunit", "instance", "language", "date_begin", "date_end"}
)


def _rule_options(options: Options) -> dict[str, Any]:
    names = ("completion", "start", "top_up", "comparison", "min_votes", "min_points")
    plain = Options.__dataclass_fields__
    chosen = {name: getattr(options, name) for name in names}
    changed = {name: value for name, value in chosen.items() if value != plain[name].default}
    return changed | ({"utility": options.utility} if options.utility else {})


def _pounds(election: Election, smallest_units: int) -> Decimal:
    """An amount in units of currency; an imported file may not be finer than a penny."""
    amount = Decimal(smallest_units) / election.unit
    if amount != round(amount, 2):
        raise PbError(None, "An amount is finer than the hundredth of its currency.")
    return amount


def _add_projects(user: User, round_: Round, election: Election, file: PbFile) -> None:
    names = file.projects.cells("name")
    with transaction.atomic():
        for project, name in zip(election.projects, names, strict=True):
            actions.add_project(
                user,
                round_,
                {
                    "title": (name or project.id)[:160],
                    "summary": name if len(name) > 160 else "",
                    "cost": _pounds(election, project.cost),
                    "reference": project.id[:80],
                },
            )


def _make_cards(user: User, round_: Round, number: int) -> None:
    made = 0
    while made < number:
        size = min(register.MOST_AT_ONCE, number - made)
        batch = register.make_cards(user, round_, size, "Imported", printed=False)
        register.hand_out(user, round_, batch.first_serial, batch.last_serial)
        made += size


def _ballots(read: PbElection) -> _Ballots:
    """The style in which every ballot of the file can be cast, and the forms to post."""
    rows = list(_rows(read))
    values = [value for row in rows for value in row.values()]
    longest = max((len(row) for row in rows), default=1) or 1
    posted = [_posted(row) for row in rows]
    if read.vote_type == "ordinal":
        return _Ballots("ranking", {"at_most": longest}, posted)
    if read.vote_type == "cumulative":
        most = max((sum(row.values()) for row in rows), default=1) or 1
        return _Ballots("points", {"points": most, "all_of_them": 0}, posted)
    if read.vote_type == "scoring":
        lowest, highest = min(values, default=0), max(values, default=1)
        return _Ballots("score", {"lowest": min(lowest, highest - 1), "highest": highest}, posted)
    return _Ballots("approval", {"at_most": longest}, posted)


def _posted(row: dict[int, int]) -> dict[str, str]:
    """What the ballot page would post."""
    return {f"p-{number}": str(value) for number, value in row.items()} or {"blank": "1"}


def _rows(read: PbElection) -> Iterable[dict[int, int]]:
    """Each ballot as project number to value: 1, points, or place."""
    election = read.election
    if election.points_unit != 1:
        raise PbError(None, "Points in fractions cannot be cast here.")
    for voter in range(election.voters):
        start, stop = int(election.starts[voter]), int(election.starts[voter + 1])
        numbers = [int(position) + 1 for position in election.choices[start:stop]]
        if read.vote_type == "ordinal":
            yield {number: place for place, number in enumerate(numbers, start=1)}
        elif election.points is None:
            yield dict.fromkeys(numbers, 1)
        else:
            given = [int(points) for points in election.points[start:stop]]
            if min(given, default=0) < 0:
                raise PbError(None, "Points below zero cannot be cast here.")
            yield dict(zip(numbers, given, strict=True))


def _cast_all(round_: Round, ballots: _Ballots) -> None:
    """Cast every ballot through the same action as people use, several at a time."""
    style = styles[ballots.style]
    listed = (
        Credential.objects.filter(round=round_, active=True)
        .order_by("elector__serial")
        .values_list("elector_id", "pk")
    )
    work = [
        (Voter(round_.pk, elector_id, credential_id), posted)
        for (elector_id, credential_id), posted in zip(listed, ballots.posted, strict=True)
    ]

    def cast_some(hand: int) -> None:
        try:
            for voter, posted in work[hand::HANDS]:
                cast.save(
                    voter,
                    lambda terms, posted=posted: style.parse(posted, terms),  # type: ignore[misc]
                    op_id=uuid4(),
                    base_rev=0,
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(cast_some, range(HANDS)))
