"""F107, F110, F113, F117: what the sections of prose must tell, by their matter and not only by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from assistant.figures.dossier import Dossier
from assistant.language.numerals import number
from assistant.language.organs import is_government
from assistant.language.prose import Prose, prose, section_text
from assistant.language.sentences import sentences
from assistant.lexicon import phrase, table
from assistant.patterns import regex
from assistant.report import Mark
from assistant.rules.base import Hit, hit_on, mark_in, rule
from assistant.rules.form_F.structure import FORM
from assistant.text import enumerator

_OVERVIEW = "一、总体情况"
# Several provinces ask for a section one of about a thousand characters; the national form sets no limit.
OVERVIEW_LIMIT = 1000

_ASPECTS = tuple(
    (entry["name"], regex(entry["heading"]), regex(entry["words"])) for entry in table("aspects")["aspect"]
)
_MOST_ASPECTS = 3
_RESULTS = tuple((entry["name"], regex(entry["topic"]), regex(entry["result"])) for entry in table("aspects")["result"])
# 对工作不力的予以通报批评: a rule for what would happen, no result.
_LONGEST_HEADING = 30


@rule("F107", "总体情况五个方面齐全", severity="warning", basis=FORM, needs=("form",))
def five_aspects(dossier: Dossier) -> Iterator[Hit]:
    """总体情况应概述主动公开、依申请公开、政府信息管理、公开平台建设、监督保障五个方面。有小标题而没有内容的，按没有写算；
    没有小标题的，看文字是否说到。

    依据：格式第一部分。
    违例：总体情况只写了主动公开和依申请公开。
    正例：五个方面各有一段，或在一段中都说到。
    """
    overview = list(prose(dossier.report, "overview"))
    if not overview:
        return  # F101 says that the section is missing
    bare = [_is_bare_heading(overview, place) for place in range(len(overview))]
    written = "\n".join(paragraph.text for paragraph, alone in zip(overview, bare, strict=True) if not alone)
    headings = [phrase("numbering", "numbered_heading").match(paragraph.text) for paragraph in overview]
    opened = [found.group() for found in headings if found]
    by_heading = sum(any(heading.search(text) for text in opened) for _, heading, _ in _ASPECTS) >= _MOST_ASPECTS
    for name, heading, words in _ASPECTS:
        if not (heading if by_heading else words).search(written):
            empty = [each for each, alone in zip(overview, bare, strict=True) if alone and heading.search(each.text)]
            marks = tuple(map(mark_in, empty[:1]))
            what = "只有标题，没有内容" if empty else "没有写到"
            yield Hit(_OVERVIEW, f"总体情况中“{name}”{what}", name, "无", anchor=name, marks=marks)


def _is_bare_heading(paragraphs: list[Prose], place: int) -> bool:
    """A heading with nothing below it but the next one of its kind."""
    heading, below = paragraphs[place], paragraphs[place + 1 : place + 2]
    if not _is_heading(heading):
        return False
    return not below or (_is_heading(below[0]) and _kind(below[0]) == _kind(heading))


def _is_heading(paragraph: Prose) -> bool:
    opening = phrase("numbering", "numbered_heading").match(paragraph.text)
    return paragraph.paragraph.heading or (opening is not None and not paragraph.text[opening.end() :].strip("。：: "))


def _kind(heading: Prose) -> str:
    """How a heading is numbered, whatever its number: （三） and （四） are of a kind, 1. is below them."""
    return re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", enumerator(heading.text)))


@rule(
    "F110",
    "各级人民政府报告有工作考核、社会评议、责任追究的结果",
    severity="warning",
    basis="《条例》第五十条第二款",
    needs=("form", "sections"),
)
def results_of_supervision(dossier: Dossier) -> Iterator[Hit]:
    """各级人民政府的年度报告还应写明工作考核、社会评议、责任追究的结果；只有标题、只说加强机制，不算结果；一句话里说三项的，各看各的分句，列了名目
    而只写出一两项结果的，缺的那项也报。部门的报告不要求。

    依据：《条例》第四十六条、第五十条。
    违例：（五）监督保障。严格落实责任追究制度，做到职责明确。
    正例：考核40家单位，优秀10家；社会评议满意率95%；没有发生需要追究责任的情形。
    """
    if not is_government(dossier.report.unit):
        return
    body = [paragraph for paragraph in prose(dossier.report) if paragraph.section not in ("preamble", "problems")]
    for name, topic, result in _RESULTS:
        speaking = [paragraph for paragraph in body if topic.search(paragraph.text)]
        if any(_has_result(body, place, topic, result) for place in range(len(body))):
            continue
        if not speaking:
            yield Hit(_OVERVIEW, f"没有报告{name}结果", f"{name}结果", "无", anchor=name)
            continue
        found = topic.search(speaking[-1].text)
        assert found is not None
        yield hit_on(found, speaking[-1], f"说到{name}，没有写结果", f"{name}结果", "无结果", anchor=name)


def _is_heading_on(topic: re.Pattern[str], above: Prose) -> bool:
    short = len(above.text) <= _LONGEST_HEADING and not above.text.rstrip().endswith(("。", "；"))
    return short and bool(topic.search(above.text))


def _has_result(body: list[Prose], place: int, topic: re.Pattern[str], result: re.Pattern[str]) -> bool:
    """Whether a paragraph has a result: in a sentence on the topic or the next one, or under a heading on it."""
    if place and _is_heading_on(topic, body[place - 1]) and body[place - 1].section == body[place].section:
        return bool(result.search(phrase("aspects", "conditional").sub("", body[place].text)))
    said = [sentence for _, sentence in sentences(body[place].text)]
    for at, sentence in enumerate(said):
        if topic.search(sentence):
            headed = len(sentence) <= _LONGEST_HEADING and "，" not in sentence  # 三是强化社会评议。…四是…
            behind = said[at + 1 :] if headed else said[at + 1 : at + 2]
            own = takewhile(lambda other: not phrase("numbering", "new_point").match(other), behind)
            if result.search(_clauses_on(topic, phrase("aspects", "conditional").sub("", "".join((sentence, *own))))):
                return True
    return False


_CLAUSE = regex(r"[^，；。！？：\n]+[，；。！？：\n]?")


def _clauses_on(topic: re.Pattern[str], text: str) -> str:
    """The clauses on a topic: those that name it and what follows, up to one on another of the three; what only announces
    the results (考核、评议、追责的结果分别是：) is none."""
    own, kept = False, []
    for found in _CLAUSE.finditer(text):
        clause = found.group()
        named = [each for _, each, _ in _RESULTS if each.search(clause)]
        own = topic in named if named else own
        if own and not (len(named) > 1 and phrase("aspects", "announced").search(clause)):
            kept.append(clause)
    return "".join(kept)


@rule(
    "F113", "第六章为空或“无”，而表三有逾期未缴费或文中有收费", severity="error", basis=FORM, needs=("form_since_2021",)
)
def section_six_is_not_empty_when_fees_were_charged(dossier: Dossier) -> Iterator[Hit]:
    """表三记有“逾期未缴费”，或正文说收取了信息处理费，第六部分就不能空着或只写“无”。

    依据：格式第六部分；《条例》第四十二条；国办函〔2020〕109号。
    违例：表三（六）2为3件，第六部分写“无”。
    正例：表三（六）2为3件，第六部分写明发出收费通知和收取的金额。
    """
    text = section_text(dossier.report, "other")
    if text is None or (text and not phrase("aspects", "nothing_to_report").fullmatch(text)):
        return
    written = text or "空白"
    metric = "requests.otherwise_handled.fee_overdue.total"
    overdue = dossier.report.value(metric)
    where = "六、其他需要报告的事项"
    if overdue:
        message = f"第六部分为“{written}”，而表三逾期未缴费为{number(overdue)}件，发过收费通知，应写明收费情况"
        yield Hit(where, message, "收费情况", written, anchor="table", marks=(Mark(metric),))
    for paragraph in prose(dossier.report):
        for found in phrase("aspects", "charged").finditer(paragraph.text):
            clause = re.split(r"[，。；]", paragraph.text[: found.start()])[-1]
            if paragraph.section != "other" and not phrase("aspects", "not_charged").search(clause + found.group()):
                message = f"第六部分为“{written}”，而此处说到收费，应在第六部分写明"
                yield hit_on(found, paragraph, message, "收费情况", written, "prose")


@rule("F117", "总体情况超过字数上限（默认1000字）", severity="info", basis="地方口径", needs=("sections",))
def overview_is_short(dossier: Dossier) -> Iterator[Hit]:
    """不少地方要求总体情况简明扼要，一般不超过一千字；全国格式没有限制，只作提示。标点计入，空白不计。

    依据：地方口径，上限为 assistant/rules/form_F/content.py 的 OVERVIEW_LIMIT。
    违例：总体情况3200字。
    正例：总体情况860字。
    """
    text = section_text(dossier.report, "overview") or ""
    if len(text) > OVERVIEW_LIMIT:
        message = f"总体情况{len(text)}字，超过{OVERVIEW_LIMIT}字"
        marks = (mark_in(next(prose(dossier.report, "overview"))),)
        yield Hit(_OVERVIEW, message, f"不超过{OVERVIEW_LIMIT}字", f"{len(text)}字", anchor="length", marks=marks)
