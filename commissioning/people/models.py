"""Users: people with an e-mail address."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now

from commissioning.ground.tables import Table


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
        return self.name or self.email.split("@")[0]

    @property
    def short_name(self) -> str:
        """First name and initial, as pages show people: Ada N."""
        first, _, rest = str(self).partition(" ")
        return f"{first} {rest.split()[-1][0]}." if rest.strip() else first
