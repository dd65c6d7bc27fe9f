"""The preview of a re-cut: its picture, its own sound cut with it, and the music."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.wav import read_wav
from scorestage.adapters.machines.edit_film import ShownFrame, write_edit_film
from scorestage.adapters.machines.film import Sound, probe, read_recording
from scorestage.adapters.machines.review_film import production_sound
from scorestage.adapters.store import replacing
from scorestage.conform.recutting import Recut
from scorestage.conform.recutting.applying import Segment, segments_of
from scorestage.errors import InputError
from scorestage.sync import click_track
from scorestage.sync.click import click_strokes
from scorestage.timebase import FilmRange, FilmTime, Timecode
from scorestage.workflow.played_files import WAV
from scorestage.workflow.products.films import dip_curve
from scorestage.workflow.recut import Recutting
from scorestage.workflow.recut_music import RecutMusic
from scorestage.workflow.recut_picture import RecutPicture

RATE_HZ = 48_000
_ROLL_SECONDS = 3
"""Shown before and after the music."""
_LIT_FRAMES = 8
_FADE_SAMPLES = 240
_CEILING = 10 ** (-1 / 20)
_MUSIC_DB = -3.0


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of the new film that is shown, in frames, and when its first one is seen."""

    first: int
    last: int
    at: FilmTime
    samples: int


def write_preview(found: Recutting, way: Recut, dest: Path) -> None:
    """Write the film of a way with the music under its sound, its bars told below the picture.

    Raises `InputError` where no film was given.
    """
    picture = found.picture
    if picture.film is None or picture.facts is None:
        raise InputError("there is no film to show", do="give it: --film FILM")
    segments = segments_of(found.shots, found.first, way)
    window = _window(found, segments)
    shown = [_shown(found, way, segments, frame) for frame in range(window.first, window.last)]
    sound = mixed_sound(found, segments, window)
    start = Timecode(picture.clock.start_frames + picture.film_first + window.first, picture.rate)
    with replacing(dest) as unfinished:
        write_edit_film(picture.film, unfinished, shown, sound, start, found.music.name)


def _window(found: Recutting, segments: Sequence[Segment]) -> Window:
    picture, tempo_map = found.picture, found.music.tempo_map
    roll = _ROLL_SECONDS * picture.rate.nominal
    first = max(0, picture.frame(tempo_map.start).__floor__() - roll)
    last = min(segments[-1].new_last, picture.frame(tempo_map.end).__floor__() + roll)
    last = max(last, first + 1)
    length = (last - first) / picture.rate.frames_per_second
    return Window(first, last, picture.at(first), round(length * RATE_HZ))


def _shown(found: Recutting, way: Recut, segments: Sequence[Segment], frame: int) -> ShownFrame:
    picture, music = found.picture, found.music
    segment = next(one for one in segments if one.new_first <= frame < one.new_last)
    old, aside = source_frame(segment, frame)
    at = picture.at(frame)
    words = f"{picture.label(frame)}   shot {found.shots[segment.shot].number}"
    if music.tempo_map.start <= at < music.tempo_map.end:
        place = music.tempo_map.grid.position(music.tempo_map.beat_at(at))
        words += f"   bar {place.label} | {place.beat.__floor__()}"
    lit = [
        f"{one.place.words} on {one.target.words}"
        for one in way.landed
        if one.is_met
        and one.after_frame is not None
        and one.target is not None
        and one.after_frame <= frame < one.after_frame + _LIT_FRAMES
    ]
    return ShownFrame(old + picture.film_first, words, lit[-1] if lit else aside, bool(lit))


def source_frame(segment: Segment, frame: int) -> tuple[int, str]:
    """The frame of the old film a new frame shows, and what to say where there is none.

    Frames out of a handle are not in the old film: the nearest one of the shot stands for them.
    """
    if segment.stretched:
        new = segment.new_last - segment.new_first
        old = (frame - segment.new_first) * (segment.last - segment.first) // new
        return segment.first + old, ""
    old = frame - segment.by
    if old < segment.first:
        return segment.first, f"handle {old - segment.first}"
    if old >= segment.last:
        held = frame >= segment.new_last - segment.held
        over = old - segment.last + 1
        return segment.last - 1, "held" if held else f"handle +{over}"
    return old, ""


# ── the sound ───────────────────────────────────────────────────────────────────────────────────


