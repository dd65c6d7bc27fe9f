"""Media of a session: the stretch of film and of sound that a cue needs, cut to one length."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import av.error
import numpy as np
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from scorestage.adapters.formats.wav import read_wav_header
from scorestage.adapters.machines.film import (
    Overlay,
    Picture,
    Planes,
    Sound,
    overlay_film,
    overlay_planes,
    probe,
    sound_chunks,
)
from scorestage.adapters.machines.film.opening import local_file, opened
from scorestage.errors import FilmError, FormatError, Where
from scorestage.timebase import FilmClock, FilmTime, Timecode

_CRF = 23


def write_picture_clip(
    dest: Path, film: Path, first_frame: int, end_frame: int, clock: FilmClock, title: str
) -> int:
    """The film's frames from `first_frame` up to `end_frame`, clean, black where there are none.

    Its timecode is the film's own. Returns the number of frames; `FilmError` for what is no film.
    """
    start = Timecode(clock.start_frames + first_frame, clock.rate)
    over = Overlay(first_frame, end_frame, (), start, title, crf=_CRF)
    try:
        return overlay_planes(film, dest, _leave_planes, over)
    except FilmError:
        return overlay_film(film, dest, _leave, over)


def _leave(number: int, picture: Picture) -> None:
    """Nothing is drawn."""


def _leave_planes(number: int, planes: Planes) -> None:
    """Nothing is drawn."""


def film_sound(film: Path, start: FilmTime, samples: int, rate_hz: int) -> Sound:
    """The film's own sound from `start` on, silent where there is none; samples x 2."""
    facts = probe(film)
    found = np.zeros((samples, 2), dtype=np.float32)
    if not facts.has_sound:
        return found
    at = -round(start.seconds * rate_hz)
    for piece in sound_chunks(film, rate_hz, 2, facts=facts):
        _lay(found, piece, at)
        at += len(piece)
        if at >= samples:
            break
    return found


def file_sound(path: Path, clock: FilmClock, start: FilmTime, samples: int, rate_hz: int) -> Sound:
    """A sound file, such as a temp track, from film time `start` on; samples x 2.

    A Broadcast WAV lies where its stamp says, if that is a place of the film at all; any other
    file begins with the film. `FormatError` for what holds no sound.
    """
    found = np.zeros((samples, 2), dtype=np.float32)
    at = round((stamped_at(path, clock) - start).seconds * rate_hz)
    with opened(local_file(path)) as container:
        if not container.streams.audio:
            raise FormatError("holds no sound", Where(file=path), "give a sound file")
        try:
            for piece in _pieces(container, rate_hz):
                _lay(found, piece, at)
                at += len(piece)
                if at >= samples:
                    break
        except av.error.FFmpegError as fault:
            told = f"the sound breaks off: {fault.strerror}"
            raise FormatError(told, Where(file=path), "copy it again") from fault
    return found


def _pieces(container: InputContainer, rate_hz: int) -> Iterator[Sound]:
    resampler = AudioResampler("fltp", "stereo", rate_hz)
    frames = container.decode(container.streams.audio[0])
    for frame in chain(frames, [None]):
        for made in resampler.resample(frame):
            yield made.to_ndarray().T.astype(np.float32)


def stamped_at(path: Path, clock: FilmClock) -> FilmTime:
    """Where a sound file begins in the film: by its broadcast stamp, else at the first frame."""
    if path.suffix.lower() not in (".wav", ".wave", ".bwf"):
        return FilmTime(0)
    try:
        header = read_wav_header(path)
    except FormatError:
        return FilmTime(0)
    if header.stamp is None or not header.stamp.start_samples:
        return FilmTime(0)
    since_midnight = FilmTime(header.stamp.start_samples).seconds / header.rate_hz
    at = since_midnight - clock.start_frames / clock.rate.frames_per_second
    return FilmTime(at) if at >= -60 else FilmTime(0)


def _lay(found: Sound, piece: Sound, at: int) -> None:
    low, high = max(0, at), min(len(found), at + len(piece))
    if low < high:
        found[low:high] = piece[low - at : high - at]
