"""How is memory given back that readers have used? By settings of the C library, which on Linux keeps it for each thread.

Measured by `python -m tests.bench memory`; elsewhere than on Linux with glibc only Python's own part is done.
"""

import ctypes
import gc
import sys

import pyarrow as pa

# glibc's name for the number of its arenas: with two, threads share what others have given back.
M_ARENA_MAX, ARENAS = -8, 2


def share_among_threads() -> None:
    """To be called once, before threads begin: Arrow's own allocator, too, would keep memory for each thread."""
    if mallopt := _of_the_c_library("mallopt"):
        mallopt(M_ARENA_MAX, ARENAS)
        pa.set_memory_pool(pa.system_memory_pool())


def collect_nothing() -> None:
    """Until `settle`: what a start makes is there to stay, and to look through it for what is not takes a tenth of its time."""
    gc.disable()


def settle() -> None:
    """To be called once all is made that stays: what does not is given back, and what does is not looked through again."""
    gc.enable()
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Gives the system what is free; takes some milliseconds."""
    if malloc_trim := _of_the_c_library("malloc_trim"):
        malloc_trim(0)


def _of_the_c_library(name: str) -> "ctypes._NamedFuncPointer | None":
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
