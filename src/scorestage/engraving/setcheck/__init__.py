"""The set check: do all parts of a cue say what the score says, note for note and name for name."""

from scorestage.engraving.setcheck.checking import Outlook, SetFiles, check_set
from scorestage.engraving.setcheck.marks import music_mark
from scorestage.engraving.setcheck.pages import Turning
from scorestage.engraving.setcheck.values import (
    CHORD,
    WRITTEN,
    ListedFile,
    PageFacts,
    PageFile,
    Piece,
    SetFault,
    SetNames,
    SetSeverity,
    Sheet,
    SheetBar,
    SheetFile,
    SheetSign,
    Sound,
)

__all__ = [
    "CHORD",
    "WRITTEN",
    "ListedFile",
    "Outlook",
    "PageFacts",
    "PageFile",
    "Piece",
    "SetFault",
    "SetFiles",
    "SetNames",
    "SetSeverity",
    "Sheet",
    "SheetBar",
    "SheetFile",
    "SheetSign",
    "Sound",
    "Turning",
    "check_set",
    "music_mark",
]
