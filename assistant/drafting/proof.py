"""What a model hands in for one part, sentence by sentence, and what a sentence may not do: words around slots, never a
number of its own, nothing that its notes do not say (``content``).

All faults of a sentence are collected, so that the model hears of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from assistant.drafting.content import differences
from assistant.drafting.figure_places import misplaced
from assistant.drafting.slots import SLOT
from assistant.drafting.task import MARK, Task
from assistant.figures.mentions import mentions_in
from assistant.language.likeness import ALIKE, NEARLY_THE_SAME, SHORTEST_SENTENCE, likeness, telling
from assistant.language.wordings import spelled_out
from assistant.lexicon import entries, phrase
from assistant.library.injection import without_orders
from assistant.patterns import regex
from assistant.text import clean, enumerator

__all__ = ["MARK", "PartAnswer", "Sentence", "Task", "answer_schema", "copies", "proved"]


class Sentence(BaseModel):
    """正文的一句，和它所依据的要点的编号。"""

    model_config = ConfigDict(extra="forbid")

    text: str
    notes: list[int]


class PartAnswer(BaseModel):
    """一个部分的正文：一句写一项，注明依据哪几条要点；数字一律用填充项。"""

    model_config = ConfigDict(extra="forbid", title="Draft")  # as a model is shown it

    sentences: list[Sentence]

    @model_validator(mode="before")
    @classmethod
    def _one_a_note(cls, answer: Any) -> Any:
        """Bare sentences rest on the notes in their order, where there are as many; small models write no ids."""
        if isinstance(answer, dict) and isinstance(given := answer.get("sentences"), list):
            numbered = [
                {"text": each, "notes": [n]} if isinstance(each, str) else each for n, each in enumerate(given, 1)
            ]
            return {**answer, "sentences": numbered}
        return answer


@cache
def answer_schema(points: int) -> type[PartAnswer]:
    """``PartAnswer`` for so many notes: an endpoint that holds its model to the schema cannot write more sentences."""
    at_most = Field(json_schema_extra={"minItems": 1, "maxItems": points})  # our own words tell a wrong number
    return create_model("Draft", __base__=PartAnswer, __doc__=PartAnswer.__doc__, sentences=(list[Sentence], at_most))


def proved(sentence: Sentence, task: Task) -> tuple[str, tuple[str, ...]]:
    """A sentence as it may be printed, and what is wrong with it: it is held against the notes that it names, alone.

    Notes are numbered from 1, as the model is shown them. A sentence without faults says all that its notes say, and
    nothing else.
    """
    text = _tidy(sentence.text, task)
    named = list(dict.fromkeys(sentence.notes))
    if not named or any(not 1 <= n <= len(task.points) for n in named):
        return text, (f"没有写明依据哪几条要点，编号从1到{len(task.points)}",)
    if not text:
        return text, ("没有写出句子",)
    points = tuple(task.points[n - 1] for n in named)
    slots = {name: task.slots[name] for point in points for name in SLOT.findall(point) if name in task.slots}
    return text, tuple(dict.fromkeys(_faults(text, replace(task, points=points, slots=slots))))


def _tidy(sentence: str, task: Task) -> str:
    """Without a number of its own (numbering is ours), a unit that the slot before it brings along, and ‘ ’ for “ ”,
    which a model spares itself inside JSON."""
    text = clean(sentence).strip()
    if "“" not in text:
        text = text.replace("‘", "“").replace("’", "”")
    text = text.removeprefix(enumerator(text)).strip()
    for name, figure in task.slots.items():
        if figure.unit:
            slot = re.escape(f"{{{{{name}}}}}")
            text = re.sub(rf"({slot})\s*{re.escape(figure.unit)}{_AFTER_UNIT}", r"\1", text)
    return text


def _faults(text: str, task: Task) -> Iterator[str]:
    """What is wrong with one sentence; the points of ``task`` are the notes that it rests on."""
    bare = SLOT.sub(MARK, text)
    notes = without_orders("".join(_stopped(point) for point in task.points))
    yield from _slot_faults(text, task)
    yield from _foreign_words(bare, task)
    yield from _too_long(text, notes)
    yield from differences(_without_year(bare, task), _without_year(SLOT.sub(MARK, notes), task))
    yield from _shifted_tenses(text, task)
    yield from _overstatements(text, task)
    yield from misplaced(text, task)
    yield from _copied_sentences([text], task)


def _stopped(point: str) -> str:
    """A note with a stop behind it: what it ends with does not run into the next."""
    text = point.strip()
    return text if text.endswith(("。", "！", "？", "；")) else f"{text}。"


def _without_year(text: str, task: Task) -> str:
    """The year that the report is on may be named anywhere, or not."""
    return text.replace(f"{task.year}年", "")


def _slot_faults(text: str, task: Task) -> Iterator[str]:
    used = SLOT.findall(text)
    if unknown := [name for name in used if name not in task.slots]:
        yield f"没有填充项 {_listed(unknown)}，只能用给出的"
    if missing := [name for point in task.points for name in SLOT.findall(point) if name not in used]:
        yield f"要写上要点的 {_listed(missing)}"
    if repeated := [name for name in dict.fromkeys(used) if used.count(name) > 1]:
        yield f"填充项 {_listed(repeated)} 用了不止一次"


def _listed(names: list[str]) -> str:
    return "、".join(f"{{{{{name}}}}}" for name in dict.fromkeys(names))


_TIMES, _MORE = 2, 40  # a sentence may be so many times as long as its notes, and so many characters longer
_AFTER_UNIT = r"(?=$|[，。；、：（）,;的])"


def _too_long(text: str, notes: str) -> Iterator[str]:
    words, told = SLOT.sub("", notes), SLOT.sub("", text)
    if len(told) > _TIMES * len(words) + _MORE:
        yield f"有{len(told)}字，要点只有{len(words)}字，不要多写"


# What an answer may not bring in from elsewhere: numbers, comparisons, ranks, articles, documents, foreign words.

_DIGITS = regex(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
_OF_LAST_YEAR, _TOO_ALIKE = "是上年报告的话，要写今年的要点", "与上年这一部分太像，要照今年的要点写"
_IDEOGRAPHS = range(0x3400, 0xA000)  # 参, 伍, 陆 are numerals to Unicode, and words to everybody
_MOVES = ("增加", "减少", "增长", "上升", "下降")
_KNOWN_TITLES = frozenset(
    ("政府信息公开条例", "中华人民共和国政府信息公开条例", "政府信息公开信息处理费管理办法")
)  # what every such report rests on
_LATIN = regex(r"[A-Za-zＡ-Ｚａ-ｚ]{2,}")
_MARKUP = regex(r"[|#*`<>\n□]|【|】|[xX×]{2,}|\$|\{|\}")


def _foreign_words(bare: str, task: Task) -> Iterator[str]:
    """Faults of ``bare``, the answer with its slots masked: one line a kind, for the model."""
    given = task.words
    if found := _numbers(bare, task, given):
        yield f"不要自己写数字“{'”“'.join(dict.fromkeys(found))}”：有填充项的用填充项，没有的改成不带数量的说法"
    told = _as_compared(given)
    compared = phrase("drafts", "comparison").findall(bare)
    if found := [word for word in compared if not _compared(_as_compared(word), told)]:
        yield f"不要自己写“{'”“'.join(dict.fromkeys(found))}”，数量的比较由填充项给出，没有相应填充项就不要比较"
    titles = (marked or quoted for marked, quoted in phrase("drafts", "title").findall(bare))
    if found := [name for name in titles if name not in given and name not in _KNOWN_TITLES]:
        yield f"要点里没有《{'》《'.join(dict.fromkeys(found))}》，不要写没有给出的文件"
    if found := [word for word in _LATIN.findall(bare) if word not in given]:
        yield f"要点里没有“{'”“'.join(dict.fromkeys(found))}”，不要写外文"
    if found := [word for word in phrase("drafts", "talk").findall(bare) if word not in given]:
        yield f"“{'”“'.join(dict.fromkeys(found))}”是对话，不是报告的话，只写正文"
    if found := sorted(set(_MARKUP.findall(bare))):
        yield f"只写句子，不要用符号 {' '.join('换行' if mark == chr(10) else mark for mark in found)}"


def _as_compared(text: str) -> str:
    """A text with comparisons spelled one way: 比去年 and 同比 are 较上年, 排第 and 位居 are 排名."""
    return phrase("drafts", "ranked").sub("排名", phrase("drafts", "over_last_year").sub("较上年", text))


def _compared(word: str, given: str) -> bool:
    """Whether the office wrote so: 增加 of 增6类."""
    return spelled_out(word) in spelled_out(given) or (word.removesuffix("了") in _MOVES and word[0] in given)


def _numbers(bare: str, task: Task, words: str) -> list[str]:
    """Numbers that no slot gave. The report's year and its neighbours, and what the office wrote, are no figures."""
    own_years = {str(task.year + n) for n in (-1, 0, 1)}
    given = own_years.union(_DIGITS.findall(words))  # whole numbers: the 1 of 12345 is none
    found = [text for text in _DIGITS.findall(bare) if text not in given]
    found += [sign for sign in bare if _odd_numeral(sign) and sign not in words]
    text = phrase("numbering", "order").sub("", bare)
    given_words = words + spelled_out(words) + words.replace("个", "")  # 一人 of 一个人
    found += [m.text for m in mentions_in(text) if not _DIGITS.search(m.text) and m.text not in words]
    numbers = (phrase("drafts", each.id) for each in entries("drafts") if each.kind == "number")
    return found + [m.group() for number in numbers for m in number.finditer(text) if m.group() not in given_words]


