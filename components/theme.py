"""What color, size and typeface does each role have? The only place in the code with a hex value."""

import re
from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go
import plotly.io

from components import assets

PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
NAVY, TEAL, PLUM, ORANGE, INK, LILAC = PALETTE
# Shades of the lighter colors in which words have 4.5:1 on paper and on shade.
DARK_TEAL, DARK_ORANGE, DARK_LILAC = "#17736B", "#B0440F", "#6B4BAA"
SHADES_FOR_WORDS = {TEAL: DARK_TEAL, ORANGE: DARK_ORANGE, LILAC: DARK_LILAC}
# Words on the lighter colors themselves.
BLACK = "#0B0C0C"
CONTRAST_OF_WORDS = 4.5
MUTED = "#59636E"
GRID = "#E4E8EC"
PAPER = "#FFFFFF"
SHADE = "#F3F5F7"
BORDER = "#D5DAE0"
LAND = "#DADFE5"

KIND_COLORS = {
    "count": NAVY,
    "estimate": TEAL,
    "claim": PLUM,
    "goal": ORANGE,
    "rate": NAVY,
    "money": NAVY,
    "computed": INK,
    "term": INK,
}
STAGE_COLORS = {"returned": NAVY, "in one period": LILAC, "estimated": ORANGE, "identified": TEAL}
SERIES_COLORS = {
    "budget_usd": NAVY,
    "program_cost_usd": ORANGE,
    "accounted_for_fiscal_year": NAVY,
    "accounted_for_calendar_year": INK,
    "accounted_for_fiscal_year_all_conflicts": TEAL,
    "identified_fiscal_year_all_conflicts": LILAC,
    "accounted_for_annual_goal": ORANGE,
    "accounted_for_since_1982": NAVY,
    "accounted_for_since_1973": ORANGE,
}
STATUS_COLORS = {"happened": NAVY, "claimed": PLUM, "planned": ORANGE, "fell through": ORANGE}
STATUS_SYMBOLS = {
    "happened": "circle",
    "claimed": "diamond-open",
    "planned": "circle-open",
    "fell through": "x-thin-open",
}
ROLE_COLORS = {
    "recovery": SHADES_FOR_WORDS[TEAL],
    "handover": SHADES_FOR_WORDS[TEAL],
    "burial": NAVY,
    "laboratory": NAVY,
    "prison camp": PLUM,
    "talks": INK,
    "archive": INK,
    "reported camp": PLUM,
}

# Of things that stand on each other.
STACK_COLORS = (NAVY, TEAL, ORANGE, LILAC, INK)


def colors_of_series(shown: Iterable[str]) -> dict[str, str]:
    """The colors of series, in the order of the legend; a series without one of its own is gray, and comes last."""
    present = set(shown)
    own = {name: color for name, color in SERIES_COLORS.items() if name in present}
    return own | dict.fromkeys(sorted(present - set(own)), MUTED)


# The face of headings and large numbers: a part of Source Serif that components/assets/fonts holds, a twentieth of its size.
SERIF = "'Accounting Serif', serif"
FONT = "'Source Sans', 'Source Sans 3', sans-serif"
# A picture that leaves the page can take no font with it: letters are measured in one that is everywhere.
PICTURE_FONT = "Arial, Helvetica, sans-serif"
# The face of pictures that are drawn here and of paper: a part of Source Sans, which each of them brings along; then what is
# near it. A face of one weight stays text in every PDF: Firefox writes one of all weights as outlines.
DRAWING_FONT = "'Accounting Sans', 'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"
# What style sheets call the colors and typefaces: NAVY is var(--navy) there.
VARIABLES = {
    "navy": NAVY,
    "teal": TEAL,
    "plum": PLUM,
    "orange": ORANGE,
    "ink": INK,
    "muted": MUTED,
    "border": BORDER,
    "shade": SHADE,
    "paper": PAPER,
    "serif": SERIF,
    "font": FONT,
    "drawing-font": DRAWING_FONT,
}
# The style sheets of every live page, in their order.
PAGE_SHEETS = (
    "page.css",
    "frame.css",
    "overview.css",
    "counts.css",
    "map.css",
    "timeline.css",
    "remains.css",
    "prisoners.css",
    "disagreements.css",
    "data.css",
    "explore.css",
    "presentation.css",
    "static_chart.css",
    "accessibility.css",
)
VARIABLE = re.compile(r"var\(--([\w-]+)\)")
EMPTY_DECLARATION = re.compile(r"[\w-]+: ;")
EMPTY_RULE = re.compile(r"[^{}\s][^{}]*\{\s*\}")
TEXT_SIZE = 14
SMALL_SIZE = 13
# How Plotly writes numbers of an axis in millions: 15M.
MILLIONS = "~s"
PLOT_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
}

