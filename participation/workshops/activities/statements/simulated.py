"""Statements that simulated people write in a rehearsal, and how they lean. Plainly made up."""

from typing import Final

STATEMENTS: Final = (
    "Older people should be asked before anything near them changes.",
    "Being on your own is a worse problem here than being poorly.",
    "We already have the people who could help. Nobody asks them.",
    "Buses matter more than new buildings.",
    "Young people would come if there were something to do together.",
    "The village hall should be open every day.",
    "Help should come to the door, not wait to be asked.",
    "One person who knows your name is worth ten leaflets.",
    "Everything important is in town, and that is fine.",
    "Volunteers should be thanked with more than a certificate.",
    "We trust our neighbours more than any service.",
    "Most of us would rather phone than use a website.",
)
