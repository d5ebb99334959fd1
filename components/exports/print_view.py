"""What does a page look like on paper? Drawings at the width of the sheet, short tables, sources and the address.

A table that needs more than a sheet is in the file of its rows, whose address stands in its place: below a drawing of the
same rows alone, else after its first rows. A reader who chose among the rows gets more of them, and a record whose card is
open is printed in full. A grid on the screen prints only the rows in view, and a chart only what fits. So the server answers with a print copy of
each page at /print/<page>?<choices of the page>, and a script puts it in the place of the page while the browser prints.
Only a reader who prints waits for it.
"""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

import pandas as pd

from components import assets
from components.exports.picture import as_of_line
from components.exports.print_tables import most_rows, rows_that_fit, table_html
from components.navigation import Page
from components.panels.catalogue import panel_at
from components.panels.elements import caution_html
from components.panels.panel import Panel
from components.presenter_state import PATH
from components.static.svg import svgs_of
from components.theme import standalone_css
from data.files.extract import Extract, sources_of
from data.query.address import ROOT, Refusal, read_page
from data.query.as_of import BRIEF_ONLY, as_published
from data.query.operations import number_and_speaker, operations_named
from data.query.params import PARAMETERS, default_of, parameter_named
from data.query.path import PathBroken, Step, decode_path
from data.query.readable import cell_in_words, head_of, is_technical
from data.query.rows import find_row
from data.query.select import Selection, filters_in_words, rows_naming
from data.query.views import views_shown
from data.record.dates import date_in_words
from data.record.load import Library
from data.record.load import library as library_of_now
from data.record.single_flight import computed_once
from data.record.wording import (
    Row,
    as_of_in_words,
    as_published_in_words,
    figure_in_words,
    name_of_series,
    number_with_noun,
    records_of_cautions,
    unit_in_words,
    value_in_words,
    with_article,
)

HOME_NAME = "overview"
LICENCES = "The compilation is under CC BY 4.0; the facts are their sources'. Borders: Natural Earth, public domain. Coordinates: GeoNames and Open Admin Data, CC BY 4.0."
# Pages whose drawing needs the long side of the sheet.
LANDSCAPE_PAGES = ("recovery-map", "mission-timeline")
# Width of a drawing in pixels, about those of the sheet, and the heights that its first and its further pieces may have,
# so that each stands on one sheet, Letter or A4.
PORTRAIT = (740, (780, 900))
LANDSCAPE = (1104, (430, 790))
# Sheets of a table on paper: of one that shows what its page shows to all, and of one whose rows a reader chose.
SHEETS, SHEETS_CHOSEN = 1, 4
# Columns that say whom a row comes from; the first is added to those of the grid, since no card opens on paper.
PROVENANCE_COLUMNS = ("told_by", "source_id", "source_ids")


@computed_once(24)
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
        *(_section(panel, base) for panel in panels),
        *([_cautions(panels), _sources(panels)] if panels else []),
        _more_tables(library, base) if page.path == "sources-and-data" else "",
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
    rows = f'<p class="key">The rows: {_address_of_rows(panel, base)}</p>' if panel.is_drawn else _table(panel, base)
    return _section(panel, base, step.title, lead, rows)


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
    return f"{left_out.rows_in_words}; placed by as-of date (inferred): {left_out.figures_in_words}"


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


def _section(panel: Panel, base: str, title: str = "", lead: str = "", rows: str = "") -> str:
    """A panel: title, sentence, drawing, note, rows and sources; the title stands on the sheet of what follows it.

    On landscape sheets the drawing has a page of its own, after the texts.
    """
    head = f'<h2>{escape(title or panel.title)}</h2>{lead}<p class="key">{escape(panel.showing)}.</p>'
    landscape = _is_landscape(panel)
    orientation = ' class="sideways"' if landscape else ""
    if panel.frame.empty:
        return f"<section{orientation}>{head}<p>{panel.sentence}</p></section>"
    first, *more = [_tiles(panel)] if panel.key == "headlines" else _drawings(panel, landscape)
    summary, *texts = [
        f'<p class="summary">{escape(panel.drawn.summary)}</p>',
        f'<p class="key">{escape(panel.drawn.note)}</p>' if panel.drawn.note else "",
        f'<p class="key">{escape(as_of_line(panel))} {escape(panel.source)}</p>',
        "" if rows else _caution_names(panel),
    ]
    rows_html = rows + _full_cautions(panel) if rows else _table(panel, base)
    if landscape:
        drawn = [first, *more]
        kept, order = [head, summary], [*texts, rows_html, *drawn] if rows else [*texts, *drawn, rows_html]
    else:
        kept, order = [head, summary, first], [*more, *texts, rows_html]
    return f'<section{orientation}><div class="kept">{"".join(kept)}</div>{"".join(order)}</section>'


