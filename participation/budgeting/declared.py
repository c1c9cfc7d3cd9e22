"""The frozen terms of rounds, loaded once a process for each digest."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from commissioning.ground.digests import sha256_hex
from participation.budgeting import terms
from participation.budgeting.models import Round
from participation.budgeting.terms import Terms


class TermsChanged(Exception):
    """The frozen terms do not have the digest that was published."""


@lru_cache(maxsize=64)
def terms_of(round_id: UUID, config_sha256: str) -> Terms:
    """The terms that were frozen on opening. They never change, so a process keeps them."""
    text = Round.objects.values_list("config", flat=True).get(pk=round_id)
    if sha256_hex(text.encode()) != config_sha256:
        raise TermsChanged("the terms of the round do not have their digest")
    return terms.read(text)


def declaration(round_: Round) -> dict[str, Any]:
    """Everything that a round declares, as it will be frozen and published. JSON values only."""
    return {
        "version": 1,
        "round": str(round_.pk),
        "programme": round_.programme.title,
        "title": round_.title,
        "about": round_.about,
        "hall": round_.hall,
        "style": {"name": round_.style, "options": round_.style_options},
        "rule": {"name": round_.rule, "options": round_.rule_options},
        "budget": str(round_.budget),
        "currency": round_.currency,
        "areas": [
            {"name": each.area.name, "budget": str(each.budget)}
            for each in round_.area_budgets.select_related("area")
        ],
        "eligibility": round_.eligibility,
        "minimum_age": round_.minimum_age,
        "opens_at": round_.opens_at.isoformat(),
        "closes_at": round_.closes_at.isoformat(),
        "code_symbols": round_.code_symbols,
        "ties": {"seed": round_.tie_seed, "order": round_.tie_order},
        "part_fit": round_.part_fit,
        "reserves": round_.reserves,
        "own_projects": round_.own_projects,
        "early_leavers": round_.early_leavers,
        "adopted_by": {"body": round_.adopting_body, "power": round_.adopting_power},
        "publication": {
            "full_from": round_.publish_full_from,
            "area_from": round_.publish_area_from,
        },
        "projects": _projects(round_),
    }


def _projects(round_: Round) -> list[dict[str, Any]]:
    listed = round_.projects.select_related("area", "outcome", "owner").order_by("number")
    return [
        {
            "number": each.number,
            "title": each.title,
            "summary": each.summary,
            "cost": str(each.cost),
            "area": each.area.name if each.area else "",
            "outcome": each.outcome.title if each.outcome else "",
            "owner": each.owner.name if each.owner else "",
            "picture_sha256": each.picture_sha256,
            "picture_alt": each.picture_alt,
            "reference": each.reference,
        }
        for each in listed
    ]


def draft_terms(round_: Round) -> Terms:
    """The terms as they would be frozen now: for previews and checks while preparing."""
    return terms.read(terms.written(declaration(round_))[0])
