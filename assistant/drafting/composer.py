"""Prose without a model: sentences chosen by what the figures say, around the office's own words.

Every text here still carries slots (``slots.fill``); nothing is claimed that the workbook does not hold. Where the office
gave nothing, 【待补：…】 stands, which check F115 keeps from being published.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.drafting.composer_requests import requests_sentences
from assistant.drafting.office import PARTS
from assistant.drafting.slots import Material
from assistant.figures.book import Figure
from assistant.form import EDITION_2021, SECTIONS

__all__ = ["compose", "numbered", "preamble", "sentence", "title"]

_REGULATION = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
_NOTICE = f"《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（{EDITION_2021.basis}）"
_FEE_RULES = "《政府信息公开信息处理费管理办法》"
_FEE = "信息处理费"

# What is done with a thing that is counted, where its name does not say so itself.
_VERBS = (
    ("发布会", "召开"), ("解读", "发布"), ("公报", "编发"), ("培训", "举办"), ("开放日", "举办"), ("访谈", "组织"),
    ("公开指南", "编制"), ("检查", "开展"), ("座谈会", "召开"), ("账号", "现有"),
)  # fmt: skip
_SHARED_OPENING = 4  # characters that two names must share for the second to drop them: 社会评议有效问卷、满意问卷
# 条例第五十条: governments report these results.
_GOVERNMENT_RESULTS = (("考核", "工作考核结果"), ("评议", "社会评议结果"), ("追究", "责任追究结果"))


def title(given: Material) -> str:
    return f"{given.data.unit}{given.data.year}年政府信息公开工作年度报告"


def preamble(given: Material) -> str:
    """Basis, contents, statistics period, and where to ask."""
    data = given.data
    contents = "、".join(section.title for section in SECTIONS)
    text = (
        f"根据{_REGULATION}和{_NOTICE}要求，现公布{title(given)}。报告包括{contents}六个部分，"
        f"数据的统计期限为{data.year}年1月1日至{data.year}年12月31日。"
    )
    if data.website:
        text += f"报告电子版可在{data.website}查阅。"
    if data.phone:
        text += f"对报告内容有疑问的，请与{data.unit}联系，电话：{data.phone}。"
    return text


def compose(part: str, given: Material) -> tuple[str, ...]:
    """The paragraphs of one part, with slots."""
    return _PARTS[part](given)


def sentence(text: str) -> str:
    """A point as a sentence: one full stop at its end."""
    text = text.strip().rstrip("；;，,、")
    return text if text.endswith(("。", "！", "？", "】")) else f"{text}。"


def numbered(sentences: tuple[str, ...]) -> tuple[str, ...]:
    """1. 2. 3., one a paragraph."""
    return tuple(f"{n}.{sentence(text)}" for n, text in enumerate(sentences, start=1))


def _in_turn(points: tuple[str, ...]) -> str:
    """一是…。二是…。 where several measures stand side by side; a single one needs no number."""
    if len(points) < 2:
        return "".join(sentence(point) for point in points)
    return "".join(f"{'一二三四五六七八九十'[n]}是{sentence(point)}" for n, point in enumerate(points[:10])) + "".join(
        sentence(point) for point in points[10:]
    )


def _own_figures(given: Material, part: str, opening: str = "") -> str:
    """One sentence with the office's own figures for a part; empty when it gave none."""
    phrases: list[str] = []
    before = ""
    for slot, figure in given.own_of(part):
        if part == "其他事项" and _FEE in figure.label:
            continue
        phrases.append(_phrase(slot, figure, before))
        before = figure.label
    return f"{opening}{'，'.join(phrases)}。" if phrases else ""


def _phrase(slot: str, figure: Figure, before: str) -> str:
    name = figure.label
    shared = next((n for n in range(min(len(name), len(before)), 0, -1) if name[:n] == before[:n]), 0)
    if _SHARED_OPENING <= shared < len(name):
        name = name[shared:]
    if figure.unit and name.endswith(figure.unit) and len(name) > len(figure.unit):
        name = name.removesuffix(figure.unit)  # 培训参加人次305人次 → 培训参加305人次
    verb = next((verb for word, verb in _VERBS if name.endswith(word)), "")
    return f"{verb}{name}{{{{{slot}}}}}"


def _pending(what: str) -> str:
    return f"【待补：{what}】"


def _disclosed(given: Material) -> tuple[str, ...]:
    counted = _documents(given) + _decisions(given)
    points = "".join(sentence(point) for point in given.points_of("主动公开"))
    return _joined([counted, _own_figures(given, "主动公开") + (points or _pending("主动公开的主要做法"))])


