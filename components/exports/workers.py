"""How is a file made without holding up those who read? In a process of its own, that yields to the one that answers them.

A drawing in Python holds the interpreter's lock for seconds, and each thread of the server waits for that. At the start the
server forks once, before it has threads at work: the fork, here the stem, waits and forks a worker for each file. A worker
has all modules and the very tables of the server without reading either (a process begun anew takes three seconds of
processor time for that, and 170 MB; a fork some milliseconds, and 20 to 40 MB that are not shared), makes one file, and is
gone with all that it used. Nothing is written to a disk, and no semaphore is needed, so that a container may have neither
/tmp nor /dev/shm. The stem ends when the line to the server is closed, however that ended, and takes the workers with it.
"""

import ctypes
import logging
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from components.exports.files import Export, File, OnSlide
from data.query.address import RETRY, Refusal

Make = Callable[[Export, OnSlide], File]
# How far workers stand back where the processor is wanted by the server; 19 is the furthest.
NICENESS = 5
# Seconds after which a worker is given up.
MOST_SECONDS = 600
# Linux's word for the process that goes first where memory runs out.
FIRST_TO_GO = f"{10**3}"
# Linux's name for "send me this signal when my parent ends".
PR_SET_PDEATHSIG = 1
DIED = "The file could not be made: the process that was making it ended too early. Ask for it again."
AGAIN_SECONDS = 1
STDERR = 2
# How a line says that nobody is at its other end.
LINE_CLOSED = (EOFError, ConnectionError)
# What the stem is told: to make what many files need, or, with a line, to make a file.
WARM, FILE = b"w", b"f"
# Elsewhere a fork of a process with threads, or of one that has opened a window's library, may not live.
FORKS = sys.platform == "linux"
LOG = logging.getLogger(__name__)


class Workers:
    """What makes files: a process for each, or this process where none can be started."""

    def __init__(self, make: Make, warm: Callable[[], Iterator[None]] = lambda: iter(())) -> None:
        """`warm` makes in small steps what many files need; the stem does it while nothing is asked for."""
        self.make_here, self.warm_steps = make, warm
        self.line: socket.socket | None = None
        self.stem = 0

    def start(self, tidy: Callable[[], None] = lambda: None) -> None:
        """Forks the stem; to be called once, before the server's threads are at work. `tidy` gives back what it no longer
        needs once it has made what many files need."""
        if not FORKS:
            return
        self.line, theirs = socket.socketpair()
        with theirs:
            try:
                self.stem = os.fork()
            except OSError as refused:
                self._do_without(refused)
                return
            if self.stem == 0:
                _be_stem(theirs, self.make_here, chain(self.warm_steps(), _done(tidy)))

    def warm(self) -> None:
        """Has the stem make what many files need."""
        if self.line is not None:
            with suppress(OSError):
                self.line.sendall(WARM)

    def end(self) -> None:
        """Ends the stem and all workers."""
        line, self.line = self.line, None
        if line is not None:
            line.close()
            with suppress(ChildProcessError):
                os.waitpid(self.stem, 0)

    def make(self, export: Export, on_slide: OnSlide = lambda count: None) -> File:
        """The file. Refusal where the address names none, or where the worker dies."""
        line = self._line_to_worker()
        if line is None:
            return self.make_here(export, on_slide)
        with line:
            try:
                line.send(export)
                while True:
                    kind, told = line.recv()
                    if kind == "slide":
                        on_slide(told)
                    elif kind == "file":
                        return line.recv_bytes(), *told
                    else:
                        break
            except (EOFError, OSError):
                # without the choices, which are the reader's
                LOG.warning("A process that made %s.%s ended too early.", export.table, export.extension)
                raise Refusal(503, DIED, {RETRY: AGAIN_SECONDS}) from None
        if kind == "refusal":
            raise Refusal(*told)
        if kind == "no worker":
            return self.make_here(export, on_slide)
        raise RuntimeError(f"a file could not be made: {told}")

    def _line_to_worker(self) -> "Connection[Any, Any] | None":
        """A line to a new worker; None where there is none to be had."""
        control = self.line
        if control is None:
            return None
        mine, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(control, [FILE], [theirs.fileno()])
            except OSError as gone:
                mine.close()
                self._do_without(gone)
                return None
        return Connection(mine.detach())

    def _do_without(self, why: OSError) -> None:
        self.line = None
        LOG.warning(
            "Files are made in the process that answers readers, and hold it up: no other can be had (%s).", why
        )


