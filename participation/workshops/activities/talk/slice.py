"""Talk: people turn to each other; phones are put down. Also for breaks and closing words."""

from django.utils.translation import gettext_lazy as _

from participation.workshops.activities.base import ActivityKind


class Talk(ActivityKind):
    """A prompt and a timer, and nothing to type."""

    kind = "talk"
    title = _("Talk")
    about = _("A question to talk about in twos or at tables, a break, or closing words.")
    collects = False
