"""Is a value that many ask for at a time computed once, and does nobody wait for ever?"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from components.map import territory
from components.panels import catalogue
from data.files import cite
from data.query import as_of
from data.query.select import Selection
from data.query.views import VIEWS
from data.record import load, shapes
from data.record.load import Library, cached_with_library
from data.record.single_flight import CachedFunction, computed_once, once_property

READERS = 8


def at_once(ask: Callable[[], object]) -> list[object]:
    """What each of many readers gets who ask at the same instant."""
    together = threading.Barrier(READERS)

    def read() -> object:
        together.wait()
        return ask()

    with ThreadPoolExecutor(READERS) as pool:
        return [one.result(timeout=20) for one in [pool.submit(read) for _ in range(READERS)]]


def slowly(count: list[int]) -> object:
    """A value whose computing gives other threads their turn."""
    count.append(1)
    threading.Event().wait(0.05)
    return object()


def test_a_value_that_many_ask_for_at_a_time_is_computed_once() -> None:
    count: list[int] = []
    value = computed_once(4)(lambda key: slowly(count))
    assert len(set(at_once(lambda: value("one")))) == len(count) == 1


def test_a_panel_that_many_readers_open_at_a_time_is_drawn_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    count: list[int] = []
    key = next(iter(catalogue.DRAWN))
    draw = catalogue.DRAWN[key]
    monkeypatch.setitem(catalogue.DRAWN, key, lambda *given: slowly(count) and draw(*given))
    catalogue._cached_panel.cache_clear()
    panels = at_once(lambda: catalogue.panel_of(key, library, Selection(VIEWS[key].page, {})))
    assert len({id(panel) for panel in panels}) == len(count) == 1


def test_what_is_cached_with_the_tables_is_computed_once(library: Library) -> None:
    count: list[int] = []
    value = cached_with_library(lambda library: slowly(count))
    assert len(set(at_once(lambda: value(library)))) == len(count) == 1


def test_a_property_of_a_panel_is_computed_once_for_each() -> None:
    count: list[int] = []

    @dataclass(frozen=True)
    class Held:
        @once_property
        def value(self) -> object:
            return slowly(count)

    one, other = Held(), Held()
    assert len(set(at_once(lambda: one.value))) == len(count) == 1
    assert other.value is not one.value


def test_costly_values_are_computed_once() -> None:
    costly = [
        *(catalogue._cached_panel, territory._territory_of, as_of.as_published),
        *(load.library, shapes.shapes_in, cite._in_style),
    ]
    assert all(isinstance(function, CachedFunction) for function in costly)


def test_an_error_is_not_cached_and_frees_those_who_wait() -> None:
    count: list[int] = []

    def fails_at_first() -> object:
        value = slowly(count)
        if len(count) == 1:
            raise ValueError("not this time")
        return value

    value = computed_once()(fails_at_first)

    def ask() -> object:
        try:
            return value()
        except ValueError:
            return None

    values = at_once(ask)
    assert values.count(None) == 1, "the error is of the one who computed"
    assert len(set(values)) == len(count) == 2


def test_values_may_ask_for_each_other_but_not_for_themselves() -> None:
    number: CachedFunction[[int], int] = computed_once()(lambda n: n if n < 2 else number(n - 1) + number(n - 2))
    assert set(at_once(lambda: number(30))) == {832040}
    ring: CachedFunction[[], int] = computed_once()(lambda: ring())
    with pytest.raises(RuntimeError, match="needs itself"):
        ring()


def test_the_values_that_were_not_asked_for_longest_go_first() -> None:
    count: list[str] = []
    value = computed_once(2)(lambda key: count.append(key))
    for key in ("one", "two", "one", "three", "one", "two"):
        value(key)
    assert count == ["one", "two", "three", "two"]
