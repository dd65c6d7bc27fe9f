"""Work done ahead in a thread of its own: frames are drawn while others are being encoded."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from queue import Full, Queue
from threading import Event
from typing import Generic, TypeVar

Piece = TypeVar("Piece")
AHEAD = 6
THREAD = "scorestage-ahead"
_LOOK_SECONDS = 0.1


class _End(Enum):
    """Nothing more comes."""

    REACHED = "reached"


class _Filler(Generic[Piece]):
    """Takes pieces from their source into a queue until told to stop."""

    def __init__(self, pieces: Generator[Piece, None, None], count: int) -> None:
        self.queue: Queue[Piece | _End] = Queue(count)
        self.stopped = Event()
        self._pieces = pieces

    def fill(self) -> None:
        """Run in a thread of its own; the source is begun, used and closed there."""
        try:
            for piece in self._pieces:
                if not self._put(piece):
                    break
        finally:
            self._pieces.close()
            self._put(_End.REACHED)

    def _put(self, piece: Piece | _End) -> bool:
        while not self.stopped.is_set():
            try:
                self.queue.put(piece, timeout=_LOOK_SECONDS)
            except Full:
                continue
            return True
        return False


def ahead(pieces: Generator[Piece, None, None], count: int = AHEAD) -> Generator[Piece, None, None]:
    """The same pieces in order, up to `count` of them made in advance.

    A fault in making them is raised here. Closing it early stops the making, too.

    >>> list(ahead(letter for letter in "take 5"))
    ['t', 'a', 'k', 'e', ' ', '5']
    """
    filler = _Filler(pieces, count)
    with ThreadPoolExecutor(1, thread_name_prefix=THREAD) as thread:
        filling = thread.submit(filler.fill)
        try:
            while not isinstance(got := filler.queue.get(), _End):
                yield got
            filling.result()
        finally:
            filler.stopped.set()
