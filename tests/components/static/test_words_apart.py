"""No two texts of a drawing overlap on a phone, today and as of the brief."""

from itertools import combinations
from typing import Any

import plotly.graph_objects as go

from components.panels.catalogue import panel_of
from components.static.svg import svgs_of
from data.query.as_of import library_of
from data.query.select import Selection
from tests.components.static.painted import words_of

# Pixels of a drawing on a phone, and its height on the page where it is as high as the window leaves it.
WIDTH, HEIGHT = 358, 560
# By how many pixels boxes of words may reach into each other: letters do not fill them.
TOUCHING = 2
VIEWS: dict[str, dict[str, Any]] = {
    "today": {},
    "brief": {"asof": "2012-07-03"},
    "2018": {"asof": "2018-12-31"},
    "alone": {"source": "brief only"},
}


def overlapping(svg: str) -> list[tuple[str, str]]:
    return [(one.text, other.text) for one, other in combinations(words_of(svg), 2) if one.overlaps(other, TOUCHING)]


def panel(view, key, **values):
    library, _ = library_of({"asof": "", "source": "all"} | VIEWS[view])
    from data.query.views import LIST

    v = next(v for v in LIST if v.key == key)
    return panel_of(key, library, Selection(v.page, {**VIEWS[view], **values}))


if __name__ == "__main__":
    for view in VIEWS:
        for vals in (
            {},
            {"overlay": "talks"},
            {"period": "Since 1950"},
            {"period": "Since the brief"},
            {
                "mark": (
                    "counts",
                    "before 2001",
                    "rounded or hedged",
                    "other exact numbers",
                    "printed as missing",
                    "outdated or conflicting",
                )
            },
        ):
            p = panel(view, "unaccounted-for", **vals)
            f = p.drawn.figure
            if f is None:
                print(view, vals, None)
                continue
            f = go.Figure(f).update_layout(height=HEIGHT)
            for svg in svgs_of(f, "x", WIDTH):
                print(view, vals, overlapping(svg))
