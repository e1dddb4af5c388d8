"""Settings → model, without a word sent."""

from __future__ import annotations

import pytest

from assistant.errors import ModelUnavailable
from assistant.llm import open_model
from assistant.settings import Settings


def settings(llm: str, **changes: object) -> Settings:
    return Settings(llm=llm, **{"openai_base_url": None, "openai_api_key": None, **changes})  # type: ignore[arg-type]


def test_none_is_no_model():
    assert open_model(settings("none")) is None


@pytest.mark.parametrize(
    ("llm", "told", "way_out"),
    [
        ("gpt", "看不懂", "openai:"),
        ("openai:", "看不懂", "none"),
        ("openai:some-model", "密钥", "OPENAI_BASE_URL"),
        ("nobody:some-model", "nobody", "供应商"),
        ("mistralai:some-model", "没有安装", "langchain-mistralai"),
        ("local:/nowhere/model.gguf", "没有这个模型文件", "路径"),
    ],
)
def test_a_setting_that_cannot_be_is_told(llm, told, way_out):
    with pytest.raises(ModelUnavailable) as error:
        open_model(settings(llm))
    assert told in error.value.what
    assert way_out in error.value.help


def test_a_local_file_without_its_package(tmp_path):
    file = tmp_path / "broken.gguf"
    file.write_bytes(b"GGUF")
    with pytest.raises(ModelUnavailable) as error:
        open_model(settings(f"local:{file}"))
    assert "[local]" in error.value.help or "GGUF" in error.value.help


def test_an_endpoint_of_ones_own_needs_no_key():
    model = open_model(settings("openai:qwen", openai_base_url="http://127.0.0.1:9/v1"))
    assert model is not None
    assert model.name == "openai:qwen"
