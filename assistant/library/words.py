"""Chinese text as words for the full-text index, and a question as a safe FTS5 query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["content_words", "fts_query", "indexed_words", "words"]

_WORD = re.compile(r"\w+")
# Words of which questions are made and that say nothing about what is asked. Common words of the field (政府, 信息, 公开)
# need no list: standing in every passage, they weigh next to nothing.
_EMPTY_WORDS = """
的 了 是 在 有 和 与 及 或 等 对 被 把 由 向 从 到 为 以 于 之 其 所 也 都 还 又 就 才 会 能 要 该 应 应当 可以 可 吗 呢 吧 啊 么
什么 怎么 怎样 怎么样 怎么办 如何 哪 哪些 哪个 哪里 哪儿 是否 能否 能不能 不能 有没有 请问 一下 告诉 想 知道 我 我们 你 他 这 那 这个 那个
个 件 条 次 元 年 月 日 天 天内 内 里 中 上 下 后 前 时 时候 时间 多长 长时间 多久 最 最晚 最早 晚 早 一共 总共 共 一 不 没有 多 谁
要不要 不要 归 归谁 该不该 是不是 算不算 可不可以 应该 东西 同样 一样 同一个 一个 不好 第几 第几次 哪天 多长时间 受 包括 没有 没 人 来 去
叫 叫做 叫作 由谁 由谁来 谁来 些 写些 做些 有些 回事 怎么回事 咋 咋办 啥 哪类 哪几类 哪种 哪几种 哪项 哪几项 何 多大 嘛 呗 做法
不是 是不是 行 不行 出来 以外 以后 之后 以前 之前 一直 已经 有人 因为 由于 做到 更 别的 其他 这里 那里 这样 那样 我要 不会 不够 够 干 得到 让 还能 干脆 能查
为什么 说 讲 介绍 关于 情况 意思 含义 定义 指 规定 一般 必须 需要 方面 进行 做 办 开 搞 收 花 用 写 钱 呢 目前 现在 到底
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_EITHER_WAY = re.compile(r"([\u4e00-\u9fff])[不没]\1")  # 收没收, 算不算: the verb alone
_HOW_MANY = re.compile(r"^(?:几|多少)")  # 几场, 多少天: the answer has a number there instead


def words(text: str, *, guess: bool = True) -> list[str]:
    """The words of a text in rjieba's search mode (long words give their parts too); no punctuation.

    ``guess`` takes what its dictionary has not for words too, where that is likely; else such text is cut into characters.
    """
    import rjieba  # loads its dictionary: a question about a figure need not

    folded = _EITHER_WAY.sub(r"\1", unicodedata.normalize("NFKC", text).lower())
    return [word for word in rjieba.cut_for_search(folded, guess) if _WORD.fullmatch(word)]


def indexed_words(text: str) -> str:
    """A text as the full-text index keeps it: its words, joined by blanks."""
    return " ".join(words(text))


def content_words(text: str) -> list[str]:
    """The words of a question that tell what is asked, each once, in order."""
    return [word for word in dict.fromkeys(words(text)) if word not in _EMPTY and not _HOW_MANY.match(word)]


def fts_query(asked: Iterable[str]) -> str:
    """An FTS5 expression that matches any of the words; every word quoted, so that none is an operator."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in asked)
