"""Where? Frames of places in, a pydeck Deck out; pure functions.

The ground is drawn from shapes that the server itself holds: no tile, font or style comes from outside. Longitudes are
shifted so that the Pacific lies in the middle: the Americas have 360 added.
"""

import math
from copy import copy
from dataclasses import replace
from typing import Any

import pydeck as pdk

from components.map.ground import Ground
from components.map.label_placing import place_labels
from components.map.layers import LAYERS, OPTIONAL, chosen_layer
from components.map.window import INSET_HEIGHT, INSET_WIDTH, PAGE_WIDTH, WINDOWS, window_of
from components.theme import BORDER, INK, PAPER

NO_BACKGROUND = 'data:application/json,{"version":8,"sources":{},"layers":[]}'
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


def _start_of(view: str) -> dict[str, float]:
    """Where a view begins: the middle of its window, as near as the window fits the map of a page."""
    window = window_of(view, PAGE_WIDTH)
    longitude, latitude = window.middle
    return {"longitude": longitude, "latitude": latitude, "zoom": window.zoom}


VIEWS = {view: _start_of(view) for view in WINDOWS}


def build_deck(ground: Ground, land: dict[str, Any], view: str, layers: tuple[str, ...] = ()) -> pdk.Deck:
    """The map of what stands on the ground, at one of VIEWS, with these of the layers that can be left out."""
    names_only = replace(ground, figures=ground.figures.iloc[:0])
    labels = place_labels(names_only, land, view, layers, PAGE_WIDTH, has_inset=True)
    ground = replace(ground, labels=tuple(labels), layers=layers)
    made = [layer(ground, view) for name, layer in LAYERS.items() if OPTIONAL.get(name) in (None, *layers)]
    return pdk.Deck(
        layers=[layer for one in made for layer in (one if isinstance(one, list) else [one])],
        views=_map_views(view),
        initial_view_state=pdk.ViewState(**VIEWS[view], min_zoom=1, max_zoom=9),
        map_style=NO_BACKGROUND,
        tooltip=TOOLTIP,
    )


def _map_views(view: str) -> list[pdk.View]:
    """The map, which is moved and zoomed; in the close view East Asia in its lower right corner, which stays as it is."""
    controls = {"dragRotate": False, "touchRotate": False}
    main = pdk.View(type="MapView", id="main", controller=controls)
    if view != "peninsula":
        return [main]
    window = window_of("East Asia", round(PAGE_WIDTH * INSET_WIDTH))
    longitude, latitude = window.middle
    inset = pdk.View(
        type="MapView",
        id="inset",
        controller=False,
        clear=True,
        x=f"{100 - 100 * INSET_WIDTH:g}%",
        y=f"{100 - 100 * INSET_HEIGHT:g}%",
        width=f"{100 * INSET_WIDTH:g}%",
        height=f"{100 * INSET_HEIGHT:g}%",
        view_state={"longitude": longitude, "latitude": latitude, "zoom": window.zoom},
    )
    return [main, inset]


def with_chosen(deck: pdk.Deck, place_id: str, presses: int = 0) -> pdk.Deck:
    """The deck with a ring around the chosen place; the very same deck where none is chosen.

    Layers with places get names of their own after every press: a page forgets the mark that was pressed, and nothing on
    the map is dimmed, also where the same mark is pressed again.
    """
    layers = [layer for layer in deck.layers if isinstance(layer.data, list)]
    marks = [(layer, record) for layer in layers for record in layer.data if "radius" in record]
    at = [(layer, record) for layer, record in marks if record["place_id"] == place_id]
    if not at:
        return deck
    ending = f" beside {place_id}, press {presses}"
    layers = [_renamed(layer, layer.id + ending) if layer.pickable else layer for layer in deck.layers]
    chosen = copy(deck)
    chosen.layers = [*layers, chosen_layer(*at[0])]
    return chosen


def enlarged(deck: pdk.Deck, factor: float) -> pdk.Deck:
    """The deck with all marks and words so many times larger, and nearer by as much: the same picture, for a room."""
    larger = copy(deck)
    larger.layers = [_with_limits(layer, factor) for layer in deck.layers]
    larger.initial_view_state = copy(deck.initial_view_state)
    larger.initial_view_state.zoom = deck.initial_view_state.zoom + math.log2(factor)
    return larger


def _with_limits(layer: pdk.Layer, factor: float) -> pdk.Layer:
    limited = copy(layer)
    for name in [name for name in vars(layer) if name.endswith("_max_pixels")]:
        setattr(limited, name, factor * getattr(layer, name))
    return limited


def _renamed(layer: pdk.Layer, name: str) -> pdk.Layer:
    renamed = copy(layer)
    renamed.id = name
    return renamed
