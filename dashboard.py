"""How is it all served? The server around `components/frame/shell.py`; run with `streamlit run dashboard.py`."""

import gc
import os
from pathlib import Path

import plotly
import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from components import assets, theme
from components.frame import scripts
from components.server import headers
from components.server.compression import CompressedFiles, CompressionMiddleware
from components.server.former_addresses import FormerAddresses
from components.server.gate import Gate
from components.server.hosts import SettingBroken, read_hosts
from components.server.index_page import IndexPage, StyleSheet, with_sheet
from components.server.routes import routes
from components.server.startup import lifespan
from data.record.check import TablesBroken
from data.record.load import library

ROOT = Path(__file__).parent
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FRONTEND = Path(st.__file__).parent / "static"
INDEX = FRONTEND / "index.html"
# Endings of its text files.
COMPRESSIBLE = (".js", ".css", ".svg")
INDEX_TEXT = INDEX.read_text(encoding="utf-8")
# All inline scripts that may run: our own, that of the page of one file at its address, and Streamlit's.
SCRIPTS = [*scripts.SCRIPTS, assets.text("one_page.js").strip(), *headers.inline_scripts(INDEX_TEXT)]


try:
    library()
    hosts = read_hosts(os.environ)
except (TablesBroken, SettingBroken) as broken:
    raise SystemExit(str(broken)) from None  # the message says it all; a traceback would bury it
# What a reader brings stays in memory: a part above this size would be put into a file on disk.
MultiPartParser.spool_max_size = int(st.get_option("server.maxUploadSize") + 1) << 20
sheet = StyleSheet(theme.page_css())
frontend_files = CompressedFiles(
    {
        f"/{path.relative_to(FRONTEND).as_posix()}": path.read_bytes
        for path in FRONTEND.rglob("*")
        if path.suffix in COMPRESSIBLE
    }
    | sheet.readers
)
gc.collect()
gc.freeze()
app = st.App(
    ROOT / "components" / "frame" / "shell.py",
    lifespan=lifespan(frontend_files),
    middleware=[
        Middleware(headers.HeadersMiddleware, headers=headers.response_headers(SCRIPTS, hosts.embed)),
        Middleware(Gate, hosts=hosts),
        Middleware(FormerAddresses),
        Middleware(CompressionMiddleware, files=frontend_files),
        Middleware(IndexPage, streamlits=INDEX, ours=with_sheet(INDEX_TEXT, sheet)),
    ],
    routes=[
        *routes(),
        Route(sheet.path, sheet.answer),
        Mount("/fonts", StaticFiles(directory=assets.FONTS)),
        Mount("/geo", StaticFiles(directory=ROOT / "data" / "geo")),
        Route("/assets/plotly.min.js", lambda request: FileResponse(PLOTLY, media_type="text/javascript")),
    ],
)
