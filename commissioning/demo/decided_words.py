"""What the people of Rivermead say about a day off for carers, and what its cabinet decided.

Nine carers, six hours, 46 weeks: 2,484 hours a year, at about £19.30 an hour £48,000.
Days in braces are those of :mod:`commissioning.demo.days`.
"""

from typing import Any, Final

from commissioning.programmes.models import LevelFieldEntry

WHAT: Final = (
    "Sitters come today as a small part of the home care contract with Weirside Home Care, which "
    "ends in June. Who sits with people over 65 from then on, so that those who care for them "
    "have a day off each week? The lists of spending show no line of its own for it."
)
FOR_WHOM: Final = (
    "The nine carers who wait for a place at the carers' day, because whom they care for cannot "
    "leave the house"
)

# What Ada answers without a reason, on both questions.
PLAIN: Final = {
    "what_works": "known",
    "capable_providers": "few",
    "small_provider_risk": "some",
    "collaboration": "some",
    "shape_of_need": "one_service",
    "residents_ready": "some",
    "history": "mixed",
    "community_lead": "no",
    "intermediary": "yes",
    "personal_choice": "some",
    "own_staff": "no",
    "framework_available": "no",
    "effort_in_proportion": "some",
    "time_left": "from_3_to_12_months",
    "label": "contract",
    "present": "contract",
    "extension": "none",
    "ending_or_reducing": "yes",
    "public_partner": "none",
    "individual_budgets": "no",
    "buyer": "council",
    "reorganisation": "no",
    "health_services": "no",
    "contract_type": "light_touch",
    "net_value": "96000",
    "options_value": "48000",
    "vat": "none",
    "area": "none",
    "providers_took_part": "yes",
    "reserved_to": "none",
    "direct_award_ground": "none",
}
ADA: Final = {
    "need_evidence": ("strong", "Nine carers wait, and each has said what a day off would be."),
    "need_to_buy": (
        "yes",
        "Neighbours sit in for an hour. Nobody can give a whole day, week after week, unpaid.",
    ),
    "present_works": ("partly", "The hours are kept, but it is seldom the same sitter twice."),
    "local_knowledge": (
        "some",
        "A good sitter from elsewhere can learn the streets in a month or two.",
    ),
    "market_opening": (
        "some",
        "The same company has had it for nine years, renewed in 2023 without asking anybody else.",
    ),
    "payment_for": (
        "service_we_specify",
        "We say for whom, which hours and how sitters are trained: that is a contract.",
    ),
}
DECLARED: Final = (
    ("ada", False, ""),
    ("cora", False, ""),
    ("sami", False, ""),
    ("joan", False, ""),
    ("robin", True, "The Carers' Circle has sitters, and would bid for this."),
)
OTHERS: Final = (
    (
        "sami",
        "local_knowledge",
        "much",
        "My mother sent three sitters home again. She kept the one who knew her street.",
    ),
    (
        "joan",
        "local_knowledge",
        "much",
        "You are handing over your husband and your door key. You have to know who comes.",
    ),
    (
        "robin",
        "local_knowledge",
        "much",
        "Half of the carers we know turned sitters down because they were strangers.",
    ),
    ("robin", "market_opening", "little", "Carers want it settled. A competition unsettles them."),
    ("robin", "capable_providers", "one", "Nobody else has sitters whom carers know by name."),
    ("joan", "history", "bad", "In 2023 it was signed in June, and we were asked in July."),
    ("sami", "small_provider_risk", "some", "The Carers' Circle would go on, but smaller."),
)
SETTLED: Final = (
    (
        "local_knowledge",
        "much",
        "Everybody who has had a sitter says so, and sitters who were turned away cost us twice.",
    ),
    (
        "market_opening",
        "some",
        "Nine years without asking anybody is long. Reserved to voluntary organisations, it can "
        "be opened without frightening people.",
    ),
    (
        "capable_providers",
        "few",
        "The conversation about sitters found four who could, two of them within the wards.",
    ),
    (
        "history",
        "bad",
        "Joan is right about 2023. This time carers meet the sitters before anybody is chosen.",
    ),
)
CORA_RECOMMENDS: Final = (
    "It weighs what carers say matters most, and asks little of four small organisations."
)
SAMI_RECOMMENDS: Final = "We can read the answers ourselves, and meet the sitters."

