"""The settings of Streamlit and the style rules use the palette of the theme and no other."""

import tomllib

from components import theme
from tests.served import ROOT


def test_the_settings_use_the_palette_of_the_theme() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert tuple(settings["theme"]["chartCategoricalColors"]) == theme.PALETTE
    assert settings["theme"]["primaryColor"] == theme.NAVY and settings["theme"]["textColor"] == theme.INK
    assert settings["browser"]["gatherUsageStats"] is False and settings["client"]["showErrorDetails"] == "none"


def test_the_palette_of_the_room_is_that_of_the_theme() -> None:
    assert theme.NAVY in theme.present_css()
