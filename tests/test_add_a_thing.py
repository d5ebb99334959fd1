"""Is a thing added where the README says, and nowhere else? Each line of its table is carried out in a copy of the project.

All additions are made in one copy, which then says once what its pages and addresses show (`tests/what_shows.py`).
"""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.record.check import check_folder
from data.record.load import digest_of
from tests.served import ROOT

pytestmark = pytest.mark.slow

Shown = dict[str, Any]
FORBIDDEN = {"rules": "the word forbidden", "provenance": "the word unheard of"}
TABLES = Path("data", "tables")
PARTS = ("dashboard.py", "pages", "data", "components", "tests", ".streamlit")
COUNT, COUNT_SOURCE = "ZZZ-003", "added-count"
FIGURE, CLAIM, EVENT, PLACE, OPERATION, SOURCE = "ZZZ-001", "ZZZ-002", "ZZ-001", "ZZADDED", "ZZ-ADDED", "added-source"


def add_row(root: Path, table: str, like: str = "", /, **cells: str) -> None:
    """A row like that of an id, or the first one, but for these cells, at the end of a table."""
    path = root / TABLES / f"{table}.csv"
    rows = read_rows(path)
    old = next(row for row in rows if like in ("", next(iter(row.values()))))
    write_rows(path, [*rows, {**old, **cells}])


def change_row(root: Path, table: str, row_id: str, /, **cells: str) -> None:
    path = root / TABLES / f"{table}.csv"
    rows = read_rows(path)
    write_rows(path, [{**row, **cells} if row_id == next(iter(row.values())) else row for row in rows])


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add_entry(path: Path, name: str, entry: str, function: str = "") -> None:
    """An entry at the end of the list or table of this name, and above it the function that it needs."""
    text = path.read_text(encoding="utf-8")
    found = re.search(rf"^{name}\b[^\n]*= ?[(\[{{]\n(?: .*\n|\n)*(?=[)\]}}])", text, re.MULTILINE)
    assert found, f"{path} has no list {name}"
    path.write_text(f"{text[: found.start()]}{function}{found.group()}    {entry}\n{text[found.end() :]}", "utf-8")


def add_facts(root: Path) -> None:
    add_row(root, "figures", "BRF-013", figure_id=CLAIM, label="The added claim")
    add_row(root, "events", "BRE-001", event_id=EVENT, event_group=EVENT, title="The added event")
    add_row(root, "places", "PRK", place_id=PLACE, name="The added place")
    add_row(root, "operations", "BRO-001", op_id=OPERATION, figure_id="")
    add_row(root, "sources", "brief-2012", source_id=SOURCE, url="https://example.org/added")


def add_newest_count(root: Path) -> None:
    """A count of the drawn series (flag spine) of a later day than all others, with the document that prints it."""
    of_source = {"source_id": COUNT_SOURCE, "published": "2026-02-02"}
    add_row(root, "sources", "newsis-identification-exceeds-700-2024", url="https://example.org/count", **of_source)
    counted = {"date": "2026-01", "value": "7400", "as_printed": "7,400 remain missing"}
    add_row(root, "figures", "T2-FIG-110", figure_id=COUNT, evidence_id="", **counted, **of_source)
    change_row(root, "then_and_now", "TAN-01", newest_row_id=COUNT)


def add_series(root: Path) -> None:
    add_row(root, "series", "program_cost_usd", series_id="added_series", title="The added series")
    add_row(root, "figures", "FIG-212", figure_id=FIGURE, series_id="added_series", label="The added sum")


def add_page(root: Path) -> None:
    imports = "from components import filters\nfrom components.navigation import BY_PATH\nfrom components.panels import render\n"
    head = 'render.heading(BY_PATH["added"], filters.library_in_view(), filters.unfiltered("added"))\n'
    (root / "pages" / "added.py").write_text(f'"""What was added?"""\n\n{imports}\n{head}', "utf-8")
    add_entry(
        root / "components" / "panels" / "answers.py", "ANSWERS", '"added": lambda library, selection: "A page.",'
    )
    add_entry(root / "components" / "navigation.py", "PAGES", 'Page("added", "Added", "What was added?"),')


