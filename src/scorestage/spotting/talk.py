"""Who speaks at a moment: spoken lines in film order, looked up quickly."""

from __future__ import annotations

from bisect import bisect_right

from scorestage.spotting.footage import Speech
from scorestage.timebase import FilmSpan, FilmTime

NO_MARGIN = FilmSpan(0)


class Talk:
    """The film's spoken lines in order.

    >>> talk = Talk((Speech(FilmRange(FilmTime(2), FilmTime(3))),))
    >>> talk.line_at(FilmTime("5/2")) is not None, talk.line_at(FilmTime(3))
    (True, None)
    """

    def __init__(self, speech: tuple[Speech, ...]) -> None:
        self.lines = tuple(sorted(speech, key=lambda line: line.range.start))
        self._starts = [line.range.start.seconds for line in self.lines]
        self._longest = max((line.range.span for line in self.lines), default=NO_MARGIN)

    def line_at(self, at: FilmTime, margin: FilmSpan = NO_MARGIN) -> Speech | None:
        """The line spoken at `at`, or within `margin` before its start or after its end."""
        place = bisect_right(self._starts, (at + margin).seconds) - 1
        while place >= 0:
            line = self.lines[place]
            if line.range.start - margin < at < line.range.end + margin or line.range.holds(at):
                return line
            if at - line.range.start > self._longest + margin:
                return None
            place -= 1
        return None
