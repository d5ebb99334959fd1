"""What does a link to a page show where it is shared, found or read by a program? The head of the page, in plain HTML.

Title, description, the one address of the view, the card that messengers and social media draw, and the same for programs
as schema.org has it: the record, the page with its answer and, of the page of one record, what its source claims.
"""

import json
import re
from html import escape
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from components.navigation import SITE_NAME, Page
from components.panels.answers import answer_of
from components.presenter_state import PATH
from data.files.authors import is_person
from data.files.described import dataset, download
from data.files.export import FORMATS
from data.query.address import ROOT, Pairs, address_of_card, path_of_rows, read_page
from data.query.as_of import BRIEF_ONLY
from data.query.compute import computed_by_id
from data.query.former import current_id
from data.query.names import name_without_number, with_names
from data.query.path import PathBroken, decode_path
from data.query.rows import FoundRow, find_row, find_row_of
from data.query.select import Selection
from data.query.views import title_of, views_shown
from data.record.dates import date_in_words
from data.record.load import Library
from data.record.wording import as_published_in_words, figure_in_words, quoted_wording, when_in_words

Described = dict[str, Any]
# What networks show of a description before they cut it themselves: whole sentences, and the first one always.
LONGEST_DESCRIPTION = 300
# What the address of a picture says of its pixels.
PICTURE_SIZE = ("width", "height")
# Words that end in a full stop within a sentence.
SHORTENED = ("No", "Nos", "Dr", "Mr", "Mrs", "Gen", "Col", "Lt", "Sgt", "Maj", "St", "vs", "approx", "ca", "fn")
NOT_AFTER = "".join(rf"(?<!\b{word}\.)" for word in (*SHORTENED, "[A-Z]"))
SENTENCE_END = re.compile(rf"(?<=[.!?]){NOT_AFTER} +(?=[A-Z0-9“])")
# Columns in which the record says in sentences what a row is about.
PROSE = ("summary", "definition", "meaning", "text", "why")
PAGE_OF_RECORDS = "sources-and-data"
# Formats in which the rows of a panel are offered to programs.
OFFERED = ("CSV", "JSON")


class Preview(NamedTuple):
    """What a link shows: the title of the page and what is at its head, description, address; the record that the address
    names, if it names one."""

    title: str
    headline: str
    description: str
    address: str
    found: FoundRow | None


def head_of(page: Page, pairs: tuple[tuple[str, str], ...], base: str, picture: str) -> str:
    """The head of a page with the choices of its address, in HTML; `picture` is the address of one with its width and height
    in pixels, empty for none."""
    library, selection = read_page(page.path, pairs)
    preview = preview_of(page, pairs, base)
    claims = _claims(library, preview, base)
    web_page = _web_page(preview, library, base, picture) | (
        {"mainEntity": {"@id": claims[0]["@id"]}} if claims else {}
    )
    graph = [_dataset(library, selection, base), web_page, *claims]
    tags = [
        f"<title>{escape(preview.title)}</title>",
        _meta("name", "description", preview.description),
        f'<link rel="canonical" href="{escape(preview.address)}">',
        *(_meta("property", f"og:{name}", text) for name, text in _open_graph(preview, picture).items()),
        _meta("name", "twitter:card", "summary_large_image" if picture else "summary"),
        _json_ld({"@context": "https://schema.org/", "@graph": graph}),
    ]
    return "".join(tags)


def preview_of(page: Page, pairs: tuple[tuple[str, str], ...], base: str) -> Preview:
    """What a link to a page shows with the choices of its address, read as the page reads it."""
    library, selection = read_page(page.path, pairs)
    found = _record(library, dict(pairs).get("figure", "")) if page.path == PAGE_OF_RECORDS else None
    if found:
        title, text = record_title(library, found), _whole_sentences(record_sentences(library, found))
        return Preview(f"{title} – {SITE_NAME}", title, text, address_of_card(base, _id_of(found)), found)
    choices = choices_that_count(page, pairs)
    address = f"{base}/{page.path}" + (f"?{urlencode(choices)}" if choices else "")
    sentences = [*_view_in_words(library, selection), *SENTENCE_END.split(answer_of(page.path, library, selection))]
    return Preview(page.title, page.question, _whole_sentences(sentences), address, None)


