"""One bare view beside the application's pages: a single INSERT, with nothing around it."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def insert(_request: HttpRequest) -> HttpResponse:
    """One row, one statement."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench.bare (words) VALUES ('a vote')")
    return HttpResponse(b"in", headers={"Content-Length": "2"})


urlpatterns = [path("bare/", insert), path("", include("commissioning.urls"))]
