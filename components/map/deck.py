"""Where? Frames of places in, a pydeck Deck out; pure functions.

The ground is drawn from shapes that the server itself holds: no tile, font or style comes from outside. Longitudes are
shifted so that the Pacific lies in the middle: the Americas have 360 added.
"""

from dataclasses import replace

import pydeck as pdk

from components.map.ground import Ground
from components.map.layers import LAYERS, OPTIONAL
from components.theme import BORDER, INK, PAPER

NO_BACKGROUND = 'data:application/json,{"version":8,"sources":{},"layers":[]}'
VIEWS = {
    "East Asia": {"longitude": 121.0, "latitude": 37.0, "zoom": 2.9},
    "peninsula": {"longitude": 127.6, "latitude": 38.4, "zoom": 5.3},
    "whole": {"longitude": 168.0, "latitude": 38.0, "zoom": 1.05},
}
TOOLTIP = {
    "html": "<b>{name}</b><br>{told}",
    "style": {
        "backgroundColor": PAPER,
        "color": INK,
        "border": f"1px solid {BORDER}",
        "fontSize": "14px",
        "maxWidth": "320px",
        "fontFamily": "sans-serif",
    },
}


def build_deck(ground: Ground, view: str, layers: tuple[str, ...] = ()) -> pdk.Deck:
    """The map of what stands on the ground, at one of VIEWS, with these of the layers that can be left out."""
    ground = replace(ground, estimates=ground.estimates if "estimates" in layers else ground.estimates.iloc[:0])
    return pdk.Deck(
        layers=[layer(ground, view) for name, layer in LAYERS.items() if OPTIONAL.get(name) in (None, *layers)],
        initial_view_state=pdk.ViewState(**VIEWS[view], min_zoom=0.6, max_zoom=9),
        map_style=NO_BACKGROUND,
        tooltip=TOOLTIP,
    )
