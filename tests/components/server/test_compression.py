"""What makes it fast must change nothing: are packed answers what they would be without packing?"""

import gzip
from pathlib import Path

import brotli
import pytest
import streamlit

from tests.served import spoken

STATIC = Path(streamlit.__file__).parent / "static"
SCRIPT = next(path for path in sorted((STATIC / "static" / "js").glob("PlotlyChart.*.js")))
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


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
