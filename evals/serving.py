"""The page under many hands: ``python -m evals.serving [UPLOADS [CLIENTS]]`` (200 and 8).

A server as people start it, uploads of every second kind sound and hostile, and somebody who only looks. Told are the
seconds and the processor time from the command to the first page, memory when idle, at most and afterwards, how long
answers took (the median and what 95 of 100 did not exceed), the wrong ones, connections to other machines, and the
files that are left beside the library. Seconds depend on what else the machine does.
"""

from __future__ import annotations

import io
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2

from assistant.resources import folder

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Watched:
    """A process and its children, as Linux tells of them."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.most, self.others = 0, set[str]()
        self._over = threading.Event()

    def memory(self) -> int:
        """MiB, each page of memory counted once for every process that has it."""
        return sum(_pages(one) for one in self._all()) // 2**20

    def seconds(self) -> float:
        """Of the processor."""
        return sum(_ticks(one) for one in self._all()) / _TICKS

    @contextmanager
    def looked_at(self) -> Iterator[None]:
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        yield
        self._over.set()
        thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            self.most = max(self.most, self.memory())
            for one in self._all():
                self.others |= _elsewhere(one)

    def _all(self) -> list[int]:
        return [self._number, *_children(self._number)]


def _children(number: int) -> list[int]:
    try:
        told = [(one / "children").read_text().split() for one in Path(f"/proc/{number}/task").iterdir()]
    except OSError:
        return []
    below = [int(one) for some in told for one in some]
    return [*below, *(one for child in below for one in _children(child))]


def _pages(number: int) -> int:
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _ticks(number: int) -> int:
    try:
        return sum(map(int, Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[11:13]))
    except OSError:
        return 0


def _elsewhere(number: int) -> set[str]:
    """What it is connected to that is not this machine."""
    try:
        links = [str(link.readlink()) for link in Path(f"/proc/{number}/fd").iterdir()]
    except OSError:
        return set()
    held = {link[8:-1] for link in links if link.startswith("socket:")}
    lines = [line.split() for table in ("tcp", "tcp6", "udp", "udp6") for line in _table(table)]
    ends = {end.partition(":")[0] for words in lines if words[9] in held for end in words[1:3]}
    return {end for end in ends if end.strip("0") and end not in ("0100007F", "0" * 24 + "01000000")}


def _table(name: str) -> list[str]:
    return Path(f"/proc/net/{name}").read_text().splitlines()[1:]


def uploads() -> Iterator[tuple[str, bytes, int]]:
    """A name, content, and the status that answers it; without an end."""
    reports = _reports()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", b"<a>" + b" " * 100_000_000 + b"</a>")
    hostile = (
        ("炸弹.docx", packed.getvalue()),
        ("坏.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 100),
        ("深.html", b"<div>" * 100_000),
        ("../../etc/passwd.txt", b"x" * 1000),
        ("坏.xlsx", b"PK\x03\x04" + bytes(1000)),
        ("长.txt", "报".encode() * 1_000_000),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(1000)),
    )
    n = 0
    while True:
        report = reports[n % len(reports)]
        yield report.name, report.read_bytes(), 200
        yield *hostile[n % len(hostile)], 422
        n += 1


def _reports() -> list[Path]:
    return sorted((folder("corpus") / "reports").glob("*.md"))


def main(count: int, clients: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        home, temporary, library = (Path(made) / name for name in ("home", "tmp", "library"))
        home.mkdir()
        temporary.mkdir()
        command = [sys.executable, "-m", "assistant", "--library", str(library), "serve", "--no-open"]
        settings = {**os.environ, "HOME": str(home), "TMPDIR": str(temporary)}
        began = time.perf_counter()
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings
        ) as process:
            watched = Watched(process.pid)
            assert process.stdout
            address, _, token = process.stdout.readline().strip().partition("/enter?token=")
            client = httpx2.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=300)
            client.get("/").raise_for_status()
            print(f"first page: {time.perf_counter() - began:.2f} s, {watched.seconds():.2f} s of the processor")
            print(f"idle: {watched.memory()} MiB")
            _send(client, watched, count, clients)
            filed = [("file", (path.name, path.read_bytes())) for path in _reports()]
            client.post("/api/library", files=filed).raise_for_status()
            client.get("/api/trend.png", params={"metric": "新收", "unit": "清源区"}).raise_for_status()
            process.send_signal(signal.SIGTERM)
            print(f"end: {process.wait(30)}")
        left = [str(path.relative_to(made)) for place in (home, temporary) for path in place.rglob("*")]
        print(f"files left: {left or 'none'}")


def _send(client: httpx2.Client, watched: Watched, count: int, clients: int) -> None:
    seconds: dict[int, list[float]] = {200: [], 422: []}
    looks: list[float] = []
    wrong: list[tuple[str, int]] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            began = time.perf_counter()
            client.get("/").raise_for_status()
            looks.append(time.perf_counter() - began)

    def send(job: tuple[str, bytes, int]) -> None:
        name, content, expected = job
        began = time.perf_counter()
        status = client.post("/api/check", files={"file": (name, content)}).status_code
        seconds[expected].append(time.perf_counter() - began)
        if status != expected:
            wrong.append((name, status))

    source = uploads()
    jobs = [next(source) for _ in range(count)]
    began = time.perf_counter()
    with watched.looked_at(), ThreadPoolExecutor(clients + 1) as hands:
        looking = hands.submit(look)
        list(hands.map(send, jobs))
        over.set()
        looking.result()
    print(f"{count} uploads by {clients}: {time.perf_counter() - began:.0f} s; wrong answers: {wrong or 'none'}")
    for name, some in (("sound", seconds[200]), ("hostile", seconds[422]), ("a page meanwhile", looks)):
        print(f"{name}: median {statistics.median(some):.2f} s, p95 {statistics.quantiles(some, n=20)[18]:.2f} s")
    print(f"memory: at most {watched.most} MiB, afterwards {watched.memory()} MiB")
    print(f"other machines: {sorted(watched.others) or 'none'}")


if __name__ == "__main__":
    main(*([int(one) for one in sys.argv[1:3]] + [200, 8][len(sys.argv) - 1 :]))
