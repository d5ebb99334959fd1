"""What does a page look like on paper? A print of any page: drawings at the width of the sheet, whole tables, sources, address.

A grid on the screen prints only the rows in view, and a chart only what fits. So the server writes a copy of each page for
paper, at /print/<page>?<the page's own choices>, and the page puts it in its own place for as long as it prints. Nobody
who does not print waits for it or pays for it.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

import pandas as pd

from components.exports.picture import as_of_line
from components.exports.print_tables import table_of
from components.navigation import Page
from components.panels.catalogue import panel_at
from components.panels.elements import caution_html
from components.panels.panel import Panel
from components.presenter_state import PATH
from components.static.svg import svgs_of
from components.theme import standalone_css
from data.files.extract import Extract, sources_of
from data.query.address import Refusal, read_page
from data.query.as_of import as_published
from data.query.params import PARAMETERS
from data.query.path import PathBroken, Step, decode_path
from data.query.rows import find_row
from data.query.select import Selection, filters_in_words, rows_naming
from data.query.views import views_shown
from data.record.dates import date_in_words
from data.record.load import Library, allowed_values
from data.record.load import library as library_of_now
from data.record.wording import Row, as_of_in_words, name_of_series, unit_in_words, value_in_words

HOME = "overview"
LICENCES = "The compilation is under CC BY 4.0; the facts are their sources'. Borders: Natural Earth, public domain. Coordinates: GeoNames and Open Admin Data, CC BY 4.0."
# Pages whose drawing needs the long side of the sheet.
WIDE = ("recovery-map", "mission-timeline")
# Pixels across a drawing is laid out at, one to a pixel of the sheet or nearly, and how high its first and its further
# pieces may be, so that each stands on one sheet, Letter or A4.
UPRIGHT = (740, (780, 900))
SIDEWAYS = (1104, (430, 790))
# Columns beside those of the grid: whom the row comes from, since no card opens on paper.
WHENCE = ("told_by", "source_id", "source_ids")


@lru_cache(maxsize=24)
def copy_of(page: Page, pairs: tuple[tuple[str, str], ...], base: str = "") -> str:
    """The copy of a page with the choices of its address, as an HTML document; empty for a page that shows no rows."""
    address = f"{base}/{page.path}" + (f"?{urlencode(pairs)}" if pairs else "")
    if page.path == PATH:
        return _copy_of_path(page, dict(pairs).get(PATH, ""), address, base)
    library, chosen = read_page(page.path, pairs)
    panels = panels_of(page.path, library, chosen)
    told = {
        "Shown": _view_in_words(library, chosen),
        "Left out": _left_out(library, chosen),
        "Choices": _choices_in_words(library, chosen) or "none",
    }
    body = [
        _head(page, page.question, told, address, library),
        _chosen_row(library, chosen, dict(pairs)),
        *(_section(panel, page.path in WIDE) for panel in panels),
        *(_about_table(library, panels[-1]) if page.path == "sources-and-data" else []),
        _cautions(panels),
        _sources(panels),
    ]
    return _document(page, body)


def _copy_of_path(page: Page, written: str, address: str, base: str) -> str:
    """A path of views, step by step; empty where the address holds none."""
    try:
        path = decode_path(written)
    except PathBroken:
        return ""
    whole, count = library_of_now(), len(path.steps)
    told = {"Steps": str(count)}
    head = _head(page, path.title or page.question, told, address, whole)
    return _document(page, [head, *(_step(step, base) for step in path.steps)]) if count else ""


def _step(step: Step, base: str) -> str:
    """One view of a path under its title and the presenter's words; where it is drawn, its rows by their address alone."""
    lead = f'<p class="lead">{escape(step.note)}</p>' if step.note else ""
    try:
        asked = step.read()
    except Refusal as refusal:
        return f"<section><h2>{escape(step.title)}</h2>{lead}<p>This step names nothing here: {escape(refusal.sentence)}</p></section>"
    panel = panel_at(asked.view, asked.library, asked.selection)
    wide = panel.view.page in WIDE
    where = Extract(asked.view, asked.library, asked.selection, base).address("csv")
    rows = f'<p class="key">The rows: {escape(where)}</p>' if panel.is_drawn else _table(panel, wide)
    return _section(panel, wide, step.title, lead, rows)


def _document(page: Page, body: Iterable[str]) -> str:
    wide, apart = page.path in WIDE, page.path == PATH
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(page.question)}</title><style class="sheet">\n{_sheet_css(page, wide)}</style><style class="rules">\n{_css(wide, apart)}</style></head><body><main>{"".join(body)}</main></body></html>'


