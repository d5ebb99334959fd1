"""In which order do references stand at the end of a text? By author, year and title; alike ones carry letters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable


def in_alphabet(references: Iterable[str]) -> list[str]:
    """References in APA style as a list has them: each once, in alphabetical order, those alike told apart as 2018a, 2018b."""
    lines = sorted(dict.fromkeys(references), key=_sorted_by)
    alike = Counter(_author_and_year(line) for line in lines)
    used: Counter[tuple[str, str]] = Counter()
    told_apart = []
    for line in lines:
        author, year = key = _author_and_year(line)
        if author and alike[key] > 1:
            mark = _letters(used[key])
            used[key] += 1
            line = f"{author} ({year}{'-' if year == 'n.d.' else ''}{mark}{line[len(f'{author} ({year}') :]}"
        told_apart.append(line)
    return told_apart


def _sorted_by(line: str) -> str:
    """What a reference is sorted by: author, year and the rest, without signs and without an article in front."""
    author, year = _author_and_year(line)
    rest = line[len(f"{author} ({year}") :].partition("). ")[2] if author else line
    words = [re.sub(r"[^\w ]", "", unicodedata.normalize("NFKD", text)).casefold() for text in (author, year, rest)]
    return "\x00".join(re.sub(r"^(a|an|the) ", "", text) for text in words)


def _author_and_year(line: str) -> tuple[str, str]:
    """Before which words and which year in brackets a reference stands; empty where it has no year of its own."""
    found = re.match(r"(.+?) \((\d{4}|n\.d\.)", line)
    return (found[1], found[2]) if found else ("", "")


def _letters(number: int) -> str:
    """a, b … z, aa, ab … for 0, 1 …"""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)
