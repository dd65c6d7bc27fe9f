"""The edits of a recording left open: a Reaper session, an AAF and an EDL beside the audition."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from scorestage.adapters.formats.aaf import write_aaf
from scorestage.adapters.formats.edl import write_edl
from scorestage.adapters.formats.reaper import write_project as write_reaper
from scorestage.adapters.session import Clip, Exported, Marker, Session, Track, TrackKind
from scorestage.adapters.store import write_bytes
from scorestage.conform.audio_edits import FADE_SECONDS, AudioEdit, with_head_and_tail
from scorestage.production import CutEvent, CutList, CutSource, PictureVersion
from scorestage.timebase import FilmClock, FilmSpan, FilmTime
from scorestage.workflow.conform_sound import ConformedSound
from scorestage.workflow.sound_cut import SoundCut

_FADE = Fraction(FADE_SECONDS).limit_denominator(1000)
_WRITERS: dict[str, Callable[[Session], Exported]] = {".rpp": write_reaper, ".aaf": write_aaf}


@dataclass(frozen=True, slots=True)
class OpenEdits:
    """A session or list of a conformed sound, and what it could not carry."""

    path: Path
    not_carried: tuple[str, ...] = ()


def write_open_edits(plan: SoundCut, made: ConformedSound) -> tuple[OpenEdits, ...]:
    """Beside the audition: its edits as Reaper session, AAF and EDL, that each can still be moved.

    In Reaper the old sound lies bar by bar with its crossfades, bent bars at their play rate. AAF
    and EDL know no stretched sound: bent bars there are clips of the audition, cut at the same
    places; an EDL counts in whole frames.
    """
    ends = made.begins + Fraction(made.header.length_samples, made.header.rate_hz)
    edits = [
        edit
        for edit in with_head_and_tail(made.edits, made.begins, ends)
        if edit.old_out > edit.old_in
    ]
    found = []
    for suffix, write in _WRITERS.items():
        session = _session(plan, made, edits, stretching=suffix == ".rpp")
        found.append(_written(made.path.with_suffix(suffix), write(session)))
    listed = _list(plan.now, made, edits)
    found.append(_written(made.path.with_suffix(".edl"), write_edl(listed)))
    return tuple(found)


def _written(path: Path, made: Exported) -> OpenEdits:
    write_bytes(path, made.content)
    return OpenEdits(path, made.not_carried)


def _session(
    plan: SoundCut,
    made: ConformedSound,
    edits: list[AudioEdit],
    *,
    stretching: bool,
) -> Session:
    clock = FilmClock(plan.now.rate, plan.now.start_frames)
    clips = [
        _clip(made, edit, before, after, stretching=stretching)
        for before, edit, after in zip([None, *edits[:-1]], edits, [*edits[1:], None], strict=True)
    ]
    first = min(clip.at.seconds for clip in clips)
    return Session(
        title=f"{plan.number} {made.source.stem} {plan.now.id}",
        clock=clock,
        start=FilmTime(Fraction(first // 1)),
        tempo_map=plan.tempo_map,
        markers=_markers(plan, edits),
        tracks=(
            Track(made.source.stem, TrackKind.MUSIC, tuple(clips)),
            Track("Audition", TrackKind.MUSIC, (_audition(made, edits),), muted=True),
        ),
        sample_rate_hz=made.header.rate_hz,
    )


def _clip(
    made: ConformedSound,
    edit: AudioEdit,
    before: AudioEdit | None,
    after: AudioEdit | None,
    *,
    stretching: bool,
) -> Clip:
    """One stretch of the old sound; at a joint it begins a fade early, and the one before ends."""
    if edit.stretch != 1 and not stretching:
        return _of_audition(made, edit, edit)
    joined = before is not None and not _goes_on(before, edit)
    leaves = after is not None and not _goes_on(edit, after)
    fade = _FADE if stretching else Fraction(0)
    early = min(fade, edit.old_in - made.begins) if joined else Fraction(0)
    speed = 1 / edit.stretch
    lead = early / speed
    return Clip(
        _path(made, made.source),
        FilmTime(edit.new_at - lead),
        FilmSpan(edit.new_out - edit.new_at + lead),
        FilmSpan(edit.old_in - early - made.begins),
        made.header.channels,
        made.header.rate_hz,
        made.header.bits,
        speed=speed,
        fade_in=FilmSpan(lead),
        fade_out=FilmSpan(fade if leaves else Fraction(0)),
    )


def _goes_on(one: AudioEdit, other: AudioEdit) -> bool:
    return (one.old_out, one.new_out) == (other.old_in, other.new_at)


def _audition(made: ConformedSound, edits: list[AudioEdit]) -> Clip:
    whole = AudioEdit(Fraction(0), edits[-1].new_out - edits[0].new_at, edits[0].new_at)
    return _of_audition(made, edits[0], whole)


def _of_audition(made: ConformedSound, first: AudioEdit, edit: AudioEdit) -> Clip:
    """The same place of the new file, which begins where the first of all edits plays."""
    begins = made.edits[0].new_at - max(Fraction(0), made.edits[0].old_in - made.begins)
    return Clip(
        made.path.name,
        FilmTime(edit.new_at),
        FilmSpan(edit.new_out - edit.new_at),
        FilmSpan(edit.new_at - begins),
        made.header.channels,
        made.header.rate_hz,
        made.header.bits,
    )


def _path(made: ConformedSound, file: Path) -> str:
    """From the session's folder; as it stands where the two lie on different drives."""
    try:
        return Path(os.path.relpath(file.resolve(), made.path.parent.resolve())).as_posix()
    except ValueError:
        return file.resolve().as_posix()


def _markers(plan: SoundCut, edits: list[AudioEdit]) -> tuple[Marker, ...]:
    """The hits where they now are, and every joint."""
    hits = [Marker(at, words, id=hit_id) for at, words, hit_id in plan.hits]
    joints = [
        Marker(FilmTime(other.new_at), "joint")
        for edit, other in pairwise(edits)
        if not _goes_on(edit, other)
    ]
    return tuple(sorted((*hits, *joints), key=lambda marker: marker.at))


def _list(now: PictureVersion, made: ConformedSound, edits: list[AudioEdit]) -> CutList:
    """The edits as events of a sound track, in whole frames of the new cut."""
    rate, start = now.rate, now.start_frames
    events = []
    for number, edit in enumerate(edits, start=1):
        first = start + round(edit.new_at * rate.frames_per_second)
        last = start + round(edit.new_out * rate.frames_per_second)
        if last <= first:
            continue
        bent = edit.stretch != 1
        file = made.path if bent else made.source
        into = (
            (start + edit.new_at * rate.frames_per_second)
            if bent
            else (start + edit.old_in * rate.frames_per_second)
        )
        begin = Fraction(round(into))
        events.append(
            CutEvent(
                first, last, CutSource(reel=file.stem[:8], clip=file.stem, file=file.name),
                begin, begin + last - first, track="A1", number=f"{number:03}",
            )
        )  # fmt: skip
    title = f"{made.source.stem} {now.id}"
    return CutList(title, rate, tuple(events), start_frames=None)