def _documents(given: Material) -> str:
    """Regulations and normative documents of table 2."""
    family = "disclosure.normative_documents"
    issued, repealed, valid = (given.book.value(f"{family}.{stage}") for stage in ("issued", "repealed", "in_force"))
    if issued is None or repealed is None or valid is None:
        return ""
    made = f"制发行政规范性文件{{{{{family}.issued}}}}" if issued else "没有新制发行政规范性文件"
    ended = f"废止{{{{{family}.repealed}}}}" if repealed else "没有废止文件"
    standing = f"年末现行有效的共{{{{{family}.in_force}}}}" if valid else "年末没有现行有效的行政规范性文件"
    if not (issued or repealed or valid):
        return f"{given.data.voice.we}没有制发行政规范性文件，也没有现行有效的行政规范性文件。"
    text = f"{given.data.year}年，{given.data.voice.we}{made}，{ended}，{standing}。"
    if given.book.value("disclosure.rules.issued"):
        text += "制发规章{{disclosure.rules.issued}}。"
    return text


def _decisions(given: Material) -> str:
    """Licences, penalties, coercion of table 2, those that there were."""
    kinds = (("licensing", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制"))
    found = [
        f"{name}{{{{disclosure.{row}.decisions}}}}"
        for row, name in kinds
        if given.book.value(f"disclosure.{row}.decisions")
    ]
    fees = "disclosure.fees.amount"
    charged = f"，收取行政事业性收费{{{{{fees}}}}}" if given.book.value(fees) else ""
    if not found:
        return f"全年{charged.removeprefix('，')}。" if charged else ""
    return f"全年办理{'、'.join(found)}{charged}。"


def _requested(given: Material) -> tuple[str, ...]:
    points = "".join(sentence(point) for point in given.points_of("依申请公开"))
    return _joined(["".join(requests_sentences(given)) + _own_figures(given, "依申请公开", "办理中"), points])


def _managed(given: Material) -> tuple[str, ...]:
    points = _in_turn(given.points_of("政府信息管理"))
    figures = _own_figures(given, "政府信息管理", "全年")
    return _joined([points + figures]) or (_pending("政府信息制作、审查、保存、更新等管理工作情况"),)


def _platforms(given: Material) -> tuple[str, ...]:
    points = "".join(sentence(point) for point in given.points_of("公开平台建设"))
    figures = _own_figures(given, "公开平台建设")
    return _joined([figures + points]) or (_pending("政府网站、政务新媒体等公开平台的建设和运行情况"),)


def _supervised(given: Material) -> tuple[str, ...]:
    points, figures = given.points_of("监督保障"), _own_figures(given, "监督保障", "一年来，")
    told = "".join(points) + figures
    missing = [
        _pending(what)
        for word, what in _GOVERNMENT_RESULTS
        if given.data.voice.government and told and word not in told
    ]
    return _joined([_in_turn(points) + figures, *missing]) or (
        _pending("培训、工作考核、社会评议、责任追究等情况和结果"),
    )


def _problems(given: Material) -> tuple[str, ...]:
    points = given.points_of("问题")
    if not points:
        return (_pending("存在的主要问题"),)
    return (f"{given.data.voice.we}的政府信息公开工作还有以下不足。", *numbered(points))


def _improvements(given: Material) -> tuple[str, ...]:
    points = given.points_of("改进")
    if not points:
        return (_pending("针对上述问题的改进措施"),)
    return ("针对上述问题，采取以下改进措施。", *numbered(points))


def _other(given: Material) -> tuple[str, ...]:
    points = tuple(sentence(point) for point in given.points_of("其他事项"))
    return _joined([_fees(given), _own_figures(given, "其他事项", "此外，"), *points])


def _fees(given: Material) -> str:
    """What was charged for handling requests, which 格式 wants told even when it is nothing."""
    charged = next(((slot, figure) for slot, figure in given.own_of("其他事项") if _FEE in figure.label), None)
    if charged is None:
        told = any(_FEE in point for point in given.points_of("其他事项"))
        return "" if told else _pending("本年度信息处理费收取情况，未收取也要写明")
    slot, figure = charged
    if figure.value == 0:
        return f"{given.data.year}年，{given.data.voice.all}没有收取政府信息公开信息处理费。"
    return f"{given.data.year}年，{given.data.voice.all}依照{_FEE_RULES}收取信息处理费{{{{{slot}}}}}。"


def _joined(paragraphs: list[str]) -> tuple[str, ...]:
    return tuple(paragraph for paragraph in paragraphs if paragraph)


_PARTS: dict[str, Callable[[Material], tuple[str, ...]]] = dict(
    zip(
        (part.id for part in PARTS),
        (_disclosed, _requested, _managed, _platforms, _supervised, _problems, _improvements, _other),
        strict=True,
    )
)
