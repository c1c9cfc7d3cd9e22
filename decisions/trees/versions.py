"""The write door of the place's own rules: its sheet, and the trees that it publishes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from commissioning.design.revisions import Overtaken
from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.trees import rules
from decisions.trees.clock import database_now
from decisions.trees.engine import PlaceRules, Tree, TreeError, load_tree, shipped_trees
from decisions.trees.engine.validate import flaws_of, validate
from decisions.trees.models import RulesSheet, TreeVersion
from decisions.trees.pinned import digest_of, pinned_text, shipped_text
from decisions.trees.whose import of_body
from places.directory.models import Organisation, Place


class NoTree(Exception):
    """The file is no tree that may be relied on. ``flaws``: each with where, and what."""

    def __init__(self, flaws: list[str]) -> None:
        super().__init__("; ".join(flaws))
        self.flaws = flaws


def sheet_in_force(question: Question, day: date) -> RulesSheet | None:
    """The rules of the body that buys or gives, for what begins on that day."""
    sheets = RulesSheet.objects.filter(of_body(question), dated__lte=day)
    return sheets.filter(place=question.programme.place).select_related("place").first()


def sheets_of(place: Place, body: Organisation) -> QuerySet[RulesSheet]:
    """Every version of a body's rules in a place, the newest first."""
    return RulesSheet.objects.filter(place=place, content__body=str(body.pk))


@transaction.atomic
def write_sheet(
    user: User,
    programme: Programme,
    dated: date,
    content: dict[str, Any],
    what_changed: str,
    body: Organisation | None = None,
    on: int | None = None,
) -> RulesSheet:
    """A new version of a body's rules; those before it stay for the walks that cite them.

    ``body`` None: of the body that leads the programme. ``on``: the version that the form behind
    it was made from (0 for none); raises :class:`Overtaken` where there is a newer one.
    """
    require(rules.may_keep_rules(user, programme))
    place, body = programme.place, body or programme.led_by
    content = content | {"body": str(body.pk), "body_name": body.name}
    lock(f"rules-sheet:{place.pk}")
    newest = sheets_of(place, body).first()
    if on is not None and on != (newest.version if newest else 0):
        raise Overtaken
    try:
        PlaceRules.from_mapping(content | {"place": place.name, "dated": dated.isoformat()})
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        raise Invalid(_("These rules cannot be read: look at the sums again.")) from error
    versions = RulesSheet.objects.filter(place=place)
    last: int | None = versions.aggregate(last=Max("version"))["last"]
    sheet = RulesSheet.objects.create(
        place=place,
        version=(last or 0) + 1,
        dated=dated,
        content=content,
        what_changed=what_changed,
        by=user,
    )
    record(programme, user, f"wrote version {sheet.version} of the rules sheet of {body.name}")
    return sheet


def trees_to_begin(place: Place) -> QuerySet[TreeVersion]:
    """The newest version of each tree that the place published, unless it was withdrawn."""
    newest = (
        TreeVersion.objects.filter(place=place)
        .values("tree_id")
        .annotate(newest=Max("version"))
        .values_list("tree_id", "newest")
    )
    wanted = Q(pk__in=[])
    for tree_id, version in newest:
        wanted |= Q(tree_id=tree_id, version=version)
    return TreeVersion.objects.filter(wanted, place=place, withdrawn_at__isnull=True)


def version_to_begin(place: Place, tree: str) -> TreeVersion:
    """The version that a walk begins with: a tree that ships by its id, or a version of a place."""
    shipped = shipped_trees()
    if tree in shipped:
        if shipped[tree].kind != "tree":
            raise Invalid(
                _("There is no reviewed tree for %s yet, so nothing is ranked there.")
                % shipped[tree].jurisdiction,
                "tree",
            )
        return _keep_shipped(tree, shipped[tree])
    wanted = _uuid(tree)
    version = TreeVersion.objects.filter(place=place, pk=wanted).first() if wanted else None
    if version is None or version.withdrawn_at is not None:
        raise Invalid(_("That tree was withdrawn. Choose another."), "tree")
    return version


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _keep_shipped(tree_id: str, tree: Tree) -> TreeVersion:
    text = shipped_text(tree_id)
    digest = digest_of(text)
    lock(f"shipped-tree:{tree_id}")
    kept = TreeVersion.objects.filter(place__isnull=True, tree_id=tree_id)
    found = kept.filter(digest=digest).first()
    if found is not None:
        return found
    last: int | None = kept.aggregate(last=Max("version"))["last"]
    return TreeVersion.objects.create(
        tree_id=tree_id,
        version=(last or 0) + 1,
        title=tree.title,
        jurisdiction=tree.jurisdiction,
        digest=digest,
        text=text,
    )


def read_own_tree(text: str) -> tuple[str, Tree]:
    """A place's own file, whole and checked. Raises :class:`NoTree` with every flaw."""
    try:
        whole = pinned_text(text)
        tree = load_tree(whole)
    except TreeError as error:
        raise NoTree([str(flaw) for flaw in flaws_of(error)]) from error
    flaws = validate(tree)
    if flaws:
        raise NoTree([str(flaw) for flaw in flaws])
    if tree.kind != "tree":
        raise NoTree([_("kind: a place publishes trees that rank; this one is a signpost.")])
    return whole, tree


@transaction.atomic
def publish_tree(user: User, programme: Programme, text: str, what_changed: str) -> TreeVersion:
    """Publish the place's own tree, or a new version of it. Raises :class:`NoTree`."""
    require(rules.may_keep_rules(user, programme))
    whole, tree = read_own_tree(text)
    if tree.id in shipped_trees():
        raise Invalid(_("A tree that ships has the id “%s”: give yours its own.") % tree.id)
    place = programme.place
    lock(f"own-tree:{place.pk}:{tree.id}")
    kept = TreeVersion.objects.filter(place=place, tree_id=tree.id)
    digest = digest_of(whole)
    if same := kept.filter(digest=digest).first():
        raise Invalid(_("That is version %d, unchanged.") % same.version)
    last: int | None = kept.aggregate(last=Max("version"))["last"]
    if last and not what_changed.strip():
        raise Invalid(_("Say what changed, and why."), "what_changed")
    version = TreeVersion.objects.create(
        place=place,
        tree_id=tree.id,
        version=(last or 0) + 1,
        title=tree.title[:200],
        jurisdiction=tree.jurisdiction[:80],
        digest=digest,
        text=whole,
        what_changed=what_changed,
        by=user,
    )
    record(
        programme,
        user,
        f"published version {version.version} of the tree “{version.title}”",
        reason=what_changed,
    )
    return version


@transaction.atomic
def withdraw_tree(
    user: User, programme: Programme, version: TreeVersion, reason: str
) -> TreeVersion:
    """Nobody begins with it any more; walks that began with it go on, and say so."""
    require(rules.may_keep_rules(user, programme))
    version = TreeVersion.objects.select_for_update().get(pk=version.pk)
    if version.place_id != programme.place_id:
        raise Invalid(_("Only trees of this place are withdrawn here."))
    if version.withdrawn_at is not None:
        return version
    if not reason.strip():
        raise Invalid(_("Say why: it is shown on every walk that began with it."), "reason")
    version.withdrawn_at, version.withdrawn_by = database_now(), user
    version.withdrawn_reason = reason
    version.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(
        programme,
        user,
        f"withdrew version {version.version} of the tree “{version.title}”",
        reason=reason,
    )
    return version
