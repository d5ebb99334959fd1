"""What colour, size and typeface does each role have? The only place in the code with a hex value."""

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go
import plotly.io

PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
NAVY, TEAL, PLUM, ORANGE, INK, LILAC = PALETTE
MUTED = "#59636E"
GRID = "#E4E8EC"
PAPER = "#FFFFFF"
SHADE = "#F3F5F7"
BORDER = "#D5DAE0"
LAND = "#E3E6EA"

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
    "recovery": TEAL,
    "handover": TEAL,
    "burial": NAVY,
    "laboratory": NAVY,
    "prison camp": PLUM,
    "talks": INK,
    "archive": INK,
    "reported camp": PLUM,
}

# Of things that stand on each other: the pattern tells them apart where the colour does not.
STACK_COLORS = (NAVY, TEAL, ORANGE, LILAC, INK)
STACK_PATTERNS = ("", "/", ".", "-", "x")


def colors_of_series(shown: Iterable[str]) -> dict[str, str]:
    """The colors of series, in the order of the legend; a series without one of its own is gray, and comes last."""
    present = set(shown)
    own = {name: color for name, color in SERIES_COLORS.items() if name in present}
    return own | dict.fromkeys(sorted(present - set(own)), MUTED)


# The face of headings and large numbers: a part of Source Serif that components/fonts holds, a twentieth of its size.
SERIF = "'Accounting Serif', serif"
FONT = "'Source Sans', 'Source Sans 3', sans-serif"
# A picture that leaves the page can take no font with it: letters are measured in one that is everywhere.
PICTURE_FONT = "Arial, Helvetica, sans-serif"
TEXT_SIZE = 14
SMALL_SIZE = 13
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
NOTE_DEFAULTS: dict[str, Any] = {"arrowcolor": INK, "arrowhead": 0, "arrowwidth": 1}
TRACE_DEFAULTS: dict[str, Any] = {"marker": {"line": {"width": 0}}}
plotly.io.templates["record"] = go.layout.Template(
    layout={
        **FIGURE_DEFAULTS,
        "annotationdefaults": NOTE_DEFAULTS,
        "xaxis": AXIS_DEFAULTS,
        "yaxis": AXIS_DEFAULTS,
    },
    data={"scatter": [TRACE_DEFAULTS], "bar": [TRACE_DEFAULTS]},
)
plotly.io.templates.default = "record"


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """A colour as deck.gl takes it: red, green, blue and alpha from 0 to 255."""
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)] + [alpha]


def tint(colour: str, alpha: float) -> str:
    """A colour with an opacity, as CSS and Plotly take it."""
    red, green, blue, _ = rgb(colour)
    return f"rgba({red},{green},{blue},{alpha})"


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