def add_layer(root: Path) -> None:
    function = "def _added(ground: Ground, view: str) -> pdk.Layer:\n    return _text_layer('added', [], size=12)\n\n\n"
    add_entry(root / "components" / "map" / "layers.py", "LAYERS", '"added": _added,', function)


def add_panel(root: Path) -> None:
    view = 'View("added-panel", "prisoners-of-war", "figures", "The added panel", _panel("claims"), choices=("said",)),'
    add_entry(root / "data" / "query" / "views.py", "LIST", view)
    add_entry(root / "components" / "panels" / "catalogue.py", "DRAWN", '"added-panel": _rows("The added note."),')


def add_format(root: Path) -> None:
    function = "def _added(extract: Extract) -> bytes:\n    return b'The added file'\n\n\n"
    entry = '"Added": Format("txt", "text/plain", _added, "The added format."),'
    add_entry(root / "data" / "files" / "export.py", "FORMATS", entry, function)


def add_column(root: Path) -> None:
    add_to_table(root / TABLES)
    add_to_dictionary(root / TABLES)


def add_to_table(folder: Path) -> None:
    rows = read_rows(folder / "figures.csv")
    write_rows(folder / "figures.csv", [{**row, "added_column": f"of {row['figure_id']}"} for row in rows])


def add_to_dictionary(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    figures = next(entry for entry in package["resources"] if entry["name"] == "figures")
    column = {"name": "added_column", "title": "The added column", "type": "string", "description": "Added."}
    figures["schema"]["fields"].append(column)
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1), "utf-8")


def add_rules(root: Path) -> None:
    """One in each of the two files, broken by a glossary that holds the word that it forbids."""
    for file, word in FORBIDDEN.items():
        function = f'''def _added(frames: Frames) -> Iterator[Problem]:
    for rows, row in rows_by_cells(frames.get("glossary"), "meaning"):
        if row["meaning"] == "{word}":
            yield from problems_in("glossary", rows, "meaning", "the added rule of {file}", row["meaning"])


'''
        add_entry(root / "data" / "record" / f"{file}.py", "RULES", "_added,", function)


def add_former(root: Path) -> None:
    add_row(root, "former_ids", former_id="former-brief", table="sources", current_id="brief-2012")
    path = root / "data" / "query" / "former.py"
    text = path.read_text(encoding="utf-8")
    assert "HEDGES = {" in text
    path.write_text(text.replace("HEDGES = {", 'HEDGES = {"over": "more than", '), "utf-8")


def add_parameter(root: Path) -> None:
    entry = 'Parameter("said", "Kind of hedge", "choices", ("prisoners-of-war",), {"figures": "qualifier"}),'
    add_entry(root / "data" / "query" / "params.py", "PARAMETERS", entry)


