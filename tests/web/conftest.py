"""One server for all tests that change nothing of it that others see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dossiers import printed, report
from server import Server, served

WRONG = {"requests.received.total": 25}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("serve")) as made:
        yield made


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "年报.txt"
    path.write_text(printed(report()), encoding="utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The same with a total that breaks its row, its column and a sentence."""
    path = tmp_path / "有错.txt"
    path.write_text(printed(report(figures=WRONG)), encoding="utf-8")
    return path
