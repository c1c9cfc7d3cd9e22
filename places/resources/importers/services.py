"""Open Referral UK 3.0: services become resources, organisations go to the directory."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Text
from places.directory.identifiers import BadIdentifierError, tidied
from places.directory.models import Identifier, Organisation
from places.directory.names import free_slug, sort_key
from places.imports.formats.keys import digest_of
from places.imports.formats.rows import AnyRow, Item, OrganisationRow, ServicePlace, ServiceRow
from places.imports.importers import Saved
from places.imports.models import Import
from places.resources.actions.common import locate
from places.resources.importers.common import (
    about_of,
    email_address,
    known_keys,
    resources_url,
    short,
    undo_resources,
    web_address,
)
from places.resources.models import (
    BroughtOrganisation,
    Kind,
    Resource,
    Source,
    State,
    Where,
)

_CHARITIES = {"GB-CHC", "GB-SC", "GB-NIC"}


class ServiceImporter:
    """Saves services and the organisations that give them."""

    name = "open-referral-uk"
    label: Text = gettext_lazy("Services and organisations (Open Referral UK)")
    needs_open_gate = False

    def save(self, batch: Sequence[Item[AnyRow]], to: Import) -> Saved:
        """Write a batch: organisations first, so that their services find them."""
        known = _Organisations(to)
        there = known_keys(to, [item.key for item in batch])
        imported = sum(
            known.bring(item.value, item.key)
            for item in batch
            if isinstance(item.value, OrganisationRow)
        )
        new: list[Resource] = []
        for item in batch:
            if isinstance(item.value, ServiceRow) and item.key not in there:
                there.add(item.key)
                new.append(_service(item.value, item.key, to, known))
        locate(to.place, new)
        Resource.objects.bulk_create(new, batch_size=2000)
        imported += len(new)
        return Saved(imported=imported, already_there=len(batch) - imported)

    def finish(self, to: Import) -> Sequence[str]:
        """Say how many organisations were put in the directory."""
        new = BroughtOrganisation.objects.filter(brought_in=to, is_new=True).count()
        if not new:
            return ()
        said = ngettext(
            "%d organisation was put in the directory.",
            "%d organisations were put in the directory.",
            new,
        )
        return (said % new,)

    def undo(self, of: Import) -> int:
        """Take the services away, and the organisations that nobody has taken up since."""
        number = undo_resources(of)
        for brought in BroughtOrganisation.objects.filter(brought_in=of, is_new=True):
            number += _removed(brought.organisation_id)
        BroughtOrganisation.objects.filter(brought_in=of).delete()
        return number

    def result_url(self, of: Import) -> str:
        """The map and the list."""
        return resources_url(of)


def _removed(organisation_id: UUID) -> int:
    """1 where nobody acts for it and nothing refers to it, so that it could go."""
    organisation = Organisation.objects.filter(
        pk=organisation_id, members__isnull=True, resources__isnull=True
    ).first()
    if organisation is None:
        return 0
    try:
        with transaction.atomic():
            organisation.delete()
    except (ProtectedError, RestrictedError):
        return 0
    return 1


class _Organisations:
    """The organisations of one file, found in the directory or put there, each once."""

    def __init__(self, to: Import) -> None:
        self.to = to
        brought = BroughtOrganisation.objects.filter(place=to.place).select_related("organisation")
        self.by_key = {row.import_key: row.organisation for row in brought}

    def bring(self, row: OrganisationRow, key: UUID) -> int:
        """1 where the place did not know it yet."""
        if key in self.by_key:
            return 0
        found = self._in_directory(row)
        organisation = found or self._put_in(row)
        BroughtOrganisation.objects.create(
            brought_in=self.to,
            place=self.to.place,
            import_key=key,
            organisation=organisation,
            is_new=found is None,
        )
        self.by_key[key] = organisation
        return 1

    def of(self, row: OrganisationRow | None) -> Organisation | None:
        """The organisation that a service names."""
        if row is None or not row.name:
            return None
        key = digest_of("organisation", row.identifier)
        self.bring(row, key)
        return self.by_key[key]

    def _in_directory(self, row: OrganisationRow) -> Organisation | None:
        """By a registered number, or by exactly its name in this place. Never by likeness."""
        for scheme, value in _numbers(row):
            numbered = Organisation.objects.filter(
                identifiers__scheme=scheme, identifiers__value=value
            ).first()
            if numbered:
                return numbered
        named = Organisation.objects.filter(place=self.to.place, sort_key=sort_key(row.name)[:200])
        found = list(named[:2])
        return found[0] if len(found) == 1 else None

    def _put_in(self, row: OrganisationRow) -> Organisation:
        numbers = _numbers(row)
        is_charity = any(scheme in _CHARITIES for scheme, _value in numbers)
        organisation = Organisation.objects.create(
            slug=free_slug(
                row.name, Organisation.objects.all(), longest=80, fallback="organisation"
            ),
            name=row.name[:160],
            kind=Organisation.Kind.CHARITY if is_charity else Organisation.Kind.OTHER,
            place=self.to.place,
            about=about_of(row.description),
            email=email_address(row.email),
            website=web_address(row.website)[:200],
        )
        Identifier.objects.bulk_create(
            [
                Identifier(organisation=organisation, scheme=scheme, value=value)
                for scheme, value in numbers
            ],
            ignore_conflicts=True,
        )
        return organisation


def _numbers(row: OrganisationRow) -> list[tuple[str, str]]:
    found = []
    for scheme, value in row.identifiers:
        try:
            found.append((scheme, tidied(scheme, value)))
        except BadIdentifierError:
            continue
    return found


def _service(row: ServiceRow, key: UUID, to: Import, known: _Organisations) -> Resource:
    first = next((place for place in row.places if place.point), None) or next(
        iter(row.places), None
    )
    organisation = known.of(row.organisation)
    return Resource(
        place=to.place,
        kind=Kind.SERVICES,
        what=short(row.name, 160),
        about=about_of(row.description, ", ".join(row.subjects)),
        organisation=organisation,
        when=short(row.when, 200),
        for_whom=_ages(row),
        website=web_address(row.url),
        email=email_address(row.email),
        checked_on=row.checked_on,
        state=State.PUBLISHED if row.status in ("", "active") else State.HIDDEN,
        why_hidden="" if row.status in ("", "active") else _("The file says: %s") % row.status,
        source=Source.IMPORT,
        source_words=(to.publisher or to.file_name)[:280],
        brought_in=to,
        import_key=key,
        added_by=to.by,
        **_whereabouts(first),
    )


def _whereabouts(place: ServicePlace | None) -> dict[str, object]:
    if place is None:
        return {"where": Where.EVERYWHERE}
    found: dict[str, object] = {"address": place.address[:300], "postcode": place.postcode[:12]}
    if place.point is None:
        return found | {"where": Where.UNPLACED}
    longitude, latitude = place.point.longitude, place.point.latitude
    return found | {"where": Where.POINT, "longitude": longitude, "latitude": latitude}


def _ages(row: ServiceRow) -> str:
    low, high = row.minimum_age, row.maximum_age
    if low and high:
        return _("Aged %(low)d to %(high)d") % {"low": low, "high": high}
    if low:
        return _("Aged %d and over") % low
    return _("Up to the age of %d") % high if high else ""
