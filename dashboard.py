"""How is it all served? The server around `components/frame/shell.py`; run with `streamlit run dashboard.py`."""

import os
from functools import partial
from pathlib import Path

import plotly
import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from components import assets, theme
from components.exports.first_view.sheet import first_view_css
from components.frame import faults, scripts
from components.server import frontend_words, headers, memory, site_files
from components.server.behind_proxy import BehindProxy, TrustedProxies, read_prefix, trusted_proxies
from components.server.compression import CompressedFiles, CompressionMiddleware
from components.server.connections import InPieces, ended_at_once, running_server
from components.server.first_view import FirstViews
from components.server.former_addresses import FormerAddresses
from components.server.gate import Gate
from components.server.hosts import SettingBroken, read_hosts
from components.server.index_head import with_own_head
from components.server.index_page import IndexDocument, IndexPage, StyleSheet
from components.server.routes import routes
from components.server.startup import HealthOnceReady, Readiness, lifespan
from data.record.check import TablesBroken
from data.record.load import library

ROOT = Path(__file__).parent
# Says how to report a weakness; an installation may leave it out.
SECURITY = ROOT / "SECURITY.md"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FRONTEND = Path(st.__file__).parent / "static"
INDEX = FRONTEND / "index.html"
# Endings of its text files.
COMPRESSIBLE = (".js", ".css", ".svg")
INDEX_TEXT = with_own_head(INDEX.read_text(encoding="utf-8"))
# All inline scripts that may run: our own, that of the page of one file at its address, and Streamlit's.
FIRST_VIEW_SCRIPT = assets.text("begin_lists.js") + assets.text("first_view.js")
SCRIPTS = [FIRST_VIEW_SCRIPT, assets.text("one_page.js").strip(), *scripts.SCRIPTS, *headers.inline_scripts(INDEX_TEXT)]


memory.share_among_threads()
memory.collect_nothing()
try:
    str(ROOT).encode()
except UnicodeEncodeError:
    raise SystemExit(
        "The folder of the dashboard has letters that this locale has not: start it with PYTHONUTF8=1."
    ) from None
try:
    with ended_at_once():
        library()
    hosts = read_hosts(os.environ)
    prefix = read_prefix()
except (TablesBroken, SettingBroken) as broken:
    raise SystemExit(str(broken)) from None  # the message says it all; a traceback would bury it
# What a reader brings stays in memory: a part above this size would be put into a file on disk.
MultiPartParser.spool_max_size = int(st.get_option("server.maxUploadSize") + 1) << 20
sheets = (StyleSheet("page", theme.page_css()), StyleSheet("first", first_view_css()))
views = FirstViews(IndexDocument(INDEX_TEXT, *sheets, FIRST_VIEW_SCRIPT))
frontend_files = CompressedFiles(
    {
        f"/{path.relative_to(FRONTEND).as_posix()}": partial(frontend_words.in_our_words, path.read_bytes)
        for path in FRONTEND.rglob("*")
        if path.suffix in COMPRESSIBLE
    }
    | {sheet.path: sheet.read for sheet in sheets}
)
readiness = Readiness()
app = st.App(
    ROOT / "components" / "frame" / "shell.py",
    on_script_error=faults.show,
    lifespan=lifespan(readiness, frontend_files, views.warm, prefix),
    middleware=[
        Middleware(InPieces),
        Middleware(TrustedProxies, trusted_hosts=trusted_proxies(os.environ, running_server())),
        Middleware(BehindProxy, prefix=prefix),
        Middleware(headers.HeadersMiddleware, headers=headers.response_headers(SCRIPTS, hosts.embed)),
        Middleware(Gate, hosts=hosts),
        Middleware(HealthOnceReady, readiness=readiness),
        Middleware(FormerAddresses),
        Middleware(CompressionMiddleware, files=frontend_files),
        Middleware(IndexPage, streamlits=INDEX, answers=views.respond),
    ],
    routes=[
        *routes(),
        *site_files.routes(SECURITY.read_text(encoding="utf-8") if SECURITY.exists() else ""),
        *(Route(sheet.path, sheet.answer) for sheet in sheets),
        Mount("/fonts", StaticFiles(directory=assets.FONTS)),
        Mount("/geo", StaticFiles(directory=ROOT / "data" / "geo")),
        Route("/assets/plotly.min.js", lambda request: FileResponse(PLOTLY, media_type="text/javascript")),
    ],
)
