"""Addresses of rounds: preparing, the desk, the register, and what anybody may read."""

from django.urls import path

from participation.budgeting.views import after, cards, desk, prepare, public

app_name = "budgeting"
urlpatterns = [
    path("programmes/<slug:slug>/votes/", prepare.rounds, name="rounds"),
    path("programmes/<slug:slug>/votes/new/", prepare.begin, name="begin"),
    path("votes/<uuid:round_id>/", public.round_page, name="round"),
    path("votes/<uuid:round_id>/declaration/", public.declaration, name="declaration"),
    path("votes/<uuid:round_id>/ideas/<int:number>/picture/", public.picture, name="picture"),
    path("votes/<uuid:round_id>/hall/", public.hall, name="hall"),
    path("votes/<uuid:round_id>/hall/turnout/", public.hall_turnout, name="hall_turnout"),
    path("votes/<uuid:round_id>/result/", after.result, name="result"),
    path("votes/<uuid:round_id>/result/ideas/<int:number>/", after.why, name="why"),
    path("votes/<uuid:round_id>/result/other/", after.other, name="other"),
    path("votes/<uuid:round_id>/result/files/<str:name>/", after.download, name="download"),
    path("votes/<uuid:round_id>/desk/", desk.desk, name="desk"),
    path("votes/<uuid:round_id>/desk/when/", prepare.when, name="when"),
    path("votes/<uuid:round_id>/desk/voting/", prepare.voting, name="voting"),
    path("votes/<uuid:round_id>/desk/counting/", prepare.counting, name="counting"),
    path("votes/<uuid:round_id>/desk/areas/", prepare.areas, name="areas"),
    path("votes/<uuid:round_id>/desk/promises/", prepare.promises, name="promises"),
    path("votes/<uuid:round_id>/desk/lot/", prepare.lot, name="lot"),
    path("votes/<uuid:round_id>/desk/open/", prepare.open_voting, name="open_voting"),
    path("votes/<uuid:round_id>/desk/ideas/", prepare.projects, name="projects"),
    path("votes/<uuid:round_id>/desk/ideas/approved/", prepare.take_entries, name="take_entries"),
    path("votes/<uuid:round_id>/desk/ideas/new/", prepare.project_new, name="project_new"),
    path(
        "votes/<uuid:round_id>/desk/ideas/<int:number>/", prepare.project_edit, name="project_edit"
    ),
    path(
        "votes/<uuid:round_id>/desk/ideas/<int:number>/move/",
        prepare.project_move,
        name="project_move",
    ),
    path(
        "votes/<uuid:round_id>/desk/ideas/<int:number>/remove/",
        prepare.project_remove,
        name="project_remove",
    ),
    path(
        "votes/<uuid:round_id>/desk/ideas/<int:number>/withdraw/",
        desk.project_withdraw,
        name="project_withdraw",
    ),
    path("votes/<uuid:round_id>/desk/later/", desk.move_close, name="move_close"),
    path("votes/<uuid:round_id>/desk/close/", desk.close_voting, name="close_voting"),
    path("votes/<uuid:round_id>/desk/backup/", desk.confirm_backup, name="confirm_backup"),
    path("votes/<uuid:round_id>/desk/reviewed/", after.review, name="review"),
    path("votes/<uuid:round_id>/desk/owners/", after.tell_owners, name="tell_owners"),
    path("votes/<uuid:round_id>/desk/publish/", after.publish, name="publish"),
    path("votes/<uuid:round_id>/desk/adoption/", after.adoption, name="adoption"),
    path("votes/<uuid:round_id>/desk/adoption/all/", after.adopt_all, name="adopt_all"),
    path("votes/<uuid:round_id>/desk/adoption/<int:number>/", after.adopt, name="adopt"),
    path("votes/<uuid:round_id>/desk/record/", after.issue_record, name="issue_record"),
    path("votes/<uuid:round_id>/cards/", cards.cards, name="cards"),
    path("votes/<uuid:round_id>/cards/new/", cards.make, name="make_cards"),
    path("votes/<uuid:round_id>/cards/hand-out/", cards.hand_out, name="hand_out"),
    path("votes/<uuid:round_id>/cards/void/", cards.void, name="void_card"),
    path("votes/<uuid:round_id>/cards/spares/", cards.void_spares, name="void_spares"),
    path("votes/<uuid:round_id>/cards/replace/", cards.reissue, name="reissue"),
    path("votes/<uuid:round_id>/cards/<uuid:batch_id>/", cards.sheet, name="sheet"),
    path("votes/<uuid:round_id>/links/", cards.links_page, name="links"),
    path("votes/<uuid:round_id>/links/load/", cards.roll, name="roll"),
    path("votes/<uuid:round_id>/links/<uuid:batch_id>/send/", cards.send_links, name="send_links"),
    path("votes/<uuid:round_id>/links/<uuid:entry_id>/", cards.link, name="link"),
]
