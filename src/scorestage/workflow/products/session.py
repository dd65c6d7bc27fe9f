"""One session per cue: picture, production sound, temp, click and stems, map and markers.

Everything begins at the same moment, a whole second of timecode, and lasts as long: whatever
program opens it, nothing can slip.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from scorestage.adapters.formats.aaf import write_aaf
from scorestage.adapters.formats.dawproject import write_project as write_dawproject
from scorestage.adapters.formats.midi.map_out import write_map
from scorestage.adapters.formats.reaper import write_project as write_reaper
from scorestage.adapters.formats.wav import BroadcastStamp, read_wav_header, write_wav
from scorestage.adapters.machines.film import Sound
from scorestage.adapters.machines.session_media import (
    file_sound,
    film_sound,
    write_picture_clip,
)
from scorestage.adapters.session import Clip, Exported, Session, Track, TrackKind
from scorestage.adapters.store import write_bytes, write_text
from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.errors import ScorestageError
from scorestage.production import Cue
from scorestage.workflow.exchange import markers_of
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.products.cuefacts import CueFacts, facts_of, samples_since_midnight
from scorestage.workflow.products.naming import (
    cue_file,
    cue_folder,
    slug,
    sound_file,
)
from scorestage.workflow.products.sound import RATE_HZ, click_path

KINDS = ("session media", "session")
WRITERS: dict[str, Callable[[Session], Exported]] = {
    "reaper": write_reaper,
    "dawproject": write_dawproject,
    "aaf": write_aaf,
}
SUFFIXES = {"reaper": ".rpp", "dawproject": ".dawproject", "aaf": ".aaf"}
_FOLDER, _MEDIA = "session", "session/media"
_SESSION_CODE = (
    *("timebase", "sync", "adapters/session.py", "adapters/tempo_list.py"),
    *("adapters/formats/reaper", "adapters/formats/dawproject", "adapters/formats/aaf"),
    *("adapters/formats/midi", "workflow/products/session.py"),
)
_MEDIA_CODE = (
    *("timebase", "sync/timeline.py", "adapters/machines/film"),
    *("adapters/machines/session_media.py", "adapters/formats/wav.py"),
)


def cue_session(job: Job, cue: Cue, sound: tuple[Product, ...]) -> tuple[Product, ...]:
    """The session of a cue, and the media cut for it; `sound` are its click and mock-up."""
    facts = facts_of(job, cue)
    root, build = str(job.folder.root), str(job.folder.build)
    place = (facts.timeline.file, job.clock, cue.number, job.production.title)
    media = _media_product(job, cue, facts, place)
    made = tuple(one.inputs for one in (*sound, *media))
    session = Product(
        name=f"{cue.number}/session",
        kind=KINDS[1],
        make=make_session,
        arguments=(root, build, cue.id),
        inputs=fingerprint(
            *(facts.tempo_map, *place, cue.title, cue.start, cue.end, made),
            tuple((hit.id, hit.at, hit.words) for hit in cue.live_hits),
            code_of(*_SESSION_CODE),
        ),
        cue=cue.number,
        music_version=cue.version,
        picture_version=job.production.picture,
        needs=tuple(one.name for one in (*sound, *media)),
    )
    return (*media, session)


def _media_product(
    job: Job, cue: Cue, facts: CueFacts, place: tuple[object, ...]
) -> tuple[Product, ...]:
    picture = _picture_of(job, cue)
    temp = tuple(job.folder.root / name for name in job.production.temp) if picture else ()
    if picture is None:
        return ()
    return (
        Product(
            name=f"{cue.number}/session-media",
            kind=KINDS[0],
            make=make_session_media,
            arguments=(str(job.folder.root), str(job.folder.build), cue.id),
            inputs=fingerprint(*place, picture, temp, code_of(*_MEDIA_CODE)),
            cue=cue.number,
            picture_version=job.production.picture,
            weight=3,
        ),
    )


def _picture_of(job: Job, cue: Cue) -> object | None:
    """The picture a cue lies in; None where it has no place in one."""
    return job.production.current_picture if cue.start is not None else None


# ── media ───────────────────────────────────────────────────────────────────────────────────────


def make_session_media(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Cut a cue's stretch of picture, production sound and temp."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    facts = facts_of(job, cue)
    span, rate = facts.timeline.file, job.production.rate
    film = job.film()
    picture = Path(build) / picture_path(cue)
    picture.parent.mkdir(parents=True, exist_ok=True)
    frames = rate.nearest_frame(span.start), rate.nearest_frame(span.end)
    write_picture_clip(picture, film, *frames, job.clock, f"{cue.number} {cue.title}".strip())
    outputs = [Output(picture_path(cue), "picture clip")]
    samples = facts.timeline.length_samples(RATE_HZ)
    sound = film_sound(film, span.start, samples, RATE_HZ)
    path = dialogue_path(job, cue, facts)
    outputs.append(_written(job, facts, Path(build), path, sound))
    for path, name in zip(temp_paths(job, cue, facts), job.production.temp, strict=True):
        source = (job.folder.root / name).resolve()
        try:
            sound = file_sound(source, job.clock, span.start, samples, RATE_HZ)
        except ScorestageError as fault:
            outputs[0] = replace(outputs[0], remark=f"temp left out: {fault}")
            (Path(build) / path).unlink(missing_ok=True)
            continue
        outputs.append(_written(job, facts, Path(build), path, sound))
    return tuple(outputs)


def _written(job: Job, facts: CueFacts, build: Path, path: str, sound: Sound) -> Output:
    """One sound file of a session, stamped with its place in the film."""
    words = f"{job.production.title} {PurePosixPath(path).stem}"
    stamp = BroadcastStamp(
        samples_since_midnight(job, facts.timeline.file.start, RATE_HZ),
        description=words.encode("ascii", "replace").decode("ascii")[:256],
    )
    write_wav(build / path, sound.clip(-1, _FULL), RATE_HZ, stamp=stamp)
    return Output(path, "session sound")


_FULL = 1 - 2.0**-23
"""The loudest sample of 24 bits: sources of other people may touch full scale."""


def picture_path(cue: Cue) -> str:
    """Where the picture clip of a cue lies below the build folder."""
    return cue_file(cue, "picture", ".mov", _MEDIA)


def dialogue_path(job: Job, cue: Cue, facts: CueFacts) -> str:
    """Where its production sound lies."""
    return sound_file(cue, "production sound", facts.timeline.file.start, job.clock, _MEDIA)


def temp_paths(job: Job, cue: Cue, facts: CueFacts) -> tuple[str, ...]:
    """Where its temp tracks lie."""
    start = facts.timeline.file.start
    return tuple(
        sound_file(cue, f"temp {number}", start, job.clock, _MEDIA)
        for number in range(1, len(job.production.temp) + 1)
    )


# ── the session ─────────────────────────────────────────────────────────────────────────────────


def session_of(job: Job, cue: Cue, build: Path, placed: Callable[[str], str]) -> Session:
    """A cue's session over the media that are there; `placed` gives their path from the session."""
    facts = facts_of(job, cue)
    span = facts.timeline.file
    return Session(
        title=f"{cue.number} {cue.title}".strip(),
        clock=job.clock,
        start=span.start,
        tempo_map=facts.tempo_map,
        markers=markers_of(cue),
        tracks=_tracks(job, cue, facts, build, placed),
        end=span.end,
        sample_rate_hz=RATE_HZ,
    )


