"""From notes as meant to bars as written; `write_out` is the way in."""

from scorestage.music.written.accidentals import accidental_name, as_written
from scorestage.music.written.clefs import clefs_for, middle_line, split_clef
from scorestage.music.written.line import Holding, holdings, in_hand, write_line
from scorestage.music.written.page import page_clefs, page_shift
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
    WrittenGrace,
    WrittenPitch,
    WrittenStaff,
    WrittenVoice,
)
from scorestage.music.written.writing import write_out

__all__ = [
    "Beam",
    "Edge",
    "EventKind",
    "Holding",
    "NoteValue",
    "SlurEdge",
    "Stem",
    "TupletPlace",
    "WrittenBar",
    "WrittenDirection",
    "WrittenEvent",
    "WrittenGrace",
    "WrittenPitch",
    "WrittenStaff",
    "WrittenVoice",
    "accidental_name",
    "as_written",
    "clefs_for",
    "holdings",
    "in_hand",
    "middle_line",
    "page_clefs",
    "page_shift",
    "split_clef",
    "write_line",
    "write_out",
]
