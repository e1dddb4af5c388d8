"""Processes that begin one library at the same moment: each opens it, none takes it for somebody else's."""

from __future__ import annotations

import sys
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.library.catalog.catalog import Catalog

ROUNDS, PROCESSES = 15, 4  # of 60 rounds 12 failed when version and tables were looked at one after the other


def begin(folder: Path, start: Barrier, number: int) -> None:
    start.wait()
    try:
        Catalog(folder / "catalog.sqlite3").close()
    except LibraryError as error:
        (folder / f"{number}.txt").write_text(str(error), encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_all_open_it(tmp_path: Path) -> None:
    context = get_context("fork")
    for round_ in range(ROUNDS):
        folder = tmp_path / str(round_)
        folder.mkdir()
        start = context.Barrier(PROCESSES)
        made = [context.Process(target=begin, args=(folder, start, number)) for number in range(PROCESSES)]
        for process in made:
            process.start()
        for process in made:
            process.join(60)
        assert [told.read_text(encoding="utf-8") for told in folder.glob("*.txt")] == []
        assert [process.exitcode for process in made] == [0] * PROCESSES
