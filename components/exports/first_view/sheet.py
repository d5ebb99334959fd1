"""How is a page laid out before its scripts run? By the style sheet of the live page, read for the names of the first view.

Rules of the live page name its parts as the frontend does. Those rules are repeated with names of the first view in their
place, so that a change of the style sheet holds for both; all other rules hold for both anyway.
"""

import re
from functools import cache

from components import assets, theme

# What the frontend calls its parts, and a page its own: .stMain, [data-testid="stMain"], .st-key-map, [class*="st-key-lead-"].
PART = re.compile(r'\.st(?=[A-Z])|\[data-testid="st([A-Z]\w*)"\]|\.st-key-|(?<=class\*=")st-key-')
RULE = re.compile(r"([^{}]*)\{")


@cache
def first_view_css() -> str:
    """What the first view needs beside the style sheet of the live page."""
    return assets.text("first_view.css") + renamed(theme.page_css())


def renamed(css: str) -> str:
    """The rules of a style sheet that name parts of the live page, with the names of the first view."""
    rules, at = [], 0
    while found := RULE.search(css, at):
        end = _end_of_block(css, found.end())
        head, body = found[1].strip(), css[found.end() : end - 1]
        if head.startswith("@"):
            inner = renamed(body) if "{" in body else ""
            rules.append(f"{head} {{ {inner} }}\n" if inner else "")
        elif PART.search(head):
            rules.append(f"{PART.sub(_name_of, head)} {{{body}}}\n")
        at = end
    return "".join(rules)


def _name_of(part: "re.Match[str]") -> str:
    if part[1]:
        return f".first-{part[1]}"
    return {".st": ".first-", ".st-key-": ".first-key-", "st-key-": "first-key-"}[part[0]]


def _end_of_block(css: str, start: int) -> int:
    """Where the block ends whose opening brace is before `start`: after its closing brace."""
    depth, at = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(css[at], 0)
        at += 1
    return at
