"""Every number of a draft leads back to where it comes from, and the walk sees what does not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from assistant.drafting import draft, read_workbook, write_workbook
from assistant.drafting.workbook.layout import place_of_metric
from evals.offices import offices
from evals.provenance import walk
from evals.workbooks import Handed


@pytest.fixture(params=range(2))
def handed(request, tmp_path):
    """A draft of a made-up office with last year's report, from a real workbook."""
    each = list(offices())[request.param]
    path = tmp_path / "数据.xlsx"
    write_workbook(path, each.data, None)
    data = read_workbook(path)
    return draft(data, previous=each.previous), path, Handed(data, each.previous)


def kinds(finished, path, handed) -> set[str]:
    return {kind for kind, _ in walk(finished, path, handed, Counter())}


def test_every_number_leads_back(handed):
    finished, path, office = handed
    counts: Counter[str] = Counter()
    assert list(walk(finished, path, office, counts)) == []
    assert counts["numbers"] > 40
    assert counts["cells"] > 150


def test_what_leads_nowhere_is_seen(handed):
    finished, path, office = handed
    part = finished.part("依申请公开")
    typed = replace(part, paragraphs=(part.paragraphs[0] + "另有7391件。", *part.paragraphs[1:]))
    parts = tuple(typed if each is part else each for each in finished.parts)
    assert kinds(replace(finished, parts=parts), path, office) == {"unsourced"}
    untold = replace(part, uses=tuple(replace(use, source="") for use in part.uses))
    parts = tuple(untold if each is part else each for each in finished.parts)
    assert "untold" in kinds(replace(finished, parts=parts), path, office)
    book = load_workbook(path)
    sheet, row, column = place_of_metric("requests.granted.natural_person")
    book[sheet].cell(row, column).value = 977
    book.save(path)
    assert kinds(finished, path, office) == {"table", "wrong"}
