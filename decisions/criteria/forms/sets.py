"""What is asked about a set: what it is for, what is asked of whom, what is met, who judges."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField, WholeNumberField
from commissioning.design.forms import Look
from commissioning.design.revisions import RevisedForm
from commissioning.ground.answers import Text
from commissioning.programmes.models import Membership
from decisions.criteria.base import Fit
from decisions.criteria.judging.library import LOCAL_KNOWLEDGE
from decisions.criteria.models import CriteriaSet, Criterion
from decisions.criteria.rules import may_judge
from decisions.criteria.said import (
    BASICS,
    CONDITIONS,
    DEMANDS,
    basics_of,
    demands_of,
    judges_of,
)
from decisions.questions.capable import bidders_of

if TYPE_CHECKING:
    SetModelForm = forms.ModelForm[CriteriaSet]
else:
    SetModelForm = forms.ModelForm


def _ask_what_for(form: SetModelForm, fit: Fit) -> None:
    """Ask what they are for, with what the locked walk says of it; why, where there is a choice."""
    field = form.fields["what_for"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = CriteriaSet.For.choices
    # Whatever is sent is answered with a reason; what is closed is not offered.
    offered = [pair for pair in CriteriaSet.For.choices if pair[0] in fit.allowed]
    field.widget.choices = offered or CriteriaSet.For.choices
    field.help_text = str(_whence(fit))
    if len(fit.own) == 1:
        field.initial = fit.own[0]
    if not fit.others:
        del form.fields["why_other"]


def _whence(fit: Fit) -> Text:
    if fit.heading is None:
        return _(
            "No walk is locked for this question, so nobody has found out which law binds. What "
            "you choose here is looked at again once one is."
        )
    return _("By the walk that was locked: “%s”.") % fit.route


WHY_OTHER: Final = _("Where it is not what the walk goes by: why?")


class BeginForm(SetModelForm):
    """What the criteria are for."""

    class Meta:
        model = CriteriaSet
        fields = ["what_for"]
        widgets = {"what_for": forms.RadioSelect}

    looks = {"why_other": Look(rows=3)}
    why_other = LongTextField(label=WHY_OTHER, required=False, max_words=100)

    def __init__(self, fit: Fit, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _ask_what_for(self, fit)


class DemandsForm(RevisedForm, SetModelForm):
    """Price, ties, and what else bidders are asked for."""

    class Meta:
        model = CriteriaSet
        fields = ["what_for", *DEMANDS]
        widgets = {"what_for": forms.RadioSelect, "price_method": forms.RadioSelect}
        field_classes = dict.fromkeys(
            ("expected_bidders", "more_pages", "documents", "accounts_years"), WholeNumberField
        )
        help_texts = {"tie_break": _("For example: the higher score on local knowledge.")}

    why_other = LongTextField(label=WHY_OTHER, required=False, max_words=100)
    looks = {
        name: Look(width="3")
        for name in ("expected_bidders", "more_pages", "documents", "accounts_years")
    }

    def __init__(self, fit: Fit, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if fit.heading is None or self._stands(fit):
            # What was said at the beginning stands, and is not asked again.
            del self.fields["what_for"], self.fields["why_other"]
        else:
            _ask_what_for(self, fit)
        self.fields["price_method"].choices = (  # type: ignore[attr-defined]
            CriteriaSet.PriceMethod.choices
        )
        self._ask_who_may_answer()
        if self.instance.is_grant:
            self._of_grants()
        elif self.instance.has_bids:
            self.fields["expected_bidders"].label = _("How many may bid")
        else:
            self._of_providers()
        self.revise(demands_of(self.instance))

    def _stands(self, fit: Fit) -> bool:
        held = self.instance
        return held.what_for in fit.own or (held.what_for in fit.others and bool(held.why_other))

    def _ask_who_may_answer(self) -> None:
        """As many as the walk knows of, until somebody has saved this page; and a tie-break."""
        if not self.instance.chooses:
            del self.fields["expected_bidders"], self.fields["tie_break"]
            return
        bidders = bidders_of(self.instance.question)
        if bidders:
            self.fields["expected_bidders"].help_text = str(bidders.source)
        self.fields["tie_break"].required = True
        if not self.instance.tie_break and (first := _local_knowledge(self.instance)):
            self.initial["tie_break"] = _("The higher score on “%s”.") % first.title
            if bidders:
                self.initial["expected_bidders"] = bidders.likely

    def _of_grants(self) -> None:
        """People apply for a grant: no price method, and they are asked, not bidders."""
        del self.fields["price_method"]
        self.fields["expected_bidders"].label = _("How many may apply")
        self.fields["presentation"].label = _("Those who apply present in person")
        self.fields["insurance_before_award"].label = _(
            "Insurance must be in place before the grant is given"
        )

    def _of_providers(self) -> None:
        """Nobody is invited to bid: no price method, and providers are asked, not bidders."""
        del self.fields["price_method"]
        if "expected_bidders" in self.fields:
            self.fields["expected_bidders"].label = _("How many providers may be weighed")
        self.fields["more_pages"].label = _("Pages asked of providers")
        self.fields["presentation"].label = _("Providers present in person")


class BasicsForm(RevisedForm, SetModelForm):
    """Of the health regime: how much the five matter, and what is met or not met before that."""

    class Meta:
        model = CriteriaSet
        fields = list(BASICS)
        field_classes = dict.fromkeys(BASICS, LongTextField)
        help_texts = {
            "importance": _(
                "No law lays down an order. Say why the heaviest is the heaviest here, and why the "
                "lightest is enough."
            ),
            "suitability": _("One condition a line. For example a registration the law asks for."),
            "standing": _("One condition a line, no more than this contract needs."),
            "ability": _("One condition a line. Ask what the work needs, never where they sit."),
        }

    looks = {"importance": Look(rows=5)} | {name: Look(rows=5) for name in CONDITIONS}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["importance"].required = True
        self.revise(basics_of(self.instance))


def _local_knowledge(held: CriteriaSet) -> Criterion | None:
    return held.criteria.filter(suggestion=LOCAL_KNOWLEDGE[0]).first()


class JudgesForm(RevisedForm):
    """Members who could judge; those who could gain are not among them."""

    judges = forms.ModelMultipleChoiceField(
        queryset=Membership.objects.none(),
        label=_("Who judges?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, held: CriteriaSet, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        members = list(
            held.question.programme.memberships.in_force()
            .exclude(role="observer")
            .select_related("user", "organisation")
        )
        free = [member for member in members if may_judge(member)]
        self.barred = [
            (member, may_judge(member).reason) for member in members if member not in free
        ]
        field = self.fields["judges"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Membership.objects.filter(pk__in=[member.pk for member in free])
        field.choices = [
            (member.pk, f"{member.user.short_name}, {member.get_role_display().lower()}")
            for member in free
        ]
        judging = judges_of(held)
        self.initial["judges"] = judging
        self.revise({"judges": judging})
