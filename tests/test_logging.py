"""What -v and --log tell: every step, in lines that a program can read, and never a word of what was read or asked."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from dossiers import dossier, printed
from scripted_endpoint import Endpoint, serving

from assistant import logs
from assistant.__main__ import main
from assistant.settings import settings

PACKAGE = Path(logs.__file__).parent
KEY = "sk-never-told-7391"
QUESTION = "清源区2024年新收申请多少件？密语甲"
ALWAYS = ["time", "level", "document", "step", "ms"]


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Ended]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    def called(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ended(ended.value.code if isinstance(ended.value.code, int) else 0, said.out, said.err)

    return called


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(printed(dossier({"figures": {"requests.received.total": 25}}).report), encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def steps(path: Path) -> list[str]:
    return [line["step"] for line in lines(path)]


def test_quiet_unless_asked_and_the_output_is_the_same_either_way(call: Call, report: Path, tmp_path: Path) -> None:
    for arguments in (
        ("check", report, "--no-library"),
        ("check", report, "--format", "json"),
        ("read", report, "--json"),
    ):
        plain = call(*arguments)
        told = call(*arguments, "-v", "--log", tmp_path / "log.jsonl")
        assert plain.err == "" and (told.code, told.out) == (plain.code, plain.out)
        assert "读取" in told.err
    assert steps(tmp_path / "log.jsonl").count("command") == 3, "a log is added to, never begun anew"


def test_the_options_stand_before_the_command_or_after_it(call: Call, report: Path, tmp_path: Path) -> None:
    before = call("-v", "--log", tmp_path / "a.jsonl", "read", report)
    after = call("read", report, "--verbose", "--log", tmp_path / "b.jsonl")
    assert steps(tmp_path / "a.jsonl") == steps(tmp_path / "b.jsonl") == ["read", "figures", "command"]
    assert [line.split("　")[0] for line in before.err.splitlines()] == ["读取", "数字入册", "命令"]
    assert len(after.err.splitlines()) == 3, "handlers of the run before are gone"


def test_a_line_has_document_step_ms_time_and_level(call: Call, report: Path, tmp_path: Path) -> None:
    call("check", report, "--no-library", "--format", "html", "-o", tmp_path / "页.html", "--log", tmp_path / "log")
    told = {line["step"]: line for line in lines(tmp_path / "log")}
    assert list(told) == ["read", "figures", "rules", "render", "command"]
    for line in told.values():
        assert list(line)[:5] == ALWAYS and line["level"] == "info" and line["ms"] >= 0 and line["time"][10] == "T"
    assert told["read"]["document"] == str(report) and told["read"]["bytes"] == report.stat().st_size
    assert told["render"]["document"] == str(tmp_path / "页.html")
    assert told["rules"]["findings"] > 0 and told["command"]["exit"] == 1


def test_what_fails_is_a_warning_with_the_kind_of_error_alone(call: Call, tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 secret words")
    assert call("read", broken, "--log", tmp_path / "log").code == 2
    read = lines(tmp_path / "log")[0]
    assert (read["level"], read["step"], read["error"]) == ("warning", "read", "UnreadableReport")
    assert "secret" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_steps_of_other_processes_come_back_with_their_results(jobs: int, report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.txt").write_bytes(report.read_bytes())
    (folder / "broken.docx").write_bytes(b"PK")
    command = [
        sys.executable, "-m", "assistant", "check", str(folder), "--no-library", "--jobs", str(jobs),
        "--format", "jsonl", "-o", str(tmp_path / "out.jsonl"), "--log", str(tmp_path / "log"),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=False)
    told = [(Path(line["document"]).name, line["step"]) for line in lines(tmp_path / "log")]
    wanted = [(f"{n}.txt", step) for n in range(4) for step in ("read", "figures", "rules")]
    assert sorted(told) == sorted([*wanted, ("broken.docx", "read"), ("", "command")])


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    with serving() as endpoint:
        for name, value in (("OPENAI_BASE_URL", endpoint.url), ("OPENAI_API_KEY", KEY)):
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("ASSISTANT_LLM", "openai:scripted")
        monkeypatch.setenv("ASSISTANT_EMBEDDINGS", "none")
        settings.cache_clear()
        yield endpoint
    settings.cache_clear()


def test_neither_texts_nor_keys_are_told_whatever_the_model_says(
    call: Call, served: Endpoint, corpus: Path, tmp_path: Path
) -> None:
    """Ingest, ask and draft with a model that repeats its prompt and its key."""
    library, log = tmp_path / "library", tmp_path / "log"
    served.says(400, {"answer": f"{KEY} 主动公开", "citations": ["7"]})
    served.otherwise = json.dumps({"sentences": [f"清源区主动公开 {KEY}"]}, ensure_ascii=False)
    before = ("--library", library, "--log", log, "-v")
    said = [
        call(*before, "ingest", corpus),
        call(*before, "ask", QUESTION),
        call(*before, "ask", "依申请公开的答复期限是多久？密语乙"),
        call(*before, "draft", "--data", corpus.parent / "data" / "清源区_2025.xlsx", "-o", tmp_path / "r.md"),
    ]
    assert served.requests, "the model was asked"
    told = log.read_text(encoding="utf-8") + "".join(each.err for each in said)
    assert {"model", "draft", "answer", "search", "command"} <= set(steps(log))
    for secret in (KEY, "密语", "主动公开", "清源区2024年新收"):
        assert secret not in log.read_text(encoding="utf-8"), secret
    assert KEY not in told
    models = [line for line in lines(log) if line["step"] == "model"]
    assert models and all(line["name"] == "openai:scripted" and line["try_number"] >= 1 for line in models)


def test_libraries_are_not_heard_at_all(served: Endpoint, corpus: Path, tmp_path: Path) -> None:
    """In a process of its own, with the variable that makes openai print what it sends."""
    served.otherwise = 400
    ended = subprocess.run(
        [
            sys.executable, "-m", "assistant", "-v", "draft", "--data", str(corpus.parent / "data" / "清源区_2025.xlsx"),
            "-o", str(tmp_path / "r.md"),
        ],
        capture_output=True, env={**os.environ, "OPENAI_LOG": "debug"}, cwd=tmp_path, timeout=120, check=False,
    )  # fmt: skip
    said = ended.stderr.decode("utf-8")
    assert served.requests and "调用模型" in said
    for foreign in ("HTTP Request", "Request options", "DEBUG", "httpx", "messages"):
        assert foreign not in said


@pytest.mark.parametrize(
    ("name", "content"), [("r.txt", "一、总体情况"), ("r.docx", b"PK\x03\x04\xff\xfe"), ("o.csv", "a,b")]
)
def test_a_log_never_goes_into_a_file_that_is_none(
    name: str, content: str | bytes, call: Call, report: Path, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    before = path.read_bytes()
    ended = call("read", report, "--log", path)
    assert ended.code == 2 and "怎么办" in ended.err and path.read_bytes() == before


@pytest.mark.parametrize("place", ["no/such/folder/log", "."])
def test_a_log_that_cannot_be_written_is_said_before_any_work(
    place: str, call: Call, report: Path, tmp_path: Path
) -> None:
    ended = call("read", report, "--log", tmp_path / place)
    assert ended.code == 2 and "怎么办" in ended.err and ended.out == ""


@pytest.mark.skipif(os.name == "nt", reason="this system has other permissions")
def test_a_log_is_for_its_owner_alone(call: Call, report: Path, tmp_path: Path) -> None:
    os.umask(os.umask(0))
    call("read", report, "--log", tmp_path / "log")
    assert (tmp_path / "log").stat().st_mode & 0o077 == 0


_SMALL_FILES_ONLY = """
import resource, sys
from assistant.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="this system does not limit how long a file may be")
def test_a_full_disk_ends_the_log_and_not_the_work(report: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        _SMALL_FILES_ONLY,
        "read",
        str(report),
        str(report),
        "--log",
        str(tmp_path / "log"),
    ]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 0 and ended.stdout
    assert ended.stderr.decode("utf-8").splitlines() == ["运行记录写不进去了，后面的步骤没有记录。"]


