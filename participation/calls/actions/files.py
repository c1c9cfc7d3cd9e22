"""The write door of files that go with an expression."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid
from commissioning.ground.uploads import check_upload
from commissioning.people.models import User
from participation.calls.actions.applying import _draft
from participation.calls.clock import database_now
from participation.calls.models import Attachment, Expression, WantedDocument

MOST_FILES = 20


def attach(
    user: User, expression: Expression, file: "UploadedFile[bytes]", wanted: WantedDocument | None
) -> Attachment:
    """Add a file, once its content has been checked."""
    clean = check_upload(file)
    with transaction.atomic():
        own = _draft(user, expression)
        present = own.attachments.filter(removed_at__isnull=True)
        if present.count() >= MOST_FILES:
            raise Invalid(_("20 files are enough. Take one out before you add another."), "file")
        if present.filter(sha256=clean.sha256, wanted=wanted).exists():
            raise Invalid(_("You have added this very file already."), "file")
        return Attachment.objects.create(
            expression=own,
            wanted=wanted,
            file=ContentFile(clean.content, name="file"),
            name=clean.name,
            kind=clean.kind,
            size=clean.size,
            sha256=clean.sha256,
            by=user,
        )


@transaction.atomic
def detach(user: User, expression: Expression, attachment: Attachment) -> None:
    """Take a file out of the draft. It is erased unless a submission still holds it."""
    own = _draft(user, expression)
    held = own.submissions.filter(content__documents__contains=[{"id": str(attachment.pk)}])
    if held.exists():
        attachment.removed_at = database_now()
        attachment.save(update_fields=["removed_at"])
        return
    storage, name = attachment.file.storage, attachment.file.name
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(str(name)))
