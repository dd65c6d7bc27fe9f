"""Films cut anew by edits drawn at random, graded, framed and encoded otherwise: with the truth."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from numpy.typing import NDArray

from scorestage.adapters.machines.film import read_frames, read_sound
from scorestage.timebase import FRAMES_24, FrameRate

Frame = NDArray[np.uint8]
Look = Callable[[Frame, int], Frame]
_SOUND_HZ = 32_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Old frames `first` up to `last`, each `step`-th, `times` times; `alien`: drawn picture.

    `fade_frames` fade in from black and out again.
    """

    first: int
    last: int
    step: int = 1
    times: int = 1
    alien: bool = False
    fade_frames: int = 0

    def old(self) -> list[int]:
        """The old frame of each new one; -1 for drawn picture."""
        frames = range(self.first, self.last, self.step)
        return [-1 if self.alien else frame for frame in frames for _ in range(self.times)]

    def light(self) -> list[float]:
        """How bright each new frame is, 0 to 1."""
        count = len(self.old())
        reach = max(1, self.fade_frames)
        if not self.fade_frames:
            return [1.0] * count
        return [min(1.0, (at + 1) / reach, (count - at) / reach) for at in range(count)]


@dataclass(frozen=True, slots=True)
class Trial:
    """A re-cut: what is done to the order, to each picture, and how it is encoded."""

    name: str
    pieces: tuple[Piece, ...]
    grade: Look
    height_px: int = 360
    rate: FrameRate = FRAMES_24
    crf: int = 23
    sound: str = ""
    """`cut` with the picture, `other` music under all of it; without sound where empty."""


def same(frame: Frame, number: int) -> Frame:
    """As it is."""
    return frame


def regraded(frame: Frame, number: int) -> Frame:
    """Darker (gamma 1.4), half the colour, warmer."""
    level = (frame.astype(np.float32) / 255) ** 1.4 * 255
    grey = level.mean(axis=2, keepdims=True)
    level = grey + 0.5 * (level - grey) + np.array([12, 0, -12], np.float32)
    return np.clip(level, 0, 255).astype(np.uint8)


def brighter(frame: Frame, number: int) -> Frame:
    """Lifted shadows, clipped lights, colder."""
    level = (frame.astype(np.float32) / 255) ** 0.75 * 270 + np.array([-8, 0, 14], np.float32)
    return np.clip(level, 0, 255).astype(np.uint8)


def framed(frame: Frame, top: float, bottom: float, left: float, right: float) -> Frame:
    """These shares of the picture cut away, the rest enlarged (nearest pixel)."""
    height, width = frame.shape[:2]
    rows = np.linspace(height * top, height * (1 - bottom) - 1, height).round().astype(int)
    columns = np.linspace(width * left, width * (1 - right) - 1, width).round().astype(int)
    return np.ascontiguousarray(frame[rows][:, columns])


def cropped(frame: Frame, number: int) -> Frame:
    """Four per cent of the picture cut away around it."""
    return framed(frame, 0.02, 0.02, 0.02, 0.02)


def blown_up(frame: Frame, number: int) -> Frame:
    """A tenth cut away, more on the right and below."""
    return framed(frame, 0.02, 0.08, 0.03, 0.07)


def wide(frame: Frame, number: int) -> Frame:
    """An eighth of the height cut away above and below and black bars laid there."""
    made = frame.copy()
    bar = round(len(frame) * 0.128)
    made[:bar] = made[-bar:] = 0
    return made


def narrow(frame: Frame, number: int) -> Frame:
    """The middle three quarters of the width alone, as for 4:3, stretched."""
    return framed(frame, 0, 0, 0.125, 0.125)


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


def offline(frame: Frame, number: int) -> Frame:
    """Brighter, blown up to one side, burnt in."""
    return burnt_in(blown_up(brighter(frame, number), number), number)


LOOKS: dict[str, tuple[Look, int, int]] = {
    "same": (same, 360, 23),
    "240 lines, low bitrate": (same, 240, 33),
    "regraded": (regraded, 360, 26),
    "brighter": (brighter, 270, 28),
    "cropped 4 %": (cropped, 360, 26),
    "blown up to one side": (blown_up, 360, 26),
    "bars above and below": (wide, 360, 28),
    "4:3": (narrow, 360, 26),
    "burnt-in timecode, watermark": (burnt_in, 360, 28),
    "titles": (titled, 360, 26),
    "graded, cropped, burnt in, 240 lines": (everything, 240, 28),
    "brighter, blown up, burnt in, 270 lines": (offline, 270, 30),
}
"""Each with its height in pixels and x264's crf."""


