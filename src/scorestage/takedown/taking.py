"""Taking down: players' tracks and a click become a score, with what is doubtful in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import Family, Line, Pitch, Player, Score, StaffSign, Words
from scorestage.music.marks import Mark
from scorestage.music.spelling import spelled
from scorestage.takedown.beatgrid import GridBeat, beats_of
from scorestage.takedown.pedal import pedal_signs, pedal_spans, sustained
from scorestage.takedown.performance import PlayedTone
from scorestage.takedown.playing import Playing
from scorestage.takedown.rhythm import (
    ReadRhythm,
    Stroke,
    doubtful,
    read_rhythm,
    votes_of,
)
from scorestage.takedown.staves import StaffSource, dealt, staff_of, with_spelling
from scorestage.takedown.strokes import Gesture, gestures_of, strokes_of
from scorestage.takedown.swing import straightened, swing_of
from scorestage.takedown.switches import Heard
from scorestage.takedown.trills import Trill, trills_of
from scorestage.takedown.voices import PlacedTone
from scorestage.timebase import BarGrid, Beat

_ROLLING = (Family.KEYBOARD, Family.PLUCKED, Family.RHYTHM)
_PEDALLED = (Family.KEYBOARD,)
_LAYER_SECONDS = Fraction(7, 100)
"""Two tracks of one player that strike one key so near together are layers of one note."""


@dataclass(frozen=True, slots=True)
class PlannedTrack:
    """A track of a player: what of it sounds, how its name says it is played, on which staff
    (0 upper, 1 lower; None: told from the keys)."""

    heard: Heard
    playing: Playing
    staff: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedPlayer:
    """A player and all the tracks that are this player's."""

    player: Player
    tracks: tuple[PlannedTrack, ...]


@dataclass(frozen=True, slots=True)
class TakeSettings:
    """What a person may say: whether eighths swing (None: as heard), and what is written."""

    swing: bool | None = None
    dynamics: bool = True
    pedal: bool = True
    fifths: int | None = None
    """Sharps (negative: flats) of the key, where it is told."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A bar that could as well be read otherwise: whose, and why."""

    player: str
    bar_index: int
    why: str


@dataclass(frozen=True, slots=True)
class TakenPlayer:
    """One player as taken down: tones played and written, scatter and lag of the hand."""

    player: str
    tracks: tuple[str, ...]
    played: int
    written: int
    doubled: int
    scatter_seconds: float
    lag_seconds: float


@dataclass(frozen=True, slots=True)
class TakenDown:
    """The score, what is doubtful in it, and how each player was understood."""

    score: Score
    doubts: tuple[Doubt, ...]
    players: tuple[TakenPlayer, ...]
    swing: float | None = None


@dataclass(slots=True)
class _Part:
    """A player on the way: gestures with their tracks, strokes, and what was read."""

    plan: PlannedPlayer
    gestures: tuple[Gesture, ...]
    strokes: tuple[Stroke, ...]
    source: dict[PlayedTone, PlannedTrack]
    read: ReadRhythm
    trills: tuple[Trill, ...] = ()


def take_down(
    plans: Sequence[PlannedPlayer],
    grid: BarGrid,
    quarters: Callable[[Fraction], Fraction],
    settings: TakeSettings | None = None,
    marks: tuple[Mark, ...] = (),
) -> TakenDown:
    """A score of what was played; `quarters` tells where the click stands at a time in seconds.

    Players without a tone that sounds are left out.
    """
    wish = settings or TakeSettings()
    beats = beats_of(grid)
    parts = [part for plan in plans if (part := _part(plan, quarters)) is not None]
    swing = _swing(parts, beats, wish)
    for part in parts:
        if swing is not None:
            part.strokes = straightened(part.strokes, beats, swing)
        part.read = read_rhythm(part.strokes, beats)
    if len(parts) > 1:
        votes = votes_of([part.read for part in parts])
        for part in parts:
            part.read = read_rhythm(part.strokes, beats, votes)
    lines, players = [], []
    for number, part in enumerate(parts, start=1):
        line, taken = _line(part, number, grid, beats, quarters, wish)
        lines.append(line)
        players.append(taken)
    if swing is not None and lines:
        lines[0] = _with_words(lines[0], Words(Beat(0), "Swing"))
    doubts = [one for part in parts for one in _doubts(part, beats)]
    score = with_spelling(Score(grid, tuple(lines), marks), _spelling(lines, wish))
    return TakenDown(score, tuple(doubts), tuple(players), swing)


