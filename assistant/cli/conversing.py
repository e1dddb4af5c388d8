"""The loop of ``chat``: lines as they come in, commands that open with /, and what is shown for each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from assistant import interrupts
from assistant.asking.conversation.chat import Conversation
from assistant.asking.conversation.history import KEPT, History
from assistant.errors import AssistantError
from assistant.render.conversation import export, show_sources, show_turn
from assistant.text import printable

__all__ = ["Talk"]

_PROMPT = "问："
_HELP = f"""直接输入问题；后面的问题可以省略单位、年度和指标，如“那2023年呢？”“法人的呢？”“和上年比呢？”。
  /出处         上一个回答的出处全文
  /导出 文件    把对话写入新文件，.docx 或 .md
  /帮助         这份说明
  /退出         结束（或 Ctrl-D）
英文的 /sources、/export、/help、/quit 也可以。
回答途中按 Ctrl-C 放弃这个问题。对话保存在资料库文件夹里，最多{KEPT}次，只有本人可读；\
assistant chat --continue 接着上次谈。"""
_ENGLISH = {"sources": "出处", "export": "导出", "help": "帮助", "quit": "退出", "exit": "退出"}


class Talk:
    """One sitting: reads from standard input until its end, /退出, or Ctrl-C at an empty prompt."""

    def __init__(self, history: History, out: Console, notices: Console) -> None:
        self._history, self._out, self._notices = history, out, notices
        self._streamed = False
        self._kept = True
        self._commands: dict[str, Callable[[str], None]] = {
            "出处": self._sources, "导出": self._export, "帮助": lambda _: out.print(_HELP, markup=False),
        }  # fmt: skip

    def say(self, text: str) -> None:
        """A notice, beside what is answered."""
        self._notices.print(printable(text), style="dim", markup=False)

    def show(self, sentence: str) -> None:
        """A sentence of a model, once it was held against what it cites."""
        self._streamed = True
        self._out.print(printable(sentence), markup=False)

    def run(self, conversation: Conversation) -> None:
        """Answer until there are no more questions."""
        self._conversation = conversation
        if sys.stdin.isatty():
            with suppress(ImportError):  # Windows has none, and its console edits lines itself
                import readline  # noqa: F401 — that input() has arrow keys and earlier lines
            self._out.print("输入问题，/帮助 看说明，/退出 结束。", style="dim")
        for line in self._lines():
            command, _, rest = line[1:].replace("　", " ").partition(" ")
            command = _ENGLISH.get(command.lower(), command)
            try:
                if not line.startswith(("/", "／")):  # as Chinese keyboards have it
                    self._answer(line)
                elif command == "退出":
                    return
                else:
                    self._commands.get(command, self._unknown)(rest.strip())
            except AssistantError as error:
                self._notices.print(str(error), markup=False)
            except KeyboardInterrupt:
                interrupts.again()
                self._notices.print("\n已放弃这个问题。")

    def _answer(self, line: str) -> None:
        self._streamed = False
        turn = self._conversation.ask(line)
        show_turn(turn, self._out, streamed=self._streamed)
        if not self._kept:
            return
        try:
            self._history.add(turn)
        except AssistantError as error:
            self._kept = False  # said once: the conversation itself goes on
            self._notices.print(str(error), markup=False)

    def _sources(self, _: str) -> None:
        if self._conversation.turns:
            show_sources(self._conversation.turns[-1], self._out)
        else:
            self._out.print("还没有提过问题。")

    def _export(self, name: str) -> None:
        if not name:
            raise AssistantError("没有写文件名", help="例如：/导出 问答.docx")
        if not self._conversation.turns:
            raise AssistantError("还没有提过问题，没有可以写的内容", help="请先提问。")
        export(self._conversation.turns, Path(name).expanduser())
        self._out.print(f"已写入{name}", markup=False)

    def _unknown(self, _: str) -> None:
        raise AssistantError("没有这个命令", help="/帮助 看有哪些命令。")

    def _lines(self) -> Iterator[str]:
        """Lines that are not empty. Piped ones are echoed, so that what is kept of the output can be read by itself."""
        piped = not sys.stdin.isatty()
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")
        while True:
            try:
                line = printable(input("" if piped else _PROMPT))
            except (EOFError, KeyboardInterrupt):
                self._out.print()
                return
            if line:
                if piped:
                    self._out.print(f"{_PROMPT}{line}", markup=False)
                yield line
