"""What SECURITY.md promises, tried: keys, the network, names, files that are no files, and what other programs do with ours.

Hostile documents (zip bombs, entities, endless PDFs) are in ``tests/hostile``; the fence around texts in prompts is in
``tests/llm/test_prompts.py``.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote, unquote

import openpyxl
import pytest
import small_report
from dossiers import dossier, printed
from lxml import html
from pydantic import BaseModel, SecretStr

from assistant.batch import spool
from assistant.drafting import draft as write_draft
from assistant.drafting import plans_of, read_workbook, write_template
from assistant.drafting.saving import save, save_provenance
from assistant.errors import AssistantError, LibraryError, ModelUnavailable, UnreadableReport
from assistant.library.embeddings import open_embeddings
from assistant.library.lock import write_lock
from assistant.llm import ask, open_model
from assistant.network import client
from assistant.readers import read
from assistant.settings import Settings, settings, without_secrets
from assistant.text import name_of

KEY = "sk-geheim-7391-xyz"
ELSEWHERE = "不应出现在别处的话"
HOSTILE = "=cmd|' /C calc'!A0"
MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
LINUX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")


class Word(BaseModel):
    word: str


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def answering(answer: Answer) -> Iterator[tuple[str, list[bytes]]]:
    """A server on loopback that answers as told: its address, and the bodies that came in."""
    came: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["Content-Length"])))
            answer(self)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", came
    finally:
        server.shutdown()
        server.server_close()


def sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            to.send_header(name.replace("_", "-"), value)
        to.end_headers()
        to.wfile.write(body)

    return answer


def config(url: str, **values: object) -> Settings:
    given = {"llm": "openai:m", "openai_base_url": url, "openai_api_key": SecretStr(KEY), "embeddings": "openai:e"}
    return Settings(**{**given, **values})  # type: ignore[arg-type]


def asked(settings_: Settings) -> str:
    """What the user is told when the model at this endpoint is asked."""
    model = open_model(settings_)
    assert model
    with pytest.raises(ModelUnavailable) as told:
        ask(model, ELSEWHERE, Word, retries=0)
    return str(told.value)


def embedded(settings_: Settings) -> str:
    embeddings = open_embeddings(settings_)
    assert embeddings
    with pytest.raises(ModelUnavailable) as told:
        embeddings.embed_query(ELSEWHERE)
    return str(told.value)


CALLS = pytest.mark.parametrize("call", [asked, embedded])


# Keys


def test_a_key_is_shown_nowhere() -> None:
    made = config("http://localhost/v1", embeddings_api_key=SecretStr(KEY))
    for shown in (repr(made), str(made), made.model_dump_json(), repr(open_model(made)), repr(open_embeddings(made))):
        assert KEY not in shown


def _written_out(key: str, form: str) -> str:
    return "".join(form.format(ord(one)) for one in key)


@pytest.mark.parametrize(
    "spelt",
    [
        str.upper, str.lower, lambda key: quote(key, safe=""), lambda key: "".join(f"%{byte:02X}" for byte in key.encode()),
        lambda key: quote(key, safe="").lower(), lambda key: _written_out(key, "&#{};"),
        lambda key: _written_out(key, "\\u{:04X}"), lambda key: key.encode().hex(),
        lambda key: b64encode(key.encode()).decode(), lambda key: urlsafe_b64encode(f"user:{key}\n".encode()).decode(),
        lambda key: b64encode(f"me:{key}".encode()).decode().lower(), lambda key: b64encode(f"a{key}".encode()).decode(),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", [KEY, "Ab+/=c?ö>~xyz", "????>>>>密钥"])
def test_a_key_is_masked_however_it_is_written(
    spelt: Callable[[str], str], key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDINGS_API_KEY", key)
    settings.cache_clear()
    shown = without_secrets(f"invalid key {spelt(key)}, try again")
    settings.cache_clear()
    assert "***" in shown and shown.startswith("invalid key ") and shown.endswith(", try again")
    left = shown.removeprefix("invalid key ").removesuffix(", try again")
    assert len(left) <= len("***") + 12, "of Base64 what stands before and behind it may be left"
    assert without_secrets("no key in here") == "no key in here"


@CALLS
def test_a_service_that_repeats_the_key_does_not_show_it(
    call: Callable[[Settings], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    settings.cache_clear()
    for status in (400, 418, 500):
        with answering(sends(json.dumps({"error": {"message": f"bad key {KEY}"}}).encode(), status)) as (url, _):
            told = call(config(url))
        assert KEY not in told and "怎么办" in told
    settings.cache_clear()
    monkeypatch.setenv("OTHER_API_KEY", "another-7391")
    assert without_secrets(f"a {KEY} b another-7391 c") == "a *** b *** c"


@CALLS
@pytest.mark.parametrize("key", [f"{KEY}\nX: y", f"{KEY}密钥", f" {KEY}\r"])
def test_a_key_that_no_header_can_hold_is_not_shown_either(call: Callable[[Settings], str], key: str) -> None:
    with answering(sends(b"{}")) as (url, _):
        told = call(config(url, openai_api_key=SecretStr(key)))
    assert KEY not in told


def test_a_traceback_shows_no_values(tmp_path: Path) -> None:
    """With ASSISTANT_TRACEBACK, in a process whose environment has the key."""
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(
        "import assistant.readers\n"
        "def broken(path):\n"
        "    from assistant.settings import settings\n"
        "    key = settings().openai_api_key\n"
        "    raise ZeroDivisionError\n"
        "assistant.readers.read = broken\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "OPENAI_API_KEY": KEY, "ASSISTANT_TRACEBACK": "1"}
    ended = subprocess.run(
        [sys.executable, "-m", "assistant", "read", "a.txt"], env=environment, capture_output=True, check=False
    )
    said = (ended.stdout + ended.stderr).decode("utf-8")
    assert "ZeroDivisionError" in said and KEY not in said


# The network


@CALLS
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_what_is_sent_follows_no_redirect(call: Callable[[Settings], str], status: int) -> None:
    with answering(sends(b"{}")) as (other, came_there):
        with answering(sends(b"", status, Location=f"{other}/x")) as (url, came):
            told = call(config(url))
        assert came and not came_there
    assert "没有跟去" in told


@CALLS
def test_an_endless_answer_is_cut_off(call: Callable[[Settings], str]) -> None:
    def endless(to: BaseHTTPRequestHandler) -> None:
        sends(b'{"a": "')(to)
        while True:
            to.wfile.write(b"x" * 65536)  # ends with the connection

    with answering(endless) as (url, _):
        assert "过大" in call(config(url, max_answer_bytes=1_000_000))


@CALLS
def test_an_answer_that_drips_in_is_cut_off(call: Callable[[Settings], str]) -> None:
    stop = Event()

    def dripping(to: BaseHTTPRequestHandler) -> None:
        sends(b'{"a": "')(to)
        while not stop.wait(0.05):
            to.wfile.write(b"x")

    with answering(dripping) as (url, _):
        told = call(config(url, llm_timeout_seconds=0.2))
        stop.set()
    assert "时限" in told


@CALLS
@pytest.mark.parametrize("opening", [b"HTTP/1.1 200 OK\r\n", b""])
def test_headers_that_drip_in_are_cut_off(call: Callable[[Settings], str], opening: bytes) -> None:
    stop = Event()

    def dripping(to: BaseHTTPRequestHandler) -> None:
        to.wfile.write(opening or b"H")
        while not stop.wait(0.05):
            to.wfile.write(b"X-More: 1\r\n" if opening else b"")

    began = time.monotonic()
    with answering(dripping) as (url, _):
        told = call(config(url, llm_timeout_seconds=0.3))
        stop.set()
    assert "时限" in told and time.monotonic() - began < 20


def test_a_stream_whose_headers_drip_in_is_cut_off() -> None:
    stop = Event()

    def dripping(to: BaseHTTPRequestHandler) -> None:
        to.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not stop.wait(0.05):
            to.wfile.write(b"X-More: 1\r\n")

    with answering(dripping) as (url, _):
        model = open_model(config(url, llm_timeout_seconds=0.3))
        assert model
        with pytest.raises(ModelUnavailable, match="时限"):
            ask(model, ELSEWHERE, Word, retries=0, hear=lambda _: None)
        stop.set()


@CALLS
def test_a_packed_answer_is_refused(call: Callable[[Settings], str]) -> None:
    with answering(sends(gzip.compress(b" " * 1_000_000), Content_Encoding="gzip")) as (url, _):
        assert "压缩" in call(config(url))


def test_a_streamed_answer_has_an_end_too() -> None:
    def endless(to: BaseHTTPRequestHandler) -> None:
        piece = {"choices": [{"index": 0, "delta": {"content": "字" * 100}}], "object": "chat.completion.chunk"}
        sends(b"", Content_Type="text/event-stream")(to)
        while True:
            to.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())

    with answering(endless) as (url, _):
        model = open_model(config(url, max_answer_bytes=300_000))
        assert model
        with pytest.raises(ModelUnavailable, match="过大"):
            ask(model, ELSEWHERE, Word, retries=0, hear=lambda _: None)


def test_other_programs_tracing_gets_no_copy_of_a_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; from assistant.settings import Settings; from assistant.llm import ask, open_model\n"
        "from pydantic import BaseModel\nclass Word(BaseModel): word: str\n"
        "model = open_model(Settings(llm='openai:m', openai_base_url=sys.argv[1], openai_api_key='k'))\n"
        "ask(model, 'x', Word)"
    )
    reply = {"choices": [{"index": 0, "message": {"role": "assistant", "content": '{"word": "a"}'}}], "object": "x"}
    with answering(sends(b"{}")) as (tracer, traced), answering(sends(json.dumps(reply).encode())) as (url, came):
        for name in ("LANGCHAIN", "LANGSMITH"):
            monkeypatch.setenv(f"{name}_TRACING_V2", "true")
            monkeypatch.setenv(f"{name}_ENDPOINT", tracer)
            monkeypatch.setenv(f"{name}_API_KEY", "lsv2_x")
        subprocess.run([sys.executable, "-c", code, url], check=True, capture_output=True, timeout=120)
        assert came and not traced


def test_a_service_on_this_machine_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(sends(b"{}")) as (proxy, through), answering(sends(b"{}")) as (url, came):
        monkeypatch.setenv("HTTP_PROXY", proxy.removesuffix("/v1"))
        monkeypatch.setenv("http_proxy", proxy.removesuffix("/v1"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        client(url, config(url)).post(url, content=b"x")
        assert came and not through
        client("http://office.invalid/v1", config(url)).post("http://office.invalid/v1", content=b"x")
        assert through, "an office's own proxy is used for what is elsewhere"


_OFFLINE = """
import sys
def heard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print("NETWORK", event, arguments, file=sys.stderr)
sys.addaudithook(heard)
from assistant.__main__ import main
main()
"""


def test_without_a_model_nothing_is_connected_to(corpus: Path, tmp_path: Path) -> None:
    report, data = corpus / "清源区_2023.md", corpus.parent / "data" / "清源区_2025.xlsx"
    for arguments in (
        ("check", report), ("--library", tmp_path / "l", "ingest", corpus), ("draft", "--data", data, "-o", "r.docx"),
        ("--library", tmp_path / "l", "ask", "清源区2023年新收多少件？"),
        ("--library", tmp_path / "l", "ask", "依申请公开做了哪些工作？"),
    ):  # fmt: skip
        ended = subprocess.run(
            [sys.executable, "-c", _OFFLINE, *map(str, arguments)], cwd=tmp_path, capture_output=True, timeout=120,
            env={**os.environ, "ASSISTANT_EMBEDDINGS": "none", "ASSISTANT_LLM": "none"}, check=False,
        )  # fmt: skip
        assert ended.returncode < 2 and b"NETWORK" not in ended.stderr, ended.stderr.decode()


# Names


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(printed(dossier({"figures": {"requests.received.total": 25}}).report), encoding="utf-8")
    return path


def started(*arguments: str | Path, where: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "assistant", *map(str, arguments)]
    environment = {**os.environ, "ASSISTANT_EMBEDDINGS": "none"}
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, timeout=120, check=False)


def test_a_units_name_is_never_a_path(report: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    text = report.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if "年度报告" in line)
    units = ("../../外面/某市", "/etc/某市", "CON", "~/某市", "某市" * 200)
    for n, unit in enumerate(units):
        (work / f"{n}.txt").write_text(text.replace(title, f"{unit}2024年政府信息公开工作年度报告"), encoding="utf-8")
    reports = [f"{n}.txt" for n in range(len(units))]
    assert started("check", ".", "--no-library", "--format", "html", "-o", "out", where=work).returncode < 2
    assert started("--library", "lib", "ingest", *reports, where=work).returncode == 0
    assert sorted(path.name for path in work.iterdir()) == [".out.cache", *reports, "lib", "out"]
    pages = [f"{n}_检查.html" for n in range(len(units))]
    assert sorted(path.name for path in (work / "out").iterdir()) == [*pages, "index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["work", "报告.txt"]


@LINUX
def test_a_files_name_drives_no_terminal_and_ends_no_run(report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("\x1b]0;pwn\x07\x1b[31m红.txt", os.fsdecode(b"\xff\xfe.txt"), "甲\u202etxt.txt"):
        shutil.copy(report, folder / name)
        (folder / f"空{name}").touch()
    for arguments in (
        ("check", "reports", "--no-library", "--format", "jsonl", "-o", "o.jsonl", "--summary", "s.xlsx", "-v"),
        ("check", "reports", "--no-library", "--format", "html", "-o", "pages", "--summary", "s.html"),
        ("check", "reports", "--no-library", "--review", "review.toml", "--format", "json"),
        ("--library", "library", "ingest", "reports"),
    ):
        ended = started(*arguments, where=tmp_path)
        said = ended.stdout + ended.stderr
        assert "程序出错" not in said.decode("utf-8") and not {0x1B, 0x07} & set(said), said
    lines = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 6 and sum("error" in line for line in lines) == 3
    pages = html.parse(str(tmp_path / "pages" / "index.html"))
    for link in pages.iterfind(".//a[@href]"):
        assert (tmp_path / "pages" / unquote(link.get("href"))).is_file()


def test_bytes_of_a_name_that_are_no_text_are_written_out() -> None:
    assert name_of(Path(os.fsdecode(b"\xff\xfe.txt"))) == "\\udcff\\udcfe.txt"
    assert name_of(Path("甲\x1b[31m\n乙.txt")) == "甲 乙.txt"


@LINUX
def test_a_script_in_a_files_name_is_no_link_of_the_overview(report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("javascript:alert(1).txt", 'a" onclick="x.txt', "<b>.txt"):
        shutil.copy(report, folder / name)
    started("check", "reports", "--no-library", "--format", "html", "-o", "pages", where=tmp_path)
    links = [link.get("href") for link in html.parse(str(tmp_path / "pages" / "index.html")).iterfind(".//a[@href]")]
    assert any("alert" in link for link in links) and not any(":" in link for link in links)


# Files that are none


@LINUX
def test_pipes_devices_and_loops_are_told_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for name, target in (("zero.txt", "/dev/zero"), ("loop.txt", "loop.txt"), ("gone.docx", "nowhere")):
        (tmp_path / name).symlink_to(target)
    for name in ("pipe.txt", "zero.txt", "loop.txt", "gone.docx"):
        with pytest.raises(UnreadableReport) as told:
            read(tmp_path / name)
        assert told.value.help and ("管道或设备" in told.value.what) == (name in ("pipe.txt", "zero.txt"))
    for arguments in (("--review", "pipe.txt"), ("--review", "zero.txt"), ("--log", "pipe.txt")):
        shutil.copy(Path(__file__).parent.parent / "corpus" / "reports" / "清源区_2023.md", tmp_path / "r.md")
        ended = started("check", "r.md", "--no-library", *arguments, where=tmp_path)
        assert ended.returncode == 2 and "怎么办" in ended.stderr.decode("utf-8")


@LINUX
def test_a_folder_is_read_past_what_is_no_file(report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    shutil.copy(report, folder)
    os.mkfifo(folder / "pipe.txt")
    (folder / "gone.txt").symlink_to("nowhere")
    ended = started("check", "reports", "--no-library", "--format", "jsonl", where=tmp_path)
    assert ended.returncode == 1 and len(ended.stdout.splitlines()) == 1


@LINUX
def test_a_default_name_is_no_way_through_a_link(report: Path, tmp_path: Path) -> None:
    (tmp_path / "报告_检查.html").symlink_to(tmp_path / "elsewhere.html")
    ended = started("check", report, "--no-library", "--format", "html", where=tmp_path)
    assert ended.returncode == 2 and not (tmp_path / "elsewhere.html").exists()


@LINUX
@LINUX
def test_the_locks_files_follow_no_link_and_wait_for_no_pipe(tmp_path: Path) -> None:
    victim, root = tmp_path / "别人的文件", tmp_path / "库"
    for name in ("ingest.lock", "ingest.holder.json"):
        root.mkdir()
        victim.write_text("原文", encoding="utf-8")
        (root / name).symlink_to(victim)
        began = time.monotonic()
        try:
            with write_lock(root):
                assert victim.read_text(encoding="utf-8") == "原文"
        except LibraryError as error:
            assert "怎么办" in str(error)
        assert victim.read_text(encoding="utf-8") == "原文", name
        (root / name).unlink(missing_ok=True)
        os.mkfifo(root / name)
        with suppress(LibraryError), write_lock(root):
            pass
        assert time.monotonic() - began < 20
        shutil.rmtree(root)


@LINUX
@pytest.mark.parametrize("name", ["管道.html", "管道.docx", "管道.json", "管道.xlsx"])
def test_an_output_that_is_a_pipe_is_an_error_and_no_wait(name: str, report: Path, tmp_path: Path) -> None:
    place = tmp_path / name
    os.mkfifo(place)
    form = {".html": "html", ".docx": "word", ".json": "json", ".xlsx": "json"}[place.suffix]
    command = [sys.executable, "-m", "assistant", "check", str(report), "--format", form, "-o", str(place)]
    told = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert told.returncode == 2 and "怎么办" in told.stderr.decode(), told.stderr.decode()


@LINUX
def test_a_reader_that_goes_ends_the_output_and_nothing_hangs(report: Path) -> None:
    command = [sys.executable, "-m", "assistant", "check", str(report), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        told = running.stderr.read().decode()
        assert running.wait(60) not in (0, 1) and "Traceback" not in told


def test_another_users_folder_in_tmp_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that is a link to a file of ours would be emptied by locking it."""
    precious = tmp_path / "precious.txt"
    precious.write_text("内容", encoding="utf-8")
    left = tmp_path / f"{spool._PREFIX}left"
    left.mkdir()
    (left / spool._LOCK).symlink_to(precious)
    monkeypatch.setattr(spool, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    spool._sweep()
    assert left.is_dir() and precious.read_text(encoding="utf-8") == "内容"


# What other programs do with our files


def formulas(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    for cell in cells:
        if cell.data_type == "s" and str(cell.value).lstrip()[:1] in tuple("=+-@＝＋－＠"):
            assert cell.quotePrefix, f"{path.name} {cell.coordinate}: {cell.value}"
    return [str(cell.value) for cell in cells if cell.data_type == "f"]


_STARTS = ("=1+", "+", "-", "@SUM", "\t=", " =", "＝")


def test_no_words_of_a_document_become_a_formula(tmp_path: Path) -> None:
    text = printed(dossier(None).report)
    title = next(line for line in text.splitlines() if "年度报告" in line)
    long = [line for line in text.splitlines() if len(line) > 20 and "|" not in line]
    assert len(long) > 3
    changed = text
    for start, line in zip(_STARTS, long, strict=False):
        changed = changed.replace(line, "\n".join(f"{each}{line}{n}" for n, each in enumerate((start, *_STARTS))))
    (tmp_path / "b.txt").write_text(changed, encoding="utf-8")
    for n, start in enumerate(_STARTS):
        (tmp_path / f"={n}+1.txt").write_text(text.replace(title, f"{start}某市{title}"), encoding="utf-8")
        write_template(tmp_path / f"t{n}.xlsx", f"{start}某市", 2024, None, plans=plans_of(read(tmp_path / "b.txt")))
        assert all(formula.startswith("=SUM(") for formula in formulas(tmp_path / f"t{n}.xlsx"))
    texts = [path.name for path in tmp_path.glob("*.txt")]
    started(
        "check", *texts, "--no-library", "--format", "jsonl", "-o", "o.jsonl", "--summary", "s.xlsx", where=tmp_path
    )
    started("compare", "=0+1.txt", "b.txt", "-o", "c.xlsx", where=tmp_path)
    assert formulas(tmp_path / "s.xlsx") == formulas(tmp_path / "c.xlsx") == []


@pytest.fixture
def hostile_data(corpus: Path, tmp_path: Path) -> Path:
    """The sample workbook with what an office would never write."""
    book = openpyxl.load_workbook(corpus.parent / "data" / "清源区_2025.xlsx")
    own, points = book["其他数据"], book["工作要点"]
    fields = (HOSTILE, MARKUP, "DDEAUTO c:\\cmd.exe", "{{requests.received.total}}")
    for row, words in enumerate(fields, start=2):
        for cell, said in ((own.cell(row, 1), words), (points.cell(row, 2), f"开展培训{words}")):
            cell.value, cell.data_type = said, "s"
    for row in book["基本信息"].iter_rows():
        if row[0].value in ("联系电话", "公开网址"):
            row[1].value, row[1].data_type = f"{HOSTILE}{MARKUP}", "s"
    book.save(tmp_path / "data.xlsx")
    return tmp_path / "data.xlsx"


def test_what_an_office_types_stays_text_in_every_format(hostile_data: Path, tmp_path: Path) -> None:
    drafted = write_draft(read_workbook(hostile_data), force=True)
    for name, comments in (("r.docx", True), ("r.html", False), ("r.md", False)):
        save(drafted, tmp_path / name, comments=comments)
    save_provenance(drafted, tmp_path / "p.xlsx")
    assert formulas(tmp_path / "p.xlsx") == []
    safe(tmp_path / "r.html")
    assert "｛｛" in (tmp_path / "r.md").read_text(encoding="utf-8"), "what looks like a slot is none"
    with zipfile.ZipFile(tmp_path / "r.docx") as word:
        parts = {name: word.read(name).decode("utf-8") for name in word.namelist() if name.endswith((".xml", ".rels"))}
    assert "DDEAUTO" in parts["word/document.xml"]
    for name, part in parts.items():
        instructions = [piece.partition("<")[0] for piece in part.split("<w:instrText")[1:]]
        assert all("PAGE" in each or not each.partition(">")[2].strip() for each in instructions), name
        assert "fldSimple" not in part and 'TargetMode="External"' not in part, name


def safe(path: Path) -> None:
    """No script but our own, no handler, nothing from elsewhere, and a policy that says so."""
    page = html.parse(str(path)).getroot()
    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert len(page.findall(".//script")) <= policy.count("script-src") and not page.findall(".//img")
    for element in page.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on") and "javascript:" not in value.lower(), (element.tag, name, value)
            if name in ("href", "src"):
                assert "://" not in value and not value.startswith("//")


def test_no_words_of_a_document_become_markup(tmp_path: Path) -> None:
    text = printed(dossier({"figures": {"requests.received.total": 25}}).report)
    title = next(line for line in text.splitlines() if "年度报告" in line)
    lines = [f"{line}{MARKUP}" if len(line) > 30 and "|" not in line else line for line in text.splitlines()]
    (tmp_path / "a.txt").write_text("\n".join(lines).replace(title, f"{MARKUP}{title}"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    started("check", ".", "--no-library", "--format", "html", "-o", "pages", "--summary", "s.html", where=tmp_path)
    started("compare", "a.txt", "b.txt", "-o", "c.html", where=tmp_path)
    written = [*(tmp_path / "pages").iterdir(), tmp_path / "s.html", tmp_path / "c.html"]
    assert len(written) == 5
    for path in written:
        safe(path)
    assert "alert(1)" in (tmp_path / "c.html").read_text(encoding="utf-8"), "the words themselves are shown"


# What is kept


@pytest.mark.skipif(os.name == "nt", reason="this system has other permissions")
def test_the_librarys_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    """Catalog, vectors and conversations, by a user whose own files are open to all."""
    (tmp_path / "a.txt").write_text(small_report.report(), encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "--library", str(tmp_path / "library")]
    said = {**os.environ, "ASSISTANT_EMBEDDINGS": "auto"}
    options: dict[str, object] = {"umask": 0, "env": said, "capture_output": True, "timeout": 120, "check": True}
    subprocess.run([*command, "ingest", str(tmp_path / "a.txt")], **options)  # type: ignore[call-overload]
    subprocess.run([*command, "chat"], input="甲区2024年新收多少件？\n".encode(), **options)  # type: ignore[call-overload]
    kept = [tmp_path / "library", *(tmp_path / "library").rglob("*")]
    assert len(kept) >= 4 and {path.name for path in kept if path.stat().st_mode & 0o077} == set()


# Files that people edit


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "[" * 3000 + "]" * 3000,
        "a." * 20_000 + "b = 1",
        "[" + "x." * 20_000 + "y]",
        'finding = "甲"',
        "[[finding]]\nfingerprint = 1",
        '[[finding]]\nfingerprint = "x"\ndecision = 2020-01-01',
        "\x00\x01",
        "[[finding]]\n" * 3,
    ],
)
def test_a_hostile_review_is_refused_and_left_as_it_was(text: str, report: Path, tmp_path: Path) -> None:
    path = tmp_path / "review.toml"
    path.write_text(text, encoding="utf-8")
    ended = started("check", report, "--no-library", "--review", path, where=tmp_path)
    said = ended.stderr.decode("utf-8")
    assert ended.returncode == 2 and "怎么办" in said and "程序出错" not in said
    assert path.read_text(encoding="utf-8") == text


def test_errors_say_nothing_to_a_terminal() -> None:
    told = str(AssistantError("甲\x1b[31m乙\u202e", where="a\x07b\x9b2J", help="丙\x1b]0;x\x07"))
    assert told == "ab2J：甲乙\n  怎么办：丙"
