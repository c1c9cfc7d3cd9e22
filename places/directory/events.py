"""What happens to a place that the rooms above want to know of."""

from django.dispatch import Signal

# The boundaries of ``place`` changed, inside the transaction that changed them.
boundaries_changed = Signal()
