"""What a conversation was about: the question before, and the units and years last spoken of."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.asking.questions.expressions import may_be_added
from assistant.asking.questions.periods import Period
from assistant.asking.questions.question import Question

__all__ = ["Context", "says_when"]


@dataclass(frozen=True, slots=True)
class Context:
    """The question before, and the units and years last spoken of, which a question about the regulation leaves alone;
    ``earlier`` are the units spoken of before those, ``previous`` is the question before the question before."""

    question: Question
    units: tuple[str, ...]
    period: Period | None
    earlier: tuple[str, ...] = ()
    previous: Question | None = None

    @classmethod
    def after(cls, question: Question, before: Context | None) -> Context:
        """The context once ``question`` was asked."""
        own = question.period if says_when(question.period) else before.period if before else None
        last, earlier = (before.units, before.earlier) if before else ((), ())
        units = question.named.units or last
        return cls(question, units, own, earlier if units == last else last, before.question if before else None)

    def last_two(self) -> tuple[str, ...]:
        """The figures of the last two questions, where both were of the same units and years: 加起来多少."""
        last, previous = self.question, self.previous
        if previous is None or (previous.named.units, previous.period.years) != (last.named.units, last.period.years):
            return ()
        both = tuple(dict.fromkeys(one[0] for question in (previous, last) for one in question.metrics))
        return both if may_be_added(both) else ()


def says_when(period: Period) -> bool:
    """Whether a question names its years."""
    return bool(period.years or period.open)
