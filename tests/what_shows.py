"""What does a changed copy of the project show? `python -m tests.what_shows ASKED SHOWN`, run in that copy, reads what is asked and writes what is shown, both as JSON.

Nothing is served: pages run without a browser, addresses are asked in this process.
"""

import json
import sys
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from components.server.routes import routes
from data.record.check import check_folder
from tests.asked import asked
from tests.conftest import in_a_loop, run_page


def page(path: str, press: str = "", **choices: str) -> dict[str, Any]:
    """A page in words: its text, the keys of its widgets, the ids of the rows in its tables, the names on its charts."""
    app = run_page(path, **choices)
    if press:
        app.button(key=press).click().run()
    return {
        "errors": [error.message for error in app.exception],
        "text": " ".join(part.proto.body for part in app.get("html")),
        "links": [link.proto.page for link in app.get("page_link")],
        "widgets": [widget.key for kind in ("multiselect", "button_group", "selectbox") for widget in app.get(kind)],
        "rows": {frame.proto.alt: frame.value.iloc[:, 0].tolist() for frame in app.dataframe},
        "charts": [name for chart in app.get("plotly_chart") for name in names_on(json.loads(chart.proto.spec))],
        "maps": [json.loads(chart.proto.json)["layers"] for chart in app.get("deck_gl_json_chart")],
    }


def names_on(figure: dict[str, Any]) -> list[str]:
    return [trace["name"] for trace in figure["data"] if trace.get("name")]


def answer(path: str) -> tuple[int, str]:
    """Status and text of what the server would answer at an address of the data."""
    told = in_a_loop(asked(Starlette(routes=routes()), path))
    return told.status, told.text


if __name__ == "__main__":
    wanted = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    shown = {
        "pages": {name: page(**request) for name, request in wanted["pages"].items()},
        "answers": {name: answer(path) for name, path in wanted["answers"].items()},
        "problems": [str(problem) for problem in check_folder(Path(wanted["broken"])).problems],
    }
    Path(sys.argv[2]).write_text(json.dumps(shown), encoding="utf-8")
