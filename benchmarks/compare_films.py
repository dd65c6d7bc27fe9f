"""Films compared: known re-cuts, graded, cropped, titled and encoded anew, found or not."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from tests.shared_material import shared_folder

from scorestage.adapters.machines.film import read_frames
from scorestage.adapters.machines.look import passing_look
from scorestage.conform import Change, ChangeKind, ChangeList, FilmFrames, compare_films
from scorestage.timebase import FRAMES_24, FrameRate

Frame = NDArray[np.uint8]
Look = Callable[[Frame, int], Frame]
FILMS = ("sintel-trailer.mp4", "big-buck-bunny-opening.mp4")


@dataclass(frozen=True, slots=True)
class Piece:
    """Old frames `first` up to `last`, each `step`-th, `times` times; `alien`: drawn picture."""

    first: int
    last: int
    step: int = 1
    times: int = 1
    alien: bool = False

    def old(self) -> list[int]:
        """The old frame of each new one; -1 for drawn picture."""
        frames = range(self.first, self.last, self.step)
        return [-1 if self.alien else frame for frame in frames for _ in range(self.times)]


@dataclass(frozen=True, slots=True)
class Trial:
    """A re-cut: what is done to the order, to each picture, and how it is encoded."""

    name: str
    pieces: tuple[Piece, ...]
    grade: Look
    height_px: int = 360
    rate: FrameRate = FRAMES_24
    crf: int = 23


def same(frame: Frame, number: int) -> Frame:
    """As it is."""
    return frame


def regraded(frame: Frame, number: int) -> Frame:
    """Darker (gamma 1.4), half the colour, warmer."""
    level = (frame.astype(np.float32) / 255) ** 1.4 * 255
    grey = level.mean(axis=2, keepdims=True)
    level = grey + 0.5 * (level - grey) + np.array([12, 0, -12], np.float32)
    return np.clip(level, 0, 255).astype(np.uint8)


def cropped(frame: Frame, number: int) -> Frame:
    """Four per cent of the picture cut away around it, the rest enlarged (nearest pixel)."""
    height, width = frame.shape[:2]
    down, across = round(height * 0.02), round(width * 0.02)
    rows = np.linspace(down, height - 1 - down, height).round().astype(int)
    columns = np.linspace(across, width - 1 - across, width).round().astype(int)
    return np.ascontiguousarray(frame[rows][:, columns])


def burnt_in(frame: Frame, number: int) -> Frame:
    """A timecode window below and a watermark in the middle."""
    made = frame.copy()
    height, width = made.shape[:2]
    top, left, cell = round(height * 0.86), round(width * 0.3), max(4, width // 40)
    made[top : top + 2 * cell, left : left + 16 * cell] = 0
    for place in range(8):
        lit = (number * 2654435761 >> (4 * place)) & 15
        for bit in range(4):
            x = left + (2 * place) * cell
            made[top + bit * cell // 2 : top + (bit + 1) * cell // 2, x : x + cell] = (
                255 if lit >> bit & 1 else 40
            )
    mark = made[height // 2 - 12 : height // 2 + 12, width // 3 : 2 * width // 3]
    mark[:] = (mark.astype(np.uint16) // 2 + 110).astype(np.uint8)
    return made


def titled(frame: Frame, number: int) -> Frame:
    """White bars like lines of a title over frames 200 to 400."""
    if not 200 <= number < 400:
        return frame
    made = frame.copy()
    height, width = made.shape[:2]
    for line in (0.4, 0.5, 0.6):
        row = round(height * line)
        for letter in range(14):
            column = width // 4 + letter * width // 28
            made[row : row + height // 20, column : column + width // 50] = 255
    return made


def everything(frame: Frame, number: int) -> Frame:
    """Graded, cropped and burnt in."""
    return burnt_in(cropped(regraded(frame, number), number), number)


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


def drawn(size: tuple[int, int], number: int) -> Frame:
    """Picture that no film has: coloured waves that run."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width]
    wave = np.sin(rows / 23 + number / 9) + np.sin(columns / 31 - number / 5 + rows / 57)
    colours = np.stack([wave, np.roll(wave, 40, 1), -wave], axis=2)
    return np.clip(128 + 60 * colours, 0, 255).astype(np.uint8)


def encode(path: Path, film: Path, trial: Trial) -> list[int]:
    """Write the re-cut; gives the old frame of each new one."""
    order = [old for piece in trial.pieces for old in piece.old()]
    pictures = _pictures(film, order)
    height = trial.height_px
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=trial.rate.frames_per_second)
        stream.width, stream.height, stream.pix_fmt = height * 16 // 9 // 2 * 2, height, "yuv420p"
        stream.options = {"crf": str(trial.crf), "preset": "veryfast"}
        for number, picture in enumerate(pictures):
            made = trial.grade(picture, number)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(made), format="rgb24")
            out.mux(stream.encode(frame.reformat(stream.width, height, "yuv420p")))
        out.mux(stream.encode(None))
    return order


def _pictures(film: Path, order: Sequence[int]) -> Iterator[Frame]:
    """The pictures of these frames, the film read into memory once."""
    held = _held(film)
    height, width = held[0].shape[:2]
    for number, old in enumerate(order):
        yield held[old] if old >= 0 else drawn((width, height), number)


_HELD: dict[Path, list[Frame]] = {}


def _held(film: Path) -> list[Frame]:
    if film not in _HELD:
        _HELD.clear()
        _HELD[film] = [picture for _, _, picture in read_frames(film)]
    return _HELD[film]


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
    exact = int((told == right).sum()) if not slack else int((np.abs(told - right) <= 1).sum())
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


def main(names: Sequence[str] = ()) -> None:
    """Print a line for each trial."""
    print("| film | re-cut | joints | found | false | frames right | matching, share of decode |")
    print("|---|---|---|---|---|---|---|")
    for name in FILMS:
        film = shared_folder() / "films" / name
        old = passing_look(film)
        frames = FilmFrames(old.signatures, old.rate)
        cuts = [int(one) for one in np.flatnonzero(old.change > 0.3)]
        for trial in trials(len(old), cuts):
            if names and not any(word in trial.name for word in names):
                continue
            _line(film, frames, trial)


def _line(film: Path, old: FilmFrames, trial: Trial) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.mp4"
        order = encode(path, film, trial)
        began = time.process_time()
        look = passing_look(path)
        decoding = time.process_time() - began
    began = time.process_time()
    changes = compare_films(old, FilmFrames(look.signatures, look.rate))
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
    main([word for word in sys.argv[1:] if word != "-v"])
