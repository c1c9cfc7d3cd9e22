"""Public verification: is this exact file one that was issued? What does this number stand for?

A number never yields "genuine": anybody can print one. Only a file can be recognised.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    condition,
    require_http_methods,
    require_safe,
)
from redis.exceptions import RedisError

from commissioning.documents import chain
from commissioning.documents import manifest as record
from commissioning.documents.forms import FileForm, NumberForm
from commissioning.documents.hashing import HashingUploadHandler
from commissioning.documents.loaders import version_or_404, versions_of
from commissioning.documents.models import IssuedDocument
from commissioning.documents.paper import groups
from commissioning.documents.rules import may_read
from commissioning.ground.answers import Invalid
from commissioning.ground.digests import sha256_hex
from commissioning.ground.uploads import FileKind, send_file

UPLOADS_A_MINUTE: Final = 60  # from one address: a hall of people behind one is let through


# Asking changes nothing, so there is nothing to forge, and without the check
# `curl -F file=@record.pdf` works for anyone.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The verify page: a file by post, a number by query."""
    if request.method == "POST":
        return _check_file(request)
    if "number" not in request.GET:
        return _page(request)
    form = NumberForm(request.GET)
    if not form.is_valid():
        return _page(request, number_form=form, status=422)
    number = form.cleaned_data["number"]
    if not IssuedDocument.objects.filter(number=number).exists():
        form.add_error("number", _unknown(number))
        return _page(request, number_form=form, status=404)
    return redirect("documents:issued", number=number)


@require_safe
def issued(request: HttpRequest, number: str) -> HttpResponse:
    """What this number stands for, to be compared with a paper."""
    versions = versions_of(number)
    if not versions:
        form = NumberForm({"number": number})
        form.add_error("number", _unknown(number))
        return _page(request, number_form=form, status=404)
    newest = versions[0]
    readable = bool(may_read(request.user, newest))
    context = {
        "number": number,
        "newest": newest,
        "versions": versions,
        "readable": readable,
        "others": [] if readable else _readable_about(request, newest),
        "content_groups": groups(newest.content_sha256),
    }
    return render(request, "documents/issued.html", context)


def _readable_about(request: HttpRequest, newest: IssuedDocument) -> list[IssuedDocument]:
    """Of what was issued about the same, what this reader may open: a public edition, or a version
    from before words were left out."""
    about = IssuedDocument.objects.filter(subject_id=newest.subject_id)
    found = about.order_by("-issued_on", "number", "-version")
    return [one for one in found if may_read(request.user, one)]


@require_safe
def file(request: HttpRequest, number: str, version: int) -> FileResponse:
    """The authoritative file, compared with its seal before it leaves the house."""
    return sealed_file(version_or_404(request.user, number, version))


def sealed_file(found: IssuedDocument) -> FileResponse:
    """The file of a version whose reader was let in, compared with its seal first."""
    with default_storage.open(str(found.file), "rb") as stored:
        if sha256_hex(stored.read()) != found.file_sha256:
            raise Invalid(
                _("The stored file no longer matches its seal, so we do not hand it out. ")
                + _("Please tell the place that issued it.")
            )
    response = send_file(
        default_storage.open(str(found.file), "rb"),
        name=f"{found.number}-v{found.version}.pdf",
        kind=FileKind.PDF,
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _head_etag(_request: HttpRequest) -> str | None:
    line = record.head()
    return f'"{line.digest}"' if line else None


@require_safe
@condition(etag_func=_head_etag)
def manifest(request: HttpRequest) -> HttpResponseBase:
    """The signed list of everything issued, as JSON lines, streamed."""
    lines: Iterator[str] = iter(()) if request.method == "HEAD" else record.lines()
    response = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="manifest.jsonl"'
    return response


@require_safe
@never_cache
def key(request: HttpRequest) -> HttpResponse:
    """The public key in force, as PEM. Earlier keys stand in the manifest."""
    raw = record.current_key()
    if raw is None:
        sentence = _("No document has been issued here yet, so there is no key yet.\n")
        return HttpResponse(sentence, status=404, content_type="text/plain; charset=utf-8")
    return HttpResponse(chain.pem(raw), content_type="text/plain; charset=utf-8")


def _check_file(request: HttpRequest) -> HttpResponse:
    if _too_many(request):
        form = FileForm()
        sentence = _("Many files came from your address just now. Wait a minute and try again.")
        return _page(request, file_form=form, trouble=sentence, status=429)
    handler = HashingUploadHandler(request)
    request.upload_handlers = [handler]
    form = FileForm(request.POST, request.FILES)
    if handler.too_big:
        form.errors.clear()
        form.add_error(
            "file",
            _("That file is larger than 20 MB. Nothing that we issue is as large, ")
            + _("so it is not one of our documents."),
        )
    if not form.is_valid():
        return _page(request, file_form=form, status=422)
    digest = form.cleaned_data["file"].sha256
    found = (
        IssuedDocument.objects.filter(file_sha256=digest).select_related("superseded_by").first()
    )
    newest = found
    if found is not None and not found.is_current:
        newest = versions_of(found.number)[0]
    return render(
        request,
        "documents/checked.html",
        {"found": found, "newest": newest, "digest": groups(digest)},
    )


def _page(
    request: HttpRequest,
    *,
    file_form: FileForm | None = None,
    number_form: NumberForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    raw = record.current_key()
    context: dict[str, Any] = {
        "file_form": file_form or FileForm(),
        "number_form": number_form or NumberForm(),
        "trouble": trouble,
        "fingerprint": groups(chain.fingerprint(raw)) if raw else None,
        "site_url": settings.SITE_URL,
    }
    return render(request, "documents/verify.html", context, status=status)


def _unknown(number: str) -> str:
    return _(
        "No document with the number %(number)s was issued here. Check the number; if it is "
        "right, the paper is not one of ours."
    ) % {"number": number}


def _too_many(request: HttpRequest) -> bool:
    """Whether this address has sent more files in a minute than people do."""
    counter = f"documents:verify:{request.META.get('REMOTE_ADDR', '')}"
    with suppress(RedisError):
        cache.add(counter, 0, timeout=60)
        with suppress(ValueError):  # it ran out between the two calls
            return cache.incr(counter) > UPLOADS_A_MINUTE
    return False
