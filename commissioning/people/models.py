"""Users: people with an e-mail address."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext as _

from commissioning.ground.tables import DatedTable, Table
from commissioning.people.codes import TRIES

# Where the addresses of people who were forgotten end: no mail can ever go there (RFC 2606).
ERASED = "@erased.invalid"


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, whatever its case."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> "User":
        """A user who signs in by e-mailed code (there is no password)."""
        user = self.model(email=email.strip(), name=name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class User(Table, AbstractBaseUser, PermissionsMixin):
    """A person who signs in: an officer, a facilitator, somebody of an organisation."""

    email = models.EmailField("e-mail address")
    name = models.CharField("full name", max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("runs this installation", default=False)
    is_demo = models.BooleanField("fictional, from the demo place", default=False)
    joined_at = models.DateTimeField(db_default=Now(), editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_an_email")]

    def __str__(self) -> str:
        if self.is_erased:
            return _("Somebody who left")
        return self.name or self.email.split("@")[0]

    @property
    def is_erased(self) -> bool:
        """Whether they asked to be forgotten, and were."""
        return self.email.endswith(ERASED)

    @property
    def short_name(self) -> str:
        """First name and initial, as pages show people: Ada N."""
        if self.is_erased:
            return str(self)
        first, _space, rest = str(self).partition(" ")
        return f"{first} {rest.split()[-1][0]}." if rest.strip() else first


class MailedCode(DatedTable):
    """A code that was e-mailed to an address, to show that whoever asked reads its mail.

    The browser that asked holds the row's id in its session: nothing else can use the code. Not
    tracked by history, and gone within a day.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", "Sign in"
        CONFIRM = "confirm", "Confirm that it is you"
        NEW_ADDRESS = "new_address", "Change the e-mail address"

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    email = models.EmailField()
    # Who asked while signed in; None for signing in, which looks nobody up until the code is right.
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    code_digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mailed_code_tries", condition=models.Q(tries__lte=TRIES)),
            models.CheckConstraint(
                name="mailed_code_asked_by_somebody",
                condition=models.Q(purpose="sign_in", user__isnull=True)
                | (~models.Q(purpose="sign_in") & models.Q(user__isnull=False)),
            ),
        ]
        indexes = [models.Index(Lower("email"), "created_at", name="mailed_code_by_address")]


class ErasureRequest(DatedTable):
    """Somebody asked to be forgotten. It is done a week later, unless they change their mind."""

    user = models.OneToOneField(User, models.CASCADE, related_name="erasure_request")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, editable=False)
