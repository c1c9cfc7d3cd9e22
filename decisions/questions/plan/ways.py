"""What each way of arranging a service goes through, and how long each step is assumed to take.

A length is an assumption until the place changes it; ``least`` is what the law asks, where it asks.
``seen`` False: from general knowledge, to be checked before anybody relies on it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from decisions.questions.plan.standstill import Regime


class Unit(StrEnum):
    """How a length is counted."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    CLEAR_DAYS = "clear days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Assumption:
    """A step and its assumed length."""

    key: str
    title: str
    length: int
    unit: Unit
    source: str
    seen: bool = True
    least: int = 0
    # Whether the law's "beginning with the day" counts the day itself as the first.
    first_day_counts: bool = False

    @property
    def words(self) -> str:
        """The length in words: 20 working days."""
        unit = self.unit.value.removesuffix("s") if self.length == 1 else self.unit.value
        return f"{self.length} {unit}"


# Who assumed it, and on what: the same words on a page and in a sealed paper.
PRACTICE: Final = (
    "A default of the software, from what is common practice; no published source, not checked here"
)
OWN_LENGTH: Final = "The place's own length"
OWN_SHEET: Final = "The place's own rules sheet"
_WD: Final = Unit.WORKING_DAYS

APPRAISE: Final = Assumption(
    "appraise", "Appraise the routes, with those who know the service", 20, _WD, PRACTICE
)
ENGAGE: Final = Assumption(
    "engage",
    "Talk with possible providers and the people who use it; publish the market engagement "
    "notice (UK2) first",
    20,
    _WD,
    "Notice: Procurement Act 2023 ss.16-17. The length is a default of the software",
)
LISTEN: Final = Assumption(
    "engage", "Talk with the people it is for, and with those who could do it", 20, _WD, PRACTICE
)
PREPARE: Final = Assumption(
    "prepare", "Write what is wanted, the criteria and the agreement", 20, _WD, PRACTICE
)
PREPARE_SHORT: Final = Assumption("prepare", "Write one short brief", 10, _WD, PRACTICE)
TENDER: Final = Assumption(
    "ask",
    "Tender period, from the tender notice (UK4) to the day tenders are due",
    35,
    Unit.DAYS,
    "Procurement Act 2023 s.54(4): at least 25 days where tenders and documents are electronic and "
    "published with the notice, otherwise 30 or 35. It may be 10 where a planned procurement "
    "notice went out 40 days to 12 months before, where it is urgent, and for a dynamic market; "
    "this plan goes no lower than 25. Small organisations need more",
    least=25,
)
TENDER_LIGHT: Final = Assumption(
    "ask",
    "Tender period, from the tender notice (UK4) to the day tenders are due",
    35,
    Unit.DAYS,
    "Light touch: no minimum in law (Procurement Act 2023 s.54(4)). 35 days is kind to small "
    "organisations",
)
HEALTH_ASK: Final = Assumption(
    "ask",
    "Providers write to the key criteria",
    30,
    Unit.DAYS,
    "No minimum in law. The length is a default of the software",
)
HEALTH_INTENT: Final = Assumption(
    "intend",
    "Publish the notice of intended approach and wait for providers to come forward",
    14,
    Unit.DAYS,
    "SI 2023/1348 reg 10(2) and (5): those who may be suitable are not all named before the day "
    "that is 14 days after the notice is submitted",
    least=14,
)
APPLY: Final = Assumption(
    "ask", "The call is open for applications", 42, Unit.DAYS, "Six weeks; no minimum in law"
)
GIVE_OUT: Final = Assumption(
    "give_out",
    "Whoever gives it out asks for ideas, and gives the first small grants",
    30,
    _WD,
    PRACTICE,
)
RULES: Final = Assumption(
    "prepare",
    "Write the rules (who may propose, who may vote, how it is counted) and declare them",
    20,
    _WD,
    PRACTICE,
)
IDEAS: Final = Assumption(
    "ask", "The call for ideas is open", 42, Unit.DAYS, "Six weeks; no minimum in law"
)
CHECK_IDEAS: Final = Assumption(
    "evaluate", "Check which ideas can be done, and help those that nearly can", 20, _WD, PRACTICE
)
VOTE: Final = Assumption(
    "vote", "Residents vote, on paper and on phones", 21, Unit.DAYS, "Three weeks; no law sets it"
)
ADOPT: Final = Assumption(
    "report",
    "Publish the result, and bring it to the body that adopts it or says why not",
    10,
    _WD,
    PRACTICE,
)
AGREE_TERMS: Final = Assumption(
    "agree",
    "Agree with the group what the grant is for, and write down the power, the subsidy basis, and "
    "why nobody else is asked",
    15,
    _WD,
    PRACTICE,
)
QUOTES: Final = Assumption(
    "ask",
    "Ask for quotes and receive them",
    15,
    _WD,
    "The place's own rules. The length is a default of the software",
)
ASK_BELOW: Final = Assumption(
    "ask",
    "The invitation is open for answers; where the contract is notifiable, the below-threshold "
    "tender notice comes first",
    30,
    Unit.DAYS,
    "Procurement Act 2023 s.87(6): no minimum time below the threshold, but a reasonable one, the "
    "same for all. The length is a default of the software",
)
TRANSPARENCY: Final = Assumption(
    "transparency",
    "Publish the transparency notice (UK5), before the award; also when it is urgent",
    1,
    _WD,
    "Procurement Act 2023 ss.41-44 and Schedule 5",
    least=1,
)
EVALUATE: Final = Assumption("evaluate", "Score, moderate and check", 20, _WD, PRACTICE)
EVALUATE_SHORT: Final = Assumption("evaluate", "Compare the quotes", 5, _WD, PRACTICE)
ASSESS: Final = Assumption(
    "evaluate", "Assess the existing provider against the key criteria", 20, _WD, PRACTICE
)
REPORT: Final = Assumption(
    "report", "Write the report and bring it to the agenda", 10, _WD, PRACTICE
)
CALL_IN: Final = Assumption(
    "call_in",
    "Call-in: the decision is not effective until this has passed",
    5,
    _WD,
    "The council's constitution says how long; usually five working days",
    seen=False,
)
STANDSTILL: Final = Assumption(
    "standstill",
    "Mandatory standstill, from the contract award notice (UK6)",
    8,
    _WD,
    "Procurement Act 2023 ss.50-51: 8 working days, the day of publication counted. Voluntary for "
    "what is bought through a framework or dynamic market",
    least=8,
)
STANDSTILL_LIGHT: Final = Assumption(
    "standstill",
    "Voluntary standstill, from the contract award notice (UK6)",
    8,
    _WD,
    "Voluntary for light touch; once offered, counted as the Procurement Act 2023 s.51 counts it",
)
STANDSTILL_HEALTH: Final = Assumption(
    "standstill",
    "Standstill after the notice of intention to award; longer if anybody makes representations",
    8,
    _WD,
    "SI 2023/1348 reg 12(2) and (9): begins on the day after the notice is published, and ends at "
    "midnight of the 8th working day after the day it starts. NHS England's page counts from the "
    "publication; the regulation is followed here",
    least=8,
)
INTENTION_SOURCE: Final = "SI 2023/1348 regs 9(3), 10(7) and 11(9)"
MOBILISE: Final = Assumption(
    "mobilise",
    "Whoever gets it gets ready (for a service: staff, premises, people's own plans)",
    60,
    _WD,
    PRACTICE,
)
MOBILISE_SHORT: Final = Assumption("mobilise", "Get ready to begin", 20, _WD, PRACTICE)
SET_UP: Final = Assumption(
    "mobilise", "Set the service up in house: posts, people, premises", 120, _WD, PRACTICE
)

