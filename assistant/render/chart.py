"""Figures over the years as a chart: SVG with its text as text, or PNG with an installed Chinese font.

Blank years are gaps, not zeros; the axis begins at zero. Only who asks for a chart loads matplotlib.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.files import writing
from assistant.logs import step
from assistant.text import printable

if TYPE_CHECKING:
    from assistant.asking.calculation.trend import Series

__all__ = ["FORMATS", "draw"]

FORMATS = (".svg", ".png")
# Fonts with Chinese characters that systems and offices have, sans serif first.
_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans SC",
    "Droid Sans Fallback",
    "STHeiti",
    "SimSun",
    "Noto Serif CJK SC",
    "Noto Sans CJK JP",
    "Noto Serif CJK JP",
    "AR PL UMing CN",
    "Arial Unicode MS",
)
# Okabe and Ito's colours, told apart without red and green; markers tell the lines apart without any colour.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
_MARKERS = ("o", "s", "^", "D", "v", "P")
_GREY = "#595959"
_SIZE, _DPI = (8.0, 4.5), 160
_ROOM = 1.12  # of the axis over the highest figure
_CLOSE = 0.065  # of the axis: the height of a line of text
_TEN_THOUSAND = 10_000
_MANY = 10 * _TEN_THOUSAND  # from here on the axis counts in 万
_LINE = 34  # Chinese characters of a title beside each other


def draw(series: Sequence[Series], path: Path) -> None:
    """Write the chart of one or several series to ``path``, over what is there.

    Raises:
        AssistantError: the figures are counted in different units, a PNG is wanted and no Chinese font is installed, or
            the file cannot be written.
    """
    measures = list(dict.fromkeys(one.measure for one in series if one.measure))
    if len(measures) > 1:
        raise AssistantError(
            f"计量单位不同（{'、'.join(measures)}），不能画在同一张图上", help="请分开画，或不用 -o，只看表。"
        )
    svg = path.suffix.lower() == ".svg"
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # an SVG names fonts that are not here
    import matplotlib
    from matplotlib.figure import Figure

    fonts = [*_FONTS, "sans-serif"] if svg else [_installed_font()]
    # The same figures give the same file: no date, no random ids.
    settings: dict[Any, Any] = {
        "font.family": fonts,
        "svg.fonttype": "none",
        "svg.hashsalt": "assistant",
        "font.size": 11,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")  # of an SVG: its reader has the font
        figure = Figure(figsize=_SIZE, layout="constrained")
        _plot(figure, series)
        with writing(path) as aside, step("render", path):
            figure.savefig(aside, dpi=_DPI, metadata={"Date": None, "Title": _title(series)} if svg else None)


def _installed_font() -> str:
    """The name of an installed font with Chinese characters."""
    from matplotlib import font_manager

    def found() -> str | None:
        names = {font.name for font in font_manager.fontManager.ttflist}
        return next((name for name in _FONTS if name in names), None)

    if (name := found()) is None:
        # The list is kept from an earlier run: a font may have been installed since.
        known = {font.fname for font in font_manager.fontManager.ttflist}
        for file in font_manager.findSystemFonts():
            if file not in known:
                try:
                    font_manager.fontManager.addfont(file)
                except (RuntimeError, OSError):
                    continue  # a file that is no font
        name = found()
    if name is None:
        raise AssistantError(
            "没有找到中文字体，PNG 图上的汉字会显示成方框",
            help="请安装一种中文字体（Debian、Ubuntu：apt install fonts-noto-cjk；Fedora：google-noto-sans-cjk-fonts；"
            "其他系统可安装思源黑体），或者用 -o 图.svg，SVG 不需要字体。",
        )
    return name


def _title(series: Sequence[Series]) -> str:
    units = list(dict.fromkeys(one.unit for one in series))
    labels = list(dict.fromkeys(one.label for one in series))
    measure = next((one.measure for one in series if one.measure), "")
    return printable(f"{'、'.join(units)}{'、'.join(labels)}（单位：{measure}）")


def _plot(figure: Any, series: Sequence[Series]) -> None:
    from matplotlib.ticker import MaxNLocator

    axes = figure.add_subplot()
    for number, one in enumerate(series):
        axes.plot(
            [point.year for point in one.points],
            [float("nan") if point.value is None else float(point.value) for point in one.points],
            color=_colour(number),
            marker=_MARKERS[number % len(_MARKERS)],
            markersize=7,
            linewidth=2,
            clip_on=False,
        )
    every = sorted({point.year for one in series for point in one.points})
    axes.set_xticks(every, [f"{year}年" for year in every])
    axes.set_xlim(every[0] - 0.4, every[-1] + 0.4)
    values = [point.value for one in series for point in one.points if point.value is not None]
    # From zero, below it only where figures are (增/减), and room for the label above the highest.
    low, high = float(min(Decimal(0), *values)), float(max(Decimal(0), *values))
    axes.set_ylim(low * _ROOM, high * _ROOM or 1)
    for year in every:
        _write_values(axes, series, year, (high - low) * _CLOSE)
    if len(series) > 1:
        _name_lines(axes, series, (high - low) * _CLOSE)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    in_ten_thousands = max(high, -low) >= _MANY
    axes.yaxis.set_major_formatter(
        lambda value, _: f"{value / _TEN_THOUSAND:g}万" if in_ten_thousands and value else f"{value:.0f}"
    )
    axes.grid(axis="y", color="#D9D9D9", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(colors=_GREY, length=0)
    if len(series) > 1:
        axes.tick_params(axis="x", pad=26)  # a value below its point may stand under the axis
    axes.set_title(_in_lines(_title(series)), fontsize=13, loc="left", pad=14)


def _in_lines(title: str) -> str:
    """Lines that fit; one ends behind 、 where it can, and the unit of measure stays in one piece."""
    lines, line = [], ""
    for piece in re.findall(r"（单位：[^）]*）|[^、（]+、?|.", title):
        while len(line + piece) > _LINE:
            keep = len(line) if line and len(piece) <= _LINE else _LINE
            lines.append((line + piece)[:keep])
            line, piece = "", (line + piece)[keep:]
        line += piece
    return "\n".join((*lines, line))


def _colour(number: int) -> str:
    return _COLOURS[number % len(_COLOURS)]


def _write_values(axes: Any, series: Sequence[Series], year: int, close: float) -> None:
    """The values of a year at their points, above them; of two that are close the lower one below. A third between them
    has no room: the table has it."""
    values = [
        (n, p.value) for n, one in enumerate(series) for p in one.points if p.year == year and p.value is not None
    ]
    values.sort(key=lambda pair: -pair[1])
    above: float | None = None
    for rank, (number, value) in enumerate(values):
        crowded = above is not None and above - float(value) < close
        below = values[rank + 1][1] if rank + 1 < len(values) else None
        if crowded and below is not None and float(value - below) < close:
            continue
        axes.annotate(
            f"{value:f}{'%' if series[number].measure == '%' else ''}",
            (year, float(value)),
            xytext=(0, -9 if crowded else 8),
            textcoords="offset points",
            ha="center",
            va="top" if crowded else "bottom",
            color=_colour(number),
            annotation_clip=False,
        )
        above = float(value)


def _name_lines(axes: Any, series: Sequence[Series], close: float) -> None:
    """Each line's name beside its last point, so that there is no legend to look back and forth to; names that would
    cover each other are moved apart."""
    last = {
        number: max((p for p in one.points if p.value is not None), key=lambda p: p.year)
        for number, one in enumerate(series)
    }
    height: float | None = None
    for number, point in sorted(last.items(), key=lambda pair: pair[1].value or 0):
        own = float(point.value or 0)
        height = own if height is None else max(own, height + close)
        axes.annotate(
            _name(series[number], series),
            (point.year, height),
            xytext=(20, 0),
            textcoords="offset points",
            color=_colour(number),
            va="center",
            annotation_clip=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},  # where it lies on the axis
        )


def _name(one: Series, series: Sequence[Series]) -> str:
    """By what tells it from the others: its unit, its figure, or both."""
    unit = one.unit if len({other.unit for other in series}) > 1 else ""
    label = one.label if len({other.label for other in series}) > 1 else ""
    return printable(f"{unit}{label}")
