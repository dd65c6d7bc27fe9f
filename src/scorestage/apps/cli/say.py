"""How the command line speaks: plain tables, JSON, a progress line."""

from __future__ import annotations

import json
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_BAR_CELLS = 28
_LINE_CELLS = 98


def as_json(answer: object) -> None:
    """Print an answer as JSON."""
    print(json.dumps(answer, indent=1, ensure_ascii=False))


def fault(words: str) -> None:
    """Tell what went wrong, on standard error."""
    print(f"scorestage: {words}", file=sys.stderr)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], *, indent: int = 0) -> None:
    """Print rows in columns; numbers are set flush right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [
        max([len(heading), *(len(row[index]) for row in cells)])
        for index, heading in enumerate(headings)
    ]
    right = [
        bool(cells) and all(row[index].lstrip("+-").replace(".", "").isdigit() for row in cells)
        for index in range(len(headings))
    ]
    for line in (list(headings), ["─" * width for width in widths], *cells):
        parts = (
            cell.rjust(width) if flush else cell.ljust(width)
            for cell, width, flush in zip(line, widths, right, strict=True)
        )
        print(" " * indent + "  ".join(parts).rstrip())


def paragraph(words: str, *, indent: int = 0, hang: int = 0) -> None:
    """Print words in lines that a terminal holds, `hang` cells deeper from the second on."""
    first, others = " " * indent, " " * (indent + hang)
    print(textwrap.fill(words, _LINE_CELLS, initial_indent=first, subsequent_indent=others))


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A progress line on standard error while something long runs; quiet where nobody looks."""
    line = Progress(title)
    try:
        yield line
    finally:
        line.end()


class Progress:
    """One line: a bar, the share done, what is under way."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._shown = sys.stderr.isatty()
        self._began = time.monotonic()
        self._last = 0.0 if self._shown else self._began
        self._last_name = ""

    def __call__(self, share: float, name: str = "") -> None:
        """Show `share` (0 to 1) and what is being done."""
        now = time.monotonic()
        if not self._shown:
            if name and name != self._last_name and now - self._last > 5:
                print(f"{self.title}: {share:4.0%}  {name}", file=sys.stderr, flush=True)
                self._last, self._last_name = now, name
            return
        if now - self._last < 0.05 and share < 1:
            return
        self._last = now
        filled = round(share * _BAR_CELLS)
        bar = "█" * filled + "·" * (_BAR_CELLS - filled)
        text = f"\r{self.title} {bar} {share:4.0%}  {name[:40]:40}"
        print(text, end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            print("\r" + " " * (len(self.title) + _BAR_CELLS + 52) + "\r", end="", file=sys.stderr)