def _part(plan: PlannedPlayer, quarters: Callable[[Fraction], Fraction]) -> _Part | None:
    source = _without_layers(plan)
    if not source:
        return None
    family = plan.player.instrument.family
    drums = any(track.heard.track.is_drums for track in plan.tracks)
    trills = () if drums else trills_of(list(source))
    for trill in trills:
        track = source[trill.strokes[0]]
        source = {tone: own for tone, own in source.items() if tone not in trill.strokes}
        source[trill.tone] = track
    gestures = gestures_of(list(source), quarters, can_roll=family in _ROLLING)
    strokes = strokes_of(gestures, quarters)
    return _Part(plan, gestures, strokes, source, ReadRhythm((), (), 0.0, 0.0, ()), trills)


def _without_layers(plan: PlannedPlayer) -> dict[PlayedTone, PlannedTrack]:
    """Every tone with its track; of tones that two tracks play together, the first track's."""
    found: dict[PlayedTone, PlannedTrack] = {}
    known: dict[int, list[Fraction]] = defaultdict(list)
    for track in plan.tracks:
        own = track.heard.track.tones
        for tone in own:
            layered = any(abs(tone.start_seconds - at) <= _LAYER_SECONDS for at in known[tone.key])
            if not layered:
                found[tone] = track
        for tone in own:
            known[tone.key].append(tone.start_seconds)
    return found


def _swing(parts: Sequence[_Part], beats: Sequence[GridBeat], wish: TakeSettings) -> float | None:
    if wish.swing is False or not parts:
        return None
    every = sorted((stroke for part in parts for stroke in part.strokes), key=_quarters)
    found = swing_of(every, beats)
    return found if found is not None or not wish.swing else 2 / 3


def _quarters(stroke: Stroke) -> float:
    return stroke.quarters


def _line(
    part: _Part,
    number: int,
    grid: BarGrid,
    beats: Sequence[GridBeat],
    quarters: Callable[[Fraction], Fraction],
    wish: TakeSettings,
) -> tuple[Line, TakenPlayer]:
    player = part.plan.player
    spans = (
        pedal_spans(part.plan.tracks[0].heard.track)
        if player.instrument.family in _PEDALLED and not _is_drums(part)
        else ()
    )
    placed = _placed(part, spans)
    by_staff = _by_staff(placed, part)
    parts_of_beat = {one.place: one.parts for one in part.read.beats}
    tracks = {tone: part.source[tone].heard.track for tone in part.source}
    staves = []
    for staff, tones in enumerate(by_staff):
        source = StaffSource(
            f"p{number}{'ab'[staff]}" if len(by_staff) > 1 else f"p{number}",
            player.instrument,
            tuple(tones),
            {placed_tone: tracks[own] for placed_tone, own in placed.items()},
            one_voice=_is_single(player),
            drums=_is_drums(part),
            dynamics=wish.dynamics and not staff,
        )
        everyone = tuple(placed) if not staff else tuple(tones)
        staves.append(staff_of(source, everyone, grid, beats, parts_of_beat, quarters))
    if spans and wish.pedal:
        staves[-1] = replace(staves[-1], signs=_pedal(part, spans, beats, quarters))
    written = sum(len(note.pitches) + len(note.grace) for one in staves for note in one.notes)
    played = sum(len(track.heard.track.tones) for track in part.plan.tracks)
    taken = TakenPlayer(
        player.id,
        tuple(track.heard.track.name for track in part.plan.tracks),
        played,
        written,
        played - written - sum(len(trill.strokes) - 1 for trill in part.trills),
        part.read.scatter_seconds,
        part.read.lag_seconds,
    )
    return Line(player, tuple(staves)), taken


def _is_drums(part: _Part) -> bool:
    return any(track.heard.track.is_drums for track in part.plan.tracks)


def _is_single(player: Player) -> bool:
    """Whether only one line can be played: one wind, one voice."""
    return player.count == 1 and player.instrument.max_polyphony == 1