def test_a_fact_is_a_number_or_a_code_and_nothing_else(tmp_path: Path) -> None:
    with logs.telling():
        logs.tell_file(tmp_path / "log")
        with logs.step("model", name="主动公开信息97条", try_number=1) as facts:
            facts["error"] = "a sentence of the document, with spaces"
        with logs.step("read", "甲\x1b[31m\n{}.txt"):
            pass
    first, second = lines(tmp_path / "log")
    assert (first["name"], first["error"], first["try_number"]) == ("?", "?", 1)
    assert second["document"] == "甲 {}.txt"


def test_nobody_listening_costs_no_more_than_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs.Step, "tell", lambda _: pytest.fail("told to nobody"))
    with logs.step("read", "a.txt"):
        pass
    assert not logs.listening()


def test_every_step_in_the_program_has_its_words() -> None:
    """What is told of is in the tables, and the tables have nothing that is never told of."""
    names, facts = set(), {"error", "exit", "findings"}
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "assistant.logs import step" in text or "logs.step(" in text else ():
            called = isinstance(node, ast.Call) and (
                getattr(node.func, "id", None) == "step" or getattr(node.func, "attr", None) == "step"
            )
            if called and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                names.add(node.args[0].value)
                facts |= {keyword.arg for keyword in node.keywords if keyword.arg}
    assert names == set(logs.STEPS) and facts == set(logs.FACTS)
