"""Which words and ids of older addresses, files and scripts are read under a newer name?"""

from collections.abc import Iterable

from data.record.load import Library, cached_with_library

HEDGES = {"more_than": "more than", "fewer_than": "fewer than", "at_least": "at least", "up_to": "up to"}
LANES = {"law and organisations": "law and organizations"}
MARKS = {"stale, outlying or in conflict": "outdated or conflicting"}
# The map had layers, several at once; it has one question at a time. The question of the last of its layers stands for all.
LAYERS = {
    "places": "Camps and handovers",
    "operations": "Where recovered",
    "estimates": "Where believed buried",
    "routes": "Routes",
}
TABLES = {"burial_estimates": "burial estimates", "then_and_now": "then and now", "former_ids": "former ids"}
# Values of choices by the name of the choice, as they stood in addresses until data 2.2.0.
OF_CHOICES = {"hedge": HEDGES, "mark": MARKS, "lane": LANES, "overlay": LANES, "layer": LAYERS, "table": TABLES}
# Choices of one word that once were lists: of several words in an address the last counts.
ONCE_LISTS = ("layer",)
# Cells of figures by their column, as the template of own figures asked for them until data 2.2.0.
OF_FIGURES = {
    "qualifier": HEDGES,
    "mark": MARKS,
    "unit": {
        "persons": "people",
        "sets_of_remains": "sets of remains",
        "usd": "U.S. dollars",
        "remains_per_month": "remains per month",
        "persons_per_year": "people per year",
    },
    "flags": {
        "date_inferred": "date inferred",
        "later_statement": "later statement",
        "secondary_source": "secondary source",
        "printed_as_missing_mia": "printed as missing",
    },
}


def current_words(choice: str, texts: Iterable[str]) -> list[str]:
    """The values of a choice in today's words; one that was never renamed stays as it is."""
    renamed = OF_CHOICES.get(choice, {})
    return [renamed.get(text, text) for text in texts]


def current_cell(column: str, cell: str) -> str:
    """A cell of figures in today's words; of a list, each of its items."""
    renamed = OF_FIGURES.get(column, {})
    return ";".join(renamed.get(part, part) for part in cell.split(";"))


def current_id(library: Library, row_id: str) -> str:
    """The id under which a row stands today: that of the row it was merged into, where it was merged."""
    return _merged(library).get(row_id, row_id)


@cached_with_library
def _merged(library: Library) -> dict[str, str]:
    frame = library["former_ids"]
    return dict(zip(frame["former_id"], frame["current_id"], strict=True))
