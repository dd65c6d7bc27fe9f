"""The demo film as files: picture with sound, titles, screenplay and temp track."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.demofilm.picture import frames
from scorestage.adapters.demofilm.screenplay import fountain, srt
from scorestage.adapters.demofilm.sounds.effects import RATE_HZ
from scorestage.adapters.demofilm.sounds.sound import soundtrack
from scorestage.adapters.demofilm.sounds.temp import temp_track
from scorestage.adapters.demofilm.story import STORY
from scorestage.adapters.formats.wav import BroadcastStamp, SampleFormat, write_wav
from scorestage.adapters.machines.film import FilmWriter, SoundTrack
from scorestage.adapters.store.atomic import write_text
from scorestage.timebase import Timecode

Progress = Callable[[float], None]
Frame = NDArray[np.uint8]

START_LABEL = "01:00:00:00"
_NAME = "the-little-light"
_QUALITY, _PRESET = 21, "superfast"
_SOUND_SHARE = 0.1
_WAITING_FRAMES = 24


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Where the demo film lies: film, titles (SRT), screenplay (Fountain), temp track (WAV)."""

    title: str
    film: Path
    subtitles: Path
    screenplay: Path
    temp: Path


def draw_demo_film(folder: Path, progress: Progress | None = None) -> DemoFiles:
    """Draw the film and its papers into the folder; `progress` is told the share done, 0 to 1.

    Each file appears whole or not at all. What an earlier run of the same edition has finished is
    kept.
    """
    tell = progress or (lambda share: None)
    folder.mkdir(parents=True, exist_ok=True)
    files = DemoFiles(
        STORY.title,
        folder / f"{_NAME}.mp4",
        folder / f"{_NAME}.srt",
        folder / f"{_NAME}.fountain",
        folder / f"{_NAME}-temp.wav",
    )
    edition, mark = _edition(), folder / f".{_NAME}.edition"
    fresh = mark.is_file() and mark.read_text("utf-8").strip() == edition
    if not fresh:
        files.film.unlink(missing_ok=True)
        files.temp.unlink(missing_ok=True)
        write_text(mark, edition + "\n")
    write_text(files.subtitles, srt())
    write_text(files.screenplay, fountain())
    if not files.temp.is_file():
        _write_temp(files.temp)
    tell(_SOUND_SHARE / 2)
    if not files.film.is_file():
        _write_film(files.film, lambda share: tell(_SOUND_SHARE + (1 - _SOUND_SHARE) * share))
    tell(1.0)
    return files


def _edition() -> str:
    """A fingerprint of everything that draws the film."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(source.stem.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def _write_temp(path: Path) -> None:
    hours_samples = 3600 * RATE_HZ
    stamp = BroadcastStamp(hours_samples, f"{STORY.title}, temp track")
    write_wav(path, temp_track(), RATE_HZ, SampleFormat.PCM_24, stamp)


def _write_film(path: Path, tell: Progress) -> None:
    sound = soundtrack()
    start = Timecode.parse(START_LABEL, STORY.rate)
    with FilmWriter(
        path,
        STORY.width_px,
        STORY.height_px,
        STORY.rate,
        (SoundTrack("dialogue and effects"),),
        start,
        crf=_QUALITY,
        preset=_PRESET,
        title=STORY.title,
    ) as film:
        film.write_sound(0, sound)
        with _drawn_ahead() as drawn:
            for number, frame in enumerate(drawn):
                film.write_frame(frame)
                if number % 12 == 0:
                    tell(number / STORY.frames)


@contextmanager
def _drawn_ahead() -> Iterator[Iterator[Frame]]:
    """The frames, drawn by a second thread while this one encodes; it ends when this one does."""
    waiting: Queue[Frame | None] = Queue(_WAITING_FRAMES)
    stop = Event()

    def put(frame: Frame | None) -> bool:
        while not stop.is_set():
            try:
                waiting.put(frame, timeout=0.1)
            except Full:
                continue
            return True
        return False

    def draw() -> None:
        try:
            for frame in frames():
                if not put(frame):
                    return
        finally:
            put(None)

    with ThreadPoolExecutor(1, "demo film") as pool:
        drawing = pool.submit(draw)
        try:
            yield _until_none(waiting)
        finally:
            stop.set()
        drawing.result()


def _until_none(waiting: Queue[Frame | None]) -> Iterator[Frame]:
    while True:
        try:
            frame = waiting.get(timeout=0.5)
        except Empty:
            continue
        if frame is None:
            return
        yield frame
