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
_ORDER = regex(r"(?:^|(?<=[。；：，]))[一二三四五六七八九十]是")
_COUNTED = r"(?:个|项|类|种|批|轮|天|张|处|所|间|套|条|件|份|次|期|场|轮|遍|回|趟|人|名|家|篇|场次|人次|元|倍)"
_CHINESE = (
    # A numeral before a word that counts or measures. 一 is left out: 一批, 一次性, 一键 are words …
    regex(rf"[二两三四五六七八九十百千万亿]+[余多几]?{_COUNTED}"),
    # … but where it can only count: 召开一场, not 同一场, 一次性, 一件事.
    regex(r"(?<![同第每逐统某任单这唯])一(?:场|篇|期|份|家|倍|件(?!事)|次(?!性)|条(?!龙))"),
    regex(r"第[一二三四五六七八九十百零0-9０-９]+[条款项章]"),
    regex(r"十几|几[十百千万]|数[十百千万]|上[百千万]|成百|近百"),
    regex(r"[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}|[廿卅]"),
    regex(r"[一二三四五六七八九〇零]{4}年?"),
    regex(r"[一二三四五六七八九十]+月(?:底|份|前|中)?"),
)
_IDEOGRAPHS = range(0x3400, 0xA000)  # 参, 伍, 陆 are numerals to Unicode, and words to everybody
# Which way a figure went, and where it stands among others, is arithmetic's to say, as the figure is.
_COMPARISONS = regex(
    r"同比|环比|[较比](?:上年|去年|往年)|[上去]年同期|增长|下降|上升|增幅|降幅|翻[一两]?番|翻倍|持平|最[多高少低]|最大(?!限度|程度|化)"
    # 增加查询渠道, 减少重复提交 is what was done; 数量增加, 增加了〓, 逐年减少 is how a figure went.
    rf"|(?:增加|减少)了?(?=[到至{MARK}，。；、]|$|明显|显著|较)|(?:数量|[人件次条]数|逐年|大幅|明显|显著|持续|有所|不断|同步|稳步)(?:增加|减少)"
    r"|(?<![放摆]在)首位|前列|首[次个创]|率先"
    r"|[名位]列|位居|排名|第[一二三四五六七八九十]+[名位]|过半|[近超逾]?[一二三四五六七八九]成|百分之|百分百|[一二三四五六七八九十]分之"
    r"|零(?:投诉|差错|失误|超期|延误|败诉|纠错|复议|诉讼)"
)
_LAST_YEAR = regex(r"(?:同比|[与和跟同]?(?:上年|去年)(?:同期)?相?比|[比较](?:起)?(?:上年|去年)(?:同期)?)")
_RANKED = regex(r"名次|排(?:在)?(?=第)|位[列居]|列(?=第[一二三四五六七八九十\d〓])")
_MOVES = ("增加", "减少", "增长", "上升", "下降")
_TITLE = regex(r"《([^《》]+)》|[〈“]([^〈〉“”]+(?:办法|条例|规定|意见|方案|通知|细则|规划|要点|制度))[〉”]")
_KNOWN_TITLES = frozenset(
    ("政府信息公开条例", "中华人民共和国政府信息公开条例", "政府信息公开信息处理费管理办法")
)  # what every such report rests on
_LATIN = regex(r"[A-Za-zＡ-Ｚａ-ｚ]{2,}")
# A report addresses nobody and does not announce itself: this is a model talking, often to orders found in the data.
_TALK = regex(r"[你您]|好的，|遵命|抱歉|提示词|以下是|如下：|年度?报告(?:中|里|显示|提到|指出)|要点")
_MARKUP = regex(r"[|#*`<>\n□]|【|】|[xX×]{2,}|\$|\{|\}")


