"""The house rules: one way only, short pages, hex values in one place, no figure typed in code."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest
from packaging.utils import canonicalize_name

from components import assets, theme
from data.query.params import PARAMETERS
from data.record.load import Library
from tests.conftest import PAGES, ROOT

DATA = sorted(path for path in (ROOT / "data").rglob("*.py") if path.parent.name != "geo")
COMPONENTS = sorted((ROOT / "components").rglob("*.py"))
PAGE_FILES = sorted((ROOT / "pages").glob("*.py"))
CODE = [*DATA, *COMPONENTS, *PAGE_FILES, ROOT / "dashboard.py"]
# The one component that reads files: style sheets and scripts, once.
LOADER = ROOT / "components" / "assets" / "__init__.py"
# A rule of CSS; a function, a declaration or a call as only JavaScript has them.
STYLE_OR_SCRIPT = re.compile(
    r"[\w\])*-]\s*\{\s*[\w-]+\s*:[^{}]+\}|=>|\bfunction\b[\w ]*\(|^\s*(const|let|var) \w|\b(document|window|location)\.\w",
    re.M,
)
LINE = 120
# Wings from the roof down: each imports only what stands below it. Pages stand between the frame and the exports.
WINGS = {
    "components": ("server", "frame", "pages", "exports", "panels", "map", "charts", "static", "", "assets"),
    "data": ("", "own_figures", "files", "query", "record"),
}
PURE = ("map", "charts", "static")
# Addresses of pages that stand in other people's links: one may be added, none taken away.
ONCE_AND_EVER = (
    *("", "counts-over-time", "remains-and-identifications", "prisoners-of-war", "recovery-map", "mission-timeline"),
    *("disagreements", "explore", "sources-and-data", "path"),
)
ASSETS = [path for path in sorted(LOADER.parent.iterdir()) if path.suffix in (".css", ".js")]
AT_THE_ROOT = {"__init__", "filters", "navigation", "presenter_state", "theme"}


def imports_of(path: object) -> set[str]:
    return imports_in(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]


def imports_in(text: str) -> set[str]:
    tree = ast.parse(text)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def roots(path: object) -> set[str]:
    return {name.split(".")[0] for name in imports_of(path)}


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_data_knows_no_streamlit_no_plotly_no_pydeck_and_no_component(path: object) -> None:
    assert not roots(path) & {"streamlit", "plotly", "pydeck", "components", "pages"}


def wing_of(path: object) -> tuple[str, str]:
    """The package and the wing that a file stands in; no wing for a file at the root of its package."""
    parts = path.relative_to(ROOT).parts  # type: ignore[attr-defined]
    if parts[0] == "pages":
        return "components", "pages"
    return parts[0], parts[1] if len(parts) > 2 else ""


def wing_of_module(name: str) -> tuple[str, str] | None:
    """The wing of an imported module; None where it is none of ours."""
    package, *rest = name.split(".")
    if package not in WINGS:
        return ("components", "pages") if package == "pages" else None
    return package, rest[0] if rest and rest[0] in WINGS[package] else ""


def arrows_up(package: str, wing: str, imported: set[str]) -> list[str]:
    """Imports of a file of this wing that go to a wing above it."""
    found = []
    for name in sorted(imported):
        theirs = wing_of_module(name)
        if theirs and theirs[0] == package and name.count(".") > 1:
            order = WINGS[package]
            found += [name] if order.index(theirs[1]) < order.index(wing) else []
    return found


@pytest.mark.parametrize("path", [*COMPONENTS, *DATA, *PAGE_FILES], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_wing_imports_only_what_stands_below_it(path: object) -> None:
    assert not arrows_up(*wing_of(path), imports_of(path))


@pytest.mark.parametrize(
    ("package", "wing", "line", "found"),
    [
        ("components", "charts", "from components.panels.card import show", True),
        ("components", "panels", "from components.exports import one_page", True),
        ("components", "panels", "from components.charts.timeline import timeline", False),
        ("data", "record", "from data.query import select", True),
        ("data", "files", "from data.query.select import select", False),
    ],
)
def test_an_arrow_the_wrong_way_is_found(package: str, wing: str, line: str, found: bool) -> None:
    assert bool(arrows_up(package, wing, imports_in(line))) == found


def test_every_component_stands_in_a_wing_or_is_one_of_the_few_at_the_root() -> None:
    assert {path.stem for path in COMPONENTS if wing_of(path)[1] == ""} == AT_THE_ROOT


DRAWINGS = [path for path in COMPONENTS if wing_of(path)[1] in PURE]


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_is_a_pure_function_without_streamlit(path: object) -> None:
    assert not roots(path) & {"streamlit", "pages"}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_reads_no_file_and_imports_no_page(path: object) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    called = {call.func for call in ast.walk(tree) if isinstance(call, ast.Call)}
    names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called}
    assert "pages" not in roots(path)
    assert path == LOADER or not names & {"read_csv", "open", "read_text", "read_bytes"}


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.stem)
def test_a_page_reads_like_a_table_of_contents(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert len(text.splitlines()) <= 80
    assert not re.search(r"groupby|\.merge\(|\btry\b|#[0-9A-Fa-f]{6}", text)
    assert text.startswith('"""') and text.split('"""')[1].strip().endswith(("?", "data."))


@pytest.mark.parametrize("path", [*DATA, *COMPONENTS, *PAGE_FILES], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_module_opens_with_the_question_it_answers(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert "?" in (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0] or path.stem == "__init__"  # type: ignore[attr-defined]


def test_a_colour_has_its_value_in_the_theme_alone() -> None:
    for path in [*CODE, *ASSETS]:
        if path.stem != "theme":
            assert not re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")), path


def texts_of(tree: ast.AST) -> list[str]:
    """Strings of a module, docstrings left out; one with values in it as a whole, with a word in the place of each."""
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    apart = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    apart |= {id(part) for node in joined for part in node.values}
    whole = [
        "".join(getattr(part, "value", "") if isinstance(part, ast.Constant) else "x" for part in node.values)
        for node in joined
    ]
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in apart]
    return [*whole, *(node.value for node in constants if isinstance(node.value, str))]


def styles_and_scripts_in(code: str) -> list[str]:
    """Strings of a module that hold CSS or JavaScript longer than a line."""
    long = [text for text in texts_of(ast.parse(code)) if "\n" in text.strip() or len(text) > LINE]
    return [text for text in long if STYLE_OR_SCRIPT.search(text)]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_style_sheet_and_no_script_stands_in_python(path: object) -> None:
    assert styles_and_scripts_in(path.read_text(encoding="utf-8")) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('X = """\nmain { color: red; }\np { margin: 0; }\n"""', True),
        ('X = f"""\n.tile {{ color: {INK}; }}\n.tile p {{ margin: 0; }}\n"""', True),
        ('X = "<style>.a { width: 100%; height: auto; }' + " .b { display: none; }" * 4 + '</style>"', True),
        ('X = """<script>\n(() => {\n  if (window.known) return;\n})();\n</script>"""', True),
        ('X = """\nconst known = 1;\nstart(known);\n"""', True),
        ('X = "p { margin: 0; }"', False),
        ('def f():\n    """Writes p { margin: 0; }\n    and more."""', False),
        ('X = f"<style>{sheet}</style><main>{body}</main>" + "a sentence of more than one line. " * 9', False),
    ],
)
def test_a_style_sheet_or_a_script_in_python_is_found(code: str, found: bool) -> None:
    assert bool(styles_and_scripts_in(code)) == found


def test_a_variable_of_a_style_sheet_is_one_of_the_theme_or_given_where_the_sheet_is_filled() -> None:
    known = {name: {*theme.VARIABLES, *re.findall(r"--([\w-]+):", text)} for name, text in assets.TEXTS.items()}
    used = {name: set(theme.VARIABLE.findall(text)) - known[name] for name, text in assets.TEXTS.items()}
    assert {name for name, unknown in used.items() if unknown} == {"picture.css", "print.css", "print_sheet.css"}


def test_every_style_sheet_and_script_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in CODE)
    assert [name for name in assets.TEXTS if f'"{name}"' not in code and f"'{name}'" not in code] == []


def constants_of(path: object) -> list[object]:
    """Constants of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    docstrings = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings]


