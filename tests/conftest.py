"""What all tests share: where things are, and the one flag that rewrites golden files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import settings

ROOT = Path(__file__).parent.parent
_OUTCOMES = {"通过": "passed", "失败": "failed", "出错": "error", "跳过": "skipped"}
_SLOWEST = 5


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden/ anew; refused where CI is set")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--rewrite-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--rewrite-golden is for a person who looks at the difference, not for CI")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many there were of each, why some were skipped, and where the time went."""
    stats = terminalreporter.stats
    counts = {name: len(stats.get(kind, ())) for name, kind in _OUTCOMES.items()}
    phases = [each for group in stats.values() for each in group if isinstance(each, pytest.TestReport)]
    terminalreporter.section("小结")
    together = sum(each.duration for each in phases)
    told = "，".join(f"{name}{count}项" for name, count in counts.items() if count)
    terminalreporter.line(f"{told}；各项用时合计{together / 60:.1f}分钟")
    reasons = Counter(
        str(each.longrepr[2]).removeprefix("Skipped: ")
        for each in stats.get("skipped", ())
        if isinstance(each.longrepr, tuple)
    )
    for reason, count in reasons.most_common():
        terminalreporter.line(f"  跳过{count}项：{reason}")
    for each in sorted(phases, key=lambda each: each.duration, reverse=True)[:_SLOWEST]:
        if each.duration > 1:
            terminalreporter.line(f"  {each.duration:5.1f}秒　{each.nodeid}")


@pytest.fixture(autouse=True)
def settings_of_its_own() -> Iterator[None]:
    """No test leaves the settings of its environment to the next one of its process."""
    yield
    settings.cache_clear()


@pytest.fixture
def chinese_font() -> None:
    """A machine that can draw Chinese characters: a picture of a chart needs a font, all else does not."""
    from assistant.errors import AssistantError
    from assistant.render import chart

    try:
        chart._installed_font()
    except AssistantError as error:
        pytest.skip(f"no Chinese font here: {error.what}")


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample reports that ship with the program."""
    return ROOT / "corpus" / "reports"


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """Published reports, kept beside the checkout and not in it."""
    folder = ROOT.parent / "shared" / "reports"
    if not folder.is_dir():
        pytest.skip("needs the published reports in ../shared/reports beside the checkout")
    return folder
