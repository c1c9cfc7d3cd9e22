"""Gates: the money gate lifted early, a stage signed off and left behind."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Answer, Invalid, no, require
from commissioning.people.models import User
from commissioning.programmes.actions.common import locked
from commissioning.programmes.history import record
from commissioning.programmes.journey import parts_of
from commissioning.programmes.models import GateLift, Programme, Stage, StageSignOff
from commissioning.programmes.rules import may_decide, may_lead, money_gate


@transaction.atomic
def lift_money_gate(user: User, programme: Programme, reason: str) -> GateLift:
    """Open amounts before the vision is agreed. Recorded, never undone, printed in every record."""
    require(may_lead(user, programme))
    require(may_decide(user, programme))
    programme = locked(programme)
    if money_gate(programme):
        raise Invalid(_("The money gate is open already."))
    if not reason.strip():
        raise Invalid(_("Say why: it is printed in every decision record."), "reason")
    lift = GateLift.objects.create(programme=programme, by=user, reason=reason)
    record(programme, user, "lifted the money gate early", reason=reason)
    return lift


def unmet_conditions(programme: Programme) -> list[Answer]:
    """What still stands against leaving the present stage, each as a no with its reason."""
    stage = Stage(programme.stage)
    if stage.following is None:
        return [no(_("Learning is the last stage: a new programme takes it up from here."))]
    return [answer for part in parts_of(stage) for answer in part.unmet(programme)]


@transaction.atomic
def sign_off_stage(user: User, programme: Programme, stage: Stage, reason: str) -> Programme:
    """Sign off ``stage``, the one the programme is in, and go on to the next.

    Naming the stage keeps a second press, or a second lead, from leaving two stages at once.
    """
    require(may_lead(user, programme))
    require(may_decide(user, programme))
    programme = locked(programme)
    if programme.stage != stage:
        raise Invalid(
            _("The programme has already left that stage: it is in %s now.")
            % Stage(programme.stage).label
        )
    if unmet := unmet_conditions(programme):
        raise Invalid(" ".join(str(answer.reason) for answer in unmet))
    return _leave(user, programme, stage, reason)


def leave_with_vision(user: User, programme: Programme, how_agreed: str) -> bool:
    """Sign the vision stage off in the act that agrees the vision, where nothing else is wanting.

    ``programme`` is held, and who agrees may also sign off: both want the lead who could not gain.
    A later version, agreed when the programme has gone on, leaves nothing.
    """
    if programme.stage != Stage.VISION or unmet_conditions(programme):
        return False
    reason = _("The vision is agreed, and everything else that this stage asks for is there. %s")
    _leave(user, programme, Stage.VISION, reason % how_agreed)
    return True


def agreed_in_words(programme: Programme) -> str:
    """What follows from an agreement just made, for whoever made it."""
    if programme.stage != Stage.VISION:
        return gettext(
            "The vision is agreed. The programme has gone on to resources, and amounts are open. "
            "People can endorse the vision now."
        )
    against = " ".join(str(answer.reason) for answer in unmet_conditions(programme))
    return gettext("The vision is agreed. Before resources and amounts open: %s") % against


def _leave(user: User, programme: Programme, stage: Stage, reason: str) -> Programme:
    following = stage.following
    if following is None:
        raise Invalid(_("Learning is the last stage."))
    StageSignOff.objects.create(programme=programme, stage=stage, by=user, reason=reason)
    programme.stage = following
    programme.save(update_fields=["stage"])
    record(
        programme,
        user,
        f"signed off the {stage.value} stage and went on to {following.value}",
        reason=reason,
    )
    return programme
