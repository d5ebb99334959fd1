"""What can be opened without this server? One view as an HTML page, and its figure for a picture.

The drawing of the page is static, each mark a link to its row; a short script shows the row beside its mark. The library
that draws on the live page would be 4.8 MB of each copy, its smallest build 1 MB; it would add no more than these cards.
"""

import json
import re
from collections.abc import Iterable, Mapping
from html import escape

from components import assets, theme
from components.exports.picture import as_of_line, picture_of
from components.panels.catalogue import panel_at
from components.panels.html_table import static_table
from components.panels.panel import Panel
from components.static.svg import svgs_of
from data.files import cite
from data.files.export import file_name
from data.files.extract import HEDGES, Extract
from data.query.address import address_of_card
from data.query.names import with_names
from data.record.wording import with_article

# Tables whose rows say all that the pointer reads at their marks; a mark of another may be a sum, or a place with its numbers.
ROW_SAYS_ALL = ("figures", "events")
# Pixels of a drawing on a laptop, and on a phone where it has a form of its own for that.
WIDE, NARROW = 1132, 340
# Characters that no HTML may hold, with which a text of the tables or of a script would be a page that is broken.
NOT_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def panel_of_extract(extract: Extract) -> Panel:
    """The panel that shows the rows of an extract."""
    return panel_at(extract.view, extract.library, extract.selection)


def files_beside_data(extract: Extract) -> Mapping[str, bytes]:
    """Files of the evidence bundle that hold a drawing."""
    return {"chart.html": one_file(extract)} if panel_of_extract(extract).is_drawn else {}


def figure_json(extract: Extract) -> bytes:
    """JSON of the figure that the browser turns into a picture, and of its file name; null where there is no drawing."""
    picture = picture_of(panel_of_extract(extract))
    figure = json.loads(str(picture.to_json())) if picture is not None else None
    return json.dumps({"name": file_name(extract, "").rstrip("."), "figure": figure}).encode("utf-8")


def one_file(extract: Extract) -> bytes:
    """The view as one HTML page that loads nothing else: chart, sentence, table, sources, citation."""
    panel = panel_of_extract(extract)
    drawing = _drawing(panel, extract.base)
    body = [
        f"<h1>{escape(panel.title)}</h1>",
        f'<p class="key">{escape(panel.showing)}.</p><p>{escape(panel.drawn.summary)}</p>',
        drawing,
        f'<p class="key">{escape(panel.drawn.note)}</p><p class="key">{escape(as_of_line(panel))}</p>',
        f"<h2>{with_article(len(panel.frame), 'row').capitalize()}</h2>{static_table(panel, has_anchors=True)}",
        _cautions(extract),
        f"<h2>Sources</h2>{_list(cite.reference_list([cite.reference_of_source(row) for row in extract.sources.to_dict('records')]))}",
        f"<h2>How to cite this</h2><p>{escape(extract.about['citation'])}</p><p>{escape(HEDGES)}</p>",
        f"<p>{escape(extract.about['licence'])}. Choices in force: {escape(extract.filters)}. Address of the rows: {escape(extract.address('csv'))}</p>",
        f"<script>{assets.text('one_page.js').strip()}</script>" if drawing else "",
    ]
    return document(panel.title, body)


def _drawing(panel: Panel, base: str) -> str:
    """The drawing as static SVG whose marks lead to their rows in the table below, or on the dashboard at `base`."""
    picture = panel.picture()
    if picture is None:
        return ""
    ids = {str(row_id) for row_id in panel.frame.iloc[:, 0]}

    def link(row_ids: str) -> str:
        row_id = row_ids.split(";")[0]
        return f"#{row_id}" if row_id in ids else address_of_card(base, row_id)

    narrow = panel.drawn.narrow() if panel.drawn.narrow else None
    wide = "".join(svgs_of(picture, panel.alt, WIDE, link=link))
    drawings = f'<div class="{"static-chart-wide" if narrow else "only"}">{wide}</div>'
    if narrow:
        drawings += f'<div class="static-chart-narrow">{"".join(svgs_of(narrow, panel.alt, NARROW, link=link))}</div>'
    named = f'id="chart" role="figure" aria-label="{escape(panel.alt)}" data-dashboard="{escape(base)}"'
    named += " data-row-says-all" if panel.table in ROW_SAYS_ALL else ""
    return f'<p id="zoom" hidden></p><div class="wide" tabindex="0"><div {named} class="static-chart">{drawings}</div></div><aside id="card" hidden></aside>'


def _cautions(extract: Extract) -> str:
    rows = extract.cautions.to_dict("records")
    lines = [f"{row['title']}: {with_names(extract.library, row['text'])}" for row in rows]
    return f"<h2>Things to know</h2>{_list(lines)}" if lines else ""


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def document(title: str, body: Iterable[str]) -> bytes:
    """An HTML page with its style sheet inside."""
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>\n{theme.standalone_css("standalone.css")}{theme.standalone_css("static_chart.css")}</style></head><body><main>{"".join(body)}</main></body></html>\n'
    return NOT_HTML.sub("\ufffd", page).encode("utf-8")