def _drawings(panel: Panel, landscape: bool) -> list[str]:
    """The drawing as one or more SVG, each of which fits on a sheet; one that is empty where there is none."""
    figure = panel.picture()
    if figure is None:
        return [""]
    width, heights = LANDSCAPE if landscape else PORTRAIT
    return [f"<figure>{svg}</figure>" for svg in svgs_of(figure, panel.alt, width, heights)]


def _tiles(panel: Panel) -> str:
    tiles = []
    for row in panel.frame.to_dict("records"):
        name = name_of_series(row)
        texts = [unit_in_words(row), as_of_in_words(row), str(row["attributed_to"])]
        lines = "".join(f"<p>{escape(line)}</p>" for line in texts)
        lines += f'<p class="technical">{escape(str(row["figure_id"]))}</p>'
        tiles.append(f'<div><h3>{escape(name)}</h3><p class="number">{escape(value_in_words(row))}</p>{lines}</div>')
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _is_landscape(panel: Panel) -> bool:
    return panel.view.page in LANDSCAPE_PAGES


def _table(panel: Panel, base: str) -> str:
    """The rows in words, as far as they stay on paper, and the address of all of them where they do not."""
    rows, columns = rows_on_paper(panel), _columns(panel)
    technical, titles = panel.technical_columns[:1], _titles(panel)
    words = _cells_in_words(panel, rows)
    table = table_html(words, columns, technical, titles, _is_landscape(panel)) if len(rows) else ""
    if len(rows) == len(panel.frame):
        return f"<h3>{_rows_in_words(panel)}</h3>{table}"
    head = f"<h3>{f'The first {len(rows):,} of the {len(panel.frame):,} rows' if len(rows) else _rows_in_words(panel)}</h3>"
    where = (
        f"All {len(panel.frame):,} rows, each with its wording, source and note, are at {_address_of_rows(panel, base)}"
    )
    return f'{head}<p class="key">{where}</p>{table}'


def rows_on_paper(panel: Panel) -> pd.DataFrame:
    """The rows of a panel that are printed as a table: all that fit; of more none below their drawing, else the first."""
    titles = _titles(panel)
    sheets = SHEETS_CHOSEN if _is_chosen(panel) else SHEETS
    words = _cells_in_words(panel, panel.frame.head(most_rows(_is_landscape(panel), sheets)))
    fit = rows_that_fit(words, _columns(panel), titles, _is_landscape(panel), sheets)
    return panel.frame.head(0 if panel.is_drawn and fit < len(panel.frame) else fit)


def _is_chosen(panel: Panel) -> bool:
    """Whether a reader chose among the rows of a panel."""
    values, library = panel.selection.values, panel.library
    return any(
        name in values and values[name] != default_of(parameter_named(name), library) for name in panel.view.choices
    )


