"""A drawing where no script runs has its marks as links, at both widths."""

import re

from components.panels.catalogue import panel_of
from components.static.inline import static_svg
from data.query.select import Selection
from data.record.load import Library


def test_a_still_drawing_has_each_mark_lead_to_its_row_at_both_widths(library: Library) -> None:
    panel = panel_of("believed-to-lie", library, Selection("", {}))
    html = static_svg(panel.drawn.figure, panel.alt, Selection("", {"asof": "2012-07-03", "source": "all"}))
    for row in panel.frame.to_dict("records"):
        links = re.findall(
            rf'<a href="sources-and-data\?figure={row["figure_id"]}&amp;asof=2012-07-03"><title>([^<]*)', html
        )
        assert len(links) == 2
        assert all(row["scope"].split(",")[0] in link for link in links)
    assert html.count("<svg viewBox") == 2 and 'role="figure" aria-label="Where the missing' in html
