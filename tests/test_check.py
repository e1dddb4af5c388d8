"""Checking files: several at once, folders, last year's report, and golden verdicts of the corpus."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from dossiers import dossier, printed

from assistant.batch import check_files, report_files
from assistant.check import RULES, SEVERITIES, check
from assistant.errors import UnknownName, UnreadableReport
from assistant.figures.dossier import Dossier
from assistant.places import Places
from assistant.readers import read, report_from_text
from assistant.render.json import verdict_json

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


# Findings of every family at known places: cells, words, headings, the same sentence twice.
FAULTY: dict[str, Any] = {
    "figures": {"requests.received.total": 25, "requests.granted.total": 12, "review.total": None},
    "titles": {"requests": "收到申请情况"},
    "numbers": {"other": ""},
    "add": {
        "problems": "全年办结申请22件。\n培训次数待补充。",
        "overview": "全年办结申请22件。\n网站发布信息1950条、1840条、1951条、1730条、1952条、1620条。",
    },
}


def found(text: str) -> dict[str, tuple[str, str]]:
    """Fingerprint → code and quote of what is found in a report."""
    verdict = check(Dossier(report_from_text(text)))
    return {finding.fingerprint: (finding.code, finding.quote) for finding in verdict.findings}


def test_fingerprints_survive_edits_elsewhere() -> None:
    text = printed(dossier(FAULTY).report)
    before = found(text)
    assert len({code for code, _ in before.values()}) > 4
    edited = "\n\n\n" + text.replace("文件从起草到归档都标明公开属性", "文件从起草、会签到归档都标明属性")
    edited = edited.replace("（四）公开平台建设", "另外开展专项清理。\n\n（四）公开平台建设")
    assert edited.count("\n") > text.count("\n") + 4
    assert found(edited) == before
    # Words that are met once more, further up, take nobody's fingerprint.
    again = found(edited.replace("（一）主动公开", "培训次数待补充。\n（一）主动公开"))
    assert before.items() < again.items()


def test_the_same_words_at_two_places_are_two_findings() -> None:
    text = printed(dossier(FAULTY).report)
    before = found(text)
    twice = [quote for code, quote in before.values() if code == "N104"]
    assert len(twice) == 2 and len(set(twice)) == 1
    # Correcting one leaves the other as it was.
    assert (
        len(before.keys() & found(text.replace("全年办结申请22件。", "全年办结申请23件。", 1)).keys())
        == len(before) - 1
    )


def test_findings_stand_in_the_order_of_the_report() -> None:
    verdict = check(dossier(FAULTY))
    places = Places(dossier(FAULTY).report)
    key = [(SEVERITIES.index(f.severity), f.code) for f in verdict.findings]
    assert key == sorted(key)
    wheres = [f.where for f in verdict.findings if f.code == "N104"]
    assert [where[0] for where in wheres] == ["一", "五"]
    listed = [each.text.removesuffix("条") for each in verdict.unchecked if each.text > "1600"]
    assert listed[:6] == ["1950", "1840", "1951", "1730", "1952", "1620"]
    assert places.items[0].kind == "title" and places.items[-1].kind == "closing"


def test_the_order_of_rules_does_not_matter() -> None:
    faulty = dossier({**FAULTY, "previous": {}})
    one, other = check(faulty, RULES.values()), check(faulty, reversed(tuple(RULES.values())))
    assert len(one.findings) > 8 and one == other


PROGRAM = """
import json, random, sys
from dossiers import dossier
from assistant.check import RULES, check
from assistant.render.json import verdict_json
rules = list(RULES.values())
random.shuffle(rules)
faulty = dossier({**json.loads(sys.argv[1]), "previous": {}})
sys.stdout.write(json.dumps(verdict_json(faulty.report, check(faulty, rules))))
"""


def test_the_same_input_gives_the_same_bytes_in_any_process() -> None:
    def told(seed: int) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(Path(__file__).parent)}
        arguments = [sys.executable, "-c", PROGRAM, json.dumps(FAULTY)]
        return subprocess.run(arguments, env=environment, capture_output=True, check=True, timeout=60).stdout

    first = told(1)
    assert len(json.loads(first)["findings"]) > 8
    assert first == told(2) == told(31337)


def test_last_year_is_taken_from_the_files_that_are_checked_together(tmp_path: Path) -> None:
    files = [
        save(tmp_path, "今.txt"),
        save(tmp_path, "去.txt", {"year": 2023}),
        save(tmp_path, "前.txt", {"year": 2022}),
    ]
    other = save(tmp_path, "乙.txt", {"year": 2023, "unit": "乙县人民政府"})
    used = {c.path.name: c.verdict and c.verdict.previous for c in check_files([*files, other])}
    assert {name: last and (last.file, last.origin) for name, last in used.items()} == {
        "今.txt": ("去.txt", "files"), "去.txt": ("前.txt", "files"), "前.txt": None, "乙.txt": None,
    }  # fmt: skip


def test_two_files_of_last_year_are_no_last_year(tmp_path: Path) -> None:
    files = [save(tmp_path, "今.txt"), *(save(tmp_path, name, {"year": 2023}) for name in ("去.txt", "去_定稿.txt"))]
    (this, *_) = check_files(files)
    assert this.verdict and this.verdict.previous is None and "Y101" in {s.code for s in this.verdict.skipped}


def test_one_bad_file_does_not_end_the_others(tmp_path: Path) -> None:
    good = save(tmp_path, "甲_2024.txt")
    bad = tmp_path / "乙.txt"
    bad.write_text("", encoding="utf-8")
    wrong = save(tmp_path, "丙_2024.txt", {"figures": {"requests.received.total": 25}})
    checked = list(check_files([good, bad, tmp_path / "没有.txt", wrong], select=["T301"]))
    assert [item.path for item in checked] == [good, bad, tmp_path / "没有.txt", wrong]
    assert [bool(item.error) for item in checked] == [False, True, True, False]
    assert [item.verdict and item.verdict.fails("error") for item in checked] == [False, None, None, True]


def test_of_a_folder_the_documents(tmp_path: Path) -> None:
    wanted = [save(tmp_path, name) for name in ("a.txt", "b/c.md", "d.TXT")]
    (tmp_path / "说明.wps").write_text("x", encoding="utf-8")
    wanted.append(tmp_path / "说明.wps")  # told of, not passed over
    (tmp_path / "数据.csv").write_text("x", encoding="utf-8")
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
    assert list(checked.verdict.findings) == []
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
