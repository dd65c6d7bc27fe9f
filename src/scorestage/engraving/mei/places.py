"""Which note of the score an element of the drawn page is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scorestage.engraving.edition import Edition
from scorestage.engraving.mei.notes import LayerPlace
from scorestage.engraving.scorepages import set_lines
from scorestage.engraving.systems import SetLine
from scorestage.music import Score
from scorestage.timebase import Beats


@dataclass(frozen=True, slots=True)
class DrawnNote:
    """An element of the page by its id, and the note it shows: whose, in which bar and beat."""

    element: str
    note: str
    player: str
    bar: str
    bar_index: int
    beat: str


def drawn_notes(score: Score, edition: Edition) -> tuple[DrawnNote, ...]:
    """Every note on the pages of the score, in the order of staves and bars."""
    return tuple(_of_lines(set_lines(score, edition), score))


def _of_lines(lines: Sequence[SetLine], score: Score) -> Iterator[DrawnNote]:
    staff_number = 0
    for line in lines:
        for staff in line.staves:
            staff_number += 1
            for place, bar in enumerate(staff.bars):
                for voice in bar.voices:
                    where = LayerPlace(staff_number, place, voice.number)
                    for index, event in enumerate(voice.events):
                        if not event.is_note or not event.note_id:
                            continue
                        beat = score.grid.position(bar.start + Beats(event.onset)).beat
                        yield DrawnNote(
                            where.note_id(index),
                            event.note_id,
                            line.line.player.name,
                            str(bar.label),
                            bar.index,
                            str(beat),
                        )
