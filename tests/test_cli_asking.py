"""``chat`` and ``trend`` as people call them: typed, piped, interrupted, written to files."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from assistant.asking.conversation.chat import Conversation
from assistant.asking.conversation.history import Turn
from assistant.asking.result import Answer, Citation
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.render.conversation import export
from assistant.resources import folder

pty = pytest.importorskip("pty", reason="伪终端只在 POSIX 系统上有")
ROOT = Path(__file__).resolve().parents[1]
_WAIT = 30  # seconds


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("asked") / "library"
    with Library(root, create=True) as library:
        ingest([folder("corpus") / name for name in ("reports", "regulation")], library, vectors=False)
    return root


def environment() -> dict[str, str]:
    return {
        **os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "ASSISTANT_EMBEDDINGS": "none",
        "ASSISTANT_LLM": "none",
    }  # fmt: skip


def started(
    held: Path, *arguments: str, cwd: Path, lines: list[str] | bytes | None = None
) -> subprocess.CompletedProcess[str]:
    told = lines if isinstance(lines, bytes) else "\n".join(lines or []).encode()
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--library", str(held), *arguments],
        cwd=cwd, env=environment(), input=told, capture_output=True, check=False,
    )  # fmt: skip
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def test_a_piped_conversation(held: Path, tmp_path: Path) -> None:
    lines = ["清源区2024年新收多少件申请？", "", "  ", "那2023年呢？", "/出处", "/quit", "清源区2022年新收多少件"]
    done = started(held, "chat", cwd=tmp_path, lines=lines)
    assert done.returncode == 0
    assert [
        words in done.stdout for words in ("158件", "（按“江州市清源区人民政府2023年新收多少件申请”理解）", "141件")
    ] == [True] * 3
    assert "问：那2023年呢？" in done.stdout, "a piped question is echoed"
    assert "126件" not in done.stdout, "nothing after /quit"
    assert "1. 江州市清源区人民政府2023年报告　表三 一·总计\n" in done.stdout
    assert "requests.received" not in done.stdout, "ids are for programs"


def test_a_conversation_goes_on_where_it_ended(held: Path, tmp_path: Path) -> None:
    started(held, "chat", cwd=tmp_path, lines=["清源区2024年行政复议多少件"])
    done = started(held, "chat", "--continue", cwd=tmp_path, lines=["2023年呢", "／导出　全部.md"])
    assert "9件" in done.stdout
    told = (tmp_path / "全部.md").read_text(encoding="utf-8")
    assert "清源区2024年行政复议多少件" in told and "11件" in told and "9件" in told


def test_there_may_be_nothing_to_go_on_with(tmp_path: Path) -> None:
    with Library(tmp_path / "library", create=True):
        done = started(tmp_path / "library", "chat", "--continue", cwd=tmp_path)
    assert done.returncode == 2 and "没有可以继续的对话" in done.stderr


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("长" * 600, "问题太长（600字）"),
        ("/export", "没有写文件名"),
        ("/export 问答.docx", "还没有提过问题"),
        ("/nonsense", "没有这个命令"),
        ("\u200b\x1b[31m", ""),
    ],
)
def test_what_cannot_be_done_is_said_and_the_conversation_goes_on(
    held: Path, tmp_path: Path, line: str, says: str
) -> None:
    done = started(held, "chat", cwd=tmp_path, lines=[line, "清源区2024年新收多少件申请？"])
    assert done.returncode == 0 and says in done.stderr and "158件" in done.stdout and "\x1b" not in done.stdout


def test_lines_that_are_no_utf_8_end_nothing(held: Path, tmp_path: Path) -> None:
    lines = "清源区".encode("gb18030") + b"\n" + "清源区2024年新收多少件申请？\n".encode()
    assert "158件" in started(held, "chat", cwd=tmp_path, lines=lines).stdout


def test_a_history_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    with Library(tmp_path / "library", create=True) as library:
        ingest(sorted((folder("corpus") / "reports").glob("清源区_2024*")), library, vectors=False)
    (tmp_path / "library" / "conversations").write_text("in the way", encoding="utf-8")
    done = started(tmp_path / "library", "chat", cwd=tmp_path, lines=["2024年新收多少件申请", "行政复议呢"])
    assert done.returncode == 0 and "158件" in done.stdout and "11件" in done.stdout
    assert done.stderr.count("无法保存对话") == 1


@pytest.fixture
def terminal(held: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """``chat`` at a terminal, once it waits for a question."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "assistant", "--library", str(held), "chat"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        preexec_fn=_hears_interrupts,
    ) as process:  # fmt: skip
        os.close(slave)
        _until(master, "问：")
        yield process, master
        process.kill()
    os.close(master)


def _hears_interrupts() -> None:
    """A suite that was itself started in the background hands on that it ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _until(master: int, *words: str) -> str:
    """What the terminal shows, until these words stood in it one behind the other."""
    told, ends = b"", time.monotonic() + _WAIT
    while not re.search(b".*".join(re.escape(word.encode()) for word in words), told, re.DOTALL):
        ready, _, _ = select.select([master], [], [], max(0.0, ends - time.monotonic()))
        assert ready, told.decode("utf-8", "replace")
        told += os.read(master, 4096)
    return told.decode("utf-8", "replace")


@pytest.mark.parametrize("end", ["interrupt", "eof"])
def test_a_terminal_is_prompted_and_left_in_peace(terminal: tuple[subprocess.Popen[bytes], int], end: str) -> None:
    process, master = terminal
    os.write(master, "清源区2024年新收多少件申请？\n".encode())
    assert "158件" in _until(master, "出处：", "问：")
    if end == "eof":
        os.write(master, b"\x04")
    else:
        _press(process)
    assert process.wait(_WAIT) == 0


def _press(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C, as people press it: again when nothing happens. Between writing its prompt and waiting for a key readline
    hears nothing for some microseconds, which a busy machine draws out."""
    for _ in range(_WAIT):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
            return


