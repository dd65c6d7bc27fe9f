"""What is heard over each frame of a film: taken once, kept beside what was seen of it."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.film import FilmFacts, sound_chunks
from scorestage.adapters.store import replacing
from scorestage.builder import code_of
from scorestage.conform import SOUND_BANDS, SOUND_RATE_HZ, sound_signatures
from scorestage.errors import FilmError
from scorestage.spotting import PictureIndex

_CODE = (
    *("adapters/machines/film/facts.py", "adapters/machines/film/sound.py"),
    "conform/sounds.py",
)
Sounds = NDArray[np.uint8]


def film_sounds(
    film: Path,
    look: PictureIndex,
    facts: FilmFacts,
    kept_in: Path | None,
    content: str,
    track: int | None = None,
) -> tuple[Sounds | None, tuple[str, ...]]:
    """The sound signatures of the film's frames, and what is to be said of them.

    Of its main sound, or of the sound track of that number, from 0.

    None for a film without sound, or with sound that cannot be read: then a note says so. With
    `kept_in` they lie there under the film's `content`; what was seen there before and never
    heard is heard now, without the picture being decoded again.
    """
    if not facts.has_sound or not len(look):
        return None, ()
    which = "" if track is None else f"-track{track}"
    name = f"{content}-{code_of(*_CODE)[:12]}{which}.frames.npz"
    kept = None if kept_in is None else kept_in / name
    known = None if kept is None else _kept(kept, len(look))
    if known is not None:
        return known, ()
    frame_seconds = float(1 / facts.rate.frames_per_second)
    chunks = sound_chunks(film, SOUND_RATE_HZ, 1, facts=facts, track=track)
    try:
        made = sound_signatures(chunks, look.seconds(), frame_seconds)
    except FilmError as fault:
        return None, (f"{film.name}: its sound cannot be read and was not listened to: {fault}",)
    if kept is not None:
        with replacing(kept) as unfinished, unfinished.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, sounds=made)
    return made, ()


def _kept(path: Path, frames: int) -> Sounds | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            sounds: Sounds = arrays["sounds"]
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error):
        return None
    whole = sounds.shape == (frames, SOUND_BANDS) and sounds.dtype == np.uint8
    return sounds if whole else None
