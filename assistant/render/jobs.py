"""What asking, drafting and ingesting show in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from assistant.render.console import SEVERITY_NAMES, show_finding
from assistant.text import clean, name_of, printable

if TYPE_CHECKING:
    from assistant.asking.calculation.trend import Series
    from assistant.asking.result import Answer, Citation
    from assistant.check import Finding
    from assistant.drafting import Manuscript
    from assistant.drafting.refresh.refresh import Refreshed
    from assistant.drafting.rewording import Piece
    from assistant.library import CatalogEntry
    from assistant.library.documents import SetAside
    from assistant.library.ingest import Outcome

__all__ = [
    "Progress",
    "library_json",
    "show_answer",
    "show_draft",
    "show_library",
    "show_refreshed",
    "show_trend",
    "source_line",
]

_COLOURS = {"same": "{}", "dropped": "[red]［删：{}］[/]", "added": "[green]［增：{}］[/]"}
_KINDS = {"report": "报告", "regulation": "法规"}


class Progress:
    """One line for each document, one bar for ``files`` and then for passages; no bar where there is no terminal."""

    def __init__(self, out: Console, files: int) -> None:
        self._out = out
        self._bar = Bar(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=out, transient=True, disable=not out.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("导入", total=files)

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def document(self, outcome: Outcome) -> None:
        """One document has been taken in, or has failed."""
        style = "red" if outcome.error else ""
        self._out.print(f"{name_of(outcome.path)}　{clean(outcome.line)}", style=style, markup=False)
        self._bar.advance(self._task)

    def summary(self, outcomes: Sequence[Outcome]) -> None:
        """How many there were of each, where there were several."""
        counts = Counter(outcome.action for outcome in outcomes)
        if len(outcomes) > 1:
            counted = "，".join(f"{action}{count}份" for action, count in counts.items())
            self._out.print(f"共{len(outcomes)}份：{counted}", markup=False, highlight=False)

    def vectors(self, done: int, total: int) -> None:
        """``done`` of ``total`` passages have their vectors."""
        self._bar.update(self._task, description="建立语义索引", completed=done, total=total)


def show_library(entries: Sequence[CatalogEntry], out: Console, set_aside: Sequence[SetAside]) -> None:
    """The documents of the library, a line each; below, the files that no answer rests on."""
    if not entries:
        out.print("资料库是空的。用 assistant ingest 导入往年报告和条例。")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("编号", "类别", "名称", "文件"):
        table.add_column(heading, overflow="fold")
    for entry in entries:
        table.add_row(str(entry.id), _KINDS[entry.kind], escape(printable(entry.name)), escape(printable(entry.file)))
    out.print(table)
    for one in set_aside:
        out.print(f"注意：{clean(one.line)}", style="yellow", markup=False)


def library_json(entries: Iterable[CatalogEntry], set_aside: Sequence[SetAside]) -> list[dict[str, Any]]:
    """Each document; ``set_aside`` are other files of the same unit and year, ``preferred`` tells that a person chose
    this one before them."""
    return [
        {
            "id": e.id, "kind": e.kind, "unit": e.unit, "year": e.year, "title": e.title, "file": e.file,
            "set_aside": [one.path for one in set_aside if one.document == e.id],
            "preferred": any(one.chosen for one in set_aside if one.document == e.id),
        }
        for e in entries
    ]  # fmt: skip


def show_answer(answer: Answer, out: Console) -> None:
    """The answer, and where each part of it can be looked up."""
    if answer.answer:
        out.print(clean(answer.answer), markup=False)
    if answer.route == "figures" and answer.reading:
        out.print(answer.reading, style="dim", markup=False)
    if not answer.citations:
        return
    out.print("[dim]出处：[/]")
    for citation in answer.citations:
        out.print(f"  {source_line(citation)}", style="dim", markup=False)


def source_line(citation: Citation, *, quote: bool = True) -> str:
    """A citation on one line: the document, the place, the cell's name and, where wanted, what stands there."""
    document = f"{citation.unit}{citation.year}年报告　" if citation.unit and citation.year else ""
    source = f"{document}{printable(citation.where)}"
    return f"{source}：{printable(citation.quote)}" if quote else source


