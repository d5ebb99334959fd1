"""How many documents stand behind rows? Sources by document: each is counted once, however many sources were read of it.

A document is what stands at one address: versions of a page that its publisher replaces are one document, though each
version is a source of its own with its day. A footnote of the brief that points back (ibid., op. cit.) is the document that
it points to. What names no document (general knowledge, a footnote without text) is none.
"""

import re
from collections.abc import Iterable

from data.record.load import Library, cached_with_library
from data.record.provenance import document_at

POINTS_BACK, TO_FOOTNOTE = (
    re.compile(r"\((?:ibid\.|op\. cit\.)\)$"),
    re.compile(r"(?:back to|same as in) fn\. ([ivx]+)\b"),
)
NO_DOCUMENT = ("general-knowledge",)
NO_TEXT = "(no text)"


def documents_of(library: Library, source_ids: Iterable[str]) -> list[list[str]]:
    """The sources among these that are documents, as lists of one document each, in the order of the first of each."""
    named: dict[str, list[str]] = {}
    document_by_source = _documents(library)
    for source_id in dict.fromkeys(source_ids):
        if document := document_by_source.get(source_id):
            named.setdefault(document, []).append(source_id)
    return list(named.values())


def count_documents(library: Library, source_ids: Iterable[str]) -> int:
    """How many documents these sources are."""
    return len(documents_of(library, source_ids))


@cached_with_library
def _documents(library: Library) -> dict[str, str]:
    """What stands for the document of each source; empty where it is none."""
    rows = library["sources"].to_dict("records")
    by_footnote = {row["footnote"]: row["source_id"] for row in rows if row["footnote"]}
    found: dict[str, str] = {}
    for row in rows:
        document = document_at(row["url"]) or row["source_id"]
        back = TO_FOOTNOTE.search(row["note"]) if POINTS_BACK.search(row["title"]) else None
        if back and back[1] in by_footnote:
            document = found.get(by_footnote[back[1]], by_footnote[back[1]])
        found[row["source_id"]] = "" if row["source_id"] in NO_DOCUMENT or row["title"] == NO_TEXT else document
    return found