def test_no_figure_of_the_tables_is_typed_in_code(library: Library) -> None:
    figures = library["figures"]
    values = {int(n) for name in ("value", "low", "high") for n in figures[name].dropna()}
    for path in [*COMPONENTS, *PAGE_FILES, *DATA]:
        for constant in constants_of(path):
            if isinstance(constant, str):
                constant = re.sub(
                    r"208[ +]boxes|w3\.org/2000", "", constant
                )  # the name that the boxes go by; that of SVG
                numbers = {int(n.replace(",", "")) for n in re.findall(r"(?<![\w.#])\d[\d,]{2,}(?![\w.%])", constant)}
                assert not numbers & values, (path, constant)
            if isinstance(constant, int) and constant > 600 and constant != 900:
                assert constant not in values, (path, constant)


def test_every_page_file_is_listed_and_every_listed_page_exists() -> None:
    assert {path.stem for path in PAGE_FILES} == set(PAGES.values())


def test_an_address_of_a_page_that_worked_once_works() -> None:
    assert set(PAGES) >= set(ONCE_AND_EVER)


def test_a_parameter_is_named_once_and_its_pages_exist() -> None:
    names = [chosen.name for chosen in PARAMETERS]
    assert len(names) == len(set(names))
    assert {page for chosen in PARAMETERS for page in chosen.pages} <= set(PAGES)


def test_requirements_pin_what_is_imported_and_nothing_else() -> None:
    imported = set().union(*(roots(path) for path in [*DATA, *COMPONENTS, *PAGE_FILES, ROOT / "dashboard.py"]))
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    assert all("==" in line for line in lines)
    own_or_standard = {"data", "components"} | set(sys.stdlib_module_names)
    packages = packages_distributions()
    wanted = {packages[name][0] for name in imported - own_or_standard}
    # uvicorn takes uvloop where it is installed: nothing of ours imports it
    pinned = {canonicalize_name(line.split("==")[0]) for line in lines}
    assert pinned == {canonicalize_name(name) for name in wanted} | {"uvloop"}


def test_tests_run_coroutines_beside_the_loop_of_a_browser() -> None:
    """A browser's test leaves its loop running in the thread of the tests that come after it in the same process."""
    call = "asyncio" + ".run("
    callers = {path.name for path in (ROOT / "tests").rglob("*.py") if call in path.read_text(encoding="utf-8")}
    measures = {path.name for path in (ROOT / "tests" / "bench").glob("*.py")}
    assert callers <= measures