def show_trend(series: Sequence[Series], output: Path | None, out: Console) -> None:
    """A table for each series: the year, its figure, the change on the year before, the cell."""
    for one in series:
        table = Table(
            title=escape(printable(f"{one.unit}　{one.label}")), title_justify="left", box=None, pad_edge=False
        )
        for heading, side in (("年度", "left"), ("数字", "right"), ("比上年", "right"), ("出处", "left")):
            table.add_column(heading, justify="right" if side == "right" else "left", overflow="fold")
        before: Decimal | None = None
        points = "个百分点" if one.measure == "%" else ""
        for point in one.points:
            value, where = point.value, point.where or "资料库中没有这一年的报告"
            change = "" if value is None or before is None else f"{value - before:+f}{points}"
            blank = "无法计算：分母为0" if point.over_nothing else "（空白）" if point.where else ""
            shown = f"{value:f}{one.measure}" if value is not None else blank
            table.add_row(str(point.year), shown, change, escape(where))
            before = value
        out.print(table)
    if output:
        out.print(f"已写入{printable(str(output))}", markup=False)


def _in_colours(changes: Iterable[Piece]) -> str:
    """What changed in a note, in words too: a log has no colours."""
    return "".join(_COLOURS[kind].format(escape(printable(text))) for kind, text in changes)


def show_draft(manuscript: Manuscript, output: Path, out: Console) -> None:
    """Where the draft is, who wrote which part, and what the checks found."""
    out.print(f"[bold]已写入{escape(str(output))}[/]　{escape(manuscript.title)}")
    writers: Counter[str] = Counter(text.by for text in manuscript.parts)
    who = "，".join(
        f"{name}{writers[by]}部分" for by, name in (("model", "模型撰写"), ("composer", "程序撰写")) if writers[by]
    )
    figures = sum(len(text.uses) for text in manuscript.parts)
    model = "没有用模型" if manuscript.model == "none" else f"模型：{escape(manuscript.model)}"
    out.print(f"  {who}（{model}）；文中{figures}个数字都有来源")
    for text in manuscript.parts:
        if text.refusals and text.by == "composer":
            out.print(f"  [yellow]注意[/] {text.part.id}：模型的文字没有采用（{escape(printable(text.refusals[-1]))}）")
        for each in text.sentences():
            if each.changed:
                out.print(f"  改动 {escape(text.part.number)}　{_in_colours(each.changes)}", highlight=False)
            if each.suggestion:
                said = escape(printable(each.suggestion))
                out.print(
                    f"  [yellow]可以这样写[/] {escape(text.part.number)}　{said}（没有写进去，请看意思是否相同）",
                    highlight=False,
                )
    for line in manuscript.rests_on():
        out.print(f"  {escape(printable(line))}", style="dim", highlight=False)
    _show_findings(manuscript.findings, "起草", out)


def show_refreshed(refreshed: Refreshed, output: Path, out: Console) -> None:
    """What was written anew, what a person must reread or place, and what the checks found."""
    out.print(f"[bold]已写入{escape(str(output))}[/]　{escape(refreshed.unit)}{refreshed.year}年报告，手改的文字未动")
    out.print(f"  改了{len(refreshed.changed)}处数字", highlight=False)
    for one in refreshed.changed:
        told = f"{one.where}：{one.before or '空白'} → {one.after or '空白'}　{one.source}"
        out.print(f"    {escape(printable(told))}", style="dim", highlight=False)
    for line in refreshed.unplaced:
        out.print(f"  [yellow]没有改[/] {escape(printable(line))}", highlight=False, soft_wrap=True)
    for line in refreshed.turned:
        out.print(f"  [yellow]请看[/] {escape(printable(line))}", highlight=False, soft_wrap=True)
    _show_findings(refreshed.findings, "更新", out)


def _show_findings(findings: Sequence[Finding], after: str, out: Console) -> None:
    counts: Counter[str] = Counter(finding.severity for finding in findings)
    counted = "，".join(f"{name}{counts[severity]}" for severity, name in SEVERITY_NAMES.items())
    out.print(f"  {after}后检查：{counted}")
    listed = [finding for finding in findings if finding.severity != "info"]
    for severity, group in groupby(listed, key=lambda finding: finding.severity):
        for finding in group:
            show_finding(finding, severity, out)
