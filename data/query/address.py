"""At what address do these rows stand, and which rows does an address name?

An address is a table, a format and the choices that are in force. It takes the parameters of the pages and one more:
`panel`, the view whose rows it gives. What is not written filters nothing, so that an address gives the same rows
whatever a page shows at first; an address that is copied from a page writes every choice out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from data.query.as_of import library_of
from data.query.disagreements import newest_disagreement
from data.query.former import current_words
from data.query.params import (
    LONGEST_WORDS,
    PARAMETERS,
    Parameter,
    Value,
    bounds_of,
    default_of,
    neutral_of,
    options_of,
    parameter_named,
    parameters_of,
    unaccepted,
)
from data.query.select import Selection
from data.query.views import VIEWS, View, parameter_names, view_of_table
from data.record.load import Library, library

ROOT = "/data/v1"
# What a file waits for that was asked for and takes a while: its address with this in the place of the root.
WAITING_ROOT = "/waiting"
PANEL = Parameter("panel", "Panel", "choice", (), {}, options=tuple(VIEWS), help="The panel whose rows are meant.")
# What the address of a picture may say of its size.
SIZE = (
    Parameter("width", "Width of a picture in pixels", "number", (), {}, bounds=(320, 2400)),
    Parameter("height", "Height of a picture in pixels", "number", (), {}, bounds=(320, 2400)),
    Parameter("density", "Pixels of a PNG for one pixel of the picture", "number", (), {}, bounds=(1, 3)),
)
# Words of a page's address that say how rows are shown, or what stands beside them, and never which rows.
LOOKS_ALONE = ("present", "step", "path", "notes", "figure", "embed", "embed_options")
ALL_SOURCES = ("source", "all")
Pairs = list[tuple[str, str]]
# What a refusal expects of whoever may ask again: seconds until then.
RETRY = "retry_after_seconds"


@dataclass
class Refusal(Exception):
    """Raised for an address that names nothing: the status to answer with, a sentence, and what would be right."""

    status: int
    sentence: str
    expected: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DataRequest:
    """What an address names: a view, the choices in force, and the Library of the day and the sources chosen."""

    view: View
    selection: Selection
    library: Library


def is_data_path(path: str) -> bool:
    """True for the path of an address at which the data are."""
    return path == ROOT or path.startswith(f"{ROOT}/")


def decides_rows(chosen: Parameter) -> bool:
    """True for a parameter that decides which rows are shown, somewhere; False for one of the look alone."""
    obeyed = {name for view in VIEWS.values() for name in parameter_names(view)}
    return bool(chosen.columns) or chosen.kind in ("words", "day") or chosen.name in obeyed


def query_of(view: View, selection: Selection, tables: Library, looks: bool = False) -> Pairs:
    """Every choice that decides the rows of the view, written out; one that filters nothing is written empty.

    With `looks`, the choices that decide how its drawing looks are written too, where they were made.
    """
    pairs = [(PANEL.name, view.key)] if view.key in VIEWS else []
    for name in parameter_names(view):
        chosen = parameter_named(name)
        unsaid = default_of if name in view.subject else neutral_of
        value = selection.values.get(name, unsaid(chosen, tables))
        pairs += [(name, text) for text in _written(chosen, value, tables, name in view.subject)]
    if looks:
        made = [name for name in view.looks if name in selection.values]
        pairs += [
            (name, text)
            for name in made
            for text in _written(parameter_named(name), selection.values[name], tables, True)
        ]
    return pairs


def short_query_of(view: View, selection: Selection, tables: Library) -> Pairs:
    """The choices that filter the rows of the view, decide its look or say what it is about; what filters nothing is left out."""
    written = query_of(view, selection, tables, looks=True)
    return [(name, text) for name, text in written if name in view.subject or (text and (name, text) != ALL_SOURCES)]


def _written(chosen: Parameter, value: Value, tables: Library, always: bool) -> list[str]:
    if value == neutral_of(chosen, tables) and not always:
        return [str(value) if chosen.kind == "choice" else ""]
    return [str(item) for item in value] or [""] if isinstance(value, tuple) else [str(value)]


def path_of_rows(view: View, selection: Selection, tables: Library, extension: str, looks: bool = False) -> str:
    """The address of a view's rows in a format, without the host: /data/v1/events.csv?panel=…"""
    return f"{ROOT}/{view.table}.{extension}?{urlencode(query_of(view, selection, tables, looks))}"


def read_address(table: str, pairs: Iterable[tuple[str, str]]) -> DataRequest:
    """What a table's name and the parameters of an address name. Refusal where one of them names nothing."""
    view, selection = read_choices(table, pairs)
    return DataRequest(view, selection, library_of(selection.values)[0])


def read_choices(table: str, pairs: Iterable[tuple[str, str]]) -> tuple[View, Selection]:
    """The same without the Library of the day and the sources chosen, which takes longer."""
    whole = library()
    given: dict[str, list[str]] = {}
    for name, text in pairs:
        given.setdefault(name, []).extend(current_words(name, [text]))
    if table not in whole.tables:
        raise Refusal(404, f"There is no table “{table[:60]}”.", {"tables": sorted(whole.tables)})
    view = _view_of(table, given.pop(PANEL.name, []), whole)
    values = {name: _value_of(name, texts, view, whole) for name, texts in given.items() if _counts(name)}
    values |= {
        name: _parsed(parameter_named(name), given[name], whole) for name in view.looks if _is_look(name, given, whole)
    }
    for name in [name for name in view.subject if name not in values]:
        right = {"parameter": name, "values": accepted_values(parameter_named(name), whole)}
        raise Refusal(400, f"The panel “{view.key}” needs the parameter “{name}”, which says what it is about.", right)
    return view, Selection(view.page, values)


