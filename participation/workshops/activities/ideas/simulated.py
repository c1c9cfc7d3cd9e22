"""What simulated people say in a rehearsal. Nobody said it; it is plainly made up."""

from typing import Final

IDEAS: Final = (
    "Someone on my street who would notice if my curtains stayed shut",
    "A bench outside the shop, in the sun",
    "The 47 bus back on Sundays",
    "A lift to the surgery that does not need booking three days ahead",
    "Kerbs you can get a wheelchair over",
    "The café staying open after four",
    "I can still teach carpentry. Nobody asks",
    "Reading with the little ones at the school",
    "Somewhere warm to sit that does not want me to buy anything",
    "Lights on the path by the river",
    "A person on the telephone, not a machine",
    "One place to ask, whatever it is about",
    "Allotments that young people can have a corner of",
    "Lunch together on Thursdays, cooked by whoever feels like it",
    "A walk every week for people who walk slowly",
    "Know my neighbours' names",
    "The library open when people are not at work",
    "A tool library",
    "Somebody to check the smoke alarm",
    "Music in the square on Fridays",
    "More buses in the evening",
    "Benches on the way to the shops",
    "Something for teenagers that is not sport",
    "A garden that belongs to everybody",
    "Neighbours who look in on each other",
)
