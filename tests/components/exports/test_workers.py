"""Is a file made outside of the process that answers readers the same file, and what becomes of one whose process dies?"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from components.exports import workers as module
from components.exports.files import EXPORTED, Export, File, OnSlide, export_of_path, make
from components.exports.workers import AGAIN_SECONDS, DIED, NICENESS, Make, Workers
from data.query.address import RETRY, Refusal
from tests.conftest import ROOT

ANY = Export("any", "zip", (), "")
FILES = [
    *(Export("figures", extension, (("panel", "money"),), "http://test") for extension in sorted(EXPORTED)),
    export_of_path("money.headlines", "http://test"),
]
# A server that has had a worker begun, which says its number and waits for ever.
WITH_A_WORKER = """
import os, signal
from components.exports.files import Export
from components.exports.workers import Workers
def wait(export, on_slide):
    print(os.getppid(), os.getpid(), flush=True)
    signal.pause()
workers = Workers(wait)
workers.start()
workers.make(Export("any", "zip", (), ""))
"""


@contextmanager
def started(make: Make) -> Iterator[Workers]:
    workers = Workers(make)
    workers.start()
    try:
        yield workers
    finally:
        workers.end()


def told(words: object) -> File:
    return str(words).encode(), "", ""


def pid_of_maker(export: Export, on_slide: OnSlide) -> File:
    return told(os.getpid())


def is_here(file: File) -> bool:
    return int(file[0]) == os.getpid()


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)  # which leaves the processor to what is waited for


def is_gone(process: int) -> bool:
    """Whether a process has ended; one that nobody has taken leave of has, too."""
    status = Path(f"/proc/{process}/status")
    try:
        return "State:\tZ" in status.read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.slow
def test_a_file_has_the_same_bytes_wherever_it_is_made() -> None:
    here = {export: make(export) for export in FILES}
    with started(make) as workers:
        assert {export: workers.make(export) for export in FILES} == here


def test_each_file_is_made_in_a_process_of_its_own_that_stands_back() -> None:
    with started(pid_of_maker) as workers:
        first, second = workers.make(ANY), workers.make(ANY)
    assert first != second and not is_here(first) and not is_here(second)
    with started(lambda export, on_slide: told(os.nice(0))) as workers:
        assert int(workers.make(ANY)[0]) == os.nice(0) + NICENESS


def test_a_file_is_made_without_any_connection_of_the_server() -> None:
    def links(export: Export, on_slide: OnSlide) -> File:
        open_here = [os.readlink(path) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
        return told([link for link in open_here if link.startswith("socket:")])

    with socket.socketpair()[0], started(links) as workers:
        assert workers.make(ANY)[0].count(b"socket:") == 1, "the line on which the file is sent"


def test_slides_are_counted_and_a_refusal_and_a_fault_come_through() -> None:
    def make_slides(export: Export, on_slide: OnSlide) -> File:
        if export.extension == "pptx":
            on_slide(1)
            on_slide(2)
            return told("deck")
        if export.extension == "png":
            raise Refusal(400, "Too large.", {"parameter": "density"})
        raise ValueError("a fault")

    counted: list[int] = []
    with started(make_slides) as workers:
        assert workers.make(ANY._replace(extension="pptx"), counted.append) == told("deck")
        with pytest.raises(Refusal) as refused:
            workers.make(ANY._replace(extension="png"))
        with pytest.raises(RuntimeError, match="ValueError: a fault"):
            workers.make(ANY)
    assert counted == [1, 2]
    assert refused.value == Refusal(400, "Too large.", {"parameter": "density"})


def test_a_file_whose_process_is_killed_is_refused_in_one_sentence_and_the_next_is_made() -> None:
    def make_or_die(export: Export, on_slide: OnSlide) -> File:
        if export.table == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        return pid_of_maker(export, on_slide)

    with started(make_or_die) as workers:
        with pytest.raises(Refusal) as refused:
            workers.make(ANY._replace(table="dies"))
        assert not is_here(workers.make(ANY))
    assert refused.value == Refusal(503, DIED, {RETRY: AGAIN_SECONDS})


def test_where_no_process_can_be_begun_files_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_here(Workers(pid_of_maker).make(ANY)), "never started"
    with started(pid_of_maker) as workers:
        os.kill(workers.stem, signal.SIGKILL)
        until(lambda: is_gone(workers.stem))
        assert is_here(workers.make(ANY)), "the stem has died"
    forks = iter([os.fork])

    def fork_once() -> int:
        """As in a container whose limit of processes the stem has reached."""
        for fork in forks:
            return fork()
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(module.os, "fork", fork_once)
    with started(pid_of_maker) as workers:
        assert is_here(workers.make(ANY)), "the stem may not fork"
    with started(pid_of_maker) as workers:
        assert is_here(workers.make(ANY)), "the server may not fork"


def test_a_signal_that_tells_the_server_to_end_leaves_files_in_the_making_to_it() -> None:
    def make_after_signals(export: Export, on_slide: OnSlide) -> File:
        for process in (os.getpid(), os.getppid()):
            for number in (signal.SIGTERM, signal.SIGINT):
                os.kill(process, number)
        return pid_of_maker(export, on_slide)

    with started(make_after_signals) as workers:
        assert not is_here(workers.make(ANY)) and not is_here(workers.make(ANY))


def test_what_many_files_need_is_made_once_and_a_fault_in_it_hinders_none(monkeypatch: pytest.MonkeyPatch) -> None:
    known: list[str] = []

    def steps() -> Iterator[None]:
        known.append("first")
        yield
        raise ValueError("a fault")

    workers = Workers(lambda export, on_slide: told(known), steps)
    workers.start()
    try:
        assert workers.make(ANY) == told([])
        workers.warm()
        until(lambda: workers.make(ANY) == told(["first"]))
        assert known == []
    finally:
        workers.end()


@pytest.mark.slow
def test_no_process_outlives_a_server_or_a_stem_that_is_killed() -> None:
    for killed in ("server", "stem"):
        command = [sys.executable, "-c", WITH_A_WORKER]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
            assert server.stdout is not None
            stem, worker = map(int, server.stdout.readline().split())
            assert not is_gone(stem) and not is_gone(worker)
            os.kill(server.pid if killed == "server" else stem, signal.SIGKILL)
            until(lambda: is_gone(stem) and is_gone(worker))  # noqa: B023
            server.kill()