def panels_of(page: str, library: Library, chosen: Selection) -> list[Panel]:
    """The panels of a page, in their order; on the page of tables the chosen one."""
    return [panel_at(view, library, chosen) for view in views_shown(page, library, chosen)]


def _head(page: Page, title: str, told: dict[str, str], address: str, library: Library) -> str:
    """What the sheets are a print of, and where that stands."""
    package = library.dictionary
    told = told | {"Data": f"version {library.version}, {date_in_words(str(package['created'])[:10])}. {LICENCES}"}
    entries = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in told.items() if text)
    return f'<header><p class="key">{escape(package["title"])}: {escape(page.name)}</p><h1>{escape(title)}</h1><dl>{entries}<dt>Address</dt><dd class="address" data-address>{escape(address)}</dd></dl></header>'


def _left_out(library: Library, chosen: Selection) -> str:
    """What a view of a day leaves out, and what it places by inference."""
    if not library.as_of:
        return ""
    left_out = as_published(library.as_of, chosen.values.get("source") == "brief only")[1]
    return f"{left_out.later} rows published later and {left_out.without_day} without a day of publication; {left_out.inferred} figures are placed by their as-of day (inferred)"


def _view_in_words(library: Library, chosen: Selection) -> str:
    day = (
        f"as published by {date_in_words(library.as_of.isoformat())}" if library.as_of else "all that the record holds"
    )
    return day + (", of the brief alone" if chosen.values.get("source") == "brief only" else "")


def _choices_in_words(library: Library, chosen: Selection) -> str:
    """The choices in force with their names; what a title says already is left out."""
    names = [one for one in PARAMETERS if one.name in chosen.values and not one.options_from and one.kind != "day"]
    said = [(one.label, filters_in_words(chosen, library, [one.name])) for one in names]
    return "; ".join(f"{label}: {words}" for label, words in said if words)


def _section(panel: Panel, wide: bool, title: str = "", lead: str = "", rows: str = "") -> str:
    """A panel: title, sentence, drawing, note, rows, and who stands behind them.

    On a sheet that is laid sideways the drawing takes a page of its own, after all words.
    """
    head = f'<h2>{escape(title or panel.title)}</h2>{lead}<p class="key">{escape(panel.showing)}.</p>'
    turned = ' class="sideways"' if wide else ""
    if panel.frame.empty:
        return f"<section{turned}>{head}<p>{panel.sentence}</p></section>"
    drawn = _tiles(panel) if panel.key == "headlines" else _drawing(panel, wide)
    summary, *words = [
        f'<p class="summary">{escape(panel.drawn.summary)}</p>',
        f'<p class="key">{escape(panel.drawn.note)}</p>' if panel.drawn.note else "",
        f'<p class="key">{escape(as_of_line(panel))} {escape(panel.source)}</p>',
        "" if rows else _named_cautions(panel),
    ]
    foot = rows + _cautions_in_full(panel) if rows else _table(panel, wide)
    if wide and rows:
        parts = [summary, *words, foot, drawn]
    else:
        parts = [summary, *words, drawn, foot] if wide else [summary, drawn, *words, foot]
    return f"<section{turned}>{head}{''.join(parts)}</section>"


def _drawing(panel: Panel, wide: bool) -> str:
    """The drawing as pictures that fit a sheet each; empty where there is none."""
    figure = panel.picture()
    if figure is None:
        return ""
    width, room = SIDEWAYS if wide else UPRIGHT
    return "".join(f"<figure>{svg}</figure>" for svg in svgs_of(figure, panel.alt, width, room))


def _tiles(panel: Panel) -> str:
    tiles = []
    for row in panel.frame.to_dict("records"):
        name = name_of_series(row)
        told = [unit_in_words(row), as_of_in_words(row), str(row["attributed_to"]), str(row["figure_id"])]
        lines = "".join(f"<p>{escape(line)}</p>" for line in told)
        tiles.append(f'<div><h3>{escape(name)}</h3><p class="number">{escape(value_in_words(row))}</p>{lines}</div>')
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _table(panel: Panel, wide: bool) -> str:
    """Every row: its short cells side by side, the rest of it below them."""
    titles = {entry["name"]: entry["title"] for entry in panel.fields}
    return f"<h3>{_rows_in_words(panel)}</h3>" + table_of(panel.frame, _columns(panel), titles, wide)


def _columns(panel: Panel) -> list[str]:
    whence = [name for name in WHENCE if name in panel.frame and name not in panel.columns]
    return panel.columns + whence[:1]


def _rows_in_words(panel: Panel) -> str:
    count = len(panel.frame)
    return "The row shown" if count == 1 else f"The {count} rows shown"