def choices_that_count(page: Page, pairs: tuple[tuple[str, str], ...]) -> Pairs:
    """The choices of an address that change what its page shows, in one order, and the presentation that it names; what is
    as without them is left out."""
    selection = read_page(page.path, pairs)[1]
    of_view = [(name, str(selection.values[name])) for name in ("asof", "source") if selection.values.get(name)]
    whole, plain = read_page(page.path, ())[1].values, read_page(page.path, of_view)[1].values
    kept = [
        (name, text)
        for name, value in selection.values.items()
        if value != (whole if name in ("asof", "source") else plain).get(name)
        for text in _texts(value)
    ]
    path = dict(pairs).get(PATH, "")
    return kept + ([(PATH, path)] if page.path == PATH and _is_path(path) else [])


def _texts(value: Any) -> list[str]:
    """A choice as an address writes it."""
    return [str(item) for item in value] or [""] if isinstance(value, tuple) else [str(value)]


def _is_path(text: str) -> bool:
    try:
        return bool(text) and bool(decode_path(text).steps)
    except PathBroken:
        return False


def _record(library: Library, row_id: str) -> FoundRow | None:
    """The record of an id, printed or computed; None where there is none."""
    if not row_id:
        return None
    computed = computed_by_id(library, row_id)
    return FoundRow("figures", dict(computed)) if computed else find_row(library, current_id(library, row_id))


def _id_of(found: FoundRow) -> str:
    return str(next(iter(found.row.values())))


def record_title(library: Library, found: FoundRow) -> str:
    """A record's number with its hedge, and what it counts; its name where it has no number."""
    about = name_without_number(found.row)
    if found.table == "figures" and (series := find_row_of(library, "series", found.row["series_id"])):
        about = f"{series.row['title']}, {found.row['scope']}"
    title = f"{figure_in_words(found.row)}: {about}" if found.row.get("qualifier") else about
    return (title[:1].upper() + title[1:]).rstrip(".")


def record_sentences(library: Library, found: FoundRow) -> list[str]:
    """What a record says, in sentences: its number and when, how it was printed, who says so, in which source."""
    row = found.row
    if row.get("kind") == "computed":
        return [f"{record_title(library, found)}.", "Computed by this dashboard; its page names the parts."]
    when = f", {when_in_words(row)}" if "date" in row or "start" in row else ""
    when += f", {row['status']}" if row.get("status", "happened") != "happened" else ""
    sentences = [f"{record_title(library, found)}{when}."]
    sentences += [f"Printed as {quoted_wording(row)}."] if row.get("as_printed") and row.get("qualifier") else []
    sentences += [sentence for name in PROSE if row.get(name) for sentence in _sentences_of(library, row[name])]
    sentences += [f"According to {row['attributed_to']}."] if row.get("attributed_to") else []
    source = find_row_of(library, "sources", str(row.get("source_id", "")))
    named = "Published by" if found.table == "sources" else "Source:"
    return sentences + ([f"{named} {_source_in_words(source.row, found)}."] if source else [])


def _sentences_of(library: Library, text: str) -> list[str]:
    """A text of the record in sentences, with names in the place of ids."""
    return SENTENCE_END.split(with_names(library, text))


def _source_in_words(source: Described, found: FoundRow) -> str:
    """A source in a line; of its own record without the title, which stands before."""
    title = "" if found.table == "sources" else source["title"]
    parts = [title, source["publisher"], date_in_words(source["published"]) if source["published"] else ""]
    return ", ".join(part for part in parts if part)


def _view_in_words(library: Library, selection: Selection) -> list[str]:
    """A sentence on the day and the sources of the view; none where it is the whole record."""
    parts = [as_published_in_words(library.as_of)] if library.as_of else []
    parts += ["the brief alone"] if selection.values.get("source") == BRIEF_ONLY else []
    sentence = ", ".join(parts)
    return [f"{sentence[:1].upper()}{sentence[1:]}."] if sentence else []


def _whole_sentences(sentences: list[str]) -> str:
    """As many sentences as there is room for, and at least the first: a number is never cut, nor its hedge."""
    text = sentences[0]
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) > LONGEST_DESCRIPTION:
            break
        text = f"{text} {sentence}"
    return text


