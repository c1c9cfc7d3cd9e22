"""Hours that organisations of a place reported: by survey, and with what they applied for."""

from collections import defaultdict
from typing import Final

import numpy as np
from django.db.models import CharField, FloatField, Value
from django.db.models.functions import Cast, Extract

from decisions.costs.model.reports import used_of
from decisions.costs.models import BidReport
from participation.calls.models import Call, Expression
from places.directory.models import Place

# An expression of interest is applied for like these; a bid for a contract is another thing.
LIKE_A_CALL: Final = ("grant", "participatory_budget")
Reports = dict[str, list[float]]
Said = tuple[str, str, float, float]  # route, organisation, hours, order


def hours_by_route(place: Place) -> Reports:
    """Hours of each route, oldest first, one figure an organisation. One query.

    Of calls, only those whose decisions are released: before that an assessor could learn who
    wrote for how long.
    """
    surveyed = BidReport.objects.filter(survey__question__programme__place=place).values_list(
        "survey__route",
        # One link, one organisation: nobody needs to know which.
        Cast("id", CharField()),
        Cast("hours", FloatField()),
        Cast("five", FloatField()),
    )
    applied = Expression.objects.filter(
        call__programme__place=place,
        call__status=Call.Status.RELEASED,
        standing__isnull=False,
        hours__gt=0,
    ).values_list(
        Value("", output_field=CharField()),
        Cast("organisation_id", CharField()),
        Cast("hours", FloatField()),
        Cast(Extract("call__released_at", "epoch"), FloatField()),
    )
    return _counted(list(surveyed.union(applied, all=True)))


def _counted(rows: list[Said]) -> Reports:
    """Each source by itself in whole fives, so that no single report moves a figure."""
    surveyed: dict[str, list[Said]] = defaultdict(list)
    applied: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        route, organisation = row[0], row[1]
        (surveyed[route] if route else applied[organisation]).append(row)
    found = {
        route: _whole_fives([(order, hours) for *_who, hours, order in said])
        for route, said in surveyed.items()
    }
    calls = _whole_fives(
        [
            (min(row[3] for row in said), float(np.median([row[2] for row in said])))
            for said in applied.values()
        ]
    )
    for route in LIKE_A_CALL:
        found[route] = [*found.get(route, []), *calls]
    return {route: hours for route, hours in found.items() if hours}


def _whole_fives(reports: list[tuple[float, float]]) -> list[float]:
    hours = [hours for _order, hours in sorted(reports)]
    return hours[: used_of(len(hours))]
