"""Watching the film: one look and one listen, kept beside the build for every later step."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from scorestage import registry
from scorestage.adapters.formats.srt import read_srt
from scorestage.adapters.formats.vtt import read_vtt
from scorestage.adapters.machines.film import FilmFacts, probe, sound_chunks
from scorestage.adapters.machines.look import passing_look, take_look
from scorestage.adapters.machines.voice import speech_in_film
from scorestage.adapters.store import replacing, sha256_of
from scorestage.adapters.subtitles import Subtitle
from scorestage.builder import code_of
from scorestage.errors import InputError, ProjectError, Where
from scorestage.paperwork import PictureNote
from scorestage.production import Cue
from scorestage.spotting import (
    Detector,
    Footage,
    Moment,
    MomentKind,
    PictureIndex,
    ShotMarks,
    SoundIndex,
    SoundIndexBuilder,
    Speech,
    watch,
)
from scorestage.spotting.sound import SOUND_RATE_HZ
from scorestage.spotting.tones import ToneIndex, ToneIndexBuilder
from scorestage.timebase import FilmRange, FilmTime, clock_text
from scorestage.workflow.job import Job
from scorestage.workflow.shots import described
from scorestage.workflow.talking import spoken_words, with_speakers

Progress = Callable[[float, str], None]
_SEEN = {
    "cut": "CUT to next shot",
    "dissolve": "DISSOLVE to next shot",
    "fade-in": "FADE IN",
    "fade-out": "FADE OUT",
    "wipe": "WIPE to next shot",
    "flash": "white FLASH",
    "title": "TITLE",
}
_LOOK_CODE = (
    *("adapters/machines/film/facts.py", "adapters/machines/film/frames.py"),
    *("adapters/machines/look", "spotting/picture.py", "spotting/likeness.py"),
)
_SOUND_CODE = (
    *("adapters/machines/film/facts.py", "adapters/machines/film/sound.py"),
    *("adapters/machines/voice.py", "spotting/sound.py"),
    *("spotting/tones.py", "spotting/loudness.py"),
)


def footage_of(film: Path, kept_in: Path | None, progress: Progress) -> tuple[Footage, FilmFacts]:
    """The film watched and heard once; kept in the folder given, by the film's content.

    What was broken off goes on where it stopped.
    """
    if kept_in is None:
        picture, facts = look_of(film, None, progress)
        return _with_sound(picture, _heard(film, facts, progress)), facts
    content = content_of(film)
    picture, facts = look_of(film, kept_in, progress, content)
    kept = kept_in / f"{content}-{code_of(*_SOUND_CODE)[:12]}.sound.npz"
    heard = _kept(kept)
    if heard is None:
        heard = _heard(film, facts, progress)
        _keep(kept, heard)
    return _with_sound(picture, heard), facts


def _with_sound(picture: PictureIndex, heard: _Sounds) -> Footage:
    return Footage(picture, heard.sound, heard.speech, heard.tones)


def look_of(
    film: Path, kept_in: Path | None, progress: Progress, content: str = ""
) -> tuple[PictureIndex, FilmFacts]:
    """The film watched once, not heard; kept like `footage_of` keeps it, under `content`.

    `content` is the beginning of the film's SHA-256, worked out where it is not given.
    """
    facts = probe(film)
    if kept_in is None:
        return passing_look(film, facts, _watching(progress)), facts
    name = content or content_of(film)
    look = kept_in / f"{name}-{code_of(*_LOOK_CODE)[:12]}.look"
    return take_look(film, look, facts, _watching(progress)), facts


def content_of(film: Path) -> str:
    """The name under which what was seen and heard of a film is kept."""
    return sha256_of(film)[:24]


def moments_in(footage: Footage, marks: ShotMarks | None = None) -> tuple[Moment, ...]:
    """Everything that all registered detectors find; cuts and dissolves by `marks`, if given."""
    detectors = {
        name: one
        for name, one in registry.load_all("detectors").items()
        if isinstance(one, Detector)
    }
    return watch(footage, detectors, marks=marks)


def film_footage(job: Job, progress: Progress = lambda share, name: None) -> Footage:
    """The footage of the picture in force, what is said put in where subtitles are known."""
    footage, _ = footage_of(job.film(), job.folder.build / ".index", progress)
    return with_words(footage, job)


def with_words(footage: Footage, job: Job) -> Footage:
    """The footage with the words of the subtitles; where there are none, as heard.

    Titles that nobody says (sounds in brackets, music) are no lines.
    """
    titles = tuple(one for one in subtitles_of(job) if one.is_said)
    if not titles:
        return footage
    named = with_speakers(job, titles)
    speech = tuple(Speech(one.range, 1.0, words) for one, words in zip(titles, named, strict=True))
    heard = tuple(
        one for one in footage.speech if not any(one.range.overlaps(t.range) for t in titles)
    )
    merged = tuple(sorted((*speech, *heard), key=lambda one: one.range))
    return replace(footage, speech=merged)


def notes_of(job: Job, cue: Cue) -> tuple[PictureNote, ...]:
    """What is seen and said inside a cue; cuts are known once the film was watched."""
    if cue.start is None or cue.end is None:
        return ()
    inside = FilmRange(cue.start, cue.end)
    measured = [
        PictureNote(at, _SEEN.get(kind, kind.upper()))
        for at, kind in kept_shots(job)
        if inside.holds(at) and at != cue.start
    ]
    seen = [note for note in described(job, measured) if inside.holds(note.at)]
    said = tuple(one for one in subtitles_of(job) if one.is_said)
    for span in cue.dialogue:
        if span.overlaps(inside):
            until = clock_text((span.end - cue.start).seconds)
            told = spoken_words(job, span, said)
            seen.append(PictureNote(span.start, f"{told} until {until}", spoken=True))
    return tuple(sorted(seen, key=lambda note: note.at))


def subtitles_of(job: Job) -> tuple[Subtitle, ...]:
    """The production's subtitles; none where none were given."""
    if not job.production.subtitles:
        return ()
    path = (job.folder.root / job.production.subtitles).resolve()
    if not path.is_file():
        where = Where(file=job.folder.root / "production.toml")
        raise InputError(f"the subtitles {path} are not there", where, "mend or remove the line")
    content = path.read_bytes()
    is_vtt = path.suffix.lower() == ".vtt" or content.removeprefix(b"\xef\xbb\xbf")[:6] == b"WEBVTT"
    return (read_vtt if is_vtt else read_srt)(content, path.name)


