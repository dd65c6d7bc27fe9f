"""Chord symbols over the staves of those who read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scorestage.engraving.ink import quoted
from scorestage.engraving.overhead import spot
from scorestage.engraving.overline import Point, Row
from scorestage.engraving.systems import SetLine
from scorestage.music import UNISON, ChordSymbol, Family, Interval, Line, Pitch, Score
from scorestage.music.written import WrittenBar, as_written

READERS = frozenset({Family.RHYTHM})
"""Families whose parts carry chord symbols; keyboards too where they sit in a rhythm section."""

_QUALITIES = {
    "augmented-seventh": "7#5",
    "dominant-11th": "11",
    "major-11th": "maj11",
    "minor-11th": "m11",
    "dominant-13th": "13",
    "major-13th": "maj13",
    "minor-13th": "m13",
    "Neapolitan": "N6",
    "Italian": "It6",
    "French": "Fr6",
    "German": "Ger6",
    "pedal": "ped.",
    "Tristan": "Tristan",
}
"""Qualities that have no short name elsewhere."""
_TONE = re.compile(r"([A-G])(##|#|x|bb|b|♯|♭|)")
_SIGNS = {-2: "♭♭", -1: "♭", 0: "", 1: "♯", 2: "♯♯"}


def chord_row_wanted(line: Line, score: Score, *, lead: bool = False) -> bool:
    """Whether this player reads chord symbols: the rhythm section does, but not its drummer.

    With `lead`, where there is no rhythm section, whoever stands on top does.
    """
    if not score.chords or line.player.instrument.drums:
        return False
    families = {other.player.instrument.family for other in score.lines}
    family = line.player.instrument.family
    if lead and not families & READERS:
        return line == score.lines[0] or family is Family.KEYBOARD
    return family in READERS or (family is Family.KEYBOARD and bool(families & READERS))


def is_read(lines: Sequence[SetLine]) -> bool:
    """Whether somebody on the page reads chord symbols at his own staff."""
    return any(line.family in READERS for line in lines)


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
    quality = chord.text or _QUALITIES.get(chord.quality, "")
    if not quality and chord.quality != "other":
        quality = str(ChordSymbol(chord.at, "", chord.quality))
    quality = re.sub(r"b(?=\d)", "♭", re.sub(r"#(?=\d)", "♯", quality)) + _degrees(chord)
    return _tone(chord.root, shift), quality, _tone(chord.bass, shift)


def _degrees(chord: ChordSymbol) -> str:
    """What is added to a chord, altered or left out: `(♭9)`, `(no3)`."""
    told = []
    for degree in chord.extra:
        number, alter, kind = (degree.find(f"degree-{part}") for part in ("value", "alter", "type"))
        if degree.name != "degree" or number is None or degree.detail("print-object") == "no":
            continue
        named = number.detail("text") or number.text
        sign = {"-1": "♭", "1": "♯", "-2": "♭♭", "2": "♯♯"}
        altered = sign.get(alter.text, "") if alter is not None else ""
        before = {"add": "" if altered else "add", "subtract": "no"}
        told.append(before.get(kind.text if kind is not None else "", "") + altered + named)
    shown = chord.text if any(one in chord.text for one in told) else ""
    return "" if shown or not told else f"({','.join(told)})"


def _tone(name: str, shift: Interval) -> str:
    match = _TONE.fullmatch(name)
    if match is None:
        return name
    pitch = as_written(Pitch.parse(f"{name}4"), shift)
    return pitch.step + _SIGNS.get(int(pitch.alter), "")
