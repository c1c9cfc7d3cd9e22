"""The outbox: written with what it tells, sent once, kept to what people want."""

import base64
import contextlib
import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError

from commissioning.celery import app
from commissioning.notices import delivery, tasks
from commissioning.notices.actions import choose_groups, stop, tell
from commissioning.notices.kinds import Group
from commissioning.notices.links import Stop, address_digest, read_stop_token, stop_token
from commissioning.notices.models import Notice, OptOut, Preference
from commissioning.people.models import User
from tests.commissioning.notices.conftest import told
from tests.commissioning.notices.smtp import Server

pytestmark = pytest.mark.django_db
Status = Notice.Status


def sent() -> EmailMultiAlternatives:
    """The newest mail."""
    newest = mail.outbox[-1]
    assert isinstance(newest, EmailMultiAlternatives)
    return newest


def age(notice: Notice, **ago: Any) -> None:
    """Pretend that times of a row lie further back."""
    Notice.objects.filter(pk=notice.pk).update(**ago)


def test_a_notice_is_written_with_what_it_tells(kind: str, ada: User) -> None:
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        tell(kind, ada, about={"person": str(ada.pk)}, key="once")
        raise ZeroDivisionError
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_cannot_be_told_outside_a_transaction(kind: str, ada: User) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        tell(kind, ada, about={}, key="once")


@pytest.mark.parametrize(
    "value", ["ada@example.org", "https://example.org/x", "two words", "£30", "x" * 65, ""]
)
def test_it_is_about_ids_only(kind: str, ada: User, value: str) -> None:
    with pytest.raises(ValueError, match="ids only"), transaction.atomic():
        tell(kind, ada, about={"person": value}, key="once")


def test_telling_twice_is_telling_once(kind: str, ada: User, cora: User) -> None:
    first = told(kind, ada, cora)
    assert told(kind, ada, cora) == first
    told(kind, cora, cora)
    told(kind, "someone@example.org", cora)
    assert Notice.objects.count() == 3


def test_an_address_is_told_once_whatever_its_case(kind: str, cora: User) -> None:
    told(kind, "someone@example.org", cora)
    with transaction.atomic():
        tell(kind, "SomeOne@Example.org", about={"person": str(cora.pk)}, key="once")
    assert Notice.objects.count() == 1


def test_a_mail_is_text_and_html(kind: str, ada: User, cora: User) -> None:
    cora.name = "Cora <b>& Co</b>"
    cora.save()
    notice = told(kind, ada, cora)
    assert delivery.deliver(notice.pk)
    message = sent()
    assert message.to == [ada.email]
    assert message.subject == "News of Cora <b>& Co</b>"
    assert "Hello & welcome, Cora <b>& Co</b>." in str(message.body)
    html, kind_of_part = message.alternatives[0]
    assert kind_of_part == "text/html"
    assert "<h1>Cora &lt;b&gt;&amp; Co&lt;/b&gt;</h1>" in str(html)
    notice.refresh_from_db()
    assert notice.status == Status.SENT
    assert notice.sent_at is not None


def test_no_address_can_add_a_header(kind: str, ada: User, cora: User) -> None:
    cora.name = "Cora\r\nBcc: everyone@example.org"
    cora.save()
    delivery.deliver(told(kind, ada, cora).pk)
    assert sent().message()["Bcc"] is None


def test_what_is_no_longer_true_is_not_told(kind: str, ada: User, cora: User) -> None:
    notice = told(kind, ada, cora)
    cora.delete()
    delivery.deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.status == Status.DROPPED
    assert not mail.outbox


def test_who_switched_it_off_is_not_told(kind: str, essential: str, ada: User, cora: User) -> None:
    choose_groups(ada, {Group.REMINDERS})
    news, decision = told(kind, ada, cora), told(essential, ada, cora)
    delivery.sweep()
    news.refresh_from_db()
    decision.refresh_from_db()
    assert (news.status, decision.status) == (Status.DROPPED, Status.SENT)
    choose_groups(ada, {Group.UPDATES})
    delivery.deliver(told(kind, ada, cora, "again").pk)
    assert len(mail.outbox) == 2


