"""What the people of Rivermead say about a day off for carers, and what its cabinet decided."""

from typing import Any, Final

# What Ada answers without a reason, on both questions.
PLAIN: Final = {
    "need_evidence": "strong",
    "what_works": "known",
    "capable_providers": "few",
    "small_provider_risk": "some",
    "collaboration": "some",
    "shape_of_need": "one_service",
    "residents_ready": "some",
    "history": "mixed",
    "community_lead": "no",
    "intermediary": "yes",
    "personal_choice": "little",
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
    "reserved_to": "none",
    "direct_award_ground": "none",
}
ADA: Final = {
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
        "The same agency has had it for nine years. Two groups said that nobody ever asked them.",
    ),
    "payment_for": (
        "service_we_specify",
        "We say for whom, which hours and how sitters are trained: that is a contract.",
    ),
}
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
    ("joan", "history", "bad", "In 2023 we were asked in July, and it was signed in June."),
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
        "The market conversation in October found four who could, two of them within the wards.",
    ),
    (
        "history",
        "bad",
        "Joan is right about 2023, and what was done then is answered in the next steps.",
    ),
)
CORA_RECOMMENDS: Final = (
    "It weighs what carers say matters most, and asks little of four small groups."
)
SAMI_RECOMMENDS: Final = "We can read the answers ourselves, and meet the sitters."

# Hours that six of seven bidders of 2023 gave.
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
    "What one agency charges now would help the others to set their price just below it."
)
SHORTER: Final = "x"
SECTIONS: Final[dict[str, dict[str, object]]] = {
    "power": {
        "body_kind": "cabinet",
        "body_name": "Cabinet of Rivermead Council",
        "power": "Section 10 of the Care Act 2014 (help for carers) and section 1 of the Localism "
        "Act 2011; part 3.4 of the constitution.",
    },
    "route": {
        "route": "below_threshold_reserved_vcse",
        "route_name": "a competition below the threshold, for voluntary organisations",
    },
    "words": {
        "title": "A day off each week for carers",
        "summary": "From 1 July, sitters who belong to a voluntary organisation give about 90 "
        "carers one day off each week.\n\nFour or more voluntary organisations are asked to say, "
        "on six pages, how they would do it. Two citizen commissioners and two officers read the "
        "answers. What they know of the people they would sit with counts most.\n\nNobody loses "
        "a sitter before the new one has visited.",
        "reasons": "Carers told us that a stranger at the door is no day off. Ways that cannot "
        "weigh local knowledge and trust did worse. A grant is closed to us: we say for whom, "
        "which hours and how sitters are trained, and that is a contract. An open competition "
        "would ask far more of bidders than this is worth.",
        "next_steps": "11 January: four or more organisations are invited, with the criteria in "
        "this record. 12 February: answers are due.\n"
        "By 12 March each organisation hears, with feedback. In April the organisation that has "
        "it now and the new one meet every carer together.\n"
        "1 July: the new arrangement begins. In October carers say how it goes, and we publish it. "
        "The plan in this record gives the last day on which each step could still be taken.",
    },
    "publicity": {
        "is_key": False,
        "notice_on": None,
        "urgency": "",
        "is_exempt": True,
        "exemption": "business",
        "public_interest": "What one agency charges now would help the others to set their price "
        "just below it. Once the contract is signed it is published.",
    },
}
ADVICE: Final = (
    (
        "finance",
        "Head of finance",
        "The sum is in the budget for three years. The agency is paid £17.40 an hour now; the "
        "estimate allows for the real Living Wage and 15% for running costs, so it pays the true "
        "cost. No VAT is expected: check it with the organisation that is chosen.",
    ),
    (
        "legal",
        "Head of legal services",
        "Below the light-touch threshold with every extension, so sections 84 to 88 of the "
        "Procurement Act 2023 apply: a below-threshold tender notice if it is advertised, a "
        "contract details notice after the award. It may be reserved to voluntary organisations "
        "(guidance of 3 December 2025); that is no matter of location, and none is used here.",
    ),
    ("monitoring", "Monitoring officer", "One dispensation was asked for and refused; see below."),
)
INTEREST: Final[dict[str, Any]] = {
    "who": "Councillor Bram Sedgeway",
    "what": "His sister works for the agency that has the contract now.",
    "dispensation": "He left the room before the item and took no part. No dispensation.",
}
DUTIES: Final = {
    "social_value": (
        "met",
        "Considered in October, before the invitation was written: sitters are local people in "
        "paid, trained work. Carers were asked at two workshops.",
    ),
    "best_value": (
        "met",
        "The agency and the carers were told in September, nine months before the end. The agency "
        "was asked what it would do differently, and may bid if it is a voluntary organisation.",
    ),
    "equality": (
        "met",
        "Most carers here are women over 50. The analysis is kept with this record; the invitation "
        "asks how sitters speak the carer's language.",
    ),
    "subsidy": (
        "not_apply",
        "A contract at a price found by competition gives no advantage to anybody.",
    ),
    "conflicts": (
        "met",
        "Everybody declared. One member's organisation could gain: he answered and did not decide. "
        "One councillor left the room.",
    ),
    "engagement_fairness": (
        "met",
        "Notes of the October conversation are published, with every question and answer.",
    ),
    "staff_transfer": (
        "met",
        "Eleven sitters may transfer. Their numbers and hours are part of the invitation; pensions "
        "are with the legal officer.",
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
        "Say how many pages. Last time people gave up at page twenty.",
        "Six pages, and the invitation says so in its first line.",
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
MINUTE: Final = (
    "Agreed as recommended. The cabinet asks to be told in October what carers say, and thanks "
    "those who came to speak."
)

BUS: Final = {
    "need_to_buy": ("perhaps_not", "Two groups have minibuses that stand still from ten to four."),
    "present_works": ("well", "It is full, and the driver waits."),
    "local_knowledge": ("some", "The driver knows who needs an arm."),
}
BUS_OTHERS: Final = (
    ("sami", "need_to_buy", "perhaps_not", "The bowls club said yes when I asked."),
    ("wren", "need_to_buy", "yes", "Somebody has to pay for the petrol and the insurance."),
)
