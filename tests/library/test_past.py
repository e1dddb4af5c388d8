"""Last year's report of a unit, as the library holds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_report import report

from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.store import last_year_report, last_year_reports


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library with 2023 of 某市甲区 and of 他市甲区, and 2022 of 某市甲区."""
    files = []
    for name, text in (
        ("某市甲区_2022.md", report(2022)),
        ("某市甲区_2023.md", report(2023)),
        ("他市甲区_2023.md", report(2023).replace("某市甲区", "他市甲区")),
    ):
        files.append(tmp_path / name)
        files[-1].write_text(text, encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        ingest(files, library, vectors=False)
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("unit", "year", "before"),
    [
        ("某市甲区", 2024, "某市甲区"),
        ("甲省某市甲区", 2024, "某市甲区"),
        ("某市甲区人民政府", 2024, "某市甲区"),
        ("甲区", 2024, None),
        ("甲区", 2023, "某市甲区"),
        ("某市甲区", 2026, None),
        ("", 2024, None),
    ],
    ids=["the unit", "its longer name", "its full name", "two fit", "one fits", "no such year", "no unit"],
)
def test_the_report_of_the_year_before(unit: str, year: int, before: str | None, root: Path) -> None:
    found = last_year_report(root, unit, year)
    assert (found and (found.unit, found.year)) == (before and (before, year - 1))


def test_one_library_many_questions(root: Path, tmp_path: Path) -> None:
    with last_year_reports(root) as find:
        assert [bool(find("某市甲区", year)) for year in (2022, 2023, 2024, 2025)] == [False, True, True, False]
    with last_year_reports(tmp_path / "没有") as find:
        assert find("某市甲区", 2024) is None
