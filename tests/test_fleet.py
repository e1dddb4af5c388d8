"""Many files at once: the same output whatever the number of processes, a row for what cannot be read, summaries."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from dossiers import dossier, printed
from lxml import html
from openpyxl import load_workbook

from assistant.check import Checked
from assistant.cli import run
from assistant.errors import AssistantError
from assistant.fleet import check_files, journal_beside, processes_for
from assistant.fleet.pool import Workers
from assistant.render.json import verdict_json
from assistant.rules import RULES, Dossier
from assistant.rules.report_set import NAMED, ReportSet, sketch

COPIED = "各村民小组推选一名政策联络员，每月到乡镇专区领取新政策的要点，回去念给不识字的老人听，再把问题带回来。"
WRONG: dict[str, Any] = {"figures": {"requests.received.total": 25}}


def save(folder: Path, name: str, **spec: Any) -> Path:
    path = folder / name
    path.write_text(printed(dossier(spec).report), encoding="utf-8")
    return path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Two counties with towns and last year's reports, one file that is none, one without figures."""
    folder = tmp_path / "报告"
    folder.mkdir()
    for county in ("甲川县", "乙川县", "丙川县", "丁川县", "戊川县"):
        save(folder, f"{county}_2024.txt", unit=f"{county}人民政府", add={"overview": COPIED}, **WRONG)
        save(folder, f"{county}_2023.txt", unit=f"{county}人民政府", year=2023)
        for town in ("东山镇", "西河乡"):
            save(folder, f"{county}{town}_2024.txt", unit=f"{county}{town}人民政府")
    (folder / "己_空.txt").write_bytes(b"")
    (folder / "庚_别的.md").write_text("# 会议通知\n\n请准时参加。\n", encoding="utf-8")
    return folder


def told(checked: Sequence[Checked]) -> list[dict[str, Any]]:
    return [
        verdict_json(item.report, item.verdict) if item.report and item.verdict else {"error": str(item.error)}
        for item in checked
    ]


def test_the_output_is_the_same_with_any_number_of_processes(many: Path, tmp_path: Path) -> None:
    written = []
    for jobs in ("1", "2"):
        output, summary = tmp_path / f"{jobs}.jsonl", tmp_path / f"{jobs}.html"
        call = ["check", many, "--jobs", jobs, "--format", "jsonl", "-o", output, "--summary", summary, "--no-library"]
        assert run([str(word) for word in call]) == 2
        written.append((output.read_bytes(), summary.read_bytes()))
    assert written[0] == written[1]
    rows = [json.loads(line) for line in written[0][0].decode("utf-8").splitlines()]
    assert len(rows) == len(list(many.iterdir())) == 22
    assert sum("error" in row for row in rows) == 2
    found = {(row.get("unit"), finding["code"]) for row in rows for finding in row.get("findings", ())}
    assert {("甲川县人民政府", "R104"), ("甲川县人民政府", "Y109"), ("甲川县人民政府", "T301")} <= found


def test_files_are_read_once_and_step_twice(many: Path) -> None:
    steps: list[None] = []
    checked = list(check_files([many], select=["T"], on_step=lambda: steps.append(None)))
    assert len(steps) == 2 * len(checked)


def test_what_only_documents_need_can_be_left_out(many: Path) -> None:
    whole, light = (list(check_files([many], whole=whole)) for whole in (True, False))
    assert told(whole) == told(light)
    assert any(item.report and item.report.sections for item in whole)
    assert not any(item.report and (item.report.sections or item.report.cells) for item in light)
    assert not any(finding.marks for item in light if item.verdict for finding in item.verdict.findings)


