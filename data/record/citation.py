"""Who made the record, and by which words is it found? As CITATION.cff says, the file that others cite it from."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

CITATION = Path(__file__).parent.parent.parent / "CITATION.cff"
# The entries of a list at the top of the file, which is YAML of the simplest kind.
LIST = r"^{name}:\n((?:  - .+\n)+)"


class Citation(NamedTuple):
    """Whoever made the record, and its keywords."""

    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def citation() -> Citation:
    """What the file says; nothing where an installation has left it out."""
    if not CITATION.exists():
        return Citation()
    text = CITATION.read_text(encoding="utf-8")
    authors = (entry.removeprefix("name: ") for entry in _entries(text, "authors"))
    return Citation(tuple(authors), tuple(_entries(text, "keywords")))


def _entries(text: str, name: str) -> list[str]:
    found = re.search(LIST.format(name=name), text, re.MULTILINE)
    return [line.removeprefix("  - ").strip() for line in found[1].splitlines()] if found else []
