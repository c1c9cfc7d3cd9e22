from typing import Any

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Server-sent events."""

    name = "commissioning.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """End streams when the access that opened them ends."""
        from commissioning.ground.events import access_ended

        access_ended.connect(_recheck, dispatch_uid="live")


def _recheck(sender: Any, user_id: Any, session_key: str | None, **_: Any) -> None:
    from commissioning.live.publish import recheck

    recheck(user_id, session_key)
