"""Taking files into the library, in two steps: the catalog (answerable at once), then the vectors (resumable)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.errors import AssistantError, LibraryError, ModelUnavailable
from assistant.library.documents import ReadDocument
from assistant.library.reading import read_for_library
from assistant.library.store import Library

if TYPE_CHECKING:
    from assistant.library.embeddings import Embedding

__all__ = ["Outcome", "build_vectors", "ingest"]

Action = Literal["新增", "已更新", "未变化", "失败"]
_WAIT_FOR_LOCK_SECONDS = 5.0
_EMBED_AT_ONCE = 16  # passages between two commits: some ten seconds of work that an interruption may lose


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. ``error`` is set when it could not be taken in; the others are not affected."""

    path: Path
    action: Action
    document: ReadDocument | None = None
    error: AssistantError | None = None

    @property
    def line(self) -> str:
        """One line for the user: what was found."""
        if self.document is None:
            return f"失败　{self.error}"
        found = self.document
        if found.kind == "regulation":
            return f"{self.action}　《{found.title}》：{len(found.passages)}段"
        who = f"{found.unit or '（未识别单位）'}{f'{found.year}年' if found.year else '（未识别年度）'}报告"
        warned = f"，{len(found.warnings)}条提示" if found.warnings else ""
        return f"{self.action}　{who}：{len(found.figures)}个数字，{len(found.passages)}段文字{warned}"


def ingest(
    paths: Iterable[Path | str],
    library: Library,
    *,
    on_document: Callable[[Outcome], None] | None = None,
    on_vectors: Callable[[int, int], None] | None = None,
    vectors: bool = True,
) -> list[Outcome]:
    """Take files (and the readable files of folders) into the library. Doing it twice changes nothing.

    ``on_document`` hears of every file as it is done, ``on_vectors`` of (done, all) passages embedded. A file that
    cannot be read is an outcome with its error.

    Raises:
        LibraryError: another process is writing this library, or it cannot be written.
    """
    outcomes: list[Outcome] = []
    with _lock(library):
        for path in _files(paths):
            outcomes.append(_take(path, library))
            if on_document:
                on_document(outcomes[-1])
        if vectors:
            build_vectors(library, on_vectors)
    return outcomes


def build_vectors(library: Library, on_progress: Callable[[int, int], None] | None = None) -> bool:
    """Embed what is not embedded yet and bring the vector index in line with the catalog.

    Every batch is kept as soon as it is done. False where this machine has no embeddings.

    Raises:
        ModelUnavailable: the embedding that is set cannot be used now; what is catalogued is answerable by words.
    """
    from assistant.library.embeddings import open_embeddings

    embeddings = open_embeddings()
    if embeddings is None:
        return False
    _embed_missing(library, embeddings, on_progress)
    _index(library, embeddings.name)
    return True


def _embed_missing(
    library: Library, embeddings: Embedding, on_progress: Callable[[int, int], None] | None = None
) -> None:
    from assistant.library.embeddings import as_bytes

    missing = library.catalog.without_embedding(embeddings.name)
    size = library.catalog.dimensions(embeddings.name)
    for start in range(0, len(missing), _EMBED_AT_ONCE):
        batch = missing[start : start + _EMBED_AT_ONCE]
        made = embeddings.embed_documents([text for _, text in batch])
        if size not in (None, len(made[0])):
            raise ModelUnavailable(
                f"“{embeddings.name}”原来给出{size}维的向量，现在是{len(made[0])}维，不能混用",
                where="ASSISTANT_EMBEDDINGS",
                help="请核对向量服务的模型；确已更换的，请换一个模型名，或换一个资料库文件夹重新导入。",
            )
        size = len(made[0])
        kept = {content: as_bytes(vector) for (content, _), vector in zip(batch, made, strict=True)}
        library.catalog.keep_embeddings(embeddings.name, kept)
        if on_progress:
            on_progress(start + len(batch), len(missing))


def _index(library: Library, embedding: str) -> None:
    """The vector index as the catalog has it; one that cannot be opened is thrown away and made again."""
    from assistant.library.vectors import discard, open_vectors

    wanted = library.catalog.embeddings(embedding)
    try:
        index = open_vectors(library.vectors_folder, embedding)
    except LibraryError:
        discard(library.vectors_folder)  # refuses in its turn what this program did not write
        index = open_vectors(library.vectors_folder, embedding)
    with index:
        held = index.hashes()
        index.add({content: vector for content, vector in wanted.items() if content not in held})
        index.drop(held - set(wanted))


@contextmanager
def _lock(library: Library) -> Iterator[None]:
    from filelock import FileLock, Timeout

    file = library.root / "ingest.lock"
    lock = FileLock(file)
    try:
        lock.acquire(timeout=_WAIT_FOR_LOCK_SECONDS)
    except Timeout as error:
        raise LibraryError(
            "另一个导入正在写这个资料库", where=str(file), help="请等它结束后再试；提问和检查不受影响。"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _files(paths: Iterable[Path | str]) -> Iterator[Path]:
    """The files named, and those of folders that there is a reader for; each once."""
    from assistant.readers import IN_FOLDERS

    seen: set[Path] = set()
    for path in map(Path, paths):
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))
        for file in [p for p in inside if p.suffix.lower() in IN_FOLDERS] if path.is_dir() else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _take(path: Path, library: Library) -> Outcome:
    try:
        document = read_for_library(path)
    except AssistantError as error:
        return Outcome(path, "失败", error=error)
    if library.catalog.same_content(document):
        return Outcome(path, "未变化", document)
    return Outcome(path, "已更新" if library.catalog.write(document) else "新增", document)