ADDITIONS = [
    *(add_facts, add_newest_count, add_series, add_page, add_layer, add_panel, add_format),
    *(add_column, add_rules, add_former, add_parameter),
]
ROWS = "/data/v1/{}.csv"
ASKED = {
    "pages": {
        "overview": {"path": ""},
        "added": {"path": "added"},
        "counts": {"path": "counts-over-time"},
        "prisoners": {"path": "prisoners-of-war", "press": "claims-take"},
        "filtered": {"path": "prisoners-of-war", "said": "up to"},
        "remains": {"path": "remains-and-identifications"},
        "map": {"path": "recovery-map"},
        "card": {"path": "sources-and-data", "figure": CLAIM},
    },
    "answers": {
        **{table: ROWS.format(table) for table in ("figures", "events", "places", "operations", "sources", "series")},
        "print of the page": "/print/added",
        "panel": "/data/v1/figures.csv?panel=added-panel",
        "panel filtered": "/data/v1/figures.csv?panel=added-panel&said=up+to",
        "panel as one page": "/data/v1/figures.html?panel=added-panel",
        "panel as a slide": "/data/v1/figures.pptx?panel=added-panel",
        "added format": "/data/v1/figures.txt?panel=claims",
        "interface": "/data/v1/openapi.json",
        "dictionary": "/data/v1/datapackage.json",
        "former id": "/data/v1/sources/former-brief.json",
        "former word": "/data/v1/figures.csv?hedge=over",
        "word of today": "/data/v1/figures.csv?hedge=more+than",
    },
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """What the changed copy shows."""
    root = tmp_path_factory.mktemp("added")
    for part in PARTS:
        here = ROOT / part
        leave = shutil.ignore_patterns("__pycache__", "*.png")
        shutil.copytree(here, root / part, ignore=leave) if here.is_dir() else shutil.copy(here, root)
    for add in ADDITIONS:
        add(root)
    broken = tmp_path_factory.mktemp("broken")
    shutil.copytree(root / TABLES, broken / TABLES)
    for word in FORBIDDEN.values():
        add_row(broken, "glossary", term=word, meaning=word)
    asked, answered = root / "asked.json", root / "shown.json"
    asked.write_text(json.dumps({**ASKED, "broken": str(broken / TABLES)}), "utf-8")
    command = [sys.executable, "-m", "tests.what_shows", str(asked), str(answered)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(answered.read_text(encoding="utf-8")))


def rows_of(shown: Shown, answer: str) -> list[dict[str, str]]:
    status, text = shown["answers"][answer]
    assert status == 200, text
    return list(csv.DictReader(text.splitlines()))


def ids_of(shown: Shown, answer: str) -> set[str]:
    return {next(iter(row.values())) for row in rows_of(shown, answer)}


def rows_on(shown: Shown, page: str, title: str) -> list[str]:
    """Ids of the rows in the table of the panel of this title."""
    return list(next(ids for alt, ids in shown["pages"][page]["rows"].items() if alt.endswith(f"shown in “{title}”")))


def test_a_row_is_added_in_its_table(shown: Shown) -> None:
    added = {"figures": CLAIM, "events": EVENT, "places": PLACE, "operations": OPERATION, "sources": SOURCE}
    assert all(row_id in ids_of(shown, table) for table, row_id in added.items())
    assert CLAIM in rows_on(shown, "prisoners", "Claims about men who did not return")
    assert OPERATION in rows_on(shown, "map", "Operations, exchanges, turnovers and talks")
    assert "The added claim" in shown["pages"]["card"]["text"]


def test_a_newer_exact_count_leads_every_page_that_names_the_newest_one(shown: Shown) -> None:
    said = "7,400 people were unaccounted for in January 2026"
    assert said in shown["pages"]["counts"]["text"]
    assert f"figure={COUNT}" in shown["pages"]["overview"]["text"]
    assert "counted from 7,400 people" in shown["pages"]["remains"]["text"]


def test_a_newer_figure_that_no_line_beside_the_brief_names_is_a_problem(tables_copy: Path) -> None:
    root = tables_copy.parent / "project"
    shutil.copytree(tables_copy, root / TABLES)
    add_newest_count(root)
    assert check_folder(root / TABLES).problems == []
    change_row(root, "then_and_now", "TAN-01", newest_row_id="T2-FIG-110")
    (problem,) = check_folder(root / TABLES).problems
    assert (problem.file, problem.row, problem.column) == ("then_and_now.csv", "2", "newest_row_id")
    assert COUNT in problem.rule


def test_a_series_is_added_in_its_table_and_drawn_in_its_panel(shown: Shown) -> None:
    assert FIGURE in ids_of(shown, "figures") and "added_series" in ids_of(shown, "series")
    assert "The added series" in shown["pages"]["remains"]["charts"]


def test_a_page_is_a_file_and_a_line(shown: Shown) -> None:
    assert "<h1>What was added?</h1>" in shown["pages"]["added"]["text"]
    assert "added" in shown["pages"]["overview"]["links"]
    status, on_paper = shown["answers"]["print of the page"]
    assert status == 200 and "<h1>What was added?</h1>" in on_paper


def test_a_map_layer_is_a_function_and_an_entry(shown: Shown) -> None:
    assert "added" in [layer["id"] for layer in shown["pages"]["map"]["maps"][0]]


def test_a_panel_is_its_rows_its_drawing_and_a_line_in_its_page(shown: Shown) -> None:
    assert CLAIM in rows_on(shown, "prisoners", "The added panel")
    assert "The added note." in shown["pages"]["prisoners"]["text"]
    assert ids_of(shown, "panel") == set(rows_on(shown, "prisoners", "The added panel"))
    assert [shown["answers"][name][0] for name in ("panel as one page", "panel as a slide")] == [200, 200]


def test_a_download_format_is_a_function_and_an_entry(shown: Shown) -> None:
    assert shown["answers"]["added format"] == [200, "The added file"]
    assert "data/v1/figures.txt?panel=claims" in shown["pages"]["prisoners"]["text"]
    assert "txt" in shown["answers"]["interface"][1]


def test_a_column_is_added_in_its_table_and_in_the_dictionary(shown: Shown) -> None:
    assert {row["figure_id"]: row["added_column"] for row in rows_of(shown, "figures")}[CLAIM] == f"of {CLAIM}"
    assert "The added column" in shown["answers"]["dictionary"][1]
    assert "The added column" in shown["pages"]["card"]["text"]


@pytest.mark.parametrize("add", [add_to_table, add_to_dictionary], ids=["table", "dictionary"])
def test_a_column_that_only_the_table_or_the_dictionary_has_is_a_problem(
    tables_copy: Path, add: Callable[[Path], None]
) -> None:
    add(tables_copy)
    problems = check_folder(tables_copy).problems
    assert [problem for problem in problems if "added_column" in str(problem)]


def test_a_rule_of_the_tables_is_a_function_and_an_entry(shown: Shown) -> None:
    said = [f"the added rule of {file}" for file in FORBIDDEN]
    assert [any(rule in problem for problem in shown["problems"]) for rule in said] == [True, True]


def test_an_id_that_is_given_up_and_a_word_that_is_renamed_are_still_read(shown: Shown) -> None:
    status, text = shown["answers"]["former id"]
    assert status == 200 and json.loads(text)["row"]["source_id"] == "brief-2012"
    assert ids_of(shown, "former word") == ids_of(shown, "word of today")


def test_something_to_filter_by_is_an_entry_and_a_word_in_the_panels_that_obey_it(shown: Shown) -> None:
    assert "said" in shown["pages"]["prisoners"]["widgets"]
    filtered = rows_of(shown, "panel filtered")
    assert filtered and {row["qualifier"] for row in filtered} == {"up to"}
    assert rows_on(shown, "filtered", "The added panel") == [row["figure_id"] for row in filtered]


def test_a_change_of_the_tables_has_digits_of_its_own_which_the_list_of_changes_names(tables_copy: Path) -> None:
    """That list, data package and citation agree with the tables is held by test_address and test_newcomer."""
    package = json.loads((tables_copy / "datapackage.json").read_text(encoding="utf-8"))
    assert f"`{digest_of(tables_copy, package)}`" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    add_to_table(tables_copy)
    assert f"`{digest_of(tables_copy, package)}`" not in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_page_of_the_changed_copy_has_an_error(shown: Shown) -> None:
    assert {name: page["errors"] for name, page in shown["pages"].items() if page["errors"]} == {}


HELD_BY = {
    "a figure, event, place, operation or source": test_a_row_is_added_in_its_table,
    "a series": test_a_series_is_added_in_its_table_and_drawn_in_its_panel,
    "a page": test_a_page_is_a_file_and_a_line,
    "a map layer": test_a_map_layer_is_a_function_and_an_entry,
    "a panel": test_a_panel_is_its_rows_its_drawing_and_a_line_in_its_page,
    "a download format": test_a_download_format_is_a_function_and_an_entry,
    "a column": test_a_column_is_added_in_its_table_and_in_the_dictionary,
    "a rule of the tables": test_a_rule_of_the_tables_is_a_function_and_an_entry,
    "an id that is given up, a word that is renamed": test_an_id_that_is_given_up_and_a_word_that_is_renamed_are_still_read,
    "something to filter by": test_something_to_filter_by_is_an_entry_and_a_word_in_the_panels_that_obey_it,
    "any change of the tables, too": test_a_change_of_the_tables_has_digits_of_its_own_which_the_list_of_changes_names,
}


def test_each_line_of_the_table_is_a_test() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## How to add a thing")[1].split("\n## ")[0]
    assert re.findall(r"^\| (?!to add|---)(.+?) \|", table, re.MULTILINE) == list(HELD_BY)


def test_each_list_that_the_table_names_stands_in_its_file() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## How to add a thing")[1].split("\n## ")[0]
    named = re.findall(r"`([A-Z_]+)` of `([\w/]+\.py)`", table)
    assert len(named) > 5
    for name, path in named:
        assert re.search(rf"^{name}\b.* = ", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), (name, path)
