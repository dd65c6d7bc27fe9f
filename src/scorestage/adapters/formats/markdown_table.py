"""Tables as Markdown, for notes and tickets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scorestage.paperwork import Table

_BREAKS = re.compile(r"[\r\n\t\x0b\x0c\x85\u2028\u2029]+")
_SIGNS = re.compile(r"([\\|`*_\[\]<>#])")


def markdown_of(tables: Sequence[Table]) -> bytes:
    """Each table below its title; signs that Markdown would take for its own are set off.

    >>> from scorestage.paperwork import Column
    >>> table = Table("T", (Column("A", 1), Column("B", 1, right=True)), (("x|y", "2"),))
    >>> print(markdown_of([table]).decode().strip())
    # T
    <BLANKLINE>
    | A | B |
    |---|--:|
    | x\\|y | 2 |
    """
    parts = [_of(table) for table in tables]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _of(table: Table) -> str:
    lines = [f"# {_plain(table.title)}", ""]
    lines += [f"- {_plain(name)}: {_plain(words)}" for name, words in table.facts]
    lines += [""] * bool(table.facts)
    lines.append("| " + " | ".join(_plain(column.heading) for column in table.columns) + " |")
    lines.append("|" + "|".join("--:" if column.right else "---" for column in table.columns) + "|")
    for index, row in enumerate(table.rows):
        cells = ["<br>".join(_plain(line) for line in cell.split("\n")) for cell in row]
        if index in table.strong:
            cells = [f"**{cell}**" if cell else "" for cell in cells]
        lines.append("| " + " | ".join(cells) + " |")
    lines += [""] * bool(table.legend) + [_plain(line) for line in table.legend]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", _BREAKS.sub(" ", text).strip())
