"""The record describes itself to programs as its citation does, with everything that a catalogue of data asks for."""

import re
from pathlib import Path

import pytest
import yaml

from data.files.described import catalogue, dataset
from data.record import citation as cited_file
from data.record.citation import citation
from data.record.load import Library
from tests.served import ROOT

BASE = "https://example.org"


def test_the_record_is_described_as_its_citation_says_and_the_same_in_the_catalogue(library: Library) -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    whole = catalogue(library, BASE)
    assert citation().authors == tuple(author["name"] for author in cited["authors"])
    assert citation().keywords == tuple(cited["keywords"])
    assert dataset(library, BASE).items() <= whole.items()
    assert [maker["name"] for maker in whole["creator"]] == list(citation().authors)
    assert whole["keywords"] == cited["keywords"] and whole["identifier"] == library.dictionary["name"]
    assert {place["name"] for place in whole["spatialCoverage"]} == set(library["places"]["country"]) - {""}
    assert re.fullmatch(r"\d{4}/\d{4}", whole["temporalCoverage"])
    assert len(whole["variableMeasured"]) == len(library["series"])


def test_a_record_without_its_citation_is_made_by_the_project_itself(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cited_file, "CITATION", tmp_path / "none")
    citation.cache_clear()
    assert [maker["name"] for maker in dataset(library, BASE)["creator"]] == [library.dictionary["title"]]
    citation.cache_clear()