def _open_graph(preview: Preview, picture: str) -> dict[str, str]:
    """The tags from which messengers and social media draw the card of a link."""
    tags = {
        "title": preview.headline,
        "description": preview.description,
        "url": preview.address,
        "type": "website",
        "site_name": SITE_NAME,
        "locale": "en_US",
    }
    if picture:
        asked = dict(parse_qsl(urlsplit(picture).query))
        size = {f"image:{name}": asked[name] for name in PICTURE_SIZE if name in asked}
        text = preview.description if preview.found else f"{preview.headline} {preview.description}"
        tags |= {"image": picture, **size, "image:alt": text}
    return tags


def _meta(kind: str, name: str, text: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(text)}">'


def _json_ld(content: Described) -> str:
    """A block of data; no text in it can end the block or begin a comment."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", r"\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _dataset(library: Library, selection: Selection, base: str) -> Described:
    """The record, with the rows of each panel of the page as files, under the choices of the address."""
    files = [
        download(
            f"{title_of(view, library, selection)}: {name}",
            base + path_of_rows(view, selection, library, FORMATS[name].extension),
            FORMATS[name].media_type,
        )
        for view in views_shown(selection.page, library, selection)
        for name in OFFERED
    ]
    return dataset(library, base) | ({"distribution": files} if files else {})


def _web_page(preview: Preview, library: Library, base: str, picture: str) -> Described:
    """The page as one that is about the record: its question and the answer to it."""
    entry: Described = {
        "@type": "WebPage",
        "@id": preview.address,
        "url": preview.address,
        "name": preview.title,
        "headline": preview.headline,
        "abstract": preview.description,
        "inLanguage": "en",
        "dateModified": str(library.dictionary["created"])[:10],
        "isPartOf": {"@type": "WebSite", "name": SITE_NAME, "url": f"{base}/"},
        "about": {"@id": dataset(library, base)["@id"]},
    }
    return entry | ({"primaryImageOfPage": {"@type": "ImageObject", "url": picture}} if picture else {})


def _claims(library: Library, preview: Preview, base: str) -> list[Described]:
    """What the source of a record claims, as a Claim; none of a record that claims nothing, as a place or a word."""
    if not preview.found:
        return []
    row, row_id = preview.found.row, _id_of(preview.found)
    if not row.get("attributed_to") and row.get("kind") != "computed":
        return []
    claim: Described = {
        "@type": "Claim",
        "@id": f"{address_of_card(base, row_id)}#claim",
        "identifier": row_id,
        "name": record_title(library, preview.found),
        "text": " ".join(record_sentences(library, preview.found)[:1]),
        "isPartOf": {"@id": dataset(library, base)["@id"]},
        "mainEntityOfPage": {"@id": preview.address},
        "encoding": download(
            f"{row_id}: JSON", f"{base}{ROOT}/{preview.found.table}/{row_id}.json", FORMATS["JSON"].media_type
        ),
    }
    if row.get("kind") == "computed":
        return [claim | {"author": dataset(library, base)["creator"]}]
    source = find_row_of(library, "sources", str(row["source_id"]))
    return [claim | _said_by(row) | ({"appearance": _work(source.row)} if source else {})]


def _said_by(row: Described) -> Described:
    """Who claims it, for which date and when it was published, as far as the record says."""
    days = (row.get("period_start") or row.get("start"), row.get("date") or row.get("end"))
    named = {
        "author": _maker(str(row["attributed_to"])),
        "temporalCoverage": "/".join(dict.fromkeys(day for day in days if day)),
        "datePublished": row.get("published", ""),
    }
    return {name: value for name, value in named.items() if value}


def _work(source: Described) -> Described:
    """The document in which a claim was read."""
    named = {
        "@type": "CreativeWork",
        "name": source["title"],
        "url": source["url"],
        "datePublished": source["published"],
        "author": _maker(source["author"]) if source["author"] else "",
        "publisher": {"@type": "Organization", "name": source["publisher"]} if source["publisher"] else "",
    }
    return {name: value for name, value in named.items() if value}


def _maker(name: str) -> Described:
    """Who says something: a person where the name is plainly one, else an organization."""
    return {"@type": "Person" if is_person(name.split(",")[0]) else "Organization", "name": name}
