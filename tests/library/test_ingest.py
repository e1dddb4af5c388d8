"""Taking files in: what is found, twice is once, and one bad file harms no other."""

from __future__ import annotations

import os
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from small_report import report
from typer.testing import CliRunner

from assistant.batch.workers import Workers
from assistant.cli import app
from assistant.errors import LibraryError, UnknownName
from assistant.library import Library, lock, reading
from assistant.library.catalog.catalog import Catalog, Change
from assistant.library.catalog.rows import DocumentRows
from assistant.library.ingest import ingest, initial_files
from assistant.library.lock import write_lock
from assistant.library.verify import verify


def actions(paths: list[Path], library: Library) -> list[str]:
    return [outcome.action for outcome in ingest(paths, library, vectors=False)]


def test_a_report_becomes_figures_and_passages(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "甲区_2024.md"
    file.write_text(report(), encoding="utf-8")
    (outcome,) = ingest([file], library, vectors=False)
    (entry,) = library.documents()
    assert (outcome.action, entry.unit, entry.year, entry.kind) == ("新增", "某市甲区", 2024, "report")
    assert "某市甲区2024年报告：21个数字" in outcome.line
    cells = library.cells("某市甲区", 2024)
    assert cells["requests.received.total"] == Decimal(12)
    assert cells["requests.carried_in.total"] is None, "blank is not zero"
    kept = library.report("某市甲区", 2024)
    assert kept is not None and kept.value("requests.received.total") == Decimal(12)


def test_the_same_file_twice_changes_nothing(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "甲区_2024.md"
    file.write_text(report(), encoding="utf-8")
    assert actions([file], library) == ["新增"]
    before = library.documents(), library.catalog.passages()
    assert actions([file], library) == ["未变化"]
    assert (library.documents(), library.catalog.passages()) == before


def test_a_changed_file_takes_the_place_of_what_it_was(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "甲区_2024.md"
    file.write_text(report(count=12), encoding="utf-8")
    actions([file], library)
    file.write_text(report(count=13), encoding="utf-8")
    assert actions([file], library) == ["已更新"]
    assert len(library.documents()) == 1
    assert library.cells("某市甲区", 2024)["requests.received.total"] == Decimal(13)
    assert not [p for p in library.catalog.passages() if "12条" in p.text], "no passage of the old text is left"
    assert not library.catalog.words.matching(["12"], 5), "and none of its words"


def test_another_file_of_the_same_unit_and_year_is_kept_and_takes_no_place_by_itself(
    library: Library, tmp_path: Path
) -> None:
    draft, final = tmp_path / "甲区2024初稿.md", tmp_path / "甲区2024定稿.md"
    draft.write_text(report(count=12), encoding="utf-8")
    final.write_text(report(count=15), encoding="utf-8")
    assert actions([draft], library) == ["新增"]
    (outcome,) = ingest([final], library, vectors=False)
    assert outcome.action == "未采用"
    for told in (outcome.line, ingest([final], library, vectors=False)[0].line):  # the next time too
        assert "采用的是“甲区2024初稿.md”（先导入）" in told and "没有采用“甲区2024定稿.md”" in told
        assert "两份有2个数字不同" in told and f'assistant library prefer "{final}"' in told
    assert [entry.file for entry in library.documents()] == [draft.name]
    assert library.cells("某市甲区", 2024)["requests.received.total"] == Decimal(12)
    assert not [one for one in library.catalog.passages() if "15条" in one.text], "no answer is made of it"

    library.prefer(final.name)
    assert library.cells("某市甲区", 2024)["requests.received.total"] == Decimal(15)
    assert "采用的是“甲区2024定稿.md”（由 library prefer 指定）" in library.catalog.set_aside()[0].line
    assert verify(library, vectors=False) == []
    assert actions([draft, final], library) == ["未变化", "未变化"], "the choice stands"
    library.prefer(str(draft))
    assert library.cells("某市甲区", 2024)["requests.received.total"] == Decimal(12)
    with pytest.raises(UnknownName, match="没有采用的文件里没有"):
        library.prefer(draft.name)
    library.remove(library.documents()[0].id)
    assert library.cells("某市甲区", 2024)["requests.received.total"] == Decimal(15), "the other one is left"
    assert library.catalog.set_aside() == () and verify(library, vectors=False) == []


def test_a_report_titled_for_another_year_does_not_take_the_place_of_that_years(
    library: Library, tmp_path: Path
) -> None:
    good, wrong = tmp_path / "甲区_2023.md", tmp_path / "甲区_2024.md"
    good.write_text(report(year=2023, count=12), encoding="utf-8")
    wrong.write_text(report(year=2024, count=15), encoding="utf-8")
    assert actions([good, wrong], library) == ["新增", "新增"]
    wrong.write_text(report(year=2023, count=15), encoding="utf-8")  # the year before in its title
    assert actions([wrong], library) == ["未采用"]
    assert library.cells("某市甲区", 2023)["requests.received.total"] == Decimal(12)
    assert library.units() == {"某市甲区": [2023]}
    wrong.write_text(report(year=2024, count=15), encoding="utf-8")
    assert actions([wrong], library) == ["新增"] and library.catalog.set_aside() == ()


def test_an_answer_and_the_list_say_which_of_two_files_stands(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDINGS", "none")
    for name, count in (("甲区2024初稿.md", 12), ("甲区2024定稿.md", 15)):
        (tmp_path / name).write_text(report(count=count), encoding="utf-8")
    (tmp_path / "甲区_2023.md").write_text(report(year=2023), encoding="utf-8")
    ingest([tmp_path], library, vectors=False)
    command = ["--library", str(library.root)]
    asked = CliRunner().invoke(app, [*command, "ask", "甲区2024年新收多少件申请？"])
    assert "12件" in asked.stdout and "没有采用“甲区2024定稿.md”" in asked.stdout.replace("\n", "")
    assert "没有采用" not in CliRunner().invoke(app, [*command, "ask", "甲区2023年新收多少件申请？"]).stdout
    listed = CliRunner().invoke(app, [*command, "library", "list"])
    assert "assistantlibraryprefer" in "".join(listed.stdout.split())
    preferred = CliRunner().invoke(app, [*command, "library", "prefer", "甲区2024定稿.md"])
    assert preferred.exit_code == 0 and "采用的是“甲区2024定稿.md”" in preferred.stdout
    assert "15件" in CliRunner().invoke(app, [*command, "ask", "甲区2024年新收多少件申请？"]).stdout


def test_files_of_one_report_are_taken_once_and_the_next_run_changes_nothing(library: Library, tmp_path: Path) -> None:
    for name, count in (("甲区_2024.md", 12), ("甲区_2024.txt", 15), ("甲区2024定稿.md", 16)):
        (tmp_path / name).write_text(report(count=count), encoding="utf-8")
    assert sorted(actions([tmp_path], library)) == ["新增", "未采用", "未采用"]
    before = library.documents(), library.catalog.passages(), library.catalog.set_aside()
    again = ingest([tmp_path], library, vectors=False)
    assert [outcome.action for outcome in again] == ["未变化"] * 3
    assert all("某市甲区2024年报告" in outcome.line for outcome in again)
    assert (library.documents(), library.catalog.passages(), library.catalog.set_aside()) == before
    changed = tmp_path / library.catalog.set_aside()[0].file
    changed.write_text(report(count=17), encoding="utf-8")
    assert actions([changed], library) == ["未采用"], "one that has changed is still another file"
    assert library.documents() == before[0]
    library.prefer(changed.name)
    assert library.cells("某市甲区", 2024)["requests.received.total"] == Decimal(17), "as it is now"
    assert set(actions([tmp_path], library)) == {"未变化"}


def test_years_stand_side_by_side(library: Library, tmp_path: Path) -> None:
    for year in (2023, 2024):
        (tmp_path / f"甲区_{year}.md").write_text(report(year=year), encoding="utf-8")
    assert actions([tmp_path], library) == ["新增", "新增"]
    assert library.units() == {"某市甲区": [2023, 2024]}


def test_one_bad_file_harms_no_other(library: Library, tmp_path: Path) -> None:
    good, letter, empty = tmp_path / "甲区_2024.md", tmp_path / "信.txt", tmp_path / "空.md"
    good.write_text(report(), encoding="utf-8")
    letter.write_text("您好，来信收到。", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    outcomes = ingest([letter, empty, good, tmp_path / "没有.md"], library, vectors=False)
    assert [outcome.action for outcome in outcomes] == ["失败", "失败", "新增", "失败"]
    assert all("怎么办" in outcome.line for outcome in outcomes if outcome.error)


def in_two_processes(paths: list[Path], library: Library) -> list[tuple[str, str]]:
    with Workers(2) as workers:
        outcomes = ingest(paths, library, run=workers.in_order, vectors=False)
    return [(outcome.action, outcome.line) for outcome in outcomes]


def test_several_processes_make_the_same_library_as_one(library: Library, tmp_path: Path, corpus: Path) -> None:
    folders = [corpus / "reports", corpus / "regulation"]
    (tmp_path / "空.md").write_text("", encoding="utf-8")
    told = in_two_processes([*folders, tmp_path / "空.md"], library)
    assert [action for action, _ in told] == ["新增"] * (len(told) - 1) + ["失败"]
    with Library(tmp_path / "alone", create=True) as alone:
        outcomes = ingest([*folders, tmp_path / "空.md"], alone, vectors=False)
        assert [outcome.line for outcome in outcomes] == [line for _, line in told]
        assert alone.documents() == library.documents() and alone.catalog.passages() == library.catalog.passages()
        assert alone.catalog.words.matching(["公开"], 99) == library.catalog.words.matching(["公开"], 99)
    assert {action for action, _ in in_two_processes(folders, library)} == {"未变化"}


def test_what_ends_the_process_that_reads_it_is_a_row_and_the_others_are_taken(
    library: Library, tmp_path: Path
) -> None:
    def deadly(function, jobs, lost, /):  # type: ignore[no-untyped-def]
        return (lost(job) if job.path.name == "坏.md" else function(job) for job in jobs)

    for name in ("甲区_2024.md", "坏.md"):
        (tmp_path / name).write_text(report(), encoding="utf-8")
    bad, good = ingest([tmp_path / "坏.md", tmp_path / "甲区_2024.md"], library, run=deadly, vectors=False)
    assert (bad.action, good.action) == ("失败", "新增") and "--jobs 1" in bad.line


def test_an_unchanged_file_is_not_read_again(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    actions([tmp_path], library)
    monkeypatch.setattr(reading, "read_for_library", lambda path: pytest.fail(f"{path} is read again"))
    assert actions([tmp_path], library) == ["未变化"]


def test_nothing_of_a_batch_that_fails_is_left_and_the_next_run_has_it_all(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2022, 2023, 2024):
        (tmp_path / f"甲区_{year}.md").write_text(report(year), encoding="utf-8")
    whole = Catalog._write

    def power_cut(self: Catalog, document: DocumentRows) -> Change:
        if document.year == 2024:
            raise RuntimeError("power cut")
        return whole(self, document)

    with monkeypatch.context() as cut:
        cut.setattr(Catalog, "_write", power_cut)
        with pytest.raises(RuntimeError):
            actions([tmp_path], library)
    assert library.documents() == () and not library.catalog.passages()
    assert actions([tmp_path], library) == ["新增"] * 3


def test_a_file_whose_name_is_no_text_is_taken_or_refused_like_any_other(library: Library, tmp_path: Path) -> None:
    name = os.fsdecode("甲区_2024".encode("gb18030") + b".md")
    try:
        (tmp_path / name).write_text(report(), encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this system takes no such name")
    first, second = actions([tmp_path], library), actions([tmp_path], library)
    assert (first, second) in ((["新增"], ["未变化"]), (["失败"], ["失败"]))


def test_a_folder_gives_its_readable_files(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    (tmp_path / "图.png").write_bytes(b"\x89PNG")
    assert actions([tmp_path], library) == ["新增"]


def test_the_corpus_is_taken_in_whole(library: Library, corpus: Path) -> None:
    outcomes = ingest([corpus / "reports", corpus / "regulation"], library, vectors=False)
    assert {outcome.action for outcome in outcomes} == {"新增"}
    assert library.units()["江州市清源区人民政府"] == [2022, 2023, 2024]
    law = next(entry for entry in library.documents("regulation") if entry.file == "政府信息公开条例_要点.md")
    assert "政府信息公开条例" in law.title
    assert [len(library.catalog.article(number, law.id)) >= 1 for number in range(1, 57)] == [True] * 56


def test_an_interrupted_beginning_is_begun_anew_and_a_library_in_use_is_left_as_it_is(
    library: Library, corpus: Path, tmp_path: Path
) -> None:
    shipped = corpus / "regulation"
    first, *others = initial_files(library, shipped)
    ingest([first], library, vectors=False)  # and there the disk was full
    assert initial_files(library, shipped) == [first, *others]
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    ingest([*initial_files(library, shipped), tmp_path / "甲区_2024.md"], library, vectors=False)
    library.remove(next(entry.id for entry in library.documents() if entry.file == others[0].name))
    assert initial_files(library, shipped) == [], "who took it out does not want it"


def test_what_is_taken_out_is_gone(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    actions([tmp_path], library)
    (entry,) = library.documents()
    assert library.remove(entry.id) == entry
    assert (
        not library.documents() and not library.catalog.passages() and not library.catalog.words.matching(["甲区"], 5)
    )
    with pytest.raises(UnknownName, match=f"编号为 {entry.id}"):
        library.remove(entry.id)


def test_a_second_ingest_waits_and_then_says_who_holds_the_lock(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_WAIT_SECONDS", 0.2)
    with write_lock(library.root):
        with pytest.raises(LibraryError, match=rf"进程号{os.getpid()}，从\d\d月\d\d日") as caught:
            ingest([], library)
        assert "ingest.lock" in caught.value.where
    assert ingest([], library) == [], "let go of when it is done"


def test_a_second_ingest_goes_on_when_the_first_is_done(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_WAIT_SECONDS", 60)
    started, done = threading.Event(), threading.Event()

    def first() -> None:
        with write_lock(library.root):
            started.set()
            done.wait(60)

    holder = threading.Thread(target=first)
    holder.start()
    started.wait(60)
    threading.Timer(0.3, done.set).start()
    assert ingest([], library) == []
    holder.join()


def test_reading_goes_on_while_another_writes(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    actions([tmp_path], library)
    seen: list[int] = []

    def look() -> None:
        with Library(library.root) as other:
            seen.append(len(other.documents()))

    with library.catalog.connection.transaction():
        library.catalog.connection.execute("DELETE FROM documents")
        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
    assert seen == [1], "a reader sees the last whole state, not one half written"


def test_no_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="assistant ingest"):
        Library(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_others_cannot_read_the_library(library: Library) -> None:
    assert library.root.stat().st_mode & 0o077 == 0
    assert library.catalog.connection.file.stat().st_mode & 0o077 == 0
