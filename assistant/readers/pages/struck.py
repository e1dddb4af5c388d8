"""Text that a line is drawn through. What a person crosses out is not said: 99 struck out before 35 is not 9935."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, takewhile

from assistant.readers.pages.page import Page, Piece, Segment

__all__ = ["without_struck"]

# Of a character's box from its top: where a line goes through it. Fonts tell their boxes differently; one that
# underlines lies at .85 or lower.
_HIGHEST, _LOWEST = 0.3, 0.82
_BEYOND = 0.5  # type sizes: a line that reaches further than the words is a ruling line
_COVERED = 0.6  # of the line: words stand along it
_STRIP, _TALLEST = 8.0, 72.0  # points: pieces are looked for by strips of the page; what is higher is no text
_MOST_VISITS = 1_000_000  # pieces looked at for the lines of a document; a full page needs some 20,000


def without_struck(pages: Sequence[Page]) -> list[tuple[Page, str]]:
    """Each page without what is crossed out on it and the lines that do so, and the words of it that came first.

    Only what was written is looked at: of a picture it is not known what is a line, and what a stroke of type.
    """
    visits = count()
    return [_without_struck(page, visits) for page in pages]


def _without_struck(page: Page, visits: Iterator[int]) -> tuple[Page, str]:
    strips: dict[int, list[Piece]] = defaultdict(list)
    for piece in page.pieces:
        if piece.confidence == 1 and piece.bottom - piece.top < _TALLEST:
            for strip in range(int(piece.top // _STRIP), int(piece.bottom // _STRIP) + 1):
                strips[strip].append(piece)
    struck: set[Piece] = set()
    lines: set[Segment] = set()
    first = ""
    for line in page.horizontal:
        near = takewhile(lambda _: next(visits) < _MOST_VISITS, strips.get(int(line.at // _STRIP), ()))
        crossed = [piece for piece in near if _crosses(line, piece)]
        if crossed and _is_drawn_for(line, crossed):
            first = first or "".join(piece.text for piece in crossed)
            struck.update(crossed)
            lines.add(line)
    if not struck:
        return page, ""
    pieces = (piece for piece in page.pieces if piece not in struck)
    horizontal = (line for line in page.horizontal if line not in lines)
    return page._replace(pieces=tuple(pieces), horizontal=tuple(horizontal)), first


def _crosses(line: Segment, piece: Piece) -> bool:
    down = (line.at - piece.top) / max(piece.bottom - piece.top, 1e-6)
    return _HIGHEST < down < _LOWEST and line.start <= piece.centre[0] <= line.end


def _is_drawn_for(line: Segment, pieces: Sequence[Piece]) -> bool:
    """Whether it begins and ends with these words."""
    beyond = max(min(piece.x0 for piece in pieces) - line.start, line.end - max(piece.x1 for piece in pieces))
    covered = sum(piece.x1 - piece.x0 for piece in pieces)
    return beyond <= _BEYOND * pieces[0].size and covered >= _COVERED * (line.end - line.start)
