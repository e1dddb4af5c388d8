"""The events of an HTML parser → paragraphs and tables in document order. No tree of the page is ever built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.errors import UnreadableReport
from assistant.patterns import regex
from assistant.readers.web.tables import HtmlCell, Item, Place, TextItem, joined, settle
from assistant.settings import settings
from assistant.text import clean

__all__ = ["PICTURE", "Flow", "struck_classes", "tidy"]

PICTURE = "\ufffc"  # stands for a picture between paragraphs

# What a browser does not show, and the parts of a page that are never its article.
_DROPPED = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "button",
        "canvas",
        "audio",
        "video",
        "map",
        "nav",
        "footer",
        "aside",
        "dialog",
        "frameset",
        "del",
        "s",
        "strike",
    }
)
# Fields of a form: a page that an office system filled in has its figures in them; outside of tables they are there to
# be typed into. Of those that are typed into, the kinds that show what they hold.
_FIELDS = frozenset({"input", "textarea", "select"})
_SHOWN = frozenset({"", "text", "number", "tel"})
_RAISED = frozenset({"sup", "sub"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
    }
)
_BLOCK_STYLE = regex(r"display\s*:\s*(?:block|flex|grid|table)", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_OF_CLASS = regex(r"[a-z]*\.([\w-]+)", re.IGNORECASE)  # .x65, td.x65


@dataclass(slots=True)
class _OpenTable:
    place: Place
    rows: list[list[HtmlCell]] = field(default_factory=list)
    in_cell: bool = False


class Flow:
    """A parser target (lxml calls ``start``, ``end``, ``data``); what it found stands in its attributes afterwards.

    A target sees each tag once and in order, so depth and size are bounded while the file is still being parsed;
    libxml2's own trees cut off at a depth of 2048 in silence, and take quadratic time for a tag of a million
    attributes. What is of one of the classes ``struck`` is crossed out: it is not said.
    """

    def __init__(self, where: str, struck: frozenset[str] = frozenset()) -> None:
        self.where = where
        self._struck = struck
        self.items: list[Item] = []
        self.metas: dict[str, str] = {}
        self.title = ""
        self._targets: list[list[Item]] = [self.items]
        self._tables: list[_OpenTable] = []
        self._cells: list[bool] = []
        self._blocks: list[bool] = []
        self._silent: list[bool] = []  # of the same tags
        self._links: list[str] = []
        self._raised: list[bool] = []
        self._place = Place(None)
        self._pieces: list[str] = []
        self._linked = self._level = 0
        self._skipping = self._articles = self._depth = self._tags = self._characters = 0
        self._in_title = False
        self._limits = settings()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        self._depth += 1
        self._tags += 1
        self._bounded(self._depth, self._limits.max_html_depth, "层嵌套", "ASSISTANT_MAX_HTML_DEPTH")
        self._bounded(self._tags, self._limits.max_html_tags, "个标签", "ASSISTANT_MAX_HTML_TAGS")
        if self._skipping or self._dropped(tag, attributes):
            self._skipping += 1
        elif tag == "meta":
            name = attributes.get("name") or attributes.get("property") or ""
            self.metas.setdefault(name.lower(), tidy(attributes.get("content", "")))
        elif tag == "title":
            self._in_title = True
        elif tag == "br" and self._level == 1:
            self._pieces.append("\n")  # a title in two lines is one title
        elif tag == "br":
            self._flush()
        elif tag == "img" and not self._tables:
            self._targets[-1].append(
                TextItem(PICTURE, self._place, 0, False)
            )  # before the paragraph that is still open
        else:
            if tag == "a":
                self._links.append(attributes.get("href", ""))
            elif tag == "input" and not self._is_silent:
                self._pieces.append(attributes.get("value", ""))
            elif tag in _RAISED:
                # A note's number behind a figure is no digit of it: 35¹ is not 351.
                behind = bool(self._pieces) and self._pieces[-1].rstrip()[-1:].isdigit()
                self._raised.append(behind and not self._is_silent)
                self._pieces += ["（"] if self._raised[-1] else []
            self._blocks.append(tag in _BLOCKS or bool(_BLOCK_STYLE.search(attributes.get("style", ""))))
            self._silent.append(self._is_silent or self._is_struck(attributes))
            if self._blocks[-1]:
                self._open_block(tag, attributes)

    def end(self, tag: str) -> None:
        """A tag closes; the parser calls this for every ``start``, also where the page forgot it."""
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
        elif tag == "title":
            self._in_title = False
        elif tag not in ("meta", "br") and not (tag == "img" and not self._tables):
            self._silent.pop()
            if self._blocks.pop():
                self._close_block(tag)
            if tag == "a":
                self._links.pop()
            elif tag in _RAISED and self._raised.pop():
                self._pieces.append("）")

    def data(self, text: str) -> None:
        """Text, in pieces of any length."""
        if self._skipping:
            return
        self._characters += len(text)
        self._bounded(self._characters, self._limits.max_text_characters, "个字", "ASSISTANT_MAX_TEXT_CHARACTERS")
        if self._in_title:
            self.title += text
            return
        if self._is_silent:
            return
        self._pieces.append(text)
        if self._links and self._links[-1]:
            self._linked += len("".join(text.split()))

    def close(self) -> Flow:
        """The end of the file."""
        self._flush()
        self.title = tidy(self.title)
        return self

    def _dropped(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if tag in ("html", "body", "meta", "br"):
            return False  # some pages hide their body until a script has run
        if tag in _DROPPED or "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")):
            return True
        if tag in _FIELDS:
            kind = attributes.get("type", "").lower() if tag == "input" else ""
            return kind not in _SHOWN or not (self._tables and self._tables[-1].in_cell)
        if tag == "option":
            return "selected" not in attributes
        # The header of a page is furniture, that of an article holds its title.
        return tag == "header" and not self._articles

    @property
    def _is_silent(self) -> bool:
        return bool(self._silent) and self._silent[-1]

    def _is_struck(self, attributes: Mapping[str, str]) -> bool:
        style, classes = attributes.get("style", ""), attributes.get("class", "")
        return _crosses_out(style) or not self._struck.isdisjoint(classes.lower().split())

    def _open_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        self._place = Place(self._place)
        self._level = _HEADINGS.get(tag, self._level)
        table = self._tables[-1] if self._tables else None
        if tag in ("article", "main"):
            self._articles += 1
        elif tag == "table":
            self._tables.append(_OpenTable(self._place))
        elif tag == "tr" and table and not table.in_cell:
            table.rows.append([])
        elif tag in ("td", "th"):
            opens = table is not None and not table.in_cell
            self._cells.append(opens)
            if table and opens:
                cell = HtmlCell.spanning(attributes.get("rowspan", ""), attributes.get("colspan", ""))
                table.rows = table.rows or [[]]
                table.rows[-1].append(cell)
                table.in_cell = True
                self._targets.append(cell.items)

    def _close_block(self, tag: str) -> None:
        self._flush()
        self._place = self._place.parent or self._place
        if tag in _HEADINGS:
            self._level = 0
        elif tag in ("article", "main"):
            self._articles -= 1
        elif tag == "table":
            table = self._tables.pop()
            self._targets[-1].extend(settle(table.rows, table.place, self.where))
        elif tag in ("td", "th") and self._cells.pop():
            self._targets.pop()
            self._tables[-1].in_cell = False

    def _flush(self) -> None:
        """The paragraph that has been collected so far ends here."""
        if not self._pieces:
            return
        text = tidy("".join(self._pieces))
        if text:
            # A sentence is no label of a link, but follows one that the page forgot to close.
            linked = self._linked > 0 and self._linked >= 0.8 * len("".join(text.split())) and not text.endswith("。")
            self._targets[-1].append(TextItem(text, self._place, self._level, linked))
        self._pieces.clear()
        self._linked = 0

    def _bounded(self, count: int, limit: int, what: str, setting: str) -> None:
        if count > limit:
            raise UnreadableReport(
                f"网页过大或已损坏（超过{limit}{what}）",
                where=self.where,
                help=f"请确认这是年度报告的网页；确需读取时调高 {setting}，或只保存正文部分。",
            )


def struck_classes(page: str) -> frozenset[str]:
    """Classes that the page's style sheets cross out, as Excel and Word write them for cells and words."""
    page = page.lower()
    if "line-through" not in page:
        return frozenset()
    sheets = (part.partition("</style")[0].partition(">")[2] for part in page.split("<style")[1:])
    rules = (rule.rpartition("{") for sheet in sheets for rule in sheet.split("}"))
    selectors = (names.rpartition("{")[2].split(",") for names, _, body in rules if _crosses_out(body))
    found = (_OF_CLASS.fullmatch(one.strip()) for each in selectors for one in each)
    return frozenset(one[1] for one in found if one)


def _crosses_out(style: str) -> bool:
    if "line-through" not in style.lower():
        return False
    declarations = (each.partition(":") for each in style.lower().split(";"))
    return any(
        name.strip().startswith("text-decoration") and "line-through" in value for name, _, value in declarations
    )


def tidy(raw: str) -> str:
    """Text as a browser shows it: any run of blanks is one, and a line break in the source between Chinese is none."""
    lines = [line for line in (" ".join(line.split()) for line in clean(raw).split("\n")) if line]
    return joined(lines)
