"""What if the record were ten, a hundred, a thousand times as large? Copies of its rows, marked as synthetic, never shipped."""

import json
import shutil
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from data.record.columnar_copy import CACHE_DIR
from data.record.load import TABLES
from tests.bench.burst import burst, page_ms
from tests.bench.servers import App, serving, settle

GROWN = ("figures", "events", "operations", "burial_estimates")
IDS = ("figure_id", "event_id", "op_id", "est_id", "event_group")
READ_AT_A_TIME = 1 << 22
MARK = "SYNTHETIC COPY for measuring, not of the record."


class Cost(NamedTuple):
    """What tables of so many times the rows cost: seconds until the first file is given and until the server is healthy, at the
    first start and again from the copy of their columns; milliseconds of the rest, megabytes.

    Of a file: until its first byte, until its last, and by how much the server's memory was higher meanwhile.
    """

    times: int
    rows: int
    answers_s: float
    healthy_s: float
    again_answers_s: float
    again_healthy_s: float
    first_filter_ms: float
    filter_ms: float
    filter_cpu_ms: float
    page_ms: float
    csv_first_ms: float
    csv_ms: float
    csv_mb: float
    xlsx_first_ms: float
    xlsx_ms: float
    xlsx_mb: float
    memory_mb: float


class Download(NamedTuple):
    """What a file costs: milliseconds until its first byte and its last, and megabytes that the server held more meanwhile."""

    first_ms: float
    whole_ms: float
    added_mb: float


def grow(folder: Path, times: int) -> int:
    """Writes the tables into a folder with each row of those that grow standing so many times; how many rows they are."""
    shutil.copytree(TABLES, folder, dirs_exist_ok=True)
    rows = 0
    for name in GROWN:
        frame = pd.read_csv(TABLES / f"{name}.csv", dtype=str, keep_default_na=False)
        copies = [frame, *(_copy(frame, nth) for nth in range(2, times + 1))]
        whole = pd.concat(copies, ignore_index=True)
        whole.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        rows += len(whole)
    dictionary = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    dictionary["title"] = f"{MARK} {dictionary['title']}"
    for field in [field for table in dictionary["resources"] for field in table["schema"]["fields"]]:
        if field["name"] in IDS and "pattern" in field.get("constraints", {}):
            field["constraints"]["pattern"] = field["constraints"]["pattern"].replace("$", r"(-S\d+)?$")
    (folder / "datapackage.json").write_text(json.dumps(dictionary), encoding="utf-8")
    return rows


def _copy(frame: pd.DataFrame, nth: int) -> pd.DataFrame:
    ids = {name: frame[name].where(frame[name] == "", frame[name] + f"-S{nth}") for name in IDS if name in frame}
    return frame.assign(**ids, note=MARK)


def cost(folder: Path, times: int, expected: dict[str, int]) -> Cost:
    """Starts the dashboard on grown tables and asks it for a filter, a page and two files. RuntimeError where it fails."""
    rows = grow(folder, times)
    with tempfile.TemporaryDirectory() as copies:
        settings = {CACHE_DIR: copies}
        with serving("dashboard", folder, settings) as first:
            settle(first)
            found = _asked(first, times, expected)
        with serving("dashboard", folder, settings) as again:
            starts = [seconds for app in (first, again) for seconds in (app.answered_s, app.healthy_s)]
    return Cost(times, rows, *starts, *found)


def _asked(app: App, times: int, expected: dict[str, int]) -> list[float]:
    """A choice, a known one, a page, two files, and the memory at their end."""
    wanted = {hedge: count * times for hedge, count in expected.items()}
    first = burst(app, 1, wanted, rounds=3)
    later = burst(app, 1, wanted, rounds=30)
    if first.errors or first.wrong or later.errors or later.wrong:
        raise RuntimeError(f"at {times} times the rows: {first}, {later}")
    page, held = page_ms(app), app.memory()
    csv, xlsx = (download(app, f"/data/v1/figures.{kind}") for kind in ("csv", "xlsx"))
    return [max(first.ms), later.p50, later.cpu_ms, page, *csv, *xlsx, held]


def download(app: App, path: str) -> Download:
    """Takes a file some bytes at a time, and looks at the server's memory after each."""
    before, begun = app.memory(), time.perf_counter()
    with urllib.request.urlopen(f"{app.address}{path}", timeout=900) as answer:
        answer.read(1)
        first, most = time.perf_counter() - begun, before
        while answer.read(READ_AT_A_TIME):
            most = max(most, app.memory())
    return Download(first * 1e3, (time.perf_counter() - begun) * 1e3, most - before)