def test_what_is_put_aside_is_gone_afterwards(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    results = check_files([many])
    next(results)
    assert len(set(tmp_path.iterdir()) - before) == 1
    del results
    assert set(tmp_path.iterdir()) == before


def written(many: Path, output: Path, *more: str) -> bytes:
    call = ["check", str(many), "--jobs", "1", "--format", "jsonl", "-o", str(output), "--no-library", *more]
    assert run(call) == 2
    return output.read_bytes()


def stopped(many: Path, output: Path, after: int, *, resume: bool = False) -> Path:
    """The journal that a run leaves which is stopped after so many results."""
    with pytest.raises(KeyboardInterrupt), journal_beside(output, 22, whole=False, resume=resume) as journal:
        for number, _ in enumerate(check_files([many], whole=False, journal=journal), start=1):
            if number == after:
                raise KeyboardInterrupt
    return output.with_name(f"{output.name}.journal")


def test_a_stopped_run_is_taken_up_where_it_stopped(many: Path, tmp_path: Path) -> None:
    whole = written(many, tmp_path / "一次.jsonl")
    output = tmp_path / "两次.jsonl"
    kept = stopped(many, output, after=9)
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line]) == 9
    assert stopped(many, output, after=15, resume=True) == kept
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line]) == 13  # two files are no reports: nothing of them is kept
    kept.write_text("\n".join(lines)[:-100], encoding="utf-8")  # the last line was being written
    assert written(many, output, "--resume") == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["一次.jsonl", "两次.jsonl", "报告"]


def test_what_is_finished_is_not_checked_again_unless_it_has_changed(many: Path, tmp_path: Path) -> None:
    output = tmp_path / "两次.jsonl"
    kept = stopped(many, output, after=22)
    title = RULES["T301"].title
    kept.write_text(kept.read_text(encoding="utf-8").replace(title, "做过记号"), encoding="utf-8")
    changed = many / "甲川县_2023.txt"  # last year's report of another
    changed.write_text(changed.read_text(encoding="utf-8") + "\n另有说明。\n", encoding="utf-8")
    again = written(many, output, "--resume").decode("utf-8").splitlines()
    marked = {json.loads(line)["file"] for line in again if "做过记号" in line}
    assert marked == {f"{county}川县_2024.txt" for county in "乙丙丁戊"}
    assert title in next(line for line in again if "甲川县_2024" in line)


def test_without_resume_all_is_checked_anew(many: Path, tmp_path: Path) -> None:
    whole, output = written(many, tmp_path / "一次.jsonl"), tmp_path / "两次.jsonl"
    kept = stopped(many, output, after=22)
    kept.write_text(kept.read_text(encoding="utf-8").replace(RULES["T301"].title, "做过记号"), encoding="utf-8")
    assert written(many, output) == whole


def test_what_cannot_be_taken_up_is_told(many: Path, tmp_path: Path) -> None:
    for more in ([], ["--format", "html", "-o", str(tmp_path / "页")]):
        with pytest.raises(AssistantError, match="接着做") as caught:
            run(["check", str(many), "--resume", *more])
        assert caught.value.help


def _killing(number: int) -> int:
    if number == 12:
        time.sleep(0.5)  # is being done when its neighbour's process dies
    if number == 13:
        os._exit(1)
    return number * 2


def _lost(number: int) -> int:
    return -number


def test_a_process_that_dies_loses_only_its_job() -> None:
    with Workers(2) as workers:
        numbers = list(workers.in_order(_killing, range(40), _lost))
    assert numbers == [-13 if number == 13 else number * 2 for number in range(40)]


@pytest.mark.parametrize(("files", "wanted", "processes"), [(1, 4, 1), (3, 2, 2), (100, 1, 1), (1000, 200, 61)])
def test_no_more_processes_than_pay(files: int, wanted: int, processes: int) -> None:
    assert processes_for(files, wanted) == processes
    assert processes_for(files) >= 1


