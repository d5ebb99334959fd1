"""How is this cited? A view, a row or a source as a reference, and references in the formats that others read.

A reference is an item of CSL-JSON. citeproc-py puts it into words by the rules in `styles/`, bibtexparser and rispy write
the two formats of reference managers. What the tables do not say is left out of the reference too.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library as Entries
from bibtexparser.model import Entry, Field
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc.string import NoCase

from data.files.alphabet import in_alphabet
from data.files.authors import authors_of
from data.query.rows import FoundRow, find_row
from data.record.dates import date_in_words, period_in_words
from data.record.load import Library
from data.record.single_flight import computed_once
from data.record.wording import as_of_in_words, figure_in_words

Reference = dict[str, Any]
Fields = dict[str, Any]

STYLE_FILES = {"APA": "apa.csl", "Chicago": "chicago-author-date.csl"}
STYLES = tuple(STYLE_FILES)
# What each style puts in place of an author, the first that is known.
PLACE_OF_AUTHOR = {"APA": ("publisher", "title"), "Chicago": ("publisher", "container-title", "title")}
# A style keeps in itself what it is putting into words, and serves all readers of this process.
STYLING = Lock()

PAGES = re.compile(r"(\w{1,8})\s*[-–—]+\s*(\w{1,8})")
GENRE = re.compile(r"\b(fact sheet|issue brief|white paper)\b", re.IGNORECASE)
GROUNDS = (
    (re.compile(r"\bA book\."), "book"),
    (re.compile(r"^Hearings? before\b"), "hearing"),
    (re.compile(r"\b(fact sheet|issue brief|report|white paper)\b", re.IGNORECASE), "report"),
)
TYPES = {
    "article-newspaper": ("article", "NEWS"),
    "book": ("book", "BOOK"),
    "dataset": ("misc", "DATA"),
    "document": ("misc", "GEN"),
    "entry": ("incollection", "CHAP"),
    "hearing": ("misc", "HEAR"),
    "report": ("techreport", "RPRT"),
    "webpage": ("misc", "ELEC"),
}
BIBTEX_PUBLISHER = {"techreport": "institution", "book": "publisher", "incollection": "publisher"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A brace is written without one, since BibTeX counts those that are escaped as well.
LATEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"{": r"\ensuremath{\lbrace}", "}": r"\ensuremath{\rbrace}", "\\": r"\textbackslash{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def reference_of_source(source: Mapping[Any, Any]) -> Reference:
    """The reference of a row of `sources`: what the row says, dates as precise as it has them, and nothing else."""
    kind = _type_of(source)
    publisher = source["publisher"]
    genre = GENRE.search(f"{publisher} {source['note']}")
    said = {
        "title": source["title"],
        "author": authors_of(source, kind),
        "container-title" if kind == "article-newspaper" else "publisher": publisher,
        "genre": genre[0].capitalize() if genre and genre[0].lower() not in source["title"].lower() else "",
        "issued": _date(source["published"]),
        "accessed": _date(source["accessed"]),
        "page": source["pages"],
        "URL": source["url"],
        "annote": source["note"].strip(),
    }
    return {"id": source["source_id"], "type": kind} | {name: value for name, value in said.items() if value}


def reference_of_view(library: Library, title: str, filters: str, address: str) -> Reference:
    """The reference of a view of the data: a data set whose title says its filters, with version, day and address."""
    dictionary = library.dictionary
    return {
        "id": f"{dictionary['name']}-{sha256(address.encode()).hexdigest()[:8]}",
        "type": "dataset",
        "title": f"{title} (filters: {filters})" if filters else title,
        "author": _makers(dictionary),
        "publisher": dictionary["title"],
        "issued": _date(dictionary["created"][:10]),
        "version": library.version,
        "URL": address,
    }


def reference_of_row(library: Library, row_id: str, address: str) -> Reference:
    """The reference of a row as an entry of the data, hedge, day, speaker and source in its title.

    A row of `sources` is the source's own reference. KeyError where no row has the id.
    """
    found = find_row(library, row_id)
    if found is None:
        raise KeyError(f"No row of the tables has the id {row_id!r}.")
    if found.table == "sources":
        return reference_of_source(found.row)
    return {
        "id": row_id,
        "type": "entry",
        "title": f"{row_id}: {_statement(library, found)}",
        "author": _makers(library.dictionary),
        "container-title": library.dictionary["title"],
        "issued": _date(library.dictionary["created"][:10]),
        "version": library.version,
        "URL": address,
    }


def styled(references: Sequence[Reference], style: str) -> list[str]:
    """Each reference as one line of plain text in a style of STYLES, in the order given. KeyError for another style."""
    return [_in_style(json.dumps(reference, sort_keys=True), style) for reference in references]


def reference_list(references: Sequence[Reference]) -> list[str]:
    """References in APA style in alphabetical order, those of one author and year told apart as 2018a, 2018b."""
    return in_alphabet(styled(references, "APA"))


def plain(references: Sequence[Reference]) -> str:
    """References in APA style as a list, an empty line between two."""
    return "\n\n".join(reference_list(references)) + "\n"


def csl_json(references: Sequence[Reference]) -> str:
    """References as CSL-JSON, names in alphabetical order, so that the same references are the same bytes."""
    return json.dumps(list(references), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def bibtex(references: Sequence[Reference]) -> str:
    """References as BibTeX in UTF-8, once for each id; year and month as BibTeX reads them, the day as biblatex does."""
    entries: dict[str, Entry] = {}
    for reference in map(_on_one_line, references):
        key = re.sub(r"[^A-Za-z0-9.:-]", "-", reference["id"])
        kind = TYPES.get(reference["type"], TYPES["document"])[0]
        fields = [Field(name, value) for name, value in _bibtex_fields(reference, kind).items() if value]
        for field in fields:
            field.enclosing = "no-enclosing" if field.key == "month" else None
        entries.setdefault(key, Entry(kind, key, fields))
    return write_string(Entries(list(entries.values())))


def ris(references: Sequence[Reference]) -> str:
    """References as RIS in UTF-8, in the order given."""
    writer = rispy.RisWriter()
    # rispy numbers the references outside of their fields, where no reader looks for anything
    writer.set_header = lambda count: ""
    written = [_ris_fields(reference) for reference in map(_on_one_line, references)]
    return str(writer.formats([{name: value for name, value in one.items() if value} for one in written]))


CITATIONS: dict[str, tuple[str, str, Callable[[Sequence[Reference]], str]]] = {
    "BibTeX": ("bib", "application/x-bibtex", bibtex),
    "RIS": ("ris", "application/x-research-info-systems", ris),
    "CSL-JSON": ("json", "application/vnd.citationstyles.csl+json", csl_json),
    "text": ("txt", "text/plain", plain),
}


def _type_of(source: Mapping[Any, Any]) -> str:
    if source["tier"] == "press":
        return "article-newspaper"
    if source["kind"] == "coordinates" and re.search(r"\bdata", source["title"], re.IGNORECASE):
        return "dataset"
    said = f"{source['title']} {source['publisher']} {source['note']}"
    grounds = next((kind for pattern, kind in GROUNDS if pattern.search(said)), "")
    return grounds or ("webpage" if source["url"] else "document")


def _makers(dictionary: Mapping[str, Any]) -> list[dict[str, str]]:
    """The contributors that the dictionary names, in its order; the project itself where it names none."""
    makers = []
    for one in dictionary.get("contributors", []):
        if one.get("familyName"):
            parts = {"family": one["familyName"], "given": one.get("givenName", "")}
            makers.append({part: text for part, text in parts.items() if text})
        elif one.get("title"):
            makers.append({"literal": one["title"]})
    return makers or [{"literal": dictionary["title"]}]


def _date(text: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else {}


def _statement(library: Library, found: FoundRow) -> str:
    """What a row says, in the order in which one asks: what, of whom, when, who says so, printed where."""
    row = found.row
    parts = [_subject(library, found)]
    if row.get("status", "happened") != "happened":
        parts.append(row["status"])
    if "date" in row or "start" in row:
        parts.append(_when(row))
    if row.get("attributed_to"):
        parts.append(f"according to {row['attributed_to']}")
    if row.get("source_id"):
        parts.append(_printed_in(library, row))
    return "; ".join(parts)


def _subject(library: Library, found: FoundRow) -> str:
    row = found.row
    number = [figure_in_words(row)] if row.get("qualifier") else []
    if found.table == "figures":
        series = library["series"].set_index("series_id")["title"]
        return "; ".join([*number, f"{series[row['series_id']]}: {_joined(row, 'scope', 'breakdown')}"])
    if found.table == "burial_estimates":
        return "; ".join([*number, _joined(row, "measure", "place_as_named")])
    if found.table == "operations":
        return "; ".join([*number, _joined(row, "kind", "place_as_named")])
    named = [row[name] for name in ("title", "name", "what", "term", "topic", "reason") if row.get(name)]
    return str(named[0] if named else _joined(row, "section", "opens_with"))


def _joined(row: Mapping[str, Any], *names: str) -> str:
    return ", ".join(str(row[name]) for name in names if row.get(name))


def _when(row: Mapping[str, Any]) -> str:
    if "date" in row:
        return as_of_in_words({"period_start": "", "flags": "", **row})
    inferred = ", date inferred" if "date inferred" in row.get("flags", "") else ""
    return period_in_words(row["start"], row["end"]) + inferred


def _printed_in(library: Library, row: Mapping[str, Any]) -> str:
    source = find_row(library, row["source_id"])
    if source is None:
        return f"printed in {row['source_id']}"
    published = date_in_words(source.row["published"]) if source.row["published"] else "no day of publication"
    where = [source.row["title"], source.row["publisher"], published, row.get("locator", "")]
    return "printed in " + ", ".join(part for part in where if part)


def style_all_sources(library: Library) -> Iterator[None]:
    """Puts the reference of each source into words, one a step, so that they are there when somebody asks for them."""
    for source in library["sources"].to_dict("records"):
        styled([reference_of_source(source)], "APA")
        yield


@computed_once(2048)
def _in_style(reference: str, style: str) -> str:
    """A reference, written as JSON, in a style. Kept: a style takes milliseconds to put one into words."""
    item = _named_once(_on_one_line(json.loads(reference)), style) | {"id": "cited"}
    source = CiteProcJSON([item])
    for name in ("title", "container_title", "publisher"):
        if name in source["cited"]:
            # titles stay as printed: title case would print "as of" as a title and a hedge as a name
            source["cited"][name] = NoCase(item[name.replace("_", "-")])
    with STYLING:
        bibliography = CitationStylesBibliography(_style(style), source, formatter.plain)
        bibliography.register(Citation([CitationItem("cited")]))
        said = " ".join(str(line) for line in bibliography.bibliography())
    if "accessed" not in item:
        # the style names the day on which an undated page was read, and leaves the verb where none is known
        said = re.sub(r"\bRetrieved (?:from )?(?=https?://)", "", said)
    # the mark of punctuation belongs inside American quotation marks, which citeproc-py does not yet do
    return re.sub(r"”([.,])", r"\1”", re.sub(r"([.?!]”)\.", r"\1", said))


@lru_cache(maxsize=len(STYLES))
def _style(name: str) -> Any:
    """A style, read once, without what citeproc-py cannot yet follow. To be used while STYLING is held."""
    style = CitationStylesStyle(str(Path(__file__).parent.parent / "styles" / STYLE_FILES[name]), validate=False)
    if name == "Chicago":
        # citeproc-py knows the mark of initials, but not the `initialize` that says to spell given names out
        del style.root.attrib["initialize-with"]
    for label in style.root.xpath_search(".//cs:label[@variable='edition']"):
        # the label of an edition is printed where there is no edition; no reference here has one
        label.getparent().remove(label)
    for label in style.root.xpath_search(".//cs:label[@variable='version']"):
        # a version that holds two numbers is one version
        label.set("plural", "never")
    # macros are looked up by name some hundred times for each reference, in a tree that stays as it is
    style.root.xpath_search = lru_cache(maxsize=None)(style.root.xpath_search)
    return style


def _named_once(item: Reference, style: str) -> Reference:
    """A reference for citeproc-py: what stands where the author would is not repeated, and the day is kept.

    A style puts something else in place of an author; citeproc-py does, and prints it again in its own place.
    """
    named = dict(item)
    if "author" not in named:
        place = next((name for name in PLACE_OF_AUTHOR[style] if named.get(name)), "title")
        named |= {"author": [{"literal": named[place]}], place: ""}
    if {"literal": named.get("publisher")} in named["author"]:
        named["publisher"] = ""
    if named["type"] in ("report", "hearing"):
        # both styles print the year alone of these, and some differ by nothing but the day
        named["type"] = "document"
    return named


def _on_one_line(value: Any) -> Any:
    """A reference whose texts hold no line break or sign without a shape, and whose address holds no sign of markup."""
    if isinstance(value, str):
        shown = "".join(sign if sign.isprintable() else " " * sign.isspace() for sign in value)
        return " ".join(shown.split())
    if isinstance(value, list):
        return [_on_one_line(item) for item in value]
    if isinstance(value, dict):
        return {name: _address(text) if name == "URL" else _on_one_line(text) for name, text in value.items()}
    return value


def _address(url: str) -> str:
    """An address with every sign percent-encoded that may not stand in one."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~", errors="replace")


