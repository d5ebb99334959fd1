"""How many came back of each origin, how many are thought to be inside, and how many are identified? One figure a cell."""

import pandas as pd

from data.query.params import options_of, parameter_named
from data.query.select import passed_over, ranks_of_sources, rows_of
from data.record.load import Library, cached_with_library

# The stages in the order of the table; what came back in one period stands for what came back where no total is printed.
RETURNED, ESTIMATED, IDENTIFIED = STAGES = ("returned", "estimated", "identified")
IN_ONE_PERIOD = "in one period"


@cached_with_library
def leading_figures(library: Library) -> pd.DataFrame:
    """The leading figure of each origin and stage, in the order of the origins and STAGES; at most one for each pair.

    The newest as-of day leads. Of two of one day an official source leads before a reprint, an institution's, the press's
    and a secondary source's. Outdated, outlying and conflicting figures, and those whose day was inferred, never lead.
    """
    origins = options_of(parameter_named("origin"), library)
    frame = rows_of(library, "figures")
    frame = frame[frame["origin"].isin(origins) & (frame["stage"] != "")]
    frame = frame[~passed_over(frame) & ~frame["flags"].str.contains("date inferred")]
    frame = frame.assign(
        column=frame["stage"].replace(IN_ONE_PERIOD, RETURNED),
        is_total=frame["stage"] != IN_ONE_PERIOD,
        by_origin=frame["origin"].map(origins.index),
        by_tier=-ranks_of_sources(library, frame),
    )
    leading = frame.sort_values(["is_total", "date", "by_tier"], kind="stable").drop_duplicates(
        ["origin", "column"], keep="last"
    )
    leading = leading.assign(by_stage=leading["column"].map(STAGES.index)).sort_values(["by_origin", "by_stage"])
    labels = [f"{row['origin']}, {row['column']}" for row in leading.to_dict("records")]
    labels = [f"{label[:1].upper()}{label[1:]}" for label in labels]
    return leading.drop(columns=["is_total", "by_origin", "by_tier", "by_stage", "column"]).assign(label=labels)


def leading_of_periods(library: Library, frame: pd.DataFrame) -> set[str]:
    """Ids of the figures of one series that lead, one for each period that ends on the same day: an official source first."""
    ranked = frame.assign(by_tier=ranks_of_sources(library, frame)).sort_values("by_tier", kind="stable")
    return set(ranked.drop_duplicates("date")["figure_id"])


def stage_in_table(stage: str) -> str:
    """The column of the table in which a figure of a stage stands."""
    return RETURNED if stage == IN_ONE_PERIOD else stage
