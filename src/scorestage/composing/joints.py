"""Bass against chords where both strike: a bass that left its chord's tone must not run along."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from scorestage.composing.passage import Passage, Texture
from scorestage.music import Note, Role


def unparalleled(passage: Passage, texture: Texture) -> Texture:
    """The texture without parallel fifths and octaves between a moving bass and block chords.

    Where chords of three voices join and the bass strikes with both, a bass tone that is not its
    chord's own gives way to that: the voice leading of the chords themselves has none. So does the
    last of a passage that goes on without a break.
    """
    chords = sorted(texture.get(Role.HARMONY, ()), key=lambda note: note.onset)
    bass = {note.onset: note for note in texture.get(Role.BASS, ()) if note.sounding}
    mended: dict[object, Note] = {}
    for one, other in pairwise(chords):
        low, after = bass.get(one.onset), bass.get(other.onset)
        if low is None or after is None or one.end != other.onset:
            continue
        if len(one.sounding) != len(other.sounding) or not _run_along(one, other, low, after):
            continue
        mended[low.onset] = _own(passage, low)
    last = bass.get(chords[-1].onset) if chords and chords[-1].end == passage.end else None
    if last is not None:
        mended[last.onset] = _own(passage, last)
    if not mended:
        return texture
    return {
        **texture,
        Role.BASS: [mended.get(note.onset, note) for note in texture.get(Role.BASS, ())],
    }


def _own(passage: Passage, note: Note) -> Note:
    """The bass note on its chord's own tone; what stands on a drone stays."""
    if note.origin in ("rule:drone", "rule:heterophony"):
        return note
    bar = next(bar for bar in passage.bars if bar.start <= note.onset < bar.end)
    return replace(note, pitches=(bar.under(note.onset).bass,))


def _run_along(one: Note, other: Note, low: Note, after: Note) -> bool:
    """Whether the bass and a voice make the same perfect interval twice, moving alike."""
    deep, deeper = low.sounding[0].key, after.sounding[0].key
    for before, now in zip(one.sounding, other.sounding, strict=True):
        apart = abs(now.key - deeper) % 12
        alike = (now.key - before.key) * (deeper - deep) > 0
        if alike and apart in (0, 7) and apart == abs(before.key - deep) % 12:
            return True
    return False
