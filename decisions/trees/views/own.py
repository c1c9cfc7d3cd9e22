"""Trees to read, and the place's own: its rules sheet, its tree files, what changed in them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commissioning.design.keeping import keep
from commissioning.design.pages import Crumbs, confirm_page, form_methods, kept_page
from commissioning.ground.answers import Text, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.forms import bodies_that_buy
from decisions.trees import rules, versions
from decisions.trees.engine import shipped_trees
from decisions.trees.engine.diff import differences, marked_in_picture
from decisions.trees.engine.picture import outline, picture
from decisions.trees.forms.own import PublishForm, SheetForm, WithdrawForm
from decisions.trees.loaders import (
    money_programme_or_404,
    run_programme_or_404,
    shipped_tree_or_404,
    version_or_404,
)
from decisions.trees.models import RulesSheet, TreeVersion
from decisions.trees.pinned import tree_of
from places.directory.models import Organisation
from places.directory.signed_in import signed_in


def _crumbs(programme: Programme, *more: tuple[Text, str]) -> Crumbs:
    return [
        (programme.title, programme.get_absolute_url()),
        (_("Trees and rules"), reverse("trees:trees", args=[programme.slug])),
        *more,
    ]


@require_safe
def trees(request: HttpRequest, slug: str) -> HttpResponse:
    """Every tree that can be walked here, and the place's own rules."""
    programme = money_programme_or_404(request.user, slug)
    own = TreeVersion.objects.filter(place=programme.place).defer("text")
    context = {
        "programme": programme,
        "shipped": shipped_trees().values(),
        "own": own,
        "sheet": RulesSheet.objects.filter(place=programme.place).first(),
        "keeps": bool(rules.may_keep_rules(request.user, programme)),
        "crumbs": [*_crumbs(programme)[:-1], (_("Trees and rules"), "")],
    }
    return render(request, "decisions/trees/trees.html", context)


@require_safe
def tree(request: HttpRequest, slug: str, tree: str) -> HttpResponse:
    """A tree that ships: its picture, the same as a list, its law with sources and dates."""
    programme = money_programme_or_404(request.user, slug)
    found = shipped_tree_or_404(tree)
    context = {
        "programme": programme,
        "tree": found,
        "picture": picture(found),
        "outline": outline(found),
        "crumbs": _crumbs(programme, (found.title, "")),
    }
    return render(request, "decisions/trees/tree.html", context)


