"""Do files come in the order in which they were asked for, two at a time, and is whoever waits told so?"""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from threading import Event

import pytest

from components.exports import waiting_line
from components.exports.files import Export, File, OnSlide
from components.exports.waiting_line import AT_ONCE, BEING_MADE, FULL, MOST_WAITING, RETRY_SECONDS, WaitingLine
from data.query.address import RETRY, Refusal

SECONDS = 20


def named(name: object) -> Export:
    return Export(str(name), "zip", (), "")


class Bench:
    """Makes a file once it may; `begun` are those that were begun, in their order."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may, self.in_the_making, self.most = Event(), 0, 0
        self.both_busy = Event()

    def make(self, export: Export, on_slide: OnSlide) -> File:
        self.begun.append(export.table)
        self.in_the_making += 1
        self.most = max(self.most, self.in_the_making)
        if self.in_the_making == AT_ONCE:
            self.both_busy.set()
        assert self.may.wait(SECONDS)
        self.in_the_making -= 1
        if export.table == "fails":
            raise Refusal(503, "It failed.")
        return export.table.encode() * 100, "", ""


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.may.set()


@pytest.fixture
def line(bench: Bench) -> Iterator[WaitingLine]:
    """A line whose two places are taken by the files "0" and "1"."""
    line = WaitingLine(bench.make)
    for name in range(AT_ONCE):
        line.ask(named(name))
    assert bench.both_busy.wait(SECONDS)
    yield line
    bench.may.set()
    line.end()


def test_files_are_made_two_at_a_time_in_the_order_in_which_they_were_asked_for(
    line: WaitingLine, bench: Bench
) -> None:
    tickets = [line.ask(named(name)) for name in range(2, 12)]
    bench.may.set()
    assert [ticket.file.result(SECONDS)[0][:1] for ticket in tickets[:8]] == [b"%d" % name for name in range(2, 10)]
    tickets[-1].file.result(SECONDS)
    assert bench.begun[:2] in (["0", "1"], ["1", "0"]) and sorted(bench.begun, key=int) == [*map(str, range(12))]
    assert bench.most == AT_ONCE


def test_who_waits_is_told_how_many_files_are_made_before(line: WaitingLine, bench: Bench) -> None:
    last = [line.ask(named(name)) for name in ("next", "last")][-1]
    assert line.state(named("0")) == BEING_MADE
    assert line.state(named("next")) == "Waiting in line: 2 files are made before this one."
    assert line.state(named("last")) == "Waiting in line: 3 files are made before this one."
    assert line.state(named("never asked for")) == ""
    bench.may.set()
    last.file.result(SECONDS)
    assert line.state(named("next")) == ""


def test_a_line_that_is_full_refuses_with_the_time_to_come_again_and_thirty_at_once_fit(line: WaitingLine) -> None:
    tickets = [line.ask(named(f"waiting {nth}")) for nth in range(MOST_WAITING)]
    with pytest.raises(Refusal) as refused:
        line.ask(named("one too many"))
    assert refused.value == Refusal(503, FULL, {RETRY: RETRY_SECONDS})
    assert line.state(named("one too many")) == FULL
    assert line.ask(tickets[0].export) is tickets[0], "who asks for a file that waits already takes no place"
    assert MOST_WAITING > 30


def test_who_asks_for_the_same_file_shares_it_and_it_is_kept(line: WaitingLine, bench: Bench) -> None:
    first, second = line.ask(named("same")), line.ask(named("same"))
    bench.may.set()
    assert first is second and first.file.result(SECONDS)
    line.leave(first)
    line.leave(second)
    assert line.ask(named("same")).file.result(SECONDS) == first.file.result()
    assert bench.begun.count("same") == 1


def test_a_file_for_which_nobody_waits_any_more_is_not_made(line: WaitingLine, bench: Bench) -> None:
    left, shared, last = line.ask(named("left")), line.ask(named("shared")), line.ask(named("last"))
    line.ask(named("shared"))
    line.leave(left)
    line.leave(shared)
    bench.may.set()
    assert shared.file.result(SECONDS) and last.file.result(SECONDS)
    assert "left" not in bench.begun
    with pytest.raises(CancelledError):
        left.file.result(SECONDS)


def test_a_file_that_failed_is_tried_anew_for_the_next_who_asks(line: WaitingLine, bench: Bench) -> None:
    failed = line.ask(named("fails"))
    bench.may.set()
    assert isinstance(failed.file.exception(SECONDS), Refusal)
    line.hands.submit(lambda: None).result(SECONDS)
    again = line.ask(named("fails"))
    assert isinstance(again.file.exception(SECONDS), Refusal) and bench.begun.count("fails") == 2


def test_of_files_that_were_made_the_last_are_kept_up_to_a_number_of_bytes(
    line: WaitingLine, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting_line, "MOST_BYTES", 250)
    bench.may.set()
    for name in ("0", "1", *"abcd"):
        line.ask(named(name)).file.result(SECONDS)
    line.end()
    line.hands.shutdown()
    assert [export.table for export in line.made] == ["c", "d"]