def _bibtex_fields(item: Reference, kind: str) -> Fields:
    parts = _parts(item, "issued")
    texts = {
        "journal" if kind == "article" else "booktitle": item.get("container-title", ""),
        BIBTEX_PUBLISHER.get(kind, "howpublished"): item.get("publisher", ""),
        "type": item.get("genre", ""),
        "note": f"Version {item['version']}" if "version" in item else "",
        "annote": item.get("annote", ""),
    }
    return {
        "author": " and ".join(_bibtex_name(name) for name in item.get("author", [])),
        # the second pair of braces keeps capitals: POW/MIA is no word of a sentence
        "title": f"{{{_latex(item['title'])}}}",
        **{name: _latex(text) for name, text in texts.items()},
        "entrysubtype": "newspaper" if item["type"] == "article-newspaper" else "",
        # two hyphens are a dash of LaTeX, which stands between the first page and the last
        "pages": "--".join(map(_latex, _pages(item))),
        "year": parts[0] if parts else "",
        "month": MONTHS[int(parts[1]) - 1] if len(parts) > 1 else "",
        "date": "-".join(parts),
        "url": item.get("URL", ""),
        "urldate": "-".join(_parts(item, "accessed")),
    }


def _pages(item: Reference) -> tuple[str, ...]:
    """The first page and the last; what is not plainly a range of pages as it is written."""
    page = item.get("page", "")
    found = PAGES.fullmatch(page)
    return (found[1], found[2]) if found else (page,)


