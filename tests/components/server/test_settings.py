"""Do the settings of whoever hosts it hold? One server with all three: who may embed it, at which hosts it answers, where its tables are."""

import re
import shutil
from collections.abc import Iterator

import pytest

from data.record.load import TABLES
from tests.components.server.test_hostile import WEBSOCKET
from tests.data.record.test_tables import rewrite
from tests.served import ROOT, running, spoken


@pytest.fixture(scope="module")
def server_with_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("settings")
    tables = shutil.copytree(TABLES, folder / "tables")
    rewrite(tables, "glossary", 0, meaning="A word of the host's own")
    settings = {
        "DATA_DIR": str(tables),
        "ALLOWED_HOSTS": "accounting.example",
        "EMBED_HOSTS": "https://www.example.org, *.example.net",
    }
    with running(folder / "outside.log", **settings) as served:
        yield served.address


def test_hosts_that_may_embed_are_a_setting(server_with_settings: str) -> None:
    told = spoken(server_with_settings, "GET", "/").headers
    assert told["content-security-policy"].endswith("frame-ancestors 'self' https://www.example.org *.example.net")
    assert "x-frame-options" not in told  # it knows no list, and would forbid what the policy allows


def test_a_host_of_the_setting_is_answered_and_its_page_gets_a_websocket(server_with_settings: str) -> None:
    assert spoken(server_with_settings, "GET", "/", host="accounting.example").status == 200
    assert spoken(server_with_settings, "GET", "/", host="evil.example").status == 421
    told = WEBSOCKET | {"Origin": "https://accounting.example"}
    answer = spoken(server_with_settings, "GET", "/_stcore/stream", told, host="accounting.example")
    assert answer.status == 101


def test_a_server_serves_the_tables_of_its_data_dir(server_with_settings: str) -> None:
    assert "A word of the host's own" in spoken(server_with_settings, "GET", "/data/v1/glossary.csv").text


def test_each_setting_that_the_guide_to_hosting_names_is_in_the_table_of_settings() -> None:
    setting = r"`?\b([A-Z]+(?:_[A-Z]+)+)\b"
    guide = (ROOT / "docs" / "hosting" / "README.md").read_text(encoding="utf-8")
    table = (ROOT / "SECURITY.md").read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    assert set(re.findall(setting, guide)) == set(re.findall(rf"(?m)^\| {setting}", table)) != set()
