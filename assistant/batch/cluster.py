"""The same work over a Ray cluster, whose machines need not share a disk with this one, only this program's version."""

from __future__ import annotations

import logging
import os
import re
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urlsplit

from assistant.batch.remote_job import NotSendable, RemoteJob, RemoteResult, pack_job, run_remote, unpack_result
from assistant.errors import AssistantError
from assistant.logs import listening, told_in_order
from assistant.patterns import regex
from assistant.settings import settings

__all__ = ["Cluster"]

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 4  # jobs handed out for each processor: enough that none waits, few enough that results do not pile up
_MOST_BYTES = 256 * 1024 * 1024  # of contents on their way: a cluster's own memory for them is often a few hundred MB
_TRIES_AGAIN = 3  # of a job whose worker or machine has failed; then the job itself is taken to be the reason
_OWN = "auto"
_ADDRESS = regex(rf"{_OWN}|(ray://)?[\w.\-\[\]:]+:\d{{1,5}}", re.ASCII)
_REACH_SECONDS = 5.0
_LOOK_SECONDS = 10.0  # between two looks whether the cluster is there, while a result is waited for
_RAY = {  # how Ray is to behave in this process; read when it is imported
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_task_oom_retries": str(_TRIES_AGAIN),  # else without end
    "RAY_NUM_REDIS_GET_RETRIES": "1",  # of connecting, each of which takes 40 s
}
_GO_ON = "请检查集群（ray status）后再运行；有 --resume 的检查会接着做。"


