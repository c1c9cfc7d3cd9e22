"""Addresses of workshops: for who runs them below the programme, for phones below ``/j/``."""

from django.urls import URLPattern, path

from participation.workshops.views import (
    afterwards,
    desk,
    hearing,
    joining,
    moderating,
    opinion,
    paper,
    phone,
    plan,
    planning,
    rehearsing,
    safeguarding,
    steps,
    wall,
)

app_name = "workshops"

ALL = "programmes/<slug:slug>/workshops/"
ONE = f"{ALL}<uuid:workshop_id>/"
STEP = f"{ONE}steps/<uuid:activity_id>/"
SAID = f"{ONE}said/<uuid:contribution_id>/"
ROOM = "j/<str:code>/"

urlpatterns: list[URLPattern] = [
    # For phones
    path("j/", joining.enter, name="enter"),
    path(ROOM, phone.room, name="room"),
    path(f"{ROOM}come-in/", joining.come_in, name="come_in"),
    path(f"{ROOM}say/", phone.say, name="say"),
    path(f"{ROOM}near/", phone.near, name="near"),
    path(f"{ROOM}map/<uuid:activity_id>/", opinion.room_map, name="room_map"),
    path(f"{ROOM}worry/", joining.worry, name="worry"),
    path(f"{ROOM}leave/", joining.leave, name="leave"),
    path(f"{ROOM}privacy/", joining.privacy, name="privacy"),
    path(f"{ROOM}hear/", hearing.hear, name="hear"),
    # For whoever left an address
    path("hear/<str:token>/", hearing.hearer, name="hearer"),
    path("hear/<str:token>/record.pdf", hearing.hearer_record, name="hearer_record"),
    # For everybody
    path(ALL, planning.workshops, name="workshops"),
    path(f"{ONE}outcome/", afterwards.outcome, name="outcome"),
    path(f"{ONE}outcome/said.csv", afterwards.said_csv, name="said_csv"),
    path(f"{ONE}outcome/said.json", afterwards.said_json, name="said_json"),
    # For the officers who tell what came out of it
    path(f"{ONE}outcome/read/", afterwards.read_words, name="read_words"),
    path(f"{ONE}outcome/record/", afterwards.issue_record, name="issue_record"),
    path(f"{ONE}outcome/news/", afterwards.news, name="news"),
    # For who prepares
    path(f"{ALL}new/", planning.new_workshop, name="new_workshop"),
    path(f"{ALL}words/", planning.words, name="words"),
    path(ONE, planning.workshop, name="workshop"),
    path(f"{ONE}settings/", planning.settings, name="settings"),
    path(f"{ONE}helpers/", planning.helpers, name="helpers"),
    path(f"{ONE}list/", planning.guest_list, name="guest_list"),
    path(f"{ONE}plan/", plan.plan, name="plan"),
    path(f"{ONE}plan/who/", plan.line, name="new_plan_line"),
    path(f"{ONE}plan/who/<uuid:line_id>/", plan.line, name="plan_line"),
    path(f"{ONE}plan/who/<uuid:line_id>/drop/", plan.drop_line, name="drop_plan_line"),
    path(f"{ONE}plan/door/", plan.question, name="new_join_question"),
    path(f"{ONE}plan/door/<uuid:question_id>/", plan.question, name="join_question"),
    path(f"{ONE}plan/door/<uuid:question_id>/drop/", plan.drop_question, name="drop_join_question"),
    path(f"{ONE}print/", planning.print_paper, name="print_paper"),
    path(f"{ONE}copy/", planning.copy, name="copy"),
    path(f"{ONE}keep/", planning.keep, name="keep_agenda"),
    path(f"{ONE}rehearse/", rehearsing.rehearse, name="rehearse"),
    path(f"{ONE}wipe/", rehearsing.wipe, name="wipe"),
    path(f"{ONE}steps/new/", steps.new_step, name="new_step"),
    path(STEP, steps.step, name="step"),
    path(f"{STEP}move/", steps.move, name="move_step"),
    path(f"{STEP}drop/", steps.drop, name="drop_step"),
    # For who runs it and helps
    path(f"{ONE}desk/", desk.desk, name="desk"),
    path(f"{ONE}desk/do/", desk.do, name="do"),
    path(f"{ONE}desk/close/", desk.close, name="close"),
    path(f"{ONE}desk/hand-over/", desk.hand_over, name="hand_over"),
    path(f"{STEP}run/", desk.run, name="run_step"),
    path(f"{ONE}paper/", paper.papers, name="papers"),
    path(f"{STEP}paper/", paper.paper, name="paper"),
    path(f"{STEP}map/", opinion.opinion_map, name="opinion_map"),
    path(f"{SAID}hide/", moderating.hide, name="hide"),
    path(f"{SAID}remove/", moderating.remove, name="remove"),
    path(f"{ONE}people/", moderating.people, name="people"),
    path(f"{ONE}people/<uuid:participant_id>/leave/", moderating.ask_to_leave, name="ask_to_leave"),
    path(f"{ONE}car-park/", moderating.car_park, name="car_park"),
    path(f"{ONE}wall/", wall.wall, name="wall"),
    # For the safeguarding lead alone
    path(f"{ONE}worries/", safeguarding.worries, name="worries"),
    path(f"{ONE}worries/<uuid:worry_id>/", safeguarding.worry, name="worry_done"),
]
