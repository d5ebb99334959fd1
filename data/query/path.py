"""Which views does a presenter show, in which order, and with which words? A path that fits into an address.

A step is the query of a view's data address, with a title and a note of the presenter's own; the path is their list,
packed so that it can be mailed. The ready path walks through the record; its words are here, its numbers in the tables.
"""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from data.query.address import DataRequest, Refusal, query_of, read_address
from data.query.select import Selection
from data.query.views import VIEWS, View
from data.record.json_text import to_json_bytes
from data.record.load import Library

MOST_STEPS, LONGEST_NOTE, LONGEST_TITLE = 60, 750, 160
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
    pairs = [(name, cell) for name, cell in query_of(view, selection, library, looks=True) if _says(name, cell)]
    return Step(urlencode(pairs if view.key in VIEWS else [("table", view.table), *pairs]))


def _says(name: str, cell: str) -> bool:
    return cell != "" and not (name == "source" and cell == "all")


def encode_path(path: Path) -> str:
    """The path as a text that an address can hold."""
    whole = [path.title, *([step.query, step.title, step.note] for step in path.steps)]
    packer = zlib.compressobj(9, wbits=-15)
    packed = (
        packer.compress(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8")) + packer.flush()
    )
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def decode_path(text: str) -> Path:
    """The path of such a text. PathBroken where it is none."""
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
    is_path = isinstance(told, list) and told and isinstance(told[0], str) and len(told) <= MOST_STEPS + 1
    if not is_path or not all(_is_step(step) for step in told[1:]):
        raise PathBroken(f"This is no path: a title and up to {MOST_STEPS} steps, each a query, a title and a note.")
    steps = tuple(Step(query, title[:LONGEST_TITLE], note[:LONGEST_NOTE]) for query, title, note in told[1:])
    return Path(told[0][:LONGEST_TITLE], steps)


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


READY = Path(
    "The accounting in ten minutes",
    (
        Step(
            "panel=headlines",
            "",
            "Start with the question that comes first. Each number has its hedge, date, and source; press it on the page for more.",
        ),
        Step(
            "panel=unaccounted-for&mark=counts&mark=before+2001",
            "",
            "Exact counts are solid; hedged ones are hollow. No figures were found for the shaded years.",
        ),
        Step(
            "panel=believed-to-lie",
            "",
            "The places that the brief names. The last row is computed: no source prints it.",
        ),
        Step(
            "panel=prisoners",
            "",
            "How many were reported held, and how many came back: more returned than had been reported.",
        ),
        Step("panel=claims", "", "These are claims, not counts. Each has its source, and they cannot be added up."),
        Step(
            "panel=by-origin&origin=208+boxes",
            "",
            "Boxes, remains, and people are three different things. Follow one group from return to identification.",
        ),
        Step(
            "panel=by-area",
            "",
            "Joint operations, added up one by one: computed, and lower than the printed totals.",
        ),
        Step(
            "panel=map&view=peninsula",
            "",
            "Where it happened, as precisely as the record shows. Country-level figures are labels, not points.",
        ),
        Step(
            "panel=by-year",
            "",
            "How many per year, and the goal in the law, which covers all conflicts; the counts here are of the Korean War.",
        ),
        Step(
            "panel=timeline-panel&source=brief+only&lane=joint+operations&lane=talks",
            "",
            "Talks and operations side by side, according to the brief. Plans that fell through are marked.",
        ),
        Step(
            "panel=disagreement-panel&disagreement=DIS-03",
            "",
            "One question, several answers. We show all of them and do not average or choose.",
        ),
    ),
)