def _odd_numeral(sign: str) -> bool:
    """③, Ⅻ, ٣, ½: numbers in none of the two ways that are looked for by themselves."""
    return sign.isnumeric() and ord(sign) not in _IDEOGRAPHS and sign not in "〇" and not _DIGITS.match(sign)


# Whether an answer means what the office meant: each figure told as what it counts, this year's matter and not last
# year's.

_SENTENCE = regex(r"[^。！？；\n]+")
# What claims that there was none, or that it was so of all; how an office may have said that.
_ABSOLUTE = (("claims_none", "says_none"), ("claims_all", "says_all"), ("claims_each", "says_each"))


def _shifted_tenses(text: str, task: Task) -> Iterator[str]:
    """A measure told as taken that the office does not say so of."""
    notes = "".join(task.points)
    found = phrase("drafts", "done").search(text)
    if task.measures and found and not phrase("drafts", "finished").search(notes):
        yield f"要点没有说已经做完，不要写“{found[0]}”"


def _overstatements(text: str, task: Task) -> Iterator[str]:
    """None or all of a matter of the form, which takes no number to be false: the office must have said so of it."""
    notes = spelled_out("".join(task.points))
    for said in _SENTENCE.findall(spelled_out(text)):
        beside = any(topic not in notes for topic in phrase("drafts", "of_the_form").findall(said))
        for claims, meant in _ABSOLUTE:
            found = phrase("drafts", claims).search(said)
            if found and (beside or not phrase("drafts", meant).search(notes)):
                yield f"要点没有这样说，不要写“{said[found.start() :][:16]}”"


def _copied_sentences(sentences: list[str], task: Task) -> Iterator[str]:
    """Sentences, or a whole part, of last year, by the measure of check R102; what the office's points repeat is not
    the model's doing."""
    before = _keys(task.last_year, task)
    if not before:
        return
    points, written = _keys(task.points, task), _keys(sentences, task)
    for key, (score, _) in zip(written, likeness(written, before)[1], strict=True):
        mine = likeness([key], points)[0] if points else 0.0
        if len(key) >= SHORTEST_SENTENCE and score >= NEARLY_THE_SAME and mine < score:
            yield f"“{key[:20]}…”{_OF_LAST_YEAR}"
    if written and likeness(written, before)[0] >= ALIKE > likeness(points, before)[0]:
        yield _TOO_ALIKE


def copies(fault: str) -> bool:
    """Whether a fault of ``proved`` is that the sentence repeats an earlier report."""
    return fault == _TOO_ALIKE or fault.endswith(_OF_LAST_YEAR)


def _keys(texts: tuple[str, ...] | list[str], task: Task) -> list[str]:
    """The sentences of texts as they are compared: without numbers and what every report must say."""
    found = (telling(sentence) for text in texts for sentence in _SENTENCE.findall(task.filled(text)))
    return [key for key in found if key]