def css() -> str:
    """Style rules of the frame, the tiles and the panels."""
    return f"""
@font-face {{ font-family: 'Accounting Serif'; src: url(/fonts/accounting-serif-600.woff2) format('woff2'); font-display: swap; }}
.stMainBlockContainer {{ max-width: 1180px; padding-top: 4.5rem; padding-bottom: 3rem; }}
h1 {{ font-size: 2.1rem !important; line-height: 1.2 !important; letter-spacing: -0.01em; }}
h2 {{ font-size: 1.35rem !important; color: {INK}; padding-bottom: 0 !important; }}
h3 {{ font-size: 1.1rem !important; color: {INK}; padding-bottom: 0 !important; }}
.lead {{ font-size: 1.15rem; line-height: 1.5; color: {INK}; max-width: 48rem; margin: 0 0 .5rem 0; }}
.page-head h1, .panel-head h2 {{ font-family: {SERIF}; font-weight: 600; }}
.page-head h1 {{ margin: 0; padding: 1.25rem 0 1rem; }}
.panel-head h2 {{ line-height: 1.2; letter-spacing: -.005em; margin: 0; padding: 1rem 0 0 !important; }}
.panel-head .summary {{ margin-top: 1rem; }}
.panel-source {{ display: grid; gap: .75rem; }}
.fold {{ border: 1px solid {BORDER}; border-radius: 5.6px; min-width: 0; }}
.fold > summary {{ display: flex; gap: .85rem; align-items: center; min-height: 38px; padding: 4px 16px; font-size: .875rem; cursor: pointer; border-radius: 5.6px; list-style: none; }}
.fold > summary::-webkit-details-marker {{ display: none; }}
.fold > summary::before {{ content: ""; flex: none; width: 6px; height: 6px; border: solid {INK}; border-width: 1.8px 1.8px 0 0; transform: rotate(45deg); }}
.fold[open] > summary::before {{ transform: rotate(135deg) translate(-2px, 2px); }}
.fold > summary:hover {{ background: {SHADE}; }}
.fold > div {{ padding: 1rem; border-top: 1px solid {BORDER}; }}
.summary {{ font-size: 1.02rem; line-height: 1.5; max-width: 52rem; margin: 0; }}
.source {{ font-size: .875rem; line-height: 1.45; color: {MUTED}; margin: 0; overflow-wrap: anywhere; }}
.key {{ font-size: .875rem; color: {MUTED}; margin: 0; }}
.st-key-headlines > div {{ align-items: stretch; }}
.tile {{ min-height: 15.5rem; border-top: 4px solid {NAVY}; padding-top: .6rem; }}
.tile.estimate {{ border-top-color: {TEAL}; }}
.card-number {{ font-family: {SERIF}; font-size: 2rem; line-height: 1.2; font-weight: 600; color: {NAVY}; margin: 0; }}
.card-number.small {{ font-size: 1.35rem; }}
.st-key-view-bar {{ padding-bottom: .5rem; border-bottom: 1px solid {BORDER}; margin-bottom: .5rem; }}
.tile .name {{ font-weight: 600; margin: 0; }}
.tile .hedge {{ font-size: .95rem; color: {MUTED}; margin: .5rem 0 -.35rem; min-height: 1.3rem; }}
.tile .number {{ font-family: {SERIF}; font-size: 2.5rem; line-height: 1.15; font-weight: 600; color: {NAVY}; margin: 0; white-space: nowrap; }}
.tile .unit {{ margin: 0 0 .5rem; }}
.tile .from {{ font-size: .85rem; line-height: 1.4; color: {MUTED}; margin: .15rem 0 0; }}
.facts {{ margin: 0; display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: .25rem 1rem; font-size: .95rem; line-height: 1.4; }}
.facts dt {{ font-weight: 600; color: {MUTED}; }} .facts dd {{ margin: 0; overflow-wrap: anywhere; }}
.term {{ margin: 0 0 1rem 0; line-height: 1.5; max-width: 56rem; }}
.own {{ border-left: 4px solid {INK}; padding: .1rem 0 .1rem .8rem; margin: .5rem 0; font-size: .95rem; line-height: 1.45; overflow-wrap: anywhere; }}
.own.refused {{ border-left-color: {PLUM}; }} .own p {{ margin: 0; }} .own ul {{ margin: .25rem 0 0; }}
.caution {{ border-left: 4px solid {ORANGE}; padding: .1rem 0 .1rem .8rem; margin: .5rem 0; font-size: .95rem; line-height: 1.45; }}
.files {{ list-style: none; padding: 0 !important; margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: .35rem 1.25rem; }}
.files li {{ display: flex; gap: .75rem; align-items: center; margin: 0; }}
.file {{ flex: 0 0 9.4rem; text-align: center; padding: .4rem .5rem; border: 1px solid {NAVY}; border-radius: 4px; color: {NAVY} !important; font-weight: 600; text-decoration: none !important; }}
.file:hover {{ background: {SHADE}; }}
.then-and-now .wide {{ overflow-x: auto; }}
.then-and-now table {{ width: 100%; border-collapse: collapse; font-size: .9rem; line-height: 1.35; }}
.then-and-now th, .then-and-now td {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border: 0; border-top: 1px solid {BORDER}; }}
.then-and-now thead th {{ color: {MUTED}; border-top: 0; white-space: nowrap; }}
.then-and-now a {{ color: {NAVY}; font-weight: 600; display: inline-block; min-height: 24px; }}
.then-and-now details {{ font-weight: 400; color: {MUTED}; max-width: 24rem; }} .then-and-now summary {{ cursor: pointer; min-height: 24px; }}
.st-key-footer {{ border-top: 1px solid {BORDER}; margin-top: 2rem; padding-top: .75rem; }}
@media (max-width: 700px) {{
  .stMainBlockContainer {{ padding-left: 1rem; padding-right: 1rem; }}
  h1 {{ font-size: 1.6rem !important; }}
  .st-key-timeline-panel-chart {{ display: none; }}
  .then-and-now thead {{ display: none; }} .then-and-now :is(table, tbody, tr, th, td) {{ display: block; }}
  .then-and-now tr {{ border-top: 1px solid {BORDER}; padding: .5rem 0; }} .then-and-now :is(th, td) {{ border: 0; padding: .1rem 0; }}
  .then-and-now td::before {{ content: attr(data-head) ": "; color: {MUTED}; }} .then-and-now td:empty {{ display: none; }}
  div:has(> [class*="st-key-tile-"]) {{ flex: 1 1 100% !important; }}
}}
@media (min-width: 701px) {{ .st-key-timeline-narrow {{ display: none; }} }}
{_reach_css()}"""