def test_essential_notices_cannot_be_switched_off(ada: User) -> None:
    choose_groups(ada, set())
    assert not Preference.objects.filter(group=Group.ESSENTIAL).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(user=ada, group=Group.ESSENTIAL, wants=False)


def test_whoever_left_is_not_told(essential: str, ada: User, cora: User) -> None:
    notice = told(essential, ada, cora)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    delivery.deliver(notice.pk)
    assert not mail.outbox


def test_sent_notices_stay_sent(kind: str, ada: User, cora: User) -> None:
    notice = told(kind, ada, cora)
    tasks.send_notice(str(notice.pk))
    tasks.send_notice(str(notice.pk))
    tasks.sweep()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_send_one(kind: str, ada: User, cora: User) -> None:
    notices = [told(kind, ada, cora, f"{number}") for number in range(5)]
    start = threading.Barrier(10)

    def work() -> None:
        start.wait()
        delivery.sweep()
        for notice in notices:
            delivery.deliver(notice.pk)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(10)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(mail.outbox) == 5
    assert set(Notice.objects.values_list("status", flat=True)) == {Status.SENT}


def test_a_failing_server_is_tried_again_later_and_later(
    kind: str, ada: User, cora: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    notice = told(kind, ada, cora)
    delivery.sweep()
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == (Status.PENDING, 1)
    assert notice.next_attempt_at > timezone.now() + timedelta(seconds=50)
    delivery.sweep()
    notice.refresh_from_db()
    assert notice.attempts == 1
    waits = [delivery.wait_after(attempt) for attempt in range(1, 13)]
    assert waits[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert max(waits) == timedelta(hours=6)
    for _ in range(delivery.MOST_ATTEMPTS):
        age(notice, next_attempt_at=timezone.now() - timedelta(seconds=1))
        delivery.sweep()
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == (Status.FAILED, delivery.MOST_ATTEMPTS)


def test_a_mailbox_that_does_not_exist_is_not_tried_again(
    kind: str, ada: User, cora: User, post_office: Server
) -> None:
    post_office.post.refuse_with = "550 no such mailbox"
    notice = told(kind, ada, cora)
    delivery.deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.status == Status.FAILED


def test_a_full_mailbox_is_tried_again(
    kind: str, ada: User, cora: User, post_office: Server
) -> None:
    post_office.post.refuse_with = "452 full"
    notice = told(kind, ada, cora)
    delivery.deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.status == Status.PENDING


def test_a_sweep_stops_before_the_next_one_begins(
    kind: str, ada: User, cora: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        told(kind, ada, cora, f"{number}")
    monkeypatch.setattr(delivery, "SWEEP_SECONDS", 0)
    assert [delivery.sweep() for _ in range(4)] == [1, 1, 1, 0]


def test_a_notice_that_cannot_be_written_holds_nobody_else_up(
    kind: str, ada: User, cora: User
) -> None:
    with transaction.atomic():
        tell(kind, ada, about={"wrong": "x"}, key="broken")
    told(kind, ada, cora, "good")
    delivery.sweep()
    assert len(mail.outbox) == 1
    assert Notice.objects.get(key="broken").status == Status.PENDING


@pytest.mark.django_db(transaction=True)
def test_redis_down_loses_nothing_and_breaks_nothing(
    kind: str, ada: User, cora: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_a_worker = tasks.send_notice.apply_async
    failed = []

    def over_a_dead_line(**given: Any) -> None:
        with app.connection_for_write("redis://127.0.0.1:9/0") as nowhere:
            try:
                ask_a_worker(connection=nowhere, **given)  # type: ignore[call-arg]
            except OperationalError as error:
                failed.append(error)
                raise

    monkeypatch.setattr(tasks.send_notice, "apply_async", over_a_dead_line)
    notice = told(kind, ada, cora)
    assert len(failed) == 1
    assert notice.status == Status.PENDING
    tasks.sweep()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_redis_holds_the_row_id_only(kind: str, ada: User, cora: User, redis_client: Any) -> None:
    notice = told(kind, "someone@example.org", cora)
    queues = [key for key in redis_client.keys("*") if redis_client.type(key) == b"list"]
    held = b"".join(message for key in queues for message in redis_client.lrange(key, 0, -1))
    body = base64.b64decode(json.loads(held)["body"])
    assert json.loads(body)[0] == [str(notice.pk)]
    assert b"someone@example.org" not in held + body
    assert str(cora.pk).encode() not in held + body


def test_mails_of_a_group_can_be_stopped_from_the_mail(kind: str, ada: User, cora: User) -> None:
    delivery.deliver(told(kind, ada, cora).pk)
    headers = sent().message()
    url = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in str(sent().body)
    path = "/" + url.split("/", 3)[3]
    scanner = Client(enforce_csrf_checks=True)
    before = dump()
    for _ in range(2):
        assert scanner.get(path).status_code == 200
        scanner.cookies.clear()
    assert dump() == before
    mail_service = Client(enforce_csrf_checks=True)
    answer = mail_service.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Preference.objects.get(user=ada, group=Group.UPDATES).wants
    mail_service.post(path, {"List-Unsubscribe": "One-Click"})
    assert Preference.objects.count() == 1
    notice = told(kind, ada, cora, "later")
    delivery.deliver(notice.pk)
    assert len(mail.outbox) == 1


def test_an_address_without_an_account_can_stop_them_too(kind: str, cora: User) -> None:
    delivery.deliver(told(kind, "Someone@example.org", cora).pk)
    path = "/" + sent().message()["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    Client().post(path)
    opt_out = OptOut.objects.get()
    assert "someone" not in opt_out.address_digest
    delivery.deliver(told(kind, "someone@example.org", cora, "later").pk)
    assert len(mail.outbox) == 1


def test_essential_mails_carry_no_stop_link(essential: str, ada: User, cora: User) -> None:
    delivery.deliver(told(essential, ada, cora).pk)
    assert "List-Unsubscribe" not in sent().message()
    assert "/notices/stop/" not in str(sent().body)


def test_a_stop_link_that_we_did_not_sign_stops_nothing(kind: str, ada: User, cora: User) -> None:
    token = stop_token(told(kind, ada, cora), Group.UPDATES)
    for bad in (token[:-2], f"x{token}", "x", "a:b:c"):
        assert read_stop_token(bad) is None
        assert Client().post(f"/notices/stop/{bad}/").status_code == 404
    assert not Preference.objects.exists()
    stop(Stop(Group.UPDATES, address_digest=address_digest("x@example.org")))
    assert OptOut.objects.count() == 1


def test_people_choose_what_they_are_e_mailed_about(client: Client, ada: User) -> None:
    client.force_login(ada)
    page = client.get("/you/notices/")
    assert page.content.decode().count(" checked") == 2
    client.post("/you/notices/", {"groups": ["reminders"]})
    page = client.get("/you/notices/")
    assert page.content.decode().count(" checked") == 1
    assert "Switched off: News of your programmes" in client.get("/you/").content.decode()
    client.post("/you/notices/", {})
    assert client.get("/you/notices/").content.decode().count(" checked") == 0


def test_old_rows_go_and_waiting_ones_stay(kind: str, ada: User, cora: User) -> None:
    long_ago = timezone.now() - timedelta(days=91)
    old, waiting, fresh = (told(kind, ada, cora, key) for key in ("old", "waiting", "fresh"))
    for notice in (old, fresh):
        delivery.deliver(notice.pk)
    age(old, created_at=long_ago)
    age(waiting, created_at=long_ago)
    assert tasks.forget() == 1
    assert set(Notice.objects.values_list("key", flat=True)) == {"waiting", "fresh"}


def dump() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    held = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            held[table] = [row[0] for row in cursor.fetchall()]
    return held
