"""Does the dashboard need more than to read? Served by a user with no rights, on a disk that takes nothing, with no network."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit

from data.own_figures.check import MOST_BYTES
from tests.conftest import PAGES, ROOT
from tests.served import Served, a_session, put_file, running, spoken

NOWHERE, NOBODY, SAID = "/nonexistent", "65534", Path("-")
PYTHON, PACKAGES = Path(sys.executable).resolve(), Path(streamlit.__file__).parent.parent
# In a view of the file system of its own: the project, Python and its packages stand where anyone may read them, then
# every mount is made read-only, and then all rights are given up. The first word, the Python of the tests, is replaced.
SEAL = f"""
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755 none /mnt
mkdir /mnt/app /mnt/python /mnt/site-packages
mount --bind "{ROOT}" /mnt/app
mount --bind "{sys.base_prefix}" /mnt/python
mount --bind "{PACKAGES}" /mnt/site-packages
cut -d" " -f2 /proc/self/mounts | while read -r point; do mount -o remount,bind,ro "$point" 2>/dev/null || true; done
cd /mnt/app
shift
exec setpriv --reuid {NOBODY} --regid {NOBODY} --clear-groups --no-new-privs --bounding-set -all \\
  /mnt/python/bin/{PYTHON.name} "$@"
"""
WRITE = """
import os, pathlib, tempfile
assert os.geteuid() != 0
for folder in ('.', 'data', '.streamlit', '~', *(['/tmp', '/var/tmp', '/dev/shm', '/run'] if {sealed} else [])):
    try:
        (pathlib.Path(folder).expanduser() / 'written').write_text('')
    except OSError:
        continue
    print(folder)
"""


@dataclass
class Sealed:
    """How a command is run where it can write nothing: what stands before it, its folder, its environment."""

    before: list[str]
    root: Path
    environment: dict[str, str]
    whole: bool  # the whole disk, not the project and the home alone


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealed]:
    """The whole disk read-only where the tests may mount; elsewhere a copy of the project, and a home, without the right
    to write."""
    before = ["unshare", "--mount", "sh", "-c", SEAL, "sh"]
    if os.geteuid() == 0 and subprocess.run([*before, "python", "-c", ""], timeout=30).returncode == 0:
        path = "/mnt/app/tests/no_network:/mnt/site-packages"
        told = {"PYTHONPATH": path, "LD_LIBRARY_PATH": "/mnt/python/lib", "HOME": NOWHERE, "PATH": os.environ["PATH"]}
        yield Sealed(before, ROOT, told, True)
        return
    with copy_without_rights() as root:
        path = f"{root}/tests/no_network:{PACKAGES}"
        home = {"HOME": str(root / "data"), "TMPDIR": str(root / "data"), "PATH": os.environ["PATH"]}
        yield Sealed(as_nobody(), root, home | {"PYTHONPATH": path}, False)


def as_nobody() -> list[str]:
    return ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"] if os.geteuid() == 0 else []


@contextmanager
def copy_without_rights() -> Iterator[Path]:
    """A copy of the project that its user may not change."""
    with tempfile.TemporaryDirectory(prefix="sealed-") as folder:
        root = Path(folder) / "app"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
        subprocess.run(["chmod", "-R", "a-w,a+rX", folder], check=True, timeout=30)
        yield root
        subprocess.run(["chmod", "-R", "u+w", folder], check=True, timeout=30)


@pytest.fixture(scope="module")
def files_before(sealed: Sealed) -> dict[str, tuple[int, int]]:
    return files_in(sealed.root)


@pytest.fixture(scope="module")
def confined(sealed: Sealed, files_before: dict[str, tuple[int, int]]) -> Iterator[Served]:
    with running(SAID, root=sealed.root, before=sealed.before, clean=True, **sealed.environment) as served:
        yield served


def files_in(root: Path) -> dict[str, tuple[int, int]]:
    """Every file of the project with its size and the moment of its last change; what other tests make is left out."""
    found = [path for path in root.rglob("*") if not {".git", "tests"} & set(path.relative_to(root).parts)]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in found if path.is_file()}


def test_the_place_where_it_is_served_takes_no_file_from_it(sealed: Sealed) -> None:
    probe = [*sealed.before, sys.executable, "-c", WRITE.format(sealed=sealed.whole)]
    environment = sealed.environment | {"OUTSIDE_LOG": "-"}
    done = subprocess.run(probe, cwd=sealed.root, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_process_that_serves_has_no_rights(confined: Served) -> None:
    told = Path(f"/proc/{confined.process.pid}/status").read_text(encoding="utf-8")
    status = dict(line.split(":\t", 1) for line in told.splitlines() if ":\t" in line)
    assert "0" not in status["Uid"].split()
    assert int(status["CapEff"], 16) == 0


@pytest.mark.parametrize("page", PAGES)
def test_every_page_and_its_copy_for_paper_is_served_from_a_read_only_disk(confined: Served, page: str) -> None:
    assert '<div id="first-view">' in spoken(confined.address, "GET", f"/{page}").text
    assert page == "path" or spoken(confined.address, "GET", f"/print/{page or 'overview'}").status == 200


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("figures.csv", b"figure_id,"),
        ("figures.excel.csv", b"\xef\xbb\xbf"),
        ("figures.xlsx", b"PK"),
        ("figures.json", b"{"),
        ("figures.parquet", b"PAR1"),
        ("places.geojson", b"{"),
        ("places.kml", b"<?xml"),
        ("figures.html", b"<!"),
        ("figures.pptx", b"PK"),
        ("figures.zip", b"PK"),
    ],
)
def test_every_kind_of_file_is_made_without_writing_one(confined: Served, name: str, begins: bytes) -> None:
    panel = "" if name.startswith("places") else "?panel=unaccounted-for"
    answer = spoken(confined.address, "GET", f"/data/v1/{name}{panel}")
    assert answer.status == 200, answer.text
    assert answer.body.startswith(begins)


def test_a_file_of_a_reader_is_taken_up_to_the_largest_and_held_in_memory_alone(confined: Served) -> None:
    with a_session(confined.address) as session:
        answer = put_file(confined.address, session, b"a,b\n" * (MOST_BYTES // 4 - 100))
    assert answer.status == 204, answer.text


def test_it_has_written_nothing_failed_at_nothing_and_asked_no_other_host(
    confined: Served, sealed: Sealed, files_before: dict[str, tuple[int, int]]
) -> None:
    assert spoken(confined.address, "GET", "/data/v1/figures.zip?panel=unaccounted-for").status == 200
    assert files_in(sealed.root) == files_before
    for trouble in ("Traceback", "outside:", "Read-only", "Permission"):
        assert trouble not in confined.said(), confined.said()


def test_a_look_up_of_another_host_is_refused_and_said(sealed: Sealed) -> None:
    ask = "import socket; socket.create_connection(('example.org', 80))"
    command, environment = [*sealed.before, sys.executable, "-c", ask], sealed.environment | {"OUTSIDE_LOG": "-"}
    done = subprocess.run(command, cwd=sealed.root, env=environment, capture_output=True, text=True, timeout=60)
    assert "outside: look-up example.org" in done.stderr
    assert done.returncode != 0
