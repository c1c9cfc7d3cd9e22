"""What the rooms show on the front page, which stands below them all."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest

from commissioning.ground.registries import Registry

# Each part gives values for ``home.html``: ``programmes`` (what anybody may read), ``mine`` (what
# the signed-in person takes part in), ``vote_url`` (where a voting card's code is typed).
front_parts: Registry[Callable[[HttpRequest], Mapping[str, object]]] = Registry("front page part")