def mixed_sound(found: Recutting, segments: Sequence[Segment], window: Window) -> Sound:
    """The film's own sound cut with its picture, the music under it, lower below words."""
    picture = found.picture
    own = np.zeros((window.samples, 2), dtype=np.float32)
    if picture.film is not None and picture.facts is not None and picture.facts.has_sound:
        own = _cut_sound(
            production_sound(picture.film, probe(picture.film)), picture, segments, window
        )
    music = music_sound(found.music, window.at, window.samples) * np.float32(10 ** (_MUSIC_DB / 20))
    music *= dip_curve(_spoken(found, segments, window), window.samples)[:, None]
    mixed = own + music
    peak = float(np.abs(mixed).max(initial=0.0))
    return mixed * np.float32(_CEILING / peak) if peak > _CEILING else mixed


def _cut_sound(
    whole: Sound, picture: RecutPicture, segments: Sequence[Segment], window: Window
) -> Sound:
    """The film's sound in the new order; joins are faded over a few milliseconds.

    Where the picture comes out of a handle there is no sound but what follows in the old film.
    """
    made = np.zeros((window.samples, 2), dtype=np.float32)
    for one in segments:
        low, high = max(one.new_first, window.first), min(one.new_last, window.last)
        if low >= high:
            continue
        start, stop = (_sample(picture, at - window.first) for at in (low, high))
        stop = min(stop, window.samples)
        old = one.first + (low - one.new_first) if one.stretched else low - one.by
        begins = _sample(picture, old + picture.film_first)
        piece = np.zeros((stop - start, 2), dtype=np.float32)
        inside = whole[max(0, begins) : max(0, begins) + len(piece)]
        piece[: len(inside)] = inside
        _cleared(piece, picture, one, low)
        edge = min(_FADE_SAMPLES, len(piece) // 2)
        joined = one.by == 0 and one.new_first == one.first
        if edge and not joined and not one.rolls_in:
            piece[:edge] *= np.linspace(0, 1, edge, dtype=np.float32)[:, None]
        if edge and not joined and not one.rolls_out:
            piece[-edge:] *= np.linspace(1, 0, edge, dtype=np.float32)[:, None]
        made[start : start + len(piece)] = piece
    return made


def _cleared(piece: Sound, picture: RecutPicture, one: Segment, low: int) -> None:
    """No sound of the neighbour where a shot goes into its handle, or stands still."""
    if one.stretched:
        return
    if not one.rolls_in and one.old_first < one.first:
        until = _sample(picture, max(0, one.first + one.by - low))
        piece[:until] = 0
    if not one.rolls_out and (one.old_last > one.last or one.held):
        piece[_sample(picture, max(0, one.last + one.by - low)) :] = 0


def _sample(picture: RecutPicture, frames: int) -> int:
    return round(frames / picture.rate.frames_per_second * RATE_HZ)


def _spoken(found: Recutting, segments: Sequence[Segment], window: Window) -> tuple[FilmRange, ...]:
    """Where somebody speaks in the new film, from the window's first frame on."""
    rate = found.picture.rate.frames_per_second
    spans = []
    for one in segments:
        for first, last in found.shots[one.shot].spoken:
            low, high = max(first, one.old_first), min(last, one.old_last)
            if low < high:
                starts, ends = (one.new_place(Fraction(at)) - window.first for at in (low, high))
                spans.append(FilmRange(FilmTime(starts / rate), FilmTime(ends / rate)))
    return tuple(sorted(spans))


def music_sound(music: RecutMusic, at: FilmTime, samples: int) -> Sound:
    """The music from a film time on, 48 kHz stereo: its recording, else its clicks."""
    if music.sound is None or music.sound_at is None:
        strokes = click_strokes(music.tempo_map, 0)
        house = load_house("los-angeles")
        click = click_track(strokes, at, samples, house, RATE_HZ)
        return np.repeat(click[:, None], 2, axis=1) * np.float32(0.5)
    heard = _recording(music.sound)
    made = np.zeros((samples, 2), dtype=np.float32)
    offset = round((music.sound_at - at).seconds * RATE_HZ)
    low, high = max(0, offset), min(samples, offset + len(heard))
    if low < high:
        made[low:high] = heard[low - offset : high - offset]
    return made


def _recording(path: Path) -> Sound:
    if path.suffix.lower() in WAV:
        sound, header = read_wav(path)
        rate_hz = header.rate_hz
    else:
        sound, rate_hz = read_recording(path)
    if sound.shape[1] == 1:
        sound = np.repeat(sound, 2, axis=1)
    if rate_hz == RATE_HZ:
        return sound[:, :2]
    places = np.arange(round(len(sound) * RATE_HZ / rate_hz)) * (rate_hz / RATE_HZ)
    grid = np.arange(len(sound))
    lanes = [np.interp(places, grid, sound[:, lane]) for lane in range(2)]
    return np.stack(lanes, axis=1).astype(np.float32)
