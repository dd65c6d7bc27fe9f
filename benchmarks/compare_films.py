"""Films compared: known re-cuts, graded, cropped, titled and encoded anew, found or not."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from benchmarks.film_recuts import (
    LOOKS,
    Piece,
    Trial,
    burnt_in,
    cropped,
    encode,
    everything,
    random_cut,
    regraded,
    same,
    titled,
    trailer_cut,
)
from numpy.typing import NDArray
from tests.shared_material import shared_folder

from scorestage.adapters.machines.film import probe
from scorestage.adapters.machines.look import passing_look
from scorestage.conform import Change, ChangeKind, ChangeList, FilmFrames, compare_films
from scorestage.timebase import FrameRate
from scorestage.workflow.film_sounds import film_sounds

RANDOM, TRAILERS = 24, 4
FILMS = ("sintel-trailer.mp4", "big-buck-bunny-opening.mp4")


def edits(frames: int, cuts: Sequence[int]) -> tuple[Piece, ...]:
    """Trims of 1, 3 and 12 frames, a shot out, new picture in, a swap, a shot replaced."""
    c: list[int] = []
    for cut in cuts:
        if 40 < cut < frames - 60 and (not c or cut - c[-1] >= 24):
            c.append(cut)
    return (
        Piece(0, c[0] - 1),
        Piece(c[0], c[1]),
        Piece(c[1] + 3, c[2] - 12),
        Piece(0, 48, alien=True),
        Piece(c[2], c[3]),
        Piece(c[4], c[5]),
        Piece(c[3], c[4]),
        Piece(48, 48 + c[6] - c[5], alien=True),
        Piece(c[6] + 1, frames),
    )


def told_of(changes: ChangeList) -> NDArray[np.int64]:
    """The old frame of each new one as told; -1 for none."""
    told = np.full(changes.new_frames, -1)
    for one in changes.changes:
        if one.kind in (ChangeKind.KEPT, ChangeKind.MOVED, ChangeKind.RETIMED) and one.new_frames:
            steps = np.arange(one.new_frames) * one.old_frames // one.new_frames
            told[one.new_in_frames : one.new_out_frames] = one.old_in_frames + steps
    return told


def judged(trial: Trial, changes: ChangeList, order: list[int]) -> tuple[int, int, int, int]:
    """Joints made, joints found to the frame, false joints, frames told rightly."""
    right, told = np.array(order), told_of(changes)
    speeds = {piece.step for piece in trial.pieces} | {piece.times for piece in trial.pieces}
    known, found = _joints(right), _joints(told)
    slack = 0 if speeds == {1} else 2
    exact = int((np.abs(told - right) <= (1 if slack else 0)).sum())
    held = {joint for joint in known if any(abs(joint - one) <= slack for one in found)}
    false = [one for one in found if not any(abs(joint - one) <= slack for joint in known)]
    return len(known), len(held), len(false), exact


def _joints(old: NDArray[np.int64]) -> list[int]:
    """Where the order of the old film breaks; changes of speed too."""
    steps = np.diff(old)
    plain = (steps == 1) | ((old[1:] == -1) & (old[:-1] == -1))
    slow = (np.abs(steps) <= 3) & (old[1:] >= 0) & (old[:-1] >= 0) & ~plain & (steps >= 0)
    breaks = ~plain & ~slow
    doubled = slow & ~np.roll(slow, 1) & ~np.roll(slow, 2)
    single = slow & ~np.roll(slow, -1) & ~np.roll(slow, -2) & doubled
    return (np.flatnonzero(breaks | single) + 1).tolist()


def trials(frames: int, cuts: Sequence[int]) -> Iterator[Trial]:
    """All that is tried on one film."""
    whole = (Piece(0, frames),)
    cut = edits(frames, cuts)
    yield Trial("encoded again, smaller", whole, same, 240, crf=32)
    yield Trial("edits", cut, same)
    yield Trial("edits, 240 lines, low bitrate", cut, same, 240, crf=32)
    yield Trial("edits, regraded", cut, regraded)
    yield Trial("edits, cropped 4 %", cut, cropped)
    yield Trial("edits, burnt-in timecode, watermark", cut, burnt_in)
    yield Trial("edits, titles", cut, titled)
    yield Trial("edits, all of these, 240 lines", cut, everything, 240, crf=28)
    yield Trial("23.976 for 24", cut, same, rate=FrameRate("23.976"))
    middle = frames // 2
    yield Trial(
        "200 frames at double speed, 100 at half",
        (
            Piece(0, middle - 300),
            Piece(middle - 300, middle - 100, step=2),
            Piece(middle - 100, middle + 100),
            Piece(middle + 100, middle + 200, times=2),
            Piece(middle + 200, frames),
        ),
        same,
    )


def random_trials(frames: int, cuts: Sequence[int], sound: str) -> Iterator[Trial]:
    """Edits drawn at random, each re-cut with a look of its own; then trailers."""
    names = list(LOOKS)
    for seed in range(RANDOM + TRAILERS):
        name = names[seed % len(names)]
        look, height, crf = LOOKS[name]
        if seed < RANDOM:
            pieces, words = random_cut(frames, cuts, seed), f"random {seed}: {name}"
        else:
            pieces, words = trailer_cut(cuts, frames, seed), f"trailer {seed}: {name}"
        yield Trial(words, pieces, look, height, crf=crf, sound=sound)


def watched(film: Path, *, heard: bool) -> FilmFrames:
    """A film looked at and, where that is wanted, listened to."""
    look, facts = passing_look(film), probe(film)
    sounds, _ = film_sounds(film, look, facts, None, "") if heard else (None, ())
    return FilmFrames(look.signatures, look.rate, 0, sounds)


def main(names: Sequence[str] = (), sound: str = "") -> None:
    """Print a line for each trial."""
    print("| film | re-cut | joints | found | false | frames right | matching, share of decode |")
    print("|---|---|---|---|---|---|---|")
    for name in FILMS:
        film = shared_folder() / "films" / name
        old = passing_look(film)
        frames = watched(film, heard=True)
        cuts = [int(one) for one in np.flatnonzero(old.change > 0.3)]
        every = (*trials(len(old), cuts), *random_trials(len(old), cuts, sound))
        for trial in every:
            if names and not any(word in f"{name} {trial.name}" for word in names):
                continue
            _line(film, frames, trial)


def _line(film: Path, old: FilmFrames, trial: Trial) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.mp4"
        order = encode(path, film, trial)
        began = time.process_time()
        new = watched(path, heard=bool(trial.sound))
        decoding = time.process_time() - began
    began = time.process_time()
    changes = compare_films(old, new)
    matching = time.process_time() - began
    joints, found, false, right = judged(trial, changes, order)
    print(
        f"| {film.stem} | {trial.name} | {joints} | {found} | {false} | {right} of {len(order)} "
        f"| {matching / decoding:.1%} |",
        flush=True,
    )
    if "-v" in sys.argv:
        for one in changes.changes:
            print(f"    {_words(one)}")


def _words(one: Change) -> str:
    return (
        f"{one.kind} {one.old_in_frames}-{one.old_out_frames} "
        f"{one.new_in_frames}-{one.new_out_frames} {one.speed} {one.confidence}"
    )


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "-v" and not word.startswith("sound=")]
    told = [word.removeprefix("sound=") for word in sys.argv[1:] if word.startswith("sound=")]
    main(given, "".join(told))