def _foreign_words(bare: str, task: Task) -> Iterator[str]:
    """Faults of ``bare``, the answer with its slots masked: one line a kind, for the model."""
    given = task.words
    if found := _numbers(bare, task, given):
        yield f"不要自己写数字“{'”“'.join(dict.fromkeys(found))}”：有填充项的用填充项，没有的改成不带数量的说法"
    told = _as_compared(given)
    if found := [word for word in _COMPARISONS.findall(bare) if not _compared(_as_compared(word), told)]:
        yield f"不要自己写“{'”“'.join(dict.fromkeys(found))}”，数量的比较由填充项给出，没有相应填充项就不要比较"
    titles = (marked or quoted for marked, quoted in _TITLE.findall(bare))
    if found := [name for name in titles if name not in given and name not in _KNOWN_TITLES]:
        yield f"要点里没有《{'》《'.join(dict.fromkeys(found))}》，不要写没有给出的文件"
    if found := [word for word in _LATIN.findall(bare) if word not in given]:
        yield f"要点里没有“{'”“'.join(dict.fromkeys(found))}”，不要写外文"
    if found := [word for word in _TALK.findall(bare) if word not in given]:
        yield f"“{'”“'.join(dict.fromkeys(found))}”是对话，不是报告的话，只写正文"
    if found := sorted(set(_MARKUP.findall(bare))):
        yield f"只写句子，不要用符号 {' '.join('换行' if mark == chr(10) else mark for mark in found)}"


def _as_compared(text: str) -> str:
    """A text with comparisons spelled one way: 比去年 and 同比 are 较上年, 排第 and 位居 are 排名."""
    return _RANKED.sub("排名", _LAST_YEAR.sub("较上年", text))


def _compared(word: str, given: str) -> bool:
    """Whether the office wrote so: 增加 of 增6类."""
    return spelled_out(word) in spelled_out(given) or (word.removesuffix("了") in _MOVES and word[0] in given)


def _numbers(bare: str, task: Task, words: str) -> list[str]:
    """Numbers that no slot gave. The report's year and its neighbours, and what the office wrote, are no figures."""
    own_years = {str(task.year + n) for n in (-1, 0, 1)}
    given = own_years.union(_DIGITS.findall(words))  # whole numbers: the 1 of 12345 is none
    found = [text for text in _DIGITS.findall(bare) if text not in given]
    found += [sign for sign in bare if _odd_numeral(sign) and sign not in words]
    text = _ORDER.sub("", bare)
    given_words = words + spelled_out(words) + words.replace("个", "")  # 一人 of 一个人
    found += [m.text for m in mentions_in(text) if not _DIGITS.search(m.text) and m.text not in words]
    return found + [m.group() for counts in _CHINESE for m in counts.finditer(text) if m.group() not in given_words]


def _odd_numeral(sign: str) -> bool:
    """③, Ⅻ, ٣, ½: numbers in none of the two ways that are looked for by themselves."""
    return sign.isnumeric() and ord(sign) not in _IDEOGRAPHS and sign not in "〇" and not _DIGITS.match(sign)


# Whether an answer means what the office meant: each figure told as what it counts, this year's matter and not last
# year's.

_SENTENCE = regex(r"[^。！？；\n]+")
_DONE = regex(r"已(?!有的)|业经|[^为]了(?!解)")
_FINISHED = regex(r"[已了毕]|过(?![期程去])|完成|建成|办结|均")
_ALL = r"所有|全|均|都|一律|各|每|逐|凡|任何|统一"
# (what claims that there was none, or that it was so of all; how an office may have said that)
_ABSOLUTE = (
    (
        regex(r"没有|未(?!来|成年)|不存在|[并毫暂尚]无|无(?=[一任申复诉行公信])"),
        regex(r"[没未无不零非停免缺]"),
    ),
    (regex(r"所有|全部|全都|一律|悉数|无一|任何"), regex(_ALL)),
    (regex(r"均"), regex(rf"{_ALL}|、|和|及|例外|户户|人人")),  # 均 sums up a list too
)
_OF_THE_FORM = regex(r"申请|公开(?=的?情形|件)|[不予]{2}公开|复议|诉讼|[败胜]诉|纠错|处理费|收费|结转")


def _shifted_tenses(text: str, task: Task) -> Iterator[str]:
    """A measure told as taken that the office does not say so of."""
    notes = "".join(task.points)
    if task.measures and (found := _DONE.search(text)) and not _FINISHED.search(notes):
        yield f"要点没有说已经做完，不要写“{found[0]}”"


def _overstatements(text: str, task: Task) -> Iterator[str]:
    """None or all of a matter of the form, which takes no number to be false: the office must have said so of it."""
    notes = spelled_out("".join(task.points))
    for said in _SENTENCE.findall(spelled_out(text)):
        beside = any(topic not in notes for topic in _OF_THE_FORM.findall(said))
        for claims, meant in _ABSOLUTE:
            if (found := claims.search(said)) and (beside or not meant.search(notes)):
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
