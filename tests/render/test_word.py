"""The Word copy: comments at the very words and cells, formatting and the original as they were."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from dossiers import report
from readers.word_files import cell, paragraph, raw_docx, run, table, word_of

from assistant.check import Decision, Verdict, check
from assistant.figures.dossier import Dossier
from assistant.readers import read
from assistant.render.word import commented

FAULTY: dict[str, Any] = {
    "figures": {"requests.received.total": 25, "review.total": None},
    "titles": {"requests": "行政机关收到和处理政府信息公开申请情况"},
    "text": {"other": "无。"},
    "add": {"problems": "全年办结申请22件，培训次数待补充。"},
}


def commented_words(path: Path) -> dict[str, list[str]]:
    """Of each check, the words that its comments cover, read from the file itself."""
    word = Document(str(path))
    codes = {str(comment.comment_id): comment.text.split()[1] for comment in word.comments}
    found: dict[str, list[str]] = {}
    open_now: dict[str, str] = {}
    for element in word.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_now[element.get(qn("w:id"))] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            number = element.get(qn("w:id"))
            found.setdefault(codes[number], []).append(open_now.pop(number))
        elif element.tag == qn("w:t"):
            open_now = {number: text + (element.text or "") for number, text in open_now.items()}
    assert not open_now
    return found


def annotated(source: Path, target: Path) -> tuple[Verdict, dict[str, list[str]]]:
    made = read(source)
    verdict = check(Dossier(made))
    commented(source, made, verdict, target)
    return verdict, commented_words(target)


def text_of(path: Path) -> list[str]:
    """The words of a document, run boundaries aside."""
    body = Document(str(path)).element.body
    return ["".join(part.text or "" for part in found.iter(qn("w:t"))) for found in body.iter(qn("w:p"))]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "年报.docx"
    word_of(report(**FAULTY)).save(str(path))
    return path


def test_comments_stand_at_the_very_words_and_cells(source: Path, tmp_path: Path) -> None:
    verdict, words = annotated(source, tmp_path / "批注.docx")
    assert words["N104"] == ["22件"] and words["F115"] == ["待补充"] and words["T303"] == ["25"]
    assert words["F103"] == ["三、行政机关收到和处理政府信息公开申请情况"] and words["T404"] == [""]
    assert words["F112"] == ["六、其他需要报告的事项"]
    assert {finding.code for finding in verdict.findings} | {"N190"} == set(words)


def test_the_original_and_the_text_stay_as_they_were(source: Path, tmp_path: Path) -> None:
    before = hashlib.sha256(source.read_bytes()).digest()
    annotated(source, tmp_path / "批注.docx")
    assert hashlib.sha256(source.read_bytes()).digest() == before
    assert text_of(tmp_path / "批注.docx") == text_of(source)
    assert read(tmp_path / "批注.docx").model_dump(exclude={"file", "warnings"}) == read(source).model_dump(
        exclude={"file", "warnings"}
    )


def test_split_runs_keep_their_formatting(source: Path, tmp_path: Path) -> None:
    word = Document(str(source))
    (place,) = [p for p in word.paragraphs if "办结申请22件" in p.text]
    for text, bold in (("（见上）全年办结申", True), ("请2", False), ("2件\t，另", True)):
        added = place.add_run(text)
        added.bold, added.font.size = bold, Pt(15)
    word.save(str(source))
    _, words = annotated(source, tmp_path / "批注.docx")
    assert words["N104"] == ["22件", "22件"]

    def letters(path: Path) -> list[tuple[str, bool | None, Any]]:
        (found,) = [p for p in Document(str(path)).paragraphs if "办结申请22件" in p.text]
        return [(sign, part.bold, part.font.size) for part in found.runs for sign in part.text]

    assert letters(tmp_path / "批注.docx") == letters(source)


def test_words_inside_links_insertions_and_text_boxes(tmp_path: Path) -> None:
    word = word_of(report())
    body = word.element.body
    boxed = f"<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>{paragraph('全年办结申请21件。')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    pieces = (
        f"<w:hyperlink w:anchor='x'>{run('全年办结申请20')}</w:hyperlink>{run('件，')}<w:del w:id='7' w:author='甲'><w:r><w:delText>不算</w:delText></w:r></w:del>",
        f"{run('全年办结申')}<w:ins w:id='8' w:author='甲'>{run('请19件')}</w:ins>{run('。')}",
        boxed,
    )
    at = next(p for p in body.iter(qn("w:p")) if "主要问题" in "".join(p.itertext()))
    for piece in pieces:
        xml = f'<w:p xmlns:w="{at.nsmap["w"]}">{piece}</w:p>'
        at.addprevious(parse_xml(xml))
    path = tmp_path / "年报.docx"
    word.save(str(path))
    _, words = annotated(path, tmp_path / "批注.docx")
    assert sorted(words["N104"]) == ["19件", "20件", "全年办结申请21件。"]
    inside = Document(str(tmp_path / "批注.docx")).element.body.iter(qn("w:txbxContent"))
    assert not any(box.findall(f".//{qn('w:commentRangeStart')}") for box in inside)  # Word allows none there


def test_numbers_that_word_counts_itself_are_no_words_of_the_runs(tmp_path: Path) -> None:
    word = word_of(report())
    place = next(p for p in word.paragraphs if p.text.startswith("主要问题"))
    place.insert_paragraph_before("全年办结申请22件。", style="List Number")
    path = tmp_path / "年报.docx"
    word.save(str(path))
    _, words = annotated(path, tmp_path / "批注.docx")
    assert words["N104"] == ["22件"]


def test_dismissed_findings_say_so_in_their_comment(source: Path, tmp_path: Path) -> None:
    made = read(source)
    verdict = check(Dossier(made))
    decision = Decision(decision="dismissed", reason="另有说明", by="王芳")
    decision_text = verdict.model_copy(update={"decisions": {verdict.findings[0].fingerprint: decision}})
    commented(source, made, decision_text, tmp_path / "批注.docx")
    first = next(iter(Document(str(tmp_path / "批注.docx")).comments))
    assert "已排除（另有说明，王芳）" in first.text and first.author == "年度报告检查"


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_other_formats_are_drawn_with_their_comments(edition: str, tmp_path: Path) -> None:
    made = report(edition=edition, **{**FAULTY, "file": "年报.pdf"})
    verdict = check(Dossier(made))
    commented(Path("年报.pdf"), made, verdict, tmp_path / "批注.docx")
    words = commented_words(tmp_path / "批注.docx")
    assert words["N104"] == ["22件"] and words["T303"] == ["25"]
    assert set(words) == {f.code for f in verdict.findings} | ({"N190"} if verdict.unchecked else set())
    again = read(tmp_path / "批注.docx")
    assert again.cells.keys() == made.cells.keys() and again.edition == edition
    assert [again.cells[m].value for m in made.cells] == [cell.value for cell in made.cells.values()]
    assert [section.text for section in again.sections] == [section.text for section in made.sections]


def test_a_file_that_cannot_be_written_into_is_drawn_anew(tmp_path: Path) -> None:
    """A package without content types can be read, but not opened for writing."""
    body = "".join(
        (
            paragraph("云川县人民政府2024年政府信息公开工作年度报告"),
            paragraph("一、总体情况"),
            paragraph("全年培训待补充。"),
            table([cell("行政许可"), cell("5")]),
        )
    )
    path = raw_docx(tmp_path / "年报.docx", body)
    _, words = annotated(path, tmp_path / "批注.docx")
    assert words["F115"] == ["待补充"]


def test_comments_are_as_word_wants_them(source: Path, tmp_path: Path) -> None:
    """Each comment has one start, one end and one reference, and its text is in the comments part."""
    annotated(source, tmp_path / "批注.docx")
    with zipfile.ZipFile(tmp_path / "批注.docx") as package:
        document, comments = (package.read(f"word/{name}.xml").decode() for name in ("document", "comments"))
    ids = re.findall(r'<w:comment [^>]*w:id="(\d+)"', comments)
    assert len(ids) == len(set(ids)) > 5
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(re.findall(rf'<w:{kind} w:id="(\d+)"/>', document)) == sorted(ids)