# The conversation with those who could do it: each line in the level-playing-field file.
_CAME: Final = (
    "The conversation about sitters on {market}, in St Brannock's Hall: hours, training, how long."
)
_SAW: Final = (
    "The conversation about sitters: the questions and answers, published for everybody the day "
    "after."
)
MARKET: Final = (
    ("carers", LevelFieldEntry.Kind.ATTENDED, _CAME),
    ("lanes", LevelFieldEntry.Kind.ATTENDED, _CAME),
    ("friendship", LevelFieldEntry.Kind.ATTENDED, _CAME),
    ("rva", LevelFieldEntry.Kind.ATTENDED, _CAME),
    (
        "carers",
        LevelFieldEntry.Kind.SAID,
        "The conversation about sitters: “We have five sitters on Fridays and could train six.”",
    ),
    (
        "lanes",
        LevelFieldEntry.Kind.SAID,
        "The conversation about sitters: “Ask for six pages, not for accounts.”",
    ),
    *((key, LevelFieldEntry.Kind.SAW, _SAW) for key in ("carers", "friendship", "lanes", "rva")),
)

# Hours that six of seven bidders for lifts gave.
TOOK: Final = (
    ("lost", 38),
    ("lost", 55),
    ("won", 80),
    ("lost", 29),
    ("stopped", 16),
    ("lost", 61),
)
WEIGHTS: Final = {
    "knows_the_communities": 30,
    "lived_experience": 15,
    "how_you_will_do_it": 25,
    "works_with_others": 5,
    "lasting": 5,
    "price": 20,
}