def _reach_css() -> str:
    """Style rules for readers with a keyboard, a shaking hand, a slow eye or a palette of their own.

    A ring around what has the focus, nowhere hidden by the frame; nothing to press that is smaller than 24 by 24 pixels;
    no motion where none is wanted; and what a forced palette would take away is drawn with lines instead.
    """
    focus = f"outline: 3px solid {NAVY} !important; outline-offset: 2px !important;"
    fields = '[data-testid="stTextInputRootElement"], .react-aria-ComboBox > [role="group"]'
    thumb = ".stSlider div:has(> div > input[type='range'])"
    marked = '[role="radio"][aria-checked="true"], [role="tab"][aria-selected="true"]'
    return f"""
:focus-visible {{ {focus} }}
main:focus-visible {{ outline-offset: -4px !important; }}
:is({fields}):has(:focus-visible) {{ {focus} }} :is({fields}) :focus-visible {{ outline: none !important; }}
:is({fields}) [data-tag]:focus-visible {{ outline: 3px solid {INK} !important; }}
{thumb}:has(:focus-visible) {{ {focus} border-radius: 50%; }}
[data-testid="stMain"], [role="dialog"] > div {{ scroll-padding: 5rem 0 2rem; }}
[data-testid="stTooltipHoverTarget"] button, [aria-label="Close"], .modebar-btn, .react-aria-ComboBox button, [role="tab"] {{ min-width: 24px !important; min-height: 24px !important; justify-content: center; align-items: center; }}
[data-tag] button {{ min-width: 24px !important; min-height: 24px !important; display: inline-flex; align-items: center; justify-content: center; margin: -2px -4px -2px 0; }}
[data-testid="stTooltipHoverTarget"] button {{ display: inline-flex; margin: -4px; }}
.stSlider input[type="range"] {{ min-height: 24px; }} [data-testid="stTab"] {{ min-width: 24px; }} [data-testid="stMultiSelect"] input {{ min-width: 24px !important; }}
kbd {{ color: {INK} !important; opacity: 1 !important; }} .st-key-footer a {{ display: inline-block; min-height: 24px; line-height: 24px; }}
[data-testid="stFileUploaderDropzone"] span {{ color: {MUTED}; }}
[data-testid="stDataFrame"]:focus-within {{ {focus} }}
[data-testid="stElementToolbar"]:focus-within {{ opacity: 1 !important; z-index: 10; }}
div:has(> .st-key-scripts) {{ display: none; }}
.said-aloud {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
@media (prefers-reduced-motion: reduce) {{ *, ::before, ::after {{ animation-duration: .01ms !important; animation-iteration-count: 1 !important; transition-duration: .01ms !important; scroll-behavior: auto !important; }} }}
@media (forced-colors: active) {{
  :focus-visible, :is({fields}):has(:focus-visible), {thumb}:has(:focus-visible) {{ outline-color: Highlight !important; }}
  :is({marked}) {{ border: 3px solid Highlight !important; }}
  {thumb} {{ border: 8px solid ButtonText; border-radius: 50%; }} .stSlider [role="group"] > div {{ border-top: 2px solid ButtonText; }}
  .caution, .tile {{ border-color: CanvasText; }}
  [data-testid="stDeckGlJsonChart"] {{ forced-color-adjust: none; background: {PAPER}; }}
}}
"""