@require_safe
def version(request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
    """A version that the place published: what it is, and what changed from the one before."""
    programme = money_programme_or_404(request.user, slug)
    found = version_or_404(programme, version_id)
    read = tree_of(found)
    before = (
        TreeVersion.objects.filter(
            place=programme.place, tree_id=found.tree_id, version__lt=found.version
        )
        .order_by("-version")
        .first()
    )
    old = tree_of(before) if before else None
    found_different = differences(old, read) if old else ()
    context = {
        "programme": programme,
        "version": found,
        "tree": read,
        "picture": picture(read),
        "outline": outline(read),
        "before": before,
        "old_picture": picture(old) if old else None,
        "differences": found_different,
        "marked": marked_in_picture(found_different),
        "keeps": bool(rules.may_keep_rules(request.user, programme)),
        "crumbs": _crumbs(programme, (str(found), "")),
    }
    return render(request, "decisions/trees/tree.html", context)


@login_required
@form_methods
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the place's own tree; a file with flaws is refused with every one of them."""
    user = signed_in(request)
    programme = run_programme_or_404(user, slug)
    require(rules.may_keep_rules(user, programme))
    form = PublishForm(request.POST or None, request.FILES or None)
    flaws: list[str] = []
    made: list[TreeVersion] = []
    if form.is_valid():
        data = form.cleaned_data
        try:
            if attempt(
                form,
                lambda: made.append(
                    versions.publish_tree(user, programme, data["file"], data["what_changed"])
                ),
            ):
                messages.success(request, _("Published. Walks can begin with it."))
                return redirect(reverse("trees:version", args=[programme.slug, made[0].pk]))
        except versions.NoTree as error:
            flaws = error.flaws
            form.add_error("file", _("Nothing was published: the file has the flaws below."))
    context = {
        "programme": programme,
        "form": form,
        "flaws": flaws[:200],
        "crumbs": _crumbs(programme, (_("Publish a tree"), "")),
    }
    return render(request, "decisions/trees/publish.html", context, status=form_status(form))


@login_required
@form_methods
def withdraw(request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
    """Say what withdrawing means, and do it."""
    user = signed_in(request)
    programme = run_programme_or_404(user, slug)
    found = version_or_404(programme, version_id)
    require(rules.may_keep_rules(user, programme))
    form = WithdrawForm(request.POST or None)
    here = reverse("trees:version", args=[programme.slug, found.pk])
    if form.is_valid() and attempt(
        form,
        lambda: versions.withdraw_tree(user, programme, found, form.cleaned_data["reason"]),
    ):
        messages.success(request, _("Withdrawn. Walks that began with it say so."))
        return redirect(here)
    return confirm_page(
        request,
        heading=_("Withdraw “%s”?") % found,
        consequences=[
            _("Nobody begins a walk with it any more."),
            _("Walks that began with it can go on; each says that it was withdrawn, and why."),
            _("It cannot be brought back; a new version can be published."),
        ],
        action=_("Withdraw it"),
        back=here,
        form=form,
    )


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The place's own rules, in every version."""
    programme = money_programme_or_404(request.user, slug)
    found = list(RulesSheet.objects.filter(place=programme.place).select_related("by"))
    context = {
        "programme": programme,
        "sheets": found,
        "sheet": found[0] if found else None,
        "keeps": bool(rules.may_keep_rules(request.user, programme)),
        "crumbs": _crumbs(programme, (_("Rules sheet"), "")),
    }
    return render(request, "decisions/trees/sheet.html", context)


def _body_of(programme: Programme, wanted: str | None) -> Organisation | None:
    """Whose sheet is written: who leads, if nobody says; None where another is yet to be chosen."""
    if wanted is None:
        return programme.led_by
    return bodies_that_buy(programme).filter(slug=wanted).first()


@login_required
@form_methods
def write_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """A new version of the rules sheet."""
    user = signed_in(request)
    programme = run_programme_or_404(user, slug)
    body = _body_of(programme, request.GET.get("body"))
    kept = keep(
        request,
        rules.may_keep_rules(user, programme),
        lambda: SheetForm(programme, body, _newest(programme, body), request.POST or None),
        lambda form: _save_sheet(user, programme, body, form),
    )
    sheet = reverse("trees:sheet", args=[programme.slug])
    heading = _("The own rules of %s") % body.name if body else _("A body's own rules")
    crumbs = _crumbs(programme, (_("Rules sheet"), sheet), (_("Write"), ""))
    if kept.saved:
        return redirect(sheet)
    return kept_page(
        request,
        kept,
        heading=heading,
        back=sheet,
        lead=_(
            "Asked once, dated, and cited in walks of what this body buys or gives. They bind it "
            "and no other body; they are no law."
        ),
        button=_("Save as a new version"),
        crumbs=crumbs,
    )


def _newest(programme: Programme, body: Organisation | None) -> RulesSheet | None:
    return versions.sheets_of(programme.place, body).first() if body else None


def _save_sheet(
    user: User, programme: Programme, body: Organisation | None, form: SheetForm
) -> RulesSheet:
    said = form.cleaned_data
    return versions.write_sheet(
        user,
        programme,
        said["dated"],
        form.content(),
        said["what_changed"],
        said["body"],
        # Another body may be chosen on the page: then it was made from none of its versions.
        on=form.on if said["body"] == body else None,
    )
