"""What does a page look like on paper? Drawings at the width of the sheet, whole tables, sources and the address.

A grid on the screen prints only the rows in view, and a chart only what fits. So the server answers with a print copy of
each page at /print/<page>?<choices of the page>, and a script puts it in the place of the page while the browser prints.
Only a reader who prints waits for it.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import pandas as pd

from components.exports.picture import as_of_line
from components.exports.print_tables import table_html
from components.navigation import Page
from components.panels.catalogue import panel_at
from components.panels.elements import caution_html
from components.panels.panel import Panel
from components.presenter_state import PATH
from components.static.svg import svgs_of
from components.theme import standalone_css
from data.files.extract import Extract, sources_of
from data.query.address import Refusal, read_page
from data.query.as_of import BRIEF_ONLY, as_published
from data.query.params import PARAMETERS
from data.query.path import PathBroken, Step, decode_path
from data.query.readable import cell_in_words, head_of, is_technical
from data.query.rows import find_row
from data.query.select import Selection, filters_in_words, rows_naming
from data.query.views import views_shown
from data.record.dates import date_in_words
from data.record.load import Library, allowed_values
from data.record.load import library as library_of_now
from data.record.wording import (
    Row,
    as_of_in_words,
    as_published_in_words,
    figure_in_words,
    name_of_series,
    unit_in_words,
    value_in_words,
)

HOME_NAME = "overview"
LICENCES = "The compilation is under CC BY 4.0; the facts are their sources'. Borders: Natural Earth, public domain. Coordinates: GeoNames and Open Admin Data, CC BY 4.0."
# Pages whose drawing needs the long side of the sheet.
LANDSCAPE_PAGES = ("recovery-map", "mission-timeline")
# Width of a drawing in pixels, about those of the sheet, and the heights that its first and its further pieces may have,
# so that each stands on one sheet, Letter or A4.
PORTRAIT = (740, (780, 900))
LANDSCAPE = (1104, (430, 790))
# Columns that say whom a row comes from; the first is added to those of the grid, since no card opens on paper.
PROVENANCE_COLUMNS = ("told_by", "source_id", "source_ids")


@lru_cache(maxsize=24)
def print_copy(page: Page, pairs: tuple[tuple[str, str], ...], base: str = "") -> str:
    """The print copy of a page with the choices of its address, as HTML; empty where a path cannot be read or has no step."""
    address = f"{base}/{page.path}" + (f"?{urlencode(pairs)}" if pairs else "")
    if page.path == PATH:
        return _print_copy_of_path(page, dict(pairs).get(PATH, ""), address, base)
    library, selection = read_page(page.path, pairs)
    panels = panels_of_page(page.path, library, selection)
    entries = {
        "Shown": _view_in_words(library, selection),
        "Left out": _left_out(library, selection),
        "Choices": _choices_in_words(library, selection) or "none",
    }
    body = [
        _header(page, page.question, entries, address, library),
        _opened_row(library, selection, dict(pairs)),
        *(_section(panel, page.path in LANDSCAPE_PAGES) for panel in panels),
        *(_dictionary_and_glossary(library, panels[-1]) if page.path == "sources-and-data" else []),
        *([_cautions(panels), _sources(panels)] if panels else []),
    ]
    return _document(page, body)


def _print_copy_of_path(page: Page, encoded: str, address: str, base: str) -> str:
    """The print copy of a path, step by step; empty where the address holds none."""
    try:
        path = decode_path(encoded)
    except PathBroken:
        return ""
    library, step_count = library_of_now(), len(path.steps)
    entries = {"Steps": str(step_count)}
    head = _header(page, path.title or page.question, entries, address, library)
    return _document(page, [head, *(_section_of_step(step, base) for step in path.steps)]) if step_count else ""


def _section_of_step(step: Step, base: str) -> str:
    """A step of a path with its title and note; where it has a drawing, its rows are given by their address alone."""
    lead = f'<p class="lead">{escape(step.note)}</p>' if step.note else ""
    try:
        request = step.read()
    except Refusal as refusal:
        return f"<section><h2>{escape(step.title)}</h2>{lead}<p>This step cannot be shown: {escape(refusal.sentence)}</p></section>"
    panel = panel_at(request.view, request.library, request.selection)
    landscape = panel.view.page in LANDSCAPE_PAGES
    rows_address = Extract(request.view, request.library, request.selection, base).address("csv")
    rows = f'<p class="key">The rows: {escape(rows_address)}</p>' if panel.is_drawn else _table(panel, landscape)
    return _section(panel, landscape, step.title, lead, rows)


def _document(page: Page, body: Iterable[str]) -> str:
    landscape, one_panel_a_sheet = page.path in LANDSCAPE_PAGES, page.path == PATH
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(page.question)}</title><style class="sheet">\n{_sheet_css(page, landscape)}</style><style class="rules">\n{_css(landscape, one_panel_a_sheet)}</style></head><body><main>{"".join(body)}</main></body></html>'


def panels_of_page(page: str, library: Library, selection: Selection) -> list[Panel]:
    """The panels of a page, in their order, or none; on the page of tables the chosen one."""
    return [panel_at(view, library, selection) for view in views_shown(page, library, selection)]


def _header(page: Page, title: str, entries: dict[str, str], address: str, library: Library) -> str:
    """The header: what is printed, with which choices, of which data, from which address."""
    package = library.dictionary
    version = f"version {library.version}, {date_in_words(str(package['created'])[:10])}. {LICENCES}"
    named = {**entries, "Data": version}.items()
    listed = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in named if text)
    return f'<header><p class="key">{escape(package["title"])}: {escape(page.name)}</p><h1>{escape(title)}</h1><dl>{listed}<dt>Address</dt><dd class="address" data-address>{escape(address)}</dd></dl></header>'


def _left_out(library: Library, selection: Selection) -> str:
    """What a view as of a day leaves out, and what it places by inference; empty where it shows the whole record."""
    if not library.as_of:
        return ""
    left_out = as_published(library.as_of, selection.values.get("source") == BRIEF_ONLY)[1]
    return f"{left_out.later} rows published later and {left_out.without_day} without a publication date; {left_out.inferred} figures are placed by their as-of date (inferred)"


def _view_in_words(library: Library, selection: Selection) -> str:
    as_of = library.as_of
    view = as_published_in_words(as_of)
    return view + (", of the brief alone" if selection.values.get("source") == BRIEF_ONLY else "")


def _choices_in_words(library: Library, selection: Selection) -> str:
    """The choices in force with their labels, except those that a title says already."""
    parameters = [
        parameter
        for parameter in PARAMETERS
        if parameter.name in selection.values and not parameter.options_from and parameter.kind != "day"
    ]
    choices = [(parameter.label, filters_in_words(selection, library, [parameter.name])) for parameter in parameters]
    return "; ".join(f"{label}: {words}" for label, words in choices if words)


def _section(panel: Panel, landscape: bool, title: str = "", lead: str = "", rows: str = "") -> str:
    """A panel: title, sentence, drawing, note, rows and sources.

    On landscape sheets the drawing has a page of its own, after the texts.
    """
    head = f'<h2>{escape(title or panel.title)}</h2>{lead}<p class="key">{escape(panel.showing)}.</p>'
    orientation = ' class="sideways"' if landscape else ""
    if panel.frame.empty:
        return f"<section{orientation}>{head}<p>{panel.sentence}</p></section>"
    drawing = _tiles(panel) if panel.key == "headlines" else _drawing(panel, landscape)
    summary, *texts = [
        f'<p class="summary">{escape(panel.drawn.summary)}</p>',
        f'<p class="key">{escape(panel.drawn.note)}</p>' if panel.drawn.note else "",
        f'<p class="key">{escape(as_of_line(panel))} {escape(panel.source)}</p>',
        "" if rows else _caution_names(panel),
    ]
    rows_html = rows + _full_cautions(panel) if rows else _table(panel, landscape)
    if landscape and rows:
        order = [summary, *texts, rows_html, drawing]
    else:
        order = [summary, *texts, drawing, rows_html] if landscape else [summary, drawing, *texts, rows_html]
    return f"<section{orientation}>{head}{''.join(order)}</section>"


def _drawing(panel: Panel, landscape: bool) -> str:
    """The drawing as one or more SVG, each of which fits on a sheet; empty where there is none."""
    figure = panel.picture()
    if figure is None:
        return ""
    width, heights = LANDSCAPE if landscape else PORTRAIT
    return "".join(f"<figure>{svg}</figure>" for svg in svgs_of(figure, panel.alt, width, heights))


def _tiles(panel: Panel) -> str:
    tiles = []
    for row in panel.frame.to_dict("records"):
        name = name_of_series(row)
        texts = [unit_in_words(row), as_of_in_words(row), str(row["attributed_to"])]
        lines = "".join(f"<p>{escape(line)}</p>" for line in texts)
        lines += f'<p class="technical">{escape(str(row["figure_id"]))}</p>'
        tiles.append(f'<div><h3>{escape(name)}</h3><p class="number">{escape(value_in_words(row))}</p>{lines}</div>')
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _table(panel: Panel, landscape: bool) -> str:
    """Every row in words: its short cells side by side, the rest of it below them, the ids that files use last."""
    fields = {entry["name"]: entry for entry in panel.fields}
    titles = {name: head_of(list(panel.frame.columns), entry) for name, entry in fields.items()}
    columns, technical = _columns(panel), panel.technical_columns[:1]
    cells = {name: [cell_in_words(panel.library, fields[name], cell) for cell in panel.frame[name]] for name in columns}
    words = pd.DataFrame(cells | {name: panel.frame[name] for name in technical})
    return f"<h3>{_rows_in_words(panel)}</h3>" + table_html(words, columns, technical, titles, landscape)


def _columns(panel: Panel) -> list[str]:
    provenance = [name for name in PROVENANCE_COLUMNS if name in panel.frame]
    return [name for name in panel.columns if name not in provenance] + provenance[:1]


def _rows_in_words(panel: Panel) -> str:
    count = len(panel.frame)
    return "The row shown" if count == 1 else f"The {count} rows shown"


def _opened_row(library: Library, selection: Selection, pairs: dict[str, str]) -> str:
    """The row whose card the address opens: a place on the map, any row among the tables."""
    ids = {"recovery-map": selection.values.get("place"), "sources-and-data": pairs.get("figure")}
    row_id = ids.get(selection.page)
    found = find_row(library, str(row_id)) if row_id else None
    if found is None:
        return ""
    fields = [entry for entry in library.fields(found.table) if not pd.isna(found.row[entry["name"]])]
    columns = [entry["name"] for entry in fields]
    technical = [entry for entry in fields if is_technical(columns, entry["name"])]
    facts = [
        (entry["title"], cell_in_words(library, entry, found.row[entry["name"]]))
        for entry in fields
        if entry not in technical
    ]
    entries_html = "".join(f"<dt>{escape(title)}</dt><dd>{escape(text)}</dd>" for title, text in facts if text)
    row_id_html = f'<p class="technical">{escape(technical[0]["title"])}: {escape(found.row[columns[0]])}</p>'
    frames = rows_naming(library, found.row[columns[0]]).values()
    rows = [_name_in_full(row) for frame in frames for row in frame.to_dict("records")]
    return f"<section><h2>The record that this address names</h2><dl>{entries_html}</dl>{row_id_html}{_list(rows)}</section>"


def _name_in_full(row: Row) -> str:
    """The name or title of a row, with its number where it has one."""
    name_columns = ("title", "opens_with", "place_as_named", "label", "name")
    name = next((str(row[name]) for name in name_columns if row.get(name)), "")
    return f"{figure_in_words(row)}, {name}" if row.get("qualifier") and not pd.isna(row["value"]) else name


def _dictionary_and_glossary(library: Library, panel: Panel) -> list[str]:
    """The dictionary of the selected table, and the glossary."""
    titles = {"name": "Column", "title": "Name", "type": "Type", "description": "Meaning", "allowed": "Allowed"}
    entries = [{**entry, "allowed": ", ".join(allowed_values(entry))} for entry in library.fields(panel.table)]
    dictionary = pd.DataFrame(entries)[list(titles)]
    terms = [
        f"{row['term']}: {row['meaning']} In the brief: {row['use_in_brief']} Defined by: {row['defined_by']}."
        for row in library["glossary"].to_dict("records")
    ]
    glossary = f"<section><h2>Glossary: words with different meanings</h2>{_list(terms)}</section>" if terms else ""
    title = f"<h2>Dictionary: what the columns of “{escape(panel.title)}” mean</h2>"
    return [
        f"<section>{title}{table_html(dictionary.fillna(''), list(titles)[1:], ['name'], titles, False)}</section>",
        glossary,
    ]


def _full_cautions(panel: Panel) -> str:
    return "".join(caution_html(panel.library, row) for row in panel.cautions)


def _caution_names(panel: Panel) -> str:
    """The cautions on the rows by name: each stands in full once, after all panels."""
    rows = panel.cautions
    names = "; ".join(str(row["title"]) for row in rows)
    return f'<p class="key"><b>Things to know</b>, in full after the tables: {escape(names)}.</p>' if rows else ""


def _cautions(panels: Sequence[Panel]) -> str:
    """The cautions on any of the rows; on the page of tables all there are."""
    rows: Iterable[Row] = {row["caution_id"]: row for panel in panels for row in panel.cautions}.values()
    if panels[0].selection.page == "sources-and-data":
        rows = panels[0].library["cautions"].to_dict("records")
    cautions_html = "".join(caution_html(panels[0].library, row) for row in rows)
    return f"<section><h2>Things to know</h2>{cautions_html}</section>" if cautions_html else ""


def _sources(panels: Sequence[Panel]) -> str:
    """The sources of all rows by title; nothing below a table of sources."""
    if panels[0].table == "sources":
        return ""
    rows = pd.concat([sources_of(panel.library, panel.frame) for panel in panels]).drop_duplicates("source_id")
    return f"<section><h2>Sources</h2>{_list([_source_line(row) for row in rows.to_dict('records')])}</section>"


def _source_line(row: Row) -> str:
    parts = [row["title"], row["publisher"], date_in_words(row["published"]) if row["published"] else "no day printed"]
    words = ", ".join(str(part) for part in parts if part)
    return f"{words} ({row['tier']}). {row['note']} {row['url']}"


def _list(items: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{entries}</ul>" if entries else ""


def _sheet_css(page: Page, landscape: bool) -> str:
    """Rules of the sheet: margins, footer, and that only the print copy is printed."""
    size = "landscape" if landscape else ""
    return standalone_css("print_sheet.css", sheet_size=size, page_name=f'"{page.name}"')


def _css(landscape: bool, one_panel_a_sheet: bool) -> str:
    """Rules of the content; of a path, each panel begins a sheet of its own."""
    return standalone_css(
        "print.css",
        sideways_page="" if landscape else "sideways",
        section_break="page" if one_panel_a_sheet else "",
        tile_columns="4" if landscape else "2",
        sheet_width="270mm" if landscape else "190mm",
    )
