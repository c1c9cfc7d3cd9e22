"""One row of everything, so that every address of the application has something to open."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pgtrigger
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commissioning.documents.actions import request_document
from commissioning.documents.making import make
from commissioning.people.models import User
from commissioning.programmes.actions.members import invite
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.actions.vision import add_outcome, write_draft
from commissioning.programmes.models import Given, Membership, Programme, Role
from participation.budgeting import actions, cast, close, count, links, register, results
from participation.budgeting.choices import Choices
from participation.budgeting.models import Round
from participation.budgeting.record import RECORD
from participation.budgeting.roll import Roll
from participation.calls.actions import applying, assessing, ballot, calls, questions
from participation.calls.actions.files import attach
from participation.calls.clock import database_now
from participation.calls.models import (
    Attachment,
    BallotEntry,
    Call,
    EligibilityCheck,
    Expression,
)
from places.directory.actions import ask_to_join, invite_to_organisation
from places.directory.measure_actions import Measured, say_measure
from places.directory.models import Organisation, OrganisationMember, Place
from places.directory.place_actions import upload_boundaries
from tests.cast import make_person
from tests.commissioning.ground.test_uploads import PDF
from tests.pages import Address
from tests.participation.budgeting.conftest import voter_of
from tests.participation.calls.conftest import answers_to

SQUARE = (
    b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"The Lanes"},'
    b'"geometry":{"type":"Polygon","coordinates":[[[0,51],[0.1,51],[0.1,51.1],[0,51]]]}}]}'
)


@dataclass
class World:
    """Arguments for every address: by its full name, by its room, or whatever takes the name."""

    by_name: dict[str, dict[str, object]] = field(default_factory=dict)
    by_room: dict[str, dict[str, object]] = field(default_factory=dict)

    def arguments(self, address: Address) -> dict[str, object] | None:
        """What opens the address; None where the world has nothing for it."""
        room = address.name.partition(":")[0]
        known = self.by_room.get(room, {}) | self.by_name.get(address.name, {})
        if not set(address.arguments) <= set(known):
            return None
        return {name: known[name] for name in address.arguments}

    def give(self, names: str, **arguments: object) -> None:
        """These arguments open these addresses (names without their room stand after it)."""
        room, _, rest = names.partition(":")
        for name in rest.split():
            self.by_name.setdefault(f"{room}:{name}", {}).update(arguments)


@dataclass(frozen=True)
class Cast:
    """Whom and what the rooms build their part of the world from."""

    ada: User
    cora: User
    priya: User
    programme: Programme
    lanes: Organisation
    place: Place


def build(
    ada: User, cora: User, priya: User, programme: Programme, lanes: Organisation, place: Place
) -> World:
    """The world: Ada's programme with calls, votes, documents; Lanes Neighbours' expression."""
    world = World()
    _programme(world, ada, programme)
    _directory(world, ada, priya, lanes, place)
    _calls(world, ada, cora, priya, programme, lanes)
    _votes(world, ada, programme)
    return world


def _programme(world: World, ada: User, programme: Programme) -> None:
    say_given(ada, programme, Given.Kind.OPEN, "Everything.")
    draft = write_draft(
        ada, programme, "A new wording", what_changed="Plainer words.", as_new_version=True
    )
    line = add_outcome(ada, programme, "Another thing that should be true")
    invitation = invite(ada, programme, "new@example.org", Role.OBSERVER)
    sami = Membership.objects.get(programme=programme, role=Role.CITIZEN)
    given = programme.givens.first()
    assert given is not None
    world.by_room["programmes"] = {
        "slug": programme.slug,
        "number": draft.version,
        "given_id": given.pk,
        "line_id": line.pk,
        "membership_id": sami.pk,
        "invitation_id": invitation.pk,
        "token": "no-such-token",
    }


def _directory(world: World, ada: User, priya: User, lanes: Organisation, place: Place) -> None:
    upload = upload_boundaries(ada, place, "areas.geojson", SQUARE)
    area = place.areas.first()
    assert area is not None
    invitation = invite_to_organisation(priya, lanes, "helper@example.org", "editor")
    asked = ask_to_join(make_person("Vera Lockside"), lanes, "I cook on Thursdays.")
    other = OrganisationMember.objects.create(
        organisation=lanes, user=make_person("Ravi Weir"), role="editor"
    )
    measure = say_measure(
        priya, lanes, Measured("Calls", "64", "October 2026", "We tick a list.", unit="a week")
    )
    world.by_room["directory"] = {
        "slug": lanes.slug,
        "token": "no-such-token",
        "invitation_id": invitation.pk,
        "request_id": asked.pk,
        "member_id": other.pk,
        "measure_id": measure.pk,
        "area_id": area.pk,
        "upload_id": upload.pk,
    }
    for name in ("place", "place_edit", "area", "area_new", "area_remove"):
        world.give(f"directory:{name}", slug=place.slug)
    for name in ("boundaries", "boundaries_preview", "boundaries_undo"):
        world.give(f"directory:{name}", slug=place.slug)


def _calls(
    world: World,
    ada: User,
    cora: User,
    priya: User,
    programme: Programme,
    lanes: Organisation,
) -> None:
    draft, running, judged, decided = (_call(ada, programme, n) for n in range(4))
    row = draft.questions.first()
    assert row is not None
    world.by_room["calls"] = {
        "slug": programme.slug,
        "call_id": draft.pk,
        "kind": "questions",
        "row_id": row.pk,
        "step": "about",
        "key": "project",
    }
    calls.publish_call(ada, running)
    asked = questions.ask_publicly(priya, running, lanes, "May we ask for food?")
    world.give("calls:call ask apply correct extend", call_id=running.pk)
    world.give("calls:answer_publicly", call_id=running.pk, question_id=asked.pk)
    own = applying.begin_expression(priya, running, lanes)
    file = attach(priya, own, SimpleUploadedFile("Rules.pdf", PDF), None)
    names = "expression section totals preview submit withdraw documents own_file remove_file"
    world.give(f"calls:{names}", expression_id=own.pk, attachment_id=file.pk)
    one, paper = _submitted(ada, cora, priya, judged, lanes)
    question = assessing.ask_applicant(cora, one, "Who cooks?", database_now() + timedelta(days=3))
    world.give("calls:answer", expression_id=one.pk, question_id=question.pk)
    world.give("calls:reopen paper", expression_id=one.pk)
    names = "late assess begin_assessing release export"
    world.give(f"calls:{names}", call_id=judged.pk)
    names = "assess_one checks ask_applicant decide conflict give_feedback assessed_file"
    world.give(f"calls:{names}", call_id=judged.pk, expression_id=one.pk, attachment_id=paper.pk)
    _entry(world, ada, cora, priya, decided, lanes)


def _call(ada: User, programme: Programme, number: int) -> Call:
    now = database_now()
    call = calls.make_call(ada, programme, f"Company, call {number}")
    values: dict[str, Any] = {
        "about": "Somebody to talk to.",
        "outcomes": list(programme.outcomes.all()),
        "funded": "Meals.",
        "not_funded": "Buildings.",
        "who_may_apply": "Any group.",
        "already_done": "Nobody.",
        "amount_available": Decimal(30000),
        "project_maximum": Decimal(5000),
        "expected_applications": 30,
        "can_fund": 8,
        "decided_by": "Cabinet",
        "opens_at": now - timedelta(days=30),
        "closes_at": now + timedelta(days=20),
        "decision_on": (now + timedelta(days=50)).date(),
    }
    call = calls.write_call(ada, call, values)
    calls.add_from_library(ada, call, ["what_you_will_do", "who_takes_part", "safeguarding"])
    calls.save_asked(ada, call, EligibilityCheck(words="It works in Rivermead."))
    assessors = Membership.objects.filter(
        programme=programme, role__in=(Role.COMMISSIONER, Role.CITIZEN)
    )
    calls.choose_assessors(ada, call, list(assessors))
    return call


def _submitted(
    ada: User, cora: User, priya: User, call: Call, lanes: Organisation
) -> tuple[Expression, Attachment]:
    """An expression of a call that is being assessed, and its document."""
    call = calls.publish_call(ada, call)
    expression = applying.begin_expression(priya, call, lanes)
    for key, typed in answers_to(call).items():
        applying.save_section(priya, expression, key, typed, applying.Edit(0, uuid.uuid4()))
    paper = attach(priya, expression, SimpleUploadedFile("Rules.pdf", PDF), None)
    applying.submit(priya, expression, op=uuid.uuid4())
    with pgtrigger.ignore("calls.Call:closes_only_later"):
        Call.objects.filter(pk=call.pk).update(closes_at=database_now())
    calls.begin_assessing(cora, call)
    expression.refresh_from_db()
    return expression, paper


def _entry(
    world: World, ada: User, cora: User, priya: User, call: Call, lanes: Organisation
) -> None:
    expression, _paper = _submitted(ada, cora, priya, call, lanes)
    assessing.decide(cora, expression, "approved", "Clear and local.")
    assessing.release(ada, call)
    entry: BallotEntry = ballot.prepare_entry(
        priya,
        expression,
        ballot.EntryWords("Lunches", "Lunch.", Decimal(4800), None, None, "", ready=True),
    )
    world.give("calls:entry", expression_id=expression.pk)
    world.give("calls:picture", entry_id=entry.pk)


def _votes(world: World, ada: User, programme: Programme) -> None:
    draft, running = (_round(ada, programme, title) for title in ("Next year", "This year"))
    register.make_cards(ada, running, 5)
    register.hand_out(ada, running, 1, 3)
    mailed = links.load_roll(ada, running, Roll(addresses=["voter@example.org"]))
    actions.open_round(ada, running)
    over = _counted(ada, _round(ada, programme, "Last year"))
    batch = running.batches.get(kind="printed")
    entry = running.roll.get()
    world.by_room["budgeting"] = {
        "slug": programme.slug,
        "round_id": draft.pk,
        "number": 1,
        "batch_id": batch.pk,
        "entry_id": entry.pk,
        "name": "totals.csv",
    }
    names = (
        "round declaration hall hall_turnout project_withdraw move_close close_voting cards "
        "make_cards hand_out void_card void_spares reissue sheet links roll link"
    )
    world.give(f"budgeting:{names}", round_id=running.pk)
    world.give("budgeting:send_links", round_id=running.pk, batch_id=mailed.pk)
    names = (
        "result why other download confirm_backup review tell_owners publish adoption adopt "
        "adopt_all issue_record"
    )
    world.give(f"budgeting:{names}", round_id=over.pk)
    rendering = request_document(ada, RECORD, over.pk, issue=True)
    make(rendering.pk)
    over.refresh_from_db()
    assert over.record is not None
    world.by_room["documents"] = {
        "rendering_id": rendering.pk,
        "number": over.record.number,
        "version": 1,
    }


def _round(ada: User, programme: Programme, title: str) -> Round:
    now = database_now()
    round_ = actions.make_round(
        ada,
        programme,
        {
            "title": title,
            "budget": Decimal(5000),
            "eligibility": "Anyone who lives in Rivermead.",
            "opens_at": now - timedelta(hours=1),
            "closes_at": now + timedelta(days=3),
            "adopting_body": "The cabinet",
            "adopting_power": "section 1 of the Localism Act 2011",
        },
    )
    for number in range(1, 4):
        actions.add_project(ada, round_, {"title": f"Idea {number}", "cost": Decimal(2000)})
    actions.draw_lot(ada, round_, "the dice said 4 2 6 1 1 5")
    round_.refresh_from_db()
    return round_


def _counted(ada: User, round_: Round) -> Round:
    register.make_cards(ada, round_, 3)
    register.hand_out(ada, round_, 1, 3)
    actions.open_round(ada, round_)
    cast.save(voter_of(round_, 1), lambda _t: Choices.of({1: 1}), op_id=uuid.uuid4(), base_rev=0)
    close.close_now(ada, round_, "Everybody had voted.")
    close.resume(round_.pk)
    count.count_round(round_.pk)
    round_.refresh_from_db()
    results.review(ada, round_)
    results.tell_owners(ada, round_)
    results.publish(ada, round_)
    round_.refresh_from_db()
    return round_


def browser(person: User | None) -> Client:
    """A browser of somebody who is signed in, or of nobody."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
