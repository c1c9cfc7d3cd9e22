"""The worker's side: one document made, exactly once, whatever dies on the way.

A worker holds an advisory lock on the request for as long as it works: PostgreSQL frees it when
the worker dies, so who works on what is never in doubt. Number, file, seal, manifest line and the
rendering's state are one transaction.
"""

import datetime as dt
import json
import logging
import secrets
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from commissioning.documents.issuing import issue
from commissioning.documents.models import Rendering
from commissioning.documents.paper import SALT_BYTES, Sheet, attached_json, print_paper
from commissioning.documents.pdf import Pdf, RenderingFailed
from commissioning.documents.types import Data, DocumentType, document_types
from commissioning.ground import memory
from commissioning.ground.answers import Invalid
from commissioning.ground.locks import try_lock

logger = logging.getLogger(__name__)

State = Rendering.State
STORING = "storing"
MOST_TRIES = 4
WAITS = (5, 30, 120)  # seconds before the second, third and fourth try


def make(rendering_id: UUID) -> int | None:
    """Make the document. Returns the seconds after which to try again, or None."""
    if not _claim(rendering_id):
        return None
    try:
        with transaction.atomic():
            if try_lock(_lock_name(rendering_id)):
                rendering = Rendering.objects.filter(id=rendering_id, state=State.WORKING).first()
                if rendering is not None:
                    _make(rendering)
    except (Invalid, RenderingFailed) as error:
        _fail(rendering_id, str(error))
    except Exception as error:  # whatever it was: counted, tried again, then said
        # Not the message or the traceback: they may quote what people wrote.
        logger.error("document %s could not be made: %s", rendering_id, type(error).__name__)
        return _again(rendering_id)
    return None


def is_worked_on(rendering_id: UUID) -> bool:
    """Whether a living worker holds the request."""
    with transaction.atomic():
        return not try_lock(_lock_name(rendering_id))


def step_of(rendering: Rendering) -> str:
    """What the worker said it is doing with it."""
    return str(memory.recall(_step_key(rendering.id)) or "")


def _make(rendering: Rendering) -> None:
    kind = document_types[rendering.type_name]
    data: Data = json.loads(rendering.data)
    with translation.override(rendering.language):
        pdf = (
            issue(rendering, kind, data, keep) if rendering.issue else _copy(rendering, kind, data)
        )
    rendering.state = State.DONE
    rendering.finished_at = timezone.now()
    rendering.size, rendering.pages = len(pdf.body), pdf.pages
    rendering.data = rendering.trouble = ""
    rendering.save()


def _copy(rendering: Rendering, kind: DocumentType, data: Data) -> Pdf:
    """A document without a number."""
    moment = timezone.now()
    sheet = Sheet(
        type_name=kind.name,
        label=str(kind.label),
        title=rendering.title,
        place=kind.place(rendering.subject_id).name,
        date=timezone.localdate(moment),
        language=rendering.language,
        mark=str(kind.mark),
    )
    attachment = attached_json(sheet, data, secrets.token_bytes(SALT_BYTES))
    pdf = print_paper(kind, data, sheet, attachment, moment=moment)
    keep(rendering, pdf)
    return pdf


def keep(rendering: Rendering, pdf: Pdf) -> None:
    """Store the file under the request's own random name; an unfinished one gives way."""
    _say(rendering, STORING)
    name = str(rendering.file)
    default_storage.delete(name)
    if default_storage.save(name, ContentFile(pdf.body)) != name:
        raise RenderingFailed(_("The file could not be stored under its name."))


def _lock_name(rendering_id: UUID) -> str:
    return f"documents:rendering:{rendering_id}"


def _step_key(rendering_id: UUID) -> str:
    return f"documents:step:{rendering_id}"


def _say(rendering: Rendering, step: str) -> None:
    memory.keep(_step_key(rendering.id), step, 900)


def _claim(rendering_id: UUID) -> bool:
    """Mark the request as being worked on, and count the try where everybody sees it."""
    with transaction.atomic():
        if not try_lock(_lock_name(rendering_id)):
            return False
        unfinished = Rendering.objects.filter(
            id=rendering_id, state__in=[State.WAITING, State.WORKING]
        )
        if unfinished.filter(attempts__gte=MOST_TRIES).exists():
            # Only workers that died leave such a count: do not let it take more of them down.
            _fail(rendering_id, _("The work stopped several times before it was done."))
            return False
        return bool(
            unfinished.update(
                state=State.WORKING, attempts=F("attempts") + 1, started_at=timezone.now()
            )
        )


def _fail(rendering_id: UUID, reason: str) -> None:
    Rendering.objects.filter(id=rendering_id, state=State.WORKING).update(
        state=State.FAILED, trouble=reason, finished_at=timezone.now()
    )


def _again(rendering_id: UUID) -> int | None:
    rendering = Rendering.objects.get(id=rendering_id)
    if rendering.attempts >= MOST_TRIES:
        _fail(rendering_id, _("Something in our machinery went wrong. Nothing of yours is lost."))
        return None
    wait = WAITS[rendering.attempts - 1]
    Rendering.objects.filter(id=rendering_id, state=State.WORKING).update(
        state=State.WAITING, queued_at=timezone.now() + dt.timedelta(seconds=wait)
    )
    return wait