def turns() -> list[Turn]:
    cited = Citation(id="C1.x", unit="甲区", year=2023, where="表三 一·总计", quote="新收 *12*\n件")
    given = Answer(question="甲区2023年", answer="甲区2023年为12件。\n# 第二行", citations=(cited,), route="passages")
    none = Answer(question="？", answer="资料库里没有。", abstained=True, route="passages")
    return [
        Turn(asked="那2023年呢", understood="甲区2023年新收多少件", answer=given),
        Turn(asked="[天气](x)", understood="[天气](x)", answer=none),
    ]


def test_an_exported_conversation_has_answers_and_sources(tmp_path: Path) -> None:
    export(turns(), tmp_path / "a.md")
    export(turns(), tmp_path / "a.docx")
    told = (tmp_path / "a.md").read_text(encoding="utf-8")
    word = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    for words in (
        "那2023年呢",
        "（按“甲区2023年新收多少件”理解）",
        "甲区2023年为12件。",
        "资料库里没有。",
        "甲区2023年报告　表三 一·总计",
    ):
        assert words in told and words in word
    assert "\n# 第" not in told and "\\[天气\\]" in told, "what people typed is no markup"


@pytest.mark.parametrize(
    ("name", "says"),
    [("a.txt", "不能写成“.txt”"), ("a", "无扩展名"), ("none/a.md", "没有这个文件夹"), ("old.md", "没有覆盖")],
)
def test_an_export_overwrites_nothing(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "old.md").write_text("kept", encoding="utf-8")
    with pytest.raises(AssistantError, match=says):
        export(turns(), tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["old.md"]
    assert (tmp_path / "old.md").read_text(encoding="utf-8") == "kept"


def test_trend_shows_a_table_and_draws(held: Path, tmp_path: Path) -> None:
    done = started(held, "trend", "不予公开", "--unit", "清源区", "-o", "图.svg", cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == "" and (tmp_path / "图.svg").is_file()
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["2023", "18件", "+4", "表三", "三（三）·总计"] in rows
    again = started(held, "trend", "不予公开", "--unit", "清源区", "-o", "图.svg", cwd=tmp_path)
    assert again.returncode == 2 and "--overwrite" in again.stderr
    assert (
        started(held, "trend", "部分公开", "--unit", "清源区", "-o", "图.svg", "--overwrite", cwd=tmp_path).returncode
        == 0
    )


def test_trend_json(held: Path, tmp_path: Path) -> None:
    told = json.loads(started(held, "trend", "不予公开", "--unit", "清源区", "--json", cwd=tmp_path).stdout)
    assert list(told) == ["unit", "metric", "label", "points", "output"] and told["output"] is None
    assert told["points"][1] == {"year": 2023, "value": "18", "where": "表三 三（三）·总计"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["不予公干", "--unit", "清源区"], "名称相近的有"), (["不予公开", "--unit", "赤壁市"], "没有“赤壁市”"),
        (["不予公开", "--unit", "清源区", "-o", "a.pdf"], "可以写成：.svg、.png"), ([], "缺少参数"),
        (["公开率", "行政复议", "--unit", "清源区", "-o", "a.svg"], "计量单位不同"),
    ],
)  # fmt: skip
def test_trend_says_what_is_wrong(held: Path, tmp_path: Path, arguments: list[str], says: str) -> None:
    done = started(held, "trend", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and says in done.stderr and not list(tmp_path.iterdir())


def test_ask_offers_the_chart_beside_the_answer(held: Path, tmp_path: Path) -> None:
    done = started(held, "ask", "清源区近三年不予公开的变化", cwd=tmp_path)
    assert "画成图：assistant trend 不予公开 --unit 江州市清源区人民政府 -o chart.svg" in done.stderr
    plain = started(held, "ask", "清源区近三年不予公开的变化", "--json", cwd=tmp_path)
    assert json.loads(plain.stdout)["figures"] and plain.stderr == ""


def test_only_a_chart_loads_matplotlib(held: Path) -> None:
    program = (
        "import sys; from assistant.cli import run\n"
        f"run(['--library', {str(held)!r}, 'trend', '不予公开', '--unit', '清源区'])\n"
        f"run(['--library', {str(held)!r}, 'ask', '清源区近三年不予公开'])\n"
        "heavy = {'matplotlib', 'numpy', 'openai', 'langchain', 'chromadb'} & set(sys.modules); sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_conversation_of_the_library_can_be_held_without_the_command_line(held: Path) -> None:
    with Library(held) as library:
        assert "158件" in Conversation(library).ask("清源区2024年新收多少件").answer.answer


def test_a_new_library_has_the_digest_of_the_regulation_until_it_is_taken_out(tmp_path: Path) -> None:
    root, report = tmp_path / "library", str(folder("corpus") / "reports" / "清源区_2022.md")
    assert started(root, "ingest", report, cwd=tmp_path).returncode == 0
    asked = started(root, "ask", "答复政府信息公开申请的期限是多久？", cwd=tmp_path)
    assert "20个工作日" in asked.stdout and "第三十三条" in asked.stdout
    with Library(root) as library:
        for entry in library.documents():
            if entry.kind == "regulation":
                library.remove(entry.id)
    assert started(root, "ingest", report, cwd=tmp_path).returncode == 0
    with Library(root) as library:
        assert {entry.kind for entry in library.documents()} == {"report"}, "what someone took out stays out"
