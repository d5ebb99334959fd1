"""The icon is drawn from the palette, the same as vectors and as pixels."""

from io import BytesIO

from lxml import etree
from PIL import Image

from components import theme
from components.static.icon import icon_png, icon_svg


def test_the_icon_has_the_colors_of_the_palette_and_its_round_corners_are_clear() -> None:
    picture = Image.open(BytesIO(icon_png(64)))
    assert picture.mode == "RGBA"
    ground, light = (tuple(theme.rgb(color)) for color in (theme.NAVY, theme.PAPER))
    points = {(0, 0): 0, (32, 2): ground, (21, 21): ground, (43, 43): light, (12, 21): light, (32, 32): light}
    for point, color in points.items():
        seen = picture.getpixel(point)
        assert seen == color or (color == 0 and seen[3] == 0), (point, seen)  # type: ignore[index]


def test_a_touch_icon_has_no_clear_pixel() -> None:
    assert Image.open(BytesIO(icon_png(24, 0))).getextrema()[3] == (255, 255)


def test_the_vectors_are_wellformed_and_of_the_palette_alone() -> None:
    root = etree.fromstring(icon_svg())
    colors = {shape.get(name) for shape in root for name in ("fill", "stroke") if shape.get(name)}
    assert colors == {theme.NAVY, theme.PAPER}
