"""Where? Frames of places in, a pydeck Deck out; pure functions.

The ground is drawn from shapes that the server itself holds: no tile, font or style comes from outside. Longitudes are
shifted so that the Pacific lies in the middle: the Americas have 360 added.
"""

import math
from copy import copy
from dataclasses import replace

import pydeck as pdk

from components.map.ground import Ground
from components.map.label_placing import place_labels
from components.map.layers import LAYERS, OPTIONAL, chosen_layer
from components.map.window import ROOMS, WINDOWS, Window, window_in, window_of
from components.theme import BORDER, INK, PAPER

NO_BACKGROUND = 'data:application/json,{"version":8,"sources":{},"layers":[]}'
# The style sheet fits a map to its room by `--fit`: what is read at the pointer keeps its size.
TOOLTIP = {
    "html": "<b>{name}</b><br>{told}",
    "style": {
        "backgroundColor": PAPER,
        "color": INK,
        "border": f"1px solid {BORDER}",
        "fontSize": "calc(max(14px, 1.67vh) / var(--fit, 1))",
        "lineHeight": "1.35",
        "padding": "calc(8px / var(--fit, 1))",
        "maxWidth": "calc(320px / var(--fit, 1))",
        "fontFamily": "sans-serif",
    },
}
# Views of the map by name.
VIEWS = tuple(WINDOWS)


class DeckPayload(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck as the frontend takes it: written as JSON once, and given out again as it is."""

    def __init__(self, deck: pdk.Deck) -> None:
        self._json: str = deck.to_json()
        self._tooltip = deck._tooltip

    def to_json(self) -> str:
        return self._json


def build_deck(ground: Ground, view: str, layers: tuple[str, ...] = ()) -> pdk.Deck:
    """The map of what stands on the ground, at one of VIEWS, with these of the layers that can be left out.

    It is drawn for the room of the ground, with all marks and words so many times larger as the room asks for, and nearer
    by as much: the same picture, which stays sharp where the style sheet makes it larger.
    """
    room, window = ROOMS[ground.room], window_in(view, ground.room)
    named = ground if ground.room == "stage" else replace(ground, figures=ground.figures.iloc[:0])
    ground = replace(ground, labels=tuple(place_labels(named, window, layers)), layers=layers)
    made = [layer(ground, window) for name, layer in LAYERS.items() if OPTIONAL.get(name) in (None, *layers)]
    flattened = [layer for one in made for layer in (one if isinstance(one, list) else [one])]
    longitude, latitude = window.middle
    zoom = window.zoom + math.log2(room.enlargement)
    return pdk.Deck(
        layers=[_with_limits(layer, room.enlargement) for layer in flattened],
        views=_map_views(window),
        initial_view_state=pdk.ViewState(longitude=longitude, latitude=latitude, zoom=zoom, min_zoom=1, max_zoom=10),
        map_style=NO_BACKGROUND,
        tooltip=TOOLTIP,
    )


def _map_views(window: Window) -> list[pdk.View]:
    """The map, which is moved and zoomed; in the close view East Asia in its lower right corner, which stays as it is."""
    controls = {"dragRotate": False, "touchRotate": False}
    main = pdk.View(type="MapView", id="main", controller=controls)
    if not window.inset:
        return [main]
    assert window.room is not None, "an inset is part of a room"
    across, down = window.room.inset
    small = window_of("East Asia", round(window.room.width * across * window.room.enlargement))
    longitude, latitude = small.middle
    inset = pdk.View(
        type="MapView",
        id="inset",
        controller=False,
        clear=True,
        x=f"{100 - 100 * across:g}%",
        y=f"{100 - 100 * down:g}%",
        width=f"{100 * across:g}%",
        height=f"{100 * down:g}%",
        view_state={"longitude": longitude, "latitude": latitude, "zoom": small.zoom},
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


def _with_limits(layer: pdk.Layer, factor: float) -> pdk.Layer:
    """The layer with its smallest and largest sizes so many times larger."""
    limited = copy(layer)
    for name in [name for name in vars(layer) if name.endswith(("_min_pixels", "_max_pixels"))]:
        setattr(limited, name, factor * getattr(layer, name))
    return limited


def _renamed(layer: pdk.Layer, name: str) -> pdk.Layer:
    renamed = copy(layer)
    renamed.id = name
    return renamed
