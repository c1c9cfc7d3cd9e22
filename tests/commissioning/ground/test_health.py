"""What a front and an operator ask a process."""

import pytest
from django.test import Client
from pytest_django import Settings


def test_a_process_that_works_says_so(db: None, client: Client) -> None:
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "redis": True})
    assert "no-store" in answer["Cache-Control"]


def test_a_process_without_redis_lives_but_is_not_ready(
    db: None, client: Client, settings: Settings
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert client.get("/health/live").status_code == 200
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "redis": False})


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_only_looked_at(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
