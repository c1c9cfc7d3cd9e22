"""What the programme says: the vision, what was fixed and open, who is in, the money gate."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.ground.money import money_text
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.gate_words import gate_in_words
from commissioning.programmes.level_field import together
from commissioning.programmes.models import Given, Programme
from commissioning.programmes.rules import money_gate
from commissioning.programmes.voices import voices_of
from decisions.questions.conflicts import Stake, stakes, unknown_bodies
from decisions.questions.early_sessions import sessions_in_words, sessions_of
from decisions.questions.level_field import Line, how_chosen, lines_of
from decisions.questions.models import Question, Vat
from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.trees.talks import nothing_written
from places.directory.models import Organisation


def question(asked: Question) -> Section | None:
    """What was to be decided."""
    return blocks.section(
        "question",
        _("What was to be decided"),
        blocks.text(asked.what),
        blocks.facts(
            [
                (_("For whom"), asked.for_whom),
                (_("Towards"), _towards(asked)),
                (_("Where"), ", ".join(area.name for area in asked.areas.all())),
                (_("Who buys or gives"), asked.who_buys.name),
                (_("Who provides it now"), asked.provides_now),
                (_("Who the grant is meant for"), asked.one_group),
                (_("What it is worth, as estimated"), worth(asked)),
                (_("For how long"), how_long(asked)),
                (_("The present arrangement ends"), day(asked.present_ends_on)),
                (_("The procurement or award begins"), day(asked.begins_on)),
            ]
        ),
    )


def _towards(asked: Question) -> str:
    """Its outcomes; where it names none of those that there are, that."""
    own = "; ".join(one.title for one in asked.outcomes.all())
    if own or not asked.programme.outcomes.exists():
        return own
    return _(
        "None of the outcomes of the programme is named. What the programme says stands here as "
        "far as it names the area, or shares a word with what is asked"
    )


def worth(asked: Question) -> str:
    """The estimated value: what is first agreed, and what thresholds are compared with."""
    if asked.net_value is None or not money_gate(asked.programme):
        return ""
    net, whole = money_text(asked.net_value), asked.estimated_value
    if whole is None or whole == asked.net_value:
        return _("%s. No VAT, option or extension comes on top") % net
    return _on_top(asked) % {"net": net, "whole": money_text(whole)}


def _on_top(asked: Question) -> str:
    """What comes on top, named: VAT, options and extensions, or both."""
    if not asked.options_value:
        if asked.vat == Vat.UNKNOWN:
            return _("%(net)s without VAT; %(whole)s if VAT is payable")
        return _("%(net)s without VAT; %(whole)s with it")
    if not Vat(asked.vat).rate:
        return _("%(net)s without options and extensions; %(whole)s with them. No VAT on top")
    return _("%(net)s without VAT, options and extensions; %(whole)s with all of them")


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
                (_("Written down as agreed"), day(agreed.agreed_at)),
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


def gains_by_fact(asked: Question) -> list[str]:
    """Who provides it now, the first conflict to look for, and the one group a grant is meant for.

    A sentence each: whose members are known, and whose are not.
    """
    said = []
    if not asked.provides_now:
        said.append(_("Nobody is named as the one that provides it now."))
    if asked.present_provider:
        words = _("%s provides it now, so its members could gain by that fact.")
        said.append(words % asked.present_provider.name)
    if asked.goes_to:
        words = _("%s is named to get the grant, so its members could gain by that fact.")
        said.append(words % asked.goes_to.name)
    return [*said, *unknown_bodies(asked)]


def who_could_gain(
    asked: Question, answered: Mapping[UUID, int], *, decided: bool
) -> list[Block | None]:
    """The members who could gain from this question: by fact, or as they declared of it.

    Apart from them: whoever declared that only for the programme as a whole.
    ``answered``: by membership, how many answers each gave in the walk.
    """
    gaining = [one for one in stakes(asked) if one.could_gain]
    told = {
        one.member.pk: (
            *_who(asked, one),
            one.declared,
            one.words,
            _gave(answered.get(one.member.pk, 0)),
        )
        for one in gaining
    }
    here = [told[one.member.pk] for one in gaining if not one.only_at_large]
    at_large = [told[one.member.pk] for one in gaining if one.only_at_large]
    does = _("they did not decide") if decided else _("they may give evidence, and do not decide")
    return [
        # A name that somebody typed can be long, so it is broken where a role is not.
        _gaining(_("Organisations that gain by fact"), _themselves(asked, gaining), whole=()),
        _gaining(_("Members who could gain: %s") % does, here),
        _gaining(
            _("Members who declared only for the programme as a whole that they could gain: %s")
            % does,
            at_large,
        ),
    ]


def _gaining(
    title: str, rows: Iterable[tuple[str, ...]], whole: tuple[int, ...] = (0,)
) -> Block | None:
    return blocks.table(
        title,
        [
            *(_("Who"), _("Organisation"), _("How it is known"), _("What they could gain")),
            _("In the walk"),
        ],
        rows,
        whole=whole,
    )


def _themselves(asked: Question, gaining: list[Stake]) -> Iterator[tuple[str, ...]]:
    """The organisations that gain by fact: with members in the programme, or with none of them."""
    named = [
        (
            asked.present_provider,
            asked.present_provider_words,
            _("By fact: provides it now"),
        ),
        (asked.goes_to, asked.goes_to_words, _("By fact: named to get the grant")),
    ]
    for organisation, words, why in named:
        if organisation is None and not words:
            continue
        name = organisation.name if organisation else words
        yield name, name, why, _whose_members(organisation, gaining), "–"


def _whose_members(organisation: Organisation | None, gaining: list[Stake]) -> str:
    """Whether members of the programme are of it; by a name alone nobody knows."""
    if organisation is None:
        return _("Not in the directory: who belongs to it is not known")
    inside = any(one.member.organisation_id == organisation.pk for one in gaining)
    return _("Its members follow") if inside else _("No member of the programme is of it")


def _gave(number: int) -> str:
    """Answers of one member, each marked in the walk as from somebody who could gain."""
    if not number:
        return _("Gave no answer")
    return ngettext("Gave %d answer, marked", "Gave %d answers, marked", number) % number


def not_declared(asked: Question) -> Block | None:
    """Members of whom nothing is known about this question: said, not passed over."""
    silent = [one for one in stakes(asked) if one.own is None and not one.could_gain]
    general = _counted(asked, [one for one in silent if one.general is not None])
    neither = _counted(asked, [one for one in silent if one.general is None])
    said = []
    if general:
        said.append(_("Have declared for the programme, and not for this question: %s.") % general)
    if neither:
        words = _("Have not declared, neither for the programme nor for this question: %s.")
        said.append(words % neither)
    return blocks.text("\\n\\n".join(said))


def _counted(asked: Question, members: list[Stake]) -> str:
    """Each once, with how many are alike."""
    counted = Counter(", ".join(part for part in _who(asked, one) if part) for one in members)
    return "; ".join(who if number == 1 else f"{who} ({number})" for who, number in counted.items())


def _who(asked: Question, one: Stake) -> tuple[str, str]:
    voice = voices_of(asked.programme, AnonymousUser()).voice(one.member)
    return voice.name, voice.organisation


def level_field(asked: Question, took: bool | None, differ: Iterable[str]) -> Section | None:
    """What possible providers attended, saw and said about this question.

    ``took``: whether the walk says that some took part; ``differ``: what does not agree with it.
    """
    lines = lines_of(asked)
    warned = [blocks.note(_("This record does not agree with itself. %s") % one) for one in differ]
    rows = [
        (day(one.at), str(one.kind.label), ", ".join(one.names), one.what)
        for one in together(line.entry for line in lines if line.belongs)
    ]
    title = _("The level-playing-field file")
    if not rows:
        return blocks.section(
            "level_field",
            title,
            *warned,
            blocks.text(nothing_written(took)),
            blocks.text(how_chosen(asked, lines)),
            *_sessions_left_out(asked, lines),
        )
    published = asked.programme.level_field_published_at
    return blocks.section(
        "level_field",
        title,
        *warned,
        blocks.text(
            _("Published for everyone on %s.") % day(published)
            if published
            else _("Not published yet.")
        ),
        blocks.text(how_chosen(asked, lines)),
        blocks.table(
            _("What possible providers attended, saw and said about this question"),
            [_("Day"), _("What"), _("Organisations"), _("About")],
            rows,
            whole=(0,),
        ),
        *_sessions_left_out(asked, lines),
    )


def _sessions_left_out(asked: Question, lines: list[Line]) -> list[Block | None]:
    """Sessions that may have been early talks: said not to be, and why; or nobody has said."""
    told = sessions_in_words(sessions_of(asked, lines))
    if not told:
        return []
    title = _("Sessions that may have been early talks, and are not in this question's file")
    return [blocks.heading(title), blocks.items(told)]


def gate(programme: Programme) -> Section | None:
    """Whether money was kept out of the room until the vision was agreed."""
    return blocks.section("gate", _("The money gate"), blocks.text(gate_in_words(programme)))
