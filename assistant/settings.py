"""Settings: the only reader of the environment. Every limit of the program stands here with its reason."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["Settings", "settings"]


class Settings(BaseSettings):
    """Values come from ``ASSISTANT_*`` variables; the endpoint and its key from the usual ``OPENAI_*`` ones."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, extra="ignore", populate_by_name=True)

    library: Path = Path(".assistant")
    llm: str = "none"
    llm_method: Literal["json_schema", "function_calling", "json_mode"] = "json_schema"
    llm_timeout_seconds: float = Field(60.0, gt=0)  # openai waits 600 s by default: nobody sits that long
    llm_max_tokens: int = Field(1200, gt=0)  # a section is a few hundred characters
    llm_temperature: float | None = Field(0.0, ge=0)  # the same question should get the same answer
    llm_max_calls: int = Field(30, gt=0)  # of one job: eight parts of a draft, each asked at most three times
    llm_context_tokens: int = Field(16384, gt=0)  # of a local model: a prompt here has some 3,000
    openai_base_url: str | None = Field(None, validation_alias="OPENAI_BASE_URL")
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    embeddings: Literal["auto", "none"] = "auto"

    max_file_bytes: int = Field(50 * 1024 * 1024, gt=0)  # the largest published report seen is under 5 MB
    max_text_characters: int = Field(2_000_000, gt=0)  # reports have some 10,000


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