def _cells_in_words(panel: Panel, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in words: their short cells, the rest of them, the ids that files use last."""
    fields = {entry["name"]: entry for entry in panel.fields}
    cells = {
        name: [cell_in_words(panel.library, fields[name], cell) for cell in rows[name]] for name in _columns(panel)
    }
    return pd.DataFrame(cells | {name: rows[name] for name in panel.technical_columns[:1]})


def _titles(panel: Panel) -> dict[str, str]:
    """The heads of the columns, by their names."""
    return {entry["name"]: head_of(list(panel.frame.columns), entry) for entry in panel.fields}


def _address_of_rows(panel: Panel, base: str) -> str:
    """The address of a panel's rows as a workbook, as a link; the other formats have it too but for its ending."""
    address = Extract(panel.view, panel.library, panel.selection, base).address("xlsx")
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _columns(panel: Panel) -> list[str]:
    provenance = [name for name in PROVENANCE_COLUMNS if name in panel.frame]
    return [name for name in panel.columns if name not in provenance] + provenance[:1]


def _rows_in_words(panel: Panel) -> str:
    return f"{with_article(len(panel.frame), 'row').capitalize()} shown"


def _opened_row(library: Library, selection: Selection, pairs: dict[str, str]) -> str:
    """The row whose card the address opens: a place on the map, any row among the tables."""
    ids = {"recovery-map": selection.values.get("place"), "sources-and-data": pairs.get("figure")}
    row_id = ids.get(selection.page)
    found = find_row(library, str(row_id)) if row_id else None
    if found is None:
        return _opened_operations(library, str(row_id or ""))
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


def _opened_operations(library: Library, row_ids: str) -> str:
    """The operations that the address names, under what they come to or why they are not added up; empty for none."""
    named = operations_named(library, row_ids)
    if named is None:
        return ""
    lines = [": ".join(number_and_speaker(row)) for row in named.rows]
    said = "".join(f"<p>{escape(text)}</p>" for text in (named.head, named.sentence))
    left_out = f"<p>{escape(named.left_out)}</p>" if named.left_out else ""
    return f"<section><h2>The records that this address names</h2>{said}{_list(lines)}{left_out}</section>"


def _name_in_full(row: Row) -> str:
    """The name or title of a row, with its number where it has one."""
    name_columns = ("title", "opens_with", "place_as_named", "label", "name")
    name = next((str(row[name]) for name in name_columns if row.get(name)), "")
    return f"{figure_in_words(row)}, {name}" if row.get("qualifier") and not pd.isna(row["value"]) else name


def _more_tables(library: Library, base: str) -> str:
    """Where the tables are that the page of tables shows beside the chosen one."""
    names = {"glossary": "Glossary", "cautions": "All things to know"}
    lines = [f"{title}: {base}{ROOT}/{name}.xlsx" for name, title in names.items() if len(library[name])]
    columns = "What the columns mean: on the sheet “dictionary” of each workbook"
    return f"<section><h2>More of these data</h2>{_list([columns, *lines])}</section>"


def _full_cautions(panel: Panel) -> str:
    return "".join(caution_html(panel.library, row) for row in panel.cautions)


def _caution_names(panel: Panel) -> str:
    """The cautions on the rows by name: each stands in full once, after all panels."""
    rows = _cautions_on_paper(panel)
    names = "; ".join(str(row["title"]) for row in rows)
    return f'<p class="key"><b>Things to know</b>, in full after the tables: {escape(names)}.</p>' if rows else ""


def _cautions_on_paper(panel: Panel) -> list[Row]:
    """The cautions on the rows that are printed, be it as marks of a drawing or in a table."""
    if panel.is_drawn:
        return panel.cautions
    return records_of_cautions(panel.library, set(rows_on_paper(panel).iloc[:, 0]))


def _cautions(panels: Sequence[Panel]) -> str:
    """The cautions on any of the rows that are printed."""
    rows = {row["caution_id"]: row for panel in panels for row in _cautions_on_paper(panel)}.values()
    cautions_html = "".join(caution_html(panels[0].library, row) for row in rows)
    return f"<section><h2>Things to know</h2>{cautions_html}</section>" if cautions_html else ""


def _sources(panels: Sequence[Panel]) -> str:
    """The sources of all rows by title; nothing below a table of sources."""
    if panels[0].table == "sources":
        return ""
    shown = [sources_of(panel.library, panel.frame) for panel in panels]
    rows = pd.concat([sources_of(panel.library, rows_on_paper(panel)) for panel in panels]).drop_duplicates("source_id")
    more = set(pd.concat(shown)["source_id"]) - set(rows["source_id"])
    rest = (
        f'<p class="key">{number_with_noun(len(more), "more source")} of rows that are not printed as a table: in the files of the rows.</p>'
        if more
        else ""
    )
    return f"<section><h2>Sources</h2>{_list([_source_line(row) for row in rows.to_dict('records')])}{rest}</section>"


def _source_line(row: Row) -> str:
    parts = [row["title"], row["publisher"], date_in_words(row["published"]) if row["published"] else "no day printed"]
    words = ", ".join(str(part) for part in parts if part)
    return f"{words} ({row['tier']}). {row['note']} {row['url']}"


def _list(items: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{entries}</ul>" if entries else ""


def _sheet_css(page: Page, landscape: bool) -> str:
    """Rules of the sheet: its typeface, margins, footer, and that only the print copy is printed."""
    size = "landscape" if landscape else ""
    return assets.picture_faces() + standalone_css("print_sheet.css", sheet_size=size, page_name=f'"{page.name}"')


def _css(landscape: bool, one_panel_a_sheet: bool) -> str:
    """Rules of the content; of a path, each panel begins a sheet of its own."""
    return standalone_css(
        "print.css",
        sideways_page="" if landscape else "sideways",
        section_break="page" if one_panel_a_sheet else "",
        tile_columns="4" if landscape else "2",
        sheet_width="270mm" if landscape else "190mm",
    )
