"""What messages say of commands, said as the pages have it: who looks at a page has no command line."""

from __future__ import annotations

from assistant.patterns import regex

__all__ = ["on_page"]

_ON_PAGE = tuple(
    (regex(rf" ?{command} ?"), control)
    for command, control in (
        (r"运行 assistant ingest(?: <[^>]*>)?", "在“资料库”页导入"),
        (r"用 assistant ingest", "在“资料库”页"),
        (r"assistant ingest(?: <[^>]*>)?", "“资料库”页"),
        (r'assistant library prefer "[^"]*"', "在“资料库”页点“改用这份”"),
        (r"assistant library remove \d+", "“资料库”页的“删去”"),
        (r"assistant library verify", "“资料库”页的“核对是否完好”"),
        (r"assistant library rebuild", "“资料库”页的“修复”"),
        (r"assistant library list", "“资料库”页"),
        (r"assistant template", "“写”页"),
        (r"assistant check", "“查”页"),
        (r"可加 --force", "可以照样起草"),
    )
)


def on_page(text: str) -> str:
    """
    >>> on_page("请再次运行 assistant ingest 重建向量")
    '请再次在“资料库”页导入重建向量'
    """
    for command, control in _ON_PAGE:
        text = command.sub(control, text)
    return text
