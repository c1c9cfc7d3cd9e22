"""Addresses of documents: progress and file for members, verification for anyone."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from commissioning.documents import verify, views


class NumberConverter(StringConverter):
    """A document's number, as printed."""

    regex = r"[A-Z]{2,6}-[0-9]{4}-[0-9]{3,8}"


register_converter(NumberConverter, "document_number")

app_name = "documents"
urlpatterns = [
    path("documents/<uuid:rendering_id>/", views.rendering, name="rendering"),
    path("documents/<uuid:rendering_id>/again/", views.again, name="again"),
    path("documents/<uuid:rendering_id>/file/", views.rendering_file, name="rendering_file"),
    path("verify/", verify.check, name="verify"),
    path("verify/key", verify.key, name="key"),
    path("verify/manifest.jsonl", verify.manifest, name="manifest"),
    path("verify/<document_number:number>", verify.issued, name="issued"),
    path("verify/<document_number:number>/<int:version>.pdf", verify.file, name="issued_file"),
]
