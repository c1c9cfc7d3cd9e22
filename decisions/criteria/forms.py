"""What is asked about criteria."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField, MoneyField, WholeNumberField
from commissioning.design.forms import Look
from commissioning.design.revisions import RevisedForm
from commissioning.ground.answers import Text
from commissioning.programmes.models import Membership
from decisions.criteria.base import Fit
from decisions.criteria.judging.health import suggestions_for, to_begin_with
from decisions.criteria.judging.library import LOCAL_KNOWLEDGE, Standing, Suggestion
from decisions.criteria.judging.weighing import Bid, Weighed
from decisions.criteria.models import TOP, CriteriaSet, Criterion
from decisions.criteria.rules import may_judge
from decisions.criteria.said import (
    BASICS,
    CONDITIONS,
    basics_of,
    demands_of,
    judges_of,
    said_of,
    scale_fields,
)
from decisions.questions.capable import bidders_of

if TYPE_CHECKING:
    SetModelForm = forms.ModelForm[CriteriaSet]
    CriterionModelForm = forms.ModelForm[Criterion]
else:
    SetModelForm = CriterionModelForm = forms.ModelForm


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


class LibraryForm(forms.Form):
    """Suggestions to take over, local knowledge first. A set without any has ticked what makes
    100; of grants none, as a price is no part of them."""

    keys = forms.MultipleChoiceField(
        label=_("Which do you take over?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, held: CriteriaSet, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        standing = Standing(held.what_for)
        if standing != Standing.GRANT and not held.criteria.filter(key="").exists():
            self.initial["keys"] = to_begin_with(standing)
        suggestions = suggestions_for(standing).values()
        keys = self.fields["keys"]
        assert isinstance(keys, forms.MultipleChoiceField)
        keys.choices = [(one.key, one.title) for one in suggestions]
        # What is there is not offered once more; another tab that sends it is not scolded.
        taken = {row.suggestion for row in held.criteria.all()}
        offered = [(one.key, one.title) for one in suggestions if one.key not in taken]
        keys.widget.choices = offered
        if not offered:
            keys.help_text = _("All of them are taken over already.")
        self.looks = {"keys": Look(hints={one.key: _hint(one, standing) for one in suggestions})}


def _hint(one: Suggestion, standing: Standing) -> SafeString:
    """What it asks, why, and from where, each on a line of its own."""
    if one.part_of:
        # Where it is from is the same for all of them, and stands above them.
        part = _("A part of “%s”.") % Criterion.Key(one.part_of).label
        return format_html(
            "<b>{}</b><br>{}<br>{} {}",
            part,
            one.asked(standing),
            _("Why it is lawful:"),
            one.why,
        )
    check = "" if one.seen else str(_(" Check before relying on it."))
    why = _("Why it is lawful:") if standing == Standing.ABOVE else _("Why it is fair:")
    return format_html(
        "{}<br>{} {} ({}.{})", one.asked(standing), why, one.why, one.source(standing), check
    )


class CriterionForm(RevisedForm, CriterionModelForm):
    """One criterion or a part of one."""

    class Meta:
        model = Criterion
        fields = [
            "title",
            "parent",
            "asks",
            "judged",
            "weight",
            "why_nothing",
            "words",
            "minimum",
            "is_price",
        ]
        field_classes = {
            "asks": LongTextField,
            "judged": LongTextField,
            "why_nothing": LongTextField,
            "words": WholeNumberField,
            "minimum": WholeNumberField,
        }
        labels = {
            "parent": _("Is it a part of another criterion?"),
            "why_nothing": _("If it weighs nothing: why?"),
        }
        help_texts = {
            "asks": _("Ask what they know and how they will work, never where they sit."),
            "weight": _("All criteria together make 100; parts together make their criterion's."),
            "why_nothing": _("Give it the weight 0 then. The reason is printed with the criteria."),
            "words": _("Nought means no written answer."),
            "minimum": _("A bid that scores less is out. Leave it empty where there is none."),
        }

    looks = {
        "asks": Look(rows=4),
        "judged": Look(rows=4),
        "why_nothing": Look(rows=3),
        "weight": Look(width="4", inputmode="decimal"),
        "words": Look(width="5"),
        "minimum": Look(width="2"),
    }

    def __init__(self, held: CriteriaSet, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tops = held.criteria.filter(parent=None, is_price=False).exclude(pk=self.instance.pk)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = tops
        parent.empty_label = str(_("No, it stands by itself"))
        self.fields["judged"].required = True
        if not self.instance._state.adding:
            self.initial["weight"] = f"{self.instance.weight.normalize():f}"
        self._of_its_kind(held)
        self.revise(said_of(self.instance) if not self.instance._state.adding else {})

    def _of_its_kind(self, held: CriteriaSet) -> None:
        """A key criterion keeps its name and place; any other of the regime is a part of one."""
        if self.instance.key:
            gone = {"title", "parent", "is_price"}
        else:
            gone = {"why_nothing"} if held.has_bids else {"why_nothing", "is_price"}
        for name in gone:
            del self.fields[name]
        parent = self.fields.get("parent")
        if held.is_health and isinstance(parent, forms.ModelChoiceField):
            parent.queryset = held.criteria.exclude(key="").exclude(weight=0)
            parent.label, parent.required = _("Which key criterion is it a part of?"), True
            parent.empty_label = str(_("Choose one"))
        if not held.has_bids:
            self._of_providers(held)

    def _of_providers(self, held: CriteriaSet) -> None:
        """Where nobody is invited to bid, the authority looks and says what it finds."""
        self.fields["asks"].label = _("What is looked at")
        self.fields["asks"].help_text = _(
            "Look at what they know and how they work, never at where they sit."
        )
        self.fields["words"].label = _("Most words, if providers are asked to write")
        self.fields["words"].help_text = _("Nought means that nobody is asked to write.")
        self.fields["minimum"].help_text = (
            _("A provider that scores less is not suitable. Leave it empty where there is none.")
            if held.chooses
            else _("What is a sufficient standard. Leave it empty where there is none.")
        )


class ScaleForm(RevisedForm):
    """What each score means."""

    def __init__(self, meanings: dict[int, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for score in range(TOP + 1):
            self.fields[f"score_{score}"] = forms.CharField(
                label=_("Score %d means") % score,
                max_length=200,
                initial=meanings.get(score, ""),
            )
        self.revise(scale_fields(meanings))

    def meanings(self) -> dict[int, str]:
        """Score to words."""
        return {score: self.cleaned_data[f"score_{score}"] for score in range(TOP + 1)}


class DemandsForm(RevisedForm, SetModelForm):
    """Price, ties, and what else bidders are asked for."""

    class Meta:
        model = CriteriaSet
        fields = [
            "what_for",
            "price_method",
            "tie_break",
            "expected_bidders",
            "more_pages",
            "documents",
            "presentation",
            "accounts_years",
            "audited_accounts",
            "insurance_before_award",
        ]
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
        if not self.instance.has_bids:
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


class TryForm(forms.Form):
    """Made-up bids: three of them, each with a price and a score for each criterion."""

    show_optional = False

    def __init__(
        self,
        criteria: Sequence[Weighed],
        bids: Sequence[Bid],
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.criteria, self.bids = criteria, bids
        for place, bid in enumerate(bids):
            if self._is_priced:
                self.fields[f"price_{place}"] = MoneyField(
                    label=_("Price"), initial=bid.price, min_value=Decimal(1)
                )
            for one in self._quality:
                self.fields[f"score_{place}_{one.key}"] = forms.TypedChoiceField(
                    label=one.title,
                    coerce=int,
                    choices=[(score, str(score)) for score in range(TOP + 1)],
                    initial=bid.scores[one.key],
                )
        self.looks = {name: Look(width="10") for name in self.fields if name.startswith("price")}

    @property
    def _is_priced(self) -> bool:
        return any(one.is_price for one in self.criteria)

    @property
    def _quality(self) -> list[Weighed]:
        return [one for one in self.criteria if not one.is_price]

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each bid with its fields: their labels are the same in every bid."""
        for place, bid in enumerate(self.bids):
            scores = [self[f"score_{place}_{one.key}"] for one in self._quality]
            price = [self[f"price_{place}"]] if self._is_priced else []
            yield str(bid.name), [*price, *scores]

    def tried(self) -> list[Bid]:
        """The bids as typed; as made up where nothing valid was typed."""
        if not self.is_bound or not self.is_valid():
            return list(self.bids)
        said = self.cleaned_data
        return [
            Bid(
                bid.name,
                said.get(f"price_{place}", bid.price),
                {one.key: said[f"score_{place}_{one.key}"] for one in self._quality},
            )
            for place, bid in enumerate(self.bids)
        ]
