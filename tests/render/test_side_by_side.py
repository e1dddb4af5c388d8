"""What a comparison marks inside a paragraph."""

from __future__ import annotations

from assistant.comparing import ParagraphPair
from assistant.render.side_by_side import diff_pieces


def test_a_number_is_marked_as_a_whole():
    old, new = diff_pieces(ParagraphPair("作出许可400件，占3.5%。", "作出许可428件，占3.7%。"))
    assert [piece.text for piece in old if piece.mark == "del"] == ["400", "3.5"]
    assert [piece.text for piece in new if piece.mark == "ins"] == ["428", "3.7"]
    assert "".join(piece.text for piece in new) == "作出许可428件，占3.7%。"
