"""Checking files: several at once, folders, last year's report, and golden verdicts of the corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dossiers import dossier, printed

from assistant.check import check
from assistant.errors import UnknownName, UnreadableReport
from assistant.fleet import check_files, report_files
from assistant.readers import read, report_from_text
from assistant.render.json import verdict_json
from assistant.rules import Dossier

GOLDEN = Path(__file__).parent / "golden"
# Each report of the corpus, with the one of the year before where the corpus has it.
CORPUS = {
    "清源区_2022": None,
    "清源区_2023": "清源区_2022",
    "清源区_2024": "清源区_2023",
    "咸安区人民政府_2024": None,
}


def save(folder: Path, name: str, spec: dict[str, Any] | None = None) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(printed(dossier(spec).report), encoding="utf-8")
    return path


def test_one_bad_file_does_not_end_the_others(tmp_path: Path) -> None:
    good = save(tmp_path, "甲_2024.txt")
    bad = tmp_path / "乙.txt"
    bad.write_text("", encoding="utf-8")
    wrong = save(tmp_path, "丙_2024.txt", {"figures": {"requests.received.total": 25}})
    checked = check_files([good, bad, tmp_path / "没有.txt", wrong], select=["T301"])
    assert [item.path for item in checked] == [good, bad, tmp_path / "没有.txt", wrong]
    assert [bool(item.error) for item in checked] == [False, True, True, False]
    assert [item.verdict and item.verdict.fails("error") for item in checked] == [False, None, None, True]


def test_of_a_folder_what_a_reader_is_there_for(tmp_path: Path) -> None:
    wanted = [save(tmp_path, name) for name in ("a.txt", "b/c.md", "d.TXT")]
    (tmp_path / "说明.wps").write_text("x", encoding="utf-8")
    (tmp_path / "文件夹.txt").mkdir()
    assert report_files([tmp_path]) == sorted(wanted)


def test_a_folder_without_reports_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="没有可以读取的报告"):
        check_files([tmp_path])


@pytest.mark.parametrize(("year", "fits"), [(2023, True), (2022, False), (2024, False), (2025, False)])
def test_last_year_is_the_year_before(year: int, fits: bool, tmp_path: Path) -> None:
    this = save(tmp_path, "今年.txt")
    last = save(tmp_path, "去年.txt", {"year": year})
    (checked,) = check_files([this], previous=last)
    assert (checked.error is None) == fits
    if checked.error:
        assert f"{year}年度" in str(checked.error) and "2023年度" in checked.error.help


def test_last_year_that_cannot_be_read_ends_the_call(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport):
        check_files([save(tmp_path, "今年.txt")], previous=tmp_path / "没有.txt")


def test_an_unknown_code_ends_the_call_before_any_file(tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        check_files([tmp_path / "没有.txt"], select=["Q"])


def test_a_printed_sound_report_is_as_sound_as_the_model(tmp_path: Path) -> None:
    """What was built by hand and what was read from a file give the same verdict, line numbers aside."""
    (checked,) = check_files([save(tmp_path, "云川县人民政府_2024.txt")])
    assert checked.verdict is not None
    built = check(dossier())
    assert [f.fingerprint for f in checked.verdict.findings if f.code != "N190"] == []
    assert [(f.code, f.actual) for f in checked.verdict.findings] == [(f.code, f.actual) for f in built.findings]


FIGURES_OF_TABLE_4 = "4 | 1 | 1 | 1 | 7 | 2 | 0 | 0 | 1 | 3 | 1 | 0 | 0 | 0 | 1"


@pytest.mark.parametrize(
    ("printed_so", "instead"),
    [
        ("行政强制 | 16\n", ""),
        ("行政规范性文件 | 3 | 1 | 12", "行政规范性文件 | 3 | 1"),
        ("四、结转下年度继续办理 | 3 | 0 | 0 | 0 | 0 | 0 | 3", "四、结转下年度继续办理 | 3 | 0 | 0"),
        ("3.要求提供公开出版物 | 0 | 0 | 0 | 0 | 0 | 0 | 0", "3.要求提供公开出版物 | 0 | 0"),
        (FIGURES_OF_TABLE_4, ""),
        (FIGURES_OF_TABLE_4, FIGURES_OF_TABLE_4[:-4]),
        ("行政许可 | 5120", "行政许可 | 详见附件"),
    ],
    ids=[
        "row of table 2",
        "cell of table 2",
        "cells of table 3",
        "cells of zeros",
        "table 4",
        "cell of table 4",
        "a word",
    ],
)
def test_what_is_missing_from_a_table_is_never_passed_in_silence(printed_so: str, instead: str) -> None:
    text = printed(dossier().report)
    assert printed_so in text
    verdict = check(Dossier(report_from_text(text.replace(printed_so, instead))))
    assert verdict.fails("warning")


@pytest.mark.parametrize(("name", "before"), CORPUS.items(), ids=CORPUS)
def test_golden_verdicts_of_the_corpus(name: str, before: str | None, corpus: Path, rewrite_golden: bool) -> None:
    report = read(corpus / f"{name}.md")
    previous = read(corpus / f"{before}.md") if before else None
    verdict = json.loads(json.dumps(verdict_json(report, check(Dossier(report, previous)))))
    path = GOLDEN / f"{name}.json"
    if rewrite_golden:
        path.write_text(json.dumps(verdict, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert verdict == json.loads(path.read_text(encoding="utf-8"))


def test_every_report_of_the_corpus_has_a_golden_file(corpus: Path) -> None:
    assert {path.stem for path in corpus.glob("*.md")} == set(CORPUS) == {path.stem for path in GOLDEN.glob("*.json")}