def _placed(
    part: _Part, spans: Sequence[tuple[Fraction, Fraction]]
) -> dict[PlacedTone, PlayedTone]:
    """Every tone with its written onset, by the track it came from."""
    ringing = dict(zip(part.source, sustained(list(part.source), spans), strict=True))
    trilled = {trill.tone: trill.semitones for trill in part.trills}
    found: dict[PlacedTone, PlayedTone] = {}
    for gesture, onset in zip(part.gestures, part.read.onsets, strict=True):
        top = max(gesture.tones, key=lambda tone: tone.key)
        for tone in gesture.tones:
            track = part.source[tone]
            playing = track.playing.joined(track.heard.playing_at(tone.start_seconds))
            if tone in trilled:
                playing = replace(playing, trill=trilled[tone])
            graces = tuple(one.key for one in gesture.graces) if tone is top else ()
            placed = PlacedTone(
                onset,
                tone.key,
                float(tone.start_seconds),
                float(ringing[tone].end_seconds),
                tone.velocity,
                playing,
                graces,
                gesture.rolled,
            )
            found[placed] = tone
    return found


def _by_staff(placed: dict[PlacedTone, PlayedTone], part: _Part) -> list[list[PlacedTone]]:
    """The tones of each staff: as the tracks say, else by what two hands would take."""
    instrument = part.plan.player.instrument
    if instrument.staves < 2 or _is_drums(part):
        return [list(placed)]
    told: tuple[list[PlacedTone], list[PlacedTone]] = ([], [])
    free: list[PlacedTone] = []
    for tone, own in placed.items():
        staff = part.source[own].staff
        (free if staff is None else told[staff]).append(tone)
    upper, lower = dealt(free)
    return [[*told[0], *upper], [*told[1], *lower]]


def _pedal(
    part: _Part,
    spans: Sequence[tuple[Fraction, Fraction]],
    beats: Sequence[GridBeat],
    quarters: Callable[[Fraction], Fraction],
) -> tuple[StaffSign, ...]:
    """Pedal marks at the strokes they are taken for."""
    seconds = [stroke.seconds for stroke in part.strokes]

    def struck(at: Fraction) -> Fraction:
        before = [place for place, one in enumerate(seconds) if one <= float(at) + 0.05]
        return part.read.onsets[before[-1]] if before else part.read.onsets[0]

    def beat(at: Fraction) -> Fraction:
        now = quarters(at)
        half = Fraction(round(now * 2), 2)
        return max(beats[0].start, min(beats[-1].end, half))

    return pedal_signs(spans, struck, beat)


def _with_words(line: Line, words: Words) -> Line:
    first, *rest = line.staves
    return replace(line, staves=(replace(first, words=(words, *first.words)), *rest))


def _spelling(lines: Iterable[Line], wish: TakeSettings) -> dict[tuple[Fraction, int], Pitch]:
    """A pitch for each onset and key, all players together."""
    told: dict[tuple[Fraction, int], None] = {}
    for line in lines:
        for note in line.notes:
            for pitch in (*note.sounding, *note.grace):
                told[note.onset.quarters, pitch.key] = None
    wanted = sorted(told)
    return dict(zip(wanted, spelled(wanted, wish.fifths), strict=True))


_UNSURE = "the rhythm can be read in more than one way"
_WIDE = "notes lie far from every beat that fits the others"


def _doubts(part: _Part, beats: Sequence[GridBeat]) -> list[Doubt]:
    """The bars of a player that a person should look at, each once."""
    reasons: dict[int, str] = {}
    for place in doubtful(part.read):
        reasons.setdefault(beats[place].bar, _UNSURE)
    starts = defaultdict(list)
    limit = max(0.06, 4 * part.read.scatter_seconds)
    for onset, off in zip(part.read.onsets, part.read.off_seconds, strict=True):
        starts[onset].append(off)
        if abs(off) > limit:
            at = max((one for one in beats if one.start <= onset), key=lambda one: one.start)
            reasons[at.bar] = _WIDE
    player = part.plan.player.id
    return [Doubt(player, bar, why) for bar, why in sorted(reasons.items())]
