"""What kind of answer a question expects, and whether a sentence has one: a date, a span of time, an amount, a reason, a name,
a number to call. A sentence without it is no answer, however many words it shares with the question."""

from __future__ import annotations

import re

from assistant.figures.mentions import mentions_in

__all__ = ["has_shape", "may_answer"]

_DATE = re.compile(r"\d+\s*[月日]|[一二三四五六七八九十]+[月日]|\d{4}\s*年")
# 哪天算收到 asks how a day is reckoned, which a rule tells without any date.
_WHEN_ASKED = re.compile(r"(?:什么时候|何时|(?<!从)哪一?[天日]|几月|几号)(?!(?:才|就|应当|应该|可以)?[算起计为])")
_RECKONED = re.compile(r"收到之?日|起算|认定")
_NONE = re.compile(r"没有|未|均无|为零")  # of which there were none, no sentence gives the number
_AMOUNT_ASKED = re.compile(r"多少|几")
_WHICH_ASKED = re.compile(r"第几([届次期批轮])")
# 几个部门联合发文由谁公开: several, not how many.
_ELSE_ASKED = re.compile(r"谁|怎么|如何|[吗么][?？]?$|([要能可该应会是算得用])不\1|[能可应是]否")
# Asked → what a sentence that answers has.
_SHAPES = (
    (r"(?:电话|热线|号码|手机|传真)(?:号码?)?是?(?:多少|什么|几)", r"\d{5,}|\d{3,4}[-－—]\d{4,}"),
    (r"(?:邮箱|邮件)(?:地址)?(?:是|为)?(?:什么|多少|哪)", r"\S@\S"),
    (r"邮(?:政编码|编)", r"(?<!\d)\d{6}(?!\d)"),
    (r"地址(?:是什么|是哪|在哪)|在(?:哪条|哪个|什么)[路街]", r"[路街道巷里]\D{0,8}\d+号"),
    (r"年龄|几岁|多少岁", r"[\d一二三四五六七八九十]\s*周?岁"),
    (r"几点", r"\d\s*[:：]\s*\d|\d\s*[点时]|[一二三四五六七八九十][点时]"),
)
_REASON_ASKED = re.compile(r"为什么|为何|(?:什么|啥)(?:原因|缘故)|原因(?:是|何在|在哪)")
_REASON = re.compile(r"因|由于|导致|所致|引起|造成|在于|源于|目的|为了")
_OFFICER_ASKED = re.compile(
    r"(?:书记|[\u4e00-\u9fff]长|主任|主席|总理|总统|领导|负责人|联系人|发言人|经办人)(?:现在|目前|到底)?"
    r"(?:是谁|叫什么|姓什么|是哪一?位|的?(?:名字|姓名)是)"
)

# What is asked → units that an answer has.
_UNITS_ASKED = (
    (
        r"多久|期限(?![里内中]|.*吗[?？]?$)|多长时间|几天|多少天|几个工作日|多少个?工作日|时限",
        ("个工作日", "工作日", "日", "天", "月", "小时"),
    ),
    (r"多少钱|费用多少|多少元|金额", ("元", "万元")),
    (r"百分之|比例|占比|[率]是?多少|满意率|合格率", ("%",)),
    (r"多少|(?<![哪第])几[个件条份次场期篇家名人项]|数量|总数", ()),
)


def may_answer(question: str, sentence: str) -> bool:
    """Whether a sentence has the kind of thing that the question asks for; a question that asks for no certain kind takes any."""
    if _WHEN_ASKED.search(question) and not _RECKONED.search(question):
        return bool(_DATE.search(sentence))
    if which := _WHICH_ASKED.search(question):
        return bool(re.search(rf"第[\d一二三四五六七八九十]+{which[1]}", sentence))
    if any(re.search(pattern, question) for pattern, _ in _SHAPES):
        return has_shape(question, sentence)
    if _REASON_ASKED.search(question):
        return bool(_REASON.search(sentence))
    if _OFFICER_ASKED.search(question):
        return _names_an_officer(question, sentence)
    return _has_amount(question, sentence)


def has_shape(question: str, text: str) -> bool:
    """Whether a text has what little else has, and the question asks for: a number to call, a street, an hour."""
    return any(re.search(shape, text) for pattern, shape in _SHAPES if re.search(pattern, question))


def _has_amount(question: str, sentence: str) -> bool:
    units = next((units for pattern, units in _UNITS_ASKED if re.search(pattern, question)), None)
    if units is None or (not units and _ELSE_ASKED.search(question)):
        return True
    if any(not units or m.unit in units or (m.percent and "%" in units) for m in mentions_in(sentence)):
        return True
    return bool(_NONE.search(sentence)) and _AMOUNT_ASKED.search(question) is not None


def _names_an_officer(question: str, sentence: str) -> bool:
    """Whether a person's name stands beside a word of the question: 区长李某, not 习近平总书记 for whoever is 市委书记."""
    import rjieba  # loads its dictionary: most questions ask for no person

    asked = {word for word, tag in rjieba.tag(question) if tag.startswith("n")}
    told = rjieba.tag(sentence)
    return any(
        tag.startswith("nr") and any(word in asked for word, _ in told[max(place - 1, 0) : place + 2])
        for place, (_, tag) in enumerate(told)
    )
