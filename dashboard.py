"""How is it all served? The server around `components/shell.py`; run with `streamlit run dashboard.py`."""

import gc
from pathlib import Path

import plotly
import streamlit as st
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from components import paper
from components.routes import routes
from components.warm import lifespan
from data.check import TablesBroken
from data.load import library

ROOT = Path(__file__).parent
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


try:
    library()
except TablesBroken as broken:
    raise SystemExit(str(broken)) from None  # the message says it all; a traceback would bury it
gc.collect()
gc.freeze()
app = st.App(
    ROOT / "components" / "shell.py",
    lifespan=lifespan,
    routes=[
        *routes(),
        *paper.routes(),
        Mount("/geo", StaticFiles(directory=ROOT / "data" / "geo")),
        Route("/assets/plotly.min.js", lambda request: FileResponse(PLOTLY, media_type="text/javascript")),
    ],
)
