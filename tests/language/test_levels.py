"""The level of a unit, as its name tells."""

import pytest

from assistant.language.organs import level_of


@pytest.mark.parametrize(
    ("unit", "level"),
    [
        ("江州市清源区人民政府", "县区"),
        ("江州市", "市级"),
        ("某某省人民政府办公厅", "省级"),
        ("清源区城关镇人民政府", "乡镇"),
        ("城南街道办事处", "乡镇"),
        ("江州市清源区教育局", "部门"),
    ],
)
def test_the_level_of_a_unit(unit: str, level: str) -> None:
    assert level_of(unit) == level
