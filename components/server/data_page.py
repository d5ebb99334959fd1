"""What can be fetched at /data/v1, in words for people? Tables, formats, parameters, and what describes them to programs."""

from collections.abc import Iterable
from html import escape

from components.exports.one_page import document
from components.panels.html_table import scrolling_table
from data.files.described import DRAWN
from data.files.export import FORMATS
from data.files.extract import HEDGES
from data.query.address import PANEL, ROOT, SIZE, accepted_values, decides_rows
from data.query.params import PARAMETERS
from data.query.views import VIEWS
from data.record.load import Library
from data.record.wording import number_with_noun

TABLE_HEAD, CHOICE_HEAD = ("Table", "What it holds", "Files"), ("Choice", "Filters", "Values")


def data_page(library: Library, base: str) -> bytes:
    """The page of addresses, for people: tables, formats, parameters, and what describes them to programs."""
    package = library.dictionary
    documents = {
        "datapackage.json": "the dictionary: every column with its meaning, and the version of the data",
        "catalog.jsonld": "a schema.org data set, for catalogues",
        "openapi.json": "these addresses, for programs",
    }
    links = [f'<li><a href="{name}">{name}</a>: {escape(text)}</li>' for name, text in documents.items()]
    example = f"{base}{ROOT}/figures/{library['figures'].iloc[0, 0]!s}.json"
    body = [
        f"<h1>Data: {escape(package['title'])}</h1>",
        f"<p>{escape(package['description'])} Version {escape(library.version)}, {escape(str(package['created'])[:10])}. <a href='../../'>To the dashboard</a></p>",
        f"<p>{escape(HEDGES)}</p><h2>Tables</h2>{_table('The tables, and the files of each', TABLE_HEAD, _tables(library))}",
        f"<h2>One row</h2><p>With its source, its cautions and who says otherwise: <a href='{escape(example)}'>{escape(example)}</a></p>",
        f"<h2>Choices</h2><p>What an address does not name filters nothing. A choice may stand several times where the list allows it.</p>{_table('The choices that an address can name', CHOICE_HEAD, _choices(library))}",
        f"<h2>For programs</h2><ul>{''.join(links)}</ul>",
    ]
    return document(f"Data: {package['title']}", body)


def _table(caption: str, titles: Iterable[str], rows: str) -> str:
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    inner = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return scrolling_table(inner, caption)


def _tables(library: Library) -> str:
    rows = []
    for table, frame in library.tables.items():
        links = [
            f'<a href="{table}.{file_format.extension}">{escape(name)}</a>'
            for name, file_format in FORMATS.items()
            if file_format.holds(table)
        ]
        links += [f'<a href="{table}.{ending}">{name}</a>' for ending, name in DRAWN.items()]
        about = f"{number_with_noun(len(frame), 'row')}. {escape(library.describe(table)['description'])}"
        rows.append(f'<tr><th scope="row">{table}</th><td>{about}</td><td>{" · ".join(links)}</td></tr>')
    return "".join(rows)


def _choices(library: Library) -> str:
    rows = [
        f"<tr><th scope='row'>{PANEL.name}</th><td>{escape(PANEL.help)}</td><td>{', '.join(f'{view.key} ({view.table})' for view in VIEWS.values())}</td></tr>"
    ]
    for parameter in [*(parameter for parameter in PARAMETERS if decides_rows(parameter)), *SIZE]:
        accepted = accepted_values(parameter, library)
        options = accepted if isinstance(accepted, str) else ", ".join(accepted)
        filters = ", ".join(parameter.columns) or parameter.label
        rows.append(
            f"<tr><th scope='row'>{parameter.name}</th><td>{escape(filters)}</td><td>{escape(options)}</td></tr>"
        )
    return "".join(rows)
