"""How many rows can a chart draw? All of most charts; of very many rows the newest, and the figure says how many it left out."""

import pandas as pd
import plotly.graph_objects as go

from data.record.wording import Row

# Marks on an axis of time, and rows below each other, that a chart draws at most: more than any chart of the record has,
# and as many as can be told apart.
MOST_MARKS, MOST_ROWS = 400, 60


def newest(frame: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows that a chart can hold: all of them, or those of the last days, in their order."""
    if len(frame) <= most:
        return frame
    days = frame["date" if "date" in frame else "start"].reset_index(drop=True)
    return frame.iloc[sorted(days.sort_values(kind="stable").index[-most:])]


def newest_dated(frame: pd.DataFrame, *then: str) -> list[Row]:
    """The dated rows that a chart on an axis of time can hold, in order of their days, and then of the columns named."""
    in_order = newest(frame, MOST_MARKS).sort_values(["date", *then])
    return [row for row in in_order.to_dict("records") if row["date"]]


def note_cut(figure: go.Figure, frame: pd.DataFrame, most: int) -> None:
    """Notes in the meta of a figure how many of how many rows it draws, where it does not draw all."""
    if len(frame) > most:
        figure.update_layout(meta={"drawn": most, "of": len(frame)})
