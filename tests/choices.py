"""Which choices can a reader make? Random ones for property tests, over every view and every table."""

import random
from typing import Any

from data.query.params import options_of, parameter_named
from data.query.select import Selection
from data.query.views import LIST, View, parameter_names, view_of_table
from data.record.load import Library

DAYS = ("2012-07-03", "2001-06-01", "1999-12-31", "2024-01-01")
WORDS = ("Korea", "remains", "1992", "7,954", "the of", "Henning", "prisoners", "nothing at all like this")


def random_value(name: str, library: Library, dice: random.Random) -> Any:
    chosen = parameter_named(name)
    if name == "disagreement":
        return dice.choice(list(library["disagreements"]["disagreement_id"]))
    if chosen.kind == "choices":
        options = options_of(chosen, library)
        least = 1 if chosen.names_from else 0  # a page about no row of a list shows none
        taken = dice.sample(options, dice.randint(least, min(3, len(options))))
        return tuple(option for option in options if option in taken)
    if chosen.kind == "years":
        first, last = sorted(dice.sample(range(library.years[0], library.years[1] + 1), 2))
        return first, last
    if chosen.kind == "number":
        return dice.randint(*chosen.bounds)
    if chosen.kind == "day":
        return dice.choice(("", *DAYS))
    return dice.choice(WORDS) if chosen.kind == "words" else dice.choice(options_of(chosen, library))


def random_choice(view: View, library: Library, dice: random.Random) -> Selection:
    """A selection of some of the choices that a view obeys, and of all that it is about."""
    names = [name for name in parameter_names(view) if name in view.subject or dice.random() < 0.5]
    return Selection(view.page, {name: random_value(name, library, dice) for name in names})


def random_choices(library: Library, count: int, seed: int = 7) -> list[tuple[View, Selection]]:
    """So many views with choices; every view and every table is among them."""
    dice = random.Random(seed)
    views = every_view(library)
    return [(view, random_choice(view, library, dice)) for view in (views * count)[:count]]


def choices_of_each_view(library: Library, each: int, seed: int = 7) -> list[tuple[View, Selection]]:
    """Every view and every table with so many choices."""
    return random_choices(library, each * len(every_view(library)), seed)


def every_view(library: Library) -> list[View]:
    """The views of all pages, and one of each whole table."""
    return [*LIST, *(view_of_table(library, table) for table in library.tables)]
