"""What table 2 prints above its rows: the item of Article 20 and the unit of the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.check import RULES, check
from assistant.figures.dossier import Dossier
from assistant.readers import report_from_text
from assistant.resources import folder

SOUND = Path(folder("corpus") / "reports" / "清源区_2024.md").read_text(encoding="utf-8")


def told(text: str) -> list[str]:
    return [each.message for each in check(Dossier(report_from_text(text)), [RULES["F106"]]).findings]


def test_a_sound_table_draws_nothing() -> None:
    assert told(SOUND) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("（单位：万元）", "（单位：元）"),
        ("第二十条第（八）项", "第二十条第（九）项"),
        ("第二十条第（六）项", "第二十条第（五）项"),
    ],
)
def test_another_item_or_unit_is_told(right: str, wrong: str) -> None:
    assert SOUND.count(right) == 1
    (message,) = told(SOUND.replace(right, wrong))
    assert right in message and wrong in message
