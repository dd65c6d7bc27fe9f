"""`playthrough`: a cue for two hands, with hits and timings above; heard, and with the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from scorestage.adapters.catalogue import load_house, load_instrument
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.formats.wav import write_wav
from scorestage.adapters.machines.engravers import Engraver, print_score
from scorestage.adapters.machines.film import Sound
from scorestage.adapters.machines.playthrough_film import PlayFilm, write_play_film
from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import find_soundfont
from scorestage.adapters.machines.stage_film import read_production
from scorestage.adapters.store import passing_room, replacing, write_bytes
from scorestage.engraving import Edition
from scorestage.errors import FormatError, InputError, Where
from scorestage.mockup.clock import AudioClock
from scorestage.mockup.mix import mix, stems_of
from scorestage.mockup.perform import perform
from scorestage.music import Family, MarkKind, Player, Score, Words
from scorestage.orchestration import seated
from scorestage.orchestration.reduction import piano_of, reduce_score
from scorestage.orchestration.reduction.playable import PlayablePiano, playable, told
from scorestage.production import Cue, Hit, House
from scorestage.tempofit import land
from scorestage.timebase import Beat, FilmSpan, FilmTime, TempoMap
from scorestage.workflow.check_alone import catalogue
from scorestage.workflow.compose import SKETCH, map_of, read_sketch
from scorestage.workflow.convert import MIDI, MUSICXML, read_music
from scorestage.workflow.job import Job, user_library
from scorestage.workflow.orchestrate import SCORE, read_cue_score
from scorestage.workflow.products.cuefacts import edition_of, facts_of
from scorestage.workflow.products.films import dip_curve
from scorestage.workflow.sketch_out import theme_labels

RATE_HZ = 48_000
FILMS = (".mp4", ".mov")
_LEAD, _TAIL = FilmSpan(2), FilmSpan(3)
_CEILING = 10 ** (-1 / 20)
_UNDER_MUSIC_DB = -3.0
KIND = "Play-through for piano"
_STAFF_MM = Fraction(9, 2)


@dataclass(frozen=True, slots=True)
class PlayThrough:
    """A cue at the piano: the score for two hands, its map, hits, and what had to give way."""

    title: str
    number: str
    made: PlayablePiano
    tempo_map: TempoMap
    edition: Edition
    hits: tuple[Hit, ...]
    notes: tuple[str, ...]
    source: str
    themes: tuple[tuple[Beat, str], ...] = ()

    @property
    def score(self) -> Score:
        """The piano score."""
        return self.made.score


def of_cue(job: Job, cue: Cue, source: str = "") -> PlayThrough:
    """A cue's sketch (or, where it has none or `score` is said, its full score) for two hands.

    Raises `InputError` for a cue that has neither.
    """
    folder = job.folder.cue_folder(cue.id)
    if source not in ("", "sketch", "score"):
        raise InputError(f"--from {source}", do="say sketch or score")
    from_score = source == "score" or (not source and not (folder / SKETCH).exists())
    if from_score and not (folder / SCORE).exists():
        do = f"say: scorestage compose {cue.number}"
        raise InputError("there is nothing to play yet", Where(cue=cue.number), do)
    sketch = reduce_score(read_cue_score(job, cue)).sketch if from_score else read_sketch(job, cue)
    tempo_map = map_of(job, cue)
    facts = facts_of(job, cue)
    made = piano_of(sketch, pianist())
    piano = playable(made.score, tempo_map)
    edition = edition_of(job, cue, for_the_desk(facts.house))
    edition = replace(edition, orchestrator="", kind=KIND, podium_marks=())
    return PlayThrough(
        *(cue.title, cue.number, piano, tempo_map, edition, cue.live_hits),
        told(piano, made.left_out),
        "score" if from_score else "sketch",
        tuple((label.at, label.text) for label in theme_labels(job, cue)),
    )


def of_file(source: Path) -> PlayThrough:
    """Any score or sketch in a file for two hands; a piano part is kept as it is written.

    Raises `InputError` for a missing file, `FormatError` for one without notes.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    music = read_music(source)
    if not any(True for _ in music.score.notes()):
        raise FormatError("there is no note in it", Where(file=source))
    full = seated(music.score, catalogue()).score
    alone = full.lines[0] if len(full.lines) == 1 else None
    left_out: tuple[Any, ...] = ()
    if alone is not None and alone.player.instrument.family is Family.KEYBOARD:
        score = full
    else:
        made = piano_of(reduce_score(full).sketch, pianist())
        score, left_out = made.score, made.left_out
    piano = playable(score, music.tempo_map)
    title = music.title or source.stem
    edition = Edition(
        "", "", title, for_the_desk(load_house("los-angeles")), kind=KIND, as_written=True
    )
    hits = tuple(
        Hit(f"h{number}", music.tempo_map.time_at(mark.at), mark.text)
        for number, mark in enumerate(music.score.marks, start=1)
        if mark.kind is MarkKind.HIT
    )
    edition = replace(edition, composer=music.composer)
    notes = (*music.losses, *told(piano, left_out))
    return PlayThrough(title, "", piano, music.tempo_map, edition, hits, notes, source.name)


