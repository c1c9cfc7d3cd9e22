"""The page before the room's version becomes the programme's vision: it does not go back."""

from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Text
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.parts import wanting_beside_agreement
from participation.workshops.actions import drafting, standing
from participation.workshops.forms.agreeing import AgreeForm, OverForm
from participation.workshops.models import Consent, DraftVersion, Workshop

TEMPLATE: Final = "participation/workshops/agree.html"


def page(draft: DraftVersion, workshop: Workshop, data: QueryDict) -> dict[str, Any] | None:
    """What the page says; None once it is confirmed as the room stands now, or nobody stands."""
    counts = drafting.tally(draft)
    objections = counts[Consent.Answer.OBJECT]
    if not sum(counts.values()):
        return None
    asked = data.get("standing", "") == str(objections)
    kind = OverForm if objections else AgreeForm
    form = kind(data) if asked else kind(initial=data.dict() | {"standing": objections})
    if asked and form.is_valid():
        return None
    return {
        "template": TEMPLATE,
        "heading": _heading(objections),
        "consequences": [*_rehearsed(workshop), *_consequences(workshop.programme, objections)],
        "action": _("Agree it all the same") if objections else _("Yes, make it the vision"),
        "form": form,
        # What the desk keeps where the answer is no.
        "keep": {"who_was_there": data.get("who_was_there", "")},
        "programme": workshop.programme,
        "draft": draft,
        "bars": [
            {"label": Consent.Answer(answer).label, "value": n} for answer, n in counts.items()
        ],
        "again": standing.asked_again(draft),
        "answered": list(draft.consents.exclude(reply="").order_by("-answer", "why")),
    }


def _heading(objections: int) -> Text:
    if not objections:
        return _("Make it the vision?")
    return ngettext("%d person still objects", "%d people still object", objections) % objections


def _rehearsed(workshop: Workshop) -> list[Text]:
    if not workshop.is_rehearsal:
        return []
    return [_("This is a rehearsal: none of it happens. In the session itself this page says:")]


def _consequences(programme: Programme, objections: int) -> list[Text]:
    """What will happen, in sentences."""
    said: list[Text] = [_("These words and outcomes become the vision of “%s”.") % programme.title]
    wanting = wanting_beside_agreement(programme) if programme.stage == Stage.VISION else []
    if wanting:
        said.append(
            _("The programme stays in its vision stage, and amounts stay locked: %s")
            % " ".join(str(one.reason) for one in wanting)
        )
    elif programme.stage == Stage.VISION:
        said.append(
            _(
                "It signs the vision stage off in the same act: the money gate opens, and the "
                "programme goes on to resources."
            )
        )
    said.append(_("It does not go back. A change needs a new version, agreed anew."))
    if objections:
        said += [
            _("Whoever objects can change that on their phone, until you confirm."),
            _("The vision and the record say that objections stood, and why it was agreed."),
        ]
    return said
