"""A job run_remote on a machine that has none of its files: their contents go with it, what it makes comes back.

The other machine keeps nothing: what a job is given lies in a folder that is gone when the job is run_remote.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from assistant import __version__
from assistant.batch.spool import Aside, spool_folder
from assistant.batch.tasks import CheckTask, ReadFile, ReadTask
from assistant.errors import AssistantError
from assistant.library.catalog.rows import DocumentRows
from assistant.library.documents import catalog_path
from assistant.library.reading import FileToRead
from assistant.logs import Gathered
from assistant.settings import settings
from assistant.text import printable

__all__ = ["NotSendable", "RemoteJob", "RemoteResult", "pack_job", "run_remote", "unpack_result"]

Job = TypeVar("Job")
Result = TypeVar("Result")
Names = Mapping[str, str]  # how the folder of a file is named there → here


class NotSendable(Exception):
    """A job that is better run_remote here: its file cannot be sent."""


@dataclass(frozen=True)
class RemoteJob(Generic[Job, Result]):
    """A job with the contents of the files it reads."""

    function: Callable[[Job], Result]
    job: Job
    files: Mapping[Path, bytes]
    version: str

    @property
    def size(self) -> int:
        return sum(map(len, self.files.values()))


@dataclass(frozen=True)
class RemoteResult(Generic[Result]):
    """What came of an remote_job: the result, the files that were made by the names they have here, how files were
    named there, and which version of this program did it."""

    version: str
    result: Result
    made: Mapping[Path, bytes]
    names: Names


def pack_job(function: Callable[[Job], Result], job: Job) -> RemoteJob[Job, Result]:
    """A job with the files that it needs, to be done by another machine.

    Raises:
        NotSendable: one of them cannot be read.
    """
    contents = _Contents()
    try:
        with_places(job, contents)
    except OSError as error:
        raise NotSendable from error
    return RemoteJob(function, job, contents.files, __version__)


def run_remote(remote_job: RemoteJob[Job, Result]) -> RemoteResult[Result]:
    """Do a remote job: what is called on the other machine."""
    with spool_folder() as folder:
        places = _Folder(folder, remote_job.files)
        result = remote_job.function(with_places(remote_job.job, places))
        made = {path: place.read_bytes() for path, place in places.made_at.items() if place.is_file()}
    return RemoteResult(__version__, result, made, places.names)


def unpack_result(returned: RemoteResult[Result], job: Job) -> Result:
    """The result, with the names that files have here, where what was made is put."""
    for path, content in returned.made.items():
        path.write_bytes(content)
    result: Result = _named_as_here(returned.result, job, returned.names)
    return result


class _Places(Protocol):
    def read(self, path: Path) -> Path:
        """Where a file is that the job reads."""

    def made(self, path: Path) -> Path:
        """Where a file goes that the job makes."""


@singledispatch
def with_places(job: Any, places: _Places) -> Any:  # noqa: ARG001
    """The job with its files at ``places``; one without files as it is."""
    return job


@with_places.register
def _(job: ReadTask, places: _Places) -> ReadTask:
    return job._replace(path=places.read(job.path), spooled=job.spooled and places.made(job.spooled))


@with_places.register
def _(job: CheckTask, places: _Places) -> CheckTask:
    return replace(
        job,
        spooled=_read_at(places, job.spooled),
        previous=_read_at(places, job.previous),
        neighbours={number: places.read(path) for number, path in job.neighbours.items()},
    )


def _read_at(places: _Places, aside: Aside | None) -> Aside | None:
    return places.read(aside) if isinstance(aside, Path) else aside


@with_places.register
def _(job: FileToRead, places: _Places) -> FileToRead:
    return job._replace(path=places.read(job.path))


class _Contents:
    """Keeps the contents of what a job reads; nothing is moved."""

    def __init__(self) -> None:
        self.files: dict[Path, bytes] = {}

    def read(self, path: Path) -> Path:
        if not path.is_file() or path.stat().st_size > settings().max_file_bytes:
            raise NotSendable  # which says what is wrong with it
        self.files[path] = path.read_bytes()
        return path

    def made(self, path: Path) -> Path:
        return path


@dataclass
class _Folder:
    """Puts files into a folder, each into one of its own: they keep their names, which are read too."""

    folder: Path
    files: Mapping[Path, bytes]
    names: dict[str, str] = field(default_factory=dict)
    made_at: dict[Path, Path] = field(default_factory=dict)

    def read(self, path: Path) -> Path:
        place = self._place(path)
        place.write_bytes(self.files[path])
        return place

    def made(self, path: Path) -> Path:
        self.made_at[path] = self._place(path)
        return self.made_at[path]

    def _place(self, path: Path) -> Path:
        own = self.folder / f"file-{len(self.names)}"
        own.mkdir()
        place = own / path.name
        self.names[str(place).removesuffix(path.name)] = str(path).removesuffix(path.name)
        return place


@singledispatch
def _named_as_here(result: Any, job: Any, names: Names) -> Any:  # noqa: ARG001
    return result


@_named_as_here.register
def _(result: ReadFile, job: ReadTask, names: Names) -> ReadFile:
    error = _named_as_here(result.error, job, names)
    return result._replace(path=job.path, spooled=job.spooled, error=error)


@_named_as_here.register
def _(result: DocumentRows, job: FileToRead, names: Names) -> DocumentRows:  # noqa: ARG001
    return result._replace(path=catalog_path(job.path))


@_named_as_here.register
def _(result: AssistantError, job: Any, names: Names) -> AssistantError:  # noqa: ARG001
    result.what, result.where, result.help = (
        _renamed(each, names) for each in (result.what, result.where, result.help)
    )
    return result


@_named_as_here.register
def _(result: Gathered, job: Any, names: Names) -> Gathered[Any]:  # type: ignore[type-arg]
    for step in result.steps:
        step.document = _renamed(step.document, {there: printable(here) for there, here in names.items()})
    return result._replace(result=_named_as_here(result.result, job, names))


def _renamed(text: str, names: Names) -> str:
    for there, here in names.items():
        text = text.replace(there, here)
    return text