def for_the_desk(house: House) -> House:
    """The house with its score on the paper of its parts, as it stands on a piano's desk."""
    return replace(house, score_paper=replace(house.part_paper, staff_mm=_STAFF_MM))


def pianist() -> Player:
    """Who plays: a piano of the catalogue."""
    piano = load_instrument("piano", user_library())
    return Player("pf", piano.name, piano.abbreviation, (piano,))


def write_play(
    play: PlayThrough,
    target: Path,
    job: Job | None = None,
    cue: Cue | None = None,
    *,
    streamers: bool = False,
    dialogue: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[str, ...]:
    """Write it as pages (.pdf), MusicXML, MIDI, sound (.wav) or film (.mp4, .mov); what to know.

    Raises `FormatError` for another ending.
    """
    suffix = target.suffix.lower()
    title = f"{play.number} {play.title}".strip()
    if suffix == ".pdf":
        with passing_room() as room:
            printed = print_score(
                _labelled(play), play.tempo_map, play.edition, Engraver.AUTOMATIC, room
            )
        write_bytes(target, printed.files[0][1])
        return printed.warnings
    if suffix in MUSICXML[:2]:
        write_bytes(
            target, write_score(_labelled(play), play.tempo_map, title=title, subtitle=KIND)
        )
    elif suffix in MIDI:
        write_bytes(target, write_midi(play.score, play.tempo_map, play.hits, title=title))
    elif suffix == ".wav":
        with replacing(target) as unfinished:
            write_wav(unfinished, sound_of(play, *_stretch(play)), RATE_HZ)
    elif suffix in FILMS:
        return _film(play, target, job, cue, streamers, dialogue, progress)
    else:
        known = ", ".join((".pdf", *MUSICXML[:2], *MIDI, ".wav", *FILMS))
        raise FormatError(f"{suffix or target.name!r} cannot be written", do=f"write {known}")
    return ()


def _labelled(play: PlayThrough) -> Score:
    """The score with the themes' names over the right hand."""
    line = play.score.lines[0]
    first, *rest = line.staves
    words = (*first.words, *(Words(at, text) for at, text in play.themes))
    staves = (replace(first, words=words), *rest)
    return replace(play.score, lines=(replace(line, staves=staves),))


def _stretch(play: PlayThrough) -> tuple[FilmTime, FilmTime]:
    """From two seconds before the first note to three after the last barline."""
    opening = play.tempo_map.time_at(Beat(0) + -play.tempo_map.grid.pickup)
    return opening - _LEAD, play.tempo_map.end + _TAIL


def sound_of(play: PlayThrough, begins: FilmTime, ends: FilmTime, seed: int = 1) -> Sound:
    """The piano alone, 48 kHz stereo, from one film time to another."""
    clock = AudioClock(play.tempo_map, begins, RATE_HZ)
    synth = Sf2Synth(find_soundfont(), RATE_HZ)
    rate = play.edition.rate
    landings = (land(hit, play.tempo_map, rate) for hit in play.hits)
    caught = tuple(one.at for one in landings if one.caught)
    performances = perform(play.score, clock, synth, hits=caught, seed=seed)
    length = round((ends - begins).seconds * RATE_HZ)
    stems = stems_of(performances, synth, length, RATE_HZ)
    if not stems:
        return np.zeros((length, 2), dtype=np.float32)
    return mix(stems, rate_hz=RATE_HZ).mix


def _film(
    play: PlayThrough,
    target: Path,
    job: Job | None,
    cue: Cue | None,
    streamers: bool,
    dialogue: bool,
    progress: Callable[[int, int], None] | None,
) -> tuple[str, ...]:
    """The picture of the cue with the piano as its sound; on black where there is none."""
    from scorestage.workflow.stage_wish import StageWish
    from scorestage.workflow.staging import stage_plan_of

    rate = play.edition.rate
    begins, ends = _stretch(play)
    first, end = rate.frame_at(begins), rate.nearest_frame(ends)
    begins, ends = rate.time_of(first), rate.time_of(end)
    placed = job is not None and cue is not None and cue.start is not None
    placed = placed and job is not None and job.production.current_picture is not None
    source = job.film() if placed and job is not None else None
    sound = sound_of(play, begins, ends)
    if source is not None and dialogue:
        sound = _with_film(sound, read_production(source, first, end, rate), cue, begins)
    plan = None
    if streamers and job is not None and cue is not None:
        plan = stage_plan_of(job, cue, StageWish(clocks=False))
    film = PlayFilm(
        play.number,
        f"{play.number} {play.title}".strip(),
        play.score,
        play.tempo_map,
        play.hits,
        rate,
        play.edition.timecode_start_frames,
        first,
        end,
        themes=play.themes,
        plan=plan,
        clock_zero=play.edition.clock_zero,
    )
    with replacing(target) as unfinished:
        write_play_film(unfinished, film, source, sound, progress)
    return ()


def _with_film(music: Sound, own: Sound, cue: Cue | None, begins: FilmTime) -> Sound:
    """The piano under the film's own sound: it steps back while somebody speaks."""
    spoken = tuple(
        replace(span, start=_from(span.start, begins), end=_from(span.end, begins))
        for span in (cue.dialogue if cue is not None else ())
    )
    length = min(len(music), len(own))
    under = np.float32(10 ** (_UNDER_MUSIC_DB / 20))
    mixed = music[:length] * dip_curve(spoken, length)[:, None] + own[:length] * under
    peak = float(np.abs(mixed).max(initial=0.0))
    return np.asarray(mixed * np.float32(min(1.0, _CEILING / max(peak, 1e-9))), dtype=np.float32)


def _from(at: FilmTime, begins: FilmTime) -> FilmTime:
    return FilmTime((at - begins).seconds)


def play_answer(play: PlayThrough, target: Path | None) -> dict[str, Any]:
    """For `--json`: what was left out, the faults that remain, the hits with their places."""
    grid = play.tempo_map.grid
    return {
        "cue": play.number or None,
        "title": play.title,
        "from": play.source,
        "bars": len(grid.bars),
        "tones": sum(len(note.pitches) for _, note in play.score.notes()),
        "left_out": play.made.left_out,
        "nearer": play.made.moved,
        "faults": [
            {"bar": fault.bar, "kind": fault.kind, "text": fault.text} for fault in play.made.faults
        ],
        "hits": [
            {
                "id": hit.id,
                "words": hit.words,
                "at_seconds": str(hit.at.seconds),
                "at_seconds_float": float(hit.at.seconds),
                "bar": str(grid.position(play.tempo_map.beat_at(hit.at)).label),
            }
            for hit in play.hits
        ],
        "file": str(target) if target is not None else None,
        "notes": list(play.notes),
    }
