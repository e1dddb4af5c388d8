"""W116: numbers of working days beyond what the regulation allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.figures.dossier import Dossier
from assistant.language.numerals import parse
from assistant.lexicon import entries, phrase
from assistant.rules.base import Hit, hit_at, rule
from assistant.rules.wording_W.word_lists import everywhere


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
    limits = [each for each in entries("time_limits") if each.kind == "limit"]
    for paragraph in everywhere(dossier.report):
        for found in phrase("calendar", "calendar_days").finditer(paragraph.text):
            message = f"“{found.group()}”：《条例》的期限都按工作日计，主动公开和答复是20个工作日"
            yield hit_at(*found.span("days"), paragraph, message, "20个工作日", found["days"])
        for found in phrase("calendar", "working_days").finditer(paragraph.text) if "工作日" in paragraph.text else ():
            numeral = parse(found["number"])
            sentence = paragraph.sentence_at(found.start())
            head = paragraph.text[max(0, found.start() - 40) : found.start()]
            clause = re.split(r"[，。；：:]", head)[-1]
            less = phrase("time_limits", "less").search(clause)
            if numeral is None or less or not phrase("time_limits", "of_applications").search(sentence):
                continue
            behind = re.split(r"[，。；：:]", paragraph.text[found.end() : found.end() + 20])[0]
            limit = next((each for each in limits if phrase("time_limits", each.id).search(clause + behind)), None)
            if limit is None or phrase("time_limits", "of_others").search(clause + behind):
                continue
            days, what, article = limit.means
            if numeral.value > int(days):
                message = f"“{found.group()}”超过{what}{days}个工作日（《条例》{article}），请核对"
                yield hit_at(found.start(), found.end(), paragraph, message, f"不超过{days}个工作日", found.group())