class Cluster:
    """A connection to a running Ray cluster, with the interface of ``Workers``: the same results in the same order.

    ``address`` is ``auto`` (the cluster that this machine belongs to), ``host:port`` (likewise, by its head's address)
    or ``ray://host:port`` (of a cluster that this machine is no part of).

    Entering raises AssistantError where Ray is not installed, or the cluster cannot be reached.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._ray: Any = None
        self._head = address

    def __enter__(self) -> Cluster:
        self._ray = _connected(self._address)
        if self._address == _OWN:
            self._head = self._ray.get_runtime_context().gcs_address
        return self

    def __exit__(self, *_: object) -> None:
        self._ray.shutdown()

    def in_order(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], lost: Callable[[Job], Result]
    ) -> Iterator[Result]:
        """As ``Workers.in_order``: a job whose worker or machine fails is run_remote again elsewhere.

        Raises:
            AssistantError: the cluster itself has failed, or has another version of this program; as results come.
        """
        if listening():
            return told_in_order(self._in_order, function, jobs, lost)
        return self._in_order(function, jobs, lost)

    def _in_order(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], lost: Callable[[Job], Result]
    ) -> Iterator[Result]:
        remote = self._ray.remote(run_remote).options(max_retries=_TRIES_AGAIN)
        most = _AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        waiting: deque[_Sent[Job, Result]] = deque()
        try:
            for job in jobs:
                waiting.append(_sent(remote, function, job))
                while len(waiting) >= most or sum(sent.size for sent in waiting) > _MOST_BYTES:
                    yield self._result(waiting.popleft(), lost)
            while waiting:
                yield self._result(waiting.popleft(), lost)
        finally:
            for sent in waiting:
                if sent.reference is not None:
                    self._ray.cancel(sent.reference)

    def _result(self, sent: _Sent[Job, Result], lost: Callable[[Job], Result]) -> Result:
        if sent.reference is None:
            return sent.here()
        failed = self._ray.exceptions
        try:
            returned: RemoteResult[Result] = self._waited_for(sent.reference)
        except failed.GetTimeoutError:
            self._ray.cancel(sent.reference, force=True)  # of a worker that was stopped nothing comes, not even that
            return lost(sent.job)
        except (failed.ObjectLostError, failed.NodeDiedError):
            return sent.here()  # lost on the way, time and again: not the job's fault
        except (failed.WorkerCrashedError, failed.OutOfMemoryError):
            return lost(sent.job)
        except failed.RayTaskError as error:
            raise (self._unable() if _not_there(error.cause) else error.cause) from error
        except failed.RayError as error:
            raise self._broken(error) from error
        if returned.version != sent.version:
            raise AssistantError(
                f"集群中的机器安装的是{returned.version}版，本机是{sent.version}版，结果可能不同",
                where=self._address,
                help="请在集群的每台机器上安装同一版本。",
            )
        return unpack_result(returned, sent.job)

    def _waited_for(self, reference: Any) -> Any:
        """What Ray ends the process for after a minute, we tell: that the cluster's head is gone.

        GetTimeoutError where nothing comes in the time that one report may take: what was sent before has come back,
        so that a worker has it, or has just come free for it."""
        until = time.monotonic() + settings().report_seconds
        while True:
            try:
                return self._ray.get(reference, timeout=max(0.0, min(_LOOK_SECONDS, until - time.monotonic())))
            except self._ray.exceptions.GetTimeoutError:
                _reach(self._head)
                if time.monotonic() >= until:
                    raise

    def _unable(self) -> AssistantError:
        return AssistantError(
            "集群中有机器没有安装本程序，或缺少它的组件",
            where=self._address,
            help="请在集群的每台机器上安装同一版本：pip install 'disclosure-report-assistant[cluster]'。",
        )

    def _broken(self, error: Exception) -> AssistantError:
        return AssistantError(f"集群出错（{type(error).__name__}）", where=self._address, help=_GO_ON)


def _not_there(error: Exception) -> bool:
    """Whether a function or a job could not be understood on the other machine: how Ray 2.60 tells so."""
    return (
        isinstance(error, ImportError) or type(error).__name__ == "RaySystemError" or "failed to import" in str(error)
    )


class _Sent(NamedTuple, Generic[Job, Result]):
    """A job on its way: Ray's reference to what will come of it; ``None`` for what stays here, and is run_remote in its
    turn."""

    function: Callable[[Job], Result]
    job: Job
    size: int = 0
    version: str = ""
    reference: Any = None

    def here(self) -> Result:
        return self.function(self.job)


def _sent(remote: Any, function: Callable[[Job], Result], job: Job) -> _Sent[Job, Result]:
    try:
        remote_job: RemoteJob[Job, Result] = pack_job(function, job)
    except NotSendable:
        return _Sent(function, job)
    return _Sent(function, job, remote_job.size, remote_job.version, remote.remote(remote_job))


def _connected(address: str) -> Any:
    """The module ``ray``, connected."""
    if not _ADDRESS.fullmatch(address):
        raise AssistantError(
            f"不认识集群的地址“{address}”", where="--cluster", help="可以是 auto、主机:端口，或 ray://主机:端口。"
        )
    if address != _OWN:
        _reach(address)
    for name, value in _RAY.items():
        os.environ.setdefault(name, value)
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise AssistantError(
            "没有安装 Ray",
            where="--cluster",
            help="请运行 pip install 'disclosure-report-assistant[cluster]'；不用集群时去掉 --cluster。",
        ) from error
    try:
        # What Ray has to say of its workers goes to stdout otherwise, between the rows of a result.
        ray._private.worker._worker_logs_enabled = False
        # A report is judged by this machine's limits, wherever it is read.
        ray.init(
            address, runtime_env={"env_vars": settings().limits()}, log_to_driver=False, logging_level=logging.CRITICAL
        )
    except Exception as error:  # ConnectionError, RuntimeError, ValueError, Ray's and grpc's own
        ray.shutdown()
        raise _unreachable(address, type(error).__name__) from error
    return ray


def _reach(address: str) -> None:
    """LastYearFinder out quickly that nobody is there: Ray itself waits for most of a minute."""
    where = urlsplit(address if "//" in address else f"//{address}")
    try:
        socket.create_connection((where.hostname, where.port), timeout=_REACH_SECONDS).close()
    except (OSError, ValueError) as error:  # ValueError: a port of more than 65535
        raise _unreachable(address, type(error).__name__) from error


def _unreachable(address: str, why: str) -> AssistantError:
    return AssistantError(
        f"连不上 Ray 集群（{why}）",
        where=address,
        help="请先在集群上运行 ray start，并检查地址和令牌（RAY_AUTH_TOKEN）；不用集群时去掉 --cluster，改用 --jobs。"
        "中断了的检查可以用 --resume 接着做。",
    )