# Published within so many days after it is signed: the law's last day, no length of the place's.
CONTRACT_DETAILS: Final = Assumption(
    "award_notice",
    "Publish the contract details notice (UK7)",
    30,
    Unit.DAYS,
    "Procurement Act 2023 s.53(1): within 30 days, the day of entering into the contract counted",
    first_day_counts=True,
)
CONTRACT_DETAILS_LIGHT: Final = Assumption(
    "award_notice",
    "Publish the contract details notice (UK7)",
    120,
    Unit.DAYS,
    "Procurement Act 2023 s.53(1): within 120 days for light touch, the day of entering into the "
    "contract counted",
    first_day_counts=True,
)
HEALTH_AWARD: Final = Assumption(
    "award_notice",
    "Publish the notice of the award",
    30,
    Unit.DAYS,
    "SI 2023/1348 regs 7(2), 8(2), 9(11), 10(15) and 11(17): within 30 days of the award",
)

# Beside the line: each is counted back from its own day.
NOTICE: Final = Assumption(
    "notice",
    "Tell the organisation and the people who use it that the present arrangement ends or shrinks",
    3,
    Unit.MONTHS,
    "Best value statutory guidance 2011 and 2015: at least three months where past practice gave "
    "reason to expect it to go on. Present standing beside the 2024 guidance: check",
    seen=False,
    least=3,
)
# Best value guidance is for best-value authorities; others have no such guidance to follow.
NOTICE_OF_OTHERS: Final = Assumption(
    "notice",
    "Tell the organisation and the people who use it that the present arrangement ends or shrinks",
    3,
    Unit.MONTHS,
    "A default of the software: the best value guidance is not for this body. The agreement, "
    "and duties to involve the people who use it, may ask for more",
    least=0,
)
DECISION_NOTICE: Final = Assumption(
    "decision_notice",
    "Publish the notice of a key decision",
    28,
    Unit.CLEAR_DAYS,
    "SI 2012/2089 reg 9(2) (executive arrangements). Regs 10 and 11 say what may be done where "
    "that cannot be kept",
    least=28,
)
STAFF: Final = Assumption(
    "staff",
    "Staff who may transfer are told and consulted; their details go over at least 28 days before",
    40,
    _WD,
    "Transfer of Undertakings Regulations 2006 regs 11 and 13: whether it applies, and when, needs "
    "advice",
    seen=False,
    least=20,
)
# Papers of a meeting. Neither the day they are published nor that of the meeting is counted.
PAPERS: Final = Assumption(
    "papers",
    "The agenda and the report are published, clear days before the meeting",
    5,
    _WD,
    "At least five clear days: SI 2012/2089 reg 7(3) for a council's executive; Local Government "
    "Act 1972 s.100B(3) for the council and its committees. Counted in working days, to be safe",
    least=5,
)
PAPERS_OF_A_PARISH: Final = Assumption(
    "papers",
    "The summons with the agenda goes out, clear days before the meeting",
    3,
    _WD,
    "At least three clear days: Local Government Act 1972 Schedule 12 paragraph 10. Counted in "
    "working days, to be safe",
    seen=False,
    least=3,
)
BESIDE: Final = frozenset({NOTICE.key, DECISION_NOTICE.key, STAFF.key})


