"""The library of questions that an officer can choose from: short, and each asked for a reason."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from participation.calls.models import Question

Kind = Question.Kind


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question ready to be used, with the section it stands in."""

    key: str
    section: Text
    words: Text
    kind: Question.Kind
    help: Text = ""
    word_limit: int | None = None
    choices: tuple[Text, ...] = field(default=())
    required: bool = True


YOUR_IDEA = _("Your idea")
THE_PEOPLE = _("The people")
MAKING_IT_WORK = _("Making it work")

LIBRARY: tuple[LibraryQuestion, ...] = (
    LibraryQuestion(
        "what_you_will_do",
        YOUR_IDEA,
        _("What will you do?"),
        Kind.LONG,
        _("Say it as you would to a neighbour: what happens, where, how often."),
        200,
    ),
    LibraryQuestion(
        "what_will_be_different",
        YOUR_IDEA,
        _("What will be different for people because of it?"),
        Kind.LONG,
        _("Tell us what somebody would notice in their own life."),
        150,
    ),
    LibraryQuestion(
        "how_you_know",
        YOUR_IDEA,
        _("How do you know that people want this?"),
        Kind.LONG,
        _("Who have you asked, and what did they say?"),
        150,
    ),
    LibraryQuestion(
        "who_takes_part",
        THE_PEOPLE,
        _("About how many people will take part?"),
        Kind.NUMBER,
        _("A good guess is enough."),
    ),
    LibraryQuestion(
        "who_is_left_out",
        THE_PEOPLE,
        _("Who might find it hard to come, and what will you do about it?"),
        Kind.LONG,
        _("Think of money, steps, language, transport, caring for somebody, and fear."),
        120,
    ),
    LibraryQuestion(
        "works_with",
        THE_PEOPLE,
        _("Who will you work with?"),
        Kind.LONG,
        _("Other groups, a surgery, a school. Say if you have asked them yet."),
        100,
        required=False,
    ),
    LibraryQuestion(
        "already_running",
        MAKING_IT_WORK,
        _("Is this new, or does it go on from something you do already?"),
        Kind.CHOICE,
        choices=(_("It is new"), _("It goes on"), _("It goes on and grows")),
    ),
    LibraryQuestion(
        "ready_to_start",
        MAKING_IT_WORK,
        _("How many weeks after a yes could you start?"),
        Kind.NUMBER,
    ),
    LibraryQuestion(
        "what_could_go_wrong",
        MAKING_IT_WORK,
        _("What could go wrong, and what would you do then?"),
        Kind.LONG,
        word_limit=120,
    ),
    LibraryQuestion(
        "safeguarding",
        MAKING_IT_WORK,
        _("Will you work with children, or with adults who need support to be safe?"),
        Kind.YES_NO,
        _("If yes, we will ask to see your safeguarding policy before any money is paid."),
    ),
    LibraryQuestion(
        "after_the_money",
        MAKING_IT_WORK,
        _("What happens when the money ends?"),
        Kind.LONG,
        word_limit=100,
        required=False,
    ),
)
BY_KEY = {question.key: question for question in LIBRARY}
