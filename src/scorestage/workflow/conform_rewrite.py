"""The music of a cue conformed to a new cut: map, sketch and score, with whose they are."""

from __future__ import annotations

import re
from dataclasses import replace

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import BarPrints, is_by_hand, read_provenance, write_bytes
from scorestage.adapters.store.form_file import FORM
from scorestage.conform.moving import CueState
from scorestage.music.barprints import BY_HAND, marked_as
from scorestage.music.replaying import replayed
from scorestage.production import Cue
from scorestage.tempofit.repairs import Repair
from scorestage.timebase import TempoMap
from scorestage.workflow.compose import COMPOSE, SKETCH
from scorestage.workflow.conform import CueConform, plays_on
from scorestage.workflow.conform_earlier import Earlier
from scorestage.workflow.fit import FIT, MAP
from scorestage.workflow.form import FORM_SOURCE
from scorestage.workflow.job import Job
from scorestage.workflow.kept_bars import prints_of
from scorestage.workflow.library import ensemble_of
from scorestage.workflow.orchestrate import ORCHESTRATE, SCORE
from scorestage.workflow.sketch_bars import sketch_prints
from scorestage.workflow.sources import Source, Written, keep, refresh

VERB = "conform"
MUSIC_FILES = (MAP, FORM, SKETCH, SCORE, "provenance.jsonl")
_ID = re.compile(rb'id="([^"]+)"')
_AGAIN = re.compile(r"^(again\d+\.)+")


def rewrite_music(job: Job, staged: Job, one: CueConform, repair: Repair | None) -> None:
    """Map, sketch and score of one cue: moved with its picture, or played as the repair has it."""
    if one.move.state in (CueState.NO_PICTURE, CueState.ORPHANED):
        return
    tempo_map = job.folder.map(one.cue.id, job.clock)
    if tempo_map is None:
        return
    new_map = _slid(tempo_map, one)
    if repair is not None and repair.returns and one.earlier is not None:
        _bring_back(staged, one.cue, one.earlier)
        new_map, repair = one.earlier.tempo_map, None
    cue = staged.cue(one.cue.id)
    same_labels = staged.clock == job.clock
    if same_labels and replace(cue, written_to=one.cue.written_to) == one.cue:
        return
    if plays_on(one.move):
        _play_on(staged, cue)
        return
    missed = tuple(hit.hit.id for hit in repair.missed) if repair is not None else ()
    missed += tuple(staged.folder.missed_by_map(cue.id))
    if repair is not None and repair.edits:
        new_map, words = repair.tempo_map, f"{repair.name}: {repair.why}"
    else:
        words = _comment(staged, cue)
    map_text = staged.folder.map_text(new_map, staged.clock, words, tuple(dict.fromkeys(missed)))
    _write(staged, cue, FIT, map_text.encode("utf-8"), one, repair)
    if (staged.folder.cue_folder(cue.id) / FORM_SOURCE.file).exists():
        refresh(staged, cue, FORM_SOURCE, again=True)
    for source in (COMPOSE, ORCHESTRATE):
        path = staged.folder.cue_folder(cue.id) / source.file
        if path.exists():
            content = path.read_bytes()
            if repair is not None and repair.edits:
                content = _played(content, cue, repair, source)
            _write(staged, cue, source, content, one, repair)


def _play_on(staged: Job, cue: Cue) -> None:
    """Make music of the scene anew to its new out; what a person changed stays theirs."""
    for source in (FIT, FORM_SOURCE, COMPOSE, ORCHESTRATE):
        if (staged.folder.cue_folder(cue.id) / source.file).exists():
            refresh(staged, cue, source)


def _bring_back(staged: Job, cue: Cue, earlier: Earlier) -> None:
    """Put the files of an earlier version in place of those of the music as it is."""
    home = staged.folder.cue_folder(cue.id)
    for name in MUSIC_FILES:
        kept = earlier.folder / name
        if kept.is_file():
            write_bytes(home / name, kept.read_bytes())
        else:
            (home / name).unlink(missing_ok=True)


def _slid(tempo_map: TempoMap, one: CueConform) -> TempoMap:
    if one.move.start is None or one.cue.start is None:
        return tempo_map
    return tempo_map.shifted(one.move.start - one.cue.start)


def _comment(job: Job, cue: Cue) -> str:
    """What a map file says of itself in its first lines."""
    text = (job.folder.cue_folder(cue.id) / MAP).read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").strip())
    return "\n".join(lines)


def _played(content: bytes, cue: Cue, repair: Repair, source: Source) -> bytes:
    """A sketch or score file with its music played as the repair has it."""
    score = read_score(content, source.file).score
    again = replayed(score, repair.spans, repair.tempo_map.grid)
    title = f"{cue.number} {cue.title}".strip()
    subtitle = "Sketch" if source is COMPOSE else ""
    return write_score(again, repair.tempo_map, title=title, subtitle=subtitle)


def _write(
    staged: Job,
    cue: Cue,
    source: Source,
    content: bytes,
    one: CueConform,
    repair: Repair | None,
) -> None:
    """One file with its provenance: up to date with the new cut, and still a person's if it was."""
    folder = staged.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    by_hand = is_by_hand(folder, source.file, provenance)
    origins = tuple((o.note, o.origin) for o in provenance.origins if o.file == source.file)
    write_bytes(folder / source.file, content)
    if provenance.of(source.file) is None:
        return
    origins = _with_copies(origins, content)
    prints = provenance.prints_of(source.file)
    if repair is not None and repair.edits:
        fresh = _prints_now(staged, cue, source, content) if prints else ()
        fresh = tuple(
            replace(bars, bars=_still_theirs(bars.bars, prints.get(bars.player, ()), repair))
            for bars in fresh
        )
    else:
        fresh = tuple(o for o in provenance.prints if o.file == source.file)
    written = Written(content, origins, prints=fresh)
    pure = b"" if by_hand else None
    keep(folder, source.file, VERB, source.inputs(staged, cue), written, pure)


def _prints_now(staged: Job, cue: Cue, source: Source, content: bytes) -> tuple[BarPrints, ...]:
    """The prints of a file's bars, under the names that its own source knows the staves by."""
    if source is COMPOSE:
        return sketch_prints(content, source.file)
    return prints_of(content, source.file, ensemble_of(staged, cue))


def _with_copies(
    origins: tuple[tuple[str, str], ...], content: bytes
) -> tuple[tuple[str, str], ...]:
    """The origins with those of notes that are cut at a joint, or played once more."""
    known = dict(origins)
    for found in _ID.findall(content):
        name = found.decode("utf-8")
        first = _AGAIN.sub("", name).split("~")[0]
        if name not in known and first in known:
            known[name] = known[first]
    return tuple(known.items())


def _still_theirs(
    fresh: tuple[str, ...], before: tuple[str, ...], repair: Repair
) -> tuple[str, ...]:
    """Prints of the new bars, a person's and varied ones marked as such wherever they now stand."""
    found = list(fresh)
    for number, source in enumerate(repair.sources[: len(found)]):
        marks = [before[old] for old in source.old_bars if old < len(before)]
        for mark in sorted(marks, key=lambda one: one == BY_HAND):
            found[number] = marked_as(found[number], mark)
    return tuple(found)
