"""What the worker does for documents: render, issue, sweep."""

from celery import shared_task


@shared_task(name="documents.render")
def render_document(rendering_id: str) -> None:
    """Make one document; harmless when run twice."""
    from commissioning.documents.making import make

    make(rendering_id)
