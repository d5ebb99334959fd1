"""What do two processes behind nginx serve beside one? The example of hosting, readers staying at their process."""

import asyncio
import tempfile
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed

from tests.behind_nginx import behind_nginx
from tests.bench.burst import Session, hedge_of, open_session
from tests.bench.servers import App, serving

# So many that chance does not give one process much more of them.
READERS, ROUNDS = 320, 3
PROCESSES = (1, 2)


class Served(NamedTuple):
    """What so many processes served: answers a second, the processor a single answer costs, how even the work was spread.

    `could_serve` is what they would serve with a core for each: computed from the processor of an answer in the process that
    had most of the work.
    """

    processes: int
    answers_a_second: float
    cpu_ms: float
    busiest_share: float
    could_serve: float
    moved: int
    wrong: int
    errors: int


@dataclass(frozen=True)
class Proxied:
    """The proxy in the place of a server that readers open."""

    address: str
    name: str = "dashboard"


def served(processes: int, expected: dict[str, int]) -> Served:
    """Readers who choose again as soon as they have their answer, through nginx to so many processes."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        apps = [stack.enter_context(serving("dashboard")) for _ in range(processes)]
        folder.chmod(0o755)
        proxy = Proxied(stack.enter_context(behind_nginx(folder, [app.address for app in apps])))
        return asyncio.run(_measured(proxy, apps, expected))


async def _measured(proxy: Proxied, apps: list[App], expected: dict[str, int]) -> Served:
    sessions = [await open_session(proxy, headers={"Cookie": f"reader={uuid.uuid4().hex}"}) for _ in range(READERS)]
    at_first = [session.process for session in sessions]
    await asyncio.gather(*(_choose(session, nth, 2, expected) for nth, session in enumerate(sessions)))
    cpu = [app.cpu() for app in apps]
    begun = time.perf_counter()
    found = await asyncio.gather(*(_choose(session, nth, ROUNDS, expected) for nth, session in enumerate(sessions)))
    took = time.perf_counter() - begun
    used = [app.cpu() - before for app, before in zip(apps, cpu, strict=True)]
    answers = sum(right for right, _, _ in found)
    moved = sum(session.process != first for session, first in zip(sessions, at_first, strict=True))
    await asyncio.gather(*(session.line.close() for session in sessions))
    return Served(
        len(apps),
        answers / took,
        sum(used) * 1e3 / answers,
        max(used) / sum(used),
        answers / max(used),
        moved,
        sum(wrong for _, wrong, _ in found),
        sum(errors for _, _, errors in found),
    )


async def _choose(session: Session, nth: int, rounds: int, expected: dict[str, int]) -> tuple[int, int, int]:
    """So many choices one after the other; how many answers were right, wrong, and did not come."""
    right = wrong = errors = 0
    for turn in range(rounds):
        hedge = hedge_of(turn, nth)
        try:
            said = await session.run((hedge,))
        except (OSError, ConnectionClosed):
            errors += 1
            continue
        is_right = f"Showing {expected[hedge]:,} of".encode() in said
        right, wrong = right + is_right, wrong + (not is_right)
    return right, wrong, errors
