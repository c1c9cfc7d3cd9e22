"""After a session: who wants to hear of it, and what they are told."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable
from participation.workshops.models.sessions import Workshop


class Hearer(DatedTable):
    """An address left on the closing page: for the record, and for what became of it.

    It points to no participant, so that no word can be laid beside it; it goes when its owner
    stops it, and in any case after a stated time.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="hearers")
    email = models.EmailField(_("your e-mail address"))
    # So that its owner can stop it: the link in every mail holds the token, this its digest.
    token_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workshop", Lower("email"), name="hearer_once_a_workshop")
        ]


class News(DatedTable):
    """What became of a session: said on its page, and to whoever left an address."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="news")
    words = models.TextField(_("what became of it"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(name="news_says_something", condition=~models.Q(words=""))
        ]
