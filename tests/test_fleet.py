"""Many files at once: the same output whatever the number of processes, a row for what cannot be read, summaries."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing import active_children
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote

import pytest
from dossiers import dossier
from lxml import html
from many_reports import COPIED, WRONG, fill, save
from openpyxl import load_workbook

from assistant.batch import check_files, processes_for
from assistant.batch.tasks import CheckTask, crashed_check
from assistant.batch.workers import Workers, bundle_size
from assistant.check import Checked
from assistant.cli import run
from assistant.errors import AssistantError
from assistant.figures.dossier import Dossier
from assistant.figures.report_set import NAMED, others_among
from assistant.render.json import verdict_json
from assistant.report import Report
from assistant.rules import RULES, Hit
from assistant.settings import settings


@pytest.fixture
def many(tmp_path: Path) -> Path:
    return fill(tmp_path / "报告")


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


def test_where_processes_have_no_place_for_their_locks_one_does_it_all(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in containers without /dev/shm: that was told as an output that could not be written."""

    def no_place(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("multiprocessing.synchronize.SemLock.__init__", no_place)
    output = tmp_path / "结果.jsonl"
    assert run(["check", str(many), "--jobs", "2", "-o", str(output)]) == 2  # two are no reports
    assert len(output.read_text(encoding="utf-8").splitlines()) == len([*many.iterdir()])


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


def _killing(number: int) -> int:
    if number == 12:
        time.sleep(0.5)  # is being done when its neighbour's process dies
    if number == 13:
        os._exit(1)
    return number * 2


def _lost(number: int) -> int:
    return -number


@pytest.mark.parametrize("bundle", [1, 3])
def test_a_process_that_dies_loses_only_its_job(bundle: int) -> None:
    with Workers(2, bundle) as workers:
        numbers = list(workers.in_order(_killing, range(40), _lost))
    assert numbers == [-13 if number == 13 else number * 2 for number in range(40)]


def _stopping(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGSTOP)
    return number * number


@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped on POSIX")
def test_a_process_that_is_stopped_loses_only_its_job_and_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_REPORT_SECONDS", "3")
    settings.cache_clear()
    began = time.monotonic()
    with Workers(2, 2) as workers:
        numbers = list(workers.in_order(_stopping, range(20), _lost))
    settings.cache_clear()
    assert numbers == [-7 if number == 7 else number * number for number in range(20)]
    assert time.monotonic() - began < 60
    assert not active_children()


def test_a_report_whose_process_is_stopped_is_a_row(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = crashed_check(CheckTask(many / "x.md", tmp_path / "0")).checked.error
    monkeypatch.setenv("ASSISTANT_REPORT_SECONDS", "77")
    settings.cache_clear()
    later = crashed_check(CheckTask(many / "x.md", tmp_path / "0")).checked.error
    settings.cache_clear()
    assert told and "600秒没有结果" in str(told) and later and "77秒没有结果" in str(later)


@pytest.mark.parametrize(("files", "wanted", "processes"), [(1, 4, 1), (3, 2, 2), (100, 1, 1), (1000, 200, 61)])
def test_no_more_processes_than_pay(files: int, wanted: int, processes: int) -> None:
    assert processes_for(files, wanted) == processes
    assert processes_for(files) >= 1


@pytest.mark.parametrize(("files", "processes", "bundle"), [(3, 2, 1), (100, 2, 3), (100, 8, 1), (10_000, 2, 8)])
def test_few_files_are_handed_out_one_by_one(files: int, processes: int, bundle: int) -> None:
    assert bundle_size(files, processes) == bundle


@pytest.mark.parametrize("units", [2, 3, 4, 5, 9])
def test_the_set_tells_a_report_who_else_has_its_paragraphs(units: int) -> None:
    reports = [
        dossier({"unit": f"云川县{number}镇人民政府", "add": {"overview": COPIED}}).report
        for number in "东西南北中上下左右"[:units]
    ]
    whole = dossier({"unit": "云川县人民政府"}).report
    (hit,) = copies(reports[0], [*reports[1:], whole])
    assert ("等" in hit.actual) == (units - 1 > NAMED) and (f"等{units - 1}个单位" in hit.actual) == (units - 1 > NAMED)
    (sum_,) = [
        hit for hit in RULES["Y109"].hits(Dossier(whole, others=others_among(whole, reports))) if "新收" in hit.message
    ]
    assert str(24 * units) in sum_.message


@pytest.mark.parametrize(
    ("unit", "others", "parts"),
    [
        # streets of one name in three districts are no parts of each other
        ("云山区河口街道办事处", ["青山区河口街道办事处", "白山区河口街道办事处"], []),
        ("云山区人民政府", ["云山区河口街道办事处", "云山区民政局"], ["云山区民政局", "云山区河口街道办事处"]),
        # of a district that two cities have, names must tell which
        ("江州市鼓楼区人民政府", ["湖州市鼓楼区人民政府", "鼓楼区教育局", "湖州市鼓楼区民政局"], []),
        ("江州市鼓楼区人民政府", ["湖州市鼓楼区人民政府", "江州市鼓楼区教育局"], ["江州市鼓楼区教育局"]),
        ("江州市鼓楼区人民政府", ["鼓楼区教育局", "鼓楼区城关镇人民政府"], ["鼓楼区城关镇人民政府", "鼓楼区教育局"]),
    ],
)
def test_who_is_below_whom_is_told_by_names(unit: str, others: list[str], parts: list[str]) -> None:
    report, *rest = (dossier({"unit": name}).report for name in (unit, *others))
    assert sorted(part.unit for part in others_among(report, rest).parts) == parts


def copies(report: Report, others: Sequence[Report]) -> list[Hit]:
    """What R104 says of the paragraph that was copied."""
    hits = RULES["R104"].hits(Dossier(report, others=others_among(report, others)))
    return [hit for hit in hits if COPIED[:4] in hit.quote]


def test_nearly_all_copies_with_a_few_words_changed_are_found_among_many() -> None:
    """What MinHash may miss, it misses seldom; what is not nearly the same is never told."""
    random = Random(7)
    letters = "政务公开栏目清单台账窗口专区乡镇村社区干部群众老人学校医院道路农田水利合同补贴目录预算培训督查考核通报热线反馈问卷走访"
    texts = ["".join(random.choices(letters, k=random.randint(60, 160))) + "。" for _ in range(60)]
    places = [a + b for a in "甲乙丙丁戊己庚辛" for b in "东南西北中上下左右"]
    reports = [
        dossier({"unit": f"{place}县人民政府", "add": {"overview": text}}).report
        for place, text in zip(places, texts, strict=False)
    ]
    found = 0
    for number, text in enumerate(texts):
        changed = text
        for at in random.sample(range(5, len(text) - 5), len(text) // 25):  # four characters in a hundred
            changed = f"{changed[:at]}{random.choice('花鸟鱼虫')}{changed[at + 1 :]}"
        other = dossier({"unit": f"癸{number}州人民政府", "add": {"overview": changed}}).report
        hits = [
            hit
            for hit in RULES["R104"].hits(Dossier(other, others=others_among(other, reports)))
            if changed[:30] in hit.quote
        ]
        assert all(hit.actual.startswith(f"与{places[number]}县人民政府只差少数字词") for hit in hits)
        found += len(hits)
    assert found >= 58
    half = texts[0][: len(texts[0]) // 2] + "".join(random.choices(letters, k=len(texts[0]) // 2))
    other = dossier({"unit": "癸州人民政府", "add": {"overview": half}}).report
    assert not [
        hit for hit in RULES["R104"].hits(Dossier(other, others=others_among(other, reports))) if half[:9] in hit.quote
    ]


def test_the_summary_counts_checks_and_keeps_names_as_text(tmp_path: Path) -> None:
    files = [save(tmp_path, "=1+1.txt", unit="=HYPERLINK县人民政府", **WRONG), save(tmp_path, "乙.txt")]
    (tmp_path / "@坏.txt").write_bytes(b"")
    book = tmp_path / "汇总.xlsx"
    call = ["check", *files, tmp_path / "@坏.txt", "--select", "T3", "--summary", book, "--no-library"]
    assert run([str(word) for word in call]) == 2
    made = load_workbook(book)
    assert made.sheetnames == ["单位与检查", "常见问题", "同一问题", "待人工核对", "没有检查成"]
    first, *rows = made["单位与检查"].iter_rows()
    assert [cell.value for cell in first] == ["单位", "年度", "文件", "错误", "警告", "提示", "T301", "T303"]
    assert [cell.value for cell in rows[0]][2:] == ["=1+1.txt", 2, 0, 0, 1, 1]
    assert [cell.value for cell in rows[1]][2:] == ["乙.txt", 0, 0, 0, None, None]
    assert all(cell.data_type != "f" for sheet in made for row in sheet.iter_rows() for cell in row)
    assert made["没有检查成"]["A2"].value == "@坏.txt" and made["没有检查成"]["A2"].quotePrefix
    assert [cell.value for cell in made["同一问题"][2]][4:] == ["把表三 一·总计 25 改为 24，两处都消", 2]
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


def test_the_workbook_of_the_summary_links_the_documents(tmp_path: Path) -> None:
    files = [save(tmp_path, "甲 1.txt"), save(tmp_path, "乙.txt", **WRONG)]
    book = tmp_path / "表" / "汇总.xlsx"
    book.parent.mkdir()
    out = ["--format", "word", "-o", tmp_path / "结果", "--summary", book, "--no-library"]
    assert run([str(word) for word in ("check", *files, *out)]) == 1
    cells = [row[2] for row in load_workbook(book)["单位与检查"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["甲 1.txt", "乙.txt"]
    targets = [book.parent / unquote(cell.hyperlink.target) for cell in cells]
    assert all(target.is_file() and target.suffix == ".docx" for target in targets)


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
