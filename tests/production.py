"""What a production process is given, for tests that start one."""

import base64
import os


def environment(**changed: str) -> dict[str, str]:
    """Complete and made up; ``changed`` replaces or adds."""
    given = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "DATABASE_URL": "postgres://app@127.0.0.1:1/commissioning",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "made-up-for-a-test-and-long-enough-to-be-taken-0123456789",
        "ALLOWED_HOSTS": "commissioning.example",
        "SITE_URL": "https://commissioning.example",
        "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
        "VOTE_PEPPER": "0123456789abcdef0123456789abcdef",
        "BALLOT_KEY_DIR": "/srv/ballot-keys",
        "RECORD_SIGNING_KEY": base64.b64encode(bytes(32)).decode(),
    }
    return given | changed
