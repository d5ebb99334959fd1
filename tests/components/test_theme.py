"""The settings of Streamlit and the style rules use the palette of the theme and no other."""

import tomllib

import pytest

from components import assets, theme
from tests.served import ROOT


def test_the_settings_use_the_palette_of_the_theme() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert tuple(settings["theme"]["chartCategoricalColors"]) == theme.PALETTE
    assert settings["theme"]["primaryColor"] == theme.NAVY and settings["theme"]["textColor"] == theme.INK
    assert settings["browser"]["gatherUsageStats"] is False and settings["client"]["showErrorDetails"] == "none"


def test_the_style_sheets_take_the_palette_of_the_theme() -> None:
    assert f"--navy: {theme.NAVY};" in theme.page_css()
    assert "var(--navy)" in assets.text("presenter.css")
    assert theme.NAVY in theme.standalone_css("standalone.css")


def test_a_declaration_without_a_value_is_left_out_and_so_is_a_rule_without_declarations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = "a { top: var(--far); margin: 0; } b { top: var(--far); }"
    monkeypatch.setitem(assets.TEXTS, "one.css", sheet)
    assert theme.standalone_css("one.css", far="").split() == ["a", "{", "margin:", "0;", "}"]
    assert theme.standalone_css("one.css", far="1px") == sheet.replace("var(--far)", "1px")
