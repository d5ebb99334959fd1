"""How does a frame leave as a file? frame -> bytes in each format, and the name of the file."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from data.load import Library
from data.select import Selection, filtering


@dataclass(frozen=True)
class Format:
    """A kind of file: its extension, its media type and what makes it. A new format is one entry in FORMATS."""

    extension: str
    media_type: str
    to_bytes: Callable[[pd.DataFrame], bytes]


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 CSV with one header line, rows and columns as they stand; a missing cell is empty."""
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")


FORMATS: dict[str, Format] = {"CSV": Format("csv", "text/csv", to_csv)}


def file_name(library: Library, table: str, selection: Selection, chosen: Format) -> str:
    """Name that says table, filters and the data's version and day: events_lane-talks_v1.0.0_2026-11-23.csv."""
    filters = [f"{name}-{_slug(value)}" for name, value in filtering(selection, library, table.split("-")[0]).items()]
    day = str(library.dictionary["created"])[:10]
    return "_".join([_slug(table), *filters, f"v{library.version}", day])[:180] + f".{chosen.extension}"


def _slug(value: object) -> str:
    text = "-".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
