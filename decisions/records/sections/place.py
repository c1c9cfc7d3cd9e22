"""What the programme says: the vision, what was fixed and open, who is in, the money gate."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.ground.money import money_text
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.gate_words import gate_in_words
from commissioning.programmes.level_field import entries_together
from commissioning.programmes.models import Given, Programme
from commissioning.programmes.rules import money_gate
from commissioning.programmes.voices import voices_of
from decisions.questions.models import Question
from decisions.records import blocks
from decisions.records.blocks import Block, Section


def question(asked: Question) -> Section | None:
    """What was to be decided."""
    return blocks.section(
        "question",
        _("What was to be decided"),
        blocks.text(asked.what),
        blocks.facts(
            [
                (_("For whom"), asked.for_whom),
                (_("Towards"), "; ".join(one.title for one in asked.outcomes.all())),
                (_("Where"), ", ".join(area.name for area in asked.areas.all())),
                (_("Who buys or gives"), asked.who_buys.name),
                (_("What it is worth, as estimated"), worth(asked)),
                (_("For how long"), how_long(asked)),
                (_("The present arrangement ends"), day(asked.present_ends_on)),
                (_("The procurement or award begins"), day(asked.begins_on)),
            ]
        ),
    )


def worth(asked: Question) -> str:
    """The estimated value: what is first agreed, and what thresholds are compared with."""
    if asked.net_value is None or not money_gate(asked.programme):
        return ""
    net, whole = money_text(asked.net_value), asked.estimated_value
    if whole is None or whole == asked.net_value:
        return _("%s. No VAT, option or extension comes on top") % net
    return _("%(net)s without VAT, options and extensions; %(whole)s with all of them") % {
        "net": net,
        "whole": money_text(whole),
    }


def how_long(asked: Question) -> str:
    """The length of the arrangement, with what it may be extended by."""
    if asked.length_months is None:
        return ""
    first = _months(asked.length_months)
    if not asked.extension_months:
        return first
    more = _months(asked.extension_months)
    return _("%(first)s, and up to %(more)s more") % {"first": first, "more": more}


def _months(number: int) -> str:
    return ngettext("%d month", "%d months", number) % number


def vision(programme: Programme) -> Section | None:
    """The vision that counts, its outcomes, who agreed it and who stands behind it."""
    agreed = agreed_vision(programme)
    if agreed is None:
        return blocks.section(
            "vision", _("The vision"), blocks.note(_("No vision has been agreed."))
        )
    voices = voices_of(programme, AnonymousUser())
    bodies = agreed.endorsements.select_related("organisation", "user")
    behind = [
        found.organisation.name if found.organisation else voices.of(found.user).name
        for found in bodies
    ]
    return blocks.section(
        "vision",
        _("The vision, and who agreed it"),
        blocks.quote(agreed.statement, _("Version %d of the vision") % agreed.version),
        blocks.items(one.title for one in agreed.lines.all()),
        blocks.facts(
            [
                (_("Agreed"), day(agreed.agreed_at)),
                (_("How it was agreed"), agreed.how_agreed),
                (_("Who was there"), agreed.who_was_there),
                (_("Who stands behind it"), ", ".join(behind)),
            ]
        ),
    )


def openness(programme: Programme) -> Section | None:
    """What was fixed and what was open, from the first page on."""
    givens = list(programme.givens.all())
    fixed = [given.words for given in givens if given.kind == Given.Kind.FIXED]
    free = [given.words for given in givens if given.kind == Given.Kind.OPEN]
    if not givens:
        return None
    return blocks.section(
        "openness",
        _("What was fixed, and what was open"),
        blocks.heading(_("Fixed")) if fixed else None,
        blocks.items(fixed),
        blocks.heading(_("Open")) if free else None,
        blocks.items(free),
    )


def who_could_gain(programme: Programme) -> Block | None:
    """The members who declared that they or their organisation could gain."""
    rows = [
        (
            voice.name,
            voice.organisation,
            voice.declaration.words if voice.declaration else "",
        )
        for voice in voices_of(programme, AnonymousUser()).all()
        if voice.declaration is not None and voice.declaration.could_gain
    ]
    return blocks.table(
        _("Members who could gain: they gave evidence and did not decide"),
        [_("Who"), _("Organisation"), _("What they could gain")],
        rows,
        whole=(0,),
    )


def level_field(programme: Programme) -> Section | None:
    """What possible providers attended, saw and said."""
    rows = [
        (day(one.at), str(one.kind.label), ", ".join(one.names), one.what)
        for one in entries_together(programme)
    ]
    if not rows:
        said = _("Nothing is noted: no possible provider is known to have seen or said anything.")
        return blocks.section("level_field", _("The level-playing-field file"), blocks.text(said))
    published = programme.level_field_published_at
    return blocks.section(
        "level_field",
        _("The level-playing-field file"),
        blocks.text(
            _("Published for everyone on %s.") % day(published)
            if published
            else _("Not published yet.")
        ),
        blocks.table(
            _("What possible providers attended, saw and said"),
            [_("Day"), _("What"), _("Organisations"), _("About")],
            rows,
            whole=(0,),
        ),
    )


def gate(programme: Programme) -> Section | None:
    """Whether money was kept out of the room until the vision was agreed."""
    return blocks.section("gate", _("The money gate"), blocks.text(gate_in_words(programme)))
