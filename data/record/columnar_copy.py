"""How do large tables that were checked once load at once the next time? From a copy of their columns.

The environment variable CACHE_DIR names the folder of the copies; without it none are made. A copy is known by a digest of
the tables, their dictionary and the code that checks them: when any of these changes, the tables are checked again. Whoever
may write into that folder decides what the dashboard shows, as whoever may write into the folder of the tables does.
"""

import hashlib
import logging
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pyarrow as pa

from data.record.arrow_frames import frame_of
from data.record.csv_columns import pieces_of
from data.record.made_by import code_digest
from data.record.problems import Frames

CACHE_DIR = "CACHE_DIR"
# The copies that are kept; of more the oldest go.
MOST_COPIES = 4
log = logging.getLogger(__name__)


def folder_of_copies() -> Path | None:
    """The folder that CACHE_DIR names; None where it names none."""
    named = os.environ.get(CACHE_DIR, "")
    return Path(named) if named else None


def digest_of_all(folder: Path, expected: Path) -> str:
    """Digits made from everything that decides whether tables are right: the files of their folder, the dictionary that is
    expected, the code, and what is installed. OSError where a file cannot be read."""
    whole = hashlib.sha256(code_digest().encode())
    for path in [*sorted(folder.iterdir()), expected]:
        if path.is_file():
            whole.update(f"\n{path.name} {path.stat().st_size}\n".encode())
            for piece in pieces_of(path):
                whole.update(piece)
    return whole.hexdigest()[:32]


def read_copy(copies: Path, digest: str) -> Frames | None:
    """The tables of a digest, typed, the texts of long ones left on the disk until they are looked at; None where there is no
    copy of them that can be read."""
    try:
        return {path.stem: _read_table(path) for path in _in_order(copies / digest)} or None
    except (OSError, ValueError, pa.ArrowException) as fault:
        log.warning("The copy of the tables in %s cannot be read, they are checked again: %s", copies, fault)
        shutil.rmtree(copies / digest, ignore_errors=True)
        return None


def _in_order(copy: Path) -> list[Path]:
    """The files of a copy in the order of the dictionary, which `order.txt` holds; none where there is no copy."""
    order = copy / "order.txt"
    return [copy / f"{name}.arrow" for name in order.read_text("utf-8").split()] if order.exists() else []


def _read_table(path: Path) -> pd.DataFrame:
    with pa.memory_map(str(path)) as source:
        return frame_of(pa.ipc.open_file(source).read_all())


def write_copy(copies: Path, digest: str, tables: Frames) -> None:
    """Puts the columns of tables into a folder of their digest, whole or not at all; without a word more than a warning
    where nothing can be written there."""
    try:
        copies.mkdir(mode=0o700, parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(dir=copies, prefix="making-"))
        try:
            for name, frame in tables.items():
                _write_table(making / f"{name}.arrow", frame)
            (making / "order.txt").write_text("\n".join(tables), "utf-8")
            with suppress(FileExistsError):
                making.rename(copies / digest)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        _forget_oldest(copies)
    except OSError as fault:
        log.warning("No copy of the tables could be written into %s: %s", copies, fault)


def _write_table(path: Path, frame: pd.DataFrame) -> None:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _forget_oldest(copies: Path) -> None:
    made = [path for path in copies.iterdir() if (path / "order.txt").exists()]
    for path in sorted(made, key=lambda path: path.stat().st_mtime)[:-MOST_COPIES]:
        shutil.rmtree(path, ignore_errors=True)
