"""Where do sources disagree? The list of all quantities by topic, each with its range, and the chosen one; HTML and a chart."""

from html import escape

import pandas as pd

from components.charts.hedged_rows import hedged_rows
from components.panels import summaries
from components.panels.panel import Drawn
from components.static.inline import link_to_page
from data.query.disagreements import Disagreement, by_topic, ends_of, furthest_apart
from data.query.names import with_names
from data.query.select import Selection
from data.record.load import Library, cached_with_library
from data.record.wording import Row, figure_in_words, number_with_noun, value_in_words

# Statements for which a low window has room.
MOST_IN_A_WINDOW = 6
NOT_EXPLAINED = "No source in the record explains the difference."


def draw(library: Library, disagreement_id: str, frame: pd.DataFrame) -> Drawn:
    """Every statement of a disagreement, in the order of their dates, on an axis that holds their numbers."""
    row = library["disagreements"].set_index("disagreement_id").loc[disagreement_id].to_dict()
    note = f"{why(library, row)} Numbers are in order of date. We do not average them."
    summary, figure = summaries.of_disagreement(row["question"], frame), hedged_rows(frame, is_broken=True)
    return Drawn(summary, figure, note, fills=len(frame) <= MOST_IN_A_WINDOW)


def why(library: Library, row: Row) -> str:
    """Why the numbers of a disagreement differ, as far as the record explains it."""
    return f"Why they differ: {with_names(library, row['why'])}" if row["why"] else NOT_EXPLAINED


@cached_with_library
def head_of(library: Library, disagreement_id: str) -> str:
    """The question of a disagreement, and why its numbers differ."""
    row = library["disagreements"].set_index("disagreement_id").loc[disagreement_id].to_dict()
    return f'<div class="panel-head"><h2 id="disagreement-panel">{escape(row["title"])}</h2><p class="summary">{escape(row["question"])}</p><p class="why">{escape(why(library, row))}</p></div>'


def list_of_topics(library: Library, selection: Selection, chosen: str) -> str:
    """All disagreements by topic, those that are furthest apart first; each leads to its statements."""
    topics = "".join(
        f"<section><h3>{escape(topic)} <span class=key>({len(group)})</span></h3><ul>{''.join(_entry(one, selection, chosen) for one in group)}</ul></section>"
        for topic, group in by_topic(library).items()
    )
    return (
        f'<div class="disagreements" tabindex="0" role="region" aria-label="All disagreements, by topic">{topics}</div>'
    )


def _entry(found: Disagreement, selection: Selection, chosen: str) -> str:
    row = found.row
    is_chosen = row["disagreement_id"] == chosen
    link = link_to_page("disagreements", selection, disagreement=row["disagreement_id"])
    mark = ' aria-current="true"' if is_chosen else ""
    title = f'<a href="{escape(link)}" data-choice="disagreement"{mark}>{escape(row["title"])}</a>'
    return f"<li{' class=chosen' * is_chosen}>{title}{_range(found)}</li>"


def _range(found: Disagreement) -> str:
    """The lowest and the highest number on a bar from zero to the highest, and both in words."""
    rows = found.statements.to_dict("records")
    if not rows:
        return ""
    first, last = furthest_apart(rows)
    highest = ends_of(last)[1] or 1
    left = 100 * ends_of(first)[0] / highest
    words = f"{value_in_words(first)} to {figure_in_words(last)}"
    bar = f'<span class="reach"><i style="left:{left:.1f}%;width:{100 - left:.1f}%"></i></span>'
    return f'{bar}<span class="key">{escape(words)} · {number_with_noun(len(rows), "statement")}</span>'
