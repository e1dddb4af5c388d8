"""Work in processes: told of as it goes, stopped when it is to stop, outlived when it dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from assistant.errors import AssistantError, UnknownName
from assistant.web.work import Busy, Cancelled, Tell, Workers


def told(value: str, tell: Tell) -> str:
    tell("第一步")
    tell("第二步", words=True)
    return f"{value}，{os.getpid()}"


def forever(_: str, tell: Tell) -> None:
    tell("开工")
    time.sleep(600)


def dies(_: str, _tell: Tell) -> None:
    os._exit(9)


def refuses(value: str, _tell: Tell) -> None:
    raise UnknownName("没有这个", where=value, help="换一个。")


def breaks(value: str, _tell: Tell) -> None:
    raise ZeroDivisionError(value)


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(1)
    yield made
    made.close()


def test_a_result_and_what_was_told_on_the_way(workers: Workers) -> None:
    first, second = workers.submit(told, "甲"), workers.submit(told, "乙")
    assert second.future.result(60).startswith("乙") and first.said == ["第二步"]
    assert first.future.result(0).partition("，")[2] == second.future.result(0).partition("，")[2] != str(os.getpid())


def test_what_is_at_work_is_stopped_and_what_waits_goes_on(workers: Workers) -> None:
    stuck, next_one = workers.submit(forever, ""), workers.submit(told, "后来的")
    while stuck.stage != "开工":
        time.sleep(0.01)
    stuck.cancel()
    assert next_one.future.result(60).startswith("后来的")
    assert stuck.state == "cancelled" and isinstance(stuck.error, Cancelled)


def test_what_waits_is_stopped_before_it_begins(workers: Workers) -> None:
    stuck, waiting = workers.submit(forever, ""), workers.submit(told, "")
    waiting.cancel()
    stuck.cancel()
    with pytest.raises(Cancelled):
        waiting.future.result(60)
    assert waiting.stage == "已取消"


def test_a_process_that_dies_takes_one_task_with_it(workers: Workers) -> None:
    lost, next_one = workers.submit(dies, ""), workers.submit(told, "后来的")
    assert next_one.future.result(60).startswith("后来的")
    assert lost.state == "failed" and lost.error and "意外结束" in lost.error.what


def test_errors_come_back_whole(workers: Workers) -> None:
    refused, broken = workers.submit(refuses, "甲"), workers.submit(breaks, "乙")
    with pytest.raises(UnknownName) as error:
        refused.future.result(60)
    assert (error.value.what, error.value.where, error.value.help) == ("没有这个", "甲", "换一个。")
    with pytest.raises(AssistantError, match="ZeroDivisionError"):
        broken.future.result(60)


def test_too_many_are_told_to_come_back(workers: Workers) -> None:
    with pytest.raises(Busy, match="排队"):
        for _ in range(100):
            workers.submit(forever, "")


def test_closing_ends_what_is_at_work() -> None:
    workers = Workers(2)
    tasks = [workers.submit(forever, "") for _ in range(5)]
    while not any(task.stage == "开工" for task in tasks):
        time.sleep(0.01)
    workers.close()
    assert {task.state for task in tasks} == {"cancelled"}
    with pytest.raises(Busy):
        workers.submit(told, "")
