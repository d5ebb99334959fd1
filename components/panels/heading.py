"""What is at the head of a page? Its question as the title, what an earlier view leaves out, the sentence that answers it."""

from html import escape

from components.filters import sentence_on_view
from components.navigation import Page
from components.panels.answers import answer_of
from components.panels.elements import paragraph_html
from data.query.select import Selection
from data.record.load import Library


def heading_html(page: Page, library: Library, selection: Selection) -> str:
    """The head of a page with the choices that its answer depends on, in HTML."""
    title = f"<h1>{escape(page.question)}</h1>{paragraph_html('view-notice', sentence_on_view(selection.values))}"
    answer = paragraph_html("answer", answer_of(page.path, library, selection))
    return f'<div class="page-head"><div class="page-title">{title}</div>{answer}</div>'
