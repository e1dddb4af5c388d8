"""What a person reads in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from assistant.form import EDITIONS
from assistant.language.organs import same_unit
from assistant.language.report_kinds import kind_of
from assistant.text import printable

if TYPE_CHECKING:
    from assistant.check import Cause, Decision, Finding, LastYear, Rule, Unchecked, Verdict
    from assistant.report import Report


__all__ = [
    "SEVERITY_NAMES",
    "cause_title",
    "console",
    "count_summary",
    "decision_text",
    "kind_line",
    "other_unit_note",
    "previous_origin",
    "progress_bar",
    "show_finding",
    "show_report",
    "show_rule",
    "show_rules",
    "show_verdict",
    "skipped_note",
]

SEVERITY_NAMES = {"error": "错误", "warning": "警告", "info": "提示"}
_DECISION_NAMES = {"confirmed": "已确认", "dismissed": "已排除", "postponed": "留到以后"}
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_EDITION_NAMES = {edition.id: f"{edition.id}年版（{edition.basis}）" for edition in EDITIONS.values()} | {
    "free": "没有固定格式的表"
}
_ORIGINS = {"given": "--previous 指定", "files": "一同检查的文件", "library": "资料库"}
_LONGEST_QUOTE = 60


def console(*, stderr: bool = False) -> Console:
    """A console that wraps nothing when its output goes to a file, and never reads markup in document text."""
    made = Console(stderr=stderr, highlight=False, emoji=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, emoji=False, width=200, soft_wrap=True)


def show_report(report: Report, out: Console) -> None:
    """What was understood of one report."""
    out.print(f"[bold]{_plain(report.file)}[/]")
    out.print(
        f"  单位：{_plain(report.unit) or '（没有认出）'}　年度：{report.year or '（没有认出）'}"
        f"　格式：{_EDITION_NAMES[report.edition]}"
    )
    if name := kind_of(report).name:
        out.print(f"  这是{name}")
    out.print(f"  题名：{_plain(report.title) or '（没有题名）'}")
    for section in report.sections:
        characters = sum(len(paragraph.text) for paragraph in section.paragraphs)
        number = f"{section.number}、" if section.number else "（无序号）"
        out.print(f"  {number}{_plain(section.title)}　{len(section.paragraphs)}段{characters}字")
    blank = sum(cell.value is None for cell in report.cells.values())
    tables = "、".join(f"表{EDITIONS['2021'].table(table.id).number}" for table in report.tables) or "无"
    out.print(f"  表格：{tables}　数字{len(report.cells) - blank}个，空白{blank}格")
    for warning in report.warnings:
        out.print(f"  [yellow]注意[/] {warning.source}：{_plain(warning.message)}")


def kind_line(report: Report) -> str:
    """annual　政府信息公开工作年度报告　甲县_2024.docx: the kind's id as in JSON, its name, the file."""
    kind = kind_of(report)
    names = {"annual": "政府信息公开工作年度报告", "unknown": "认不出是哪一种报告"}
    return f"{kind.id}　{kind.name or names[kind.id]}　{_plain(report.file)}"


def show_verdict(report: Report, verdict: Verdict, out: Console, *, unchecked: bool = False) -> None:
    """The findings of one report, gravest first, those of one cause together; how many numbers nothing explains, or
    with ``unchecked`` which."""
    out.print(f"[bold]{_plain(report.file)}[/]　{_plain(report.unit)} {report.year or ''}　{count_summary(verdict)}")
    if verdict.previous:
        out.print(f"  [dim]{escape(previous_origin(verdict.previous))}[/]")
    if differs := other_unit_note(verdict.previous, report.unit):
        out.print(f"  [yellow]注意[/] {escape(differs)}")
    for warning in report.warnings:
        out.print(f"  [yellow]读取提示[/] {warning.source}：{_plain(warning.message)}")
    for cause, findings in verdict.by_cause:
        if len(findings) > 1:
            _show_cause(cause, findings, verdict, out)
        for finding in findings:
            decision = verdict.decisions.get(finding.fingerprint)
            show_finding(finding, finding.severity, out, decision, indent="       " if len(findings) > 1 else "  ")
    _show_unchecked(verdict.unchecked, out, listed=unchecked)
    if verdict.read_by_model:
        told = "、".join(printable(each.text) for each in verdict.read_by_model)
        out.print(f"  [dim]模型识读并核对一致的数字{len(verdict.read_by_model)}个：{escape(told)}[/]")
    if verdict.skipped:
        out.print(f"  [dim]未运行的检查：{skipped_note(verdict)}[/]")


def count_summary(verdict: Verdict) -> str:
    """错误1，警告0，提示3，and how many were dismissed, where any were."""
    counts = "，".join(f"{SEVERITY_NAMES[severity]}{count}" for severity, count in verdict.counts.items())
    dismissed = len(verdict.findings) - sum(verdict.counts.values())
    return f"{counts}，已排除{dismissed}" if dismissed else counts


def previous_origin(previous: LastYear) -> str:
    """Which report was last year's, and where it came from."""
    year = f"{previous.year}年度" if previous.year else ""
    return f"上年报告：{printable(previous.file or previous.unit)}　{year}（{_ORIGINS[previous.origin]}）"