def kept_shots(job: Job) -> tuple[tuple[FilmTime, str], ...]:
    """The picture's seams as `spot` left them: when, and of what kind."""
    picture = job.production.current_picture
    path = _shots_path(job)
    if picture is None or not path.exists():
        return ()
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return tuple((FilmTime(one["at"]), str(one["kind"])) for one in records)
    except (ValueError, KeyError, TypeError) as fault:
        raise ProjectError(
            f"the list of shots has a fault: {fault}",
            Where(file=path, line=getattr(fault, "lineno", None)),
            "delete the file and say: scorestage spot",
        ) from None


def keep_shots(job: Job, moments: tuple[Moment, ...]) -> None:
    """Note down the picture's seams for timing notes and the report."""
    seams = [one for one in moments if one.kind not in (MomentKind.SOUND, MomentKind.SILENCE)]
    records = [{"at": str(one.at.seconds), "kind": str(one.kind)} for one in seams]
    with replacing(_shots_path(job)) as unfinished:
        unfinished.write_text(json.dumps(records, indent=0), encoding="utf-8")


def _shots_path(job: Job) -> Path:
    picture = job.production.picture or "none"
    return job.folder.root / "pictures" / f"{picture}.shots.json"


def _watching(progress: Progress) -> Callable[[float], None]:
    progress(0.0, "watching the picture")
    return lambda share: progress(0.8 * share, "watching the picture")


@dataclass(frozen=True, slots=True, eq=False)
class _Sounds:
    """What is kept of a film's sound; of a silent film nothing."""

    sound: SoundIndex | None = None
    tones: ToneIndex | None = None
    speech: tuple[Speech, ...] = ()


def _heard(film: Path, facts: FilmFacts, progress: Progress) -> _Sounds:
    """The film's sound measured, and where somebody speaks; nothing for a silent film."""
    if not facts.has_sound:
        return _Sounds()
    progress(0.82, "listening to the sound")
    channels = 1 if facts.channels == 1 else 2
    sounds, tones = SoundIndexBuilder(), ToneIndexBuilder(channels)
    for chunk in sound_chunks(film, SOUND_RATE_HZ, channels, facts=facts):
        sounds.add(chunk)
        tones.add(chunk)
    progress(0.92, "listening for voices")
    spans = speech_in_film(film, facts=facts)
    speech = tuple(Speech(span, confidence) for span, confidence in spans)
    return _Sounds(sounds.finish(), tones.finish(), speech)


def _keep(path: Path, heard: _Sounds) -> None:
    arrays: dict[str, Any] = {}
    for name, index in (("sound", heard.sound), ("tones", heard.tones)):
        if index is not None:
            arrays |= {f"{name}.{key}": array for key, array in index.to_arrays().items()}
    spoken = [
        (str(one.range.start.seconds), str(one.range.end.seconds), repr(one.confidence))
        for one in heard.speech
    ]
    arrays["speech"] = np.array(spoken, dtype=np.str_).reshape(-1, 3)
    with replacing(path) as unfinished:
        np.savez_compressed(unfinished, allow_pickle=False, **arrays)


def _kept(path: Path) -> _Sounds | None:
    if not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            sounds, rows = _named(arrays, "sound."), _named(arrays, "tones.")
            sound = SoundIndex.from_arrays(sounds) if sounds else None
            tones = ToneIndex.from_arrays(rows) if rows else None
            speech = tuple(
                Speech(FilmRange(FilmTime(str(a)), FilmTime(str(b))), float(c))
                for a, b, c in arrays["speech"]
            )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error):
        return None
    return _Sounds(sound, tones, speech)


def _named(arrays: Any, prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): arrays[name] for name in arrays.files if name.startswith(prefix)
    }
