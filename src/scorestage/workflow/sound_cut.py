"""How the recording of a cue is cut as its music was: by a repair, or as was once applied.

What a new cut did to the sound of a cue is kept with the cue, so that a take or a stem that comes
later is cut like those that were there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.store import write_bytes
from scorestage.conform.audio_edits import AudioEdit, audio_edits
from scorestage.conform.moving import CueState
from scorestage.errors import FormatError, InputError, ScorestageError, Where
from scorestage.music.replaying import PlayedSpan
from scorestage.production import Cue, PictureVersion
from scorestage.tempofit.repairs import Repair, click_places
from scorestage.timebase import Beats, FilmTime, TempoMap
from scorestage.workflow.conform import CueConform
from scorestage.workflow.conform_cut import NewCut
from scorestage.workflow.job import Job
from scorestage.workflow.products.naming import cue_folder, slug

SOUND_CUT = "sound-cut.json"
TAKES = "takes"


@dataclass(frozen=True, slots=True)
class SoundCut:
    """The stretches of a cue's old sound as they are played now, in seconds of both films.

    `version` is the music that the old sound is of; `tempo_map` and `hits` (with their words) are
    those of the new music.
    """

    number: str
    version: str
    was: PictureVersion
    now: PictureVersion
    edits: tuple[AudioEdit, ...]
    tempo_map: TempoMap
    hits: tuple[tuple[FilmTime, str, str], ...] = ()


def sound_cut(job: Job, one: CueConform, repair: Repair | None, cut: NewCut) -> SoundCut:
    """What the chosen repair of a cue does to its sound; without one it slides."""
    old = job.folder.map(one.cue.id, job.clock)
    if old is None:
        raise InputError("the cue has no tempo map", Where(cue=one.cue.number), "fit it first")
    if repair is not None and repair.edits:
        now = repair.tempo_map
        edits = audio_edits(old, now, repair.spans, click_places(old.grid))
    elif one.move.start is None or one.cue.start is None:
        raise InputError("the cue lost its picture", Where(cue=one.cue.number))
    else:
        now = old.shifted(one.move.start - one.cue.start)
        edits = audio_edits(old, now, _whole(old), ())
    hits = tuple(
        (hit.at, hit.hit.words or hit.hit.id, hit.hit.id)
        for hit in one.move.hits
        if hit.at is not None
    )
    return SoundCut(one.cue.number, one.cue.version, job.picture(), cut.picture, edits, now, hits)


def _whole(old: TempoMap) -> tuple[PlayedSpan, ...]:
    first = old.grid.starts[0]
    return (PlayedSpan(first, Beats((old.grid.end - first).quarters), first),)


# ── kept for sound that comes later ──────────────────────────────────────────────────────────────


def keep_sound_cut(
    job: Job, stage: Path, one: CueConform, repair: Repair | None, cut: NewCut
) -> None:
    """Keep with the cue what the new cut did to its sound; nothing where it has no music.

    Where the cue only moves after a change, the sound of before that change moves on with it.
    """
    if one.move.state in (CueState.ORPHANED, CueState.NO_PICTURE):
        return
    path = job.folder.cue_folder(one.cue.id) / SOUND_CUT
    same = repair is None or not repair.edits
    try:
        made = kept_sound_cut(job, one.cue) if same and path.is_file() else None
        if made is not None and one.move.start is not None and one.cue.start is not None:
            by = (one.move.start - one.cue.start).seconds
            edits = tuple(replace(edit, new_at=edit.new_at + by) for edit in made.edits)
            made = replace(made, now=cut.picture, edits=edits)
        elif one.move.state is CueState.UNTOUCHED:
            return
        else:
            made = sound_cut(job, one, repair, cut)
    except ScorestageError:
        return
    told = {
        "version": made.version,
        "was": made.was.id,
        "now": made.now.id,
        "edits": [
            [str(part) for part in (edit.old_in, edit.old_out, edit.new_at, edit.stretch)]
            for edit in made.edits
        ],
    }
    staged = stage / path.relative_to(job.folder.root)
    write_bytes(staged, (json.dumps(told, indent=1) + "\n").encode("utf-8"))


def kept_sound_cut(job: Job, cue: Cue) -> SoundCut:
    """What the last new cut did to the sound of a cue.

    Raises `InputError` where none was applied, or another picture is in force by now.
    """
    path = job.folder.cue_folder(cue.id) / SOUND_CUT
    tempo_map = job.folder.map(cue.id, job.clock)
    told = _read(path) if path.is_file() else {}
    pictures = {one.id: one for one in job.production.pictures}
    was = pictures.get(str(told.get("was")))
    if tempo_map is None or was is None or told.get("now") != job.picture().id:
        raise InputError(
            f"no new cut was applied to {cue.number} with picture {job.picture().id}",
            Where(cue=cue.number),
            "its recordings are as they have to be; or give the new cut itself",
        )
    edits = tuple(AudioEdit(*map(Fraction, parts)) for parts in told["edits"])
    hits = tuple((hit.at, hit.words or hit.id, hit.id) for hit in cue.live_hits)
    return SoundCut(cue.number, str(told["version"]), was, job.picture(), edits, tempo_map, hits)


def _read(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        [told["version"], *(AudioEdit(*map(Fraction, parts)) for parts in told["edits"])]
    except (ValueError, KeyError, TypeError, ZeroDivisionError) as fault:
        raise FormatError(f"tells no cut of sound: {fault}", Where(file=path)) from None
    return told


# ── the recordings there are ─────────────────────────────────────────────────────────────────────


def recordings_of(job: Job, cue: Cue, version: str) -> tuple[Path, ...]:
    """The sound there is of a version of a cue's music: mock-up and stems as built, and its takes.

    Takes are WAV files under `takes/` whose names begin with the cue's number. Raises `InputError`
    where there is none.
    """
    number, named = slug(cue.number), slug(version)
    built = job.folder.build / cue_folder(cue) / "audio"
    found = [
        *sorted(built.glob(f"{number}_{named}_mockup_*.wav")),
        *sorted((built / "stems").glob(f"{number}_{named}_stem-*.wav")),
        *(
            path
            for path in sorted((job.folder.root / TAKES).rglob("*.wav"))
            if slug(path.stem).lower().split("-")[0] == number.lower()
        ),
    ]
    if not found:
        raise InputError(
            f"there is no sound of {cue.number} {version}",
            Where(cue=cue.number),
            f"scorestage build {cue.number} --only mock-up; or name a file: {cue.number}=take.wav",
        )
    return tuple(found)


def recordings_named(
    job: Job, texts: Sequence[str], planned: Callable[[str], SoundCut]
) -> tuple[list[tuple[SoundCut, tuple[Path, ...]]], list[tuple[str, str]]]:
    """What is done to the sound of each cue named (`1m01`, `1m01=take3.wav`, `all`), and its files.

    With `all`, cues that cannot be cut or have no sound are passed over: the second answer says
    which, and why. Raises `InputError` for such a cue that is named.
    """
    files: dict[str, list[Path]] = {}
    for text in texts:
        name, _, file = text.partition("=")
        if name.strip() != "all" or file:
            files.setdefault(job.cue(name.strip()).number, []).extend([Path(file)] if file else [])
    found = []
    for number, named in files.items():
        plan = planned(number)
        found.append((plan, tuple(named) or recordings_of(job, job.cue(number), plan.version)))
    passed_over = []
    for cue in job.cues() if "all" in texts else ():
        if cue.number in files:
            continue
        try:
            plan = planned(cue.number)
            found.append((plan, recordings_of(job, cue, plan.version)))
        except InputError as fault:
            passed_over.append((cue.number, str(fault)))
    return found, passed_over
