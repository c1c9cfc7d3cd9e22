"""Ballots a second, printed beside what the same server does without us."""

from tests.bench import ballots


def test_ballots() -> None:
    """Every target that the machine's other work cannot spoil is asserted; the rest is printed."""
    print()  # noqa: T201
    figures = ballots.run()
    assert figures["page"] < 100_000
