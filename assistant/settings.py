"""Settings: the only reader of the environment. Every limit of the program stands here with its reason."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

__all__ = ["Settings", "settings", "without_secrets"]

_SECRETS = ("_KEY", "_TOKEN", "_SECRET", "_PASSWORD")
_SHORTEST_SECRET = 4  # a shorter one is a stand-in such as "none", and part of ordinary words
_REFERENCES = 600
_PATIENCE = 5  # times the time-out of one wait
_URL_SAFE = {"+": "-", "/": "_"}
_USUAL = "openai_"  # what every program that calls such an endpoint names alike
_LIMITS = ("max_", "pdf_", "office_", "scan_")  # how the names of the limits on reading begin


class Settings(BaseModel):
    """Every setting with its default; ``settings`` reads them from the environment.

    Raises:
        ValidationError: a value that a setting cannot have; ``cli.failures`` tells it in Chinese.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    library: Path = Path(".assistant")
    llm: str = "none"
    llm_method: Literal["json_schema", "function_calling", "json_mode"] = "json_schema"
    llm_timeout_seconds: float = Field(60.0, gt=0)  # openai waits 600 s by default: nobody sits that long
    llm_max_tokens: int = Field(1200, gt=0)  # a section is a few hundred characters
    llm_temperature: float | None = Field(0.0, ge=0)  # the same question should get the same answer
    # Characters that a model sees of the library for one part of a draft: the office's last years, plans, articles.
    # Unset: 600, and none for a model in this process. Those are small: of three notes a model of 1.5B worded one
    # without them, and none with 600 characters beside them.
    llm_references: int | None = Field(None, ge=0)
    llm_max_calls: int = Field(30, gt=0)  # of one job: eight parts of a draft, each asked at most three times
    llm_context_tokens: int = Field(16384, gt=0)  # of a local model: a prompt here has some 3,000
    max_answer_bytes: int = Field(32 * 1024 * 1024, gt=0)  # of an endpoint: the vectors of a batch have some 5 MB
    openai_base_url: str | None = None
    openai_api_key: SecretStr | None = None
    embeddings: str = "auto"  # auto | none | openai:model (any /v1/embeddings endpoint) | provider:model
    embeddings_base_url: str | None = None  # of an endpoint of its own; else OPENAI_BASE_URL
    embeddings_api_key: SecretStr | None = None
    embeddings_query_prefix: str = ""  # what the model's makers want before a question, e.g. "query: " for e5
    embeddings_passage_prefix: str = ""
    vectors: str = "chroma"  # chroma | milvus:http://host:19530 | milvus:folder.db (Milvus Lite)
    vectors_token: SecretStr | None = None  # of a Milvus server: user:password, or a token
    vectors_timeout_seconds: float = Field(10.0, gt=0)  # of one call to it; a search takes some ms
    serve_password: SecretStr | None = None  # of the web page, where other machines may open it

    # Beside one output, of what was read and checked before: 3,000 reports take some 40 MB.
    max_cache_bytes: int = Field(2 * 1024 * 1024 * 1024, ge=0)
    max_file_bytes: int = Field(50 * 1024 * 1024, gt=0)  # the largest published report seen is under 5 MB
    max_text_characters: int = Field(2_000_000, gt=0)  # reports have some 10,000
    max_archive_bytes: int = Field(
        200 * 1024 * 1024, gt=0
    )  # docx, xlsx unpacked: a report full of photographs has 30 MB
    max_archive_entries: int = Field(2_000, gt=0)  # a report has some 15 parts and one for each picture
    max_xml_bytes: int = Field(24 * 1024 * 1024, gt=0)  # of one docx or xlsx, unpacked: a report is under 2 MB
    max_paragraphs: int = Field(20_000, gt=0)  # of a Word file; reports have some 100
    max_table_rows: int = Field(2_000, gt=0)  # the longest table of the form has 28
    max_table_cells: int = Field(100_000, gt=0)  # of one file; the three tables together have some 400
    max_html_bytes: int = Field(10 * 1024 * 1024, gt=0)  # without pictures: Word's own export of a report has 1 to 2 MB
    max_html_tags: int = Field(60_000, gt=0)  # ordinary pages have some 3,000, Word's exports some 30,000
    max_html_depth: int = Field(400, gt=0)  # pages nest 20 to 60 deep
    max_picture_pixels: int = Field(36_000_000, gt=0)  # of a picture: A4 at 600 dpi has 35 million
    max_page_pixels: int = Field(5_000_000, gt=0)  # of a page as it is recognised: A4 at 200 dpi has 4 million
    max_scanned_pages: int = Field(40, gt=0)  # each takes seconds to recognise
    max_scanned_lines: int = Field(1_000, gt=0)  # lines and cells with print on one page: table 3 has some 250
    # One file read, or one report checked, in a process of its own: seconds, but for scans.
    report_seconds: float = Field(600.0, gt=0)
    scan_seconds: float = Field(300.0, gt=0)  # to recognise a file: a page takes some 3, on an old machine 15
    pdf_seconds: float = Field(6.0, gt=0)  # the child that parses, its processor time: real reports take 0.5
    pdf_memory_bytes: int = Field(450 * 1024 * 1024, gt=0)  # its address space: an ordinary PDF takes a third of it
    office_seconds: float = Field(60.0, gt=0)  # LibreOffice's processor time to convert a file: a report takes some 2
    office_memory_bytes: int = Field(2 * 1024 * 1024 * 1024, gt=0)  # its address space: most of it is never touched
    pdf_max_pages: int = Field(200, gt=0)  # reports have some five to thirty
    pdf_max_marks: int = Field(400_000, gt=0)  # characters and lines: a report of thirty pages has some 30,000

    @property
    def references_shown(self) -> int:
        """Characters of the library that a model sees for one part."""
        in_process = self.llm.startswith("local:")
        return self.llm_references if self.llm_references is not None else 0 if in_process else _REFERENCES

    @property
    def whole_call_seconds(self) -> float:
        """Of one call to an endpoint, from asking to the last word: a slow model on this machine writes for minutes."""
        return _PATIENCE * self.llm_timeout_seconds

    def limits(self) -> dict[str, str]:
        """The limits on reading as environment variables, for the processes of another machine."""
        told = ((name, getattr(self, name)) for name in type(self).model_fields if name.startswith(_LIMITS))
        return {_variable(name): str(value) for name, value in told}


