"""The manual, as a page: the same text that is read in docs/."""

from __future__ import annotations

from itertools import pairwise

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from assistant.resources import folder
from assistant.web.templates import page

__all__ = ["PICTURES", "router"]

router = APIRouter()
_MANUAL = folder("docs") / "手册.md"
PICTURES = folder("docs") / "pictures"


@router.get("/help", include_in_schema=False)
def manual() -> Response:
    from markdown_it import MarkdownIt

    marks = MarkdownIt("commonmark", {"html": False})
    read = marks.parse(_MANUAL.read_text(encoding="utf-8"))
    headings = []
    for opened, inside in pairwise(read):
        if opened.type == "heading_open" and opened.tag != "h1":
            opened.attrSet("id", inside.content)
            headings.append((opened.tag, inside.content))
    shown = marks.renderer.render(read, marks.options, {})
    return HTMLResponse(page("help.html", here="帮助", manual=shown, headings=headings))
