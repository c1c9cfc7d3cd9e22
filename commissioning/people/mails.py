"""Mails of sign-in. They carry codes, so they go straight to the mail server, not by the outbox.

See ``docs/decisions``: an outbox holds ids only, and a person who waits for a code is better told
at once that it could not be sent.
"""

from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid

log = structlog.get_logger(__name__)


def send(template: str, to: str, context: dict[str, Any]) -> None:
    """Send text and HTML. Raises ``Invalid`` with a sentence where the mail server fails."""
    context = {"site_url": settings.SITE_URL, **context}
    subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
    text = render_to_string(f"{template}.txt", context).strip() + "\n"
    mail = EmailMultiAlternatives(
        subject, text, to=[to], headers={"Auto-Submitted": "auto-generated"}
    )
    html = render_to_string(f"{template}.html", {**context, "subject": subject})
    mail.attach_alternative(html, "text/html")
    try:
        mail.send()
    except OSError as error:  # SMTPException is one
        # The class only: a server's words may repeat the address.
        log.warning("sign_in_mail_not_sent", error=type(error).__name__)
        raise Invalid(
            _("We could not send an e-mail just now. Nothing is lost: try again in a minute.")
        ) from None