def random_cut(frames: int, cuts: Sequence[int], seed: int, edits: int = 8) -> tuple[Piece, ...]:
    """So many edits, each at a shot of its own, the shots between untouched.

    Trims of 1 to 12 frames at heads and tails, frames out of the middle, shots out, new picture in,
    shots replaced, shots that change places, half and double speed, a held last frame, black.
    """
    chance = random.Random(seed)
    bounds = [0, *[cut for cut in cuts if 12 <= cut <= frames - 12], frames]
    shots = list(pairwise(bounds))
    places = set(chance.sample(range(1, len(shots) - 1), min(edits, (len(shots) - 2) // 2)))
    made: list[Piece] = []
    for number, (first, last) in enumerate(shots):
        made += _edited(first, last, chance) if number in places else [Piece(first, last)]
    if seed % 3 == 0:
        order = chance.randrange(1, len(made) - 2)
        made[order], made[order + 1] = made[order + 1], made[order]
    return tuple(made)


def _edited(first: int, last: int, chance: random.Random) -> list[Piece]:
    length = last - first
    off = min(chance.choice((1, 1, 2, 3, 5, 8, 12)), max(1, length // 4))
    kind = chance.randrange(10)
    middle = first + length // 2
    new = Piece(0, chance.randint(10, 60), alien=True)
    whole = Piece(first, last)
    table: list[list[Piece]] = [
        [Piece(first + off, last)],
        [Piece(first, last - off)],
        [Piece(first, middle), Piece(middle + off, last)],
        [],
        [new, whole],
        [Piece(0, length, alien=True)],
        [Piece(first, last, step=2)] if length > 24 else [Piece(first + off, last)],
        [Piece(first, last, times=2)] if length > 12 else [Piece(first, last - off)],
        [whole, Piece(last - 1, last, times=20 + off)],
        [Piece(first + off, last - off)] if length > 3 * off else [whole],
    ]
    return table[kind]


def trailer_cut(cuts: Sequence[int], frames: int, seed: int) -> tuple[Piece, ...]:
    """As a trailer is made: short bits of shots out of order, faded, black and titles between."""
    chance = random.Random(1000 + seed)
    bounds = [0, *cuts, frames]
    shots = [pair for pair in pairwise(bounds) if pair[1] - pair[0] >= 20]
    made: list[Piece] = []
    for number in range(16):
        first, last = chance.choice(shots)
        length = min(last - first, chance.randint(12, 60))
        begin = chance.randint(first, last - length)
        made.append(Piece(begin, begin + length, fade_frames=chance.choice((0, 0, 0, 8))))
        if number % 4 == 3:
            made.append(Piece(0, chance.randint(20, 50), alien=True, fade_frames=8))
    return tuple(made)


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
    light = [one for piece in trial.pieces for one in piece.light()]
    pictures = _pictures(film, order, light)
    height = trial.height_px
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=trial.rate.frames_per_second)
        stream.width, stream.height, stream.pix_fmt = height * 16 // 9 // 2 * 2, height, "yuv420p"
        stream.options = {"crf": str(trial.crf), "preset": "veryfast"}
        heard = out.add_stream("aac", rate=_SOUND_HZ, layout="mono") if trial.sound else None
        for number, picture in enumerate(pictures):
            made = trial.grade(picture, number)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(made), format="rgb24")
            out.mux(stream.encode(frame.reformat(stream.width, height, "yuv420p")))
        out.mux(stream.encode(None))
        if heard is not None:
            _write_sound(out, heard, cut_sound(film, trial, order))
    return order


def cut_sound(film: Path, trial: Trial, order: Sequence[int]) -> NDArray[np.float32]:
    """The film's sound cut with its picture, 3 dB down; or from elsewhere, turned round."""
    sound = read_sound(film, _SOUND_HZ, 1)[:, 0] * np.float32(0.7)
    if trial.sound == "other":
        sound = np.roll(sound[::-1], len(sound) // 3)
    edges = np.rint(np.arange(len(order) + 1) * _SOUND_HZ / float(trial.rate.frames_per_second))
    edges = edges.astype(int)
    made = np.zeros(edges[-1], dtype=np.float32)
    chance = np.random.default_rng(len(order))
    for number, old in enumerate(order):
        part = slice(edges[number], edges[number + 1])
        first = round(old * _SOUND_HZ / 24)
        length = part.stop - part.start
        if old < 0:
            made[part] = chance.normal(0, 0.03, length)
        else:
            piece = sound[first : first + length]
            made[part.start : part.start + len(piece)] = piece
    return made


def _write_sound(out: OutputContainer, stream: AudioStream, sound: NDArray[np.float32]) -> None:
    for first in range(0, len(sound), 1024):
        piece = np.ascontiguousarray(sound[None, first : first + 1024])
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = _SOUND_HZ, first
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))


def _pictures(film: Path, order: Sequence[int], light: Sequence[float]) -> Iterator[Frame]:
    """The pictures of these frames, the film read into memory once."""
    held = _held(film)
    height, width = held[0].shape[:2]
    for number, (old, bright) in enumerate(zip(order, light, strict=True)):
        picture = held[old] if old >= 0 else drawn((width, height), number)
        yield picture if bright == 1.0 else (picture * np.float32(bright)).astype(np.uint8)


_HELD: dict[Path, list[Frame]] = {}


def _held(film: Path) -> list[Frame]:
    if film not in _HELD:
        _HELD.clear()
        _HELD[film] = [picture for _, _, picture in read_frames(film)]
    return _HELD[film]