def _done(tidy: Callable[[], None]) -> Iterator[None]:
    tidy()
    yield


def _be_stem(control: socket.socket, make: Make, steps: Iterator[None]) -> None:
    """The stem's life: it never returns."""
    try:
        _stand_back(control.fileno())
        workers: set[int] = set()
        signal.signal(signal.SIGCHLD, lambda *_: _reap(workers))
        _begin_workers(control, make, steps, workers)
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
    except BaseException:
        _report()
    finally:
        os._exit(0)


def _begin_workers(control: socket.socket, make: Make, steps: Iterator[None], workers: set[int]) -> None:
    """Begins a worker for each line that comes, until the server is gone; in between, once it is told to, it takes steps
    toward what many files need."""
    is_warming = False
    while True:
        if is_warming and not select.select([control], [], [], 0)[0]:
            is_warming = _takes_a_step(steps)
            continue
        word, lines, _, _ = socket.recv_fds(control, 1, 1)
        if not word:
            return
        is_warming = is_warming or word == WARM
        for line in lines:
            _begin(Connection(line), control, make, workers)


def _takes_a_step(steps: Iterator[None]) -> bool:
    """False after the last step, and after one that failed."""
    try:
        return next(steps, steps) is None
    except Exception:
        _report()
        return False


def _report() -> None:
    """Says what went wrong, where that can be said."""
    with suppress(OSError):
        os.write(STDERR, traceback.format_exc().encode(errors="replace"))


def _stand_back(line: int) -> None:
    """Leaves all to the server that it alone has: its connections, its signals, its turn at the processor."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # it is the server that is told to end
    os.nice(NICENESS)
    _end_with_parent()
    os.closerange(STDERR + 1, line)
    os.closerange(line + 1, os.sysconf("SC_OPEN_MAX"))


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _reap(workers: set[int]) -> None:
    """Takes leave of workers that have ended."""
    for worker in list(workers):
        with suppress(ChildProcessError):
            if os.waitpid(worker, os.WNOHANG)[0] == 0:
                continue
        workers.discard(worker)


def _begin(line: "Connection[Any, Any]", control: socket.socket, make: Make, workers: set[int]) -> None:
    """Begins a worker that makes what is asked for on its line."""
    with line:
        try:
            worker = os.fork()
        except OSError as refused:
            with suppress(OSError):
                line.send(("no worker", str(refused)))
            return
        if worker == 0:
            _be_worker(line, control, make)
        workers.add(worker)


def _be_worker(line: "Connection[Any, Any]", control: socket.socket, make: Make) -> None:
    """A worker's life: one file, or why there is none. It never returns."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(MOST_SECONDS)
        _end_with_parent()
        control.close()
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text(FIRST_TO_GO, encoding="utf-8")
        _answer(line, make)
    except LINE_CLOSED:
        os._exit(0)  # whoever asked for the file has gone: there is nobody to make it for
    except BaseException:
        _report()
    finally:
        os._exit(0)


def _answer(line: "Connection[Any, Any]", make: Make) -> None:
    export = line.recv()
    try:
        content, *about = make(export, lambda count: line.send(("slide", count)))
    except Refusal as refusal:
        line.send(("refusal", (refusal.status, refusal.sentence, dict(refusal.expected))))
    except Exception:
        line.send(("failure", traceback.format_exc()))
    else:
        line.send(("file", about))
        line.send_bytes(content)
