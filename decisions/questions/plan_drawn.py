"""The plan's picture as JSON values, for papers: drawn by the same template as on its page."""

from typing import Any

from django.utils.formats import date_format

from decisions.questions.plan.picture import Picture


def drawn_as_json(drawn: Picture) -> dict[str, Any]:
    """What the template asks of a picture."""
    return {
        "height": drawn.height,
        "ticks": [
            {"x": tick.x, "named": tick.named, "name": date_format(tick.day, "M Y")}
            for tick in drawn.ticks
        ],
        "bars": [
            {
                "label": bar.label,
                "x": bar.x,
                "width": bar.width,
                "y": bar.y,
                "middle": bar.middle,
                "late": bar.late,
                "is_milestone": bar.is_milestone,
                "beside": bar.beside,
                "diamond": bar.diamond,
            }
            for bar in drawn.bars
        ],
    }
