"""What do the numbers of the map leave out? Words that both maps say."""

import pandas as pd

from data.record.wording import number_with_noun


def sums_off_map(sums: pd.DataFrame, places: pd.DataFrame) -> str:
    """What the circles of the map leave out, since its rows name no more than a country."""
    points = places[places["latitude"].notna()]["place_id"]
    off = sums[~sums["place_id"].isin(points)]
    if off.empty:
        return ""
    rows = sum(cell.count(";") + 1 for cell in off["parts"])
    return f"Not in any circle: {int(off['total'].sum())} sets of remains (computed) from {number_with_noun(rows, 'row')} that name no place inside the country."
