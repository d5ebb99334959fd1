"""Who has to wait for a file, and how long is the line? Files are made two at a time, in the order in which they were asked for."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from components.exports.files import DRAW_PICTURE, EXPORTED, Export, File, export_of_path, make
from components.exports.workers import Make, Workers
from data.files import cite
from data.query.address import PANEL, RETRY, Refusal
from data.query.path import Path, encode_path
from data.query.views import VIEWS
from data.record.load import library
from data.record.wording import number_with_noun

AT_ONCE = 2
# Files that may wait; who comes after them is asked to come again in so many seconds.
MOST_WAITING, RETRY_SECONDS = 120, 30
FULL = "Too many files are being made at the moment. Ask for this one again in half a minute."
BEING_MADE = "The file is being made."
# Bytes of files that were made and may be asked for again, as where a download broke off; the newest is kept, however large.
MOST_BYTES = 16 << 20
# Pause between two looks at a file that a page waits for.
LOOK_SECONDS = 0.3
# Hears how many slides are finished, and a sentence on what is waited for.
OnProgress = Callable[[int, str], None]
# The panels whose files are made once while nobody waits, so that what many files need is there: pictures of the one that is
# asked for most, and all else of one that has few rows in any record.
COMMON, SMALL = "unaccounted-for", "pace-by-period"


@dataclass(eq=False)
class Ticket:
    """A place in the line, shared by all who ask for the same file; `slides` are those that are finished."""

    export: Export
    file: "Future[File]" = field(default_factory=Future)
    readers: int = 0
    slides: int = 0


class WaitingLine:
    """The line, and the files that were made last. `make` makes one, called in a thread that may wait for it."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.lock = threading.Lock()
        self.waiting: OrderedDict[Export, Ticket] = OrderedDict()
        self.in_the_making: dict[Export, Ticket] = {}
        self.made: OrderedDict[Export, Ticket] = OrderedDict()
        self.hands = ThreadPoolExecutor(AT_ONCE, "export")

    def ask(self, export: Export) -> Ticket:
        """The place of a file in the line; who asks for the same file shares it. Refusal where the line is too long."""
        with self.lock:
            ticket = self.made.get(export) or self.in_the_making.get(export) or self.waiting.get(export)
            if ticket is None:
                if self._is_full():
                    raise Refusal(503, FULL, {RETRY: RETRY_SECONDS})
                ticket = self.waiting[export] = Ticket(export)
                self.hands.submit(self._make_next)
            elif export in self.made:
                self.made.move_to_end(export)
            ticket.readers += 1
            return ticket

    def leave(self, ticket: Ticket) -> None:
        """One reader waits no longer; a file for which none does is not begun."""
        with self.lock:
            ticket.readers -= 1
            if ticket.readers == 0 and self.waiting.get(ticket.export) is ticket:
                del self.waiting[ticket.export]
                ticket.file.cancel()

    def state(self, export: Export) -> str:
        """What a reader is told of a file that he has asked for; nothing where it waits no longer."""
        with self.lock:
            if export in self.in_the_making:
                return BEING_MADE
            if export not in self.waiting:
                return FULL if self._is_full() and export not in self.made else ""
            before = list(self.waiting).index(export) + len(self.in_the_making)
        are = "is" if before == 1 else "are"
        return f"Waiting in line: {number_with_noun(before, 'file')} {are} made before this one."

    def end(self) -> None:
        """Begins no further file."""
        self.hands.shutdown(wait=False, cancel_futures=True)

    def _is_full(self) -> bool:
        return len(self.waiting) >= MOST_WAITING

    def _make_next(self) -> None:
        """Makes the file that has waited longest; none where its readers have left."""
        with self.lock:
            if not self.waiting:
                return
            export, ticket = self.waiting.popitem(last=False)
            self.in_the_making[export] = ticket
        ticket.file.set_running_or_notify_cancel()
        try:
            file = self.make(export, lambda count: setattr(ticket, "slides", count))
        except BaseException as failure:
            with self.lock:
                del self.in_the_making[export]
                ticket.file.set_exception(failure)
            return
        with self.lock:
            del self.in_the_making[export]
            ticket.file.set_result(file)
            self._keep(ticket)

    def _keep(self, ticket: Ticket) -> None:
        self.made[ticket.export] = ticket
        held = sum(map(_size, self.made.values()))
        while held > MOST_BYTES and len(self.made) > 1:
            held -= _size(self.made.popitem(last=False)[1])


def _size(ticket: Ticket) -> int:
    return len(ticket.file.result()[0])


def _what_many_need() -> Iterator[None]:
    """Makes, in small steps, what many files hold: references in words, one file of each kind."""
    yield from cite.style_all_sources(library())
    for extension in sorted(EXPORTED):
        panel = COMMON if extension in DRAW_PICTURE else SMALL
        make(Export(VIEWS[panel].table, extension, ((PANEL.name, panel),), ""))
        yield


def slides_of_path(path: Path, base: str, on_progress: OnProgress) -> bytes:
    """The slides of a path, made in their turn; `on_progress` hears what they wait for, then how many are finished. Refusal
    where too many files wait, or a step names no view."""
    ticket = LINE.ask(export_of_path(encode_path(path), base))
    try:
        while not wait([ticket.file], LOOK_SECONDS).done:
            on_progress(ticket.slides, LINE.state(ticket.export))
        return ticket.file.result()[0]
    finally:
        LINE.leave(ticket)


WORKERS = Workers(make, _what_many_need)
LINE = WaitingLine(WORKERS.make)
