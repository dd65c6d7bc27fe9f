"""From notes as meant to bars as written.

The way in is ``write_out(staff, grid, *, shift=UNISON, clefs=("G2",), fifths=0, player="")``,
which returns a `WrittenStaff`.
"""

from scorestage.music.written.values import (
    Beam,
    Edge,
    EventKind,
    NoteValue,
    SlurEdge,
    Stem,
    TupletPlace,
    WrittenBar,
    WrittenDirection,
    WrittenEvent,
    WrittenPitch,
    WrittenStaff,
    WrittenVoice,
)

__all__ = [
    "Beam",
    "Edge",
    "EventKind",
    "NoteValue",
    "SlurEdge",
    "Stem",
    "TupletPlace",
    "WrittenBar",
    "WrittenDirection",
    "WrittenEvent",
    "WrittenPitch",
    "WrittenStaff",
    "WrittenVoice",
]
