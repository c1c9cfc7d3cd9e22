"""Counting a participatory budget: pure Python and NumPy, no Django, exact.

`election` is what every rule reads; `options` what is declared; `rules.count` counts; `explain`
and `sentences` say why; `pb` and `pb_election` read and write Pabulib files; `recount` does all of
it for one file. A new rule is one module and one line in `rules`.
"""