@pytest.mark.parametrize("units", [2, 3, 4, 5, 9])
def test_a_report_is_told_the_same_by_the_part_of_the_set_around_it(units: int) -> None:
    reports = [
        dossier({"unit": f"云川县{number}镇人民政府", "add": {"overview": COPIED}}).report
        for number in "东西南北中上下左右"[:units]
    ]
    reports.append(dossier({"unit": "云川县人民政府"}).report)
    sketches = [sketch(report) for report in reports]
    together = ReportSet(sketches)
    for report, mine in zip(reports, sketches, strict=True):
        for code in ("R104", "Y109"):
            whole, part = (Dossier(report, others=others) for others in (together, together.around(mine)))
            assert RULES[code].missing(whole) == RULES[code].missing(part)
            assert list(RULES[code].hits(whole)) == list(RULES[code].hits(part))
    (hit,) = [hit for hit in RULES["R104"].hits(Dossier(reports[0], others=together)) if COPIED[:9] in hit.quote]
    assert ("等" in hit.actual) == (units - 1 > NAMED) and (f"等{units - 1}个单位" in hit.actual) == (units - 1 > NAMED)


def test_the_summary_counts_checks_and_keeps_names_as_text(tmp_path: Path) -> None:
    files = [save(tmp_path, "=1+1.txt", unit="=HYPERLINK县人民政府", **WRONG), save(tmp_path, "乙.txt")]
    (tmp_path / "@坏.txt").write_bytes(b"")
    book = tmp_path / "汇总.xlsx"
    call = ["check", *files, tmp_path / "@坏.txt", "--select", "T3", "--summary", book, "--no-library"]
    assert run([str(word) for word in call]) == 2
    made = load_workbook(book)
    assert made.sheetnames == ["单位与检查", "常见问题", "没有检查成"]
    first, *rows = made["单位与检查"].iter_rows()
    assert [cell.value for cell in first] == ["单位", "年度", "文件", "错误", "警告", "提示", "T301", "T303"]
    assert [cell.value for cell in rows[0]][2:] == ["=1+1.txt", 2, 0, 0, 1, 1]
    assert [cell.value for cell in rows[1]][2:] == ["乙.txt", 0, 0, 0, None, None]
    assert all(cell.data_type != "f" for sheet in made for row in sheet.iter_rows() for cell in row)
    assert made["没有检查成"]["A2"].value == "@坏.txt" and made["没有检查成"]["A2"].quotePrefix
    assert [cell.value for cell in made["常见问题"][2]] == ["T301", RULES["T301"].title, "错误", 1, 1]


def test_the_overview_links_pages_and_loads_nothing(many: Path, tmp_path: Path) -> None:
    folder = tmp_path / "结果"
    assert run(["check", str(many), "--format", "html", "-o", str(folder), "--jobs", "1", "--no-library"]) == 2
    text = (folder / "index.html").read_text(encoding="utf-8")
    page = html.document_fromstring(text)
    rows = page.xpath("//table[contains(@class, 'files')]/tbody/tr")
    assert len(rows) == 22
    linked = page.xpath("//table[contains(@class, 'files')]//a")
    assert len(linked) == 20 and {link.text for link in linked} <= {path.name for path in many.iterdir()}
    assert len(list(folder.glob("*_检查.html"))) == 20
    assert "http" not in text.replace("http-equiv", "")
    assert [row.get("data-found") for row in rows if "空" in row.text_content()] == ["failed"]


@pytest.mark.parametrize("name", ["汇总.csv", "没有/汇总.xlsx", "甲.txt"])
def test_a_summary_that_cannot_be_written_is_told_before_any_work(name: str, tmp_path: Path) -> None:
    file = save(tmp_path, "甲.txt")
    with pytest.raises(AssistantError) as caught:
        run(["check", str(file), "--summary", str(tmp_path / name)])
    assert caught.value.help and file.read_bytes()


def test_a_summary_is_never_written_over_a_report(tmp_path: Path, corpus: Path) -> None:
    page = tmp_path / "甲.html"
    page.write_text("<h1>某市甲区2024年政府信息公开工作年度报告</h1>", encoding="utf-8")
    with pytest.raises(AssistantError, match="就是报告本身"):
        run(["check", str(page), str(corpus / "清源区_2024.md"), "--summary", str(page)])
