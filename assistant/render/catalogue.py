"""The catalogue of checks as Markdown: ``docs/checks.md`` is made of the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from assistant.check import Rule, family_name
from assistant.figures.dossier import NEEDS
from assistant.patterns import regex
from assistant.render.console import SEVERITY_NAMES

__all__ = ["catalogue_markdown"]

_OPENING = """# 检查目录

本文件由程序生成，不要手改：`make docs`，即 `assistant rules --markdown > docs/checks.md`。

级别：错误，没有一种读法能成立；警告，须由人看一看；提示，列出备查。“需要”一栏所列的内容缺失时，该项检查列为“未运行”，不会悄悄略过。
"""
# What Markdown would take for markup, in text that is meant as it stands.
_MARKUP = regex(r"([\\`*_\[\]<>|#])")


def catalogue_markdown(rules: Iterable[Rule]) -> str:
    """Every check by family: a table of all, then the page of each."""
    return "\n".join((_OPENING, *_families(tuple(rules)))) + "\n"


def _families(rules: tuple[Rule, ...]) -> Iterator[str]:
    for family, group in groupby(rules, key=lambda entry: entry.code[0]):
        entries = tuple(group)
        yield f"## {family} {family_name(family)}\n"
        yield "| 编号 | 检查 | 级别 | 依据 | 需要 |\n|---|---|---|---|---|"
        for entry in entries:
            needs = "、".join(NEEDS[need][0] for need in entry.needs)
            cells = (
                f"[{entry.code}](#{entry.code.lower()})",
                *map(_plain, (entry.title, SEVERITY_NAMES[entry.severity], entry.basis, needs)),
            )
            yield f"| {' | '.join(cells)} |"
        for entry in entries:
            yield f"\n### {entry.code}\n\n**{_plain(entry.title)}**\n"
            yield "  \n".join(_plain(line.strip()) for line in entry.page.splitlines() if line.strip())
        yield ""


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
