"""The duties that a decision answers one by one, each with its source and how sure we are of it.

As known on 30 June 2026. Not legal advice. ``check`` stands beside what was not read in its
source, or whose standing is in doubt: the page and the record say "check before relying on it".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from decisions.records.models import Body
from decisions.trees.regime import Regime

AS_KNOWN_ON: Final = "30 June 2026"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: what is asked, where it comes from, what to check."""

    key: str
    title: Text
    asks: Text
    source: Text
    check: Text = ""
    # Where another law, or none, is behind it: by regime, the source and what to check.
    otherwise: Mapping[Regime, tuple[Text, Text]] = field(default_factory=dict)


OUTSIDE_THE_ACT: Final = (
    _(
        "Good practice here: the Act that asks for it is not about health care services under the "
        "provider selection regime"
    ),
    "",
)
CODE: Final = _("the code that binds those who decide")
DUTIES: Final = (
    Duty(
        "social_value",
        _("Social value"),
        _(
            "Before services were bought: how what is bought might improve the economic, social "
            "and environmental well-being of the area was considered, and whether to consult."
        ),
        "Public Services (Social Value) Act 2012, section 1",
        _("that it reaches this contract: it is for services, at or above the threshold"),
        {
            Regime.BELOW: (
                _(
                    "Public Services (Social Value) Act 2012, section 1(16) and (17): for "
                    "light-touch services from £207,720 (£135,018 for central government) "
                    "though they are below their threshold; good practice otherwise"
                ),
                _("whether this is a light-touch contract of that value; those sums are of 2026"),
            ),
            Regime.GRANT: (
                _(
                    "Good practice here: the Public Services (Social Value) Act 2012 is about "
                    "services that are bought, and a grant buys none"
                ),
                "",
            ),
            Regime.HEALTH: (
                _(
                    "Social value is one of the key criteria of SI 2023/1348 (regulation 5) and "
                    "its guidance; section 1(16) of the Public Services (Social Value) Act 2012 "
                    "reaches light-touch services even where the Procurement Act does not apply"
                ),
                _("whether this is a light-touch service of the value that the Act of 2012 names"),
            ),
        },
    ),
    Duty(
        "key_criteria",
        _("The five key criteria, and the basic selection criteria"),
        _(
            "That the provider meets the basic selection criteria and need not be excluded; how it "
            "was judged against each key criterion, and how they were weighed against one "
            "another: quality and innovation; value; integration, collaboration and service "
            "sustainability; improving access, reducing health inequalities and facilitating "
            "choice; social value."
        ),
        _("SI 2023/1348, regulations 5, 19, 20 and 24, and its statutory guidance"),
        _("which of them the process that is used asks for, and where the record of it is kept"),
    ),
    Duty(
        "best_value",
        _("Best value"),
        _(
            "Where a grant or contract that could be expected to go on is cut or ended: at least "
            "three months' notice to the organisation and its users, early talks, the chance to "
            "propose another way, no cut out of proportion. A reason is recorded for departing."
        ),
        "Local Government Act 1999, section 3; Best Value statutory guidance 2011 and 2015",
        _("how that guidance stands beside the guidance of 2024"),
    ),
    Duty(
        "equality",
        _("Equality"),
        _(
            "Due regard to ending discrimination, advancing equality of opportunity and fostering "
            "good relations; where the record of it is kept."
        ),
        "Equality Act 2010, section 149",
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
        "Subsidy Control Act 2022, sections 33 and 36 to 39",
    ),
    Duty(
        "conflicts",
        _("Conflicts of interest"),
        _("Conflicts were looked for, lessened, and kept in an assessment that is reviewed."),
        "Procurement Act 2023, sections 81 to 83",
        "",
        {
            Regime.BELOW: (
                _(
                    "The authority's own code of conduct, and good practice: the conflicts "
                    "assessment of the Procurement Act 2023, sections 81 to 83, is for "
                    "procurements at or above the threshold"
                ),
                CODE,
            ),
            Regime.GRANT: (
                "Localism Act 2011, sections 28 to 34, and the authority's own code of conduct",
                CODE,
            ),
            Regime.HEALTH: (
                _("SI 2023/1348, regulations 21 and 24, and its statutory guidance"),
                _("how each conflict is dealt with; the notices of the regime tell of it"),
            ),
            Regime.OPEN: (
                _(
                    "The authority's own code of conduct; where something is procured at or above "
                    "the threshold, Procurement Act 2023, sections 81 to 83"
                ),
                CODE,
            ),
        },
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
        "",
        {
            Regime.BELOW: (
                _(
                    "Good practice here: sections 16 and 17 of the Procurement Act 2023, and their "
                    "notice, are for procurements at or above the threshold"
                ),
                "",
            ),
            Regime.GRANT: (
                _(
                    "Good practice here: sections 16 and 17 of the Procurement Act 2023 are for "
                    "procurements, and a grant is none"
                ),
                "",
            ),
            Regime.HEALTH: OUTSIDE_THE_ACT,
            Regime.OPEN: (
                _(
                    "Where something is procured at or above the threshold, Procurement Act 2023, "
                    "sections 16 and 17; else good practice"
                ),
                "",
            ),
        },
    ),
    Duty(
        "staff_transfer",
        _("Staff transfer"),
        _(
            "Whether staff may transfer when the provider changes, or when a contract becomes a "
            "grant or the other way round; and their pensions."
        ),
        _(
            "Transfer of Undertakings (Protection of Employment) Regulations 2006, regulations 3, "
            "4, 10, 11 and 13"
        ),
        _("with a lawyer: for these staff, and for pensions, which have rules of their own"),
    ),
    Duty(
        "vat",
        _("VAT"),
        _(
            "A true grant is usually outside VAT; a contract under another name is not. Say which "
            "this is and why."
        ),
        _("As is generally understood of grants and contracts"),
        _("with the finance officer: how this money is treated, and whether VAT is recovered"),
    ),
    Duty(
        "grant_power",
        _("The power to give a grant"),
        _("Where a grant is given: the power to give it, by name."),
        _("No law asks for it where nothing is given as a grant"),
        "",
        {
            Regime.GRANT: (
                _(
                    "The power that is named: for a council often section 1 of the Localism "
                    "Act 2011"
                ),
                _("name it with the legal officer"),
            )
        },
    ),
    Duty(
        "lots",
        _("Lots"),
        _(
            "Before the tender notice: whether what is bought could be bought in parts, so that "
            "smaller organisations can bid for one; where it could and is not, why not."
        ),
        "Procurement Act 2023, section 18",
    ),
    Duty(
        "small_suppliers",
        _("Barriers to small organisations"),
        _(
            "Regard was had to the barriers that small and medium-sized organisations face, and to "
            "the national procurement policy statement, with what it says of small firms, "
            "voluntary organisations and spending locally."
        ),
        "Procurement Act 2023, sections 12 and 13(9)",
        "",
        {
            Regime.BELOW: (
                _(
                    "Procurement Act 2023, section 86, the rule on barriers for contracts below "
                    "the threshold, and section 13(9)"
                ),
                _("that the contract is one that section 84 regulates: a school's is not"),
            ),
            Regime.GRANT: (
                _("Good practice here: the Procurement Act 2023 is not about grants"),
                "",
            ),
            Regime.HEALTH: OUTSIDE_THE_ACT,
            Regime.OPEN: (
                _(
                    "Where something is procured, Procurement Act 2023, sections 12 and 13(9), and "
                    "below the threshold section 86 in place of section 12"
                ),
                "",
            ),
        },
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


# The power to give a grant, by who decides: other bodies than councils have other powers.
GRANT_POWERS: Final[Mapping[str, tuple[Text, Text]]] = {
    Body.PARISH: (
        _(
            "The power that is named: for a parish or town council often section 137 of the Local "
            "Government Act 1972, or the general power of competence where it is eligible for that"
        ),
        _("name it with the clerk"),
    ),
    Body.NHS_BOARD: (
        _("The power that is named: for an NHS body one of the National Health Service Act 2006"),
        _("name it with the legal adviser"),
    ),
}


# What is bought, as a walk says it, where it is no service.
NO_SERVICES: Final = frozenset({"goods", "works"})


# Under these no law of procurement asks for an assessment, and an officer is no member.
OF_ITS_OWN_CODE: Final = frozenset({Regime.BELOW, Regime.GRANT, Regime.OPEN})
OFFICERS_CODE: Final = (
    _("Local Government Act 1972, section 117 (officers), and the officers' code of conduct"),
    CODE,
)


def source_of(duty: Duty, regime: Regime, body: str = "", bought: str = "") -> tuple[Text, Text]:
    """The source of a duty, and what to check, under the law that the decision is under.

    ``body``: the kind of body that decides; ``bought``: what is bought, as the walk says it.
    """
    of_the_act = regime in {Regime.ABOVE, Regime.BELOW}
    if duty.key == "social_value" and of_the_act and bought in NO_SERVICES:
        return (
            _(
                "Good practice here: the Public Services (Social Value) Act 2012 is for services, "
                "and by the walk these are goods or works"
            ),
            _("whether services are bought with them"),
        )
    if duty.key == "conflicts" and regime in OF_ITS_OWN_CODE and body == Body.OFFICER:
        return OFFICERS_CODE
    if duty.key == "grant_power" and regime == Regime.GRANT and body in GRANT_POWERS:
        return GRANT_POWERS[body]
    return duty.otherwise.get(regime, (duty.source, duty.check))


# No market engagement notice is due under these.
NO_NOTICE: Final = frozenset({Regime.BELOW, Regime.GRANT, Regime.HEALTH})


# The national procurement policy statement is about what is procured under the Act.
NO_STATEMENT: Final = frozenset({Regime.GRANT, Regime.HEALTH})


def asks_of(duty: Duty, regime: Regime) -> Text:
    """What a duty asks; where no notice or no policy statement is due, without it."""
    if duty.key == "small_suppliers" and regime in NO_STATEMENT:
        return _("Regard was had to the barriers that small and medium-sized organisations face.")
    if duty.key == "engagement_fairness" and regime in NO_NOTICE:
        return _(
            "Where possible providers took part in the preparation: what made sure that none has "
            "an unfair advantage, and what was shared with the others."
        )
    return duty.asks


BY_KEY: Final = {duty.key: duty for duty in DUTIES}
