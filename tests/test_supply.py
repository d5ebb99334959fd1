"""What does the dashboard consist of, and is it the same wherever it is installed? The lock and the bill of materials."""

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.served import ROOT

pytestmark = pytest.mark.slow

LOCK, BILL = ROOT / "requirements.lock", ROOT / "sbom.cdx.json"
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
FREE = re.compile(r"--hash=sha256:[0-9a-f]{64}| \\$", re.MULTILINE)


def locked() -> list[tuple[Requirement, str]]:
    """Each entry of the lock with its own text, hashes too."""
    entries = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8").strip())
    return [(Requirement(entry.split("\\")[0].strip()), entry) for entry in entries]


def pin_of(requirement: Requirement) -> str:
    return str(requirement.specifier).removeprefix("==")


def test_every_entry_of_the_lock_is_one_version_with_hashes() -> None:
    for requirement, entry in locked():
        assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier)), requirement
        assert HASH.search(entry), requirement
        assert not FREE.sub("", entry).split("\n", 1)[1].strip(), entry


def test_every_pin_of_the_app_is_that_of_the_lock() -> None:
    pins = {requirement.name: pin_of(requirement) for requirement, _ in locked()}
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").split():
        asked = Requirement(line)
        assert pins[canonicalize_name(asked.name)] == pin_of(asked)


def test_the_lock_holds_all_that_its_packages_ask_for_and_nothing_else() -> None:
    names = {requirement.name for requirement, _ in locked()}
    asked = {canonicalize_name(line.split("==")[0]) for line in (ROOT / "requirements.txt").read_text().split()}
    seen: set[str] = set()
    while new := asked - seen:
        seen |= new
        asked |= {name for one in new for name in asked_by(one)}
    here = {one.name for one, _ in locked() if one.marker is None or one.marker.evaluate()}
    assert asked <= names
    assert here <= asked


def asked_by(name: str) -> set[str]:
    """Packages that an installed package needs here; of extras those that something in the lock asks for."""
    try:
        told = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        pytest.fail(f"{name} is in the lock but not installed: pip install --require-hashes -r requirements.lock")
    return {canonicalize_name(one.name) for one in told if one.marker is None or one.marker.evaluate({"extra": ""})}


def test_the_lock_is_one_that_pip_installs_with_hashes_required() -> None:
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--dry-run", "-q", "-r", str(LOCK)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


def test_neither_lock_nor_bill_names_a_place_of_packages_or_a_folder() -> None:
    schema = "http://cyclonedx.org/schema/bom-1.6.schema.json"
    for path in (LOCK, BILL):
        text = path.read_text(encoding="utf-8").replace(schema, "")
        assert not re.search(r"https?:|file:|index-url|find-links|(?<![\w.])/\w+/|timestamp|serialNumber", text), path


def test_the_bill_of_materials_names_what_the_lock_names() -> None:
    bill = json.loads(BILL.read_text(encoding="utf-8"))
    told = {(part["name"], part["version"], part["purl"]) for part in bill["components"]}
    assert told == {
        (one.name, pin_of(one), f"pkg:pypi/{one.name}@{pin_of(one).replace('+', '%2B')}") for one, _ in locked()
    }


def test_the_bill_of_materials_is_valid_and_what_the_lock_makes_byte_for_byte() -> None:
    command = [sys.executable, str(ROOT / ".ci" / "bill"), "--show"]
    made = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert made.returncode == 0, made.stderr
    assert made.stdout == BILL.read_text(encoding="utf-8"), "run .ci/lock"
