"""What all tests share: where things are, and the one flag that rewrites golden files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden/ anew; refused where CI is set")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--rewrite-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--rewrite-golden is for a person who looks at the difference, not for CI")


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
