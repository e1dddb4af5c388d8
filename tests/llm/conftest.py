from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr
from scripted_endpoint import Endpoint, serving

from assistant.llm import Model, open_model
from assistant.settings import Settings


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as served:
        yield served


@pytest.fixture
def model_at() -> Callable[..., Model]:
    """A model at an endpoint, as settings would open it."""

    def opened(url: str, **changes: object) -> Model:
        values = {
            "llm": "openai:scripted", "openai_base_url": url, "openai_api_key": SecretStr("sk-secret"),
            "llm_timeout_seconds": 20.0, **changes,
        }  # fmt: skip
        model = open_model(Settings(**values))  # type: ignore[arg-type]
        assert model is not None
        return model

    return opened
