"""What the rooms show on the front page, which stands below them all."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest

from commissioning.ground.registries import Registry

# Each part gives values for ``home.html``: ``mine`` (what the signed-in person takes part in) and
# ``programmes`` (what else anybody may read), both with title, place, stage, about and url;
# ``programmes_url`` where there are more; ``open_calls``, ``open_votes`` and ``results`` likewise,
# and ``ours_url`` for what the person's organisations applied for.
front_parts: Registry[Callable[[HttpRequest], Mapping[str, object]]] = Registry("front page part")
