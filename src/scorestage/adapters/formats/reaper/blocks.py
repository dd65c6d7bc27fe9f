"""The text of a Reaper project: blocks `<NAME …` to `>`, lines of words, three kinds of quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from scorestage.errors import FormatError, Where

MOST_BYTES = 64 * 1024 * 1024
_DEEPEST = 64
_QUOTES = "\"'`"


@dataclass(slots=True)
class Block:
    """One block: the words of its head, its lines as words with their numbers, its inner blocks."""

    words: list[str]
    line: int = 0
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def named(self, name: str) -> Iterator[Block]:
        """The inner blocks of this name, at this level."""
        return (block for block in self.blocks if block.words and block.words[0] == name)

    def first(self, name: str) -> list[str] | None:
        """The first line that begins with `name`."""
        return next((words for _, words in self.lines if words and words[0] == name), None)


def parsed(content: bytes, name: str) -> Block:
    """The outermost block; `FormatError` with the line where the text cannot be understood.

    >>> parsed(b"<REAPER_PROJECT 0.1\\n  TEMPO 120 4 4\\n>", "x").first("TEMPO")
    ['TEMPO', '120', '4', '4']
    """
    if len(content) > MOST_BYTES:
        raise FormatError(f"larger than {MOST_BYTES // 2**20} MB", Where(file=name))
    text = content.decode("utf-8-sig", "replace")
    root: Block | None = None
    open_blocks: list[Block] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("<"):
            block = Block(words_of(line[1:]), number)
            if open_blocks:
                open_blocks[-1].blocks.append(block)
            elif root is None:
                root = block
            open_blocks.append(block)
            if len(open_blocks) > _DEEPEST:
                where = Where(file=name, line=number)
                raise FormatError(f"blocks within blocks {_DEEPEST} deep", where)
        elif line == ">" and open_blocks:
            open_blocks.pop()
        elif line and open_blocks:
            open_blocks[-1].lines.append((number, words_of(line)))
    if root is None or not root.words or root.words[0] != "REAPER_PROJECT":
        do = "its first line must be <REAPER_PROJECT …"
        raise FormatError("this is not a Reaper project", Where(file=name, line=1), do)
    if open_blocks:
        where = Where(file=name, line=open_blocks[-1].line)
        raise FormatError("the project is cut short: this block never ends", where, "copy it again")
    return root


def words_of(line: str) -> list[str]:
    """The words of a line; a quoted one may hold spaces.

    >>> words_of('MARKER 1 7.5 "door slams" 0')
    ['MARKER', '1', '7.5', 'door slams', '0']
    """
    words: list[str] = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
        elif line[at] in _QUOTES:
            end = line.find(line[at], at + 1)
            end = len(line) if end < 0 else end
            words.append(line[at + 1 : end])
            at = end + 1
        else:
            end = at
            while end < len(line) and not line[end].isspace():
                end += 1
            words.append(line[at:end])
            at = end
    return words


def quoted(text: str) -> str:
    """Text as one word, in quotes it does not hold; line ends become spaces.

    >>> print(quoted('say "go"'), quoted("plain"), quoted("a'b"))
    'say "go"' "plain" "a'b"
    """
    text = " ".join(text.split())
    for quote in _QUOTES:
        if quote not in text:
            return f"{quote}{text}{quote}"
    return f"`{text.replace('`', chr(39))}`"
