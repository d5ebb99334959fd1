"""How is it all served? The server around `components/shell.py`; run with `streamlit run dashboard.py`."""

import gc
from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from data.check import TablesBroken
from data.load import library

ROOT = Path(__file__).parent


try:
    library()
except TablesBroken as broken:
    raise SystemExit(str(broken)) from None  # the message says it all; a traceback would bury it
gc.collect()
gc.freeze()
app = st.App(
    ROOT / "components" / "shell.py",
    routes=[Mount("/geo", StaticFiles(directory=ROOT / "data" / "geo"))],
)
