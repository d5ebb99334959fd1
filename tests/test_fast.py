"""What makes it fast must change nothing: are packed, kept and partly run pages what they would be without it?"""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import brotli
import pandas as pd
import pytest
import streamlit
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from components.charts import time_series
from components.panels.catalogue import panel_of
from components.static.inline import still
from data.query.select import Selection
from data.query.views import LIST
from data.record.load import Library, once
from tests.served import spoken

STATIC = Path(streamlit.__file__).parent / "static"
SCRIPT = next(path for path in sorted((STATIC / "static" / "js").glob("PlotlyChart.*.js")))
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
COUNTS = Selection("counts-over-time", {})


@pytest.mark.parametrize(
    ("accepts", "packing"),
    [("br, gzip", "br"), ("gzip, deflate", "gzip"), ("GZIP;q=0.5", "gzip"), ("br;q=0, gzip;q=0", ""), ("", "")],
)
def test_a_script_of_the_frontend_is_the_same_in_every_packing(server: str, accepts: str, packing: str) -> None:
    path = f"/{SCRIPT.relative_to(STATIC).as_posix()}"
    answer = spoken(server, "GET", path, {"Accept-Encoding": accepts} if accepts else {})
    assert answer.status == 200 and answer.headers.get("content-encoding", "") == packing
    assert "javascript" in answer.headers["content-type"] and "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert UNPACK[packing](answer.body) == SCRIPT.read_bytes()


@pytest.mark.parametrize("path", ["/static/js/none.js", "/static/../dashboard.py", "/static/js/%2e%2e/%2e%2e/x.js"])
def test_no_path_leads_out_of_the_packed_files(server: str, path: str) -> None:
    answer = spoken(server, "GET", path, {"Accept-Encoding": "br"})
    assert "content-encoding" not in answer.headers or answer.status != 200 or b"<title>" in UNPACK["br"](answer.body)
    assert b"st.App" not in answer.body


@pytest.mark.parametrize("packing", ["br", "gzip"])
@pytest.mark.parametrize(
    "name", ["figures.csv?panel=claims", "places.geojson", "figures.json?panel=claims", "datapackage.json"]
)
def test_rows_are_the_same_in_every_packing_and_each_has_a_tag_of_its_own(server: str, name: str, packing: str) -> None:
    plain = spoken(server, "GET", f"/data/v1/{name}", {"Accept-Encoding": "identity"})
    packed = spoken(server, "GET", f"/data/v1/{name}", {"Accept-Encoding": packing})
    assert packed.headers["content-encoding"] == packing and "content-encoding" not in plain.headers
    assert UNPACK[packing](packed.body) == plain.body and len(packed.body) < len(plain.body)
    assert packed.headers["etag"] != plain.headers["etag"]
    again = {"Accept-Encoding": packing, "If-None-Match": packed.headers["etag"]}
    assert spoken(server, "GET", f"/data/v1/{name}", again).status == 304


@pytest.mark.parametrize("view", LIST, ids=lambda view: view.key)
def test_the_same_choices_give_the_panel_that_was_kept_and_other_choices_another(
    library: Library, view: object
) -> None:
    first = panel_of(view.key, library, Selection(view.page, {}))
    assert panel_of(view.key, library, Selection(view.page, {"unknown": "to the view"})) is first
    assert panel_of(view.key, library, Selection(view.page, {"asof": "2012-07-03"})) is not first
    other = replace(library, digest="another")
    assert panel_of(view.key, other, Selection(view.page, {})).library is other


def test_what_is_kept_with_a_library_goes_with_it_and_is_computed_once(library: Library) -> None:
    seen = []

    @once
    def counted(library: Library, more: int) -> int:
        seen.append(more)
        return more + 1

    other = replace(library)
    assert [counted(other, 1), counted(other, 1), counted(other, 2)] == [2, 2, 3] and seen == [1, 2]
    assert counted(replace(library), 1) == 2 and seen == [1, 2, 1]


def ran(line: ClientConnection, asked: BackMsg) -> list[ForwardMsg]:
    line.send(asked.SerializeToString())
    said = []
    for message in line:
        said.append(ForwardMsg.FromString(message))
        if said[-1].HasField("script_finished"):
            return said
    raise AssertionError("the server closed the line")


