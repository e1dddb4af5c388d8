"""A server as people start it: a process of its own, on a port that is free, with a library of the test's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2


@dataclass
class Server:
    address: str
    token: str
    library: Path
    temporary: Path
    process: subprocess.Popen[str]

    @property
    def entrance(self) -> str:
        return f"{self.address}/enter?token={self.token}"

    def client(self) -> httpx2.Client:
        """A program that shows the token."""
        return httpx2.Client(base_url=self.address, headers={"Authorization": f"Bearer {self.token}"}, timeout=120)

    def visitor(self) -> httpx2.Client:
        """Who has no key yet."""
        return httpx2.Client(base_url=self.address, timeout=120)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@contextmanager
def served(folder: Path, *arguments: str, **environment: str) -> Iterator[Server]:
    """``assistant serve`` until the block ends; its temporary files are in ``folder``/tmp."""
    library, temporary = folder / "库", folder / "tmp"
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "assistant", "--library", str(library), "serve", "--no-open", *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONIOENCODING": "utf-8", **environment},
    )
    try:
        assert process.stdout
        address, _, token = process.stdout.readline().strip().partition("/enter?token=")
        yield Server(address, token, library, temporary, process)
    finally:
        process.kill()
        process.wait()
