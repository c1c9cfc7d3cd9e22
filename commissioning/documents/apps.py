from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """PDF rendering, issued documents, public verification."""

    name = "commissioning.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
