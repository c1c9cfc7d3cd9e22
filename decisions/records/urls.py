"""Addresses of decisions."""

from django.urls import URLPattern, path

from decisions.records.views import advising, beginning, deciding, drafting, reading

_ALL = "programmes/<slug:slug>/decisions/"
_ONE = f"{_ALL}<uuid:decision_id>/"

app_name = "records"
urlpatterns: list[URLPattern] = [
    path(_ALL, reading.decisions, name="decisions"),
    path(
        "programmes/<slug:slug>/questions/<uuid:question_id>/decision/",
        drafting.begin,
        name="begin",
    ),
    path(_ONE, reading.decision, name="decision"),
    path(f"{_ONE}sections/<slug:name>/", drafting.section, name="section"),
    path(f"{_ONE}advice/<slug:kind>/", advising.advice, name="advice"),
    path(f"{_ONE}advice/<slug:kind>/ask/", advising.adviser, name="adviser"),
    path(f"{_ONE}advice/<slug:kind>/confirm/", advising.confirm, name="advice_confirm"),
    path(f"{_ONE}duties/", drafting.duties, name="duties"),
    path(f"{_ONE}interests/", drafting.interest, name="interest"),
    path(
        f"{_ONE}interests/<uuid:interest_id>/remove/",
        drafting.interest_remove,
        name="interest_remove",
    ),
    path(f"{_ONE}consult/", drafting.consult, name="consult"),
    path(f"{_ONE}comment/", drafting.comment, name="comment"),
    path(f"{_ONE}comments/<uuid:comment_id>/", drafting.reply, name="reply"),
    path(f"{_ONE}dissent/", drafting.dissent, name="dissent"),
    path(f"{_ONE}recommend/", drafting.recommend, name="recommend"),
    path(f"{_ONE}take-back/", drafting.send_back, name="send_back"),
    path(f"{_ONE}withdraw/", drafting.withdraw, name="withdraw"),
    path(f"{_ONE}decide/", deciding.decide, name="decide"),
    path(f"{_ONE}correct/", deciding.correct, name="correct"),
    path(f"{_ONE}call-in/", deciding.call_in, name="call_in"),
    path(f"{_ONE}left-out/", deciding.removals, name="removals"),
    path(f"{_ONE}left-out/<uuid:removal_id>/keep/", deciding.removal_remove, name="removal_remove"),
    path(f"{_ONE}begin/call/", beginning.begin_call, name="begin_call"),
    path(f"{_ONE}begin/vote/", beginning.begin_vote, name="begin_vote"),
    path(f"{_ONE}paper/", deciding.paper, name="paper"),
    path(f"{_ONE}issue/", deciding.issue, name="issue"),
]
