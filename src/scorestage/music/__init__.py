"""What is written down: notes, instruments, whole scores."""

from scorestage.music.aleatoric import BOX, AleatoricBox, arrows_of, boxes_of, is_box, with_box
from scorestage.music.instrument import (
    DrumSound,
    Ensemble,
    Family,
    Instrument,
    PitchRange,
    Player,
    PlayingTechnique,
    RegisterBand,
    family_of_program,
)
from scorestage.music.marks import (
    Articulation,
    ChordSymbol,
    Dynamic,
    DynamicMark,
    Hairpin,
    Mark,
    MarkKind,
    Slur,
    Technique,
    TechniqueMark,
    Words,
)
from scorestage.music.notation import (
    ClefChange,
    GraceNote,
    KeyChange,
    NoteSign,
    PartGroup,
    Sign,
    StaffSign,
)
from scorestage.music.note import Note, Unpitched, Voice
from scorestage.music.pitch import OCTAVE, UNISON, Interval, Pitch, pitch_of_key
from scorestage.music.roster import subset
from scorestage.music.score import Line, Score, Staff
from scorestage.music.sketch import Role, Sketch, Strand
from scorestage.music.theme import Theme

__all__ = [
    "BOX",
    "OCTAVE",
    "UNISON",
    "AleatoricBox",
    "Articulation",
    "ChordSymbol",
    "ClefChange",
    "DrumSound",
    "Dynamic",
    "DynamicMark",
    "Ensemble",
    "Family",
    "GraceNote",
    "Hairpin",
    "Instrument",
    "Interval",
    "KeyChange",
    "Line",
    "Mark",
    "MarkKind",
    "Note",
    "NoteSign",
    "PartGroup",
    "Pitch",
    "PitchRange",
    "Player",
    "PlayingTechnique",
    "RegisterBand",
    "Role",
    "Score",
    "Sign",
    "Sketch",
    "Slur",
    "Staff",
    "StaffSign",
    "Strand",
    "Technique",
    "TechniqueMark",
    "Theme",
    "Unpitched",
    "Voice",
    "Words",
    "arrows_of",
    "boxes_of",
    "family_of_program",
    "is_box",
    "pitch_of_key",
    "subset",
    "with_box",
]