def without_secrets(text: str) -> str:
    """``text`` with every key that is set made unreadable, however it is written: services quote in their errors what
    they were sent."""
    keys = [value.get_secret_value() for _, value in settings() if isinstance(value, SecretStr)]
    keys += [value for name, value in os.environ.items() if name.upper().endswith(_SECRETS)]  # other vendors' packages'
    for key in keys:
        if len(key) >= _SHORTEST_SECRET:
            text = _spellings(key).sub("***", text)
    return text


@lru_cache(maxsize=64)
def _spellings(key: str) -> re.Pattern[str]:
    """A key as a service may repeat it: in either case, each character as it is or written out as in an address
    (%2D), a script (\\u002d) or a page (&#45;, &#x2d;); its bytes as digits; and in Base64, wherever in a longer text
    it began (user:key)."""
    characters = "".join(
        rf"(?:{re.escape(one)}|\\?{re.escape(one)}|{''.join(f'%{byte:02x}' for byte in one.encode())}"
        rf"|\\u{ord(one):04x}|&#0*{ord(one)};|&#x0*{ord(one):x};)"
        for one in key
    )
    encoded = [key.encode().hex()]
    for before in range(3):
        # Of what stands before and behind only whole characters of its own are looked for: each holds six bits.
        packed = b64encode(b"\0" * before + key.encode()).rstrip(b"=").decode()
        own = packed[(8 * before + 5) // 6 : 8 * (before + len(key.encode())) // 6]
        encoded.append("".join(f"[{one}{_URL_SAFE[one]}]" if one in _URL_SAFE else one for one in own))
    return re.compile("|".join([characters, *(one for one in encoded if len(one) >= _SHORTEST_SECRET)]), re.IGNORECASE)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once: ``ASSISTANT_*`` variables, the endpoint and its key from ``OPENAI_*``.

    Raises:
        ValidationError: a variable that is no value of its setting.
    """
    given = {name.upper(): value for name, value in os.environ.items()}
    return Settings.model_validate(
        {name: given[_variable(name)] for name in Settings.model_fields if _variable(name) in given}
    )


def _variable(name: str) -> str:
    return name.upper() if name.startswith(_USUAL) else f"ASSISTANT_{name.upper()}"
