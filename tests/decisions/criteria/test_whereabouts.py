"""Never an address: wordings that a hurried officer might use, and lawful ones beside them."""

import pytest

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.criteria import actions
from decisions.criteria.judging.whereabouts import find
from decisions.criteria.models import CriteriaSet
from decisions.criteria.reading import Reading
from tests.decisions.criteria.conftest import make_final

AREAS = ["The Lanes", "Quayside"]
PLACES = ["Rivermead"]
WHERE_SOMEBODY_SITS = [
    "The bidder has its office in Rivermead.",
    "Bidders must be based within the borough.",
    "Points for organisations whose head office is in the county.",
    "Five points if the registered address is in Rivermead.",
    "Suppliers with an RM1 postcode score higher.",
    "The bidder must have premises in the ward.",
    "Preference to local suppliers.",
    "Local businesses will receive extra marks.",
    "Located no more than 10 miles from the town hall.",
    "How close is your base to the town hall?",
    "Staff must live in Rivermead.",
    "At least half of your staff live in the borough.",
    "Volunteers who live within the area score more.",
    "The organisation is headquartered locally.",
    "You operate from a building in The Lanes.",
    "Bidders from Rivermead are preferred.",
    "Only Rivermead organisations may score above 3.",
    "Are you a Rivermead charity?",
    "How many of your trustees are resident in the district?",
    "Your nearest office to Quayside.",
    "The bidder already has a local office.",
    "A base within a 15-minute drive.",
    "A presence in the town.",
    "Do you have a shop front on the high street?",
    "Percentage of spend with firms located in the county.",
    "Must have a Rivermead telephone number and address.",
    "Proximity to the service users' homes.",
    "Where is your organisation based?",
    "What is your distance from the site?",
    "Tenderers established in the local authority area get 10%.",
    "Home-grown organisations of this town come first.",
    "Organisations from outside the area score zero.",
    "Delivered by a team that is locally employed.",
    "The provider is situated in, or adjacent to, the ward of Eastbank.",
    "Extra marks for being a Rivermead company",
    "Bidders must demonstrate that they are physically located in the city",
    "Your team should be resident in the county",
    "We favour firms with premises in Quayside",
    "An established local base in the borough",
    "Company registered within the boundaries of the council",
    "The supplier's depot is within 5 km",
    "The delivery team must come from the local area",
    "At least 60% of employees reside in the borough",
    "Your main place of business must be in the area",
    "Score 5 if you are a locally based charity",
    "Suppliers outside the M25 are excluded",
    "The lead officer's home must be in The Lanes",
    "Organisations rooted in and based at the estate",
]
WHAT_SOMEBODY_KNOWS = [
    "What do you know of the lives of people in The Lanes, and how do you know it?",
    "How will you reach older people in Rivermead who see nobody?",
    "How do you keep learning from the communities you serve?",
    "How will you address barriers to taking part?",
    "Show that you understand the needs, languages and history of these neighbourhoods.",
    "How will the service be within reach of people without a car?",
    "How will you build trust with residents who feel let down?",
    "How will you work with local groups and what will you share with them?",
    "Which local networks and services will you connect people to?",
    "How will you offer work experience to young people of the area?",
    "Where will sessions be held so that people can get there by bus?",
    "How will you set up and staff the service from the first day, wherever you are based?",
    "How does your plan address isolation in winter?",
    "Name the people who will lead the work and what they have done elsewhere.",
    "How will you involve people with lived experience in running it?",
    "How will you adapt your approach to each ward's different needs?",
    "How will you cut miles driven and carbon?",
    "How will residents have a say in how it is run?",
    "Describe how the service can be in place in 3 months.",
    "What have you learned from people in these communities in the past two years?",
    "How will you make sure that staff speak the languages people speak here?",
    "How will you keep the service open when key staff leave?",
    "Tell us how you will find people who live alone in The Lanes and have no telephone.",
    "How do you work with other organisations in the town?",
    "How will the building in which sessions take place be reached by wheelchair?",
    "What social value will you bring to the local economy: jobs, training, spending?",
    "How will you share what you learn with local groups?",
    "How will you involve residents of every ward in the review?",
    "How will your prices change over time?",
    "How will you be ready to operate from day one?",
    "How will you train volunteers who live with long-term illness?",
    "How will you keep people's addresses and data safe?",
    "How do you know what residents of Quayside want?",
    "What will be different for families in Rivermead?",
]


def stops(text: str) -> list[str]:
    return [flag.words for flag in find(text, AREAS, PLACES) if flag.stops]


@pytest.mark.parametrize("text", WHERE_SOMEBODY_SITS)
def test_a_criterion_that_asks_where_a_bidder_sits_is_stopped(text: str) -> None:
    assert stops(text)


@pytest.mark.parametrize("text", WHAT_SOMEBODY_KNOWS)
def test_a_criterion_that_asks_what_a_bidder_understands_is_left_alone(text: str) -> None:
    assert stops(text) == []


def test_there_are_thirty_of_the_one_and_fifteen_of_the_other() -> None:
    assert len(set(WHERE_SOMEBODY_SITS)) >= 30
    assert len(set(WHAT_SOMEBODY_KNOWS)) >= 15


def test_to_be_a_charity_of_the_place_is_to_sit_there(draft: CriteriaSet, cora: User) -> None:
    row = draft.criteria.get(suggestion="reaches_people")
    actions.save_criterion(cora, draft, row, {"asks": "Are you a Rivermead charity?"})
    (found,) = Reading(draft).flagged
    assert [flag.words for flag in found.flags if flag.stops] == ["Are you a Rivermead charity"]
    with pytest.raises(Invalid, match="Say without a whereabouts: Reaching people"):
        make_final(cora, draft)
