"""What can be opened without this server? One view as a page, a picture's figure or a slide, a path as slides; and the page of addresses."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from plotly.offline import get_plotlyjs

from components import theme
from components.exports.picture import as_of_line, picture_of
from components.exports.slides.deck import Slide, deck_of
from components.panels.catalogue import panel_at
from components.panels.panel import Panel, static_table, wide
from data.files import cite
from data.files.described import ONE_FILE, SLIDES
from data.files.export import FORMATS, file_name
from data.files.extract import HEDGES, Extract
from data.query.address import PANEL, ROOT, decides, path_of, right_of
from data.query.params import PARAMETERS
from data.query.path import Path
from data.query.views import VIEWS
from data.record.load import Library

PARAMETER_HEAD = "<thead><tr><th>Parameter</th><th>Filters</th><th>Values</th></tr></thead>"
PLOT = "Plotly.newPlot('chart', JSON.parse(document.getElementById('figure').textContent), undefined, {responsive: true, displaylogo: false});"


def panel_behind(extract: Extract) -> Panel:
    """The panel whose rows leave."""
    return panel_at(extract.view, extract.library, extract.selection)


def beside_data(extract: Extract) -> Mapping[str, bytes]:
    """Files of the evidence bundle that hold a drawing."""
    return {"chart.html": one_file(extract)} if panel_behind(extract).is_drawn else {}


def figure_json(extract: Extract) -> bytes:
    """The figure that the browser makes a picture of, with the name of its file; null where there is no drawing."""
    picture = picture_of(panel_behind(extract))
    figure = json.loads(str(picture.to_json())) if picture is not None else None
    return json.dumps({"name": file_name(extract, "").rstrip("."), "figure": figure}).encode("utf-8")


def slide(extract: Extract) -> bytes:
    """The view as one PowerPoint slide."""
    panel = panel_behind(extract)
    return deck_of([Slide(panel, panel.title, "", extract.address("csv"))], panel.title)


def deck(path: Path, base: str, told: Callable[[int], None] = lambda made: None) -> bytes:
    """The steps of a path as PowerPoint slides; `told` hears how many are made. Refusal where a step names no view."""
    return deck_of(_slides_of(path, base, told), path.title)


def _slides_of(path: Path, base: str, told: Callable[[int], None]) -> Iterator[Slide]:
    for made, step in enumerate(path.steps):
        told(made)
        asked = step.read()
        panel = panel_at(asked.view, asked.library, asked.selection)
        address = base + path_of(asked.view, asked.selection, asked.library, "csv")
        yield Slide(panel, step.title or panel.title, step.note, address)


def one_file(extract: Extract) -> bytes:
    """The view as one HTML page that asks for nothing outside itself: chart, sentence, table, sources, citation."""
    panel = panel_behind(extract)
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
    return _document(panel.title, body)


def _script(figure: str) -> str:
    data = figure.replace("</", "<\\/")
    library = f"<script>{get_plotlyjs()}</script>"
    return f'<script type="application/json" id="figure">{data}</script>{library}<script>{PLOT}</script>'


def _cautions(extract: Extract) -> str:
    rows = extract.cautions.to_dict("records")
    told = [f"{row['title']}: {row['text']} Touches {row['row_ids'].replace(';', ', ')}." for row in rows]
    return f"<h2>Cautions</h2>{_list(told)}" if told else ""


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"


def _document(title: str, body: Iterable[str]) -> bytes:
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{theme.print_css()}</style></head><body><main>{"".join(body)}</main></body></html>\n'
    return page.encode("utf-8")


def page_of_data(library: Library, base: str) -> bytes:
    """The page of addresses, for people: tables, formats, parameters, and what describes them to programs."""
    package = library.dictionary
    documents = {
        "datapackage.json": "the dictionary: every column with its meaning, and the version of the data",
        "catalog.jsonld": "a schema.org data set, for catalogues",
        "openapi.json": "these addresses, for programs",
    }
    about = [f'<li><a href="{ROOT}/{name}">{name}</a>: {escape(told)}</li>' for name, told in documents.items()]
    example = f"{base}{ROOT}/figures/{library['figures'].iloc[0, 0]!s}.json"
    body = [
        f"<h1>Data: {escape(package['title'])}</h1>",
        f"<p>{escape(package['description'])} Version {escape(library.version)}, {escape(str(package['created'])[:10])}. <a href='/'>To the dashboard</a></p>",
        f"<p>{escape(HEDGES)}</p><h2>Tables</h2>{wide(f'<tbody>{_tables(library)}</tbody>', 'Tables')}",
        f"<h2>One row</h2><p>With its source, its cautions and who says otherwise: <a href='{escape(example)}'>{escape(example)}</a></p>",
        f"<h2>Choices</h2><p>What an address does not name filters nothing. A choice may stand several times where the list allows it.</p>{wide(f'{PARAMETER_HEAD}<tbody>{_choices(library)}</tbody>', 'Choices')}",
        f"<h2>For programs</h2><ul>{''.join(about)}</ul>",
    ]
    return _document(f"Data: {package['title']}", body)


def _tables(library: Library) -> str:
    rows = []
    for table, frame in library.tables.items():
        links = [
            f'<a href="{ROOT}/{table}.{chosen.extension}">{escape(name)}</a>'
            for name, chosen in FORMATS.items()
            if chosen.holds(table)
        ]
        links += [f'<a href="{ROOT}/{table}.{ending}">{ending}</a>' for ending in (ONE_FILE, SLIDES)]
        told = escape(library.describe(table)["description"])
        rows.append(f"<tr><th>{table}</th><td>{len(frame)} rows. {told}</td><td>{' · '.join(links)}</td></tr>")
    return "".join(rows)


def _choices(library: Library) -> str:
    rows = [
        f"<tr><th>{PANEL.name}</th><td>{escape(PANEL.help)}</td><td>{', '.join(f'{view.key} ({view.table})' for view in VIEWS.values())}</td></tr>"
    ]
    for chosen in [one for one in PARAMETERS if decides(one)]:
        right = right_of(chosen, library)
        options = right if isinstance(right, str) else ", ".join(right)
        told = ", ".join(chosen.columns) or chosen.label
        rows.append(f"<tr><th>{chosen.name}</th><td>{escape(told)}</td><td>{escape(options)}</td></tr>")
    return "".join(rows)
