"""How do the data describe themselves to a program? Data package, catalogue, and one row in full."""

from typing import Any

from data.files import cite
from data.files.export import FORMATS
from data.files.extract import HEDGES, Extract, records_of
from data.query.address import ROOT, address_of_card
from data.query.compute import computed_by_id, with_computed
from data.query.former import current_id
from data.query.rows import FoundRow, disagreements_with, find_row_of
from data.query.select import Selection, rival_estimates
from data.query.views import view_of_table
from data.record.citation import citation
from data.record.load import Library
from data.record.wording import cautions_on, figure_in_words, ids_of_parts, quoted_wording, when_in_words

Described = dict[str, Any]
# Kinds of files beside the formats, which hold a drawing: a page that opens without a network, slides, and pictures.
ONE_FILE, SLIDES = "html", "pptx"
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
# What files that hold a drawing are called, by their endings.
DRAWN = {ONE_FILE: "HTML page", SLIDES: "PowerPoint", "svg": "SVG", "png": "PNG"}
SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def extensions_of(table: str) -> list[str]:
    """Extensions of the formats that a table can be had in."""
    return [chosen.extension for chosen in FORMATS.values() if chosen.holds(table)]


def data_package(library: Library, base: str) -> Described:
    """The Data Package (v2) of all tables as they are served: each CSV with every column that it has there."""
    resources = []
    for entry in library.dictionary["resources"]:
        view = view_of_table(library, entry["name"])
        fields = Extract(view, library, Selection(view.page), base).fields
        kept = {name: cell for name, cell in entry.items() if name != "derivedFields"}
        resources.append({**kept, "path": f"{entry['name']}.csv", "schema": {**entry["schema"], "fields": fields}})
    kept = {name: cell for name, cell in library.dictionary.items() if name not in ("derivedFields", "resources")}
    return {**kept, "version": library.version, "homepage": f"{base}/", "resources": resources}


def dataset(library: Library, base: str) -> Described:
    """The record as a schema.org Dataset, as the catalogue and the head of each page describe it."""
    package, made = library.dictionary, citation()
    first, last = library.years
    makers = made.authors or (package["title"],)
    return {
        "@type": "Dataset",
        "@id": f"{base}{ROOT}/catalog.jsonld",
        "name": package["title"],
        "description": package["description"],
        "url": f"{base}/",
        "identifier": package["name"],
        "version": library.version,
        "dateModified": str(package["created"])[:10],
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "creator": [{"@type": "Organization", "name": name} for name in makers],
        "keywords": list(made.keywords),
        "temporalCoverage": f"{first}/{last}",
        "spatialCoverage": [{"@type": "Place", "name": country} for country in _countries(library)],
        "measurementTechnique": HEDGES,
    }


def _countries(library: Library) -> list[str]:
    """The countries that the record names places in, the one with most places first."""
    return [str(country) for country in library["places"]["country"].value_counts().index if country]


def download(name: str, address: str, media_type: str) -> Described:
    """A file of the record as schema.org has it."""
    return {
        "@type": "DataDownload",
        "name": name,
        "encodingFormat": media_type.split(";")[0],
        "contentUrl": address,
    }


def catalogue(library: Library, base: str) -> Described:
    """The Dataset with its tables as parts, what they measure, and every table in every format as a distribution."""
    series = library["series"].to_dict("records")
    return {
        "@context": "https://schema.org/",
        **dataset(library, base),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": row["title"], "description": row["definition"]} for row in series
        ],
        "hasPart": [_part(library, entry, base) for entry in library.dictionary["resources"]],
        "distribution": [
            _distribution(entry["name"], name, base)
            for entry in library.dictionary["resources"]
            for name in FORMATS
            if FORMATS[name].holds(entry["name"])
        ],
    }


def _part(library: Library, entry: Described, base: str) -> Described:
    measured = [
        {"@type": "PropertyValue", "name": one["name"], "description": one["description"]}
        for one in library.fields(entry["name"])
    ]
    return {
        "@type": "Dataset",
        "name": entry["title"],
        "description": entry["description"],
        "license": library.dictionary["licenses"][0]["path"],
        "url": f"{base}{ROOT}/{entry['name']}.csv",
        "variableMeasured": measured,
    }


def _distribution(table: str, name: str, base: str) -> Described:
    chosen = FORMATS[name]
    return download(f"{table}: {name}", f"{base}{ROOT}/{table}.{chosen.extension}", chosen.media_type)


def extensions() -> list[str]:
    """Extensions of all formats."""
    return [*(chosen.extension for chosen in FORMATS.values()), ONE_FILE, SLIDES, *PICTURES]


def row_document(library: Library, table: str, row_id: str, base: str) -> Described | None:
    """All that is known of one row: its cells, in words, its source, cautions, who says otherwise, how it is cited.

    None where the table has no such row.
    """
    if table == "figures" and (computed := computed_by_id(library, row_id)):
        return _computed_document(library, computed, base)
    found = find_row_of(library, table, row_id) or find_row_of(library, table, current_id(library, row_id))
    if found is None:
        return None
    row_id = str(next(iter(found.row.values())))
    frame = library[table][library[table].iloc[:, 0].astype(str) == row_id]
    sources = library["sources"][library["sources"]["source_id"] == found.row.get("source_id", row_id)]
    address = address_of_card(base, row_id)
    reference = cite.reference_of_row(library, row_id, address)
    return {
        "row": records_of(frame)[0],
        "in_words": _in_words(found),
        "source": next(iter(records_of(sources)), None),
        "cautions": records_of(cautions_on(library, {row_id})),
        "disagreements": records_of(disagreements_with(library, row_id)),
        "other_estimates": records_of(rival_estimates(library, row_id)),
        "citation": {style: cite.styled([reference], style)[0] for style in cite.STYLES},
        "card": address,
        "version": library.version,
        "licence": library.dictionary["licenses"][0]["path"],
        "hedges": HEDGES,
    }


def _computed_document(library: Library, row: Described, base: str) -> Described:
    """A row that nobody printed: how it was worked out, and from which figures."""
    frame = with_computed(library["figures"].iloc[:0], {str(name): row[str(name)] for name in library["figures"]})
    parts = ids_of_parts(frame.assign(kind=row["kind"]))
    return {
        "row": records_of(frame)[0],
        "in_words": f"{figure_in_words(row)}, computed by this dashboard",
        "computed_from": [f"{base}{ROOT}/figures/{part}.json" for part in parts],
        "card": address_of_card(base, str(row["figure_id"])),
        "version": library.version,
        "licence": library.dictionary["licenses"][0]["path"],
    }


def _in_words(found: FoundRow) -> str | None:
    row = found.row
    if not row.get("qualifier"):
        return None
    return f"{figure_in_words(row)}, {when_in_words(row)}; printed as {quoted_wording(row)}, {row['attributed_to']}"
