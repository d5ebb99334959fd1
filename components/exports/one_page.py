"""What can be opened without this server? One view as an HTML page, and its figure for a picture."""

import json
from collections.abc import Iterable, Mapping
from html import escape

from plotly.offline import get_plotlyjs

from components import assets, theme
from components.exports.picture import as_of_line, picture_of
from components.panels.catalogue import panel_at
from components.panels.html_table import static_table
from components.panels.panel import Panel
from data.files import cite
from data.files.export import file_name
from data.files.extract import HEDGES, Extract
from data.query.names import with_names


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
    picture = panel.picture()
    scripts = [_script(str(picture.to_json()))] if picture is not None else []
    body = [
        f"<h1>{escape(panel.title)}</h1>",
        f'<p class="key">{escape(panel.showing)}.</p><p>{escape(panel.drawn.summary)}</p>',
        f'<div class="wide" tabindex="0"><div id="chart" role="figure" aria-label="{escape(panel.alt)}"></div></div>'
        if scripts
        else "",
        f'<p class="key">{escape(panel.drawn.note)}</p><p class="key">{escape(as_of_line(panel))}</p>',
        f"<h2>The {len(panel.frame)} rows</h2>{static_table(panel)}",
        _cautions(extract),
        f"<h2>Sources</h2>{_list(cite.styled([cite.reference_of_source(row) for row in extract.sources.to_dict('records')], 'APA'))}",
        f"<h2>How to cite this</h2><p>{escape(extract.about['citation'])}</p><p>{escape(HEDGES)}</p>",
        f"<p>{escape(extract.about['licence'])}. Choices in force: {escape(extract.filters)}. Address of the rows: {escape(extract.address('csv'))}</p>",
        *scripts,
    ]
    return document(panel.title, body)


def _script(figure: str) -> str:
    data = figure.replace("</", "<\\/")
    library = f"<script>{get_plotlyjs()}</script>"
    return f'<script type="application/json" id="figure">{data}</script>{library}<script>{assets.text("one_page.js").strip()}</script>'


def _cautions(extract: Extract) -> str:
    rows = extract.cautions.to_dict("records")
    lines = [f"{row['title']}: {with_names(extract.library, row['text'])}" for row in rows]
    return f"<h2>Things to know</h2>{_list(lines)}" if lines else ""


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def document(title: str, body: Iterable[str]) -> bytes:
    """An HTML page with its style sheet inside."""
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>\n{theme.standalone_css("standalone.css")}</style></head><body><main>{"".join(body)}</main></body></html>\n'
    return page.encode("utf-8")
