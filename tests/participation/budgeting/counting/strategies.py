"""Small elections full of ties, poor voters and edges."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from participation.budgeting.counting.election import Election, election_of

Amount = int | Decimal
COSTS = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 6, 6, 8, 10, 12, 12, 30])
CENTS = st.decimals(min_value=0, max_value=12, places=2)


@st.composite
def elections(draw: st.DrawFn, *, points: bool = False, cents: bool = False) -> Election:
    """Up to six projects and nine voters; a budget that is often short."""
    names = [f"p{n}" for n in range(draw(st.integers(1, 6)))]
    amounts: st.SearchStrategy[Amount] = CENTS if cents else COSTS
    budgets: st.SearchStrategy[Amount] = CENTS if cents else st.integers(0, 40)
    projects = [(name, draw(amounts)) for name in names]
    budget = draw(budgets)
    marks = st.dictionaries(st.sampled_from(names), st.integers(0, 4), max_size=len(names))
    cast = draw(st.lists(marks, max_size=9))
    if points:
        half = Decimal("0.5") if draw(st.booleans()) else 1
        given = [{name: value * half for name, value in ballot.items()} for ballot in cast]
        return election_of(projects, budget, given, points=True)
    return election_of(projects, budget, [list(ballot) for ballot in cast])
