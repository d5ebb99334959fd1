"""What stands around the drawing of a slide? Title and sentence above, source, days, filters and number below."""

import re
from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from components import theme
from components.exports.picture import as_of_line
from components.exports.slides.master import MARGIN, NUMBER_BOX, SLIDE_WIDTH, TITLE_BOX
from components.exports.slides.text import (
    LIST_ENDS,
    SENTENCE_SIZE,
    SMALLEST_SIZE,
    TITLE_SIZE,
    Box,
    Paragraph,
    add_run,
    add_text_box,
    clean_text,
    drop_template_style,
    line_count,
    line_height,
    set_decorative,
    set_line,
    split_sentences,
    text_height,
    truncated,
)
from components.panels.panel import Panel

GAP = 0.12
NUMBER_FIELD_ID = "{C1FF6DA9-008F-8B48-92A6-B652298478BF}"
# Sizes of type of the sentence and the lines that it may then have; it is cut where none holds it.
SENTENCE_SIZES = ((SENTENCE_SIZE, 2), (SMALLEST_SIZE, 2), (SMALLEST_SIZE, 3))
# Sizes of type of a title and the lines that it may then have, the first that holds it.
TITLE_SIZES: tuple[tuple[int, int], ...] = ((TITLE_SIZE, 1), (24, 1), (24, 2), (20, 2))
MANY_DOCUMENTS = re.compile(r"Sources: \d+ documents")


def title_and_sentence(title: str, summary: str) -> tuple[str, str]:
    """The title and the sentence under it: of a title that is too long, what follows its colon is the sentence."""
    head, colon, rest = title.rpartition(": ")
    if _title_size(title) or not colon or not _title_size(head):
        return title, clean_text(summary)
    return head, clean_text(f"{rest[:1].upper()}{rest[1:].rstrip('.')}.")


def _title_size(title: str) -> int:
    """The size of type at which a title fits; 0 where it is too long."""
    fits = (size for size, lines in TITLE_SIZES if line_count(title, size, TITLE_BOX.width, True) <= lines)
    return next(fits, 0)


def set_title(slide: Any, title: str) -> float:
    """The title in its placeholder: smaller where it is long, and cut at a word where it is longer still; where it ends, in
    inches from above."""
    smallest, most_lines = TITLE_SIZES[-1]
    size = _title_size(title) or smallest
    text = truncated(title, size, TITLE_BOX.width, most_lines, True)
    lines = line_count(text, size, TITLE_BOX.width, True)
    box = TITLE_BOX if lines == 1 else Box(MARGIN, TITLE_BOX.top - 0.08, TITLE_BOX.width, lines * line_height(size))
    holder = slide.shapes.title
    if lines > 1:
        holder.left, holder.top, holder.width, holder.height = box.emu
    frame = holder.text_frame
    frame.word_wrap = True
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    add_run(frame.paragraphs[0], Paragraph(text, size, theme.INK, True))
    return box.top + box.height


def add_sentence(slide: Any, sentence: str, title_end: float) -> float:
    """The sentence under the title; where it ends, in inches from above."""
    top = title_end + 0.08
    if not sentence:
        return top
    width = TITLE_BOX.width
    fits = ((size, lines) for size, lines in SENTENCE_SIZES if line_count(sentence, size, width) <= lines)
    size, lines = next(fits, SENTENCE_SIZES[0])
    paragraphs = [Paragraph(truncated(sentence, size, width, lines), size)]
    box = Box(MARGIN, top, TITLE_BOX.width, text_height(paragraphs, TITLE_BOX.width))
    add_text_box(slide.shapes, box, paragraphs, "Summary")
    return top + box.height


def footer(panel: Panel) -> list[Paragraph]:
    """Source, days and choices on two lines where they fit; the last line leaves room for the number of the slide."""
    package_title = panel.library.dictionary["title"]
    source = clean_text(panel.source or f"{package_title}; these rows name no document of their own.")
    source = source if source.startswith("Source") else f"Source: {source}"
    source = _sources_that_fit(source, len(panel.documents))
    days, filters = clean_text(as_of_line(panel)), clean_text(f"Filters: {panel.filters or 'none'}.")
    last_width = TITLE_BOX.width - NUMBER_BOX.width - GAP
    if line_count(f"{days} {filters}", SMALLEST_SIZE, last_width) == 1:
        lines = [source, f"{days} {filters}"]
    elif _is_one_line(f"{source} {filters}") and line_count(days, SMALLEST_SIZE, last_width) == 1:
        lines = [f"{source} {filters}", days]
    elif MANY_DOCUMENTS.match(source) and _is_one_line(f"{_head_of(source)} {filters}"):
        lines = [f"{_head_of(source)} {filters}", days]
    else:
        lines = [source, days, truncated(filters, SMALLEST_SIZE, last_width, 1)]
    return [Paragraph(text, SMALLEST_SIZE, theme.MUTED) for text in lines]


def _head_of(source: str) -> str:
    """The number of documents, without what follows it."""
    return f"{source.split(';')[0].rstrip('.')}."


def _is_one_line(text: str) -> bool:
    return line_count(text, SMALLEST_SIZE, TITLE_BOX.width) == 1


def _sources_that_fit(source: str, count_of_documents: int) -> str:
    """The documents on one line: of several as many as fit, the others counted; of many their number."""
    if _is_one_line(source):
        return source
    parts = LIST_ENDS.split(source)
    if MANY_DOCUMENTS.match(source):
        return _head_of(source)
    for count in range(len(parts) - 1, 0, -1):
        text = f"{' '.join(parts[:count])} and {len(parts) - count} more, in the notes."
        if _is_one_line(text):
            return text
    if count_of_documents > 1:
        return f"Sources: {count_of_documents} documents, in the notes."
    sentences = list(split_sentences(source))
    if len(sentences) > 1 and _is_one_line(sentences[0]):
        return sentences[0]
    return truncated(source, SMALLEST_SIZE, TITLE_BOX.width, 1, stops=LIST_ENDS)


def add_footer(slide: Any, footer: list[Paragraph], top: float) -> None:
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *_line_ends(top - 0.05))
    line.name = "Line above the source"
    drop_template_style(line)
    set_decorative(line)
    set_line(line.line, theme.BORDER, 0.75)
    box = Box(MARGIN, top, TITLE_BOX.width, text_height(footer, TITLE_BOX.width))
    add_text_box(slide.shapes, box, footer, "Source, days, filters")
    add_slide_number(slide)


def _line_ends(top: float) -> tuple[Any, Any, Any, Any]:
    left, at, width, _ = Box(MARGIN, top, SLIDE_WIDTH - 2 * MARGIN, 0).emu
    return left, at, left + width, at


def add_slide_number(slide: Any) -> None:
    """The number of the slide, which follows when slides are moved."""
    shape = add_text_box(
        slide.shapes, NUMBER_BOX, [Paragraph("", SMALLEST_SIZE, theme.MUTED)], "Slide number", PP_ALIGN.RIGHT
    )
    paragraph = shape.text_frame.paragraphs[0]._p
    run = paragraph.find(qn("a:r"))
    field = parse_xml(f'<a:fld {nsdecls("a")} id="{NUMBER_FIELD_ID}" type="slidenum"><a:t>‹#›</a:t></a:fld>')
    field.insert(0, run.find(qn("a:rPr")))
    paragraph.replace(run, field)
