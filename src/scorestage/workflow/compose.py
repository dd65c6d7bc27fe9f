"""`compose`: a sketch from brief, themes and tempo map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b

from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.adapters.store import read_provenance
from scorestage.adapters.store.form_file import FORM, read_form
from scorestage.builder import fingerprint
from scorestage.composing import CueRequest, FormWish, KeptRun, compose
from scorestage.composing.writing import home_key, opening_key
from scorestage.errors import InputError, MusicError, ScorestageError, Where
from scorestage.music import PitchRange, Sketch, Theme
from scorestage.music.holding import held_sketch
from scorestage.music.key import Key
from scorestage.production import (
    Brief,
    Cue,
    Groove,
    Layer,
    ScoringLevel,
    ScoringOption,
    WayOut,
    in_film_order,
)
from scorestage.thematics import Counterpoint, combine, variants
from scorestage.thematics.varying import SHARES
from scorestage.timebase import BarGrid, Beat, TempoMap
from scorestage.workflow.asked import asked_of
from scorestage.workflow.job import Job
from scorestage.workflow.library import ensemble_of, style_of
from scorestage.workflow.sketch_bars import (
    by_role,
    merged_sketch,
    runs_of,
    sketch_prints,
    theirs_as_runs,
    theirs_in,
)
from scorestage.workflow.song_cues import song_inputs, song_sketch
from scorestage.workflow.source_cues import as_played, heard_of, source_remarks, whole_map
from scorestage.workflow.sources import Source, Written
from scorestage.workflow.themes import load_themes
from scorestage.workflow.varied_bars import Variation, set_in, variations_in, without

SKETCH = "sketch.musicxml"
CLASHES_LITTLE = 0.25


def map_of(job: Job, cue: Cue) -> TempoMap:
    """A cue's tempo map; `InputError` where none has been fitted."""
    tempo_map = job.folder.map(cue.id, job.clock)
    if tempo_map is None:
        raise InputError(
            "the cue has no tempo map yet",
            Where(cue=cue.number),
            f"say: scorestage fit {cue.number}",
        )
    return tempo_map


def read_sketch(job: Job, cue: Cue) -> Sketch:
    """A cue's sketch from its file, whoever wrote it."""
    path = job.folder.cue_folder(cue.id) / SKETCH
    if not path.exists():
        raise InputError(
            "the cue has no sketch yet",
            Where(cue=cue.number),
            f"say: scorestage compose {cue.number}",
        )
    return Sketch.of_score(read_score(path.read_bytes(), path.name).score)


@lru_cache(maxsize=64)
def _varied(theme: Theme, seed: int) -> tuple[Theme, ...]:
    """The variants of a theme, worked out once for all cues."""
    return variants(theme, seed)


def request_of(job: Job, cue: Cue) -> CueRequest:
    """What is asked of the composer for a cue."""
    themes = load_themes(job)
    seed = job.production.seed
    asked = asked_of(job.production, cue, job.clock)
    varied = tuple(variant for theme in themes for variant in _varied(theme, seed))
    picture = job.production.current_picture
    own = map_of(job, cue)
    request = CueRequest(
        cue=replace(as_played(cue), tone=asked.tone),
        tempo_map=whole_map(cue, own) if cue.is_source else own,
        themes=(*themes, *varied),
        style=style_of(job, cue),
        brief=replace(job.production.brief, tone=asked.background, avoid=asked.unwanted),
        seed=_seed(seed, cue.take),
        shape_seed=_seed(seed, cue.take.partition("~")[0]),
        rate=job.production.rate,
        start_frames=picture.start_frames if picture is not None else 0,
        shares=tuple((name, int(share * 1000)) for name, share in SHARES.items()),
        together=_together(themes),
        compass=_compass(job, cue),
        form=_form_wish(job, cue),
    )
    return _led_into(job, cue, request)


def _seed(seed: int, take: str) -> int:
    """The seed of an answer: the production's own for the first."""
    if take in ("", "1"):
        return seed
    return int.from_bytes(blake2b(f"{seed}|{take}".encode(), digest_size=6).digest())


def _following(job: Job, cue: Cue) -> Cue | None:
    """The cue that a segue leads into; None where there is none, or it has no map."""
    if cue.way_out is not WayOut.SEGUE:
        return None
    cues = job.cues()
    named = (one for one in cues if cue.segue_to and cue.segue_to in (one.id, one.number))
    following = next(named, None) or _next_scored(cues, cue)
    if following is None or job.folder.map(following.id, job.clock) is None:
        return None
    return following


def _next_scored(cues: tuple[Cue, ...], cue: Cue) -> Cue | None:
    """The cue of score that begins next in the film."""
    if cue.start is None:
        return None
    scored = (one for one in in_film_order(cues) if one.layer is not Layer.SOURCE)
    return next((one for one in scored if one.start and one.start > cue.start), None)


