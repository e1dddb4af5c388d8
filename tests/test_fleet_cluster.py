"""Work over a Ray cluster: two nodes on this machine, for real. The same as here, whatever fails on the way."""

from __future__ import annotations

import builtins
import importlib.util
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from dossiers import dossier, printed
from test_fleet import told

from assistant.batch import check_files
from assistant.batch import cluster as clusters
from assistant.batch import remote_job as errands
from assistant.batch.cluster import Cluster
from assistant.batch.remote_job import NotSendable, pack_job, run_remote, unpack_result
from assistant.batch.tasks import ReadTask, read_and_spool
from assistant.cli import run
from assistant.errors import AssistantError, UnreadableReport
from assistant.library.reading import FileToRead, rows_of_file
from assistant.logs import gather
from assistant.readers import read
from assistant.settings import settings

needs_ray = pytest.mark.skipif(
    not importlib.util.find_spec("ray") or sys.platform != "linux", reason="needs the [cluster] extra (ray) on Linux"
)
Job = TypeVar("Job")
Result = TypeVar("Result")
COPIED = "各村民小组推选一名政策联络员，每月到乡镇专区领取新政策的要点，回去念给不识字的老人听，再把问题带回来。"


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports of two years with faults and copied words, files that are none, all named by a relative path."""
    monkeypatch.chdir(tmp_path)
    folder = Path("各地 报告")
    (folder / "乡镇").mkdir(parents=True)
    for county in ("甲川县", "乙川县", "丙川县"):
        for year in (2023, 2024):
            spec = {"unit": f"{county}人民政府", "year": year, "add": {"overview": COPIED}}
            spec["figures"] = {"requests.received.total": 25}
            (folder / f"{county}_{year}.txt").write_text(printed(dossier(spec).report), encoding="utf-8")
        spec = {"unit": f"{county}东山镇人民政府"}
        (folder / "乡镇" / f"{county}东山镇.md").write_text(printed(dossier(spec).report), encoding="utf-8")
    (folder / "己_空.txt").write_bytes(b"")
    (folder / "庚_别的.md").write_text("# 会议通知\n\n请准时参加。\n", encoding="utf-8")
    (folder / "辛_坏.docx").write_bytes(b"PK\x03\x04")
    return folder


def away(function: Callable[[Job], Result], job: Job) -> Result:
    """A job as another machine does it."""
    return unpack_result(run_remote(pack_job(function, job)), job)


def test_an_errand_comes_to_the_same_as_the_job(many: Path, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(path for path in many.rglob("*") if path.is_file())):
        here, there = (ReadTask(path, tmp_path / f"{name}{number}", True) for name in ("here", "there"))
        expected, got = read_and_spool(here), away(read_and_spool, there)
        assert (str(got.error), got.digest, got.sketch, got.path) == (
            (str(expected.error), expected.digest, expected.sketch, expected.path)
        )
        assert got.spooled == there.spooled and there.spooled.exists() == here.spooled.exists()
        if here.spooled.exists():
            assert there.spooled.read_bytes() == here.spooled.read_bytes()
        job = FileToRead(path, "")
        assert str(away(rows_of_file, job)) == str(rows_of_file(job))
        gathered = partial(gather, rows_of_file)
        steps = [[step.document for step in each.steps] for each in (gathered(job), away(gathered, job))]
        assert steps[0] == steps[1] and set(steps[0]) <= {str(path)}


def test_what_cannot_be_sent_stays_here(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MAX_FILE_BYTES", "1000")
    settings.cache_clear()
    for path in (many / "没有.txt", many, many / "甲川县_2024.txt"):
        with pytest.raises(NotSendable):
            pack_job(read_and_spool, ReadTask(path, tmp_path / "spooled", False))
    settings.cache_clear()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes of one processor each; ``.address`` is where it is. Their token is not the user's."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("USAGE_STATS_ENABLED", "0"),
            ("AUTH_MODE", "token"),
            ("AUTH_TOKEN", secrets.token_hex(16)),
        ):
            patch.setenv(f"RAY_{name}", value)
        from ray.cluster_utils import Cluster as TwoNodes

        small = {"num_cpus": 1, "object_store_memory": 100 * 1024 * 1024}
        nodes = TwoNodes(initialize_head=True, head_node_args={**small, "include_dashboard": False})
        try:
            nodes.add_node(**small)
            yield nodes
        finally:
            nodes.shutdown()


def kill_a_worker(cluster: Any, *, busy: bool) -> None:
    """SIGKILL to a process that does tasks; waits for one."""
    raylets = {each.process.pid for node in cluster.list_all_nodes() for each in node.all_processes["raylet"]}
    for _ in range(600):
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                title = (stat.parent / "cmdline").read_bytes()
            except OSError:
                continue
            if parent in raylets and (
                title.startswith(b"ray::run_remote") or (not busy and title.startswith(b"ray::IDLE"))
            ):
                os.kill(int(stat.parent.name), signal.SIGKILL)
                return
        time.sleep(0.05)
    raise AssertionError("no worker to kill")


@needs_ray
def test_the_output_is_the_same_as_without_a_cluster(cluster: Any, many: Path) -> None:
    written = []
    for where in (["--jobs", "1"], ["--cluster", cluster.address]):
        output, summary = Path(f"{len(where[1])}.jsonl"), Path(f"{len(where[1])}.html")
        call = ["check", str(many), *where, "--format", "jsonl", "-o", str(output), "--summary", str(summary)]
        assert run([*call, "--no-library"]) == 2
        written.append((output.read_bytes(), summary.read_bytes()))
    assert written[0] == written[1]
    rows = [json.loads(line) for line in written[0][0].decode().splitlines()]
    assert len(rows) == 12 and sum("error" in row for row in rows) == 3
    assert {"T301", "R104"} <= {finding["code"] for row in rows for finding in row.get("findings", ())}


@needs_ray
def test_a_library_is_the_same_as_without_a_cluster(
    cluster: Any, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDINGS", "none")
    settings.cache_clear()
    held = []
    for name, where in (("here", ["--jobs", "1"]), ("there", ["--cluster", cluster.address])):
        assert run(["--library", str(tmp_path / name), "ingest", str(many), *where]) == 2
        with sqlite3.connect(tmp_path / name / "catalog.sqlite3") as db:
            columns = "kind, unit, year, title, edition, file, path, sha256"
            documents = db.execute(f"SELECT {columns} FROM documents ORDER BY path").fetchall()
            passages = db.execute("SELECT heading, text, hash FROM passages ORDER BY hash, heading").fetchall()
            held.append((documents, passages))
    settings.cache_clear()
    assert held[0] == held[1] and len(held[0][0]) == 9 + 3, "what ships came along"


@needs_ray
def test_nothing_is_lost_with_a_worker_or_a_machine(
    cluster: Any, many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = 0

    def killing() -> None:
        nonlocal steps
        steps += 1
        if steps in (2, 15):
            kill_a_worker(cluster, busy=False)

    expected = told(list(check_files([many])))
    assert told(list(check_files([many], cluster=cluster.address, on_step=killing))) == expected
    with Cluster(cluster.address) as connected:
        lost: list[float] = []
        slept = connected.in_order(time.sleep, [0.5] * 10, lost.append)
        next(slept)
        kill_a_worker(cluster, busy=True)
        cluster.remove_node(next(node for node in cluster.list_all_nodes() if not node.is_head()))
        assert list(slept) == [None] * 9 and not lost
    assert capsys.readouterr().out == "", "what Ray tells of it does not come between results"


@needs_ray
def test_a_job_that_kills_every_worker_is_a_row(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(job: object) -> str:
        return f"lost {job}"

    monkeypatch.setattr(clusters, "_TRIES_AGAIN", 1)  # a worker takes seconds to start
    with Cluster(cluster.address) as connected:
        told = list(connected.in_order(signal.raise_signal, [0, 9, 0], lost))
        assert told == [None, "lost 9", None]
        with pytest.raises(UnreadableReport, match="没有这个文件") as error:
            list(connected.in_order(read, [Path("没有.txt")], lost))
        assert error.value.where == "没有.txt" and error.value.help, "a fault of a job is told as it is here"
        for function in (kill_a_worker, __import__):  # the first is in no module that the others have
            with pytest.raises(AssistantError, match="没有安装本程序，或缺少它的组件"):
                list(connected.in_order(function, ["no_such_package_here"], lost))
        monkeypatch.setattr(errands, "__version__", "9.9")
        with pytest.raises(AssistantError, match=r"本机是9\.9版"):
            list(connected.in_order(abs, [1], abs))


@needs_ray
def test_a_worker_that_was_stopped_is_a_row_and_in_time(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not dead, and nothing will come of it: Ray would wait for ever."""
    cluster.add_node(num_cpus=1, object_store_memory=100 * 1024 * 1024)  # it keeps its place from the others
    with Cluster(cluster.address) as connected:
        list(connected.in_order(abs, [1] * 8, abs))  # workers take their time to start
        monkeypatch.setenv("ASSISTANT_REPORT_SECONDS", "8")
        settings.cache_clear()
        jobs = [0, signal.SIGSTOP, 0, 0]
        assert list(connected.in_order(signal.raise_signal, jobs, lambda job: f"lost {job:d}")) == [
            None, f"lost {signal.SIGSTOP:d}", None, None,
        ]  # fmt: skip
        kill_a_worker(cluster, busy=True)
    settings.cache_clear()


@pytest.mark.parametrize("address", ["127.0.0.1:9", "ray://127.0.0.1:9", "127.0.0.1:99999"])
@needs_ray
def test_a_cluster_that_is_not_there_is_said_at_once(address: str) -> None:
    with pytest.raises(AssistantError, match="连不上 Ray 集群"), Cluster(address):
        pass


@pytest.mark.parametrize(
    "address", ["", "local", "http://host:80", "os:path", "sqlite3://x:1", "host", "auto:1x", "a b:1"]
)
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(AssistantError, match="不认识集群的地址"), Cluster(address):
        pass


def test_without_ray_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "ray":
            raise ModuleNotFoundError(f"No module named {name!r}")
        return found(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(AssistantError, match=r"没有安装 Ray\n.*\[cluster\]"), Cluster("auto"):
        pass


def test_who_asks_for_no_cluster_loads_none(many: Path) -> None:
    program = f"""if True:
        import sys
        from assistant.cli import run
        run(["check", {str(many)!r}, "--jobs", "1", "--no-library", "--format", "jsonl"])
        print([name for name in ("ray", "pymilvus", "assistant.library", "sqlite3") if name in sys.modules], file=sys.stderr)
    """
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stderr.splitlines()[-1] == "[]"
