"""The officers who advise, as each kind of body has them.

A monitoring officer is a post of principal councils (Local Government and Housing Act 1989,
section 5). A parish has its own responsible financial officer (Local Government Act 1972, section
151) and its clerk, and its district's monitoring officer; an NHS body has none.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from decisions.records.models import Adviser, Body, Decision

_OWN: Final[dict[str, dict[Adviser.Kind, Text]]] = {
    Body.PARISH: {
        Adviser.Kind.FINANCE: _("Responsible financial officer"),
        Adviser.Kind.LEGAL: _("Clerk, or legal adviser"),
        Adviser.Kind.MONITORING: _("Monitoring officer of the district or unitary council"),
    },
    Body.NHS_BOARD: {
        Adviser.Kind.FINANCE: _("Finance officer"),
        Adviser.Kind.LEGAL: _("Legal adviser"),
    },
}

_MAY_BE_ASKED: Final[dict[str, frozenset[Adviser.Kind]]] = {
    Body.PARISH: frozenset({Adviser.Kind.MONITORING})
}


def posts_of(decision: Decision) -> dict[Adviser.Kind, Text]:
    """Each kind of adviser that this body has, with what it is called there.

    Advice that was given in a post that the body has not is kept, under that post's own name.
    """
    own = _OWN.get(decision.body_kind)
    if own is None:
        return {kind: kind.label for kind in Adviser.Kind}
    given = {one.kind for one in decision.advice.all()}
    return {
        kind: own.get(kind, kind.label) for kind in Adviser.Kind if kind in own or kind in given
    }


def posts_heard(decision: Decision) -> dict[Adviser.Kind, Text]:
    """Those whose advice a decision is expected to have, and those who gave some.

    A parish's decisions go to its own clerk and finance officer: the monitoring officer of another
    council may be asked, and is not missed.
    """
    given = {one.kind for one in decision.advice.all()}
    asked = _MAY_BE_ASKED.get(decision.body_kind, frozenset())
    return {
        kind: post
        for kind, post in posts_of(decision).items()
        if kind not in asked or kind in given
    }


def lower_first(post: str) -> str:
    """A post within a sentence."""
    return post[:1].lower() + post[1:]


def post_of(decision: Decision, kind: str) -> str:
    """What the decision's body calls this adviser, within a sentence."""
    one = Adviser.Kind(kind)
    return lower_first(str(posts_of(decision).get(one, one.label)))
