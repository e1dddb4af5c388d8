"""What is asked of a rule: beside the question before (延长的呢), of what it points at (对方, 这段时间), of what a
figure counts, of a part of an article (第二款呢)."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.conversation.antecedents import words_of
from assistant.asking.conversation.memory import Memory
from assistant.asking.questions.periods import Period
from assistant.asking.questions.question import Question
from assistant.language.numerals import CHINESE
from assistant.lexicon import phrase, run_of
from assistant.library.words import content_words
from assistant.patterns import regex

__all__ = [
    "asks_by_which_rule",
    "beside_rule",
    "is_about_a_rule",
    "part_of_article",
    "rule_question",
    "subject_of_rule",
    "subject_of_talk",
]

# An article, and a paragraph or item that is asked for.
_NTH = rf"第?\s*[（(]?(?:{CHINESE}|\d{{1,2}})[）)]?\s*"
_ARTICLE = regex(rf"(?P<article>.*?第?\s*(?:{CHINESE}|\d{{1,3}})\s*条)(?P<paragraph>的?{_NTH}款)?")
_PARTS = regex(rf"(?:{_NTH}款)?(?:{_NTH}项)?(?:是什么|说的?什么|内容)?")
_LONGEST_TOPIC = 60  # characters
_A_CASE = 3  # words with a content of their own that tell a case
_ONLY_FEE = "信息处理费"  # the one charge that the regulation knows


def is_about_a_rule(asked: Question, last: Question) -> bool:
    """Whether a follow-up goes on about the regulation: nobody's report was spoken of, and it names none."""
    named = asked.named
    return not (named.units or named.unknown or named.candidates or asked.all_units or asked.article) and not (
        asked.period.told or last.all_units or last.period.years or last.article
    )


def beside_rule(asked: Question, core: str, memory: Memory) -> Question:
    """A question of a rule, with what it points back at named (对方, 这段时间), or beside the one before (延长的呢)."""
    last, named = _topic(memory.last), core
    other_side, asks_on = phrase("followups", "other_side"), phrase("followups", "asks_on").search(asked.text)
    that_time, this_case = phrase("followups", "that_time"), phrase("followups", "this_case")
    third_party = phrase("followups", "third_party").search(f"{last}{_quoted(memory)}")
    if other_side.search(core) and third_party:
        named = other_side.sub("第三方", core)
        named = phrase("followups", "reply").sub("提出意见", named)  # which is what the regulation has a third party do
    about = _without_asking(last)
    of_form = phrase("followups", "place_in_form").search(words_of(memory.last)) if asks_on else None
    if that_time.search(named):
        named = that_time.sub(f"{about}的时间，", named)
    elif this_case.search(named):
        named = this_case.sub(f"{about}，", named)
    elif named == core and of_form:
        named = f"{core}{of_form[0]}"  # 没按通知交钱的呢: where that is filled in
    elif named == core and ((asks_on and _names_only(core)) or not _tells(core)):
        named = f"{last}，{core}"
    text = asked.text if named == core else named
    period = asked.period if named == core else replace(asked.period, rest=named)
    return replace(asked, text=text, period=period, wants_figure=False, metrics=(), narrowing=())


def part_of_article(asked: Question, core: str, last: Question) -> Question | None:
    """第六项呢, 第二款呢: of the article spoken of; an item of its paragraph too, where one was named. ``None`` where
    no part is asked for."""
    article = _ARTICLE.search(last.text) if last.article is not None and _PARTS.fullmatch(core) else None
    if article is None:
        return None
    text = f"{article['article']}{(article['paragraph'] or '') if '款' not in core else ''}{core}"
    return replace(asked, text=text, article=last.article, wants_figure=False)


def subject_of_rule(question: Question) -> str:
    """What a question of a rule, or of what a report tells, is about, without what it asks."""
    no_object = run_of("followups", "no_object", "into_parts").pattern
    topic = _without_asking(_topic(question))
    return re.sub(f"^(?:{no_object})|(?:{no_object})$", "", topic) or topic


def subject_of_talk(words: str, last: Question) -> str:
    """What was spoken of, where ``words`` name no object of their own (收过吗, 办了几期) and no figure was; empty
    elsewhere. 件 are counted, and 钱 paid, of a fee; else 件 are applications."""
    bare = run_of("followups", "no_object", "into_parts").fullmatch(words)
    goes_on = bare or phrase("followups", "part_of_talk").match(words)
    if last.wants_figure or last.article is not None or not goes_on:
        return ""
    subject = subject_of_rule(last)
    of_fee = phrase("followups", "of_money")
    if of_fee.search(words_of(last)) and not of_fee.search(subject):
        subject = _ONLY_FEE  # 收不收钱
    counted = "件" in words or of_fee.search(words)
    return "" if counted and not of_fee.search(subject) else subject


def asks_by_which_rule(words: str) -> bool:
    """Whether only the rule is asked for on which what was spoken of rests: 凭哪条规定收的, 条例哪条允许."""
    asks = phrase("followups", "of_law").search(words) or any(word in words for word in ("条", "依据"))
    return bool(asks and run_of("followups", "no_object", "by_which_rule").fullmatch(words))


def _without_asking(text: str) -> str:
    return phrase("followups", "asked_of_rule").sub("", text)


def _topic(question: Question) -> str:
    """What a question of a rule is about: its clauses that tell something, without those that only ask."""
    clauses = [one for one in re.split("[，,。；]", words_of(question)) if _tells(_without_asking(one))]
    return "，".join(clauses)[-_LONGEST_TOPIC:] or words_of(question)


def _tells(text: str) -> bool:
    """Whether words tell what they are about: 几天之内要告诉他 do not."""
    return bool(content_words(text))


def _names_only(core: str) -> bool:
    """延长的呢 names what the question before is asked of; 要是他写得太笼统看不明白呢 tells a case of its own."""
    return len(content_words(core)) < _A_CASE and not phrase("followups", "asks").search(core)


def _quoted(memory: Memory) -> str:
    return "".join(one.quote for one in memory.answer.citations) if memory.answer else ""


def rule_question(words: str, asked: Question, tail: str = "，依据哪条规定") -> Question:
    """What the regulation says on what was talked about."""
    return replace(
        asked, text=f"{words}{tail}", named=replace(asked.named, units=()), period=Period((), None, False, words),
        wants_figure=False, metrics=(), narrowing=(), explains=True,
    )  # fmt: skip
