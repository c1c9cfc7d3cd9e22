"""The duties that a decision answers one by one, each with its source and how sure we are of it.

As known on 30 June 2026. Not legal advice. ``check`` stands beside what was not read in its
source, or whose standing is in doubt: the page and the record say "check before relying on it".
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text

AS_KNOWN_ON: Final = "30 June 2026"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: what is asked, where it comes from, what to check."""

    key: str
    title: Text
    asks: Text
    source: str
    check: Text = ""
    # Whether the provider selection regime has its own rule in place of the Act's.
    health_has_its_own: bool = False


DUTIES: Final = (
    Duty(
        "social_value",
        _("Social value"),
        _(
            "Before services were bought: how what is bought might improve the economic, social "
            "and environmental well-being of the area was considered, and whether to consult."
        ),
        "Public Services (Social Value) Act 2012, section 1",
    ),
    Duty(
        "best_value",
        _("Best value"),
        _(
            "Where a grant or contract that could be expected to go on is cut or ended: at least "
            "three months' notice to the organisation and its users, early talks, the chance to "
            "propose another way, no cut out of proportion. A reason is recorded for departing."
        ),
        "Best Value statutory guidance 2011 and 2015",
        _("how it stands beside the guidance of 2024"),
    ),
    Duty(
        "equality",
        _("Equality"),
        _(
            "Due regard to ending discrimination, advancing equality of opportunity and fostering "
            "good relations; where the record of it is kept."
        ),
        "Equality Act 2010, section 149",
        _("this was not read in its source"),
    ),
    Duty(
        "subsidy",
        _("Subsidy, through every hand that the money passes"),
        _(
            "For each hand the money passes through, an intermediary and those it gives to alike: "
            "does it act as an enterprise? Then how much minimal financial assistance it had in "
            "this financial year so far and the two before, the notice before the award, and "
            "whether the award goes on the database."
        ),
        "Subsidy Control Act 2022, sections 33, 36 to 38",
    ),
    Duty(
        "conflicts",
        _("Conflicts of interest"),
        _("Conflicts were looked for, lessened, and kept in an assessment that is reviewed."),
        "Procurement Act 2023, sections 81 to 83",
        health_has_its_own=True,
    ),
    Duty(
        "engagement_fairness",
        _("Fairness of early talks"),
        _(
            "Where possible providers took part in the preparation: what made sure that none has "
            "an unfair advantage, what was shared with the others, and the market engagement "
            "notice or the explanation that takes its place."
        ),
        "Procurement Act 2023, sections 16 and 17",
        health_has_its_own=True,
    ),
    Duty(
        "staff_transfer",
        _("Staff transfer"),
        _(
            "Whether staff may transfer when the provider changes, or when a contract becomes a "
            "grant or the other way round; and their pensions."
        ),
        "Transfer of Undertakings (Protection of Employment) Regulations 2006",
        _("this was not read in its source"),
    ),
    Duty(
        "vat",
        _("VAT"),
        _(
            "A true grant is usually outside VAT; a contract under another name is not. Say which "
            "this is and why."
        ),
        "As known; ask the finance officer",
    ),
    Duty(
        "grant_power",
        _("The power to give a grant"),
        _("Where a grant is given: the power to give it, by name."),
        "The power itself",
        _("name it with the legal officer"),
    ),
    Duty(
        "small_suppliers",
        _("Barriers to small organisations"),
        _("Regard was had to the barriers that small and medium-sized organisations face."),
        "Procurement Act 2023, section 12",
        health_has_its_own=True,
    ),
    Duty(
        "reorganisation",
        _("Consent where councils are being abolished"),
        _(
            "While a direction is in force: consent for disposals and for contracts above the set "
            "sums, over their whole life."
        ),
        "Local Government and Public Involvement in Health Act 2007, section 24",
    ),
)

HEALTH: Final = "SI 2023/1348 (provider selection regime) and its statutory guidance"


def source_of(duty: Duty, route: str) -> tuple[str, Text]:
    """The source of a duty, and what to check, for the route that is chosen."""
    if duty.health_has_its_own and route.startswith("health_"):
        return HEALTH, _("the regime's own rule, in place of the Procurement Act's")
    return duty.source, duty.check


BY_KEY: Final = {duty.key: duty for duty in DUTIES}