def _latex(text: str) -> str:
    """Text that LaTeX prints as it stands: signs of markup escaped, and no two signs that would grow together."""
    return re.sub(r"([-`'?!])(?=\1|`)", r"\1{}", text.translate(LATEX))


def _bibtex_name(name: Mapping[str, str]) -> str:
    """A name for BibTeX: each part in braces, so that neither a comma nor an "and" parts an institution."""
    if "literal" in name:
        return f"{{{_latex(name['literal'])}}}"
    return ", ".join(f"{{{_latex(name[part])}}}" for part in ("family", "given") if name.get(part))


def _parts(item: Reference, name: str) -> list[str]:
    """The parts of a date that are known: year, month and day as two digits."""
    return [f"{part:02}" for part in item[name]["date-parts"][0]] if name in item else []


def _ris_fields(item: Reference) -> Fields:
    return {
        "type_of_reference": TYPES.get(item["type"], TYPES["document"])[1],
        "id": item["id"],
        "authors": [_ris_name(name) for name in item.get("author", [])],
        "title": item["title"],
        "secondary_title": item.get("container-title", ""),
        "publisher": item.get("publisher", ""),
        "year": "".join(_parts(item, "issued")[:1]),
        "date": _ris_date(item, "issued"),
        "edition": f"Version {item['version']}" if "version" in item else "",
        "type_of_work": item.get("genre", ""),
        **dict(zip(("start_page", "end_page"), _pages(item), strict=False)),
        # a semicolon parts two addresses
        "urls": [item["URL"].replace(";", "%3B")] if "URL" in item else [],
        "access_date": _ris_date(item, "accessed"),
        "notes": [item["annote"]] if item.get("annote") else [],
    }


def _ris_name(name: Mapping[str, str]) -> str:
    """A name for RIS, which takes what follows a comma for a given name and has no way to quote one."""
    if "literal" in name:
        return name["literal"].replace(",", ";")
    return ", ".join(name[part] for part in ("family", "given") if name.get(part))


def _ris_date(item: Reference, name: str) -> str:
    """A date for RIS, year/month/day/ with the parts left empty that are not known."""
    parts = _parts(item, name)
    return "/".join([*parts, *[""] * (4 - len(parts))]) if parts else ""
