"""What changed in the data, version by version? CHANGELOG.md, which says it, as rows."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

CHANGELOG = Path(__file__).parent.parent.parent / "CHANGELOG.md"


class Change(NamedTuple):
    """A version of the data: its number, its day as in ISO 8601, what changed in words."""

    version: str
    day: str
    what: str


@lru_cache(maxsize=1)
def changes() -> list[Change]:
    """The versions of the data, the newest first: the rows of the first table of the change list; none where an installation
    has left the list out."""
    if not CHANGELOG.exists():
        return []
    lines = CHANGELOG.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [Change(row[0], row[1], row[3].replace("`", "")) for row in cells if row[0][:1].isdigit()]
