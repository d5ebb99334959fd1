"""How are the addresses of the data described to a program? As an OpenAPI document (3.1), made from the table of parameters.

Each table has its own path, with the formats and the parameters that it takes: an address that fits the document is
answered, and one that does not is refused as it says. A panel takes some of the parameters of its table alone; OpenAPI
has no words for that, so that `x-parameters-of-panels` lists them.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from data.files.described import ONE_FILE, PICTURES, SLIDES, SLIDES_TYPE, extensions_of
from data.files.export import format_by_extension
from data.query.address import PANEL, ROOT, SIZE
from data.query.params import LONGEST_WORDS, UNWRITABLE, Parameter, bounds_of, options_of, parameter_named
from data.query.path import MOST_STEPS, READY_BY_NAME
from data.query.views import VIEWS, View, parameter_names, view_of_table
from data.record.load import Library

Described = dict[str, Any]
# Media types of the files that hold a drawing, by their extension.
DRAWN = {ONE_FILE: "text/html", SLIDES: SLIDES_TYPE}
HTML, JSON, JSON_LD = "text/html", "application/json", "application/ld+json"
# Media types that are texts of a form that a schema can name.
OBJECTS = (JSON, JSON_LD, "application/geo+json")
ROW_ID = "^[A-Za-z0-9][A-Za-z0-9 _-]*$"
EMPTY: Described = {"type": "string", "maxLength": 0}
REFUSAL: Described = {
    "type": "object",
    "required": ["error", "see"],
    "properties": {
        "error": {"type": "string", "description": "What is wrong, in a sentence."},
        "see": {"type": "string", "description": "Where people read what would be right."},
    },
    "additionalProperties": {"description": "What would be right, by its name."},
}
REFUSED = {
    HTTPStatus.BAD_REQUEST: "A parameter or its value does not exist, or does not filter these rows",
    HTTPStatus.NOT_FOUND: "Nothing is at this address",
    HTTPStatus.METHOD_NOT_ALLOWED: "The method writes; only GET, HEAD and OPTIONS are answered",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "The file ends before the part that Range names",
    HTTPStatus.MISDIRECTED_REQUEST: "The host of the address is not one of this server",
}
# Of a file that takes a while to make.
WAITING = {HTTPStatus.SERVICE_UNAVAILABLE: "Too many files are being made, or the making of this one broke off"}
HEADERS = {
    "Accept-Ranges": "Parts of a file are sent, in bytes",
    "Content-Disposition": "The name of the file",
    "Content-Range": "Which bytes of how many were sent",
    "ETag": "Changes with the content; send it as If-None-Match or If-Range",
    "Last-Modified": "The day of the data",
    "Retry-After": "Seconds after which to ask again",
}
OF_FILE, OF_PART = (
    ("ETag", "Last-Modified", "Accept-Ranges"),
    ("ETag", "Last-Modified", "Accept-Ranges", "Content-Range"),
)


def interface(library: Library, base: str) -> Described:
    """The addresses of the data as an OpenAPI document."""
    package = library.dictionary
    return {
        "openapi": "3.1.0",
        "info": {
            "title": package["title"],
            "version": library.version,
            "description": package["description"],
            "license": {"name": package["licenses"][0]["name"], "url": package["licenses"][0]["path"]},
        },
        "servers": [{"url": f"{base}{ROOT}"}],
        "paths": _paths(library),
        "components": {
            "schemas": {"Refusal": REFUSAL},
            "responses": {_name_of(status): _refused(text) for status, text in REFUSED.items()}
            | {_name_of(status): _refused(text, ("Retry-After",)) for status, text in WAITING.items()},
            "headers": {name: _header(text) for name, text in HEADERS.items()},
        },
    }


def _paths(library: Library) -> Described:
    documents = {
        "datapackage.json": ("The dictionary: every column with its meaning", "readDataPackage", JSON),
        "catalog.jsonld": ("The catalogue, a schema.org Dataset", "readCatalog", JSON_LD),
        "openapi.json": ("This document", "readInterface", JSON),
    }
    paths = {"/": {"get": _operation("The addresses in words, for people", "readPage", [], [HTML], is_file=False)}}
    paths |= {f"/{name}": {"get": _operation(text, key, [], [kind])} for name, (text, key, kind) in documents.items()}
    slides = _operation("A presentation as slides", "readSlides", [_path()], [SLIDES_TYPE])
    paths[f"/path.{SLIDES}"] = {"get": _waiting(slides)}
    for table in library.tables:
        paths[f"/{table}.{{format}}"] = {"get": _rows(library, table)}
        paths |= {f"/{table}.{ending}": {"get": _picture(library, table, ending)} for ending in PICTURES}
        paths[f"/{table}/{{row}}.json"] = {"get": _row(library, table)}
    return paths


def _rows(library: Library, table: str) -> Described:
    """The operation that reads rows of a table, with the parameters of its panels and of the table as a whole."""
    extensions = [*extensions_of(table), *DRAWN]
    operation = _operation(
        f"Rows of the table “{library.describe(table)['title']}”",
        f"read_{table}",
        [_in_path("format", {"enum": extensions}), *_choices(library, table)],
        [_media_type(extension) for extension in extensions],
    )
    return _waiting(operation) | _of_panels(library, table)


def _picture(library: Library, table: str, ending: str) -> Described:
    """The operation that reads a picture of a panel of a table, or of its rows, at a size."""
    sizes = [_parameter(chosen, library) for chosen in SIZE if chosen.name != "density" or ending == "png"]
    operation = _operation(
        f"A picture of the table “{library.describe(table)['title']}” or of one of its panels",
        f"draw_{table}_{ending}",
        [*_choices(library, table), *sizes],
        [PICTURES[ending]],
    )
    return _waiting(operation) | _of_panels(library, table)


def _choices(library: Library, table: str) -> list[Described]:
    """The parameters of the panels of a table and of the table as a whole."""
    views = [view_of_table(library, table), *_panels(table)]
    names = dict.fromkeys(name for view in views for name in parameter_names(view))
    query = [_parameter(parameter_named(name), library) for name in names]
    return [*([_panel(table)] if _panels(table) else []), *query]


def _of_panels(library: Library, table: str) -> Described:
    """Which of the parameters each panel of a table takes."""
    whole = {"": _taken(view_of_table(library, table))}
    return {"tags": [table], "x-parameters-of-panels": {view.key: _taken(view) for view in _panels(table)} | whole}


def _taken(view: View) -> Described:
    return {"accepted": list(parameter_names(view)), "required": list(view.subject)}


def _panels(table: str) -> list[View]:
    return [view for view in VIEWS.values() if view.table == table]


def _row(library: Library, table: str) -> Described:
    summary = f"One row of the table “{library.describe(table)['title']}” with its source, its cautions and who says otherwise"
    row = _in_path("row", {"pattern": ROW_ID, "examples": list(library[table].iloc[:1, 0])})
    return _operation(summary, f"read_row_of_{table}", [row], [JSON]) | {"tags": [table]}


def _media_type(extension: str) -> str:
    known = format_by_extension(extension)
    return known.media_type.split(";")[0] if known else DRAWN[extension]


def _operation(
    summary: str, name: str, parameters: list[Described], types: Iterable[str], is_file: bool = True
) -> Described:
    """The operation that reads one kind of address; a file can be read in parts, and not anew where it has not changed."""
    content = {kind: {"schema": {"type": "object"}} if kind in OBJECTS else {} for kind in types}
    responses: Described = {_code(HTTPStatus.OK): _answer(summary, OF_FILE if is_file else (), content)}
    if is_file:
        responses |= {
            _code(HTTPStatus.PARTIAL_CONTENT): _answer(
                "The part that Range names", OF_PART, {kind: {} for kind in content}
            ),
            _code(HTTPStatus.NOT_MODIFIED): _answer("Not changed", ("ETag", "Last-Modified")),
        }
    refused = [status for status in REFUSED if is_file or status != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE]
    responses |= {_code(status): {"$ref": f"#/components/responses/{_name_of(status)}"} for status in refused}
    return {"summary": summary, "operationId": name, "parameters": parameters, "responses": responses}


def _waiting(operation: Described) -> Described:
    """The operation, with the answer to one who has to come again."""
    again = {_code(status): {"$ref": f"#/components/responses/{_name_of(status)}"} for status in WAITING}
    return operation | {"responses": operation["responses"] | again}


def _code(status: HTTPStatus) -> str:
    return str(status.value)


def _name_of(status: HTTPStatus) -> str:
    """The name of a refusal in the document: "NotFound"."""
    return status.phrase.title().replace(" ", "")


def _answer(text: str, headers: Iterable[str] = (), content: Mapping[str, Any] | None = None) -> Described:
    named = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    return {"description": text} | ({"headers": named} if named else {}) | ({"content": content} if content else {})


def _refused(text: str, headers: Iterable[str] = ()) -> Described:
    return _answer(text, headers, {JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}})


def _header(text: str) -> Described:
    return {"description": text, "schema": {"type": "string"}}


def _in_path(name: str, schema: Described) -> Described:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", **schema}}


def _panel(table: str) -> Described:
    words = ["", *(view.key for view in _panels(table))]
    return _in_query(
        PANEL.name, f"{PANEL.help} Each takes the parameters that x-parameters-of-panels lists.", {"enum": words}
    )


def _path() -> Described:
    """The steps of a presentation, as far as they can be written by hand."""
    keys = "|".join(key for key, view in VIEWS.items() if not view.subject)
    schema = {"anyOf": [{"enum": list(READY_BY_NAME)}, {"pattern": rf"^({keys})(\.({keys})){{0,{MOST_STEPS - 1}}}$"}]}
    text = "The name of a ready presentation, or panels in their order; one with choices or words of your own as the page Presentation writes it into its address."
    return _in_query("path", text, {"type": "string", **schema}) | {"required": True, "allowEmptyValue": False}


def _parameter(chosen: Parameter, library: Library) -> Described:
    filtered = f"Filters {', '.join(chosen.columns)}." if chosen.columns else ""
    text = " ".join(part for part in (f"{chosen.label}.", chosen.help, filtered) if part)
    return _in_query(chosen.name, text, _schema(chosen, library))


def _in_query(name: str, text: str, schema: Described) -> Described:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": text,
        "allowEmptyValue": True,
        "schema": schema,
    }


def _schema(chosen: Parameter, library: Library) -> Described:
    """What a parameter accepts; an empty text stands for no choice."""
    if chosen.kind == "choices":
        most = {"maxItems": chosen.most} if chosen.most else {}
        return _list_of({"type": "string", "enum": list(options_of(chosen, library))}, {"minItems": 1} | most)
    if chosen.kind == "years":
        first, last = library.years
        return _list_of({"type": "integer", "minimum": first, "maximum": last}, {"minItems": 2, "maxItems": 2})
    if chosen.kind == "number":
        low, high = bounds_of(chosen)
        return {"anyOf": [{"type": "integer", "minimum": low, "maximum": high}, EMPTY]}
    if chosen.kind == "choice":
        return {"type": "string", "enum": ["", *options_of(chosen, library)]}
    if chosen.kind == "day":
        return {"anyOf": [{"type": "string", "format": "date"}, EMPTY]}
    return {"type": "string", "maxLength": LONGEST_WORDS, "pattern": f"^[^{UNWRITABLE}]*$"}


def _list_of(items: Described, limits: Described) -> Described:
    """A list that is written as the same name several times, or empty as the name alone."""
    whole = {"type": "array", "items": items, **limits}
    return {"anyOf": [whole, {"type": "array", "items": EMPTY, "minItems": 1, "maxItems": 1}]}
