"""Who may do what with criteria, each answer with its reason."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.models import Membership
from commissioning.programmes.rules import Person, may_run, money_gate, standing_declaration
from decisions.criteria.models import CriteriaSet, Criterion
from decisions.questions.models import Question


def may_read(user: Person, held: CriteriaSet) -> Answer:
    """Final criteria are everybody's; a draft is for those who run the programme.

    Whoever read a draft before the others would have an advantage.
    """
    gate = money_gate(held.question.programme)
    if not gate or held.is_final:
        return gate
    return may_run(user, held.question.programme)


def may_begin(user: Person, question: Question) -> Answer:
    """Those who run the programme, until the question is decided. Criteria are also written late:
    after the body that decides has chosen a competition."""
    return money_gate(question.programme) & may_run(user, question.programme)


def may_change(user: Person, held: CriteriaSet) -> Answer:
    """While the set is a draft."""
    if held.is_final:
        return no(_("These criteria are final. Begin a new version to change them."))
    return may_begin(user, held.question)


def may_judge(membership: Membership) -> Answer:
    """Nobody judges who could gain, or has not said whether they could."""
    declaration = standing_declaration(membership)
    if declaration is None:
        return no(
            _("%s has not declared yet whether they could gain.") % membership.user.short_name
        )
    if declaration.could_gain:
        return no(_("%s could gain, so does not judge.") % membership.user.short_name)
    return YES


def may_take_out(criterion: Criterion) -> Answer:
    """Any criterion but the five key ones of the health regime."""
    if criterion.key:
        return no(
            _(
                "The five key criteria stay. One that is not to count here is given the weight 0, "
                "with the reason, which is printed."
            )
        )
    return YES


def has_basics(held: CriteriaSet) -> Answer:
    """Basic selection criteria are the health regime's own."""
    if held.is_health:
        return YES
    return no(_("Basic selection criteria belong to the provider selection regime alone."))


def may_try(held: CriteriaSet) -> Answer:
    """Weights decide nothing where there is nobody to choose among."""
    if held.chooses:
        return YES
    return no(_("There is one provider, so weights decide between nobody."))
