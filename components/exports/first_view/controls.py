"""How does a control look before it can be used? Like itself, and each choice that the address can hold is a link to it.

A press before the scripts are there is done once they are: `data-key` names the control, `data-nth` its option.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from components import assets
from components.exports.first_view.tree import Node
from data.record.dates import date_in_words

# What leads to the address of the page with other values of a parameter.
ToChoice = Callable[[str, list[str]], str]
# Options of a list that are written out; of more the chosen ones alone are, since their addresses would be most of a page.
MOST_LISTED = 40
CHOSEN = ' class="chosen" aria-current="true"'


@dataclass(frozen=True)
class Addresses:
    """Where controls lead without a script: to the page with another choice, and, by the key of a button, elsewhere."""

    to_choice: ToChoice
    of_button: Mapping[str, str]


def button(node: Node, addresses: Addresses) -> str:
    """A button; one that leads to a file or a page is a link to it."""
    content = node.content
    inner = f"{icon(content.icon)}<span>{escape(content.label)}</span>"
    look = f'class="first-button {content.type}" data-key="{escape(node.key)}"'
    address = addresses.of_button.get(node.key)
    if address:
        html = f'<a {look} href="{escape(address)}">{inner}</a>'
    else:
        html = f'<button {look} type="button"{" disabled" * content.disabled}>{inner}</button>'
    return f'<span class="first-TooltipHoverTarget">{html}</span>' if content.help else html


def icon(name: str) -> str:
    """An icon of the frontend by its name, as :material/link:, at the size of a button; a place for one that is not at hand."""
    path = assets.ICONS.get(name.strip(":").removeprefix("material/"), "")
    return f'<svg class="first-icon" viewBox="0 0 960 960" aria-hidden="true"><path d="{path}"/></svg>' if name else ""


def button_group(node: Node, addresses: Addresses) -> str:
    """Buttons side by side, of which some are chosen."""
    content = node.content
    chosen = set(content.raw_values) or {content.options[at].content for at in content.default}
    words = [option.content for option in content.options]
    look = ("pills" if content.style == content.PILLS else "segments") + " wraps" * content.wrap
    options = [_option(node, at, chosen, words, addresses) for at in range(len(words))]
    return f'{_label(content)}<div class="first-{look}" role="group" aria-label="{escape(content.label)}">{"".join(options)}</div>'


def _option(node: Node, at: int, chosen: set[str], words: list[str], addresses: Addresses) -> str:
    content, word = node.content, words[at]
    is_chosen = word in chosen
    name = content.query_param_key
    look = f'data-key="{escape(node.key)}" data-nth="{at}"{CHOSEN * is_chosen}'
    address = addresses.of_button.get(f"{node.key}/{word.split(' (')[0]}")
    if name:
        several = content.click_mode == content.MULTI_SELECT
        picked = [other for other in words if (other in chosen) != (other == word)] if several else [word]
        address = addresses.to_choice(name, picked)
    if address:
        return f'<a {look} href="{escape(address)}">{escape(word)}</a>'
    return f'<button type="button" {look}>{escape(word)}</button>'


def multiselect(node: Node, addresses: Addresses) -> str:
    """A list of which several may be chosen: the chosen ones, and the others in a list that unfolds."""
    content = node.content
    options = list(content.options)
    chosen = list(content.raw_values) or [options[at] for at in content.default]
    tags = "".join(f'<span class="first-tag" data-tag><span>{escape(word)}</span><i>×</i></span>' for word in chosen)
    shown = tags or f'<span class="first-placeholder">{escape(content.placeholder)}</span>'
    links = _links(
        content, options, lambda word: [one for one in options if (one in chosen) != (one == word)], addresses
    )
    return _label(content) + _box(node, shown, links, clear=bool(chosen))


def selectbox(node: Node, addresses: Addresses) -> str:
    """A list of which one is chosen, and the others in a list that unfolds."""
    content = node.content
    options = list(content.options)
    chosen = content.raw_value or (options[content.default] if content.HasField("default") else "")
    shown = (
        f"<span>{escape(chosen)}</span>"
        if chosen
        else f'<span class="first-placeholder">{escape(content.placeholder)}</span>'
    )
    return _label(content) + _box(node, shown, _links(content, options, lambda word: [word], addresses))


def _links(content: Any, options: list[str], to_values: Callable[[str], list[str]], addresses: Addresses) -> str:
    name = content.query_param_key
    if not name or len(options) > MOST_LISTED:
        return ""
    items = [(word, addresses.to_choice(name, to_values(word))) for word in options]
    return "".join(f'<li><a href="{escape(address)}">{escape(word)}</a></li>' for word, address in items)


def _box(node: Node, shown: str, links: str, clear: bool = False) -> str:
    """The box of a list. A box that unfolds needs no script."""
    label, key = escape(node.content.label), escape(node.key)
    mark = '<i class="first-clear"></i>' * clear + '<i class="first-open"></i>'
    if not links:
        return f'<div class="first-box" role="group" aria-label="{label}" data-key="{key}">{shown}{mark}</div>'
    return f'<div><details class="first-list"><summary class="first-box" aria-label="{label}" data-key="{key}">{shown}{mark}</summary><ul>{links}</ul></details></div>'


def slider(node: Node, addresses: Addresses) -> str:
    """A line from the least to the greatest value, with what is chosen on it."""
    content = node.content
    values = list(content.value) if content.set_value else list(content.default)
    span = (content.max - content.min) or 1
    places = [100 * (value - content.min) / span for value in values]
    left, right = (places[0], places[-1]) if len(places) > 1 else (0, places[0])
    knobs = "".join(
        f'<i style="left:{place:.2f}%"><b>{value:.0f}</b></i>' for place, value in zip(places, values, strict=True)
    )
    track = f'<span class="first-track"><u style="left:{left:.2f}%;right:{100 - right:.2f}%"></u>{knobs}</span>'
    return f'{_label(content)}<div class="first-slider" role="group" aria-label="{escape(content.label)}" data-key="{escape(node.key)}">{track}</div>'


def text_input(node: Node, addresses: Addresses) -> str:
    content = node.content
    text = content.value if content.set_value else content.default
    return f'{_label(content)}<div class="first-box" data-key="{escape(node.key)}">{escape(text) or _placeholder(content)}</div>'


def _placeholder(content: Any) -> str:
    return f'<span class="first-placeholder">{escape(content.placeholder)}</span>'


def date_input(node: Node, addresses: Addresses) -> str:
    content = node.content
    days = list(content.value) if content.set_value else list(content.default)
    text = ", ".join(date_in_words(day.replace("/", "-")) for day in days)
    return f'{_label(content)}<div class="first-box" data-key="{escape(node.key)}">{escape(text)}</div>'


def checkbox(node: Node, addresses: Addresses) -> str:
    content = node.content
    is_on = content.value if content.set_value else content.default
    look = "first-check toggle" if content.type == content.TOGGLE else "first-check"
    return f'<span class="{look}" data-key="{escape(node.key)}"><i{" class=chosen" * bool(is_on)}></i>{escape(content.label)}</span>'


def _label(content: Any) -> str:
    """The label of a control, where it is in sight."""
    if content.label_visibility.value or not content.label:
        return ""
    help_mark = '<i class="first-help">?</i>' if content.help else ""
    return f'<span class="first-WidgetLabel">{escape(content.label)}{help_mark}</span>'


CONTROLS: dict[str, Callable[[Node, Addresses], str]] = {
    "button": button,
    "button_group": button_group,
    "multiselect": multiselect,
    "selectbox": selectbox,
    "slider": slider,
    "text_input": text_input,
    "date_input": date_input,
    "checkbox": checkbox,
}
# What the style sheet calls the box around a control, as the frontend does.
NAMES = {
    "button": "Button",
    "button_group": "ButtonGroup",
    "multiselect": "MultiSelect",
    "selectbox": "Selectbox",
    "slider": "Slider",
    "text_input": "TextInput",
    "date_input": "DateInput",
    "checkbox": "Checkbox",
}
