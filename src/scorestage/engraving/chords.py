"""Chord symbols over the staves of those who read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scorestage.engraving.ink import quoted
from scorestage.engraving.overhead import spot
from scorestage.engraving.overline import Point, Row
from scorestage.music import UNISON, ChordSymbol, Family, Interval, Line, Pitch, Score
from scorestage.music.written import WrittenBar, as_written

READERS = frozenset({Family.RHYTHM})
"""Families whose parts carry chord symbols; keyboards too where they sit in a rhythm section."""

_TONE = re.compile(r"([A-G])(##|#|x|bb|b|♯|♭|)")
_SIGNS = {-2: "♭♭", -1: "♭", 0: "", 1: "♯", 2: "♯♯"}


def chord_row_wanted(line: Line, score: Score) -> bool:
    """Whether this player reads chord symbols: the rhythm section does, but not its drummer."""
    if not score.chords or line.player.instrument.drums:
        return False
    families = {other.player.instrument.family for other in score.lines}
    family = line.player.instrument.family
    return family in READERS or (family is Family.KEYBOARD and bool(families & READERS))


def chord_points(
    score: Score, bars: Sequence[WrittenBar], shift: Interval = UNISON
) -> Iterator[Point]:
    """The chord symbols in their row, transposed by `shift`."""
    for chord in score.chords:
        place, offset = spot(bars, chord.at)
        yield Point(place, offset, Row.CHORDS, "", f"^{chord_markup(chord, shift)}")


def chord_markup(chord: ChordSymbol, shift: Interval = UNISON) -> str:
    r"""A chord symbol as a markup: root, quality raised, bass after a slash.

    >>> from scorestage.timebase import Beat
    >>> print(chord_markup(ChordSymbol(Beat(0), "Bb", "minor-seventh", "F")))
    \markup \chord-name "B♭" "m7" "F"
    """
    return r"\markup \chord-name " + " ".join(map(quoted, _said(chord, shift)))


def chord_text(chord: ChordSymbol, shift: Interval = UNISON) -> str:
    """A chord symbol in one line.

    >>> from scorestage.timebase import Beat
    >>> chord_text(ChordSymbol(Beat(0), "Bb", "minor-seventh", "F"))
    'B♭m7/F'
    """
    root, quality, bass = _said(chord, shift)
    return f"{root}{quality}/{bass}" if bass else f"{root}{quality}"


def _said(chord: ChordSymbol, shift: Interval) -> tuple[str, str, str]:
    quality = str(ChordSymbol(chord.at, "", chord.quality)).replace("b5", "♭5")
    return _tone(chord.root, shift), quality, _tone(chord.bass, shift)


def _tone(name: str, shift: Interval) -> str:
    match = _TONE.fullmatch(name)
    if match is None:
        return name
    pitch = as_written(Pitch.parse(f"{name}4"), shift)
    return pitch.step + _SIGNS.get(int(pitch.alter), "")
