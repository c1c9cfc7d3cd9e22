"""Addresses of programmes."""

from django.urls import URLPattern, path

from commissioning.programmes.views import endorsing, journey, openness, people, running, vision

app_name = "programmes"
urlpatterns: list[URLPattern] = [
    path("programmes/", journey.programmes, name="list"),
    path("programmes/new/", running.begin, name="begin"),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("programmes/<slug:slug>/", journey.journey, name="journey"),
    path("programmes/<slug:slug>/history/", journey.history, name="history"),
    path("programmes/<slug:slug>/edit/", running.edit, name="edit"),
    path("programmes/<slug:slug>/publish/", running.publish, name="publish"),
    path("programmes/<slug:slug>/money-gate/", running.lift, name="lift"),
    path("programmes/<slug:slug>/sign-off/", running.sign_off, name="sign_off"),
    path("programmes/<slug:slug>/vision/", vision.vision, name="vision"),
    path("programmes/<slug:slug>/vision/draft/", vision.draft, name="vision_draft"),
    path("programmes/<slug:slug>/vision/agree/", vision.agree, name="vision_agree"),
    path("programmes/<slug:slug>/vision/endorse/", vision.endorse, name="endorse"),
    path("programmes/<slug:slug>/vision/ask/", endorsing.ask, name="ask_to_endorse"),
    path(
        "programmes/<slug:slug>/vision/versions/<int:number>/",
        vision.version,
        name="vision_version",
    ),
    path("programmes/<slug:slug>/outcomes/new/", vision.outcome_new, name="outcome_new"),
    path("programmes/<slug:slug>/outcomes/<uuid:line_id>/", vision.outcome, name="outcome"),
    path(
        "programmes/<slug:slug>/outcomes/<uuid:line_id>/drop/",
        vision.outcome_drop,
        name="outcome_drop",
    ),
    path(
        "programmes/<slug:slug>/outcomes/<uuid:line_id>/move/",
        vision.outcome_move,
        name="outcome_move",
    ),
    path("programmes/<slug:slug>/fixed-and-open/", openness.fixed_and_open, name="fixed_and_open"),
    path("programmes/<slug:slug>/fixed-and-open/new/", openness.given_new, name="given_new"),
    path("programmes/<slug:slug>/fixed-and-open/<uuid:given_id>/", openness.given, name="given"),
    path(
        "programmes/<slug:slug>/fixed-and-open/<uuid:given_id>/remove/",
        openness.given_remove,
        name="given_remove",
    ),
    path("programmes/<slug:slug>/people/", people.people, name="people"),
    path("programmes/<slug:slug>/people/invite/", people.invite, name="invite"),
    path("programmes/<slug:slug>/people/declare/", people.declare, name="declare"),
    path("programmes/<slug:slug>/people/leave/", people.leave, name="leave"),
    path("programmes/<slug:slug>/people/<uuid:membership_id>/", people.member, name="member"),
    path(
        "programmes/<slug:slug>/people/<uuid:membership_id>/remove/",
        people.member_remove,
        name="member_remove",
    ),
    path(
        "programmes/<slug:slug>/invitations/<uuid:invitation_id>/resend/",
        people.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "programmes/<slug:slug>/invitations/<uuid:invitation_id>/withdraw/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("programmes/<slug:slug>/level-field/", openness.level_field, name="level_field"),
    path(
        "programmes/<slug:slug>/level-field.csv", openness.level_field_csv, name="level_field_csv"
    ),
    path(
        "programmes/<slug:slug>/level-field/new/", openness.level_field_new, name="level_field_new"
    ),
    path(
        "programmes/<slug:slug>/level-field/publish/",
        openness.level_field_publish,
        name="level_field_publish",
    ),
]