def _tracks(
    job: Job, cue: Cue, facts: CueFacts, build: Path, placed: Callable[[str], str]
) -> tuple[Track, ...]:
    found = []
    if (build / picture_path(cue)).is_file():
        version = job.picture()
        span = facts.timeline.file
        clip = Clip(
            placed(picture_path(cue)), span.start, span.end - span.start,
            width_px=version.width, height_px=version.height,
        )  # fmt: skip
        found.append(Track("Picture", TrackKind.PICTURE, (clip,)))
        sound = _sound_clip(facts, build, dialogue_path(job, cue, facts), placed)
        found.append(Track("Production sound", TrackKind.DIALOGUE, sound))
        for number, path in enumerate(temp_paths(job, cue, facts), start=1):
            clips = _sound_clip(facts, build, path, placed)
            found.append(Track(f"Temp {number}", TrackKind.TEMP, clips, muted=True))
    click = _sound_clip(facts, build, click_path(job, cue), placed)
    found.append(Track("Click", TrackKind.CLICK, click))
    stems = stem_paths(cue, build)
    for name, path in stems:
        found.append(Track(name, TrackKind.MUSIC, _sound_clip(facts, build, path, placed)))
    if not stems and (job.folder.cue_folder(cue.id) / SCORE).exists():
        lines = read_cue_score(job, cue).lines
        found += [Track(line.player.name, TrackKind.MUSIC) for line in lines]
    return tuple(found)


def stem_paths(cue: Cue, build: Path) -> tuple[tuple[str, str], ...]:
    """The stems of a cue's mock-up that are there: the name of each, and its path."""
    folder = f"{cue_folder(cue)}/audio/stems"
    begins = f"{slug(cue.number)}_{slug(cue.version)}_stem-"
    found = []
    for path in sorted((build / folder).glob(f"{begins}*.wav")):
        name = path.stem.removeprefix(begins).rpartition("_")[0].replace("-", " ")
        found.append((name.capitalize(), f"{folder}/{path.name}"))
    return tuple(found)


def _sound_clip(
    facts: CueFacts, build: Path, path: str, placed: Callable[[str], str]
) -> tuple[Clip, ...]:
    if not (build / path).is_file():
        return ()
    head = read_wav_header(build / path)
    span = facts.timeline.file
    return (
        Clip(
            placed(path), span.start, span.end - span.start,
            channels=head.channels, rate_hz=head.rate_hz, bits=head.bits,
        ),
    )  # fmt: skip


def make_session(root: str, build: str, cue_id: str) -> tuple[Output, ...]:
    """Write a cue's session in every format, its map as MIDI, and what each does not carry."""
    job = Job.open(Path(root))
    cue = job.cue(cue_id)
    folder = f"{cue_folder(cue)}/{_FOLDER}"

    def placed(path: str) -> str:
        return Path(os.path.relpath(path, folder)).as_posix()

    session = session_of(job, cue, Path(build), placed)
    return write_session_files(
        session, Path(build), lambda what, end: cue_file(cue, what, end, _FOLDER)
    )


def write_session_files(
    session: Session, folder: Path, named: Callable[[str, str], str], only: str = ""
) -> tuple[Output, ...]:
    """The session's files below `folder`, and a text with what each could not carry."""
    writers = {name: one for name, one in WRITERS.items() if not only or name == only}
    made = [(named("session", SUFFIXES[name]), one(session)) for name, one in writers.items()]
    made.append((named("map", ".mid"), write_map(session)))
    begins = f"{session.timecode} ({session.clock.rate.name} fps)"
    told = [f"{session.title}: every file begins at {begins}.", ""]
    for path, written in made:
        write_bytes(folder / path, written.content)
        told.append(PurePosixPath(path).name)
        told += [f"  note: {note}" for note in written.notes]
        told += [f"  not carried: {lost}" for lost in written.not_carried] or ["  all carried"]
    about = named("session", ".txt")
    write_text(folder / about, "\n".join(told) + "\n")
    return (*(Output(path, KINDS[1]) for path, _ in made), Output(about, "session notes"))
