"""Which views does a presenter show, in which order, and with which words? A path that fits into an address.

A step is the query of a view's data address, with a title and a note of the presenter's own; the path is their list,
short enough to be mailed: a ready path by its name, one without words of the presenter's own by the keys of its views, any
other packed.
"""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from data.query.address import DataRequest, Refusal, read_address, short_query_of
from data.query.params import NO_CHARACTER
from data.query.ready import READY_PATHS
from data.query.select import Selection
from data.query.views import VIEWS, View
from data.record.json_text import to_json_bytes
from data.record.load import Library

MOST_STEPS, LONGEST_NOTE, LONGEST_TITLE = 60, 750, 160
# What stands in an address between two steps, and before each choice of a step.
BETWEEN_STEPS, CHOICE = ".", "~"
MOST_BYTES = 80_000  # unpacked: a path of the most steps with the longest notes


class PathBroken(ValueError):
    """Raised for a text that is no path; the message says why."""


@dataclass(frozen=True)
class Step:
    """One view of a path: the query that names its rows, and what the presenter adds."""

    query: str
    title: str = ""
    note: str = ""

    def read(self) -> DataRequest:
        """The view that the step names. Refusal where it names none."""
        pairs = parse_qsl(self.query, keep_blank_values=True)
        table = next((cell for name, cell in pairs if name == "table"), "")
        panel = next((cell for name, cell in pairs if name == "panel"), "")
        rest = [(name, cell) for name, cell in pairs if name != "table"]
        return read_address(table or (VIEWS[panel].table if panel in VIEWS else panel), rest)


@dataclass(frozen=True)
class Path:
    """The steps of a presentation, in order, under a title."""

    title: str = ""
    steps: tuple[Step, ...] = ()

    def with_step(self, step: Step) -> "Path":
        """The path with one more step at its end; a full one stays as it is."""
        return replace(self, steps=(*self.steps, step)[:MOST_STEPS])

    def without(self, position: int) -> "Path":
        return replace(self, steps=tuple(step for place, step in enumerate(self.steps) if place != position))

    def moved(self, position: int, by: int) -> "Path":
        """The path with one step moved by so many places; at an end it stays."""
        to = position + by
        if not (0 <= position < len(self.steps) and 0 <= to < len(self.steps)):
            return self
        steps = list(self.steps)
        steps.insert(to, steps.pop(position))
        return replace(self, steps=tuple(steps))

    def renamed(self, position: int, title: str, note: str) -> "Path":
        steps = list(self.steps)
        steps[position] = replace(steps[position], title=title[:LONGEST_TITLE], note=note[:LONGEST_NOTE])
        return replace(self, steps=tuple(steps))


def step_of(view: View, selection: Selection, library: Library) -> Step:
    """The step that shows a view with its choices as they are; what filters nothing is left out."""
    pairs = short_query_of(view, selection, library)
    return Step(urlencode(pairs if view.key in VIEWS else [("table", view.table), *pairs]))


def encode_path(path: Path) -> str:
    """The path as a text that an address can hold: "ten-minutes", "headlines.by-origin~origin=55+boxes", or packed."""
    name = next((name for name, ready in READY_BY_NAME.items() if ready == path), None)
    return name or _named(path) or _packed(path)


def _named(path: Path) -> str:
    """The keys of the views of a path with their choices; empty where it holds words, or something that is no view."""
    queries = [parse_qsl(step.query, keep_blank_values=True) for step in path.steps]
    has_words = path.title or any(step.title or step.note for step in path.steps)
    if has_words or not all(pairs and pairs[0][0] == "panel" and pairs[0][1] in VIEWS for pairs in queries):
        return ""
    parts = [CHOICE.join([pairs[0][1], *(urlencode([pair]) for pair in pairs[1:])]) for pairs in queries]
    text = BETWEEN_STEPS.join(parts)
    return text if _path_of_names(text) == path else ""


def _path_of_names(text: str) -> Path | None:
    """The path that keys of views name; None where the text does not begin with one."""
    parts = [part.split(CHOICE) for part in text.split(BETWEEN_STEPS)]
    if parts[0][0] not in VIEWS or len(parts) > MOST_STEPS:
        return None
    return Path("", tuple(Step("&".join([urlencode([("panel", key)]), *choices])) for key, *choices in parts))


def _packed(path: Path) -> str:
    whole = [path.title, *([step.query, step.title, step.note] for step in path.steps)]
    packer = zlib.compressobj(9, wbits=-15)
    packed = (
        packer.compress(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8")) + packer.flush()
    )
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def decode_path(text: str) -> Path:
    """The path of such a text. PathBroken where it is none."""
    return READY_BY_NAME.get(text) or _path_of_names(text) or _unpacked(text)


def _unpacked(text: str) -> Path:
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        opener = zlib.decompressobj(wbits=-15)
        told = opener.decompress(packed, MOST_BYTES)
        if opener.unconsumed_tail or opener.unused_data or not opener.eof:
            raise PathBroken("The path in this address is cut off or longer than a path can be.")
        return _path_of(json.loads(told))
    except (binascii.Error, zlib.error, UnicodeError, ValueError, RecursionError) as broken:
        if isinstance(broken, PathBroken):
            raise
        raise PathBroken(
            "The path in this address cannot be read: part of it may have been lost in mailing."
        ) from broken


def _path_of(told: Any) -> Path:
    """The path of such a list; a space for each character that no page or file could hold."""
    is_path = isinstance(told, list) and told and isinstance(told[0], str) and len(told) <= MOST_STEPS + 1
    if not is_path or not all(_is_step(step) for step in told[1:]):
        raise PathBroken(f"This is no path: a title and up to {MOST_STEPS} steps, each a query, a title and a note.")
    written = [[NO_CHARACTER.sub(" ", cell) for cell in step] for step in told[1:]]
    steps = tuple(Step(query, title[:LONGEST_TITLE], note[:LONGEST_NOTE]) for query, title, note in written)
    return Path(NO_CHARACTER.sub(" ", told[0])[:LONGEST_TITLE], steps)


def _is_step(step: Any) -> bool:
    return isinstance(step, list) and len(step) == 3 and all(isinstance(cell, str) for cell in step)


def to_file(path: Path) -> bytes:
    """The path as a small JSON file that people can read."""
    steps = [{"query": step.query, "title": step.title, "note": step.note} for step in path.steps]
    return to_json_bytes({"title": path.title, "steps": steps})


def from_file(made: bytes) -> Path:
    """The path of such a file. PathBroken where it is none."""
    try:
        told = json.loads(made.decode("utf-8-sig"))
        steps = [[step["query"], step.get("title", ""), step.get("note", "")] for step in told["steps"]]
        return _path_of([told.get("title", ""), *steps])
    except PathBroken:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        raise PathBroken("This file holds no path: it must be the JSON that “Save the path” writes.") from broken


def names_a_view(step: Step) -> bool:
    """True where the step names a view that exists."""
    try:
        step.read()
    except Refusal:
        return False
    return True


# The ready presentations by the names that stand in their addresses; the first is offered where there is none.
READY_BY_NAME = {
    name: Path(ready.title, tuple(Step(query, "", note) for query, note in ready.steps))
    for name, ready in READY_PATHS.items()
}
READY = next(iter(READY_BY_NAME.values()))
