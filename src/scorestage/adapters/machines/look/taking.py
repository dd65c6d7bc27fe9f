"""Taking the look: one decode from first frame to last, in constant memory, to be gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import numpy as np

from scorestage.adapters.machines.film.facts import FilmFacts, probe
from scorestage.adapters.machines.film.frames import read_planes
from scorestage.adapters.machines.film.opening import local_file
from scorestage.adapters.machines.look import parts
from scorestage.adapters.machines.look.layout import CONTENTS, PART_FRAMES, Part
from scorestage.adapters.machines.look.reading import read_look
from scorestage.errors import FilmError
from scorestage.spotting import Measured, PictureIndex, index_of
from scorestage.spotting.picture import TINT_COLUMNS, TINT_ROWS, WORKING_SIZE_PX
from scorestage.timebase import FilmTime

Progress = Callable[[float], None]
Seen = tuple[FilmTime, np.ndarray, np.ndarray]
_BATCH_FRAMES = 32


def take_look(
    film: Path,
    folder: Path,
    facts: FilmFacts | None = None,
    progress: Progress = lambda share: None,
    part_frames: int = PART_FRAMES,
) -> PictureIndex:
    """The film's look, taken now where `folder` does not hold it yet.

    Killed at any moment, it goes on from the last whole part when called again, after having seen
    that the film still shows the same frame there. `FilmError` for what is no film.
    """
    file = local_file(film)
    known = facts or probe(file)
    kept = read_look(folder, known.rate)
    if kept is not None:
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONTENTS).unlink(missing_ok=True)
    number, frames, last = _held(folder)
    if last is not None and not _still_shows(file, known, last):
        number, frames, last = 0, 0, None
    parts.drop_parts(folder, number)
    for part in _seen(file, known, last, part_frames):
        parts.write_part(folder, number, part)
        number, frames = number + 1, frames + len(part)
        progress(min(1.0, frames / max(1, known.frame_count)))
    parts.finish(folder, known.rate, frames)
    made = read_look(folder, known.rate)
    if made is None:
        raise FilmError("the look at this film cannot be kept", do="is the disk full?")
    return made


def passing_look(
    film: Path, facts: FilmFacts | None = None, progress: Progress = lambda share: None
) -> PictureIndex:
    """The same look, held in memory only: for a film that is looked at once (900 bytes a frame)."""
    file = local_file(film)
    known = facts or probe(file)
    seen, frames = [], 0
    for part in _seen(file, known, None, PART_FRAMES):
        seen.append(part)
        frames += len(part)
        progress(min(1.0, frames / max(1, known.frame_count)))
    none = np.zeros(0, np.int64)
    return index_of(
        known.rate,
        np.concatenate([none, *(part.start_numerators for part in seen)]),
        np.concatenate([none, *(part.start_denominators for part in seen)]),
        Measured.joined([part.measured for part in seen]),
    )


def _held(folder: Path) -> tuple[int, int, Part | None]:
    """How many whole parts and frames there are, and the last part."""
    number = frames = 0
    last: Part | None = None
    for last in parts.read_parts(folder):
        number, frames = number + 1, frames + len(last)
    return number, frames, last


def _end_of(part: Part) -> FilmTime:
    return FilmTime(Fraction(int(part.start_numerators[-1]), int(part.start_denominators[-1])))


def _still_shows(file: Path, facts: FilmFacts, last: Part) -> bool:
    """Whether the film, opened in the middle, shows the frame the last part ends with."""
    at = _end_of(last)
    with closing(read_planes(file, WORKING_SIZE_PX, facts, at)) as frames:
        first = next(frames, None)
    if first is None or first[0] != at:
        return False
    measured = _measured([first])
    return bool(np.array_equal(measured.signatures[0], last.measured.signatures[-1]))


def _seen(file: Path, facts: FilmFacts, last: Part | None, part_frames: int) -> Iterator[Part]:
    """The film in parts, after the last one that is there."""
    after = None if last is None else _end_of(last)
    held: list[Seen] = []
    starts: list[Fraction] = []
    measured: list[Measured] = []
    with closing(read_planes(file, WORKING_SIZE_PX, facts, after)) as frames:
        for one in frames:
            if after is not None and one[0] <= after:
                continue
            held.append(one)
            starts.append(one[0].seconds)
            if len(held) >= _BATCH_FRAMES or len(starts) >= part_frames:
                measured.append(_measured(held))
                held = []
            if len(starts) >= part_frames:
                yield _part(starts, measured)
                starts, measured = [], []
    if held:
        measured.append(_measured(held))
    if starts:
        yield _part(starts, measured)


def _measured(frames: list[Seen]) -> Measured:
    luma = np.stack([luma for _, luma, _ in frames])
    colour = np.stack([colour for _, _, colour in frames]).astype(np.float32)
    count, _, height, width = colour.shape
    fields = colour.reshape(
        count, 2, TINT_ROWS, height // TINT_ROWS, TINT_COLUMNS, width // TINT_COLUMNS
    )
    tints = fields.mean(axis=(3, 5), dtype=np.float32).transpose(0, 2, 3, 1) - np.float32(128)
    return Measured.of(luma, tints)


def _part(starts: list[Fraction], measured: list[Measured]) -> Part:
    return Part(
        np.array([at.numerator for at in starts], dtype=np.int64),
        np.array([at.denominator for at in starts], dtype=np.int64),
        Measured.joined(measured),
    )
