"""A score written to a file of the kind that its ending names."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.store import write_bytes
from scorestage.errors import FormatError
from scorestage.music import Score
from scorestage.timebase import TempoMap
from scorestage.workflow.convert import MIDI, MUSICXML


def write_music(
    score: Score, tempo_map: TempoMap, target: Path, title: str, composer: str = ""
) -> None:
    """Write a score as MusicXML or MIDI, by the file's ending.

    Raises `FormatError` for another ending.
    """
    suffix = target.suffix.lower()
    if suffix in MIDI:
        content = write_midi(score, tempo_map, title=title)
    elif suffix in MUSICXML[:2]:
        content = write_score(score, tempo_map, title=title, composer=composer)
    else:
        known = ", ".join((*MUSICXML[:2], *MIDI))
        raise FormatError(f"{suffix or target.name!r} cannot be written", do=f"write {known}")
    write_bytes(target, content)
