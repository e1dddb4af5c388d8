"""F108, F111: numbers of sub-headings and points run on, and problems and improvements answer one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from assistant.figures.dossier import Dossier
from assistant.language.numbered_lists import Point, PointList, lists_in
from assistant.language.numerals import parse
from assistant.language.prose import Prose, prose, section_text
from assistant.language.shortcomings import IMPROVEMENTS, PROBLEMS, announced_by, says_nothing, side_of
from assistant.lexicon import phrase
from assistant.rules.base import Hit, hit_at, hit_on, rule

_HEADINGS = ("（一）", "1.", "（1）")
# A list that begins again is announced: by a line of its own, by a colon, by words for what comes.
_LONGEST_LINE = 40


@rule("F108", "小节序号连续", severity="warning", basis="行文规范", needs=("sections",))
def numbers_run_on(dossier: Dossier) -> Iterator[Hit]:
    """小节和要点的序号应从一起连续编排，跳号、重号说明增删内容后没有重编；每一章重新起编，“一是、二是”同样检查。

    依据：行文规范。
    违例：（一）主动公开……（二）依申请公开……（四）公开平台建设。
    正例：（一）……（二）……（三）……；一是……二是……三是……。
    """
    for _, group in groupby(prose(dossier.report), key=lambda each: each.where.partition("·")[0]):
        for each in lists_in(group):
            for point in each.points:
                if point.expected and not _said_otherwise(point):
                    yield _hit(point, point.expected)
            if each.repeats and _begins_again_unannounced(each):
                yield _hit(each.first, each.repeats.last.value + 1)


def _hit(point: Point, expected: int) -> Hit:
    written = point.passage.text[point.start : point.end]
    message = f"“{written}”的序号重复或倒退：应为第{expected}点"
    if point.value > expected:
        message = f"“{written}”之前缺少第{expected}点"
    return hit_at(point.start, point.end, point.passage, message, str(expected), written)


def _said_otherwise(point: Point) -> bool:
    """首先……二是……: the first point has a word in place of its number."""
    before = point.passage.text[: point.start]
    return point.expected == 1 and bool(phrase("section_five", "words_for_one").search(before))


def _begins_again_unannounced(each: PointList) -> bool:
    """Whether headings count from one again with nothing in between that would open another list."""
    point = each.first
    if point.shape not in _HEADINGS or point.start > 0:
        return False
    return len(each.lead) > _LONGEST_LINE and not phrase("section_five", "announces").search(each.lead)


@rule("F111", "第五章既有问题又有改进，数目相应", severity="warning", basis="《条例》第五十条", needs=("form",))
def problems_and_improvements(dossier: Dossier) -> Iterator[Hit]:
    """第五部分既要写存在的主要问题，又要写改进情况；改进少于问题，说明有的问题没有下文；几条问题都只说“有待进一步提高”，没有具体情形，或者说没有明显问题，
    等于没有写；改进有一半以上是“进一步加强”一类的话，也等于没有写。

    依据：《条例》第五十条；格式第五部分。
    违例：问题列了一是、二是、三是，改进只有一是、二是。
    正例：问题三条，改进三条或更多。
    """
    text = section_text(dossier.report, "problems")
    if text is None:
        return  # F101 says that the section is missing
    where = next((p.where.partition("·")[0] for p in prose(dossier.report, "problems")), "五、存在的主要问题及改进情况")
    if not text or phrase("section_five", "nothing").fullmatch(text):
        yield Hit(where, "第五部分没有内容，应写存在的主要问题和改进情况", "问题和改进", text or "空白", anchor="empty")
        return
    for id, what in (("problem", "存在的主要问题"), ("improvement", "改进情况")):
        if not phrase("section_five", id).search(text):
            yield Hit(where, f"第五部分没有写{what}", what, "无", anchor=what)
    lists = lists_in(prose(dossier.report, "problems"))
    yield from _counts(lists)
    yield from _nothing_behind(lists, list(prose(dossier.report, "problems")))
    yield from _say_nothing(lists)
    yield from _promise_nothing(lists)
    yield from _says_nothing_ahead(list(prose(dossier.report, "problems")))
    for paragraph in prose(dossier.report, "problems"):
        for found in phrase("section_five", "no_problem").finditer(paragraph.text):
            yield hit_on(found, paragraph, f"“{found.group()}”：应写实际存在的主要问题", "具体的问题", found.group())


# 思想认识有待进一步提高: what is so short and general holds for every office in every year.
_LONGEST_EMPTY = 24


def _say_nothing(lists: tuple[PointList, ...]) -> Iterator[Hit]:
    """A list of problems none of which tells what was wrong where."""
    for each in lists:
        texts = [_text_of(point, each) for point in each.points]
        if side_of(each) == IMPROVEMENTS or not all(map(phrase("section_five", "problem").search, texts)):
            continue
        empty = phrase("section_five", "empty")
        if len(texts) > 1 and all(len(text) <= _LONGEST_EMPTY and empty.fullmatch(text) for text in texts):
            first = each.first
            message = f"{len(texts)}条问题都只是“有待提高”一类的话，没有写出具体情形"
            yield hit_at(first.start, first.end, first.passage, message, "具体的问题", texts[0], anchor="empty")


def _nothing_behind(lists: tuple[PointList, ...], paragraphs: list[Prose]) -> Iterator[Hit]:
    """Problems at the end of the section, with no word of what will be done about them."""
    last = next((each for each in reversed(lists) if side_of(each)), None)
    if last is None or side_of(last) != PROBLEMS:
        return
    at = next(place for place, each in enumerate(paragraphs) if each.paragraph is last.first.passage.paragraph)
    behind = last.first.passage.text[last.first.end :] + "".join(each.text for each in paragraphs[at + 1 :])
    if not phrase("section_five", "ahead").search(behind):
        first = last.first
        message = f"列了{len(last.points)}条问题，后面没有写改进措施"
        yield hit_at(first.start, first.end, first.passage, message, "改进情况", "无", anchor="behind")


def _promise_nothing(lists: tuple[PointList, ...]) -> Iterator[Hit]:
    """A list of improvements half of which tell nothing that will be done."""
    for each in lists:
        if side_of(each) != IMPROVEMENTS:
            continue
        empty = [point for point in each.points if says_nothing(_text_of(point, each))]
        if len(empty) > 1 and len(empty) * 2 >= len(each.points):
            first = empty[0]
            text = _text_of(first, each)
            message = f"改进有{len(empty)}条是“进一步加强”一类的话，没有写出具体做法"
            yield hit_at(first.start, first.end, first.passage, message, "具体的做法", text, anchor="hollow")


def _says_nothing_ahead(paragraphs: list[Prose]) -> Iterator[Hit]:
    """A heading for what will be done, and below it only that work will be done better."""
    headings = [place for place, each in enumerate(paragraphs) if each.paragraph.heading]
    below = paragraphs[headings[-1] + 1 :] if headings else []
    led = headings and announced_by(paragraphs[headings[-1]].text) == IMPROVEMENTS
    if led and below and all(says_nothing(each.text) for each in below):
        first = below[0]
        message = "改进只有“进一步加强”一类的话，没有写出具体做法"
        yield hit_at(0, len(first.text), first, message, "具体的做法", first.text, anchor="ahead")


def _text_of(point: Point, each: PointList) -> str:
    """What a point says: up to the next point of its list, or the end of its paragraph."""
    after = [other.start for other in each.points if other.passage is point.passage and other.start > point.start]
    text = point.passage.text[point.end : min(after, default=len(point.passage.text))].strip()
    first, stop, behind = text.partition("。")
    # The sentence that leads to the next list stands behind the last point: 改进措施：
    return first + stop if announced_by(behind) else text


def _counts(lists: tuple[PointList, ...]) -> Iterator[Hit]:
    problems: PointList | None = None
    for each in lists:
        side = side_of(each)
        if side:
            yield from _as_announced(each, side)
        if side == PROBLEMS:
            problems = each
        elif side == IMPROVEMENTS and problems:
            if len(each.points) < len(problems.points):
                message = f"问题列了{len(problems.points)}条，改进只有{len(each.points)}条，请核对每个问题都有改进"
                yield _hit_list(each, message, len(problems.points))
            problems = None


def _as_announced(each: PointList, side: str) -> Iterator[Hit]:
    """存在以下三个问题 must be followed by three."""
    counted = phrase("section_five", "counted").finditer(each.lead)
    announced = [one for one in counted if side == PROBLEMS or one[2] not in ("问题", "不足", "短板")]
    numeral = parse(announced[-1][1]) if announced else None
    if numeral and numeral.value != len(each.points):
        yield _hit_list(each, f"文中称“{announced[-1].group()}”，列了{len(each.points)}条", int(numeral.value))


def _hit_list(each: PointList, message: str, expected: int) -> Hit:
    first = each.first
    return hit_at(first.start, first.end, first.passage, message, f"{expected}条", f"{len(each.points)}条")
