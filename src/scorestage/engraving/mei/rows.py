"""What stands over and under a system, as MEI: film times, hits, tempos, letters, bar numbers.

The ids of these texts begin with what they are (`time-`, `hit-`, `label-`): whoever paints the
page draws boxes round hits and sets bar numbers in the middle of their bars by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.engraving.chords import chord_text
from scorestage.engraving.mei.ink import beat_number, element, rend, words
from scorestage.engraving.overhead import (
    FilmTimeTold,
    HeldTold,
    HitTold,
    MarkSaying,
    PodiumTold,
    RampTold,
    Spot,
    TempoTold,
    WordsTold,
    spot,
)
from scorestage.engraving.stretches import Stretch
from scorestage.music import ChordSymbol, Interval
from scorestage.music.written import WrittenBar

TIME, HIT, GREAT_HIT, LABEL = "time", "hit", "greathit", "label"
_TIME_POINTS, _HIT_POINTS, _GREAT_POINTS, _CHORD_POINTS = 7.5, 8.5, 9.5, 11
_TEMPO_POINTS, _SLIGHT_POINTS, _LETTER_POINTS, _DIRECTION_POINTS = 14, 10, 17, 13
_CLICK_SHARE = 0.8
_NOTE_GLYPHS = ("\ue1d2", "\ue1d3", "\ue1d5", "\ue1d7", "\ue1d9")
_DOT = "\ue1e7"
_NOTE_SHARE = 0.8
_HARD_SPACE = "\u00a0"
_TIMES_LINE = 100

At = tuple[int, str]
"""A stretch, and what stands there."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Writes texts at a staff of the page; `points` turns a size on paper into the source's."""

    bars: Sequence[WrittenBar]
    stretches: tuple[Stretch, ...]
    points: float

    def film_times(self, told: Iterable[FilmTimeTold]) -> Iterator[At]:
        """The film time of each bar, in one line over the top staff."""
        for one in told:
            said = rend(one.shown, _TIME_POINTS * self.points, fontstyle="normal")
            yield from self._text(one.spot, "dir", said, f"{TIME}-{one.spot[0]}", _TIMES_LINE)

    def hits(self, told: Iterable[HitTold]) -> Iterator[At]:
        """Each hit: its time, which is boxed, and its words."""
        for index, one in enumerate(told):
            size = (_GREAT_POINTS if one.important else _HIT_POINTS) * self.points
            shown = rend(one.shown, size, fontweight="bold", fontstyle="normal")
            lines = [rend(line, size, fontweight="bold", fontstyle="italic") for line in one.lines]
            said = shown + " " + "<lb/>".join(lines)
            kind = GREAT_HIT if one.important else HIT
            yield from self._text(one.spot, "tempo", said, f"{kind}-{index}")

    def podium(self, told: Iterable[PodiumTold]) -> Iterator[At]:
        """The click in and out, and streamers."""
        for one in told:
            style = "italic" if one.streamer else "normal"
            text = one.text.capitalize() if one.streamer else one.text
            said = rend(text, _HIT_POINTS * self.points, fontweight="bold", fontstyle=style)
            yield from self._text(one.spot, "tempo", said)

    def marks(self, told: Iterable[MarkSaying], staff: int = 1) -> Iterator[At]:
        """Tempos with their clicks, letters, words for everybody, over one staff."""
        for one in told:
            if isinstance(one, TempoTold):
                yield from self._text(one.spot, "tempo", self._tempo(one), staff=staff)
            elif isinstance(one, RampTold):
                said = rend(one.text, _DIRECTION_POINTS * self.points, fontstyle="italic")
                yield from self._text(one.spot, "tempo", said, staff=staff, until=one.stop)
            elif isinstance(one, HeldTold):
                text = f"Free, {one.shown}" if one.free else f"Hold {one.shown}"
                said = rend(text, _DIRECTION_POINTS * self.points)
                yield from self._text(one.spot, "tempo", said, staff=staff)
            else:
                yield from self._words(one, staff)

    def _words(self, one: WordsTold, staff: int) -> Iterator[At]:
        size = (_LETTER_POINTS if one.letter else _DIRECTION_POINTS) * self.points
        style = {"rend": "box"} if one.letter else {"fontweight": "bold", "fontstyle": "normal"}
        said = rend(one.text, size, **style)
        yield from self._text(one.spot, "reh" if one.letter else "tempo", said, staff=staff)

    def _tempo(self, told: TempoTold) -> str:
        size = (_SLIGHT_POINTS if told.slight else _TEMPO_POINTS) * self.points
        log, dots = told.note
        glyphs = _NOTE_GLYPHS[log] + _DOT * dots
        note = element("rend", glyphs, fontfam="smufl", fontsize=f"{size * _NOTE_SHARE:.1f}pt")
        bpm = rend(told.bpm if told.written else f"= {told.bpm}", size)
        click = [rend(f"({told.click})", size * _CLICK_SHARE)] if told.click else []
        before = [rend(told.words, size, fontweight="bold")] if told.words else []
        return _HARD_SPACE.join((*before, note, bpm, *click))

    def chords(self, told: Iterable[ChordSymbol], shift: Interval, staff: int = 1) -> Iterator[At]:
        """Chord symbols over the staff of who reads them."""
        for chord in told:
            here = spot(self.bars, chord.at)
            said = rend(chord_text(chord, shift), _CHORD_POINTS * self.points, fontweight="bold")
            yield from self._text(here, "harm", said, staff=staff)

    def groupings(self) -> Iterator[At]:
        """How the beats of an unusual meter are grouped, where it begins."""
        for before, (at, stretch) in zip(
            (None, *self.stretches), enumerate(self.stretches), strict=False
        ):
            meter = self.bars[stretch.first].meter
            if meter.additive and (before is None or self.bars[before.first].meter != meter):
                text = f"({'+'.join(map(str, meter.grouping))})"
                said = rend(text, _HIT_POINTS * self.points, fontweight="bold", fontstyle="normal")
                told = element("tempo", said, staff=1, tstamp="1", place="above")
                yield at, told

    def labels(self, told: Sequence[str], staff: int, size_points: float) -> Iterator[At]:
        """The bar number under every bar, or a rest's first and last."""
        for at, stretch in enumerate(self.stretches):
            if told[stretch.first]:
                bar = self.bars[stretch.first]
                said = rend(
                    told[stretch.first],
                    size_points * self.points,
                    fontweight="bold",
                    fontstyle="normal",
                )
                yield (
                    at,
                    element(
                        "tempo",
                        said,
                        id=f"{LABEL}-{stretch.first}",
                        staff=staff,
                        tstamp=beat_number(bar.length.quarters / 2, bar.meter),
                        place="below",
                    ),
                )

    def _text(
        self,
        here: Spot,
        name: str,
        said: str,
        identity: str = "",
        line: int | str = "",
        staff: int = 1,
        until: Spot | None = None,
    ) -> Iterator[At]:
        """A text over a staff, with dashes `until` a spot; none inside a long rest."""
        place, offset = here
        for at, stretch in enumerate(self.stretches):
            if stretch.first == place:
                tstamp = beat_number(Fraction(offset), self.bars[place].meter)
                more: dict[str, str | int] = {"staff": staff, "tstamp": tstamp, "place": "above"}
                yield (
                    at,
                    element(name, said, id=identity, vgrp=line, **more, **self._dashes(at, until)),
                )

    def _dashes(self, at: int, until: Spot | None) -> dict[str, str | int]:
        """What makes a text that begins in stretch `at` last until a later spot."""
        if until is None:
            return {}
        place, offset = until
        stop = max(order for order, one in enumerate(self.stretches) if one.first <= place)
        beat = beat_number(Fraction(offset), self.bars[place].meter)
        return {"extender": "true", "lform": "dashed", "tstamp2": f"{stop - at}m+{beat}"}


def label_text(lines: Iterable[str], points: float) -> str:
    """A name in lines, as the content of a label."""
    size = f"{points:.1f}pt"
    return "<lb/>".join(element("rend", words(line), fontsize=size) for line in lines)
