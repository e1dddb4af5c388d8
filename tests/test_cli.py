"""The command line as people and programs call it: exit codes, the shape of its JSON, consoles of all kinds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from dossiers import dossier, printed

from assistant.__main__ import main
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.rules import RULES

FINDING = {
    "code",
    "severity",
    "title",
    "where",
    "quote",
    "message",
    "expected",
    "actual",
    "basis",
    "fingerprint",
    "cause",
}
VERDICT = {
    "file", "unit", "year", "previous", "findings", "causes", "unchecked", "notes", "skipped", "counts", "dismissed",
}  # fmt: skip
READ = {"file", "unit", "year", "edition", "kind", "title", "sections", "figures", "doubtful", "warnings"}
HEAVY = ("chromadb", "langchain", "langchain_core", "langchain_openai", "openai", "onnxruntime", "numpy")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process; what it says and the code it ends with."""

    def call(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Result(ended.value.code if isinstance(ended.value.code, int) else 0, said.out, said.err)

    return call


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    specs: dict[str, dict[str, Any] | None] = {
        "sound": None,
        "wrong": {"figures": {"requests.received.total": 25}},
        "warned": {"numbers": {"other": ""}},
        "last": {"year": 2023},
    }
    made = {}
    for name, spec in specs.items():
        made[name] = tmp_path / f"{name}.txt"
        made[name].write_text(printed(dossier(spec).report), encoding="utf-8")
    made["empty"] = tmp_path / "empty.txt"
    made["empty"].touch()
    made["missing"] = tmp_path / "missing.txt"
    return made


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("check sound", 0),
        ("check warned", 0),
        ("check warned --fail-on warning", 1),
        ("check sound --fail-on info", 0),  # a number that nothing could check is no finding
        ("check wrong", 1),
        ("check wrong sound", 1),
        ("check wrong --select Y,D", 0),
        ("check wrong --ignore T3,N", 0),
        ("check wrong --select T3 --select N1", 1),
        ("check sound --previous last", 1),  # the same figures two years running: nothing follows
        ("check empty", 2),
        ("check missing", 2),
        ("check wrong missing", 2),
        ("check sound --previous missing", 2),
        ("check last --previous sound", 2),
        ("check sound --select Z", 2),
        ("check sound --format xml", 2),
        ("check sound --fail-on never", 2),
        ("check sound --nonsense", 2),
        ("check", 2),
        ("read sound", 0),
        ("read sound wrong --json", 0),
        ("read missing", 2),
        ("read sound empty", 2),
        ("rules", 0),
        ("rules T301", 0),
        ("rules t3 --json", 0),
        ("rules T999", 2),
        ("--version", 0),
        ("--help", 0),
        ("check -h", 0),
        ("nonsense", 2),
    ],
)
def test_exit_codes(call: str, code: int, run: Run, files: dict[str, Path]) -> None:
    result = run(*(files.get(word, word) for word in call.split()))
    assert result.code == code, result.err
    assert "Traceback" not in result.out + result.err
    if code == 2:
        assert "怎么办：" in result.err


def test_check_json(run: Run, files: dict[str, Path]) -> None:
    told = run("check", files["wrong"], "--format", "json").json
    assert set(told) == VERDICT
    assert (told["file"], told["unit"], told["year"]) == ("wrong.txt", "云川县人民政府", 2024)
    assert all(
        set(finding) == FINDING and all(isinstance(v, str) for v in finding.values()) for finding in told["findings"]
    )
    assert all(set(cause) == {"id", "message", "mend", "findings"} for cause in told["causes"])
    (cause,) = (cause for cause in told["causes"] if len(cause["findings"]) > 1)
    assert cause["mend"] == "把表三 一·总计 25 改为 24，三处都消"
    assert all(set(number) == {"where", "text", "quote"} for number in told["unchecked"])
    assert all(set(skipped) == {"code", "needs"} for skipped in told["skipped"])
    assert set(told["counts"]) == {"error", "warning", "info"}
    assert sum(told["counts"].values()) == len(told["findings"])
    assert {finding["code"] for finding in told["findings"] if finding["severity"] == "error"} == {
        "T301",
        "T303",
        "N101",
    }


