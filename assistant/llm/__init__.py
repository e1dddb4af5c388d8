"""The model: opening it, asking it for an instance of a schema, and the prompts it is asked with."""

from __future__ import annotations

from assistant.llm.ask import Answered, Budget, Refused, ask
from assistant.llm.model import Model, open_model
from assistant.llm.prompts import fenced, prompt

__all__ = ["Answered", "Budget", "Model", "Refused", "ask", "fenced", "open_model", "prompt"]
