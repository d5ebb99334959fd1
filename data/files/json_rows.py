"""How do rows become JSON some at a time? With the same bytes as to_json_bytes writes of all of them at once."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from data.files.rows_as_text import Texts, Writing, bytes_of, written
from data.record.json_text import to_json_bytes

OPENING, CLOSING, BETWEEN = b"{\n", b"\n}\n", b",\n"
# Parts of a row, one after the other: texts that are the same in every row, and texts of each row.
Parts = Sequence[str | Texts]


def object_pieces(members: Mapping[str, Any], rows: str, items: Iterable[Parts]) -> Iterator[bytes]:
    """An object in the order of its members; the one of the name `rows` is a list, whose items come a batch at a time."""
    between = OPENING
    for name in members:
        if name == rows:
            yield between + f' "{name}": ['.encode()
            yield from _list_pieces(items)
        else:
            yield between + to_json_bytes({name: members[name]})[len(OPENING) : -len(CLOSING)]
        between = BETWEEN
    yield CLOSING


def _list_pieces(batches: Iterable[Parts]) -> Iterator[bytes]:
    """The items of a list in an object, from behind its bracket to its end."""
    is_empty = True
    for parts in batches:
        yield bytes_of(",\n", *parts)[is_empty:]
        is_empty = False
    yield b"]" if is_empty else b"\n ]"


def row_of(frame: pd.DataFrame, indent: int) -> Parts:
    """Each row as an object from its first brace to its last, in a line that is indented so far."""
    names = list(frame.columns)
    parts: list[str | Texts] = []
    for name in names:
        parts += [
            f"{',' if parts else '{'}\n{' ' * (indent + 1)}{json_of(str(name))}: ",
            written(frame[name], JSON, "null"),
        ]
    return [*parts, f"\n{' ' * indent}}}"]


def json_of(cell: Any, indent: int = 0) -> str:
    """A cell, or what is made of one, as to_json_bytes writes it, in a line that is indented so far."""
    plain = cell.item() if hasattr(cell, "item") else cell  # a number of numpy's
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1 if isinstance(plain, dict) else None)
    return text.replace("\n", "\n" + " " * indent)


JSON = Writing(json_of, r'[\x00-\x1f"\\]', '"', '"')
