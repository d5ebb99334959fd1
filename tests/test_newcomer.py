"""Do the tools and papers that a newcomer meets first agree with the project as it is?"""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.served import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = dict(re.findall(r"^([a-z]+): ## .+\n\t@?(.+)$", MAKEFILE, re.MULTILINE))
PAPERS = (
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "ACCESSIBILITY.md", "CHANGELOG.md"),
    *("docs/hosting/README.md", ".streamlit/config.toml"),
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_is_of_the_tables_as_they_are() -> None:
    cited, package = yaml.safe_load(read("CITATION.cff")), json.loads(read("data/tables/datapackage.json"))
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")
    assert cited["title"] == package["title"]
    assert cited["version"] == package["version"]
    assert str(cited["date-released"]) == package["created"][:10]
    assert [cited["license"]] == [license["name"] for license in package["licenses"]]


def test_the_citation_names_the_dashboard_and_its_authors_as_the_license_does() -> None:
    cited, project = yaml.safe_load(read("CITATION.cff")), tomllib.loads(read("pyproject.toml"))["project"]
    (software,) = cited["references"]
    names = {"title": project["description"], "version": project["version"], "license": project["license"]}
    assert {name: software[name] for name in names} == names
    assert cited["authors"] == software["authors"]
    assert f"Copyright (c) 2026 {cited['authors'][0]['name']}" in read("LICENSE")


def test_the_project_takes_its_dependencies_from_the_one_list_of_them() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    assert project["project"]["dynamic"] == ["dependencies"]
    assert project["tool"]["setuptools"]["dynamic"]["dependencies"] == {"file": ["requirements.txt"]}


def test_make_alone_lists_every_command() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True).stdout
    assert {"serve", "test", "fast", "check", "bench"} <= set(TARGETS)
    assert [line.split(":")[0] for line in listed.splitlines()] == [f"make {name}" for name in TARGETS]


def test_what_is_checked_before_a_commit_is_what_is_checked_after_it() -> None:
    commands = TARGETS["check"].split(" && ")
    assert "\n".join(commands) in read(".ci/run")
    hooks = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert [(repo["repo"], hook["entry"], hook["language"]) for repo in hooks for hook in repo["hooks"]] == [
        ("local", "make check", "system")
    ]


def test_the_commands_of_the_readme_are_those_of_make() -> None:
    assert TARGETS["serve"] in read("README.md")
    assert f"{TARGETS['install']} && {TARGETS['test']}" in read("README.md")
    assert TARGETS["bench"] in read("README.md")


def test_the_programs_that_the_readme_says_the_tests_need_are_those_that_ci_installs() -> None:
    said = re.search(r"^Test it \(.*?Debian's (.*?)\):", read("README.md"), re.MULTILINE | re.DOTALL)
    installed = re.search(r'^packages="(.*)"', read(".ci/run"), re.MULTILINE)
    assert said and installed
    assert re.findall(r"`([\w-]+)`", said[1]) == installed[1].split()


@pytest.mark.parametrize("paper", PAPERS)
def test_a_file_that_a_paper_names_is_there(paper: str) -> None:
    names = re.findall(r"(?<![\w/.])((?:components|data|pages|tests|docs)/[\w/-]*(?:\.\w+)?)(?![\w*<{])", read(paper))
    missing = [name for name in names if not name.startswith("data/v1") and not Path(ROOT, name).exists()]
    assert not missing