def test_a_choice_runs_its_part_of_the_page_and_leaves_the_rest_alone(server: str) -> None:
    address = server.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(address, origin=server, subprotocols=[Subprotocol("streamlit")], max_size=None) as line:
        whole = ran(line, BackMsg(rerun_script={"page_name": "counts-over-time"}))
        lists = [said.delta for said in whole if said.delta.new_element.button_group.label == "How it was printed"]
        begun = next(said.new_session for said in whole if said.HasField("new_session"))
        asked = BackMsg()
        asked.rerun_script.page_script_hash = begun.page_script_hash
        asked.rerun_script.fragment_id = lists[0].fragment_id
        state = asked.rerun_script.widget_states.widgets.add(id=lists[0].new_element.button_group.id)
        state.string_array_value.data.append("exact")
        part = ran(line, asked)
    told, told_first = (str(messages) for messages in (part, whole))
    assert re.search(r"Showing \d+ of \d+ figures: .*exact", told)
    for elsewhere in ("page-head", "By home state", "addresses for scripts"):
        assert elsewhere in told_first and elsewhere not in told
    assert len(part) < len(whole)


def test_a_still_drawing_has_each_mark_lead_to_its_row_at_both_widths(library: Library) -> None:
    panel = panel_of("believed-to-lie", library, Selection("", {}))
    html = still(panel.drawn.figure, panel.alt, Selection("", {"asof": "2012-07-03", "source": "all"}))
    for row in panel.frame.to_dict("records"):
        links = re.findall(
            rf'<a href="sources-and-data\?figure={row["figure_id"]}&amp;asof=2012-07-03"><title>([^<]*)', html
        )
        assert len(links) == 2
        assert all(row["scope"].split(",")[0] in link for link in links)
    assert html.count("<svg viewBox") == 2 and 'role="figure" aria-label="Where the missing' in html


def test_the_charts_of_the_record_draw_every_row(library: Library) -> None:
    for view in LIST:
        panel = panel_of(view.key, library, Selection(view.page, {}))
        assert "Drawn are" not in panel.drawn.note


def test_a_chart_of_too_many_rows_draws_the_newest_and_says_so(library: Library) -> None:
    frame = library["figures"]
    many = pd.concat([frame.assign(figure_id=frame["figure_id"] + f"-{n}") for n in range(40)], ignore_index=True)
    large = replace(library, tables={**library.tables, "figures": many})
    counts, claims = (
        panel_of(key, large, Selection(page, {}))
        for key, page in (("unaccounted-for", COUNTS.page), ("claims", "prisoners-of-war"))
    )
    events = library["events"]
    told = pd.concat([events.assign(event_group=events["event_group"] + f"-{n}") for n in range(5)], ignore_index=True)
    operations = pd.concat([library["operations"]] * 9, ignore_index=True)
    larger = replace(library, tables={**library.tables, "events": told, "operations": operations})
    lanes = panel_of("timeline-panel", larger, Selection("mission-timeline", {}))
    bars = panel_of("by-area", larger, Selection("remains-and-identifications", {}))
    assert f"Drawn are the {time_series.MOST_MARKS} newest of the {len(lanes.frame)} rows" in lanes.drawn.note
    assert len(bars.frame) > time_series.MOST_ROWS and "Drawn are" not in bars.drawn.note  # bars add up every row
    marks = sum(len([x for x in trace.x if x]) for trace in counts.drawn.figure.data if trace.customdata)
    assert len(counts.frame) == 40 * len(panel_of("unaccounted-for", library, COUNTS).frame) > time_series.MOST_MARKS
    assert 0 < marks <= 2 * time_series.MOST_MARKS
    assert f"Drawn are the {time_series.MOST_MARKS} newest of the {len(counts.frame)} rows" in counts.drawn.note
    assert f"Drawn are the {time_series.MOST_ROWS} newest of the {len(claims.frame)} rows" in claims.drawn.note
    assert [trace for trace in counts.drawn.figure.data if trace.name == "names"]
