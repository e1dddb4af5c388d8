"""One contract for every command that writes: the format by the extension, nothing replaced unless it is asked for,
what was written is said, in Chinese, and what goes to a pipe has no bars in it."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
import small_report
from lxml import html

from assistant.__main__ import main
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.resources import folder

ROOT = Path(__file__).parent.parent
OLD = "原来的内容"


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library, reports and a drafted report, that all cases read."""
    work = tmp_path_factory.mktemp("held")
    with Library(work / "库", create=True) as library:
        ingest([folder("corpus") / "reports"], library, vectors=False)
    (work / "报告").mkdir()
    for year in (2023, 2024):
        (work / "报告" / f"甲区_{year}.md").write_text(small_report.report(year), encoding="utf-8")
    data = folder("corpus") / "data" / "清源区_2025.xlsx"
    command = [sys.executable, "-m", "assistant", "draft", "--data", str(data), "-o", str(work / "成文.docx")]
    subprocess.run(command, check=True, capture_output=True, cwd=work, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return work


@pytest.fixture
def run(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")  # main sets it for its children
    places = {
        "report": held / "报告" / "甲区_2024.md", "before": held / "报告" / "甲区_2023.md", "folder": held / "报告",
        "data": folder("corpus") / "data" / "清源区_2025.xlsx", "drafted": held / "成文.docx",
    }  # fmt: skip
    fresh = iter(range(100))

    def call(command: str, out: Path | str, *more: str) -> Said:
        named = {**places, "out": out, "fresh": tmp_path / f"另{next(fresh)}.docx"}
        words = [word.format(**named) for word in command.split()]
        monkeypatch.setattr(sys, "argv", ["assistant", "--library", str(held / "库"), *words, *more])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Said(ended.value.code if isinstance(ended.value.code, int) else 0, said.out, said.err)

    return call


# Every command with an output, the extensions it writes.
FILES = [
    ("check {report} -o {out}", ".txt .json .jsonl .html .docx"),
    ("check {folder} -o {out}", ".txt .json .jsonl"),
    ("check {folder} --summary {out}", ".xlsx .html"),
    ("template --unit 甲区人民政府 --year 2025 -o {out}", ".xlsx"),
    ("draft --data {data} -o {out}", ".docx .html"),
    ("draft --data {data} -o {out} --json", ".md"),
    ("draft --data {data} -o {fresh} --provenance {out}", ".xlsx"),
    ("draft --section 六 --note 没有其他事项。 --from {drafted} -o {out}", ".docx"),
    ("draft --refresh --data {data} --from {drafted} -o {out}", ".docx"),
    ("trend 新收申请 --unit 清源区 -o {out}", ".svg .png"),
    ("trend 新收申请 --unit 清源区 -o {out} --json", ".svg"),
    ("compare {before} {report} -o {out}", ".xlsx .html"),
    ("compare {before} {report} -o {out} --json", ".xlsx"),
]
CASES = [(command, suffix) for command, suffixes in FILES for suffix in suffixes.split()]
# Latin words that an official knows or has to type; options, names of files and codes of checks are taken out before.
KNOWN = {"Word", "Excel", "WPS", "PDF", "assistant", "draft", "check"}


def english(said: Said, tmp_path: Path, held: Path) -> set[str]:
    text = said.err if said.out.lstrip().startswith(("{", "[")) else said.all
    for place in (tmp_path, held):
        text = re.sub(rf"{re.escape(str(place))}[^\s：，；]*", "", text)
    text = re.sub(r"--?[a-z-]+|[\w.]+\.(?:docx|xlsx|html|md|txt|jsonl?|svg|png)\b", "", text)
    return set(re.findall(r"[A-Za-z]{2,}", text)) - KNOWN


@pytest.mark.parametrize(("command", "suffix"), CASES)
def test_every_output_keeps_the_contract(
    command: str, suffix: str, run: Callable[..., Said], tmp_path: Path, held: Path, request: pytest.FixtureRequest
) -> None:
    if suffix == ".png":
        request.getfixturevalue("chinese_font")
    out = tmp_path / f"结果{suffix}"
    first = run(command, out)
    assert first.code in (0, 1) and out.stat().st_size > 0, first.all
    assert f"已写入{out}" in first.all
    assert not set("\r\x1b") & set(first.all) and not first.all.endswith("\n\n")
    assert english(first, tmp_path, held) == set()
    if "--json" in command:
        assert "已写入" not in first.out, "who reads JSON reads nothing else"
    out.write_text(OLD, encoding="utf-8")
    again = run(command, out)
    assert again.code == 2 and "没有覆盖" in again.err and "--overwrite" in again.err and str(out) in again.err
    assert out.read_text(encoding="utf-8") == OLD
    replaced = run(command, out, "--overwrite")
    assert replaced.code == first.code and out.read_bytes() != OLD.encode() and f"已写入{out}" in replaced.all
    other = tmp_path / "结果.xyz"
    refused = run(command, other)
    assert refused.code == 2 and "不能写成“.xyz”" in refused.err and not other.exists()


@pytest.mark.parametrize(("form", "suffix"), [("html", ".html"), ("word", ".docx")])
def test_a_folder_of_documents_keeps_it_too(form: str, suffix: str, run: Callable[..., Said], tmp_path: Path) -> None:
    command = f"check {{folder}} --format {form} -o {{out}}"
    out = tmp_path / "结果"
    first = run(command, out)
    assert first.code in (0, 1) and f"已写入{out}：2份" in first.out
    pages = sorted(out.glob(f"*_检查{suffix}"))
    assert len(pages) == 2
    pages[0].write_text(OLD, encoding="utf-8")
    again = run(command, out)
    assert again.code == 2 and "没有覆盖" in again.err and pages[0].read_text(encoding="utf-8") == OLD
    replaced = run(command, out, "--overwrite")
    assert replaced.code == first.code and pages[0].read_bytes() != OLD.encode()
    assert "（其中1份没有变化，没有重写）" in replaced.out
    whole = run(command, tmp_path / f"结果{suffix}")
    assert whole.code == 2 and "需要一个文件夹" in whole.err and not (tmp_path / f"结果{suffix}").exists()


FORMATS = {"console": ".txt", "json": ".json", "jsonl": ".jsonl", "html": ".html", "word": ".docx"}


@pytest.mark.parametrize("form", FORMATS)
def test_what_contradicts_itself_is_refused(form: str, run: Callable[..., Said], tmp_path: Path) -> None:
    for other, suffix in FORMATS.items():
        out = tmp_path / f"结果{suffix}"
        said = run(f"check {{report}} --format {form} -o {{out}}", out)
        assert out.exists() == (other == form)
        if other != form:
            assert said.code == 2 and "不一致" in said.err


def test_what_says_no_format_is_asked_for_one(run: Callable[..., Said], tmp_path: Path) -> None:
    for name in ("结果", "结果.pdf", "结果.xlsx"):
        said = run("check {report} -o {out}", tmp_path / name)
        assert said.code == 2 and "怎么办" in said.err and "--format" in said.err and "--summary" in said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["check {report} -o {report}", "compare {before} {report} -o {report} --overwrite"])
def test_an_input_is_never_replaced(command: str, run: Callable[..., Said], held: Path) -> None:
    was = (held / "报告" / "甲区_2024.md").read_bytes()
    said = run(command, "")
    assert said.code == 2 and "怎么办" in said.err and (held / "报告" / "甲区_2024.md").read_bytes() == was


@pytest.mark.parametrize("summary", ["汇总.html", "下/汇总.html", "检查结果/汇总.html"])
def test_a_summary_links_the_pages_of_its_reports(summary: str, run: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "下").mkdir()
    (tmp_path / "检查结果").mkdir()
    place = tmp_path / summary
    said = run("check {folder} --format html -o {out}", tmp_path / "检查结果", "--summary", str(place))
    assert said.code in (0, 1)
    links = html.fromstring(place.read_text(encoding="utf-8")).xpath("//table[contains(@class, 'files')]//a/@href")
    assert len(links) == 2
    for link in links:
        assert (place.parent / unquote(link)).is_file()


def test_an_ingest_in_a_pipe_has_no_bar(run: Callable[..., Said], tmp_path: Path, held: Path) -> None:
    said = run("ingest {folder}", "")
    assert said.code == 0 and not set("\r\x1b") & set(said.all) and not said.all.endswith("\n\n")
    assert english(said, tmp_path, held) == set()


@pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals")
@pytest.mark.parametrize("command", ["check {folder} -o 结果.jsonl", "--library 库 ingest {folder}"])
def test_a_bar_counts_files_and_leaves_nothing_behind(command: str, tmp_path: Path, held: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    words = [word.format(folder=held / "报告") for word in command.split()]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "COLUMNS": "100",
        "ASSISTANT_EMBEDDINGS": "none",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", *words],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=tmp_path,
        env=environment,
    ) as running:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the end of a terminal
            while read := os.read(ours, 65536):
                shown += read
        assert running.stdout and b"\x1b" not in running.stdout.read(), "no bar in a pipe"
    text = shown.decode()
    counts = {int(count) for count in re.findall(r"(\d+)/\d+", re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", text))}
    assert counts and max(counts) <= (2 if "check" in command else 5), "files, not steps; an ingest adds the regulation"
    assert "\x1b[2K" in text and "━" not in text.rpartition("\x1b[2K")[2], "the bar is wiped away"
    assert text.count("\x1b[?25l") == text.count("\x1b[?25h"), "the cursor is back"


def test_what_libraries_warn_of_is_not_shown(tmp_path: Path) -> None:
    """A workbook with an extension that openpyxl does not know, of which it warns in English."""
    source, made = folder("corpus") / "data" / "清源区_2025.xlsx", tmp_path / "数据.xlsx"
    unknown = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"</worksheet>", unknown) if "worksheets/sheet" in name else content)
    command = [sys.executable, "-m", "assistant", "draft", "--data", str(made), "-o", str(tmp_path / "r.md")]
    for given, shown in ({}, False), ({"PYTHONWARNINGS": "default"}, True):
        environment = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONWARNINGS"},
            "PYTHONPATH": str(ROOT),
            **given,
        }
        said = subprocess.run([*command, "--overwrite"], capture_output=True, check=True, env=environment)
        assert (b"UserWarning" in said.stderr) == shown, said.stderr.decode()
