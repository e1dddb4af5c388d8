"""A conversation over a library: streaming, what is kept of it, what is taken up again."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr
from scripted_endpoint import Endpoint, serving

from assistant.asking.conversation.chat import Conversation
from assistant.asking.conversation.history import KEPT, History
from assistant.asking.passages import model_answer as writing
from assistant.errors import LibraryError, UnknownName
from assistant.library import Library, search
from assistant.llm.model import Model, open_model
from assistant.settings import Settings

TODAY = date(2025, 11, 1)
QUESTION = "答复政府信息公开申请的期限是多久"
FIRST, SECOND, WRONG = "答复期限是20个工作日。", "需要延长的要告知申请人。", "最长不超过45个工作日。"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving() as served:
        yield served


@pytest.fixture(params=["json_schema", "json_mode"])
def model(endpoint: Endpoint, request: pytest.FixtureRequest) -> Model:
    opened = open_model(
        Settings(
            llm="openai:scripted", llm_method=request.param, openai_base_url=endpoint.url,
            openai_api_key=SecretStr("k"), llm_timeout_seconds=20,
        )
    )  # fmt: skip
    assert opened is not None
    return opened


@pytest.fixture(autouse=True)
def known_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are drawn by chance; here they are id0, id1 … so that a scripted reply can cite them."""
    count = iter(range(1000))
    monkeypatch.setattr(writing.secrets, "token_hex", lambda _: f"id{next(count)}")


def reply(*sentences: str) -> dict[str, object]:
    return {"answerable": True, "sentences": [{"text": text, "sources": ["id0"]} for text in sentences]}


def test_sentences_are_shown_one_by_one(corpus_library: Library, endpoint: Endpoint, model: Model) -> None:
    shown: list[str] = []
    endpoint.says(reply(FIRST, SECOND))
    turn = Conversation(corpus_library, model, today=TODAY, show=shown.append).ask(QUESTION)
    assert shown == [FIRST, SECOND] and turn.answer.answer == FIRST + SECOND
    assert endpoint.requests[0]["stream"] is True


def test_a_wrong_sentence_is_never_shown_and_goes_back(
    corpus_library: Library, endpoint: Endpoint, model: Model
) -> None:
    shown: list[str] = []
    endpoint.says(reply(WRONG, FIRST))
    second = reply(FIRST)
    second["sentences"][0]["sources"] = ["id0"]  # type: ignore[index]
    endpoint.says(second)
    turn = Conversation(corpus_library, model, today=TODAY, show=shown.append).ask(QUESTION)
    assert shown == [FIRST] and turn.answer.answer == FIRST
    assert "45个工作日" in endpoint.last_message()


def test_what_was_shown_stays_when_a_later_sentence_is_wrong(
    corpus_library: Library, endpoint: Endpoint, model: Model
) -> None:
    shown: list[str] = []
    endpoint.says(reply(FIRST, WRONG))
    turn = Conversation(corpus_library, model, today=TODAY, show=shown.append).ask(QUESTION)
    assert shown[0] == FIRST and "没有采用" in shown[1] and len(shown) == 2
    assert turn.answer.answer == FIRST and len(endpoint.requests) == 1


def test_a_model_that_keeps_inventing_shows_nothing(corpus_library: Library, endpoint: Endpoint, model: Model) -> None:
    shown: list[str] = []
    endpoint.otherwise = json.dumps(reply(WRONG), ensure_ascii=False)
    turn = Conversation(corpus_library, model, today=TODAY, show=shown.append).ask(QUESTION)
    assert shown == [] and "45" not in turn.answer.answer and "20个工作日" in turn.answer.answer


def test_an_answer_cut_off_in_mid_sentence_keeps_what_was_whole(
    corpus_library: Library, endpoint: Endpoint, model: Model
) -> None:
    shown: list[str] = []
    endpoint.otherwise = json.dumps(reply(FIRST, SECOND), ensure_ascii=False)[:-30]
    turn = Conversation(corpus_library, model, today=TODAY, show=shown.append).ask(QUESTION)
    assert shown.count(FIRST) == 1 and turn.answer.answer == FIRST


def test_a_conversation_is_kept_for_its_owner_and_taken_up_again(corpus_library: Library, tmp_path: Path) -> None:
    history = History(tmp_path)
    conversation = Conversation(corpus_library, today=TODAY)
    for question in ("清源区2024年新收多少件申请？", "出处呢"):
        history.add(conversation.ask(question))
    (file,) = history.folder.iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (history.folder, file)] == [0o700, 0o600]
    again = History(tmp_path)
    resumed = Conversation(corpus_library, before=again.resume(), today=TODAY)
    assert [turn.asked for turn in resumed.turns] == ["清源区2024年新收多少件申请？", "出处呢"]
    turn = resumed.ask("那2023年呢？")
    assert "141件" in turn.answer.answer
    again.add(turn)
    assert len(file.read_text(encoding="utf-8").splitlines()) == 3, "it goes on in the same file"


def test_a_line_that_was_cut_off_is_left_out(corpus_library: Library, tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add(Conversation(corpus_library, today=TODAY).ask("清源区2024年新收多少件申请？"))
    (file,) = history.folder.iterdir()
    file.write_text(file.read_text(encoding="utf-8") + '{"asked": "那20', encoding="utf-8")
    assert len(History(tmp_path).resume()) == 1


def test_old_conversations_go(corpus_library: Library, tmp_path: Path) -> None:
    turn = Conversation(corpus_library, today=TODAY).ask("清源区2024年新收多少件申请？")
    for number in range(KEPT + 3):
        (tmp_path / "conversations").mkdir(exist_ok=True)
        (tmp_path / "conversations" / f"20200101-{number:06}.jsonl").touch()
    History(tmp_path).add(turn)
    names = sorted(path.name for path in (tmp_path / "conversations").iterdir())
    assert len(names) == KEPT and names[0] == "20200101-000004.jsonl" and not names[-1].startswith("2020")


def test_what_cannot_be_kept_or_taken_up_says_so(corpus_library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="没有可以继续的对话"):
        History(tmp_path).resume()
    (tmp_path / "conversations").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(LibraryError, match="无法保存对话"):
        History(tmp_path).add(Conversation(corpus_library, today=TODAY).ask("清源区2024年新收多少件申请？"))


def test_a_question_as_long_as_a_document_is_refused(corpus_library: Library) -> None:
    conversation = Conversation(corpus_library, today=TODAY)
    with pytest.raises(UnknownName, match="太长"):
        conversation.ask("长" * 501)
    assert conversation.turns == []


def test_search_is_opened_by_the_first_question_that_needs_it_and_kept(
    corpus_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    really_open = search.open_search

    def counted(library: Library) -> search.FusedSearch:
        opened.append(really_open(library))
        return opened[-1]

    monkeypatch.setattr(search, "open_search", counted)
    conversation = Conversation(corpus_library, today=TODAY)
    conversation.ask("清源区2024年新收多少件申请？")
    assert opened == [], "a figure needs no search"
    conversation.ask(QUESTION)
    conversation.ask("第三方意见要征求多久")
    assert len(opened) == 1
    conversation.close()
