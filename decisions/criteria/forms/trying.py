"""What is asked about made-up bids."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import MoneyField
from commissioning.design.forms import Look
from decisions.criteria.judging.weighing import Bid, Weighed
from decisions.criteria.models import TOP


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
