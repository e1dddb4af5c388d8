"""The faults of evals/storage_faults, in short: nothing is lost or doubled, and verify finds nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.library.embeddings import unavailable_reason
from assistant.settings import settings
from evals.storage_faults import Counted, Place, changed_bytes, check_kills, kills, prepared, two_writers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and small file systems are POSIX's")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return prepared(tmp_path_factory.mktemp("faults"), 16)


@pytest.fixture
def place(reports: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("ASSISTANT_EMBEDDINGS", "none")  # the full run embeds too
    settings.cache_clear()
    yield Place(reports.reports, tmp_path / "library", reports.wanted)
    settings.cache_clear()


def nothing_lost(counted: Counted) -> bool:
    return counted.faults > 0 and counted.finished > 0 and counted.clean


def test_a_killed_ingest_loses_and_doubles_nothing(place: Place) -> None:
    counted = kills(place, 2)
    assert nothing_lost(counted), counted


def test_a_killed_check_leaves_a_whole_output_and_is_taken_up(place: Place) -> None:
    counted = check_kills(place, 2)
    assert nothing_lost(counted), counted


@pytest.mark.parametrize("where", ["catalog", "cells"])
def test_no_changed_byte_of_the_catalog_makes_a_wrong_figure(place: Place, where: str) -> None:
    counted = changed_bytes(place, 10, where)
    assert counted.faults == 10 and counted.clean and counted.answered + counted.refused == 50, counted
    assert where == "catalog" or counted.refused, "some of what is asked for was hit"


@pytest.mark.skipif(bool(unavailable_reason()), reason="needs vectors made on this machine")
def test_no_changed_byte_of_the_vectors_makes_a_wrong_figure() -> None:
    """In a process of its own: what is forked has none of the threads that other tests' vectors have started."""
    call = [sys.executable, "-m", "evals.storage_faults", "--only", "changed_vectors", "--bytes", "3", "--reports", "4"]
    ran = subprocess.run(call, capture_output=True, text=True, check=False)
    told = json.loads(ran.stdout.removeprefix("changed_vectors "))
    assert ran.returncode == 0 and told["faults"] == 3 and told["answered"] + told["refused"] == 15, ran


def test_of_two_ingests_at_once_one_waits_or_is_told(place: Place) -> None:
    counted = two_writers(place)
    assert nothing_lost(counted), counted
