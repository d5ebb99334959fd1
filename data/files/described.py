"""How do the data describe themselves to a program? Data package, catalogue, interface, and one row in full."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from data.files import cite
from data.files.export import FORMATS
from data.files.extract import HEDGES, Extract, records_of
from data.query.address import PANEL, ROOT, SIZE, address_of_card, decides_rows
from data.query.compute import computed_by_id, with_computed
from data.query.former import current_id
from data.query.params import PARAMETERS, Parameter, options_of
from data.query.rows import FoundRow, disagreements_with, find_row_of
from data.query.select import Selection, rival_estimates
from data.query.views import view_of_table
from data.record.load import Library
from data.record.wording import cautions_on, figure_in_words, ids_of_parts, quoted_wording, when_in_words

Described = dict[str, Any]
# Kinds of files beside the formats, which hold a drawing: a page that opens without a network, slides, and pictures.
ONE_FILE, SLIDES = "html", "pptx"
PICTURES = ("svg", "png")
SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def extensions_of(table: str) -> list[str]:
    """Extensions of the formats that a table can be had in."""
    return [chosen.extension for chosen in FORMATS.values() if chosen.holds(table)]


def data_package(library: Library, base: str) -> Described:
    """The Data Package (v2) of all tables as they are served: each CSV with every column that it has there."""
    resources = []
    for entry in library.dictionary["resources"]:
        view = view_of_table(library, entry["name"])
        fields = Extract(view, library, Selection(view.page), base).fields
        kept = {name: cell for name, cell in entry.items() if name != "derivedFields"}
        resources.append({**kept, "path": f"{entry['name']}.csv", "schema": {**entry["schema"], "fields": fields}})
    kept = {name: cell for name, cell in library.dictionary.items() if name not in ("derivedFields", "resources")}
    return {**kept, "version": library.version, "homepage": f"{base}/", "resources": resources}


def catalogue(library: Library, base: str) -> Described:
    """A schema.org Dataset, with every table in every format as a distribution."""
    package = library.dictionary
    first, last = library.years
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": library.version,
        "dateModified": str(package["created"])[:10],
        "license": package["licenses"][0]["path"],
        "url": f"{base}/",
        "isAccessibleForFree": True,
        "temporalCoverage": f"{first}/{last}",
        "measurementTechnique": HEDGES,
        "hasPart": [_part(library, entry, base) for entry in package["resources"]],
        "distribution": [
            _distribution(entry["name"], name, base)
            for entry in package["resources"]
            for name in FORMATS
            if FORMATS[name].holds(entry["name"])
        ],
    }


def _part(library: Library, entry: Described, base: str) -> Described:
    measured = [
        {"@type": "PropertyValue", "name": one["name"], "description": one["description"]}
        for one in library.fields(entry["name"])
    ]
    return {
        "@type": "Dataset",
        "name": entry["title"],
        "description": entry["description"],
        "license": library.dictionary["licenses"][0]["path"],
        "url": f"{base}{ROOT}/{entry['name']}.csv",
        "variableMeasured": measured,
    }


def _distribution(table: str, name: str, base: str) -> Described:
    chosen = FORMATS[name]
    return {
        "@type": "DataDownload",
        "name": f"{table}: {name}",
        "encodingFormat": chosen.media_type.split(";")[0],
        "contentUrl": f"{base}{ROOT}/{table}.{chosen.extension}",
    }


def interface(library: Library, base: str) -> Described:
    """The addresses of the data as an OpenAPI document (3.1), made from the one table of parameters."""
    tables = list(library.tables)
    query = [_parameter(chosen, library) for chosen in (PANEL, *PARAMETERS) if chosen is PANEL or decides_rows(chosen)]
    query += [_parameter(chosen, library) for chosen in SIZE]
    paths = {
        "/{table}.{format}": _operation(
            "Rows of a table, or a picture of them",
            "readTable",
            [_in_path("table", tables), _in_path("format", extensions()), *query],
        ),
        "/{table}/{row}.json": _operation(
            "One row with its source, its cautions and who says otherwise",
            "readRow",
            [_in_path("table", tables), _in_path("row")],
        ),
        "/datapackage.json": _operation("The dictionary", "readDataPackage", []),
        "/catalog.jsonld": _operation("The catalogue", "readCatalog", []),
    }
    package = library.dictionary
    return {
        "openapi": "3.1.0",
        "info": {"title": package["title"], "version": library.version, "description": package["description"]},
        "servers": [{"url": f"{base}{ROOT}"}],
        "paths": paths,
        "components": {"schemas": {"Refusal": REFUSAL}},
    }


REFUSAL: Described = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "string",
            "description": "What is wrong, in a sentence, with what would be right beside it.",
        }
    },
}


def extensions() -> list[str]:
    """Extensions of all formats."""
    return [*(chosen.extension for chosen in FORMATS.values()), ONE_FILE, SLIDES, *PICTURES]


def _operation(summary: str, name: str, parameters: list[Described]) -> Described:
    refused: Described = {
        "description": "Named nothing",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
    }
    answers: Described = {
        _code(HTTPStatus.OK): {"description": summary},
        _code(HTTPStatus.NOT_MODIFIED): {"description": "Not changed"},
    }
    answers |= {_code(HTTPStatus.NOT_FOUND): refused}
    answers |= {_code(HTTPStatus.BAD_REQUEST): refused} if any(one["in"] == "query" for one in parameters) else {}
    return {"get": {"summary": summary, "operationId": name, "parameters": parameters, "responses": answers}}


def _code(status: HTTPStatus) -> str:
    return str(status.value)


def _in_path(name: str, words: Iterable[str] = ()) -> Described:
    schema: Described = {"type": "string"} | ({"enum": list(words)} if words else {})
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(chosen: Parameter, library: Library) -> Described:
    filtered = f"Filters {', '.join(chosen.columns)}." if chosen.columns else ""
    told = " ".join(part for part in (f"{chosen.label}.", chosen.help, filtered) if part)
    return {"name": chosen.name, "in": "query", "required": False, "description": told, **_schema(chosen, library)}


def _schema(chosen: Parameter, library: Library) -> Described:
    if chosen.kind == "choices":
        items = {"type": "string", "enum": ["", *options_of(chosen, library)]}
        return {"schema": {"type": "array", "items": items}, "explode": True}
    if chosen.kind == "years":
        first, last = library.years
        years = {"type": "integer", "minimum": first, "maximum": last}
        return {"schema": {"type": "array", "items": years, "minItems": 2, "maxItems": 2}, "explode": True}
    if chosen.kind == "number":
        return {"schema": {"type": "integer", "minimum": chosen.bounds[0], "maximum": chosen.bounds[1]}}
    if chosen.kind == "choice":
        return {"schema": {"type": "string", "enum": ["", *options_of(chosen, library)]}}
    return {"schema": {"type": "string", "format": "date"} if chosen.kind == "day" else {"type": "string"}}


def row_document(library: Library, table: str, row_id: str, base: str) -> Described | None:
    """All that is known of one row: its cells, in words, its source, cautions, who says otherwise, how it is cited.

    None where the table has no such row.
    """
    if table == "figures" and (computed := computed_by_id(library, row_id)):
        return _computed_document(library, computed, base)
    found = find_row_of(library, table, row_id) or find_row_of(library, table, current_id(library, row_id))
    if found is None:
        return None
    row_id = str(next(iter(found.row.values())))
    frame = library[table][library[table].iloc[:, 0] == row_id]
    sources = library["sources"][library["sources"]["source_id"] == found.row.get("source_id", row_id)]
    address = address_of_card(base, row_id)
    reference = cite.reference_of_row(library, row_id, address)
    return {
        "row": records_of(frame)[0],
        "in_words": _in_words(found),
        "source": next(iter(records_of(sources)), None),
        "cautions": records_of(cautions_on(library, {row_id})),
        "disagreements": records_of(disagreements_with(library, row_id)),
        "other_estimates": records_of(rival_estimates(library, row_id)),
        "citation": {style: cite.styled([reference], style)[0] for style in cite.STYLES},
        "card": address,
        "version": library.version,
        "licence": library.dictionary["licenses"][0]["path"],
        "hedges": HEDGES,
    }


def _computed_document(library: Library, row: Described, base: str) -> Described:
    """A row that nobody printed: how it was worked out, and from which figures."""
    frame = with_computed(library["figures"].iloc[:0], {str(name): row[str(name)] for name in library["figures"]})
    parts = ids_of_parts(frame.assign(kind=row["kind"]))
    return {
        "row": records_of(frame)[0],
        "in_words": f"{figure_in_words(row)}, computed by this dashboard",
        "computed_from": [f"{base}{ROOT}/figures/{part}.json" for part in parts],
        "card": address_of_card(base, str(row["figure_id"])),
        "version": library.version,
        "licence": library.dictionary["licenses"][0]["path"],
    }


def _in_words(found: FoundRow) -> str | None:
    row = found.row
    if not row.get("qualifier"):
        return None
    return f"{figure_in_words(row)}, {when_in_words(row)}; printed as {quoted_wording(row)}, {row['attributed_to']}"
