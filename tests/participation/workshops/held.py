"""A whole session as it might have been: forty people, ideas to offers, agreed and closed."""

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.workshops.actions import (
    contributing,
    drafting,
    grouping,
    joining,
    moderating,
    planning,
    preparing,
    running,
)
from participation.workshops.actions.planning import Question, Who
from participation.workshops.agendas import ready
from participation.workshops.models import (
    Activity,
    Consent,
    Dot,
    Participant,
    StatementVote,
    Theme,
    Workshop,
)
from tests.participation.workshops.conftest import go_to, settings_of

VISION = "Every child in Rivermead plays out on a street that knows their name."
OUTCOMES = ["Streets close to cars on Sundays", "Neighbours know the children's names"]
IDEAS = {
    "Streets for people": [
        "Close our street on Sundays so that we can play",
        "A bench where you can see the children",
        "Cars go twenty, and mean it",
        "Chalk and hopscotch on every pavement",
    ],
    "Neighbours": [
        "Somebody to ring when you lock yourself out",
        "A street lunch, twice a year",
        "Know the names of the children next door",
    ],
}
STATEMENTS = [
    "Cars should wait for children",
    "Our street is safe after dark",
    "Teenagers need somewhere of their own",
    "Parking matters more than play",
    "I would help to close my street",
    "Play is the council's business",
    "We know our neighbours",
    "The green should have goals",
]
AGES = Question(
    "How old are you?",
    (
        {"words": "Under 25", "percent": 28.0},
        {"words": "25 to 64", "percent": 52.0},
        {"words": "65 or over", "percent": 20.0},
    ),
    "Census 2021, table TS007, Rivermead",
)


def hold(femi: User, sami: User, ada: User, programme: Programme, people: int = 40) -> Workshop:
    """The session, closed, with a removed, a hidden and a parked contribution in it."""
    workshop = preparing.make_workshop(femi, programme, ready("whole-place"), "Growing up here")
    workshop = preparing.write_settings(
        femi, workshop, settings_of(workshop, safeguarding_lead=sami, venue="Rivermead Library")
    )
    planning.write_line(
        femi,
        workshop,
        Who(
            "Parents on their own",
            "They know every hour of the week.",
            ("childcare", "pay"),
            "A creche in the next room, and an evening's pay.",
        ),
    )
    ages = planning.write_question(femi, workshop, AGES)
    workshop = running.open_workshop(femi, workshop)
    room = [
        joining.come_in(
            workshop,
            name="Wyn" if place == 0 else "",
            answers={ages.pk: 0 if place < 3 else 1 + place % 2},
        )[0]
        for place in range(people)
    ]
    themes = _ideas(femi, go_to(femi, workshop, "ideas"), room)
    dots = go_to(femi, workshop, "priorities")
    Dot.objects.bulk_create(
        Dot(activity=dots, participant=person, theme=themes[place % 3 == 0], number=1 + place % 2)
        for place, person in enumerate(room)
    )
    _statements(go_to(femi, workshop, "statements"), room)
    _draft(femi, ada, go_to(femi, workshop, "drafting"), room)
    offers = go_to(femi, workshop, "offers")
    for what, words in (("space", "The church hall, on Sundays"), ("time", "Two hours a week")):
        contributing.say(room[1], offers, words, details={"what": what})
    workshop.refresh_from_db()
    return running.close_workshop(femi, workshop)


def _ideas(femi: User, ideas: Activity, room: list[Participant]) -> list[Theme]:
    themes = []
    for title, texts in IDEAS.items():
        cards = {}
        for place, text in enumerate(texts):
            said = contributing.say(room[place % len(room)], ideas, text, named=place == 0)
            assert said.contribution is not None
            cards[str(said.contribution.pk)] = ""
        themes.append(grouping.make_theme(femi, ideas.workshop, title, cards))
    for words, what in (
        ("removed-canary about a neighbour", moderating.remove),
        ("hidden-canary about a neighbour", moderating.hide),
    ):
        said = contributing.say(room[2], ideas, words)
        assert said.contribution is not None
        what(femi, ideas.workshop, said.contribution.pk, "It is about one person.")
    contributing.say(room[3], ideas, "parked-canary for £500", money="park")
    return themes


def _statements(activity: Activity, room: list[Participant]) -> None:
    said = [
        contributing.say(room[place % len(room)], activity, text).contribution
        for place, text in enumerate(STATEMENTS)
    ]
    votes = []
    for place, person in enumerate(room):
        for number, statement in enumerate(said):
            agrees = number in (0, 2) or (place % 2 == 0) == (number % 2 == 0)
            if place == 5 and number == 6:
                agrees = not agrees
            # As forty phones answer it, without forty times eight transactions.
            votes.append(
                StatementVote(statement=statement, participant=person, value=1 if agrees else -1)
            )
    StatementVote.objects.bulk_create(votes)


def _draft(femi: User, ada: User, activity: Activity, room: list[Participant]) -> None:
    first = "Every child in Rivermead plays out."
    drafting.write_version(femi, activity, first, OUTCOMES[:1], "", seen=0)
    contributing.say(room[4], activity, "Whose street?", details={"draft": 1, "quote": "plays out"})
    objection = drafting.stand(room[0], activity, 1, "object", "What about wheelchairs?")
    drafting.answer_objection(femi, activity, objection.pk, "Kerbs are dropped first.")
    drafting.write_version(femi, activity, VISION, OUTCOMES, "Streets, and names.", seen=1)
    newest = drafting.newest_draft(activity)
    Consent.objects.bulk_create(
        Consent(draft=newest, participant=person, answer="live" if place % 3 == 0 else "support")
        for place, person in enumerate(room)
    )
    drafting.agree(ada, activity, 2, "")
