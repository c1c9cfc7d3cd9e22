"""Addresses of calls and expressions of interest."""

from django.urls import URLPattern, path

from participation.calls.views import (
    applying,
    assessing,
    ballot,
    building,
    files,
    public,
    running,
    sending,
)

app_name = "calls"

CALLS = "programmes/<slug:slug>/calls/"
CALL = f"{CALLS}<uuid:call_id>/"
ASSESS = f"{CALL}assess/"
ONE = f"{ASSESS}<uuid:expression_id>/"
OURS = "expressions/<uuid:expression_id>/"

urlpatterns: list[URLPattern] = [
    # For anybody
    path(CALLS, public.calls, name="calls"),
    path(CALL, public.call, name="call"),
    path(f"{CALL}ask/", public.ask, name="ask"),
    path("ballot-pictures/<uuid:entry_id>/", ballot.picture, name="picture"),
    # For those who run calls
    path(f"{CALLS}new/", building.new_call, name="new_call"),
    path(f"{CALL}build/", building.build, name="build"),
    path(f"{CALL}build/steps/<slug:step>/", building.step, name="step"),
    path(f"{CALL}build/library/", building.library, name="library"),
    path(f"{CALL}build/assessors/", building.assessors, name="assessors"),
    path(f"{CALL}build/asks/<slug:kind>/", building.rows, name="rows"),
    path(f"{CALL}build/asks/<slug:kind>/new/", building.new_row, name="new_row"),
    path(f"{CALL}build/asks/<slug:kind>/<uuid:row_id>/", building.row, name="row"),
    path(f"{CALL}build/asks/<slug:kind>/<uuid:row_id>/remove/", building.remove, name="remove_row"),
    path(f"{CALL}build/asks/<slug:kind>/<uuid:row_id>/move/", building.move, name="move"),
    path(f"{CALL}publish/", running.publish, name="publish"),
    path(f"{CALL}discard/", running.discard, name="discard"),
    path(f"{CALL}correct/", running.correct, name="correct"),
    path(f"{CALL}extend/", running.extend, name="extend"),
    path(f"{CALL}late/", running.late, name="late"),
    path(f"{CALL}questions/<uuid:question_id>/", public.answer, name="answer_publicly"),
    # For assessors
    path(ASSESS, assessing.expressions, name="assess"),
    path(f"{ASSESS}begin/", assessing.begin, name="begin_assessing"),
    path(f"{ASSESS}release/", assessing.release, name="release"),
    path(f"{ASSESS}expressions.csv", assessing.export, name="export"),
    path(ONE, assessing.expression, name="assess_one"),
    path(f"{ONE}checks/", assessing.checks, name="checks"),
    path(f"{ONE}ask/", assessing.ask, name="ask_applicant"),
    path(f"{ONE}decide/", assessing.decide, name="decide"),
    path(f"{ONE}conflict/", assessing.conflict, name="conflict"),
    path(f"{ONE}feedback/", assessing.feedback, name="give_feedback"),
    path(f"{ONE}files/<uuid:attachment_id>/", files.for_assessors, name="assessed_file"),
    # For applicants
    path("expressions/", applying.ours, name="ours"),
    path(f"{CALL}apply/", applying.apply, name="apply"),
    path(OURS, applying.expression, name="expression"),
    path(f"{OURS}sections/<slug:key>/", applying.section, name="section"),
    path(f"{OURS}totals/", applying.totals, name="totals"),
    path(f"{OURS}preview/", sending.preview, name="preview"),
    path(f"{OURS}submit/", sending.submit, name="submit"),
    path(f"{OURS}reopen/", sending.reopen, name="reopen"),
    path(f"{OURS}withdraw/", sending.withdraw, name="withdraw"),
    path(f"{OURS}paper/", sending.paper, name="paper"),
    path(f"{OURS}questions/<uuid:question_id>/", sending.answer, name="answer"),
    path(f"{OURS}documents/", files.documents, name="documents"),
    path(f"{OURS}documents/<uuid:attachment_id>/", files.own, name="own_file"),
    path(f"{OURS}documents/<uuid:attachment_id>/remove/", files.remove, name="remove_file"),
    path(f"{OURS}entry/", ballot.entry, name="entry"),
]
