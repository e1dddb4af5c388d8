"""A library that version 0.1 made, as it lies on an office's disk, is answered from, added to and sound."""

from __future__ import annotations

import lzma
from datetime import date
from pathlib import Path

import pytest

from assistant.asking import answer
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.verify import verify

# Made by 0.1 of the shipped 清源区_2024.md, without its vectors.
HELD = Path(__file__).parent / "held" / "catalog_of_0.1.sqlite3.xz"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    folder = tmp_path / "库"
    folder.mkdir()
    (folder / "catalog.sqlite3").write_bytes(lzma.decompress(HELD.read_bytes()))
    return folder


def test_it_answers_and_is_sound(older: Path) -> None:
    with Library(older) as library:
        given = answer("清源区2024年新收多少件", library, today=date(2026, 12, 1))
        assert "158件" in given.answer and given.citations[0].quote.endswith("158")
        assert [entry.file for entry in library.documents()] == ["清源区_2024.md"]
        assert not [fault for fault in verify(library) if "向量" not in fault.what]


def test_it_takes_new_reports(older: Path, corpus: Path) -> None:
    with Library(older) as library:
        (outcome,) = ingest([corpus / "reports" / "清源区_2023.md"], library, vectors=False)
        assert outcome.action == "新增"
        assert library.units()["江州市清源区人民政府"] == [2023, 2024]
        assert "12.06" in answer("清源区2024年新收比上年增长多少", library, today=date(2026, 12, 1)).answer
