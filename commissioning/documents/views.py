"""A document on its way: what is happening with it, another try, and the file."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from commissioning.documents import actions, making
from commissioning.documents.loaders import rendering_or_404
from commissioning.documents.models import Rendering
from commissioning.documents.types import document_types
from commissioning.ground.uploads import FileKind, send_file
from commissioning.people.models import User

State = Rendering.State


@require_safe
@never_cache
@login_required
def rendering(request: HttpRequest, rendering_id: UUID) -> HttpResponse:
    """Where the document stands. htmx asks every two seconds; without it the page refreshes."""
    found = rendering_or_404(request.user, rendering_id)
    done, words = _progress(found)
    context = {
        "rendering": found,
        "label": document_types[found.type_name].label,
        "back": _page_of(found),
        "done": done,
        "words": words,
        "issued": getattr(found, "issued", None),
    }
    fragment = request.headers.get("HX-Request") == "true"
    return render(
        request, "documents/progress.html" if fragment else "documents/rendering.html", context
    )


def _page_of(found: Rendering) -> str:
    page = document_types[found.type_name].page
    return page(found.subject_id) if page else ""


@require_POST
@login_required
def again(request: HttpRequest, rendering_id: UUID) -> HttpResponse:
    """Another try for a document that could not be made."""
    found = rendering_or_404(request.user, rendering_id)
    actions.try_again(cast(User, request.user), found)  # the loader let them in
    return redirect(found)


@require_safe
@login_required
def rendering_file(request: HttpRequest, rendering_id: UUID) -> FileResponse:
    """The file, once it is made; the rule is asked on every request."""
    found = rendering_or_404(request.user, rendering_id)
    if found.state != State.DONE:
        raise Http404
    issued = getattr(found, "issued", None)
    name = f"{issued.number}-v{issued.version}" if issued else slugify(found.title)[:80]
    return send_file(found.file.open("rb"), name=f"{name or 'document'}.pdf", kind=FileKind.PDF)


def _progress(found: Rendering) -> tuple[int, str]:
    """How many of three steps are behind it, and what is happening now."""
    if found.state == State.WORKING:
        if making.step_of(found) == making.STORING:
            return 2, _("The pages are laid out. We are putting the document away.")
        return 1, _("We are laying out the pages.")
    if found.attempts:
        return 0, _("It did not work at once. We try again by ourselves, in a minute or two.")
    ahead = _ahead(found)
    if not ahead:
        return 0, _("Your document is next.")
    return 0, ngettext(
        "Your document is waiting: %(ahead)d is made before it.",
        "Your document is waiting: %(ahead)d are made before it.",
        ahead,
    ) % {"ahead": ahead}


def _ahead(found: Rendering) -> int:
    """How many documents the workers will finish before they take this one."""
    earlier = Q(state=State.WAITING, queued_at__lt=found.queued_at)
    return Rendering.objects.filter(earlier | Q(state=State.WORKING)).count()
