"""What do the tables hold? Reads, checks and types them, once."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from data.check import Frames, TablesBroken, dictionary_problems, row_problems
from data.dates import span_between

TABLES = Path(__file__).parent / "tables"
PANDAS_TYPES = {"string": "str", "integer": "Int64", "number": "Float64"}


@dataclass(frozen=True, eq=False)
class Library:
    """All tables, typed by the dictionary; a text that is missing is "", a number that is missing is NA.

    Shared by every reader: never changed, only selected from; one Library is itself alone, so that what is computed from
    it can be kept. `years` is the first and the last year that any dated row touches; views of fewer rows keep it, and
    say in `as_of` for which day of publication they are. `digest` is made from the tables and changes when they do.
    """

    tables: Frames
    dictionary: dict[str, Any]
    years: tuple[int, int] = (1950, 2026)
    as_of: date | None = None
    digest: str = ""

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    @property
    def version(self) -> str:
        """The version that the dictionary gives the tables, and the digest of what they hold: 2.1.0+5f0c3a1b."""
        return f"{self.dictionary['version']}+{self.digest}"

    def describe(self, table: str) -> dict[str, Any]:
        """The dictionary's entry of one table: title, description, schema."""
        return next(resource for resource in self.dictionary["resources"] if resource["name"] == table)

    def fields(self, table: str) -> list[dict[str, Any]]:
        """The dictionary's fields of one table, in the order of its columns."""
        return list(self.describe(table)["schema"]["fields"])


def load_library(folder: Path = TABLES) -> Library:
    """Tables of a folder as a Library. Raises TablesBroken with every problem where a table breaks a rule."""
    dictionary = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    problems = dictionary_problems(folder)
    written = {name: _as_written(folder / f"{name}.csv") for name in _readable(folder, dictionary)}
    problems += row_problems(written, dictionary) if not _columns_missing(written, dictionary) else []
    if problems:
        raise TablesBroken(problems)
    tables = {name: _typed(frame, dictionary, name) for name, frame in written.items()}
    return Library(tables, dictionary, _years_of(tables), digest=digest_of(folder, dictionary))


def digest_of(folder: Path, dictionary: dict[str, Any]) -> str:
    """Eight hexadecimal digits made from the bytes of all tables, in the order of the dictionary."""
    whole = hashlib.sha256()
    for resource in dictionary["resources"]:
        whole.update((folder / resource["path"]).read_bytes())
    return whole.hexdigest()[:8]


@lru_cache(maxsize=1)
def library() -> Library:
    """The Library of this process, read once."""
    return load_library()


def _years_of(tables: Frames) -> tuple[int, int]:
    columns = (("events", "start", "end"), ("figures", "period_start", "date"), ("operations", "start", "end"))
    spans = [
        span_between(*pair) for table, a, b in columns for pair in zip(tables[table][a], tables[table][b], strict=True)
    ]
    known = [span for span in spans if span]
    return min(span.first.year for span in known), max(span.last.year for span in known)


def _readable(folder: Path, dictionary: dict[str, Any]) -> list[str]:
    return [resource["name"] for resource in dictionary["resources"] if (folder / resource["path"]).exists()]


def _as_written(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def _columns_missing(frames: Frames, dictionary: dict[str, Any]) -> bool:
    wanted = {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in dictionary["resources"]
    }
    return any(not columns <= set(frames[name].columns) for name, columns in wanted.items() if name in frames)


def _typed(frame: pd.DataFrame, dictionary: dict[str, Any], table: str) -> pd.DataFrame:
    resource = next(entry for entry in dictionary["resources"] if entry["name"] == table)
    types = {field["name"]: PANDAS_TYPES[field["type"]] for field in resource["schema"]["fields"]}
    numbers = [name for name, kind in types.items() if kind != "str"]
    return frame.assign(**{name: frame[name].replace("", pd.NA) for name in numbers}).astype(types)
