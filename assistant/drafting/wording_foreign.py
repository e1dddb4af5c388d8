"""What an answer may not bring in from elsewhere: numbers, comparisons, ranks, articles, documents, foreign words.

What the office wrote itself is never foreign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.wording_task import MARK, Task
from assistant.figures.mentions import mentions_in

__all__ = ["foreign_words"]

_DIGITS = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
_ORDER = re.compile(r"(?:^|(?<=[。；：，]))[一二三四五六七八九十]是")
_COUNTED = r"(?:个|项|类|种|批|轮|天|张|处|所|间|套|条|件|份|次|期|场|人|名|家|篇|场次|人次|元|倍)"
_CHINESE = (
    # A numeral before a word that counts or measures. 一 is left out: 一批, 一次性, 一键 are words …
    re.compile(rf"[二两三四五六七八九十百千万亿]+[余多几]?{_COUNTED}"),
    # … but where it can only count: 召开一场, not 同一场, 一次性, 一件事.
    re.compile(r"(?<![同第每逐统某任单这唯])一(?:场|篇|期|份|家|倍|件(?!事)|次(?!性)|条(?!龙))"),
    re.compile(r"第[一二三四五六七八九十百零0-9０-９]+[条款项章]"),
    re.compile(r"十几|几[十百千万]|数[十百千万]|上[百千万]|成百|近百"),
    re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}|[廿卅]"),
    re.compile(r"[一二三四五六七八九〇零]{4}年?"),
    re.compile(r"[一二三四五六七八九十]+月(?:底|份|前|中)?"),
)
_IDEOGRAPHS = range(0x3400, 0xA000)  # 参, 伍, 陆 are numerals to Unicode, and words to everybody
# Which way a figure went, and where it stands among others, is arithmetic's to say, as the figure is.
_COMPARISONS = re.compile(
    r"同比|环比|[较比](?:上年|去年|往年)|[上去]年同期|增长|下降|上升|增幅|降幅|翻[一两]?番|翻倍|持平|最[多高少低]|最大(?!限度|程度|化)"
    # 增加查询渠道, 减少重复提交 is what was done; 数量增加, 增加了〓, 逐年减少 is how a figure went.
    rf"|(?:增加|减少)了?(?=[到至{MARK}，。；、]|$|明显|显著|较)|(?:数量|[人件次条]数|逐年|大幅|明显|显著|持续|有所|不断|同步|稳步)(?:增加|减少)"
    r"|(?<![放摆]在)首位|前列|首[次个创]|率先"
    r"|[名位]列|位居|排名|第[一二三四五六七八九十]+[名位]|过半|[近超逾]?[一二三四五六七八九]成|百分之|百分百|[一二三四五六七八九十]分之"
    r"|一半|半数|大?多数|大部分|绝大|少数(?!民族)|普遍|居多|零(?:投诉|差错|失误|超期|延误|败诉|纠错|复议|诉讼)"
)
_TITLE = re.compile(r"《([^《》]+)》|[〈“]([^〈〉“”]+(?:办法|条例|规定|意见|方案|通知|细则|规划|要点|制度))[〉”]")
_KNOWN_TITLES = frozenset(
    ("政府信息公开条例", "中华人民共和国政府信息公开条例", "政府信息公开信息处理费管理办法")
)  # what every such report rests on
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]{2,}")
# A report addresses nobody and does not announce itself: this is a model talking, often to orders found in the data.
_TALK = re.compile(r"[你您]|好的，|遵命|抱歉|提示词|以下是|如下：|年度?报告(?:中|里|显示|提到|指出)|要点")
_MARKUP = re.compile(r"[|#*`<>\n□]|【|】|[xX×]{2,}|\$|\{|\}")


def foreign_words(bare: str, task: Task) -> Iterator[str]:
    """Faults of ``bare``, the answer with its slots masked: one line a kind, for the model."""
    given = task.words
    if found := _numbers(bare, task, given):
        yield f"不要自己写数字“{'”“'.join(dict.fromkeys(found))}”：有填充项的用填充项，没有的改成不带数量的说法"
    if found := [word for word in _COMPARISONS.findall(bare) if word not in given]:
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


def _numbers(bare: str, task: Task, words: str) -> list[str]:
    """Numbers that no slot gave. The report's year and its neighbours, and what the office wrote, are no figures."""
    own_years = {str(task.year + n) for n in (-1, 0, 1)}
    given = own_years.union(_DIGITS.findall(words))  # whole numbers: the 1 of 12345 is none
    found = [text for text in _DIGITS.findall(bare) if text not in given]
    found += [sign for sign in bare if _odd_numeral(sign) and sign not in words]
    text = _ORDER.sub("", bare)
    found += [m.text for m in mentions_in(text) if not _DIGITS.search(m.text) and m.text not in words]
    return found + [m.group() for counts in _CHINESE for m in counts.finditer(text) if m.group() not in words]


def _odd_numeral(sign: str) -> bool:
    """③, Ⅻ, ٣, ½: numbers in none of the two ways that are looked for by themselves."""
    return sign.isnumeric() and ord(sign) not in _IDEOGRAPHS and sign not in "〇" and not _DIGITS.match(sign)
