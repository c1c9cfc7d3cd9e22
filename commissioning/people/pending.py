"""Which code a browser waits for: held in its session, so no other browser can use it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from commissioning.people.models import MailedCode

SESSION_KEY = "people.pending_code"
PAGES = {
    MailedCode.Purpose.SIGN_IN: "account_enter_code",
    MailedCode.Purpose.CONFIRM: "account_reauthenticate",
    MailedCode.Purpose.NEW_ADDRESS: "people:address_code",
}


@dataclass(frozen=True, slots=True)
class Pending:
    """A code that was asked for in this browser, and where its owner was going."""

    purpose: MailedCode.Purpose
    code_id: UUID
    email: str
    next: str = ""

    @property
    def page(self) -> str:
        """The address of the page that takes this code."""
        return reverse(PAGES[self.purpose])

    def put(self, request: HttpRequest) -> None:
        """Hold it in the session; it takes the place of the one before."""
        request.session[SESSION_KEY] = {
            "purpose": self.purpose.value,
            "id": str(self.code_id),
            "email": self.email,
            "next": self.next,
        }

    @classmethod
    def of(
        cls, request: HttpRequest, purpose: MailedCode.Purpose | None = None
    ) -> "Pending | None":
        """What this browser waits for, if it is for that."""
        data = request.session.get(SESSION_KEY)
        if data is None or (purpose is not None and data["purpose"] != purpose.value):
            return None
        return cls(
            MailedCode.Purpose(data["purpose"]), UUID(data["id"]), data["email"], data["next"]
        )

    @staticmethod
    def drop(request: HttpRequest) -> None:
        """It was used."""
        request.session.pop(SESSION_KEY, None)