def test_check_several_as_json_and_jsonl(run: Run, files: dict[str, Path]) -> None:
    several = (files["sound"], files["empty"], files["wrong"])
    listed = run("check", *several, "--format", "json")
    lines = run("check", *several, "--format", "jsonl")
    assert [json.loads(line) for line in lines.out.splitlines()] == listed.json
    assert [set(row) for row in listed.json] == [VERDICT, {"file", "error"}, VERDICT]
    assert lines.code == listed.code == 2
    assert "empty.txt" in lines.err


def test_a_folder_with_one_bad_file(run: Run, files: dict[str, Path]) -> None:
    result = run("check", files["sound"].parent, "--format", "jsonl")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 2
    assert [row["file"] for row in rows] == ["empty.txt", "last.txt", "sound.txt", "warned.txt", "wrong.txt"]
    assert [set(row) == VERDICT for row in rows] == [False, True, True, True, True]


def test_read_json(run: Run, files: dict[str, Path]) -> None:
    told = run("read", files["sound"], "--json").json
    assert set(told) == READ
    assert (told["edition"], told["year"], told["unit"]) == ("2021", 2024, "云川县人民政府")
    assert [set(section) for section in told["sections"]] == [{"number", "title", "text"}] * 6
    assert len(told["figures"]) == 200 and told["figures"]["requests.received.total"] == "24"
    assert len(run("read", files["sound"], files["last"], "--json").json) == 2


def test_rules_json(run: Run) -> None:
    told = run("rules", "--json").json
    assert [entry["code"] for entry in told] == list(RULES)
    assert all({"code", "title", "severity", "basis", "needs", "page"} == set(entry) for entry in told)


def test_the_page_of_a_rule(run: Run) -> None:
    page = run("rules", "T301").out
    assert all(word in page for word in ("T301", "依据：", "违例：", "正例："))