def _led_into(job: Job, cue: Cue, request: CueRequest) -> CueRequest:
    """The request with number, key and opening tempo of the cue that a segue leads into."""
    following = _following(job, cue)
    if following is None:
        return request
    other = request_of(job, replace(following, way_out=WayOut.RING_OFF))
    return replace(
        request,
        segue_to=following.number,
        segue_key=_opening(replace(other, cue=replace(other.cue, way_out=following.way_out))),
        segue_tempo=other.tempo_map.tempo_at(Beat(0)),
    )


def _opening(request: CueRequest) -> Key:
    """The key a cue begins in; its home where its form cannot be planned as it stands."""
    try:
        return opening_key(request)
    except ScorestageError:
        return home_key(request, request.main_theme)


def _form_wish(job: Job, cue: Cue) -> FormWish:
    """What a person asks of the cue's form in its file."""
    folder = job.folder.cue_folder(cue.id)
    return read_form(folder / FORM, read_provenance(folder).prints_of(FORM)).wish


@lru_cache(maxsize=64)
def _together(themes: tuple[Theme, ...]) -> tuple[tuple[str, Theme], ...]:
    """Which other theme goes with each theme in counterpoint, as it is to be played beside it.

    Only what clashes little: at most a quarter of the time together is dissonant on a beat.
    """
    found: list[tuple[str, Theme]] = []
    for theme in themes:
        for other in themes:
            best = _answer(theme, other) if other.id != theme.id else None
            if best is not None and best.clash_share <= CLASHES_LITTLE and not best.parallels:
                notes = (
                    replace(note, onset=note.onset + best.enters) for note in best.answer.notes
                )
                found.append((theme.id, replace(best.answer, notes=tuple(notes))))
    return tuple(found)


def _answer(theme: Theme, other: Theme) -> Counterpoint | None:
    try:
        return combine(theme, other, 1)[0]
    except MusicError:
        return None


def _compass(job: Job, cue: Cue) -> PitchRange | None:
    """From the lowest to the highest tone that the cue's players have; None where none is known."""
    found = [
        one.professional
        for player in ensemble_of(job, cue).players
        for one in player.instruments
        if one.professional is not None
    ]
    if not found:
        return None
    low = min((one.low for one in found), key=lambda pitch: pitch.key)
    return PitchRange(low, max((one.high for one in found), key=lambda pitch: pitch.key))


def compose_inputs(job: Job, cue: Cue) -> str:
    """What tells one state of a cue's brief, themes, map and form from another."""
    request = request_of(job, cue)
    plain = replace(
        request.cue,
        number="",
        title="",
        why=(),
        kept=False,
        composer="",
        orchestrator="",
        ensemble="",
        players=(),
        written_to="",
        groove=Groove.AUTO,
        added_notes=True,
        everyone=True,
        option=ScoringOption.BALANCED,
        level=ScoringLevel.FULL,
        assign=(),
        references=(),
        avoid=(),
        scenes=(),
        scene_from=Fraction(0),
        scene_until=Fraction(1),
        status=type(cue.status).PROPOSED,
        hits=tuple(replace(hit, why="", streamer=False) for hit in cue.live_hits),
    )
    brief = Brief(tone=request.brief.tone, avoid=request.brief.avoid)
    return fingerprint(
        plain,
        request.tempo_map,
        request.themes,
        request.style,
        brief,
        request.seed,
        request.shape,
        request.rate,
        request.shares,
        request.together,
        request.compass,
        request.form,
        request.segue_key,
        *song_inputs(job, cue),
        *((request.segue_to, request.segue_tempo) if request.segue_to else ()),
    )


def ground_of(job: Job, cue: Cue) -> Sketch | None:
    """The music of a cue before its hits; None where its sketch is not the one composed for it.

    Read back from what would be its file, as the sketch is, so that the two can be compared.
    """
    folder = job.folder.cue_folder(cue.id)
    if cue.song or not (folder / SKETCH).exists():
        return None
    answer = _answered(job, cue, request_of(job, cue))
    for variation in variations_in(read_provenance(folder).prints_of(SKETCH)):
        answer = _another_way(job, cue, answer, variation)
    if answer.ground is None or (folder / SKETCH).read_bytes() != answer.written.content:
        return None
    return Sketch.of_score(read_score(answer.ground, SKETCH).score)


