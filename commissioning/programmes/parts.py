"""The programme's own part of the journey: the vision, what to do about it, what it still wants."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Answer, no
from commissioning.programmes.actions.vision import agreed_vision, newest_vision
from commissioning.programmes.journey import NextStep, PartSummary, StagePart
from commissioning.programmes.models import Programme, Role, Stage, Vision
from commissioning.programmes.rules import Person, may_decide, membership_of

DRAFTERS = frozenset({Role.LEAD, Role.COMMISSIONER, Role.FACILITATOR})


def _url(programme: Programme, name: str = "vision") -> str:
    return reverse(f"programmes:{name}", args=[programme.slug])


def _summary(programme: Programme, user: Person) -> PartSummary:
    newest = newest_vision(programme)
    if newest is None:
        return PartSummary(_("Not written yet"), _("To begin"), "wait")
    if newest.agreed_at is None:
        agreed_before = newest.version > 1 and agreed_vision(programme) is not None
        said = _("A change is being drafted, version %d") if agreed_before else _("Version %d")
        return PartSummary(said % newest.version, _("Draft"), "talk")
    number = newest.endorsements.count()
    said = ngettext(
        "The statement, its outcomes, %d endorsement",
        "The statement, its outcomes, %d endorsements",
        number,
    )
    return PartSummary(said % number, _("Agreed"))


def _next_step(programme: Programme, user: Person) -> NextStep | None:
    member = membership_of(user, programme)
    role = Role(member.role) if member else None
    newest = newest_vision(programme)
    if newest and newest.agreed_at:
        return _after_agreement(programme, user, newest, role)
    if role in DRAFTERS:
        return _drafting(programme, user, newest, role)
    if newest is None:
        return None
    return NextStep(
        _("Read the draft vision"),
        _("It is being written with the people of the place. Say what is missing."),
        _("Read the draft"),
        _url(programme),
    )


def _drafting(
    programme: Programme, user: Person, newest: Vision | None, role: Role | None
) -> NextStep:
    if not programme.givens.exists():
        return NextStep(
            _("Say what is fixed and what is open"),
            _("People want to know first what is already decided and what they can change."),
            _("Say what is fixed and open"),
            _url(programme, "fixed_and_open"),
        )
    if newest is None:
        return NextStep(
            _("Write the first draft of the vision"),
            _("Start from what people want to be true here, not from services or money."),
            _("Write a draft"),
            _url(programme, "vision_draft"),
        )
    if not newest.lines.exists():
        return NextStep(
            _("Add the outcomes"),
            _("Three or four things that people want to be true, in their own words."),
            _("Add an outcome"),
            _url(programme, "outcome_new"),
            _("Reword the vision"),
            _url(programme, "vision_draft"),
        )
    return _agreeing(programme, user, newest, role)


def _agreeing(programme: Programme, user: Person, newest: Vision, role: Role | None) -> NextStep:
    answer = may_decide(user, programme)
    if role == Role.LEAD and answer.where:
        return NextStep(
            _("Say whether you could gain"),
            _("You lead, and have not declared yet. Only then can you record what is agreed."),
            _("Make your declaration"),
            answer.where,
            _("Go on drafting"),
            _url(programme, "vision_draft"),
        )
    if role == Role.LEAD and answer:
        return NextStep(
            _("Agree the vision with everyone"),
            _("Version %d has its outcomes. When the people in the room agree it, record how.")
            % newest.version,
            _("Agree the vision"),
            _url(programme, "vision_agree"),
            _("Go on drafting"),
            _url(programme, "vision_draft"),
        )
    return NextStep(
        _("Take the draft to the people of the place"),
        _("Version %d has its outcomes. A lead who could not gain records when it is agreed.")
        % newest.version,
        _("Go on drafting"),
        _url(programme, "vision_draft"),
    )


def _after_agreement(
    programme: Programme, user: Person, vision: Vision, role: Role | None
) -> NextStep | None:
    if role == Role.LEAD:
        if unmet := wanting_beside_agreement(programme):
            return NextStep(
                _("The vision is agreed. One thing more before resources open"),
                " ".join(str(answer.reason) for answer in unmet),
                _("Put it right"),
                unmet[0].where,
                _("Ask for endorsements"),
                _url(programme, "ask_to_endorse"),
            )
        return NextStep(
            _("Go on to resources"),
            _("The vision is agreed. Signing the stage off opens resources, and with it amounts."),
            _("Sign off the vision stage"),
            _url(programme, "sign_off"),
            _("Ask for endorsements"),
            _url(programme, "ask_to_endorse"),
        )
    if user.is_authenticated and not vision.endorsements.filter(user=user).exists():
        return NextStep(
            _("Stand behind the vision"),
            _("It is agreed. Endorse it for your organisation or as yourself."),
            _("Endorse the vision"),
            _url(programme, "endorse"),
            _("Read it first"),
            _url(programme),
        )
    return None


def _unmet(programme: Programme) -> list[Answer]:
    unmet = []
    draft = _url(programme, "vision_draft")
    if agreed_vision(programme) is None:
        unmet.append(no(_("The vision is not agreed yet."), draft))
    newest = newest_vision(programme)
    if not programme.outcomes.exists() and not (newest and newest.lines.exists()):
        unmet.append(no(_("The vision has no outcomes yet."), draft))
    return [*unmet, *wanting_beside_agreement(programme)]


def wanting_beside_agreement(programme: Programme) -> list[Answer]:
    """What the vision stage asks for that an agreed version does not bring with it."""
    if programme.givens.exists():
        return []
    where = _url(programme, "fixed_and_open")
    return [no(_("Nothing is said yet about what is fixed and what is open."), where)]


VISION_PART = StagePart(
    stage=Stage.VISION,
    title=gettext_lazy("The vision and its outcomes"),
    url=_url,
    summary=_summary,
    next_step=_next_step,
    unmet=_unmet,
)
