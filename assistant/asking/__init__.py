"""Answering questions: figures exactly from the catalog, everything else from passages, always with citations.

``questions`` takes a question apart, ``calculation`` answers from figures, ``passages`` from text, ``conversation``
keeps what was said before.
"""

from __future__ import annotations

from assistant.asking.conversation.chat import ask_once as answer
from assistant.asking.result import Answer, AnswerFigure, Citation

__all__ = ["Answer", "AnswerFigure", "Citation", "answer"]
