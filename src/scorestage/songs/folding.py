"""Parts that come again at once, printed between repeat signs; an upbeat asks for two endings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import ChordSymbol, Note, Sign, StaffSign
from scorestage.songs.drafts import Draft
from scorestage.songs.text import Turn
from scorestage.timebase import Beat, Beats, Meter


@dataclass(frozen=True, slots=True)
class Fold:
    """Parts from `first` to `last` gone through `times` times, whose first one has an upbeat.

    The upbeat of the next time stands in the first ending; `again` are the bars of the second.
    """

    first: int
    last: int
    times: int
    again: tuple[Meter, ...]

    @classmethod
    def of(cls, edges: Sequence[str], drafts: Sequence[Draft]) -> Fold | None:
        """The fold of a form, where endings are needed."""
        first = next((at for at, one in enumerate(edges) if one[:4] in ("star", "both")), None)
        last = next((at for at, one in enumerate(edges) if one[:3] in ("end", "bot")), None)
        if first is None or last is None or not drafts[first].part.upbeat.quarters:
            return None
        return cls(first, last, int(edges[last].partition(":")[2]), _last_bars(drafts[last]))

    @property
    def length(self) -> Beats:
        """How long an ending is."""
        return Beats(sum((meter.length.quarters for meter in self.again), Fraction(0)))

    def sung(self, notes: Sequence[Note], start: Beat, end: Beat) -> Iterator[Note]:
        """The notes with the second ending, and with the upbeat of each later time in the first."""
        turn = end - self.length
        opens = turn - self.length
        own, lead = f"{self.last}.", f"{self.first}."
        for note in notes:
            if note.id.startswith(lead) and note.onset < start:
                yield replace(note, verses=_of_verse(note, first=True))
                again = replace(note, id=f"{note.id}~2", onset=turn + (note.onset - start))
                later = _of_verse(note, first=False)
                words = later[0] if later else None
                lyric = "" if words is None or words.find("text") is None else note.lyric
                yield replace(again, verses=later, lyric=lyric)
                continue
            yield note
            if note.id.startswith(own) and note.onset >= opens:
                yield replace(note, id=f"{note.id}~2", onset=note.onset + self.length)

    def chords(self, chords: Sequence[ChordSymbol], end: Beat) -> list[ChordSymbol]:
        """The chords of the second ending; what held before the first one is said again."""
        turn = end - self.length
        opens = turn - self.length
        inside = [one for one in chords if opens <= one.at < turn]
        before = [one for one in chords if one.at < opens]
        if before and (not inside or inside[0].at > opens):
            inside.insert(0, replace(before[-1], at=opens))
        return [replace(one, at=one.at + self.length) for one in inside]

    def endings(self, end: Beat) -> Iterator[StaffSign]:
        """The brackets over both endings, and the repeat between them."""
        turn = end - self.length
        numbers = ", ".join(str(one) for one in range(1, self.times))
        yield _bracket(turn - self.length, "left", numbers, "start")
        style = Sign("bar-style", "light-heavy")
        way = Sign("repeat", "", (("direction", "backward"),))
        yield _bracket(turn, "right", numbers, "stop", style, way)
        yield _bracket(turn, "left", str(self.times), "start")
        light = Sign("bar-style", "light-light")
        yield _bracket(end, "right", str(self.times), "stop", light)


def _bracket(at: Beat, side: str, numbers: str, kind: str, *inner: Sign) -> StaffSign:
    ending = Sign(
        "ending", f"{numbers}." if kind == "start" else "", (("number", numbers), ("type", kind))
    )
    style, rest = inner[:1], inner[1:]
    return StaffSign(at, Sign("barline", "", (("location", side),), (*style, ending, *rest)))


def _of_verse(note: Note, *, first: bool) -> tuple[Sign, ...]:
    return tuple(one for one in note.verses if (one.detail("number") == "1") is first)


def _last_bars(draft: Draft) -> tuple[Meter, ...]:
    """The bars of an ending: the last one, or more where a note is held over its barline."""
    part = draft.part
    end = part.length.quarters
    for count in range(1, len(part.meters)):
        opens = end - sum((one.length.quarters for one in part.meters[-count:]), Fraction(0))
        if not any(one.onset.quarters < opens < one.end.quarters for one in part.notes):
            return part.meters[-count:]
    return part.meters[-1:]


def folded_order(form: Sequence[Turn]) -> Iterator[tuple[tuple[Turn, ...], str]]:
    """The parts in the order they are printed, each with its turns and the repeat sign at it."""
    start, size, times = _best_fold([turn.kind for turn in form])
    at = 0
    while at < len(form):
        if times > 1 and at == start:
            for place in range(size):
                turns = tuple(form[start + place + size * again] for again in range(times))
                ends = place == size - 1
                edge = "both" if size == 1 else "end" if ends else "start" if not place else ""
                yield turns, f"{edge}:{times}" if edge else ""
            at += size * times
        else:
            yield (form[at],), ""
            at += 1


def _best_fold(kinds: Sequence[str]) -> tuple[int, int, int]:
    """Where a run of parts begins that is gone through again at once, its size, how often."""
    best = (0, 0, 1)
    for start in range(len(kinds)):
        for size in range(1, (len(kinds) - start) // 2 + 1):
            run = kinds[start : start + size]
            if "verse" not in run:
                continue
            times = 1
            while list(kinds[start + size * times : start + size * (times + 1)]) == list(run):
                times += 1
            if times > 1 and size * times > best[1] * best[2]:
                best = (start, size, times)
    return best
