"""Is the library whole? The file and its pages, what documents say against their digests, words and vectors against
them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.errors import AssistantError, LibraryError
from assistant.library.catalog.soundness import (
    as_written,
    page_damages,
    spoilt_embeddings,
    stray_rows,
    tally_is_right,
    word_index_fault,
)
from assistant.library.lock import write_lock
from assistant.library.store import Library

__all__ = ["Fault", "verify"]

_SHOWN = 10  # of the faults of one kind that documents have; a damaged page may touch thousands
_INGEST = "请再次运行 assistant ingest <原来的文件夹>。"
_REBUILD = "请运行 assistant library rebuild。"
_AGAIN = "请移走资料库文件，再重新导入原始报告。"


class Fault(NamedTuple):
    """What is wrong, and what to do about it; both in Chinese."""

    what: str
    help: str


def verify(library: Library, *, vectors: bool = True) -> list[Fault]:
    """Every fault that is found; none when all that was written is there, unchanged and complete. ``vectors=False``
    leaves out the second step of taking files in, which may not be done yet.

    Raises:
        LibraryError: another process is writing the library.
    """
    with write_lock(library.root):
        pages = _until_damage(_pages(library))
        # Where pages are damaged, the rest still tells which documents can be read.
        looked_at = (_documents, _list, _words)
        written = [*pages, *(fault for look in looked_at for fault in _until_damage(look(library)))]
        return [*written, *_until_damage(_vectors(library))] if vectors else written


def _until_damage(found: Iterator[Fault]) -> list[Fault]:
    """The faults found until the file itself gives in."""
    faults: list[Fault] = []
    try:
        faults.extend(found)
    except AssistantError as error:
        faults.append(Fault(error.what, error.help))
    return faults


def _pages(library: Library) -> Iterator[Fault]:
    catalog = library.catalog
    for damage in page_damages(catalog.connection):
        yield Fault(f"资料库文件有损坏：{damage}", _AGAIN)
    for table, rows in stray_rows(catalog.connection).items():
        yield Fault(f"{table}表有{rows}行不属于任何资料", _AGAIN)


def _documents(library: Library) -> Iterator[Fault]:
    """What was written of each document against its digest; each passage against its hash."""
    catalog, wrong = library.catalog, 0
    for number, _, _, _ in [*catalog.titles("report"), *catalog.titles("regulation")]:
        try:
            sound = as_written(catalog.connection, number)
            what = "内容与导入时记下的摘要不符"
        except LibraryError as error:
            sound, what = False, error.what
        if not sound:
            wrong += 1
            if wrong <= _SHOWN:
                yield Fault(
                    f"编号{number}的资料{what}",
                    "请运行 assistant library rebuild，由原文件重读；原文件已改动或不在的，"
                    f"先用 assistant library remove {number} 删除，再导入。",
                )
    if wrong > _SHOWN:
        yield Fault(f"共有{wrong}份资料与导入时不符，以上列出{_SHOWN}份", _AGAIN)


def _list(library: Library) -> Iterator[Fault]:
    """The list of documents against the tally, and whether what was set aside can be taken back."""
    if not tally_is_right(library.catalog.connection):
        yield Fault("资料的目录（单位、年度）与导入时不符", _REBUILD)
    for aside in library.catalog.set_aside():
        try:
            library.catalog.cells_that_differ(aside)
        except LibraryError as error:
            yield Fault(error.what, f"请重新导入：assistant ingest {aside.path}")


def _words(library: Library) -> Iterator[Fault]:
    if fault := word_index_fault(library.catalog.connection):
        yield Fault(f"全文索引{fault}", _REBUILD)


def _vectors(library: Library) -> Iterator[Fault]:
    """Every passage has a vector, every vector is one, and the index holds those and no others."""
    from assistant.library.embeddings import embedding_name, unavailable_reason

    name, catalog = embedding_name(), library.catalog
    if unavailable_reason() or not (catalog.titles("report") or catalog.titles("regulation")):
        return
    missing, spoilt = catalog.missing_embeddings(name), spoilt_embeddings(catalog.connection, name)
    if missing:
        yield Fault(f"有{missing}段文字还没有建立向量，暂按词语检索", _INGEST)
    if spoilt:
        yield Fault(f"有{len(spoilt)}段文字的向量已损坏", f"{_REBUILD}再运行 assistant ingest，损坏的会重新计算。")
    yield from _index(library, name)


def _index(library: Library, name: str) -> Iterator[Fault]:
    from assistant.library.vectors import open_vectors

    wanted = library.catalog.embedded_hashes(name)
    if not wanted:
        return
    try:
        with open_vectors(library.vectors_folder, name, create=False) as index:
            held = index.hashes()
            index.nearest([1.0] * (library.catalog.dimensions(name) or 1), 1)  # raises where what is stored is damaged
    except LibraryError as error:
        yield Fault(error.what, error.help or _REBUILD)
        return
    if wanted - held:
        yield Fault(f"向量索引缺{len(wanted - held)}段文字", _REBUILD)
    if held - wanted:
        yield Fault(f"向量索引多出{len(held - wanted)}段资料库中没有的文字", _REBUILD)
