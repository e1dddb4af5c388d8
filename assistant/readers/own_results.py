"""How this program's own results are told from reports: by the name of the file, or by what a page calls itself."""

from __future__ import annotations

from pathlib import Path

from assistant.patterns import regex

__all__ = ["GENERATOR", "OUR_COMMENTS", "RESULT_SUFFIX", "is_result"]

OUR_COMMENTS = frozenset({"年度报告检查", "数字来源"})
"""Authors of the comments that a check or a draft writes into a Word file: no traces of drafting."""

# What a check of 报告.docx is called, 报告_检查.docx, and what its web pages call themselves (<meta name="generator">).
RESULT_SUFFIX, GENERATOR = "_检查", "assistant: check result"
_RESULT, _HEAD = regex(rf"{RESULT_SUFFIX}(?:_\d+)?$"), 1000  # bytes: a page of ours names itself before its style


def is_result(file: Path) -> bool:
    """Whether a file was written by a check; one that cannot be opened is none, whoever reads it will say what is
    wrong."""
    if _RESULT.search(file.stem):
        return True
    if file.suffix.lower() != ".html":
        return False
    try:
        with file.open("rb") as page:
            return GENERATOR.encode() in page.read(_HEAD)
    except OSError:
        return False