def as_file(request: CueRequest, sketch: Sketch, heard: TempoMap | None = None) -> bytes:
    """A sketch as its file holds it; of music of the scene what is `heard`."""
    cue, tempo_map = request.cue, request.tempo_map
    score = held_sketch(sketch, tempo_map).as_score()
    if heard is not None:
        score, tempo_map = heard_of(score, tempo_map, heard, cue.end), heard
    return write_score(
        score,
        tempo_map,
        title=f"{cue.number} {cue.title}".strip(),
        subtitle="Sketch",
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """A sketch as it would be written, and the same music before its hits."""

    written: Written
    ground: bytes | None


def _answered(job: Job, cue: Cue, request: CueRequest) -> _Answer:
    heard = map_of(job, cue) if cue.is_source else None
    composition = compose(request)
    content = as_file(request, composition.sketch, heard)
    origins = tuple(
        (note_id, f"{one.origin} ({one.words})" if one.words else one.origin)
        for one in composition.provenance
        for note_id in one.note_ids
    )
    words = asked_of(job.production, cue, job.clock).heard
    told = tuple(f"“{one.words}”: {one.does}" for one in words)
    remarks = (*told, *composition.remarks, *source_remarks(cue, job.clock))
    ground = composition.ground
    return _Answer(
        Written(content, origins, remarks, sketch_prints(content, SKETCH)),
        as_file(request, ground, heard) if ground is not None else None,
    )


def _make(job: Job, cue: Cue, kept: tuple[KeptRun, ...] = ()) -> Written:
    if cue.song:
        content, told = song_sketch(job, cue, map_of(job, cue))
        return Written(content, remarks=told, prints=sketch_prints(content, SKETCH))
    return _answered(job, cue, replace(request_of(job, cue), kept=kept)).written


def _around(job: Job, cue: Cue) -> Written:
    """What is made around the bars that are pinned, or that a person changed."""
    if cue.song or cue.is_source:
        return _make(job, cue)
    folder, pinned = job.folder.cue_folder(cue.id), pinned_bars(job, cue)
    return _make(job, cue, theirs_as_runs(cue, folder, SKETCH, pinned, map_of(job, cue)))


def _merge(job: Job, cue: Cue, made: Written) -> Written:
    """What was made with a person's bars in it, and the varied ones as they now follow."""
    folder, pinned = job.folder.cue_folder(cue.id), pinned_bars(job, cue)
    before = read_provenance(folder).prints_of(SKETCH)
    whole = merged_sketch(cue, folder, SKETCH, made, map_of(job, cue), pinned)
    grid = read_score(whole.content, SKETCH).score.grid
    own = theirs_in(
        by_role(read_score((folder / SKETCH).read_bytes(), SKETCH).score), before, pinned, cue
    )
    for variation in variations_in(before):
        left = without(variation, own, len(grid.bars))
        if left.bars:
            whole = another_way(job, cue, whole, left)
            said = f"bars {_labels(left, grid)} written in way {left.turn}, as you had them varied"
            whole = replace(whole, remarks=(*whole.remarks, said))
    return whole


def _labels(variation: Variation, grid: BarGrid) -> str:
    bars = sorted({bar for found in variation.bars.values() for bar in found})
    return ", ".join(str(grid.bars[bar].label) for bar in bars)


def another_way(job: Job, cue: Cue, made: Written, variation: Variation) -> Written:
    """A sketch with some bars written in another way and joined to what is around them.

    Raises `InputError` where the sketch has other bars than the cue's map by now.
    """
    return _another_way(job, cue, _Answer(made, None), variation).written


def _another_way(job: Job, cue: Cue, base: _Answer, variation: Variation) -> _Answer:
    score = by_role(read_score(base.written.content, SKETCH).score)
    request = request_of(job, replace(cue, take=f"{cue.take or '1'}~{variation.turn}"))
    if score.grid.starts == request.tempo_map.grid.starts:
        every = range(len(score.grid.bars))
        varied = {line.player.id: variation.bars.get(line.player.id, ()) for line in score.lines}
        stay = {name: [bar for bar in every if bar not in own] for name, own in varied.items()}
        request = replace(request, kept=runs_of(score, stay))
    other = _answered(job, cue, request)
    path, tempo_map = job.folder.cue_folder(cue.id) / SKETCH, map_of(job, cue)
    written = set_in(cue, path, base.written, other.written, variation, tempo_map)
    if base.ground is None or other.ground is None:
        return _Answer(written, None)
    under = replace(base.written, content=base.ground)
    over = replace(other.written, content=other.ground)
    return _Answer(written, set_in(cue, path, under, over, variation, tempo_map).content)


def pinned_bars(job: Job, cue: Cue) -> tuple[str, ...]:
    """The ranges of bars that a person has pinned."""
    folder = job.folder.cue_folder(cue.id)
    return read_form(folder / FORM, read_provenance(folder).prints_of(FORM)).pinned


def _is_pinned(job: Job, cue: Cue) -> bool:
    return bool(pinned_bars(job, cue))


COMPOSE = Source(SKETCH, "compose", compose_inputs, _make, _merge, _is_pinned, around=_around)
