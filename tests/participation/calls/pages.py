"""What the tests of pages share: addresses, the words of a page, many submissions."""

import re
import uuid
from decimal import Decimal
from html import unescape

from django.http import FileResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from participation.calls.clock import database_now
from participation.calls.models import (
    Call,
    Expression,
    Submission,
)
from places.directory.models import Organisation

SCRIPT = "<script>alert('canary')</script>"


def page(call: Call, name: str = "call", *more: object) -> str:
    """An address of the call."""
    return reverse(f"calls:{name}", args=[call.programme.slug, call.pk, *more])


def ours(expression: Expression, name: str = "expression", *more: object) -> str:
    """An address of an expression, for its applicant."""
    return reverse(f"calls:{name}", args=[expression.pk, *more])


def fetched(browser: Client, address: str) -> tuple[int, bytes]:
    """Status and content of a file, read to its end."""
    response = browser.get(address)
    assert isinstance(response, FileResponse)
    content = response.getvalue()
    return response.status_code, content


def text(response: object) -> str:
    """What the page says, without markup."""
    body = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def when(name: str, moment: object) -> dict[str, object]:
    from django.utils import timezone

    local = timezone.localtime(moment)  # type: ignore[arg-type]
    return {
        f"{name}-day": local.day,
        f"{name}-month": local.month,
        f"{name}-year": local.year,
        f"{name}-time": f"{local:%H:%M}",
    }


def exported(browser: Client, call: Call) -> str:
    """The list as CSV."""
    response = browser.get(page(call, "export"))
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue().decode()


def many(call: Call, count: int) -> None:
    """Submissions of as many organisations, written straight into the tables."""
    officer = call.made_by
    for number in range(1, count + 1):
        group = Organisation.objects.create(
            slug=f"group-{number}", name=f"Group {number}", kind=Organisation.Kind.COMMUNITY_GROUP
        )
        expression = Expression.objects.create(
            call=call, organisation=group, number=number, started_by=officer, only_one=True
        )
        submission = Submission.objects.create(
            expression=expression,
            number=1,
            by=officer,
            op=uuid.uuid4(),
            at=database_now(),
            title=f"Project {number}",
            summary="Something good.",
            asked=Decimal(1000 + number),
            content={"documents": []},
            digest="0" * 64,
        )
        expression.standing, expression.state = submission, "submitted"
        expression.save()
