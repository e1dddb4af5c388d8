"""Many clients at once, hostile files among theirs: all are answered, the server lives, nothing leaves the machine."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import httpx2
import pytest
from browser import chromium
from server import Server, served
from test_access import told

CLIENTS = 8


def bomb(folder: Path) -> bytes:
    path = folder / "bomb.docx"
    with ZipFile(path, "w", ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", b"<a>" + b" " * 100_000_000 + b"</a>")
    return path.read_bytes()


def sockets(process: int) -> set[str]:
    """The addresses of other machines that a process and its children are connected to, as the system knows them."""
    found = set()
    for number in [process, *children(process)]:
        try:
            links = [str(link.readlink()) for link in Path(f"/proc/{number}/fd").iterdir()]
        except OSError:
            continue
        held = {link[8:-1] for link in links if link.startswith("socket:")}
        for table, loopback in (
            ("tcp", "0100007F"),
            ("tcp6", "0" * 24 + "01000000"),
            ("udp", "0100007F"),
            ("udp6", "0"),
        ):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                words = line.split()
                ends = {words[1].partition(":")[0], words[2].partition(":")[0]} - {loopback}
                if words[9] in held:
                    found |= {end for end in ends if end.strip("0")}
    return found


def children(process: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        below = [int(one) for thread in threads for one in (thread / "children").read_text().split()]
    except OSError:
        return []
    return [*below, *(one for child in below for one in children(child))]


@contextmanager
def stopped_processes(process: int) -> Iterator[None]:
    """What a server's processes have begun takes as long as the block: whoever waits behind it waits for certain."""
    over = threading.Event()

    def stop() -> None:
        while not over.wait(0.005):
            signal_all(process, signal.SIGSTOP)

    with ThreadPoolExecutor(1) as stopping:
        stopped = stopping.submit(stop)
        try:
            yield
        finally:
            over.set()
            stopped.result()
            signal_all(process, signal.SIGCONT)


def signal_all(process: int, sent: signal.Signals) -> None:
    for child in children(process):
        with suppress(ProcessLookupError):
            os.kill(child, sent)


def test_all_are_answered_and_nothing_leaves_the_machine(server: Server, wrong: Path, tmp_path: Path) -> None:
    sound = [("报告.txt", wrong.read_bytes(), 200)]
    hostile = [
        ("炸弹.docx", bomb(tmp_path), 422),
        ("坏.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 100, 422),
        ("深.html", b"<div>" * 100_000, 422),
        ("空.docx", b"", 422),
        ("../../etc/passwd.txt", b"x" * 1000, 422),
        ("坏.xlsx", b"PK\x03\x04" + bytes(1000), 422),
        ("长.txt", "报".encode() * 1_000_000, 422),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(1000), 422),
    ]
    jobs = (sound * 3 + hostile) * 3
    other: set[str] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            if sys.platform == "linux":
                other.update(sockets(server.process.pid))
            assert server.client().get("/api/checks").status_code == 200, "others go on being answered"
            time.sleep(0.05)

    def send(job: tuple[str, bytes, int]) -> tuple[str, int, int]:
        name, content, expected = job
        answer = server.client().post("/api/check", files={"file": (name, content)})
        if expected != 200:
            assert told(answer)["where"] == Path(name).name
        return name, answer.status_code, expected

    with ThreadPoolExecutor(CLIENTS + 1) as clients:
        watching = clients.submit(watch)
        answers = list(clients.map(send, jobs))
        done.set()
        watching.result()
    assert [each for each in answers if each[1] != each[2]] == []
    assert Counter(status for _, status, _ in answers) == {200: 9, 422: 24}
    assert other == set()
    assert not [path for path in server.temporary.rglob("*") if path.is_file() and path.name != "in-use"]


def test_who_waits_no_more_stops_the_work(tmp_path: Path, wrong: Path) -> None:
    """A client that goes; and a check that is stopped on its page, while it waits behind others."""
    with served(tmp_path) as server, chromium(tmp_path / "profile") as browser:
        for _ in range(12):
            with pytest.raises(httpx2.TimeoutException):
                server.client().post("/api/check", files={"file": ("a.txt", wrong.read_bytes())}, timeout=0.02)
        with stopped_processes(server.process.pid):
            for _ in range(8):
                server.client().post("/api/checks", files={"file": ("在前.txt", wrong.read_bytes())})
            number = server.client().post("/api/checks", files={"file": (wrong.name, wrong.read_bytes())}).json()["id"]
            browser.open(server.entrance)
            browser.open(f"{server.address}/check/{number}")
            browser.click("#cancel")
        assert "已取消" in browser.wait(
            "document.querySelector('.fault') && document.querySelector('.fault').textContent"
        )
        assert server.client().get(f"/api/checks/{number}").json()["state"] == "cancelled"
        assert server.client().delete(f"/api/checks/{number}").status_code == 204
        assert server.client().post("/api/check", files={"file": (wrong.name, wrong.read_bytes())}).status_code == 200
