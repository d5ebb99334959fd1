"""How do axes and legends of all charts look?"""

from typing import Any

from components.theme import MUTED, SMALL_SIZE

TICK_FONT: dict[str, Any] = {"size": SMALL_SIZE, "color": MUTED}
# Above the plot, which gives way to it: on a narrow screen it takes several lines.
LEGEND: dict[str, Any] = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": SMALL_SIZE}}
