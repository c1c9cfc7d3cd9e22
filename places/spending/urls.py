"""Addresses of spending: all below a programme, whose money gate they ask."""

from django.urls import URLPattern, path

from places.spending.views import by_hand, looking, notes, payers, sorting, taking

app_name = "spending"

HERE = "programmes/<slug:slug>/spending/"
urlpatterns: list[URLPattern] = [
    path(HERE, looking.overview, name="overview"),
    path(f"{HERE}lines/", looking.lines, name="lines"),
    path(f"{HERE}lines/new/", by_hand.line_new, name="line_new"),
    path(f"{HERE}lines/<uuid:line_id>/remove/", by_hand.line_remove, name="line_remove"),
    path(f"{HERE}lines/<uuid:line_id>/", looking.line, name="line"),
    path(f"{HERE}lines/<uuid:line_id>/about/", sorting.about, name="about"),
    path(f"{HERE}nobody-funds/", looking.gaps, name="gaps"),
    path(f"{HERE}market/", looking.market_view, name="market"),
    path(f"{HERE}payees/", sorting.payees, name="payees"),
    path(f"{HERE}payees/decide/", sorting.decide, name="decide"),
    path(f"{HERE}payers/", payers.who_paid, name="payers"),
    path(f"{HERE}rules/", sorting.rules, name="rules"),
    path(f"{HERE}rules/new/", sorting.rule_new, name="rule_new"),
    path(f"{HERE}rules/<uuid:rule_id>/", sorting.rule, name="rule"),
    path(f"{HERE}used-better/", notes.notes, name="notes"),
    path(f"{HERE}used-better/new/", notes.note_new, name="note_new"),
    path(f"{HERE}used-better/<uuid:note_id>/", notes.note, name="note"),
    path(f"{HERE}used-better/<uuid:note_id>/hide/", notes.note_hide, name="note_hide"),
    path(f"{HERE}lines.csv", taking.lines_csv, name="lines_csv"),
    path(f"{HERE}lines.xlsx", taking.lines_xlsx, name="lines_xlsx"),
    path(f"{HERE}grants.json", taking.grants, name="grants"),
    path(f"{HERE}paper/", taking.paper, name="paper"),
]