# What figures, axes, labels and marks are where a figure does not say it. Plotly's own template is eight kilobytes of each
# figure, and lets every axis push its margin, for which a browser lays each figure out twice: axes that need it say so.
FIGURE_DEFAULTS: dict[str, Any] = {"autotypenumbers": "strict", "hovermode": "closest"}
AXIS_DEFAULTS: dict[str, Any] = {
    "gridcolor": PAPER,
    "linecolor": PAPER,
    "zerolinecolor": PAPER,
    "zerolinewidth": 2,
    "ticks": "",
}
ANNOTATION_DEFAULTS: dict[str, Any] = {"arrowcolor": INK, "arrowhead": 0, "arrowwidth": 1}
TRACE_DEFAULTS: dict[str, Any] = {"marker": {"line": {"width": 0}}}
plotly.io.templates["record"] = go.layout.Template(
    layout={
        **FIGURE_DEFAULTS,
        "annotationdefaults": ANNOTATION_DEFAULTS,
        "xaxis": AXIS_DEFAULTS,
        "yaxis": AXIS_DEFAULTS,
    },
    data={"scatter": [TRACE_DEFAULTS], "bar": [TRACE_DEFAULTS]},
)
plotly.io.templates.default = "record"


def color_of_words(color: str) -> str:
    """The shade of a color in which words can be read on paper: its own, unless it is one of the lighter ones."""
    return SHADES_FOR_WORDS.get(color, color)


def rgb(color: str, alpha: int = 255) -> list[int]:
    """A color as deck.gl takes it: red, green, blue and alpha from 0 to 255."""
    return [int(color[start : start + 2], 16) for start in (1, 3, 5)] + [alpha]


def tint(color: str, alpha: float) -> str:
    """A color with an opacity, as CSS and Plotly take it."""
    red, green, blue, _ = rgb(color)
    return f"rgba({red},{green},{blue},{alpha})"


def contrast(one: str, other: str) -> float:
    """How much two colors differ in lightness, from 1 to 21, as WCAG 2 measures it; words need 4.5."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    """The relative luminance of a color, from 0 to 1."""
    shares = (part / 255 for part in rgb(color)[:3])
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def color_on(color: str) -> str:
    """The color of words that stand on a colored area: paper, or black where paper does not stand out enough."""
    return PAPER if contrast(PAPER, color) >= CONTRAST_OF_WORDS else BLACK


def layout(height: int, **more: Any) -> dict[str, Any]:
    """The layout that all figures share."""
    shared: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 34},
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": BORDER,
            "font": {"family": FONT, "size": SMALL_SIZE, "color": INK},
            "align": "left",
        },
        "dragmode": "pan",  # axes are fixed; a click on a mark selects it only in this mode
    }
    return shared | more


def room_for_numbers(highest: float) -> int:
    """Pixels that the labels of an axis of numbers need to its left: those of the largest, and air."""
    return round(len(f"{highest:,.0f}") * SMALL_SIZE * 0.58) + 12


def page_css() -> str:
    """The style sheet of every live page, with the palette and the typefaces as variables."""
    variables = " ".join(f"--{name}: {value};" for name, value in VARIABLES.items())
    return f":root {{ {variables} }}\n{''.join(assets.text(name) for name in PAGE_SHEETS)}"


def standalone_css(name: str, **values: str) -> str:
    """A style sheet for a document without the live page's: each variable is replaced by its value.

    `values` are variables of this sheet alone, with hyphens as underscores. As in a browser, a declaration whose variable
    has no value counts for nothing: it is left out, and so is a rule without any declaration. KeyError for an unknown one.
    """
    known = VARIABLES | {name.replace("_", "-"): value for name, value in values.items()}
    filled = VARIABLE.sub(lambda found: known[found[1]], assets.text(name))
    return EMPTY_RULE.sub("", EMPTY_DECLARATION.sub("", filled))
