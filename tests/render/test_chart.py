"""Charts: text that can be read, gaps for blanks, an axis from zero; and no chart without a font."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.asking.calculation.trend import Series, TrendPoint
from assistant.errors import AssistantError
from assistant.render import chart
from assistant.render.chart import draw

_SVG = "{http://www.w3.org/2000/svg}"


def series(*values: int | None, unit: str = "清源区人民政府", label: str = "不予公开", measure: str = "件") -> Series:
    points = (
        TrendPoint(2020 + n, None if value is None else Decimal(value), "表三 三（三）·总计")
        for n, value in enumerate(values)
    )
    return Series(unit, "requests.denied.total", label, measure, tuple(points))


def texts(path: Path) -> list[str]:
    return ["".join(node.itertext()).strip() for node in ElementTree.parse(path).iter(f"{_SVG}text")]


def paths(path: Path) -> list[str]:
    """The lines of the series, as drawn: those of two points wide, in a series' colour."""
    found = re.findall(
        r'<path d="([^"]+)"[^>]*style="fill: none; stroke: #0072b2; stroke-width: 2', path.read_text("utf-8")
    )
    return [" ".join(one.split()) for one in found]


def test_an_svg_keeps_its_words_as_words(tmp_path: Path) -> None:
    draw([series(14, 18, 17)], tmp_path / "a.svg")
    told = texts(tmp_path / "a.svg")
    assert "清源区人民政府不予公开（单位：件）" in told
    assert {"2020年", "2021年", "2022年", "14", "18", "17", "0"} <= set(told)
    assert "Noto Sans CJK SC" in (tmp_path / "a.svg").read_text("utf-8") and "Microsoft YaHei" in (
        tmp_path / "a.svg"
    ).read_text("utf-8")


def test_the_same_figures_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        draw([series(14, None, 17)], tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_blank_year_is_a_gap_and_not_zero(tmp_path: Path) -> None:
    draw([series(14, None, 17, 16)], tmp_path / "gap.svg")
    draw([series(14, 15, 17, 16)], tmp_path / "whole.svg")
    (gap,), (whole,) = paths(tmp_path / "gap.svg"), paths(tmp_path / "whole.svg")
    assert (gap.count("M"), gap.count("L")) == (2, 1), "2020 alone, then 2022 to 2023"
    assert (whole.count("M"), whole.count("L")) == (1, 3)
    assert "2021年" in texts(tmp_path / "gap.svg"), "the year itself stays on the axis"


@pytest.mark.parametrize(
    ("values", "ticks"), [((3, 1, 2), {"0", "1", "2", "3"}), ((0, 0), {"0", "1"}), ((9480, 9530), {"0", "8000"})]
)
def test_the_axis_begins_at_zero_and_counts_in_whole_numbers(
    tmp_path: Path, values: tuple[int, ...], ticks: set[str]
) -> None:
    draw([series(*values)], tmp_path / "a.svg")
    told = texts(tmp_path / "a.svg")
    assert ticks <= set(told) and not any("." in one for one in told)


def test_lines_are_named_by_what_tells_them_apart(tmp_path: Path) -> None:
    draw([series(14, 18), series(15, 17, unit="丙市")], tmp_path / "units.svg")
    assert {"清源区人民政府", "丙市", "清源区人民政府、丙市不予公开（单位：件）"} <= set(texts(tmp_path / "units.svg"))
    draw([series(14, 18), series(15, 17, label="部分公开")], tmp_path / "labels.svg")
    assert {"不予公开", "部分公开"} <= set(texts(tmp_path / "labels.svg"))


@pytest.mark.parametrize("values", [(1123345, 2822652), (550, 1100000), (99, 99)])
def test_large_figures_are_written_out(tmp_path: Path, values: tuple[int, ...]) -> None:
    """No 1e6 over the axis: it counts in 万, and the figures stand at their points as they are."""
    draw([series(*values)], tmp_path / "a.svg")
    told = texts(tmp_path / "a.svg")
    assert {str(value) for value in values} <= set(told) and not any("e" in one for one in told)
    assert any(one.endswith("万") for one in told) == (max(values) >= 100_000)


@pytest.mark.parametrize(
    "label", ["行政复议结果纠正" * 9, "行政复议、行政诉讼、" * 7 + "予以公开", "公开" * 40, "不予公开（总计）" * 6]
)
def test_a_long_title_is_wrapped_and_keeps_its_unit(tmp_path: Path, label: str) -> None:
    draw([series(14, 18, label=label, measure="%")], tmp_path / "a.svg")
    told = texts(tmp_path / "a.svg")
    title = told[next(n for n, one in enumerate(told) if one.startswith("清源区")) :]
    assert "".join(title) == f"清源区人民政府{label}（单位：%）"
    assert max(map(len, title)) <= 34 and title[-1].endswith("（单位：%）")
    assert {"14%", "18%"} <= set(told)


def test_figures_of_different_units_share_no_axis(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="计量单位不同（件、%）"):
        draw([series(14, 18), series(15, 17, measure="%")], tmp_path / "a.svg")
    assert not (tmp_path / "a.svg").exists()


@pytest.mark.usefixtures("chinese_font")
def test_a_png_is_a_picture(tmp_path: Path) -> None:
    draw([series(14, None, 17)], tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG\r\n")


def test_without_a_chinese_font_a_png_is_refused_and_an_svg_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart, "_FONTS", ("No Such Font",))
    with pytest.raises(AssistantError, match="没有找到中文字体") as caught:
        draw([series(14, 17)], tmp_path / "a.png")
    assert "fonts-noto-cjk" in caught.value.help and ".svg" in caught.value.help and not list(tmp_path.iterdir())
    draw([series(14, 17)], tmp_path / "a.svg")
    assert "2021年" in texts(tmp_path / "a.svg")


def test_a_file_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="无法写入文件"):
        draw([series(14, 17)], tmp_path / "nowhere" / "a.svg")


def test_drawing_says_nothing_on_the_console(tmp_path: Path) -> None:
    """Fonts that are named and not installed, glyphs that the layout lacks: none of a user's business."""
    program = (
        "from decimal import Decimal; from pathlib import Path\n"
        "from assistant.asking.calculation.trend import TrendPoint, Series; from assistant.render import chart\n"
        "chart._FONTS = ('No Such Font', 'Nor This')\n"
        f"chart.draw([Series('甲区', 'm', '不予公开', '件', (TrendPoint(2023, Decimal(1), ''),))], Path({str(tmp_path / 'a.svg')!r}))\n"
    )
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