@dataclass(frozen=True, slots=True)
class Way:
    """A way of arranging it: the steps before the decision, in order, and those after it."""

    key: str
    title: str
    until_decision: tuple[Assumption, ...]
    after_decision: tuple[Assumption, ...]
    regime: Regime = Regime.NONE
    staff_may_transfer: bool = True
    # Which step is the beginning of the procurement or award, whose day decides the facts.
    begins_with: str = "ask"
    # Whether what there is now may end or shrink by it, so that people have to be told.
    may_end_present: bool = True
    # Whether the decision is already the decision on who gets it, with nobody still to be chosen.
    decides_who: bool = False
    # Whether it buys by the Act or by its rules below the threshold, however its days are counted.
    by_the_act: bool = False
    # What is published of the award within a time that the law sets.
    award_notice: Assumption | None = None

    def is_under(self, regime: Regime) -> bool:
        """Whether a question under that regime can go this way; any, while nobody knows it."""
        if regime == Regime.HEALTH:
            return not (self.by_the_act or self.regime == Regime.ACT)
        return regime == Regime.NONE or self.regime != Regime.HEALTH


WAYS: Final = {
    way.key: way
    for way in (
        Way(
            "light_touch",
            "Light-touch competition",
            (APPRAISE, ENGAGE, PREPARE, TENDER_LIGHT, EVALUATE, REPORT),
            (CALL_IN, STANDSTILL_LIGHT, MOBILISE),
            Regime.ACT,
            award_notice=CONTRACT_DETAILS_LIGHT,
        ),
        Way(
            "competition",
            "Competition under the Act",
            (APPRAISE, ENGAGE, PREPARE, TENDER, EVALUATE, REPORT),
            (CALL_IN, STANDSTILL, MOBILISE),
            Regime.ACT,
            award_notice=CONTRACT_DETAILS,
        ),
        Way(
            "grant",
            "Grant, by a call for ideas",
            (APPRAISE, LISTEN, PREPARE, APPLY, EVALUATE, REPORT),
            (CALL_IN, MOBILISE_SHORT),
        ),
        Way(
            "devolved",
            "Small grants, given out by a trusted local body",
            (APPRAISE, LISTEN, PREPARE, APPLY, EVALUATE, REPORT),
            (CALL_IN, MOBILISE_SHORT, GIVE_OUT),
            staff_may_transfer=False,
        ),
        Way(
            "vote",
            "Grants by a vote of residents",
            (APPRAISE, LISTEN, RULES, IDEAS, CHECK_IDEAS, VOTE, ADOPT),
            (CALL_IN, MOBILISE_SHORT),
            staff_may_transfer=False,
        ),
        Way(
            "grant_named",
            "Grant to one named group, without a call",
            (APPRAISE, LISTEN, AGREE_TERMS, REPORT),
            (CALL_IN, MOBILISE_SHORT),
            staff_may_transfer=False,
            begins_with="agree",
            decides_who=True,
        ),
        Way(
            "quotes",
            "Quotes, or award, below threshold",
            (APPRAISE, PREPARE_SHORT, QUOTES, EVALUATE_SHORT, REPORT),
            (CALL_IN, MOBILISE_SHORT),
            by_the_act=True,
        ),
        Way(
            "below_threshold",
            "Competition below threshold",
            (APPRAISE, LISTEN, PREPARE, ASK_BELOW, EVALUATE, REPORT),
            (CALL_IN, MOBILISE),
            by_the_act=True,
        ),
        Way(
            "direct_award",
            "Direct award on a ground",
            (APPRAISE, LISTEN, REPORT),
            (CALL_IN, TRANSPARENCY, STANDSTILL, MOBILISE),
            Regime.ACT,
            begins_with="transparency",
            decides_who=True,
            award_notice=CONTRACT_DETAILS,
        ),
        Way(
            "direct_award_light",
            "Direct award on a ground, light touch",
            (APPRAISE, LISTEN, REPORT),
            (CALL_IN, TRANSPARENCY, STANDSTILL_LIGHT, MOBILISE),
            Regime.ACT,
            begins_with="transparency",
            decides_who=True,
            award_notice=CONTRACT_DETAILS_LIGHT,
        ),
        Way(
            "user_choice",
            "One person's own choice: no notice before or after the award",
            (APPRAISE, LISTEN, REPORT),
            (CALL_IN, MOBILISE_SHORT),
            begins_with="report",
            decides_who=True,
            by_the_act=True,
        ),
        Way(
            "health_competition",
            "Health services: competitive process",
            (APPRAISE, LISTEN, PREPARE, HEALTH_ASK, EVALUATE, REPORT),
            (CALL_IN, STANDSTILL_HEALTH, MOBILISE),
            Regime.HEALTH,
            award_notice=HEALTH_AWARD,
        ),
        Way(
            "health_suitable",
            "Health services: most suitable provider",
            (APPRAISE, LISTEN, PREPARE, HEALTH_INTENT, EVALUATE, REPORT),
            (CALL_IN, STANDSTILL_HEALTH, MOBILISE),
            Regime.HEALTH,
            begins_with="intend",
            award_notice=HEALTH_AWARD,
        ),
        Way(
            "health_direct_c",
            "Health services: direct award process C",
            (APPRAISE, LISTEN, ASSESS, REPORT),
            (CALL_IN, STANDSTILL_HEALTH, MOBILISE_SHORT),
            Regime.HEALTH,
            staff_may_transfer=False,
            begins_with="evaluate",
            may_end_present=False,
            decides_who=True,
            award_notice=HEALTH_AWARD,
        ),
        Way(
            "health_direct_ab",
            "Health services: direct award process A or B",
            (APPRAISE, LISTEN, ASSESS, REPORT),
            (CALL_IN, MOBILISE_SHORT),
            Regime.HEALTH,
            staff_may_transfer=False,
            begins_with="evaluate",
            may_end_present=False,
            decides_who=True,
            award_notice=HEALTH_AWARD,
        ),
        Way(
            "in_house",
            "Do it in-house",
            (APPRAISE, LISTEN, REPORT),
            (CALL_IN, SET_UP),
            begins_with="report",
            decides_who=True,
        ),
        Way(
            "extend",
            "Extend or vary what there is",
            (APPRAISE, LISTEN, REPORT),
            (CALL_IN,),
            staff_may_transfer=False,
            begins_with="report",
            may_end_present=False,
            decides_who=True,
        ),
    )
}


def assumptions_of(
    way: Way,
    *,
    key_decision: bool = True,
    notice: Assumption | None = NOTICE,
    papers: Assumption | None = None,
) -> list[Assumption]:
    """Every length that the plan of this way rests on, in the order of the plan.

    ``notice`` is how people are told of an end; None where the answers say that nothing ends.
    ``papers`` is how long those of the deciding meeting stand open; None for whom no rule binds.
    """
    beside = [
        one
        for one, needed in (
            (notice, way.may_end_present),
            (DECISION_NOTICE, key_decision),
            (STAFF, way.staff_may_transfer),
        )
        if one is not None and needed
    ]
    read = [papers] if papers is not None else []
    return [*way.until_decision, *read, *way.after_decision, *beside]
