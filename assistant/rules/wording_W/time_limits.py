"""W116: numbers of working days beyond what the regulation allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.figures.dossier import Dossier
from assistant.language.numerals import parse
from assistant.patterns import regex
from assistant.rules.base import Hit, hit_at, rule
from assistant.rules.wording_W.word_lists import everywhere

_DAYS = regex(r"(?P<number>\d{1,3}(?:\.\d+)?|[一二三四五六七八九十]{1,4})\s*个?\s*工作日")
_CALENDAR_DAYS = regex(
    r"(?:《?条例》?|法定)规定?的?(?:期限|时限)?(?:内|为)?(?P<days>\d{1,2}|[一二三四五六七八九十]{1,3})(?:个自然)?[日天](?:之?内|期限|时限)"
)
_OF_APPLICATIONS = regex(r"申请|答复|补正|第三方|公开")
_OF_OTHERS = regex(
    r"许可|审批|证照|不动产|工单|来信|信件|留言|信访|投诉|咨询|热线|复议|诉讼|处罚|采购|招标|备案|公示期|公告期|施工|项目|办事|办件"
)


class _Limit(NamedTuple):
    """A term of the regulation: the words of a clause that speak of it, how many working days, by which article."""

    words: re.Pattern[str]
    days: int
    what: str
    article: str


_LIMITS = (
    _Limit(regex(r"延[长期][^，。；]{0,6}(?:用了|用时|历时|前后)"), 40, "延长后的答复期限", "第三十三条"),
    _Limit(regex(r"延长|延期"), 20, "延长答复的期限", "第三十三条"),
    _Limit(regex(r"补正"), 7, "告知申请人补正的期限", "第三十条"),
    _Limit(regex(r"第三方|权利人"), 15, "第三方提出意见的期限", "第三十二条"),
    _Limit(regex(r"主动公开|形成或者?变更"), 20, "主动公开的期限", "第二十六条"),
    _Limit(
        regex(r"平均|答复|办理(?:时限|期限|用时|周期|时间)|办结|法定(?:时限|期限)?"),
        20,
        "答复申请的期限",
        "第三十三条",
    ),
)
_LESS = regex(r"(?:由|从|比|较|原来?的?|上年的?|缩短了?|减少了?|压缩了?|提前了?|提速了?)[^，。；到至为]{0,6}$")


@rule(
    "W116", "超过法定期限的工作日数", severity="warning", basis="《条例》第二十六条、第三十条、第三十二条、第三十三条"
)
def working_days_keep_the_limits(dossier: Dossier) -> Iterator[Hit]:
    """条例规定答复申请不超过20个工作日（经批准可以延长，延长不超过20个工作日），告知补正不超过7个工作日，第三方提出意见15个工作日，主动公开20个工作日。
    文中的数超过期限，多半写错，也可能等于自认超期。许可、信访等其他事项的期限不在此列。

    依据：《条例》第二十六条、第三十条、第三十二条、第三十三条。
    违例：依申请公开平均办理用时缩短到31个工作日。
    正例：平均办理用时由16个工作日缩短到11个工作日。
    """
    for paragraph in everywhere(dossier.report):
        for found in _CALENDAR_DAYS.finditer(paragraph.text):
            message = f"“{found.group()}”：《条例》的期限都按工作日计，主动公开和答复是20个工作日"
            yield hit_at(*found.span("days"), paragraph, message, "20个工作日", found["days"])
        for found in _DAYS.finditer(paragraph.text) if "工作日" in paragraph.text else ():
            numeral = parse(found["number"])
            sentence = paragraph.sentence_at(found.start())
            head = paragraph.text[max(0, found.start() - 40) : found.start()]
            clause = re.split(r"[，。；：:]", head)[-1]
            if numeral is None or not _OF_APPLICATIONS.search(sentence) or _LESS.search(clause):
                continue
            behind = re.split(r"[，。；：:]", paragraph.text[found.end() : found.end() + 20])[0]
            limit = next((each for each in _LIMITS if each.words.search(clause + behind)), None)
            if limit and numeral.value > limit.days and not _OF_OTHERS.search(clause + behind):
                message = f"“{found.group()}”超过{limit.what}{limit.days}个工作日（《条例》{limit.article}），请核对"
                yield hit_at(
                    found.start(), found.end(), paragraph, message, f"不超过{limit.days}个工作日", found.group()
                )
