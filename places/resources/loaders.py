"""The ways to reach a resource: each asks who is asking, and gives one and the same 404 for what is
not there and what is not theirs."""

from uuid import UUID

from django.http import Http404

from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, may_see
from places.directory.models import Place
from places.resources.models import Merge, OutcomeLink, Resource
from places.resources.rules import may_edit, may_link, may_look_after, may_read


def resource_or_404(user: Person, place: Place, resource_id: UUID) -> Resource:
    """A resource of the place that the person may read."""
    resource = (
        Resource.objects.filter(place=place, pk=resource_id)
        .select_related("place", "organisation", "area", "programme", "merged_into")
        .first()
    )
    if resource is None or not may_read(user, resource):
        raise Http404
    return resource


def own_resource_or_404(user: Person, place: Place, resource_id: UUID) -> Resource:
    """A resource that the person looks after: for others its pages of changes do not exist."""
    resource = resource_or_404(user, place, resource_id)
    if not may_edit(user, resource):
        raise Http404
    return resource


def link_or_404(user: Person, resource: Resource, link_id: UUID) -> OutcomeLink:
    """A link of the resource to an outcome, for those who look after such links."""
    link = (
        resource.links.filter(pk=link_id).select_related("outcome__programme", "resource").first()
    )
    if link is None or not may_link(user, resource, link.outcome.programme):
        raise Http404
    return link


def merge_or_404(user: Person, place: Place, merge_id: UUID) -> Merge:
    """A merge of two resources of the place, for those who look after them."""
    done = (
        Merge.objects.filter(pk=merge_id, kept__place=place)
        .select_related("kept__place", "merged")
        .first()
    )
    if done is None or not may_look_after(user, place):
        raise Http404
    return done


def asked_programme(user: Person, place: Place, slug: str) -> Programme | None:
    """The programme of the place that the address names, where the person may see it."""
    programme = (
        Programme.objects.select_related("place", "led_by", "gate_lift")
        .filter(slug=slug, place=place)
        .first()
        if slug
        else None
    )
    return programme if programme and may_see(user, programme) else None