def _chosen_row(library: Library, chosen: Selection, pairs: dict[str, str]) -> str:
    """The card that the address opens on the page: of a place on the map, of a row among the tables."""
    asked = {"recovery-map": chosen.values.get("place"), "sources-and-data": pairs.get("figure")}.get(chosen.page)
    found = find_row(library, str(asked)) if asked else None
    if found is None:
        return ""
    entries = [(entry["title"], found.row[entry["name"]]) for entry in library.fields(found.table)]
    facts = [(title, str(cell)) for title, cell in entries if not pd.isna(cell) and str(cell)]
    told = "".join(f"<dt>{escape(title)}</dt><dd>{escape(text)}</dd>" for title, text in facts)
    rows = [_named(row) for frame in rows_naming(library, str(asked)).values() for row in frame.to_dict("records")]
    return f"<section><h2>The row that the address opens</h2><dl>{told}</dl>{_list(rows)}</section>"


def _named(row: Row) -> str:
    """A row by its id and what it is called."""
    names = ("title", "opens_with", "place_as_named", "label", "name")
    called = next((str(row[name]) for name in names if row.get(name)), "")
    return f"{next(iter(row.values()))}: {called}"


def _about_table(library: Library, panel: Panel) -> list[str]:
    """What the columns of the chosen table mean, and the words of the field."""
    titles = {"name": "Column", "title": "Name", "type": "Type", "description": "Meaning", "allowed": "Allowed"}
    entries = [{**entry, "allowed": ", ".join(allowed_values(entry))} for entry in library.fields(panel.table)]
    dictionary = pd.DataFrame(entries)[list(titles)]
    terms = [
        f"{row['term']}: {row['meaning']} In the brief: {row['use_in_brief']} Defined by: {row['defined_by']}."
        for row in library["glossary"].to_dict("records")
    ]
    glossary = f"<section><h2>Glossary: words that are not the same</h2>{_list(terms)}</section>" if terms else ""
    title = f"<h2>Dictionary: what the columns of {panel.table} mean</h2>"
    return [f"<section>{title}{table_of(dictionary, list(titles), titles, False)}</section>", glossary]


def _cautions_in_full(panel: Panel) -> str:
    return "".join(caution_html(row) for row in panel.cautions)


def _named_cautions(panel: Panel) -> str:
    """The cautions on the rows by name: each stands in full once, after all panels."""
    rows = panel.cautions
    told = "; ".join(f"{row['title']} ({row['caution_id']})" for row in rows)
    return f'<p class="key"><b>Cautions</b>, in full after the tables: {escape(told)}.</p>' if rows else ""


def _cautions(panels: Sequence[Panel]) -> str:
    """The cautions on any of the rows; on the page of tables all there are."""
    rows: Iterable[Row] = {row["caution_id"]: row for panel in panels for row in panel.cautions}.values()
    if panels[0].selection.page == "sources-and-data":
        rows = panels[0].library["cautions"].to_dict("records")
    told = "".join(caution_html({**row, "kind": f"{row['caution_id']}, {row['kind']}"}) for row in rows)
    return f"<section><h2>Cautions</h2>{told}</section>" if told else ""


def _sources(panels: Sequence[Panel]) -> str:
    """Every source of the rows under its id; a table of sources says it itself."""
    if panels[0].table == "sources":
        return ""
    rows = pd.concat([sources_of(panel.library, panel.frame) for panel in panels]).drop_duplicates("source_id")
    return f"<section><h2>Sources</h2>{_list([_source(row) for row in rows.to_dict('records')])}</section>"


def _source(row: Row) -> str:
    told = [row["publisher"], row["title"], date_in_words(row["published"]) if row["published"] else "no day printed"]
    words = ", ".join(str(part) for part in told if part)
    return f"{row['source_id']}: {words} ({row['tier']}). {row['note']} {row['url']}"


def _list(items: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{entries}</ul>" if entries else ""


def _sheet_css(page: Page, wide: bool) -> str:
    """Rules of the sheet: its margins, its foot, and that nothing of the page but the copy is printed."""
    size = "landscape" if wide else ""
    return standalone_css("print_sheet.css", sheet_size=size, page_name=f'"{page.name}"')


def _css(wide: bool, apart: bool) -> str:
    """Rules of what stands on the sheet; where panels stand `apart`, each begins a sheet of its own."""
    return standalone_css(
        "print.css",
        sideways_page="" if wide else "sideways",
        section_break="page" if apart else "",
        tile_columns="4" if wide else "2",
        sheet_width="270mm" if wide else "190mm",
    )
