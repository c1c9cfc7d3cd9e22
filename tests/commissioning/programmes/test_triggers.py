"""What the database itself refuses."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from commissioning.people.models import User
from commissioning.programmes.models import (
    HistoryEntry,
    Membership,
    Outcome,
    Programme,
    Role,
    Stage,
    StageSignOff,
    VisionOutcome,
)


def test_a_programme_cannot_jump_past_a_stage(vision_programme: Programme, ada: User) -> None:
    StageSignOff.objects.create(programme=vision_programme, stage=Stage.VISION, by=ada)
    with pytest.raises(IntegrityError, match="one stage at a time"):
        Programme.objects.filter(pk=vision_programme.pk).update(stage=Stage.OPTIONS)


def test_a_programme_does_not_go_on_without_a_sign_off(vision_programme: Programme) -> None:
    with pytest.raises(IntegrityError, match="signed off"):
        Programme.objects.filter(pk=vision_programme.pk).update(stage=Stage.RESOURCES)


def test_a_programme_never_goes_back(programme: Programme) -> None:
    with pytest.raises(IntegrityError, match="one stage at a time"):
        Programme.objects.filter(pk=programme.pk).update(stage=Stage.VISION)


def test_a_programme_begins_with_its_vision(programme: Programme) -> None:
    programme.pk, programme.slug = None, "begun-too-late"
    with pytest.raises(IntegrityError, match="begins with its vision"):
        programme.save(force_insert=True)


def test_only_the_present_stage_is_signed_off(vision_programme: Programme, ada: User) -> None:
    with pytest.raises(IntegrityError, match="only the stage"):
        StageSignOff.objects.create(programme=vision_programme, stage=Stage.OPTIONS, by=ada)


def test_an_agreed_vision_stays_as_it_was_agreed(programme: Programme) -> None:
    vision = programme.visions.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        programme.visions.update(statement="Something else.")
    with pytest.raises(DatabaseError), transaction.atomic():
        vision.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        VisionOutcome.objects.filter(vision=vision).update(title="Something else")
    with pytest.raises(IntegrityError), transaction.atomic():
        VisionOutcome.objects.create(vision=vision, position=9, title="One more")
    vision.refresh_from_db()
    assert vision.statement.startswith("Nobody over 65")


def test_a_person_is_a_member_once(programme: Programme, ada: User) -> None:
    with pytest.raises(IntegrityError, match="member_once"):
        Membership.objects.create(programme=programme, user=ada, role=Role.OBSERVER)


def test_a_partner_speaks_for_an_organisation(programme: Programme, nell: User) -> None:
    with pytest.raises(IntegrityError, match="partner_speaks"):
        Membership.objects.create(programme=programme, user=nell, role=Role.PARTNER)


def test_a_dropped_outcome_keeps_its_links_but_is_no_longer_listed(programme: Programme) -> None:
    first = programme.outcomes.get(position=1)
    Outcome.ever.filter(pk=first.pk).update(position=None)
    assert programme.outcomes.count() == 1
    assert VisionOutcome.objects.get(outcome_id=first.pk).outcome == first


def test_history_is_never_rewritten(programme: Programme, ada: User) -> None:
    HistoryEntry.objects.create(programme=programme, actor=ada, sentence="did it")
    with pytest.raises(DatabaseError), transaction.atomic():
        HistoryEntry.objects.update(sentence="did not do it")
    with pytest.raises(DatabaseError), transaction.atomic():
        HistoryEntry.objects.all().delete()
