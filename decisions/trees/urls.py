"""Addresses of trees, walks and the place's own rules."""

from django.urls import URLPattern, path

from decisions.trees.views import deciding, evidence, known, own, results, walking

app_name = "trees"

TREES = "programmes/<slug:slug>/trees/"
RULES = "programmes/<slug:slug>/rules-sheet/"
WALKS = "programmes/<slug:slug>/questions/<uuid:question_id>/walks/"
WALK = f"{WALKS}<uuid:walk_id>/"
ASK = f"{WALK}q/<slug:key>/"

urlpatterns: list[URLPattern] = [
    # Trees to read, and the place's own
    path(TREES, own.trees, name="trees"),
    path(f"{TREES}publish/", own.publish, name="publish"),
    path(f"{TREES}versions/<uuid:version_id>/", own.version, name="version"),
    path(f"{TREES}versions/<uuid:version_id>/withdraw/", own.withdraw, name="withdraw"),
    path(f"{TREES}<slug:tree>/", own.tree, name="tree"),
    path(RULES, own.sheet, name="sheet"),
    path(f"{RULES}write/", own.write_sheet, name="write_sheet"),
    # Walks
    path(WALKS, walking.walks, name="walks"),
    path(f"{WALKS}begin/", walking.new, name="begin"),
    path(f"{WALKS}compare/", results.compare, name="compare"),
    path(WALK, walking.walk, name="walk"),
    path(f"{WALK}known/", known.known, name="known"),
    path(ASK, walking.ask, name="ask"),
    path(f"{ASK}effect/", walking.effect, name="effect"),
    path(f"{ASK}settle/", deciding.settle, name="settle"),
    path(f"{ASK}evidence/", evidence.evidence, name="evidence"),
    path(f"{ASK}evidence/<uuid:pick_id>/drop/", evidence.drop_evidence, name="drop_evidence"),
    path(f"{WALK}result/", results.result, name="result"),
    path(f"{WALK}fairness/", results.fairness, name="fairness"),
    path(f"{WALK}fairness/paper/", results.fairness_paper, name="fairness_paper"),
    path(f"{WALK}recommend/", deciding.recommend, name="recommend"),
    path(f"{WALK}what-if/", deciding.what_if, name="what_if"),
    path(f"{WALK}lock/", deciding.lock, name="lock"),
]
