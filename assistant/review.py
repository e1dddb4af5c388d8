"""What people decided about findings, kept in a TOML file that they edit: ``review.toml``.

The page of ``serve`` writes the same file for who does not (``decide``). One ``[[finding]]`` an entry. ``decision``,
``reason``, ``by`` and ``date`` are a person's and are never touched, nor are comments and the order of entries; the
rest is information that a new run brings up to date. An entry is matched by its fingerprint within its report, which
is told by unit and year, or by file where those are not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import tomlkit
from tomlkit.exceptions import ParseError, TOMLKitError
from tomlkit.items import AoT, Table
from tomlkit.toml_document import TOMLDocument

from assistant.check import Checked, Decision, Finding, Verdict
from assistant.errors import AssistantError, UnknownName, reason
from assistant.files import writing
from assistant.report import Report
from assistant.settings import settings
from assistant.text import printable

__all__ = ["decide", "review"]

_WORDS = {"confirmed": "确认", "dismissed": "排除", "postponed": "以后"}
_DECISIONS: dict[str, Literal["confirmed", "dismissed", "postponed"]] = {
    "confirmed": "confirmed",
    "dismissed": "dismissed",
    "postponed": "postponed",
    "确认": "confirmed",
    "排除": "dismissed",
    "以后": "postponed",
}
_OPENING = """检查结果的复核记录，由 assistant check --review 建立和更新。
每条填写：decision = "确认"（属实，要改）、"排除"（不是问题，不再计入）或 "以后"（留到以后再定）。
排除的必须写 reason（理由）和 by（姓名）。
其他各项由程序填写。found = false 表示这一条在最近一次检查中不再出现，记录保留。"""
_PERSONS = ("decision", "reason", "by", "date")
Key = tuple[str, str]


def review(checked: Sequence[Checked], path: Path, *, enter: bool = True) -> list[Checked]:
    """``checked`` with the decisions in the file at ``path``, which then has an entry for every finding. Without
    ``enter`` none is added: what is there is brought up to date, and a file that is not there is not made.

    Raises:
        AssistantError: the file is no TOML, an entry cannot be understood, or it cannot be written; the file is then
            as it was.
    """
    if not enter and not path.exists():
        return list(checked)
    return _reviewed(checked, path, enter=enter)


def decide(checked: Checked, path: Path, fingerprint: str, decision: Decision | None) -> Checked:
    """Write what a person decided of one finding into the file at ``path``, ``None`` to take it back; ``checked`` with
    all decisions that stand there then.

    Raises:
        UnknownName: the report has no such finding.
        AssistantError: a dismissal without its reason or a name; else as ``review``.
    """
    if decision and decision.decision == "dismissed" and not (decision.reason.strip() and decision.by.strip()):
        raise AssistantError("没有写理由或姓名", where="不是问题", help="判定“不是问题”要写明理由和姓名，以备复核。")
    found = [each for each in checked.verdict.findings if each.fingerprint == fingerprint] if checked.verdict else []
    if not found:
        raise UnknownName("这一条已经不在检查结果里", where=fingerprint, help="请刷新页面，看最新的结果。")
    return _reviewed([checked], path, enter=False, decided=(found[0], decision))[0]


def _reviewed(
    checked: Sequence[Checked],
    path: Path,
    *,
    enter: bool,
    decided: tuple[Finding, Decision | None] | None = None,
) -> list[Checked]:
    document = _read(path)
    entries = _entries(document, path)
    by_key: dict[Key, Table] = {}
    decisions: dict[Key, Decision] = {}
    for number, entry in enumerate(entries, start=1):
        key = _key(entry, number, path)
        if key in by_key:
            raise _fault(entry, number, path, "与前面一条重复", "请只保留其中一条。")
        by_key[key] = entry
        if said := _decision(entry, number, path):
            decisions[key] = said
    before = tomlkit.dumps(document)
    present: set[Key] = set()
    ran: set[Key] = set()
    for item in checked:
        if item.report and item.verdict:
            name = _name(item.report.unit, item.report.year, item.report.file)
            ran |= {(name, code) for code in item.verdict.ran}
            present |= {(name, finding.fingerprint) for finding in item.verdict.findings}
            for finding in item.verdict.findings:
                if not enter and (name, finding.fingerprint) not in by_key and not (decided and decided[0] == finding):
                    continue
                _record(entries, by_key, (name, finding.fingerprint), _facts(item.report, finding))
            if decided:
                key = (name, decided[0].fingerprint)
                decisions.pop(key, None)
                _enter_decision(by_key[key], decided[1])
                if decided[1]:
                    decisions[key] = decided[1]
    _mark_gone(by_key, present, ran)
    after = tomlkit.dumps(document)
    if after != before or not path.exists():
        _write(after, path)
    return [_decided(item, decisions) for item in checked]


def _read(path: Path) -> TOMLDocument:
    if path.exists() and (not path.is_file() or path.stat().st_size > settings().max_file_bytes):
        raise AssistantError("这不是普通文件，或者过大，没有读它", where=str(path), help="请改用另一个文件名。")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        document = tomlkit.document()
        for line in _OPENING.splitlines():
            document.add(tomlkit.comment(line))
        return document
    except UnicodeDecodeError as error:
        raise AssistantError(
            "复核记录不是 UTF-8 编码，没有改动它", where=str(path), help="请用编辑器另存为 UTF-8 后再试。"
        ) from error
    except OSError as error:
        raise AssistantError(
            f"无法读取复核记录（{reason(error)}）", where=str(path), help="请检查文件和权限。"
        ) from error
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        at = f"（第{error.line}行第{error.col}列）" if isinstance(error, ParseError) else ""
        raise AssistantError(
            f"复核记录的 TOML 写法有误{at}，没有改动它",
            where=str(path),
            help="请按提示的行列改正，文字要放在英文双引号里；或改用另一个文件名。",
        ) from error


def _entries(document: TOMLDocument, path: Path) -> AoT:
    """The array of entries, made where there is none."""
    if "finding" not in document:
        document["finding"] = tomlkit.aot()
    entries = document["finding"]
    if not isinstance(entries, AoT):
        raise AssistantError(
            "复核记录里的 finding 不是 [[finding]] 条目，没有改动它", where=str(path), help="请改用另一个文件名。"
        )
    return entries


def _key(entry: Mapping[str, Any], number: int, path: Path) -> Key:
    if not isinstance(entry.get("fingerprint"), str):
        raise _fault(entry, number, path, "缺少 fingerprint", "请恢复这一行，或删去整条。")
    year = entry.get("year")
    unit, file = str(entry.get("unit", "")), str(entry.get("file", ""))
    return _name(unit, year if isinstance(year, int) else None, file), str(entry["fingerprint"])


def _name(unit: str, year: int | None, file: str) -> str:
    """What tells one report from another: a new file of the same unit and year is the same report."""
    return f"{printable(unit)}|{year}" if unit and year else printable(file)


def _decision(entry: Mapping[str, Any], number: int, path: Path) -> Decision | None:
    """What a person wrote in an entry; ``None`` where nothing is decided yet."""
    said = {name: str(entry.get(name, "")).strip() for name in _PERSONS}
    if not said["decision"]:
        return None
    decision = _DECISIONS.get(said["decision"].lower())
    if decision is None:
        wanted = 'decision 可以写 "确认"（confirmed）、"排除"（dismissed）、"以后"（postponed），或留空。'
        raise _fault(entry, number, path, f"decision 写作“{printable(said['decision'])}”，不认识", wanted)
    missing = [f"{name}（{label}）" for name, label in (("reason", "理由"), ("by", "姓名")) if not said[name]]
    if decision == "dismissed" and missing:
        raise _fault(entry, number, path, f"排除却没有写{'和'.join(missing)}", "排除一个问题要写明理由和姓名。")
    return Decision(decision=decision, reason=said["reason"], by=said["by"], date=said["date"])


def _fault(entry: Mapping[str, Any], number: int, path: Path, what: str, help: str) -> AssistantError:
    named = printable(f"{entry.get('code', '')} {entry.get('where', '')}")
    where = f"{path} 第{number}条（{named or '未写明'}，fingerprint {printable(str(entry.get('fingerprint', '无')))}）"
    return AssistantError(what, where=where, help=f"{help}复核记录没有改动。")


def _facts(report: Report, finding: Finding) -> dict[str, str | int | bool]:
    """What the program writes in an entry."""
    year: dict[str, str | int | bool] = {"year": report.year} if report.year else {}
    return {
        "fingerprint": finding.fingerprint,
        "unit": printable(report.unit),
        **year,
        "file": printable(report.file),
        "code": finding.code,
        "severity": finding.severity,
        "where": printable(finding.where),
        "quote": printable(finding.quote),
        "message": printable(finding.message),
        "found": True,
    }


def _record(entries: AoT, by_key: dict[Key, Table], key: Key, facts: Mapping[str, str | int | bool]) -> None:
    """Bring the entry of a finding up to date, or add one."""
    entry = by_key.get(key)
    if entry is None:
        entry = tomlkit.table()
        entry.update(facts)
        for name in _PERSONS:
            entry[name] = ""
        entry.add(tomlkit.nl())
        entries.append(entry)
        by_key[key] = entry
        return
    for name, value in facts.items():
        entry[name] = value


def _enter_decision(entry: Table, decision: Decision | None) -> None:
    said = decision or Decision(decision="confirmed", reason="", by="")
    entry["decision"] = _WORDS[said.decision] if decision else ""
    for name in _PERSONS[1:]:
        entry[name] = printable(getattr(said, name))


def _mark_gone(by_key: Mapping[Key, Table], present: set[Key], ran: set[Key]) -> None:
    """An entry is gone only when its check ran on its report and did not find it."""
    for key, entry in by_key.items():
        if key not in present and (key[0], str(entry.get("code"))) in ran and entry.get("found") is not False:
            entry["found"] = False


def _decided(item: Checked, decisions: Mapping[Key, Decision]) -> Checked:
    if not item.report or not item.verdict:
        return item
    name = _name(item.report.unit, item.report.year, item.report.file)
    prints = (finding.fingerprint for finding in item.verdict.findings)
    mine = {print_: decisions[name, print_] for print_ in prints if (name, print_) in decisions}
    verdict: Verdict = item.verdict.model_copy(update={"decisions": MappingProxyType(mine)})
    return item._replace(verdict=verdict)


def _write(text: str, path: Path) -> None:
    """An interrupted run leaves the old file as it was."""
    with writing(path.resolve()) as aside:  # a link stays a link
        aside.write_text(text, encoding="utf-8", newline="")