def present_css() -> str:
    """Style rules of the presenter view: one panel on a screen without a frame, type for a room."""
    return f"""
[data-testid="stHeader"], .st-key-kept-choices, div:has(> .st-key-kept-choices) {{ display: none !important; }}
.stMainBlockContainer {{ max-width: none !important; padding: 1.5rem 3.5rem .5rem !important; }}
div:has(> .st-key-stage) {{ height: calc(100vh - 4rem); }} .st-key-stage {{ gap: .6rem; }}
.st-key-stage > div:has(> .st-key-stage-drawing) {{ flex: 1 1 0; min-height: 0; overflow-x: hidden; overflow-y: auto; }}
.stage-title {{ font-family: {SERIF}; font-size: 36px !important; line-height: 1.2; color: {NAVY}; padding: 0; margin: 0; }}
.stage-said {{ font-size: 24px; line-height: 1.35; margin: 0; }}
.st-key-stage-drawing {{ align-items: center; }}
.st-key-stage-drawing table {{ font-size: 20px; border-collapse: collapse; }}
.st-key-stage-drawing th, .st-key-stage-drawing td {{ text-align: left; vertical-align: top; padding: .3rem .8rem; border-bottom: 1px solid {BORDER}; }}
.st-key-stage > div:last-child {{ margin-top: auto; }} .st-key-stage-foot {{ gap: .4rem; }}
.st-key-stage-ways button p {{ font-size: 18px; }}
.stage-tiles:focus-visible, .wide:focus-visible {{ outline-offset: -4px !important; }}
.stage-source {{ font-size: 18px; line-height: 1.35; color: {MUTED}; margin: 0; max-height: 4.1em; overflow-y: auto; }}
.stage-place, .stage-note {{ font-size: 18px; color: {MUTED}; margin: 0; }}
.stage-tiles {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 2rem; padding-top: 2rem; }}
.stage-tiles > div {{ border-top: 6px solid {NAVY}; padding-top: 1rem; }} .stage-tiles p {{ margin: 0; }}
.stage-tiles .name {{ font-size: 26px; font-weight: 600; line-height: 1.25; min-height: 2.5em; }}
.stage-tiles .hedge {{ font-size: 26px; color: {MUTED}; min-height: 1.5em; }}
.stage-tiles .number {{ font-size: 84px; line-height: 1.15; font-weight: 600; color: {NAVY}; }}
.stage-tiles .unit {{ font-size: 26px; }} .stage-tiles .from {{ font-size: 20px; color: {MUTED}; margin-top: .8rem; }}
"""


def print_css() -> str:
    """Style rules of a page that stands alone: the one-file copy and the page of addresses."""
    return f"""
body {{ font-family: {FONT}; font-size: 16px; line-height: 1.5; color: {INK}; background: {PAPER}; margin: 0; }}
main {{ max-width: 1180px; margin: 0 auto; padding: 2rem 1.5rem; }}
h1 {{ font-size: 1.9rem; line-height: 1.2; color: {NAVY}; }} h2 {{ font-size: 1.25rem; margin-top: 2rem; }}
a {{ color: {NAVY}; }} li a, p a, td a {{ display: inline-block; line-height: 24px; }} :focus-visible {{ outline: 3px solid {NAVY}; outline-offset: 2px; }} .key {{ color: {MUTED}; font-size: .9rem; }}
.wide {{ overflow-x: auto; }} #chart {{ min-width: 44rem; }}
table {{ border-collapse: collapse; font-size: .875rem; }}
th, td {{ text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid {BORDER}; min-width: 5rem; }}
li {{ margin: .3rem 0; overflow-wrap: anywhere; }} p {{ overflow-wrap: anywhere; }}
"""
