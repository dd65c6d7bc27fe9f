"""The temp track heard: its pieces with tempo, meter, key and form, and how near a cue comes."""

from scorestage.spotting.temp.exposed import (
    ExposedLine,
    HeardNote,
    LineIndex,
    LineIndexBuilder,
    exposed_line,
)
from scorestage.spotting.temp.keys import HeardKey, keys_heard
from scorestage.spotting.temp.likeness import (
    AMBER_POINTS,
    TEMPO_SHARE,
    Likeness,
    LikenessPoint,
    Verdict,
    likeness_in_sound,
)
from scorestage.spotting.temp.pieces import Section, TempPiece, TempTrack, hear_temp
from scorestage.spotting.temp.tempo import HeardTempo, tempos_heard
from scorestage.spotting.temp.written import (
    SharedRun,
    WrittenChord,
    chords_of,
    harmony_shared,
    mode_of,
    rhythm_shared,
    scoring_shared,
)

__all__ = [
    "AMBER_POINTS",
    "TEMPO_SHARE",
    "ExposedLine",
    "HeardKey",
    "HeardNote",
    "HeardTempo",
    "Likeness",
    "LikenessPoint",
    "LineIndex",
    "LineIndexBuilder",
    "Section",
    "SharedRun",
    "TempPiece",
    "TempTrack",
    "Verdict",
    "WrittenChord",
    "chords_of",
    "exposed_line",
    "harmony_shared",
    "hear_temp",
    "keys_heard",
    "likeness_in_sound",
    "mode_of",
    "rhythm_shared",
    "scoring_shared",
    "tempos_heard",
]