def other_unit_note(previous: LastYear | None, unit: str) -> str:
    """What to say when last year's report bears another unit's name; empty where it does not."""
    if previous is None or not previous.unit or not unit or same_unit(previous.unit, unit):
        return ""
    return f"上年报告是“{printable(previous.unit)}”的，与本报告的单位不同；如果不是更名，请换成本单位的上年报告。"


def skipped_note(verdict: Verdict) -> str:
    """The checks that did not run, by what they lacked: Y101、Y102（缺上年报告）."""
    reasons = groupby(sorted(verdict.skipped, key=lambda s: s.needs), key=lambda s: s.needs)
    return "；".join(f"{'、'.join(s.code for s in group)}（缺{needs}）" for needs, group in reasons)


def decision_text(decision: Decision) -> str:
    """已排除（理由，姓名）."""
    said = "，".join(printable(text) for text in (decision.reason, decision.by, decision.date) if text)
    name = _DECISION_NAMES[decision.decision]
    return f"{name}（{said}）" if said else name


def _show_cause(cause: Cause, findings: Sequence[Finding], verdict: Verdict, out: Console) -> None:
    """What is behind several findings and the one change that mends it, above the findings themselves."""
    severity = findings[0].severity
    style = "dim" if all(map(verdict.dismissed, findings)) else _STYLES[severity]
    out.print(f"  [{style}]{SEVERITY_NAMES[severity]}[/] {cause_title(findings)}　{_plain(cause.message)}")
    if cause.mend:
        out.print(f"       [bold]改法：{_plain(cause.mend)}[/]")


def cause_title(findings: Sequence[Finding]) -> str:
    """同一问题3处（N105、T302、T303）."""
    return f"同一问题{len(findings)}处（{'、'.join(dict.fromkeys(finding.code for finding in findings))}）"


def show_finding(
    finding: Finding, severity: str, out: Console, decision: Decision | None = None, *, indent: str = "  "
) -> None:
    """One finding: its place, what is wrong, the basis, the words it was found in, what was decided."""
    dismissed = decision is not None and decision.decision == "dismissed"
    name = f"[{'dim' if dismissed else _STYLES[severity]}]{SEVERITY_NAMES[severity]}[/]"
    decided = f"　[dim]{escape(decision_text(decision))}[/]" if decision else ""
    out.print(f"{indent}{name} {finding.code} {_plain(finding.where)}{decided}")
    basis = f"　[dim]依据：{_plain(finding.basis)}[/]" if finding.basis else ""
    out.print(f"{indent}     {_plain(finding.message)}{basis}")
    quote = printable(finding.quote)
    if quote and quote not in finding.message:
        shown = quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE] + "…"
        out.print(f"{indent}     [dim]原文：{escape(shown)}[/]")


def _show_unchecked(numbers: Sequence[Unchecked], out: Console, *, listed: bool) -> None:
    """The numbers that a person has to check, each with a box to tick; how many there are, where they are not
    ``listed``."""
    if not numbers:
        return
    name = f"[{_STYLES['info']}]待人工核对[/]"
    if not listed:
        out.print(
            f"  {name} 文中{len(numbers)}个数没有可以对照的表格或算式（--unchecked 逐一列出；网页和 Word 标在原处）"
        )
        return
    out.print(f"  {name} 文中以下{len(numbers)}个数没有可以对照的表格或算式：")
    for where, group in groupby(numbers, key=lambda each: each.where):
        out.print(f"       {_plain(where)}：")
        for each in group:
            out.print(f"         □ {_plain(each.text)}　[dim]…{_plain(each.quote)}…[/]")


def show_rules(rules: Iterable[Rule], out: Console) -> None:
    """The catalogue, family by family."""
    from rich.table import Table

    from assistant.check import family_name

    for family, group in groupby(rules, key=lambda entry: entry.code[0]):
        table = Table(title=f"{family}　{family_name(family)}", title_justify="left", box=None, pad_edge=False)
        for heading in ("编号", "级别", "检查", "依据"):
            table.add_column(heading, overflow="fold")
        for entry in group:
            table.add_row(entry.code, SEVERITY_NAMES[entry.severity], escape(entry.title), escape(entry.basis))
        out.print(table)
        out.print()


def show_rule(entry: Rule, out: Console) -> None:
    """The page of one check."""
    out.print(f"[bold]{entry.code}[/] {escape(entry.title)}（{SEVERITY_NAMES[entry.severity]}）")
    for line in entry.page.splitlines():
        out.print(f"  {escape(line.strip())}")


def _plain(text: str) -> str:
    """Text of a document for the terminal: no escape sequences, no markup."""
    return escape(printable(text))


@contextmanager
def progress_bar(steps: Sequence[str], files: int) -> Iterator[Callable[[], None]]:
    """A bar of ``files`` on stderr for each of ``steps``, one after the other; what is given is to be called for each
    file of each. Nothing where that is no terminal."""
    out = console(stderr=True)
    if not out.is_terminal or files < 2:
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # What is printed to a terminal goes above the bar; what goes to a file is left alone.
    with Progress(*columns, console=out, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        names = iter(steps)
        task = bar.add_task(next(names), total=files)

        def step() -> None:
            if bar.finished and (following := next(names, None)):
                bar.reset(task, description=following)
            bar.advance(task)

        yield step
