"""Who gets in where in resources."""

from typing import Final

from commissioning.people.models import User
from places.resources import oruk
from places.resources.actions.keeping import save_view
from places.resources.actions.links import link_to_outcome
from places.resources.actions.merging import merge
from places.resources.actions.resources import Facts, add_resource
from places.resources.models import Kind
from tests.permissions.groups import DRAFTERS, EVERYONE, NOBODY, SIGNED_IN, Row, group
from tests.permissions.world import Cast, World

# Who runs or facilitates a programme in the place, and who looks after its page.
LOOKERS: Final = group("femi cora ada kit")
LANES_AND_LOOKERS: Final = LOOKERS | group("priya")

ROWS: Final[dict[str, Row]] = {
    "resources:check": Row(LANES_AND_LOOKERS, LANES_AND_LOOKERS),
    "resources:different": Row(NOBODY, LOOKERS),
    "resources:download": Row(EVERYONE, NOBODY),
    "resources:edit": Row(LANES_AND_LOOKERS, LANES_AND_LOOKERS),
    "resources:forget_view": Row(NOBODY, SIGNED_IN),
    "resources:gaps": Row(EVERYONE, NOBODY),
    "resources:hide": Row(LANES_AND_LOOKERS, LANES_AND_LOOKERS),
    "resources:link": Row(DRAFTERS, DRAFTERS),
    "resources:link_many": Row(DRAFTERS, DRAFTERS),
    "resources:unlink_many": Row(NOBODY, DRAFTERS),
    "resources:look_after": Row(LOOKERS, NOBODY),
    "resources:merge": Row(LOOKERS, LOOKERS),
    "resources:new": Row(SIGNED_IN, SIGNED_IN),
    "resources:oruk": Row(EVERYONE, NOBODY),
    "resources:oruk_openapi": Row(EVERYONE, NOBODY),
    "resources:oruk_organizations": Row(EVERYONE, NOBODY),
    "resources:oruk_organizations_one": Row(EVERYONE, NOBODY),
    "resources:oruk_organizations_slash": Row(EVERYONE, NOBODY),
    "resources:oruk_service_at_locations": Row(EVERYONE, NOBODY),
    "resources:oruk_service_at_locations_one": Row(NOBODY, NOBODY),
    "resources:oruk_service_at_locations_slash": Row(EVERYONE, NOBODY),
    "resources:oruk_services": Row(EVERYONE, NOBODY),
    "resources:oruk_services_one": Row(EVERYONE, NOBODY),
    "resources:oruk_services_slash": Row(EVERYONE, NOBODY),
    "resources:oruk_taxonomies": Row(EVERYONE, NOBODY),
    "resources:oruk_taxonomies_one": Row(EVERYONE, NOBODY),
    "resources:oruk_taxonomies_slash": Row(EVERYONE, NOBODY),
    "resources:oruk_taxonomy_terms": Row(EVERYONE, NOBODY),
    "resources:oruk_taxonomy_terms_one": Row(EVERYONE, NOBODY),
    "resources:oruk_taxonomy_terms_slash": Row(EVERYONE, NOBODY),
    "resources:place": Row(EVERYONE, NOBODY),
    "resources:points": Row(EVERYONE, NOBODY),
    "resources:print_review": Row(NOBODY, DRAFTERS),
    "resources:programme": Row(EVERYONE, NOBODY),
    "resources:publish": Row(NOBODY, LOOKERS),
    "resources:resource": Row(EVERYONE, NOBODY),
    "resources:review": Row(EVERYONE, NOBODY),
    "resources:save_view": Row(NOBODY, SIGNED_IN),
    "resources:undo_merge": Row(LOOKERS, LOOKERS),
    "resources:unlink": Row(DRAFTERS, DRAFTERS),
}
OF_A_PROGRAMME: Final = (
    *("programme", "gaps", "review", "print_review"),
    *("link_many", "unlink_many"),
)


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
    ada: User = cast.ada
    place, programme = cast.programme.place, cast.programme
    outcome = programme.outcomes.first()
    assert outcome is not None
    hall, other, twin = (
        add_resource(
            ada, place, Facts(kind=Kind.BUILDINGS, what=what, organisation=cast.lanes), programme
        )
        for what in ("The hall", "The other hall", "Its twin")
    )
    link = link_to_outcome(ada, hall, outcome, "A place to eat", "seen", "Priya")
    done = merge(ada, other, twin)
    view = save_view(ada, place, "Halls", "kind=buildings")
    names = [name.partition(":")[2] for name in ROWS]
    for name in names:
        of = programme.slug if name in OF_A_PROGRAMME else place.slug
        world.give(f"resources:{name}", slug=of)
    world.give("resources:download", kind="csv")
    ids = {
        "organizations": cast.lanes.pk,
        "services": hall.pk,
        "service_at_locations": hall.pk,
        "taxonomies": oruk.TAXONOMY_ID,
        "taxonomy_terms": next(iter(oruk.TERM_IDS)),
    }
    for name, key in ids.items():
        world.give(f"resources:oruk_{name}_one", id=str(key))
    world.by_room["resources"] = {
        "resource_id": hall.pk,
        "other_id": other.pk,
        "link_id": link.pk,
        "merge_id": done.pk,
        "view_id": view.pk,
        "programme_slug": programme.slug,
    }