def read_size(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, int], Pairs]:
    """The size that the address of a picture names, and what else it says. Refusal where a size is none, or out of bounds."""
    by_name, given, rest = {chosen.name: chosen for chosen in SIZE}, dict[str, list[str]](), Pairs()
    for name, text in pairs:
        given.setdefault(name, []).append(text) if name in by_name else rest.append((name, text))
    for name, texts in given.items():
        if len(texts) > 1 or unaccepted(by_name[name], texts, library()):
            raise _refused(by_name[name], texts, library())
    return {name: int(text) for name, (text,) in given.items() if text}, rest


def _refused(chosen: Parameter, texts: list[str], whole: Library) -> Refusal:
    """The refusal of values that a parameter cannot have."""
    named = ", ".join(f"“{text[:60]}”" for text in texts)
    right = {"parameter": chosen.name, "values": accepted_values(chosen, whole)}
    return Refusal(400, f"The parameter “{chosen.name}” cannot be {named}.", right)


def _counts(name: str) -> bool:
    """False for what a page's address says of the look alone. Refusal where no parameter has the name."""
    if name in LOOKS_ALONE:
        return False
    known = [chosen for chosen in PARAMETERS if chosen.name == name]
    if not known:
        names = [PANEL.name, *(chosen.name for chosen in PARAMETERS if decides_rows(chosen))]
        raise Refusal(400, f"There is no parameter “{name[:60]}”.", {"parameters": names})
    return decides_rows(known[0])


def _is_look(name: str, given: Mapping[str, list[str]], whole: Library) -> bool:
    """True where the address says how the drawing looks; what cannot be understood of that is passed over."""
    texts = given.get(name, [""])
    return texts != [""] and not unaccepted(parameter_named(name), texts, whole)


def _view_of(table: str, panels: list[str], whole: Library) -> View:
    if not [key for key in panels if key]:
        return view_of_table(whole, table)
    if len(panels) > 1 or panels[0] not in VIEWS:
        said = ", ".join(f"“{key[:60]}”" for key in panels)
        raise Refusal(400, f"There is no panel {said}.", {"parameter": PANEL.name, "values": list(VIEWS)})
    view = VIEWS[panels[0]]
    if view.table != table:
        sentence = f"The panel “{view.key}” shows rows of “{view.table}”, not of “{table}”."
        raise Refusal(400, sentence, {"parameter": PANEL.name, "table": view.table})
    return view


def _value_of(name: str, texts: list[str], view: View, whole: Library) -> Value:
    chosen = parameter_named(name)
    if name not in parameter_names(view) and texts != [""]:
        right = {"parameter": name, "parameters": [PANEL.name, *parameter_names(view)]}
        raise Refusal(400, f"The parameter “{name}” does not filter the rows of “{view.key}”.", right)
    bad = unaccepted(chosen, texts, whole)
    if bad or (len(texts) > 1 and chosen.kind not in ("choices", "years")):
        raise _refused(chosen, bad or texts, whole)
    return _parsed(chosen, texts, whole)


def accepted_values(chosen: Parameter, whole: Library) -> Any:
    """What a parameter accepts, for whoever wrote something else."""
    if chosen.kind == "years":
        return f"two years from {whole.years[0]} to {whole.years[1]}, as years=1990&years=2005"
    if chosen.kind == "number":
        low, high = bounds_of(chosen)
        return f"a whole number from {low} to {high}"
    if chosen.kind == "day":
        return "a day written as 2012-07-03"
    return (
        f"any words without control characters, once, at most {LONGEST_WORDS} letters"
        if chosen.kind == "words"
        else list(options_of(chosen, whole))
    )


def _parsed(chosen: Parameter, texts: list[str], whole: Library) -> Value:
    if texts == [""]:
        return neutral_of(chosen, whole)
    if chosen.kind == "choices":
        return tuple(option for option in options_of(chosen, whole) if option in texts[: chosen.most or None])
    if chosen.kind == "years":
        first, last = sorted(int(text) for text in texts)
        return first, last
    return int(texts[0]) if chosen.kind == "number" else texts[-1]


def read_page(page: str, pairs: Iterable[tuple[str, str]]) -> tuple[Library, Selection]:
    """What the address of a page names: the Library of its day and its sources, and the choices of the page.

    Read as the page reads it: what is not written, or cannot be understood, stands at its default; of several words in a
    list those are kept that exist; a page about one disagreement is about the first where none is named.
    """
    given: dict[str, list[str]] = {}
    for name, text in pairs:
        given.setdefault(name, []).extend(current_words(name, [text]))

    def understood(chosen: Parameter, tables: Library) -> Value:
        texts = given.get(chosen.name, [])
        if chosen.kind == "choices":
            kept = [text for text in texts if text in options_of(chosen, tables)]
            return _parsed(chosen, kept or [""], tables) if kept or texts == [""] else default_of(chosen, tables)
        texts = texts if chosen.kind == "years" else texts[-1:]
        bad = texts in ([], [""]) or unaccepted(chosen, texts, tables)
        return default_of(chosen, tables) if bad else _parsed(chosen, texts, tables)

    values = {name: understood(parameter_named(name), library()) for name in ("asof", "source")}
    tables = library_of(values)[0]
    values |= {chosen.name: understood(chosen, tables) for chosen in parameters_of(page)}
    if values.get("disagreement") == "none":
        values["disagreement"] = newest_disagreement(tables)
    return tables, Selection(page, values)


def address_of_card(base: str, row_id: str) -> str:
    """The permanent address of a row's card."""
    return f"{base}/sources-and-data?figure={quote(row_id)}"
