"""Does the Containerfile give what is served, and no more? .ci/container builds and runs it; here its lines are read."""

import json
import re
import runpy
import shlex
import subprocess
import tomllib

import pytest

from tests.served import ROOT

CI = runpy.run_path(str(ROOT / ".ci" / "container"))
LINES: list[tuple[str, str]] = CI["instructions"]((ROOT / "Containerfile").read_text(encoding="utf-8"))
SERVED = re.compile(r"(?:dashboard\.py|requirements\.lock|(?:\.streamlit|components|data|pages)/.*)")


def words(name: str) -> list[str]:
    return [text for instruction, text in LINES if instruction == name]


def known_to_git() -> list[str]:
    told = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
    return told.stdout.split()


def copied(files: list[str]) -> set[str]:
    """Files that come into the image, of those that are there."""
    sources = [source for line in words("COPY") for source in shlex.split(line)[:-1]]
    patterns = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()[1:]
    inside = [name for name in files if any(name == one or name.startswith(f"{one}/") for one in sources)]
    return {name for name in inside if not CI["ignored"](name, patterns)}


def test_it_starts_from_the_python_that_the_lock_is_made_for() -> None:
    made_for = re.search(r"--python-version (\S+)", (ROOT / ".ci" / "lock").read_text(encoding="utf-8"))
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert made_for
    assert words("FROM") == [f"python:{made_for[1]}-slim"]
    assert needs == f">={made_for[1]}"


def test_packages_come_from_the_lock_with_hashes_alone() -> None:
    (installs,) = [line for line in words("RUN") if "pip" in line]
    assert installs.endswith("install --no-cache-dir --require-hashes -r requirements.lock")


def test_it_runs_as_a_number_without_rights_which_the_last_steps_of_the_build_do_not_need() -> None:
    assert words("USER") == ["65534:65534"]
    after = [name for name, _ in LINES[LINES.index(("USER", "65534:65534")) :]]
    assert not {"RUN", "COPY"} & set(after)


def test_no_shell_stands_between_a_signal_and_the_server_and_health_is_asked_by_python() -> None:
    served = re.search(r"streamlit run dashboard\.py", (ROOT / "Makefile").read_text(encoding="utf-8"))
    (command,), (health,), (port,) = words("CMD"), words("HEALTHCHECK"), words("EXPOSE")
    assert served and json.loads(command) == [*served[0].split(), "--server.port", port]
    python, _, asked = json.loads(health[health.index("[") :])
    assert python == "python"
    assert f"http://127.0.0.1:{port}/_stcore/health" in asked


def test_home_and_passing_files_are_in_the_one_place_that_can_be_written() -> None:
    env = dict(line.split("=", 1) for line in words("ENV"))
    assert (env["HOME"], env["TMPDIR"], env["PYTHONDONTWRITEBYTECODE"]) == ("/tmp", "/tmp", "1")


def test_all_that_is_served_is_copied_and_the_tests_are_not() -> None:
    files = known_to_git()
    assert {name for name in files if SERVED.fullmatch(name)} <= copied(files)
    assert not {name for name in copied(files) if name.startswith(("tests/", ".ci/", ".git", "docs/"))}


def test_every_file_at_the_root_that_the_server_reads_is_copied() -> None:
    files = known_to_git()
    code = "".join(
        (ROOT / name).read_text(encoding="utf-8") for name in files if SERVED.fullmatch(name) and name[-3:] == ".py"
    )
    read = {name for name in files if "/" not in name and f'/ "{name}"' in code}
    assert {"CITATION.cff", "CHANGELOG.md", "SECURITY.md"} <= read <= copied(files)


def test_every_path_that_it_copies_is_there() -> None:
    for line in words("COPY"):
        for source in shlex.split(line)[:-1]:
            assert (ROOT / source).exists(), source


@pytest.mark.parametrize(
    "name", ["data/__pycache__/a.pyc", "components/map/__pycache__/a.pyc", ".git/config", "tests/a.py"]
)
def test_what_was_left_by_running_it_does_not_come_into_the_image(name: str) -> None:
    assert not copied([name])


def test_both_kinds_of_builder_are_told_to_see_the_same() -> None:
    assert (ROOT / ".containerignore").read_bytes() == (ROOT / ".dockerignore").read_bytes()


def test_a_line_that_the_check_cannot_follow_is_refused() -> None:
    with pytest.raises(CI["Failed"], match="says ADD, which"):
        CI["instructions"]("FROM a\nADD b c\n")


def test_the_hosting_page_names_settings_that_the_server_reads() -> None:
    page = (ROOT / "docs" / "hosting" / "README.md").read_text(encoding="utf-8")
    code = "".join((ROOT / name).read_text(encoding="utf-8") for name in known_to_git() if name.endswith(".py"))
    for setting in set(re.findall(r"\b(?!STREAMLIT_)[A-Z]+_[A-Z_]+\b", page)):
        assert f'"{setting}"' in code, setting
