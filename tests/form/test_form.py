"""The statutory form as data."""

from __future__ import annotations

import pytest

from assistant.form import EDITION_2019, EDITION_2021, EDITIONS, GROUPS, all_metrics, leaves_of


@pytest.mark.parametrize(
    ("edition", "table", "cells"),
    [
        (EDITION_2021, "disclosure", 10),
        (EDITION_2021, "requests", 25 * 7),
        (EDITION_2021, "review", 15),
        (EDITION_2019, "disclosure", 22),
        (EDITION_2019, "requests", 23 * 7),
        (EDITION_2019, "review", 15),
    ],
)
def test_the_number_of_cells(edition: object, table: str, cells: int) -> None:
    assert len(edition.metrics_of(table)) == cells  # type: ignore[attr-defined]


def test_the_editions_differ_in_table_2_and_in_one_row_of_table_3() -> None:
    requests = [{row.id for row in edition.table("requests").rows} for edition in (EDITION_2021, EDITION_2019)]
    assert requests[0] - requests[1] == set(leaves_of("otherwise_handled"))
    assert requests[1] - requests[0] == {"otherwise_handled"}
    assert EDITION_2021.metrics_of("review") == EDITION_2019.metrics_of("review")


@pytest.mark.parametrize(
    ("group", "leaves"), [("denied", 8), ("unavailable", 3), ("not_processed", 5), ("otherwise_handled", 3)]
)
def test_groups_and_their_leaves(group: str, leaves: int) -> None:
    assert len(leaves_of(group)) == leaves
    assert all(leaf.startswith(f"{group}.") for leaf in leaves_of(group))
    assert group in {known.id for known in GROUPS}


@pytest.mark.parametrize(
    ("metric", "place", "unit"),
    [
        ("requests.denied.state_secret.total", "表三 三（三）1·总计", "件"),
        ("requests.otherwise_handled.natural_person", "表三 三（六）·自然人", "件"),
        ("disclosure.fees.amount", "表二 行政事业性收费·本年收费金额（单位：万元）", "万元"),
        ("disclosure.procurement.amount", "表二 政府集中采购·采购总金额", "元"),
        ("disclosure.licensing.change", "表二 行政许可·本年增/减", "项"),
        ("litigation.after_review.pending", "表四 复议后起诉·尚未审结", "件"),
    ],
)
def test_places_and_units(metric: str, place: str, unit: str) -> None:
    assert (all_metrics()[metric].place, all_metrics()[metric].unit) == (place, unit)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_ids_labels_and_places_tell_cells_apart(edition: object) -> None:
    metrics = edition.metrics.values()  # type: ignore[attr-defined]
    assert len({metric.place for metric in metrics}) == len({metric.name for metric in metrics}) == len(metrics)
    assert [section.number for section in edition.sections] == list("一二三四五六")  # type: ignore[attr-defined]
