"""Secrets that are worked out again from a row's id, so that nothing holds them."""

import uuid
from typing import Any

from django.core.cache import cache

from commissioning.ground.digests import cache_key, derived_token, token_digest


def test_the_same_row_and_purpose_give_the_same_secret() -> None:
    row = uuid.uuid4()
    token = derived_token("invitation", row)
    assert token == derived_token("invitation", row)
    assert len(token) == 32  # 192 bits
    others = {derived_token("stop", row), derived_token("invitation", uuid.uuid4())}
    assert token not in others
    assert len(token_digest(token)) == 64


def test_another_installation_makes_another_secret(settings: Any) -> None:
    row = uuid.uuid4()
    before = derived_token("invitation", row)
    settings.SECRET_KEY = "another"
    assert derived_token("invitation", row) != before


def test_no_key_of_the_cache_says_what_it_is_for(redis_client: Any) -> None:
    cache.set("used?user=1&code=123456", "y")
    assert cache.get("used?user=1&code=123456") == "y"
    assert not any(b"123456" in key for key in redis_client.keys("*"))
    assert cache_key("a", "p", 1) != cache_key("b", "p", 1)
