"""The words for inputs, lines, routes: what people read of the model's keys."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from decisions.costs.model.inputs import Part, Unit
from decisions.costs.model.lines import Bearer, Stage, When
from decisions.costs.model.published import Verdict

PARTS: Final[dict[Part, Text]] = {
    Part.AUTHORITY: _("The authority's work of choosing"),
    Part.APPLICANTS: _("Those who bid or apply"),
    Part.AFTERWARDS: _("Changing over, and looking after it"),
    Part.WAITING: _("Waiting"),
    Part.RATES: _("What an hour costs"),
}
UNITS: Final[dict[Unit, Text]] = {
    Unit.HOURS: _("hours"),
    Unit.HOURS_A_YEAR: _("hours a year"),
    Unit.NUMBER: _("how many"),
    Unit.MONTHS: _("months"),
    Unit.POUNDS: _("£"),
    Unit.POUNDS_AN_HOUR: _("£ an hour"),
    Unit.SHARE: _("in a hundred"),
}
INPUT_NAMES: Final[dict[str, Text]] = {
    "prepare_hours": _("Preparing: officers"),
    "prepare_specialist_hours": _("Preparing: procurement and legal officers"),
    "assess_hours": _("Assessing, however many apply"),
    "assess_hours_each": _("Assessing each bid or application"),
    "award_hours": _("Deciding, telling people, feedback"),
    "award_specialist_hours": _("Deciding: procurement and legal officers"),
    "external_fees": _("Advisers, portal, adverts"),
    "citizens_paid": _("Paying citizens for their part"),
    "intermediary_share": _("Intermediary's fee, of the value"),
    "challenge_chance": _("Chance of a legal challenge"),
    "challenge_cost": _("What a challenge would cost the authority"),
    "applicants": _("How many bid or apply"),
    "winners": _("How many are chosen"),
    "apply_hours_each": _("Writing each bid or application"),
    "apply_outlay_each": _("What each pays others to help write it"),
    "standing_share": _("Bid-writing posts kept all year, on top of those hours"),
    "residents_hours": _("Unpaid hours of residents and volunteers"),
    "change_chance": _("Chance that somebody else takes over"),
    "changeover_hours": _("Changing over: officers, if somebody else takes over"),
    "incumbent_hours": _("Disruption to whoever does it now, if somebody else takes over"),
    "mobilise_hours_each": _("Getting ready: each that is chosen"),
    "monitor_hours_year": _("Looking after it: officers"),
    "report_hours_each_year": _("Reporting back: each that does it"),
    "months": _("Until people are served"),
    "people_waiting": _("People who wait for it"),
    "rate_officer": _("An officer"),
    "rate_specialist": _("A procurement officer or lawyer"),
    "rate_provider": _("An organisation's own staff"),
    "rate_resident": _("A resident or volunteer"),
    "price_share": _("What the price pays of the provider's true cost"),
}
STAGES: Final[dict[Stage, Text]] = {
    Stage.PREPARE: _("Preparing"),
    Stage.APPLY: _("Bidding or applying"),
    Stage.CHOOSE: _("Assessing"),
    Stage.AWARD: _("Deciding"),
    Stage.CHANGE: _("Changing over"),
    Stage.RUN: _("While it runs"),
}
BEARERS: Final[dict[Bearer, Text]] = {
    Bearer.AUTHORITY_STAFF: _("The authority's staff"),
    Bearer.AUTHORITY_CASH: _("The authority's cash"),
    Bearer.INTERMEDIARY: _("The authority's cash: the intermediary's fee"),
    Bearer.LEGAL_RISK: _("The authority's cash: legal risk, on average"),
    Bearer.MONITORING: _("The authority's staff: looking after it"),
    Bearer.LOSERS: _("All that get nothing, together"),
    Bearer.WINNERS: _("Those who are chosen: their bids"),
    Bearer.MOBILISATION: _("Those who are chosen: getting ready"),
    Bearer.INCUMBENTS: _("Whoever does it now: disruption"),
    Bearer.REPORTING: _("Those who do it: reporting back"),
    Bearer.RESIDENTS: _("Residents and volunteers"),
}
LINE_NAMES: Final[dict[str, Text]] = {
    "prepare": _("Officers"),
    "prepare_specialist": _("Procurement and legal officers"),
    "external_fees": _("Advisers, portal, adverts"),
    "residents": _("Unpaid hours"),
    "losers": _("Bids or applications of all that get nothing"),
    "winners": _("Bids or applications of those who are chosen"),
    "assess": _("Reading and scoring"),
    "citizens_paid": _("Citizens who are paid for their part"),
    "award": _("Deciding, telling people, feedback"),
    "award_specialist": _("Procurement and legal officers"),
    "legal_risk": _("A legal challenge, by its chance"),
    "changeover": _("Officers, by the chance of a change"),
    "mobilisation": _("Getting ready"),
    "incumbents": _("Disruption, by the chance of a change"),
    "intermediary": _("Intermediary's fee"),
    "monitoring": _("Looking after it"),
    "reporting": _("Reporting back"),
}
# The same where one alone is asked: nobody bids or applies, and nobody wins.
ONE_ALONE: Final[dict[str, tuple[Text, Text, Text]]] = {
    "winners": (_("Agreeing on it"), _("The one that is asked"), _("Writing down what it would do"))
}
# The names that the trees that ship give to them: a route has one name.
ROUTES: Final[dict[str, Text]] = {
    "change_nothing": _("Change nothing"),
    "extend_or_vary": _("Extend or vary what there is"),
    "no_purchase": _("Buy nothing"),
    "steward_market": _("Steward the market"),
    "community_led": _("Community-led, or asset transfer"),
    "in_house": _("Do it in-house"),
    "controlled_company": _("A company or body of your own"),
    "public_cooperation": _("Co-operate with other public authorities"),
    "grant": _("Grant"),
    "grant_named": _("Grant to one named group, without a call"),
    "devolved_grants": _("Devolved grants through an intermediary"),
    "participatory_budget": _("Participatory budget"),
    "direct_payments": _("Direct payments"),
    "pilot_then_buy": _("Pilot, then buy"),
    "quotes_or_award": _("Quotes, or award, below threshold"),
    "below_threshold_competition": _("Competition below threshold, open to all"),
    "below_threshold_reserved_vcse": _(
        "Competition below threshold, reserved to VCSEs or small firms"
    ),
    "below_threshold_reserved_area": _("Competition below threshold, reserved to an area"),
    "light_touch_competition": _("Light-touch competition"),
    "framework": _("Framework or dynamic market"),
    "reserved_supported_employment": _("Contract reserved to supported employment providers"),
    "reserved_mutual": _("Contract reserved to public service mutuals"),
    "direct_award": _("Direct award on a ground"),
    "health_regime": _("The health regime's processes"),
    "health_direct_award_a": _("Direct award process A"),
    "health_direct_award_b": _("Direct award process B"),
    "health_direct_award_c": _("Direct award process C"),
    "health_most_suitable_provider": _("Most suitable provider process"),
    "health_competitive": _("Competitive process"),
    "health_urgent_award": _("Urgent award of the health regime"),
    "open_competition": _("Competition under the Act"),
}
# What may be picked to be compared: the general tree's one word for the health regime's processes
# stands for all of them, and each is picked by itself.
TO_PICK: Final = {key: name for key, name in ROUTES.items() if key != "health_regime"}
# What to change nothing is, where the present arrangement ends by itself.
LET_IT_END: Final[Text] = _("Let it end")
# What a way takes that no line of the model is for: said beside its figure.
UNCOUNTED: Final[dict[str, Text]] = {
    "extend_or_vary": _(
        "Looking after it is counted for the whole length that is asked for. An extension lasts "
        "only as long as its own words, or the law that it was let under, allow."
    ),
    "in_house": _(
        "Not counted: recruiting staff, registering with a regulator, their pensions, and premises."
    ),
    "framework": _(
        "Counted for one that is there and open. Not counted: setting one up, by a competition of "
        "its own."
    ),
}
# What stands beside a way, in pictures and tables, on pages and on paper.
CHOSEN: Final[Text] = _("chosen")
RECOMMENDED: Final[Text] = _("the walk recommends it")
CLOSED: Final[Text] = _("closed here: costed only to compare")
WHENS: Final[dict[When, Text]] = {
    When.CHOOSING: _("choosing"),
    When.CHANGING: _("changing over"),
    When.RUNNING: _("looking after it while it runs"),
}
BUYS: Final[dict[str, Text]] = {
    "new_entrants": _("Lets in people we do not know"),
    "tested_price": _("Tests the price"),
    "openness": _("Everybody can see it"),
    "equal_chance": _("The same chance for all"),
}
SEEN_BY: Final[Text] = _(
    "“Everybody can see it”: yes, where it is told to everybody before anybody is chosen. Partly, "
    "where only those who are asked see it, or a notice or the decision is published afterwards, "
    "or only for some. No, where no notice of it is asked for."
)
BOUGHT: Final[dict[str, tuple[Text, str]]] = {
    "yes": (_("Yes"), ""),
    "partly": (_("Partly"), "wait"),
    "no": (_("No"), "lock"),
}
VERDICTS: Final[dict[Verdict, tuple[Text, str]]] = {
    Verdict.ADDS_UP: (_("Adds up"), ""),
    Verdict.DOES_NOT: (_("Does not add up"), "stop"),
    Verdict.OTHER_MEANING: (_("May mean something else"), "wait"),
}
PURSES: Final[dict[str, Text]] = {
    "authority": _("The authority's cash and staff time"),
    "others": _("Other people's time"),
    "months": _("Months until people are served"),
}
