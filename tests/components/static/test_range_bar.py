"""A small bar of a disagreement: every statement a mark that leads to its row, hedged ones hollow."""

from components.static.range_bar import Extent, range_bar
from components.theme import NAVY, PAPER


def test_each_statement_is_a_link_at_its_number_from_zero_and_a_hedged_one_is_hollow() -> None:
    extents = [Extent(100, 100, False, "fewer than 100", "A"), Extent(200, 400, True, "200 to 400", "B")]
    svg = range_bar(extents, "2 statements", lambda row_id: f"card:{row_id}")
    assert svg.index("card:A") < svg.index("card:B") and svg.count("<a ") == 2
    first, second = svg.split("<a ")[1:]
    assert f'fill="{PAPER}"' in first and 'x="75.0"' in first and 'width="10.0"' in first
    assert f'fill="{NAVY}"' in second and 'x="145.0"' in second and 'width="150.0"' in second
