"""Witnesses hold, outside our reach, where the manifest ended each day."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from commissioning.documents import manifest
from commissioning.documents.models import ManifestLine
from commissioning.notices import delivery
from commissioning.notices.models import Notice
from commissioning.witnesses.tasks import tell_head
from tests.commissioning.documents.conftest import SEED

WITNESSES = ["clerk@example.org", "editor@example.org"]


@pytest.fixture
def first_line(db: None, settings: Settings) -> ManifestLine:
    """A manifest with a key in it, two witnesses, and mail that stays here."""
    settings.RECORD_SIGNING_KEY = SEED
    settings.RECORD_WITNESSES = WITNESSES
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with transaction.atomic():
        return manifest.begin()


def test_each_witness_is_told_the_head_once_a_day(first_line: ManifestLine) -> None:
    assert (tell_head(), tell_head()) == (2, 2)
    assert sorted(Notice.objects.values_list("email", flat=True)) == WITNESSES


def test_and_again_the_next_day(first_line: ManifestLine) -> None:
    tell_head()
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        tell_head()
    assert Notice.objects.count() == 4


def test_the_mail_holds_the_digest_to_check_against(first_line: ManifestLine) -> None:
    tell_head()
    notice = Notice.objects.get(email="clerk@example.org")
    delivery.deliver(UUID(str(notice.pk)))
    (letter,) = mail.outbox
    assert letter.subject == "The list of issued documents ends at line 1"
    assert f"--head {first_line.digest}" in letter.body
    assert "/verify/manifest.jsonl" in letter.body


def test_before_anything_is_issued_nobody_is_told(db: None, settings: Settings) -> None:
    settings.RECORD_WITNESSES = WITNESSES
    assert tell_head() == 0


def test_without_witnesses_nobody_is_told(first_line: ManifestLine, settings: Settings) -> None:
    settings.RECORD_WITNESSES = []
    assert tell_head() == 0
