"""Does a dictionary of tables say all that the code relies on? Held against the dictionary beside the code, part by part."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

import frictionless

from data.record.problems import NOWHERE, Problem

DICTIONARY = "datapackage.json"
DERIVED = "derivedFields"
TYPES = ("string", "integer", "number")
TABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")
PACKAGE_NAME = re.compile(r"[a-z0-9._-]+")
VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})", re.ASCII)
# Columns that tables beside those of the record may share with them: they mean the same everywhere.
SHARED_COLUMNS = {"source_id", "country", "title", "note"}
# What such a table says of the sources that its rows name.
KEY_OF_SOURCES = {"fields": ["source_id"], "reference": {"resource": "sources", "fields": ["source_id"]}}
KINDS = {
    str: "text",
    list: "a list",
    dict: "an object",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


def shape_problems(dictionary: Any, expected: dict[str, Any]) -> Iterator[Problem]:
    """What a dictionary lacks, in the order of its parts; `expected` is the dictionary beside the code, or empty."""
    problems = list(_of_tables(dictionary))
    if problems:
        yield from problems
        return
    yield from _of_the_whole(dictionary, expected)
    for table in dictionary["resources"]:
        yield from _of_schema(table)
    by_name = {table["name"]: table for table in dictionary["resources"]}
    for table in expected.get("resources", []):
        yield from _of_expected_table(by_name.get(table["name"]), table)
    if expected:
        yield from _of_what_is_added(dictionary, expected)


def problem_of(place: object, rule: str, found: object) -> Problem:
    return Problem(DICTIONARY, NOWHERE, str(place), rule, str(found))


def _of_tables(dictionary: Any) -> Iterator[Problem]:
    """Asked first: tables with a name, the file of that name, and columns."""
    tables = dictionary.get("resources") if isinstance(dictionary, dict) else None
    if not isinstance(tables, list) or not tables:
        yield problem_of("resources", "the dictionary lists the tables", _named(tables))
        return
    names = [table.get("name") if isinstance(table, dict) else None for table in tables]
    for number, (name, table) in enumerate(zip(names, tables, strict=True), 1):
        if not isinstance(name, str) or not TABLE_NAME.fullmatch(name):
            rule = f"table {number} has a name of small letters, digits and underscores"
            yield problem_of("name", rule, _named(name))
        elif table.get("path") != f"{name}.csv":
            yield problem_of("path", f"the table {name} has the file of its name", _named(table.get("path")))
        elif names.count(name) > 1:
            yield problem_of("name", "a table is described once", name)
        else:
            yield from _of_columns(name, table.get("schema"))


def _of_columns(table: str, schema: Any) -> Iterator[Problem]:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not fields or not all(isinstance(field, dict) for field in fields):
        yield problem_of("schema", f"the table {table} has a list of columns", _named(fields))
        return
    for name, count in Counter(str(field.get("name")) for field in fields).items():
        if count > 1:
            yield problem_of(name, f"a column of {table} is described once", f"{count} times")
    for field in fields:
        texts = [field.get(part) for part in ("name", "title", "description")]
        if field.get("type") not in TYPES or not all(isinstance(text, str) and text.strip() for text in texts):
            rule = f"a column of {table} has name, title, description and one of the types {', '.join(TYPES)}"
            yield problem_of(field.get("name"), rule, _named(field.get("type")))


def _of_the_whole(dictionary: dict[str, Any], expected: dict[str, Any]) -> Iterator[Problem]:
    for name, part in expected.items():
        if name != "resources":
            yield from _differences(
                name, dictionary.get(name), part, "the dictionary says this of the tables as a whole"
            )
    yield from _of_derived_columns("all tables", dictionary, expected)
    package, version, created = (dictionary.get(part) for part in ("name", "version", "created"))
    if isinstance(package, str) and package and not PACKAGE_NAME.fullmatch(package):
        yield problem_of(
            "name", "the name of the data holds small letters, digits, points, hyphens and underscores", package
        )
    if isinstance(version, str) and version and not VERSION.fullmatch(version):
        yield problem_of("version", "a version is three numbers with points between, as 3.2.0", version)
    if isinstance(created, str) and created and not _is_moment(created):
        yield problem_of("created", "a moment is written as 2026-11-27T00:00:00Z", created)


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(MOMENT.fullmatch(text))


def _of_what_is_added(dictionary: dict[str, Any], expected: dict[str, Any]) -> Iterator[Problem]:
    """What tables and columns beside those of the record need, so that nothing takes them for those that it knows."""
    known = {table["name"]: [field["name"] for field in table["schema"]["fields"]] for table in expected["resources"]}
    described = [expected, *expected["resources"]]
    taken = {field["name"] for part in described for field in part.get(DERIVED, [])}.union(*known.values())
    for table in dictionary["resources"]:
        name, own = table["name"], known.get(table["name"], [])
        if not own:
            yield from _of_added_table(table)
        free = own or SHARED_COLUMNS
        for field in [field for field in table["schema"]["fields"] if field["name"] not in own]:
            if field["name"] in taken and field["name"] not in free:
                rule = f"a column that is added to {name} has a name that nothing else has"
                yield problem_of(field["name"], rule, field["name"])
            if "listOf" in field:
                yield problem_of(field["name"], f"a column that is added to {name} is no list of ids", field["listOf"])


def _of_added_table(table: dict[str, Any]) -> Iterator[Problem]:
    """A table beside those of the record: a title, a description, and ids in its first column."""
    name, schema = table["name"], table["schema"]
    for part in ("title", "description"):
        yield from _differences(part, table.get(part), "text", f"the dictionary says this of {name}")
    first = schema["fields"][0]
    limits = first.get("constraints")
    if (
        first["type"] != "string"
        or not isinstance(limits, dict)
        or not (limits.get("required") and limits.get("unique"))
    ):
        yield problem_of(first["name"], f"the first column of {name} holds ids: text, required and unique", "less")
    if schema.get("primaryKey", first["name"]) not in (first["name"], [first["name"]]):
        yield problem_of("primaryKey", f"the key of {name} is its first column, {first['name']}", schema["primaryKey"])
    if len(schema["fields"]) == 1:
        yield problem_of("schema", f"the table {name} has a column beside its ids", "none")
    keys = [KEY_OF_SOURCES] if any(field["name"] == "source_id" for field in schema["fields"]) else []
    if schema.get("foreignKeys", []) != keys:
        rule = f"the keys of {name} are {json.dumps(keys) if keys else 'none, since it names no source'}"
        yield problem_of("foreignKeys", rule, json.dumps(schema.get("foreignKeys", [])))


def _of_schema(table: dict[str, Any]) -> Iterator[Problem]:
    """What frictionless says of a schema that it cannot use."""
    fault = _fault_of_schema(json.dumps(table["schema"]))
    if fault:
        yield problem_of("schema", f"the columns of {table['name']} are described as a Table Schema", fault)


@lru_cache(maxsize=64)
def _fault_of_schema(schema: str) -> str:
    """The first thing that keeps frictionless from using a schema, which is written as JSON; empty where there is none."""
    descriptor = json.loads(schema)
    try:
        for field in descriptor["fields"]:
            re.compile(field.get("constraints", {}).get("pattern", ""))
        frictionless.Schema.from_descriptor(descriptor)
    except (frictionless.FrictionlessException, re.error, TypeError, AttributeError, ValueError, KeyError) as fault:
        reasons = getattr(fault, "reasons", None) or [getattr(fault, "error", fault)]
        return str(getattr(reasons[0], "note", "") or reasons[0]) or type(fault).__name__
    return ""


def _of_expected_table(given: dict[str, Any] | None, expected: dict[str, Any]) -> Iterator[Problem]:
    name = expected["name"]
    if given is None:
        yield problem_of("resources", f"the dashboard needs the table {name}", "nothing")
        return
    for part in [part for part in expected if part not in ("schema", "dialect")]:
        yield from _differences(part, given.get(part), expected[part], f"the dictionary says this of {name}")
    yield from _of_derived_columns(name, given, expected)
    if given.get("dialect", expected.get("dialect")) != expected.get("dialect"):
        yield problem_of(
            "dialect", f"the table {name} is written with commas, in the one dialect that is read", given["dialect"]
        )
    yield from _differences("$schema", given["schema"].get("$schema"), "text", f"the schema of {name} says this")
    for part in ("missingValues", "primaryKey", "foreignKeys"):
        if given["schema"].get(part) != expected["schema"].get(part):
            yield problem_of(
                part, f"the table {name} has the keys that the dashboard relies on", given["schema"].get(part)
            )
    fields = {field["name"]: field for field in given["schema"]["fields"]}
    for field in expected["schema"]["fields"]:
        yield from _of_expected_column(name, fields.get(field["name"]), field)


def _of_derived_columns(whose: str, given: dict[str, Any], expected: dict[str, Any]) -> Iterator[Problem]:
    """Columns that files have beside those of their table: the dictionary describes them in a list, and no others."""
    listed = given.get(DERIVED)
    if not isinstance(listed, list):
        return
    described = [field.get("name") for field in listed if isinstance(field, dict)]
    names = [field["name"] for field in expected.get(DERIVED, [])]
    for name in [name for name in names if name not in described]:
        yield problem_of(name, f"the dictionary describes this column of files of {whose}", "nothing")
    for name in [name for name in described if isinstance(name, str) and name not in names] if expected else ():
        yield problem_of(name, f"files of {whose} have no such column; take it out of {DERIVED}", name)


def _of_expected_column(table: str, given: dict[str, Any] | None, expected: dict[str, Any]) -> Iterator[Problem]:
    column = expected["name"]
    if given is None:
        yield problem_of(column, f"the dashboard needs the table {table} with this column", "nothing")
        return
    for part in ("type", "listOf"):
        if given.get(part) != expected.get(part):
            yield problem_of(column, f"the {part} of this column of {table} is {expected.get(part)}", given.get(part))
    yield from _of_limits(table, given, expected)


def _of_limits(table: str, given: dict[str, Any], expected: dict[str, Any]) -> Iterator[Problem]:
    """What a column of the record allows is what the pages can draw: no word, number or form more, and none less. The form
    of an id is its host's own."""
    column, limits, own = expected["name"], given.get("constraints", {}), expected.get("constraints", {})
    if not isinstance(limits, dict):
        yield problem_of(column, f"the limits of this column of {table} are an object", _named(limits))
        return
    free = {"pattern"} if own.get("unique") else set()
    for part in [part for part in sorted({*own, *limits} - free) if limits.get(part) != own.get(part)]:
        rule = f"the limit {part} of this column of {table} is {_limit_in_words(own.get(part))}"
        yield problem_of(column, rule, _limit_in_words(limits.get(part)))
    if given.get("itemEnum") != expected.get("itemEnum"):
        rule = f"the words of this column of {table} are {_limit_in_words(expected.get('itemEnum'))}"
        yield problem_of(column, rule, _limit_in_words(given.get("itemEnum")))


def _limit_in_words(limit: Any) -> str:
    return ", ".join(map(str, limit)) if isinstance(limit, list) and limit else _named(limit)


def _differences(place: str, given: Any, expected: Any, rule: str) -> Iterator[Problem]:
    """Where a part is not there, or of another kind than that beside the code."""
    if isinstance(expected, bool) or not isinstance(expected, (str, list, dict)):
        is_like = isinstance(given, type(expected)) or (isinstance(given, (int, float)) and not isinstance(given, bool))
    else:
        is_like = isinstance(given, type(expected)) and bool(given)
    if not is_like:
        yield problem_of(place, f"{rule}, as {KINDS[type(expected)]}", _named(given))
    elif isinstance(expected, dict):
        for name, part in expected.items():
            yield from _differences(name, given.get(name), part, rule)
    elif isinstance(expected, list) and expected:
        for item in given:
            yield from _differences(place, item, expected[0], rule)


def _named(given: Any) -> str:
    """What is there instead, in words."""
    return "nothing" if given in (None, "", [], {}) else str(given)
