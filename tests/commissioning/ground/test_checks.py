"""Production starts only when it has what it needs, and says what it lacks."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from commissioning.ground.checks import complaints
from tests.cluster import ROOT, Addresses
from tests.production import environment


def sentences() -> str:
    """Every complaint, as an operator reads them."""
    return "\n".join(sentence for _, sentence in complaints(worker=True))


@pytest.fixture
def ready(settings: Settings, tmp_path: Path) -> Settings:
    """Settings that production can start with."""
    settings.SECRET_KEY = "s" * 50
    settings.ALLOWED_HOSTS = ["commissioning.example"]
    settings.SITE_URL = "https://commissioning.example"
    settings.EMAIL_URL = "smtp://mail.example"
    settings.VOTE_PEPPER = "p" * 32
    settings.BALLOT_KEY_DIR = tmp_path / "keys"
    settings.VAR_DIR = tmp_path / "var"
    settings.RECORD_SIGNING_KEY = "A" * 43 + "="
    return settings


def test_nothing_is_missing_when_all_is_set(ready: Settings) -> None:
    assert sentences() == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", True),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", []),
        ("ALLOWED_HOSTS", ["*"]),
        ("SITE_URL", ""),
        ("SITE_URL", "http://commissioning.example"),
        ("EMAIL_URL", ""),
        ("VOTE_PEPPER", ""),
        ("BALLOT_KEY_DIR", Path()),
        ("RECORD_SIGNING_KEY", ""),
        ("RECORD_SIGNING_KEY", "not base64!"),
        ("RECORD_SIGNING_KEY", "c2hvcnQ="),
    ],
)
def test_each_setting_is_asked_for_by_name(ready: Settings, name: str, value: object) -> None:
    setattr(ready, name, value)
    assert sentences().startswith(f"Set {name} to ") or sentences().startswith(f"Set {name}, ")


def test_only_the_worker_is_asked_for_the_key_that_signs_records(ready: Settings) -> None:
    ready.RECORD_SIGNING_KEY = ""
    assert complaints(worker=False) == []


@pytest.mark.parametrize("where", ["var/keys", "var", ".", "backup/keys", "database/keys"])
def test_vote_keys_lie_apart_from_all_that_is_copied(
    ready: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setenv("BACKUP_DIR", str(tmp_path / "backup"))
    monkeypatch.setenv("PGDATA", str(tmp_path / "database"))
    ready.BALLOT_KEY_DIR = tmp_path / where
    assert "must lie apart" in sentences()


def run(*words: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project with this environment alone."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment(**changed),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_web_process_refuses_to_start_in_production_and_says_why() -> None:
    started = run(
        "-c",
        "import commissioning.wsgi",
        SECRET_KEY="x",
        ALLOWED_HOSTS="",
        EMAIL_URL="",
        VOTE_PEPPER="",
        BALLOT_KEY_DIR="",
    )
    assert started.returncode != 0
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "VOTE_PEPPER", "BALLOT_KEY_DIR"):
        assert f"- Set {name}" in started.stderr


@pytest.mark.slow
def test_a_forgotten_redis_address_does_not_open_the_demo_s_doors() -> None:
    asked = run("-c", "from commissioning import settings; print(settings.LOCAL)", REDIS_URL="")
    assert asked.stdout.strip() == "False", asked.stderr


@pytest.mark.slow
def test_the_demo_shows_its_own_pages_of_errors_and_not_django_s() -> None:
    words = "from commissioning import settings; print(settings.LOCAL, settings.DEBUG)"
    asked = run("-c", words, DATABASE_URL="", REDIS_URL="")
    assert asked.stdout.strip() == "True False", asked.stderr


@pytest.mark.slow
def test_a_worker_refuses_to_start_in_production_and_says_why() -> None:
    started = run(
        *["-m", "celery", "--app=commissioning.celery", "worker"],
        SECRET_KEY="x",
        RECORD_SIGNING_KEY="",
    )
    assert started.returncode != 0
    for name in ("SECRET_KEY", "RECORD_SIGNING_KEY"):
        assert f"- Set {name}" in started.stderr


@pytest.mark.slow
def test_the_deploy_check_is_clean_with_production_settings(
    django_db_setup: None, test_addresses: Addresses, database_name: str
) -> None:
    checked = run(
        *["manage.py", "check", "--deploy", "--fail-level=WARNING", "--database=default"],
        DATABASE_URL=test_addresses.app.format(name=database_name),
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.slow
def test_a_role_that_owns_the_tables_is_refused(
    django_db_setup: None, test_addresses: Addresses, database_name: str
) -> None:
    checked = run(
        *["manage.py", "check", "--database=default"],
        DATABASE_URL=test_addresses.owner.format(name=database_name),
    )
    assert checked.returncode != 0
    assert "a role of its own" in checked.stderr
