"""What a model hands in for one part, and what it may not do: words around slots, never a number of its own.

Every fault of an answer is collected before one error is raised, so that the model hears all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from assistant.drafting.slots import SLOT
from assistant.figures.book import Figure
from assistant.figures.mentions import mentions_in
from assistant.text import clean, enumerator

__all__ = ["Draft", "Task"]

_SHORTEST, _LONGEST = 15, 900  # characters of a part
_COVERED = 0.3  # of a point's pairs of characters that must come back in the answer
_GROUNDED = 0.25  # of a sentence's pairs of characters that must come from what the office gave
_MARK = "〓"  # stands for a slot while the words around it are looked at
_DIGITS = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
_ORDER = re.compile(r"(?:^|(?<=[。；：，]))[一二三四五六七八九十]是")
# A numeral before a word that counts or measures. 一 is left out: 一批, 一次性, 一键 are words.
_CHINESE_COUNT = re.compile(
    r"[二两三四五六七八九十百千万亿]+[余多]?(?:个|项|类|种|批|轮|天|张|处|所|间|套|条|件|份|次|期|场|人|名|家|篇|场次|人次|元|倍)"
)
# Which way a figure went is arithmetic's to say, as the figure is.
_DIRECTION = re.compile(
    r"同比|环比|增长|下降|上升|增幅|降幅|翻[一两]?番|翻倍|持平|最[多高少低大]|首位|过半|[近超逾][一二三四五六七八九]成|[一二三四五六七八九]成|百分之|一半|半数"
)
_TITLE = re.compile(r"《([^《》]+)》")
_MARKUP = re.compile(r"[|#*`<>\n]|【|】|[xX×]{2,}|\$|\{|\}")
_KNOWN_TITLES = ("政府信息公开条例", "政府信息公开信息处理费管理办法")
_AFTER_UNIT = r"(?=$|[，。；、：（）,;的])"
_SENTENCE_BEFORE = re.compile(r"[^。；]*$")


@dataclass(frozen=True, slots=True)
class Task:
    """What a part is to be made of: the validation context. ``one_each``: every point becomes one sentence."""

    year: int
    slots: dict[str, Figure]
    required: tuple[str, ...]
    points: tuple[str, ...]
    one_each: bool = False

    @property
    def words(self) -> str:
        """All that the office wrote: what stands here, the model may write too."""
        return SLOT.sub(_MARK, "\n".join((*self.points, *(figure.label for figure in self.slots.values()))))


class Draft(BaseModel):
    """一个部分的正文：每项是一个完整的句子，数字一律用填充项。"""

    model_config = ConfigDict(extra="forbid")

    sentences: list[str] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Draft:
        task: Task = (info.context or {})["task"]
        self.sentences = [_tidy(sentence, task) for sentence in self.sentences if sentence.strip()]
        faults = list(dict.fromkeys(_faults(self.sentences, task)))
        if faults:
            raise ValueError("；".join(faults))
        return self


def _tidy(sentence: str, task: Task) -> str:
    """Without a number of its own (numbering is ours) and without a unit that the slot before it brings along."""
    text = clean(sentence).strip()
    text = text.removeprefix(enumerator(text)).strip()
    for name, figure in task.slots.items():
        if figure.unit:
            slot = re.escape(f"{{{{{name}}}}}")
            text = re.sub(rf"({slot})\s*{re.escape(figure.unit)}{_AFTER_UNIT}", r"\1", text)
    return text


def _faults(sentences: list[str], task: Task) -> Iterator[str]:
    text = "".join(sentences)
    bare = SLOT.sub(_MARK, text)
    yield from _slot_faults(text, task)
    yield from _number_faults(bare, task)
    if found := [word for word in _DIRECTION.findall(bare) if word not in task.words]:
        yield f"不要自己写“{'”“'.join(dict.fromkeys(found))}”，数量的比较由填充项给出，没有相应填充项就不要比较"
    if found := [name for name in _TITLE.findall(bare) if name not in task.words and not name.endswith(_KNOWN_TITLES)]:
        yield f"要点里没有《{'》《'.join(dict.fromkeys(found))}》，不要写没有给出的文件"
    if found := sorted(set(_MARKUP.findall(bare))):
        yield f"只写句子，不要用符号 {' '.join('换行' if mark == chr(10) else mark for mark in found)}"
    if not _SHORTEST <= len(bare) <= _LONGEST:
        yield f"全文有{len(bare)}字，应在{_SHORTEST}到{_LONGEST}字之间"
    if task.one_each and len(sentences) != len(task.points):
        yield f"给了{len(task.points)}条要点，应写{len(task.points)}项，一条一项，现在有{len(sentences)}项"
    yield from _dropped(bare, task)
    yield from _invented(sentences, task)


def _slot_faults(text: str, task: Task) -> Iterator[str]:
    used = SLOT.findall(text)
    if unknown := [name for name in used if name not in task.slots]:
        yield f"没有填充项 {_listed(unknown)}，只能用给出的"
    if missing := [name for name in task.required if name not in used]:
        yield f"还没有写到 {'、'.join(f'{{{{{name}}}}}（{task.slots[name].label}）' for name in missing)}"
    if repeated := [name for name in dict.fromkeys(used) if used.count(name) > 1]:
        yield f"填充项 {_listed(repeated)} 用了不止一次"
    for found in SLOT.finditer(text):
        figure = task.slots.get(found[1])
        if figure and figure.id.startswith("own.") and not _named(figure, text, found):
            yield f"{{{{{found[1]}}}}} 是“{figure.label}”，要在同一句里说明"


def _named(figure: Figure, text: str, found: re.Match[str]) -> bool:
    """Whether the sentence around a slot speaks of what the figure counts."""
    before = _SENTENCE_BEFORE.search(text[: found.start()])
    around = (before.group() if before else "") + re.split(r"[。；]", text[found.end() :], maxsplit=1)[0]
    return bool(_pairs(figure.label) & _pairs(SLOT.sub(_MARK, around)))


def _listed(names: list[str]) -> str:
    return "、".join(f"{{{{{name}}}}}" for name in dict.fromkeys(names))


def _number_faults(bare: str, task: Task) -> Iterator[str]:
    """Numbers that no slot gave. The report's year and its neighbours, and what the office wrote, are no figures."""
    own_years = {str(task.year + n) for n in (-1, 0, 1)}
    digits = _DIGITS.findall(bare)
    given = own_years.union(_DIGITS.findall(task.words))  # whole numbers: the 1 of 12345 is none
    found = [text for text in digits if text not in given]
    words = _ORDER.sub("", bare)
    chinese = (mention.text for mention in mentions_in(words) if not _DIGITS.search(mention.text))
    found += [text for text in chinese if text not in task.words]
    found += [match.group() for match in _CHINESE_COUNT.finditer(words) if match.group() not in task.words]
    if found:
        yield f"不要自己写数字“{'”“'.join(dict.fromkeys(found))}”：有填充项的用填充项，没有的改成不带数量的说法"


def _dropped(bare: str, task: Task) -> Iterator[str]:
    """Points that the answer does not tell, by the pairs of characters it shares with each."""
    told = _pairs(bare)
    for n, point in enumerate(task.points, start=1):
        wanted = _pairs(SLOT.sub("", point))
        if wanted and len(wanted & told) < len(wanted) * _COVERED:
            yield f"第{n}条要点没有写到（{SLOT.sub('', point)[:16]}…）"


def _invented(sentences: list[str], task: Task) -> Iterator[str]:
    """Sentences that have next to nothing from the office: empty talk, or orders found in the data and obeyed."""
    given = _pairs(task.words)
    for sentence in sentences:
        pairs = _pairs(SLOT.sub(_MARK, sentence))
        if pairs and len(pairs & given) < len(pairs) * _GROUNDED:
            yield f"“{sentence[:20]}…”在要点里没有，不要写"


def _pairs(text: str) -> frozenset[str]:
    letters = re.sub(r"\W+", "", text)
    return frozenset(letters[n : n + 2] for n in range(len(letters) - 1))
