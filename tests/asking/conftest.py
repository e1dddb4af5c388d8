from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.llm.model import Model, open_model
from assistant.resources import folder
from assistant.settings import Settings
from tests.scripted_endpoint import Endpoint, serving


@pytest.fixture(scope="session")
def corpus_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped corpus: 咸安区 2024, 清源区 2022—2024, the regulation. By words only: vectors have their own tests."""
    with Library(tmp_path_factory.mktemp("corpus") / "library", create=True) as library:
        ingest([folder("corpus") / name for name in ("reports", "regulation")], library, vectors=False)
        yield library


@pytest.fixture(scope="session")
def shared_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The real reports beside the checkout."""
    reports = Path(__file__).resolve().parents[3] / "shared" / "reports"
    if not reports.is_dir():
        pytest.skip("the real reports (../shared/reports) are not beside this checkout")
    with Library(tmp_path_factory.mktemp("shared") / "library", create=True) as library:
        ingest(sorted(reports.glob("*.txt")), library, vectors=False)
        yield library


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as served:
        yield served


@pytest.fixture
def model(endpoint: Endpoint) -> Model:
    opened = open_model(
        Settings(
            llm="openai:scripted", openai_base_url=endpoint.url, openai_api_key=SecretStr("k"), llm_timeout_seconds=20
        )
    )
    assert opened is not None
    return opened
