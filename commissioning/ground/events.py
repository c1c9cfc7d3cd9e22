"""What happens in one room and ends something in a neighbour that it may not import."""

from django.dispatch import Signal

# A person's access ended: a session (``session_key``) or all of it (None). Sent inside the
# transaction; whoever holds a stream open for them closes it on commit.
access_ended = Signal()
