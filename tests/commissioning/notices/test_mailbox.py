"""The mailbox of development: every mail to look at, and nothing of it anywhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from commissioning.notices import mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings: Any, tmp_path: Path) -> Path:
    """The mailbox as it is on a developer's machine."""
    settings.LOCAL = True
    settings.VAR_DIR = tmp_path
    settings.EMAIL_BACKEND = "commissioning.notices.mailbox.EmailBackend"
    return tmp_path / "mail"


def post(subject: str, html: str = "<html><head></head><body><h1>Hi</h1></body></html>") -> None:
    """Send a mail."""
    message = EmailMultiAlternatives(subject, "Hello <b>Ada</b> é", to=["ada@example.org"])
    message.attach_alternative(html, "text/html")
    message.send()


def test_mails_are_listed_newest_first_and_shown(client: Client, box: Path) -> None:
    assert "No mail yet" in client.get("/mail/").content.decode()
    post("First")
    post("Second <script>")
    page = client.get("/mail/").content.decode()
    assert page.index("Second &lt;script&gt;") < page.index("First")
    name = mailbox.names()[0]
    page = client.get(f"/mail/{name}/").content.decode()
    assert "Hello &lt;b&gt;Ada&lt;/b&gt; é" in page
    assert oct(box.stat().st_mode)[-3:] == "700"


def test_the_html_of_a_mail_can_run_nothing(client: Client, box: Path) -> None:
    post("Evil", "<html><head></head><body><script>alert(1)</script></body></html>")
    name = mailbox.names()[0]
    response = client.get(f"/mail/{name}/html/")
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "sandbox" in policy
    assert 'sandbox="' in client.get(f"/mail/{name}/").content.decode()


def test_many_mails_are_paged(client: Client, box: Path) -> None:
    for number in range(27):
        post(f"Mail {number}")
    assert client.get("/mail/").content.decode().count("To ada@example.org") == 25
    assert client.get("/mail/?page=2").content.decode().count("To ada@example.org") == 2


def test_a_name_cannot_lead_out_of_the_folder(client: Client, box: Path) -> None:
    post("One")
    (box.parent / "secret.eml").write_text("Subject: secret\n\nx")
    for name in ("..%2Fsecret", "%2e%2e/secret", "nothing"):
        assert client.get(f"/mail/{name}/").status_code == 404


def test_outside_development_there_is_no_mailbox(client: Client, box: Path, settings: Any) -> None:
    post("One")
    name = mailbox.names()[0]
    settings.LOCAL = False
    for path in ("/mail/", f"/mail/{name}/", f"/mail/{name}/html/"):
        assert client.get(path).status_code == 404
