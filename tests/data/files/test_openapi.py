"""The document that describes the addresses to programs says what the server does: every route, parameter and status."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from openapi_spec_validator import validate

from components.exports.files import DRAWN_FORMATS
from components.server.routes import routes
from data.files.export import FORMATS
from data.files.openapi import REFUSAL, REFUSED, interface
from data.query.address import ROOT, decides_rows
from data.query.params import PARAMETERS
from data.query.views import VIEWS
from data.record.load import Library, library
from tests.served import Answer, spoken

DOCUMENT = interface(library(), "http://localhost:1")
PATHS: dict[str, Any] = {path: item["get"] for path, item in DOCUMENT["paths"].items()}
ROWS = {path: get for path, get in PATHS.items() if "{format}" in path}
# The figure of a chart, which a script of the page makes a picture of: nothing for others to read.
OF_THE_PAGE = "figure"
Parameter = dict[str, Any]


def ask(server: str, path: str, pairs: Iterable[tuple[str, str]] = (), **headers: str) -> Answer:
    address = f"{ROOT}{path}" + (f"?{urlencode(list(pairs))}" if pairs else "")
    return spoken(server, "GET", address, {name.replace("_", "-"): text for name, text in headers.items()})


def in_query(operation: Any) -> dict[str, Parameter]:
    return {one["name"]: one for one in operation["parameters"] if one["in"] == "query"}


def values_of(schema: Any) -> list[str]:
    """A value that a schema accepts, as the texts of an address."""
    if "anyOf" in schema:
        return values_of(schema["anyOf"][0])
    if schema.get("type") == "array":
        return values_of(schema["items"]) * schema["minItems"]
    if "enum" in schema:
        return [next(word for word in schema["enum"] if word)]
    return [{"date": "2012-07-03"}.get(schema.get("format", ""), str(schema.get("minimum", "box")))]


def pairs_of(operation: Any, name: str, texts: list[str]) -> list[tuple[str, str]]:
    """The choice of a parameter, with a panel that takes it where the table as a whole does not."""
    panels = operation["x-parameters-of-panels"]
    panel = next(key for key in ("", *panels) if key in panels and (name == "panel" or name in panels[key]["accepted"]))
    needed = {one: values_of(in_query(operation)[one]["schema"]) for one in panels[panel]["required"]}
    chosen = ({} if name == "panel" else {"panel": [panel] if panel else []}) | needed | {name: texts}
    return [(key, text) for key, cells in chosen.items() for text in cells]


def test_the_document_is_valid_and_names_every_parameter_that_decides_rows() -> None:
    validate(DOCUMENT)
    named = {name for get in ROWS.values() for name in in_query(get)}
    assert named == {"panel", *(chosen.name for chosen in PARAMETERS if decides_rows(chosen))}
    keys = [get["operationId"] for get in PATHS.values()]
    assert len(keys) == len(set(keys))


def test_every_route_table_format_and_panel_is_in_the_document(library: Library) -> None:
    literal = {route.path.removeprefix(ROOT) for route in routes() if route.path.startswith(f"{ROOT}/")}
    assert {path for path in literal if "{" not in path} <= set(PATHS)
    assert {f"/{table}{rest}" for table in library.tables for rest in (".{format}", "/{row}.json")} <= set(PATHS)
    for path, get in ROWS.items():
        table = path[1:].split(".")[0]
        (formats,) = [one["schema"]["enum"] for one in get["parameters"] if one["name"] == "format"]
        held = [one.extension for one in FORMATS.values() if one.holds(table)]
        assert sorted(formats) == sorted([*held, *(name for name in DRAWN_FORMATS if name != OF_THE_PAGE)])
        panels = {key for key, view in VIEWS.items() if view.table == table}
        assert set(get["x-parameters-of-panels"]) - {""} == panels


@pytest.mark.parametrize("path", ROWS)
def test_each_parameter_takes_what_the_document_says_and_nothing_else(server: str, path: str) -> None:
    get, address = ROWS[path], path.replace("{format}", "csv")
    for name, parameter in in_query(get).items():
        texts = values_of(parameter["schema"])
        right = ask(server, address, pairs_of(get, name, texts))
        assert right.status == 200, (name, texts, right.text)
        is_needed = name not in get["x-parameters-of-panels"][""]["accepted"] and name != "panel"
        if parameter["allowEmptyValue"] and not is_needed:
            assert ask(server, address, [(name, "")]).status == 200, name
        wrong = ["a" * 500] if name == "q" else ["never"]
        refused = ask(server, address, pairs_of(get, name, wrong))
        assert refused.status == 400 and set(REFUSAL["required"]) <= set(json.loads(refused.body)), name


@pytest.mark.parametrize("path", ROWS)
def test_a_panel_takes_the_parameters_that_the_document_lists_for_it_and_no_other(server: str, path: str) -> None:
    get, address = ROWS[path], path.replace("{format}", "csv")
    for panel, takes in get["x-parameters-of-panels"].items():
        needed = [(one, text) for one in takes["required"] for text in values_of(in_query(get)[one]["schema"])]
        whole = [("panel", panel), *needed]
        assert ask(server, address, whole).status == 200, panel
        assert not needed or ask(server, address, whole[:1]).status == 400, panel
        for name in sorted(set(in_query(get)) - {"panel", *takes["accepted"]})[:2]:
            more = [(name, text) for text in values_of(in_query(get)[name]["schema"])]
            assert ask(server, address, whole + more).status == 400, (panel, name)


def addresses() -> Iterator[tuple[str, str]]:
    """A path of the document and an address that it describes, for each path and for each format of places."""
    for path, get in PATHS.items():
        if path == "/places.{format}":
            words = get["parameters"][0]["schema"]["enum"]
            yield from ((path, path.replace("{format}", word)) for word in words)
        elif "{row}" in path:
            yield path, path.replace("{row}", get["parameters"][0]["schema"]["examples"][0].replace(" ", "%20"))
        elif "{format}" not in path:
            yield path, path + ("?path=claims" if path.startswith("/path") else "")


@pytest.mark.parametrize(("path", "address"), list(addresses()))
def test_each_address_is_answered_with_the_statuses_types_and_headers_of_the_document(
    server: str, path: str, address: str
) -> None:
    told = PATHS[path]["responses"]
    whole = ask(server, address)
    assert whole.status == 200 and whole.headers["content-type"].split(";")[0] in told["200"]["content"]
    assert {name.lower() for name in told["200"].get("headers", {})} <= set(whole.headers)
    if "206" in told:
        part, none = ask(server, address, Range="bytes=0-4"), ask(server, address, Range="bytes=999999999-")
        assert (part.status, none.status) == (206, 416) and part.body == whole.body[:5]
        assert {name.lower() for name in told["206"]["headers"]} <= set(part.headers)
        assert ask(server, address, If_None_Match=whole.headers["etag"]).status == 304


def test_each_refusal_has_the_shape_of_the_document(server: str) -> None:
    refused = {
        "400": spoken(server, "GET", f"{ROOT}/figures.csv?asof=never"),
        "404": spoken(server, "GET", f"{ROOT}/figures/none.json"),
        "405": spoken(server, "POST", f"{ROOT}/figures.csv"),
        "416": spoken(server, "GET", f"{ROOT}/figures.csv", {"Range": "bytes=999999999-"}),
        "421": spoken(server, "GET", f"{ROOT}/figures.csv", host="evil.example"),
    }
    assert set(refused) == {str(int(status)) for status in REFUSED}
    for code, answer in refused.items():
        body = json.loads(answer.body)
        assert str(answer.status) == code and answer.headers["content-type"] == "application/json"
        assert all(isinstance(body[name], str) for name in REFUSAL["required"])


def test_the_document_is_served_as_it_is_made(server: str, library: Library) -> None:
    assert json.loads(ask(server, "/openapi.json").body) == interface(library, server)
