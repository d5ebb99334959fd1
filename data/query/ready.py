"""Which presentations does a presenter find ready? Their titles, the panels they show and notes for the speaker; no numbers.

The names are part of addresses, as /path?path=ten-minutes: they stay.
"""

from typing import NamedTuple


class ReadyPath(NamedTuple):
    """A presentation: its title, what it tells, its steps as (query, note for the speaker), the step that is its picture."""

    title: str
    about: str
    steps: tuple[tuple[str, str], ...]
    picture: int


READY_PATHS = {
    "ten-minutes": ReadyPath(
        "The accounting in ten minutes",
        "From the first counts to the newest: who is missing, where, what came back, and where sources differ.",
        (
            (
                "panel=headlines",
                "Start with the question that comes first. Each number has its hedge, date, and source; press it on the page for more.",
            ),
            (
                "panel=unaccounted-for&mark=counts&mark=before+2001",
                "Filled marks are exact official counts; hollow ones were printed with a hedge, or by the press. No figures were found for the shaded years.",
            ),
            (
                "panel=map&layer=Where+believed+buried",
                "Where the missing are believed to be buried, by the newest official estimate of each place.",
            ),
            (
                "panel=origins",
                "What came back, from where, and how many have been identified. Boxes, sets of remains, and people are three different things.",
            ),
            (
                "panel=by-area",
                "Joint operations, added up one by one: computed, and lower than the printed totals.",
            ),
            (
                "panel=by-origin&origin=55+boxes",
                "The 55 boxes of 2018: follow one group from return to identification.",
            ),
            (
                "panel=by-year",
                "How many per year, and the goal in the law, which covers all conflicts; the columns are of the Korean War.",
            ),
            (
                "panel=prisoner-totals",
                "Who was held, who returned, who did not: every source's number on one line for each question.",
            ),
            ("panel=claims", "These are claims, not counts. Each has its source, and they cannot be added up."),
            (
                "panel=timeline-panel&preset=since+2018",
                "What has happened since 2018, to the newest event. Plans that fell through are marked.",
            ),
            (
                "panel=disagreement-panel&disagreement=DIS-17",
                "One question, several answers. We show all of them and do not average or choose.",
            ),
            (
                "panel=then-and-now",
                "What the brief of 2012 said, and what is said now. “Changed” means that a later source prints another number.",
            ),
        ),
        1,
    ),
    "since-2018": ReadyPath(
        "Since 2018",
        "The 55 boxes, what was found in them, the counts and the events since the summits.",
        (
            ("panel=headlines", "Where things stand now: four numbers, each with its day and source."),
            (
                "panel=timeline-panel&preset=since+2018",
                "The return of the 55 boxes, the talks that stopped, and the work that went on.",
            ),
            ("panel=by-origin&origin=55+boxes", "How many are thought to be inside, and how many are identified."),
            ("panel=unaccounted-for&mark=counts&years=2018&years=2025", "The counts since 2018 alone."),
            ("panel=by-year", "How many in each year, and the goal in the law, which covers all conflicts."),
            ("panel=so-far", "Two definitions, two series: counted from 1982, and from 1973."),
            (
                "panel=disagreement-panel&disagreement=DIS-20",
                "Sources differ on how many people are in the 55 boxes. We show all of them.",
            ),
        ),
        2,
    ),
    "brief-and-today": ReadyPath(
        "The brief and today",
        "What the issue brief of July 2012 said, line by line, beside the newest numbers on the same definition.",
        (
            ("panel=then-and-now", "Each headline figure of the brief, and the newest on the same definition."),
            (
                "panel=unaccounted-for&period=Since+the+brief&mark=counts",
                "The brief prints its count with “approximately”: a hollow mark.",
            ),
            ("panel=pace-by-period", "The pace is computed from two counts, which each row names."),
            (
                "panel=believed-to-lie",
                "The places that the brief names. The last row is computed: no source prints it.",
            ),
            ("panel=since-1982", "The parts that the brief prints, and its own sum, which they do not make up."),
            ("panel=prisoners", "More came back than had been reported held, according to the brief."),
            ("panel=timeline-panel&preset=the+brief's+own", "The events that the brief itself names."),
        ),
        1,
    ),
}