@pytest.mark.parametrize("form", ["console", "json", "jsonl"])
def test_output_to_a_file_is_utf8_and_not_on_the_screen(
    form: str, run: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    target = tmp_path / "结果"
    result = run("check", files["wrong"], "--format", form, "-o", target)
    assert (result.code, result.out) == (1, f"已写入{target}\n")
    written = target.read_text(encoding="utf-8")
    assert "T301" in written and "应为4" in written
    if form != "console":
        assert set(json.loads(written)) == VERDICT


def test_an_output_that_cannot_be_written(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    result = run("check", files["sound"], "-o", tmp_path / "没有" / "x.json")
    assert result.code == 2 and "无法写入文件" in result.err


def test_last_year_of_another_year_is_told(run: Run, files: dict[str, Path]) -> None:
    result = run("check", files["last"], "--previous", files["sound"])
    assert "--previous 应为2022年度的报告" in result.err


def test_last_year_among_the_files_is_used_and_told(run: Run, files: dict[str, Path]) -> None:
    both = (files["wrong"], files["last"])
    rows = {row["year"]: row for row in run("check", *both, "--format", "json").json}
    assert rows[2024]["previous"] == {"file": "last.txt", "unit": "云川县人民政府", "year": 2023, "from": "files"}
    assert rows[2023]["previous"] is None
    assert "Y101" not in {skipped["code"] for skipped in rows[2024]["skipped"]}
    assert "上年报告：last.txt　2023年度（一同检查的文件）" in run("check", *both).out
    given = run("check", files["wrong"], "--previous", files["last"], "--format", "json").json
    assert given["previous"]["from"] == "given"


def test_last_year_in_the_library_is_used_and_told(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    root = tmp_path / "资料库"
    with Library(root, create=True) as library:
        ingest([files["last"]], library, vectors=False)
    told = run("--library", root, "check", files["wrong"], "--format", "json").json
    assert told["previous"]["from"] == "library" and told["previous"]["year"] == 2023
    assert "（资料库）" in run("--library", root, "check", files["wrong"]).out
    without = run("--library", root, "check", files["wrong"], "--no-library", "--format", "json").json
    assert without["previous"] is None and "Y101" in {skipped["code"] for skipped in without["skipped"]}


def test_a_damaged_library_is_told_with_a_way_round_it(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").write_text("不是数据库", encoding="utf-8")
    result = run("--library", tmp_path, "check", files["sound"])
    assert result.code == 2 and "--no-library" in result.err
    assert run("--library", tmp_path, "check", files["sound"], "--no-library").code == 0


def test_a_dismissed_finding_no_longer_fails(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    record = tmp_path / "review.toml"
    call = ("check", files["wrong"], "--select", "T303", "--review", record)
    assert run(*call).code == 1
    record.write_text(
        record.read_text(encoding="utf-8")
        .replace('decision = ""', 'decision = "排除"')
        .replace('reason = ""', 'reason = "附件另有说明"')
        .replace('by = ""', 'by = "王芳"'),
        encoding="utf-8",
    )
    result = run(*call)
    assert result.code == 0 and "错误0，警告0，提示0，已排除1" in result.out
    assert "已排除（附件另有说明，王芳）" in result.out
    told = run(*call, "--format", "json").json
    assert told["dismissed"] == 1 and told["counts"]["error"] == 0
    assert told["findings"][0]["review"] == {"decision": "dismissed", "reason": "附件另有说明", "by": "王芳"}


@pytest.mark.parametrize(("form", "suffix"), [("html", ".html"), ("word", ".docx")])
def test_documents_are_written_beside_the_working_directory_and_never_over_a_file(
    form: str, suffix: str, run: Run, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check", files["wrong"], "--format", form).code == 1
    made = tmp_path / f"wrong_检查{suffix}"
    written = made.read_bytes()
    again = run("check", files["wrong"], "--format", form)
    assert again.code == 2 and "文件已经存在" in again.err and made.read_bytes() == written
    assert run("check", files["wrong"], "--format", form, "-o", made, "--overwrite").code == 1


@pytest.mark.parametrize("form", ["console", "json", "html", "word"])
def test_a_report_is_never_written_over(form: str, run: Run, files: dict[str, Path]) -> None:
    was = files["wrong"].read_bytes()
    result = run("check", files["wrong"], "--format", form, "-o", files["wrong"])
    assert result.code == 2 and "输出文件就是报告本身" in result.err and files["wrong"].read_bytes() == was


def test_several_documents_go_to_a_folder(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    three = (files["sound"], files["empty"], files["wrong"])
    told = run("check", *three, "--format", "html")
    assert told.code == 2 and "需要一个文件夹" in told.err
    folder = tmp_path / "结果"
    assert run("check", *three, "--format", "html", "-o", folder).code == 2  # empty.txt is no report
    assert {path.name for path in folder.iterdir()} == {"sound_检查.html", "wrong_检查.html", "index.html"}
    assert "empty.txt" in (folder / "index.html").read_text(encoding="utf-8")


def test_our_own_failure_is_never_a_finding(run: Run, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """An unhandled exception never leaves as 1."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("坏了")

    monkeypatch.setattr("assistant.batch.check_files", broken)
    result = run("check", files["sound"])
    assert result.code == 2 and "RuntimeError" in result.err and "ASSISTANT_TRACEBACK" in result.err


def test_a_wrong_setting_is_told(run: Run, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.settings import settings

    monkeypatch.setenv("ASSISTANT_MAX_FILE_BYTES", "很大")
    settings.cache_clear()
    result = run("check", files["sound"])
    settings.cache_clear()
    assert result.code == 2 and "设置有误：" in result.err and "max_file_bytes" in result.err.lower()


def started(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("read wrong", 0),
        ("check wrong", 1),
        ("check missing", 2),
        ("rules", 0),
        ("rules T204", 0),
        ("check -h", 0),
    ],
)
def test_consoles_that_lack_characters(arguments: str, code: int, encoding: str, files: dict[str, Path]) -> None:
    odd = files["wrong"].read_text(encoding="utf-8").replace("惠民政策", "惠民政策\u20bf\U0001f600≥㎡")
    files["wrong"].write_text(odd, encoding="utf-8")
    done = started("-m", "assistant", *(files.get(word, word) for word in arguments.split()), PYTHONIOENCODING=encoding)
    assert done.returncode == code, done.stderr.decode(encoding, "replace")
    said = (done.stdout + done.stderr).decode(encoding)
    assert "Traceback" not in said and said.strip()


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
@pytest.mark.parametrize(
    "arguments", [("read", "sound", "--json"), ("check", "wrong", "--format", "json"), ("rules", "--json")]
)
def test_json_stays_json_on_any_console(arguments: tuple[str, ...], encoding: str, files: dict[str, Path]) -> None:
    done = started("-m", "assistant", *(files.get(word, word) for word in arguments), PYTHONIOENCODING=encoding)
    told = json.loads(done.stdout.decode(encoding))
    if isinstance(told, dict):
        assert told["unit"] == "云川县人民政府"


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check", "sound"], ["check", "sound", "--previous", "last"], ["rules"], ["read", "sound"]],
    ids=" ".join,
)
def test_checking_never_meets_a_model(arguments: list[str], files: dict[str, Path]) -> None:
    called = [str(files.get(word, word)) for word in arguments]
    program = (
        "import sys; from assistant.__main__ import main; sys.argv = ['assistant', *sys.argv[1:]]\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = started("-c", program, *called)
    assert done.stderr.decode().strip().splitlines()[-1] == "[]"


def test_last_year_from_the_library_brings_no_model_either(files: dict[str, Path], tmp_path: Path) -> None:
    with Library(tmp_path / "库", create=True) as library:
        ingest([files["last"]], library, vectors=False)
    program = (
        "import sys; from assistant.cli import run; code = run(sys.argv[1:])\n"
        f"print(code, [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = started("-c", program, "--library", tmp_path / "库", "check", files["sound"], PYTHONIOENCODING="utf-8")
    said = done.stdout.decode().splitlines()
    assert said[-1] == "1 []" and "（资料库）" in "".join(said)


def test_a_reader_of_the_pipe_may_leave_early() -> None:
    """``assistant rules | head -1`` ends quietly, and not as if all had been read."""
    program = (
        "import os, subprocess, sys; ours, theirs = os.pipe(); os.close(ours)\n"
        "sys.exit(subprocess.run([sys.executable, '-m', 'assistant', 'rules', '--json'], stdout=theirs).returncode)"
    )
    done = started("-c", program)
    assert done.returncode == 141 and b"Traceback" not in done.stderr and b"BrokenPipe" not in done.stderr


def test_checking_writes_nothing_beside_its_output(files: dict[str, Path], tmp_path: Path) -> None:
    """No library, no cache, no device id: checking leaves the working directory and the home folder as they were."""
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "check", files["sound"]],
        cwd=home, env={**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0 and list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("template", "--unit", "", "--year", "2025"), "--unit：单位应为中文全称"),
        (
            ("template", "--unit", "清源区人民政府", "--year", "25"),
            "--year：年度应为 2021 年以后的四位数字，这里是“25”",
        ),
        (("template", "--unit", "清源区人民政府", "--year", "0"), "这里是“0”"),
        (("check", ""), "文件名是空的"),
        (("ingest", ""), "文件名是空的"),
        (("compare", "甲.txt", ""), "文件名是空的"),
        (("check", "https://example.org/a.html"), "https://example.org/a.html：不能直接读取网址"),
        (("draft", "--data", "{wrong}"), "不是数据工作簿：数据要填在 .xlsx 里，这是 .txt 文件"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    arguments: tuple[str, ...],
    says: str,
    run: Run,
    files: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.rglob("*"))
    result = run(*(argument.format(**files) for argument in arguments))
    assert result.code == 2 and says in result.err and set(tmp_path.rglob("*")) == before


def test_a_wrong_setting_is_told_in_chinese() -> None:
    done = started("-m", "assistant", "check", "x", ASSISTANT_PDF_SECONDS="abc", PYTHONIOENCODING="utf-8")
    said = done.stderr.decode()
    assert done.returncode == 2 and "ASSISTANT_PDF_SECONDS：应为数字，现在是“abc”" in said and "Input" not in said
