"""Taking files in: what is found, twice is once, and one bad file harms no other."""

from __future__ import annotations

import os
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from filelock import FileLock
from small_report import report

from assistant.errors import LibraryError, UnknownName
from assistant.library import Library
from assistant.library import ingest as ingesting
from assistant.library.ingest import ingest


def actions(paths: list[Path], library: Library) -> list[str]:
    return [outcome.action for outcome in ingest(paths, library, vectors=False)]


def test_a_report_becomes_figures_and_passages(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "甲区_2024.md"
    file.write_text(report(), encoding="utf-8")
    (outcome,) = ingest([file], library, vectors=False)
    (entry,) = library.documents()
    assert (outcome.action, entry.unit, entry.year, entry.kind) == ("新增", "某市甲区", 2024, "report")
    assert "某市甲区2024年报告：21个数字" in outcome.line
    cells = library.cells("某市甲区", 2024)
    assert cells["requests.received.total"] == Decimal(12)
    assert cells["requests.carried_in.total"] is None, "blank is not zero"
    kept = library.report("某市甲区", 2024)
    assert kept is not None and kept.value("requests.received.total") == Decimal(12)


def test_the_same_file_twice_changes_nothing(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "甲区_2024.md"
    file.write_text(report(), encoding="utf-8")
    assert actions([file], library) == ["新增"]
    before = library.documents(), library.catalog.passages()
    assert actions([file], library) == ["未变化"]
    assert (library.documents(), library.catalog.passages()) == before


def test_a_changed_file_takes_the_place_of_what_it_was(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "甲区_2024.md"
    file.write_text(report(count=12), encoding="utf-8")
    actions([file], library)
    file.write_text(report(count=13), encoding="utf-8")
    assert actions([file], library) == ["已更新"]
    assert len(library.documents()) == 1
    assert library.cells("某市甲区", 2024)["requests.received.total"] == Decimal(13)
    assert not [p for p in library.catalog.passages() if "12条" in p.text], "no passage of the old text is left"
    assert not library.catalog.matching('"12"', 5), "and none of its words"


def test_another_file_of_the_same_unit_and_year_takes_its_place(library: Library, tmp_path: Path) -> None:
    for name, count in (("甲区_2024.md", 12), ("甲区2024定稿.md", 15)):
        (tmp_path / name).write_text(report(count=count), encoding="utf-8")
    assert actions([tmp_path / "甲区_2024.md"], library) == ["新增"]
    assert actions([tmp_path / "甲区2024定稿.md"], library) == ["已更新"]
    assert [entry.file for entry in library.documents()] == ["甲区2024定稿.md"]


def test_years_stand_side_by_side(library: Library, tmp_path: Path) -> None:
    for year in (2023, 2024):
        (tmp_path / f"甲区_{year}.md").write_text(report(year=year), encoding="utf-8")
    assert actions([tmp_path], library) == ["新增", "新增"]
    assert library.units() == {"某市甲区": [2023, 2024]}


def test_one_bad_file_harms_no_other(library: Library, tmp_path: Path) -> None:
    good, letter, empty = tmp_path / "甲区_2024.md", tmp_path / "信.txt", tmp_path / "空.md"
    good.write_text(report(), encoding="utf-8")
    letter.write_text("您好，来信收到。", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    outcomes = ingest([letter, empty, good, tmp_path / "没有.md"], library, vectors=False)
    assert [outcome.action for outcome in outcomes] == ["失败", "失败", "新增", "失败"]
    assert all("怎么办" in outcome.line for outcome in outcomes if outcome.error)


def test_a_folder_gives_its_readable_files(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    (tmp_path / "图.png").write_bytes(b"\x89PNG")
    assert actions([tmp_path], library) == ["新增"]


def test_the_corpus_is_taken_in_whole(library: Library, corpus: Path) -> None:
    outcomes = ingest([corpus / "reports", corpus / "regulation"], library, vectors=False)
    assert {outcome.action for outcome in outcomes} == {"新增"}
    assert library.units()["江州市清源区人民政府"] == [2022, 2023, 2024]
    (law,) = library.documents("regulation")
    assert "政府信息公开条例" in law.title
    assert [len(library.catalog.article(number)) >= 1 for number in range(1, 57)] == [True] * 56


def test_what_is_taken_out_is_gone(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    actions([tmp_path], library)
    (entry,) = library.documents()
    assert library.remove(entry.id) == entry
    assert not library.documents() and not library.catalog.passages() and not library.catalog.matching('"甲区"', 5)
    with pytest.raises(UnknownName, match=f"编号为 {entry.id}"):
        library.remove(entry.id)


def test_a_second_ingest_waits_and_then_says_who_holds_the_lock(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesting, "_WAIT_FOR_LOCK_SECONDS", 0.2)
    with FileLock(library.root / "ingest.lock"), pytest.raises(LibraryError, match=r"另一个导入.*") as caught:
        ingest([], library)
    assert "ingest.lock" in caught.value.where


def test_reading_goes_on_while_another_writes(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    actions([tmp_path], library)
    seen: list[int] = []

    def look() -> None:
        with Library(library.root) as other:
            seen.append(len(other.documents()))

    with library.catalog._transaction():
        library.catalog._db.execute("DELETE FROM documents")
        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
    assert seen == [1], "a reader sees the last whole state, not one half written"


def test_no_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="assistant ingest"):
        Library(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_others_cannot_read_the_library(library: Library) -> None:
    assert library.root.stat().st_mode & 0o077 == 0
    assert library.catalog.file.stat().st_mode & 0o077 == 0
