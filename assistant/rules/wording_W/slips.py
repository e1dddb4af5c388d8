"""W107, W108: doubled characters, and characters that are missing, wrong or changed places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from operator import ne

from assistant.figures.dossier import Dossier
from assistant.language.key_terms import key_terms, near_misses
from assistant.language.prose import Prose
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.lexicon.openings import guarded
from assistant.patterns import regex
from assistant.report import Mark
from assistant.rules.base import Hit, hit_at, hit_on, rule
from assistant.rules.wording_W.word_lists import Entry, entries, entry, entry_hits, everywhere

_DOUBLED = load("doubled")
_RIGHT = frozenset(_DOUBLED["right"].split())
_NOT_RIGHT, _NAME_TWICE, _JUNCTION = (regex(_DOUBLED[part]) for part in ("not_right", "name_twice", "junction"))
_ALONE, _SUFFIXES, _PREFIXES = (frozenset(_DOUBLED[part]) for part in ("alone", "suffixes", "prefixes"))
_SURNAMES, _GIVEN = (frozenset("".join(load("people")[part].split())) for part in ("surnames", "given"))
_NUMERALS = "〇零一二三四五六七八九十百千万亿两几多数每各该这那第全本上下首末半"
_PAIR = regex(rf"(?![{_NUMERALS[:16]}])(\p{{Han}})\1")
_AABB = regex(r"(\p{Han})\1(\p{Han})\2")
_COUNTED = regex(rf"[\d{_NUMERALS}][余多]?$")
_WORD_TWICE = regex(r"(?=(\p{Han}{2,6})\1)")
_CHINESE_NUMERAL = regex(r"[一二三四五六七八九十百千两几]")
_PLACES = "省市县区镇乡村"
_PUNCTUATION_TWICE = regex(r"([，。；：、])\1+|[，、；：][。，；：、]|。[，、；]")
_AROUND = 40  # characters that are cut into words on either side


@rule("W107", "叠字", severity="warning", basis="文字校对")
def nothing_is_doubled(dossier: Dossier) -> Iterator[Hit]:
    """同一个字、同一个词或标点误打了两遍。正常的叠词（天天、家家户户、明明白白）、数词、前一词的末字与后一词的首字相同（体制制度、全市市场）不报。

    依据：文字校对。
    违例：惠民政策的的落实；云川县县人民政府。
    正例：事事有回应；云川县县长。
    """
    for paragraph in everywhere(dossier.report):
        text = paragraph.text
        for found in _PAIR.finditer(text):
            if _is_doubled(text, found.start()):
                yield hit_on(found, paragraph, f"“{found.group()}”多了一个“{found[1]}”", found[1])
        for found in _WORD_TWICE.finditer(text):
            word = found[1]
            if len(set(word)) > 1 and not _CHINESE_NUMERAL.search(word) and not _two_phrases(text, found.start(), word):
                end = found.start() + 2 * len(word)
                yield hit_at(found.start(), end, paragraph, f"“{word}”写了两遍", word, word * 2)
        for found in _PUNCTUATION_TWICE.finditer(text):
            yield hit_on(found, paragraph, f"标点“{found.group()}”重复", found.group()[-1])


def _is_doubled(text: str, at: int) -> bool:
    """Whether two equal characters are a slip: one of them is no part of a word.

    The words of a dictionary tell: in 信息息公开 (信息, 息, 公开) one 息 is left over, in 体制制度 (体制, 制度) none.
    """
    char = text[at]
    if char in _PLACES:
        return bool(_NAME_TWICE.match(text, max(0, at - 1)))
    if any(_AABB.match(text, start) for start in (at - 2, at) if start >= 0) or _COUNTED.search(text[:at]):
        return False
    if _JUNCTION.match(text, max(0, at - 1)):
        return False
    if char * 2 in _RIGHT and not _NOT_RIGHT.match(text, at):
        return False
    left, right = _words_around(text, at)
    if len(left) > 1 and len(right) == 1 and _is_a_word(text[at + 1 : at + 3]):
        return False  # 耕地地力: cut as 耕地, 地, 力
    if len(left) != 1 and len(right) != 1:
        return False  # one word of the dictionary, or the end of one and the beginning of another
    if len(left) == len(right):
        named = char in _GIVEN and text[max(0, at - 1)] in _SURNAMES  # 王丽丽
        return not named and char not in _SUFFIXES | _PREFIXES
    if len(left) == 1 and char in _SUFFIXES and at and "\u4e00" <= text[at - 1] <= "\u9fff":
        return False  # 民政局局长: the dictionary does not have every name
    return char not in _ALONE and not (len(right) == 1 and char in _PREFIXES)


def _words_around(text: str, at: int) -> tuple[str, str]:
    """The words that ``text[at]`` and ``text[at + 1]`` belong to; two empty ones when it is the same word."""
    words, place = _cut_around(text, at)
    for word, following in pairwise((*words, "")):
        if place <= at < place + len(word):
            return ("", "") if at + 1 < place + len(word) else (word, following)
        place += len(word)
    return "", ""


def _cut_around(text: str, at: int) -> tuple[list[str], int]:
    """The words around a place, and where the first of them begins."""
    begin = max(0, at - _AROUND)
    nearby = text[begin : at + _AROUND]
    run = next(each for each in phrase("joints", "word").finditer(nearby) if each.start() <= at - begin < each.end())
    return _cut(run.group()), begin + run.start()


def _cut(text: str) -> list[str]:
    import rjieba  # loads its dictionary: most reports have nothing to ask it

    words: list[str] = rjieba.cut(text, hmm=False)
    return words


def _two_phrases(text: str, at: int, word: str) -> bool:
    """Whether one phrase ends with a word and the next begins with it: 信息公开公开目录, 人民政府政府信息."""
    behind = text[at + 2 * len(word) :]
    if word * 2 in _DOUBLED["words"] and re.match(_DOUBLED["words_before"], behind):
        return True
    words, place = _cut_around(text, at)
    middle = at + len(word)
    for each in words:
        if (place < at and place + len(each) == middle) or (place == middle and len(each) > len(word)):
            return True
        place += len(each)
    return False


@rule("W108", "脱字、错别字", severity="warning", basis="文字校对，格式用语")
def nothing_is_misspelt(dossier: Dossier) -> Iterator[Hit]:
    """四种查法：常见错别字词典；格式和业务的固定用语错一个字（按相似查，不靠词典列举）、缺一个字或两个字颠倒；分句末尾剩下半个词。用语和词典见
    assistant/lexicon/data/slips.toml，书名号内的文件名称也按固定用语核对；换了字以后是另一个词的不报。国名、政府、党的理论和重要提法错一个字的，
    作错误；用“截止”代“截至”一类的用法问题作提示。

    依据：格式用语；文字校对。
    违例：开通网上受理渠。政府息公开；公共企事业单的信息；区攻府；中华人民共合国；依据法律法归公开。
    正例：开通网上受理渠道；引水干渠；村务公开；行政复核。
    """
    slips = entry_hits(dossier.report, _slips(), "“{found}”疑为“{instead}”：{why}")
    told = [hit for hit in slips if not _is_quoted(hit.marks[0])]
    for paragraph in everywhere(dossier.report):
        told += _broken_terms(paragraph)
        told += _stumps(paragraph)
    yield from told
    places = {(id(mark.paragraph), at) for hit in told for mark in hit.marks for at in range(mark.start, mark.end)}
    for paragraph in everywhere(dossier.report):
        for hit in _one_wrong(paragraph):
            mark = hit.marks[0]
            if not any((id(mark.paragraph), at) in places for at in range(mark.start, mark.end)):
                yield hit


def _is_quoted(mark: Mark) -> bool:
    """Whether a word stands alone in quotation marks: it is spoken of, 把“帐号”当“账号”一样查得到."""
    assert mark.paragraph is not None
    return mark.paragraph.text[mark.start - 1 : mark.start] + mark.paragraph.text[mark.end : mark.end + 1] == "“”"


@cache
def _slips() -> tuple[Entry, ...]:
    """Slips that need a look around, and words that are none."""
    pairs = load("slips")["pairs"].items()
    return (*entries("slips", "slip"), *(entry(wrong, "音近、形近误写", right) for wrong, right in pairs))


def _one_wrong(paragraph: Prose) -> Iterator[Hit]:
    """Key names and terms with one character wrong."""
    if heading := _heading_slip(paragraph):
        yield heading
    slips = [
        (slip.start, slip.end, slip.term.words, slip.term.fixed) for slip in near_misses(paragraph.text, key_terms())
    ]
    for found in phrase("units", "government_misspelt").finditer(paragraph.text):
        start = found.start("government")
        if _is_no_word(paragraph.text, start):
            slips.append((start, found.end(), "政府", True))
    told: set[int] = set()
    for start, end, right, fixed in sorted(slips, key=lambda slip: (slip[0] - slip[1], slip[0])):
        if not told.intersection(range(start, end)):  # 政府信息共开 is a slip of 政府信息公开 and of 信息公开
            told.update(range(start, end))
            yield _misspelt(paragraph, start, end, right, fixed)


def _heading_slip(paragraph: Prose) -> Hit | None:
    """A heading that is one character off the name of one of the five matters: （二）已申请公开."""
    found = phrase("numbering", "named_heading").match(paragraph.text)
    for name in load("slips")["headings"] if found else ():
        if found and len(name) == len(found["name"]) and sum(map(ne, name, found["name"])) == 1:
            return _misspelt(paragraph, *found.span("name"), name, False)
    return None


def _is_no_word(text: str, start: int) -> bool:
    """Whether neither of two characters is part of a word, of 政府 itself apart."""
    import rjieba

    around = [(low, high) for low in range(start - 2, start + 2) for high in range(max(low, start) + 1, start + 5)]
    return not any(
        high - low >= 2 and low >= 0 and rjieba.has_word(text[low:high])
        for low, high in around
        if high > start and low < start + 2 and "政府" not in text[low:high]
    )


def _misspelt(paragraph: Prose, start: int, end: int, right: str, grave: bool) -> Hit:
    written = paragraph.text[start:end]
    hit = hit_at(start, end, paragraph, f"“{written}”疑为“{right}”，错一个字", right, written)
    return hit._replace(severity="error" if grave else None)


@cache
def _broken() -> tuple[re.Pattern[str], dict[str, str]]:
    """Terms with one character missing or two changed places, and the terms that they were.

    The first and last two characters stay: what is left of 政府信息公开 without its 府 may be part of 行政信息公开.
    """
    right: dict[str, str] = {}
    for term in load("slips")["term"]:
        word, but = term["words"], term["but"]
        for at in range(2, len(word) - 2):
            right[word[:at] + word[at + 1 :]] = word
        for at in range(1, len(word) - 2):
            right[word[:at] + word[at + 1] + word[at] + word[at + 2 :]] = word
        for variant in (*but, word):
            right.pop(variant, None)
    cut = {
        f"{term['words'][:-1]}(?![{term['words'][-1]}{term['but']}])": term["words"] for term in load("slips")["cut"]
    }
    known = "|".join([*map(re.escape, sorted(right, key=len, reverse=True)), *cut])
    return re.compile(known), right | {term["words"][:-1]: term["words"] for term in load("slips")["cut"]}


def _broken_terms(paragraph: Prose) -> Iterator[Hit]:
    pattern, right = _broken()
    for found in pattern.finditer(paragraph.text):
        word = right[found.group()]
        yield hit_on(found, paragraph, f"“{found.group()}”疑为“{word}”，缺字或颠倒", word)


_STUMPS = {each["words"]: each["instead"] for each in load("slips")["stump"]}
_STUMP = guarded(
    r"(?<=\p{Han})(?:"
    + "|".join(f"(?<![{each['but'] or '○'}]){each['words']}" for each in load("slips")["stump"])
    + r")(?=[，。；！？]|\s*$)"
)


def _stumps(paragraph: Prose) -> Iterator[Hit]:
    """Half a word at the end of a clause: no word of the dictionary ends there."""
    for found in _STUMP.finditer(paragraph.text):
        if not _ends_a_word(paragraph.text[: found.end()]):
            end, whole = paragraph.text[max(0, found.start() - 3) : found.end()], _STUMPS[found.group()]
            yield hit_on(found, paragraph, f"“{end}”末尾疑缺字，可能是{whole}", whole)


def _is_a_word(text: str) -> bool:
    import rjieba

    return bool(rjieba.has_word(text))


def _ends_a_word(text: str) -> bool:
    import rjieba

    return any(rjieba.has_word(text[-length:]) for length in (2, 3, 4))