KEPT_BACK: Final = "£17.40 an hour"
WHY_BACK: Final = (
    "What one company charges now would help the others to set their price just below it. Once "
    "the new contract is signed it is published."
)
SECTIONS: Final[dict[str, dict[str, object]]] = {
    "power": {
        "body_kind": "cabinet",
        "body_name": "Cabinet of Rivermead Council",
        "power": "Section 10 of the Care Act 2014 (help for carers) and section 1 of the Localism "
        "Act 2011; part 3.4 of the constitution, by which key decisions are the cabinet's.",
    },
    "route": {
        "route": "below_threshold_reserved_vcse",
        "route_name": "an advertised competition below the threshold, reserved to voluntary "
        "organisations",
    },
    "words": {
        "title": "A day off each week for carers",
        "summary": "From 1 July, sitters who belong to a voluntary organisation give nine carers "
        "one day off each week: those who wait for a place at the carers' day today.\n\n"
        "The contract is advertised, and voluntary organisations say on six pages how they would "
        "do it. Two citizen commissioners and two officers read the answers. What they know of "
        "the people they would sit with counts most.\n\n"
        "Nobody loses a sitter before the new one has visited.",
        "reasons": "Carers told us that a stranger at the door is no day off. Ways that cannot "
        "weigh local knowledge and trust did worse. A grant is closed to us: we say for whom, "
        "which hours and how sitters are trained, and that is a contract. Our own rules ask us to "
        "advertise from £100,000, so nobody is simply asked. A competition open to all would ask "
        "far more of bidders, most of whom would get nothing for it.",
        "next_steps": "5 January: the competition is advertised, with the criteria in this "
        "record. 5 February: answers are due.\n"
        "Before anybody is chosen, carers meet two sitters of each organisation that comes near.\n"
        "By 19 March the director, in consultation with the cabinet member, decides whose "
        "answer it is. Each organisation hears that week, with feedback. In April the company "
        "that has it now and the new organisation meet every carer together.\n"
        "1 July: the new arrangement begins. In October carers say how it goes, and we publish "
        "it. The plan in this record gives the last day on which each step could still be taken.",
    },
}
PUBLICITY: Final[dict[str, object]] = {
    # It touches three wards.
    "is_key": True,
    "urgency": "",
    "is_exempt": True,
    "exemption": "business",
    "public_interest": WHY_BACK,
}
TYPED_IN: Final = "monitoring"  # what Ada typed, and the officer confirmed
ADVICE: Final = (
    (
        "finance",
        "moss",
        "Moss Tollhouse, head of finance",
        "The sum is in the budget for three years. Sitters cost us £17.40 an hour now; the "
        "estimate, about £19.30, allows for the real Living Wage, employer's costs and 15% for "
        "running costs, so it pays the true cost. Nine carers, six hours, 46 weeks: £48,000 a "
        "year. No VAT is expected; it is checked with the organisation that is chosen.",
    ),
    (
        "legal",
        "lena",
        "Lena Fordgate, head of legal services",
        "£144,000 with the extension is below the light-touch threshold, so sections 84 to 88 of "
        "the Procurement Act 2023 apply: a below-threshold tender notice, as it is advertised, "
        "and a contract details notice after the award. It may be reserved to voluntary "
        "organisations (guidance of 3 December 2025); that is no matter of location, and none is "
        "used here.",
    ),
    (
        "monitoring",
        "greta",
        "Greta Lockhouse, monitoring officer",
        "It touches three wards, so it is a key decision and its notice was published. One member "
        "of the cabinet has an interest; he leaves the room, and needs no dispensation for that.",
    ),
)
INTEREST: Final[dict[str, Any]] = {
    "who": "Councillor Bram Sedgeway",
    "what": "His sister works for Weirside Home Care, which has the contract now.",
    "dispensation": "He left the room before the item and took no part. No dispensation was asked "
    "for.",
}
DUTIES: Final = {
    "social_value": (
        "met",
        "Considered before the advert was written: sitters are local people in paid, trained "
        "work. Carers were asked at the workshop in the library on {workshop}.",
    ),
    "best_value": (
        "met",
        "Weirside Home Care and the nine carers were told in writing on {notice}, more than three "
        "months before the end. The company was asked what it would do differently. It cannot bid "
        "here; it may go on with the rest of home care.",
    ),
    "equality": (
        "met",
        "Eight of the nine carers are women, most over 50. The analysis is kept with this record; "
        "the advert asks how sitters speak the carer's language.",
    ),
    "subsidy": (
        "not_apply",
        "A contract at a price found by competition gives no advantage to anybody, and its money "
        "passes through no other hand.",
    ),
    "conflicts": (
        "met",
        "Everybody declared. Four members' organisations could gain; of them Robin of the Carers' "
        "Circle answered, marked as evidence, and none of them recommended or decided. One "
        "councillor left the room.",
    ),
    "engagement_fairness": (
        "met",
        "Who came to the conversation on {market}, and every question and answer, are in the "
        "level-playing-field file, published the day after.",
    ),
    "staff_transfer": (
        "met",
        "Three sitters may transfer. Their hours and terms are part of the advert; pensions are "
        "with the legal officer.",
    ),
    "vat": ("met", "Welfare services by a charity are expected to be exempt; to be confirmed."),
    "grant_power": ("not_apply", "No grant is given."),
    "small_suppliers": (
        "met",
        "Six pages instead of nine, no accounts and no insurance before the award, payment each "
        "month in advance.",
    ),
    "reorganisation": ("not_apply", "No direction is in force."),
}
COMMENTS: Final = (
    (
        "sami",
        "",
        "Say how many pages. Last time people gave up at page nine.",
        "Six pages, and the advert says so in its first line.",
    ),
    (
        "robin",
        "carers",
        "Let carers meet the sitters before you choose.",
        "Yes: each organisation that comes near brings two sitters to an afternoon with carers.",
    ),
    (
        "priya",
        "lanes",
        "Our volunteers cannot wait three months to be paid.",
        "Payment is each month in advance; the contract says so.",
    ),
)
DISSENTS: Final = (
    (
        "joan",
        "Four groups will write six pages each so that one may do what all four could have done "
        "together. I would have asked them to do it as one.",
    ),
    ("robin", "Carers were not asked whether they wanted a competition at all."),
)
DECIDED_BY: Final = "The Cabinet: six of its seven members; Councillor Sedgeway had left the room"
MINUTE: Final = (
    "Agreed as recommended. The cabinet asks to be told in October what carers say, and thanks "
    "those who came to speak."
)

BUS: Final = {
    "need_evidence": ("strong", "The bus is full, and the list of those who wait is long."),
    "need_to_buy": ("perhaps_not", "Two groups have minibuses that stand still from ten to four."),
    "present_works": ("well", "It is full, and the driver waits."),
    "local_knowledge": ("some", "The driver knows who needs an arm."),
}
BUS_OTHERS: Final = (
    ("sami", "need_to_buy", "perhaps_not", "The bowls club said yes when I asked."),
    ("wren", "need_to_buy", "yes", "Somebody has to pay for the petrol and the insurance."),
)
