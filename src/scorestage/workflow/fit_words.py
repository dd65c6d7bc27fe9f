"""A fit in a music editor's words: the maps in a row, one map in full, what luck would do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from scorestage.production import ReelClock
from scorestage.tempofit import Candidate, FitSettings, Landing
from scorestage.timebase import (
    Beat,
    Beats,
    Fermata,
    FilmClock,
    FrameRate,
    FreeBar,
    Ramp,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
    clock_text,
    mixed_text,
)

HIDDEN_PERCENT, PHRASE_PERCENT = Fraction(5, 2), Fraction(6)
"""Steps of tempo that nobody hears, and that a phrase may bear (Drake and Botte; Friberg)."""
STRESS_WORDS = {3: "downbeat", 2: "strong beat", 1: "beat", 0: "between beats"}
_BEAT_SIGNS = {
    Fraction(1): "♩",
    Fraction(3, 2): "♩.",
    Fraction(1, 2): "♪",
    Fraction(2): "half note",
    Fraction(3): "dotted half",
    Fraction(3, 4): "♪.",
    Fraction(1, 4): "16th",
}
OVERVIEW = ("", "map", "bars", "tempo", "hits", "worst off", "largest step", "misses")
HITS = ("hit", "at", "falls on", "", "frames off", "", "words")


def chance_words(candidate: Candidate) -> str:
    """In words, what the number of hits caught is worth; empty where there are none."""
    chance = candidate.chance
    if chance is None or not chance.hits:
        return ""
    told = (
        f"{len(candidate.caught)} of {chance.hits} hits caught. A quick search catches "
        f"{chance.caught} of them and, of as many at random ({chance.draws} times), "
        f"{float(chance.mean_caught):.1f} on average, {chance.p95_caught} in the best twentieth"
    )
    if chance.better_than_chance:
        return f"{told}. Better than luck, by place in the bar and evenness of tempo too."
    return f"{told}. No better than luck: the hits would be met as well if they lay elsewhere."


def step_words(percent: Fraction) -> str:
    """How audible a step of tempo is: the bands of what listeners notice.

    >>> step_words(Fraction(2)), step_words(Fraction(4)), step_words(Fraction(0))
    ('hidden', 'audible, fine at a phrase', 'no step')
    """
    if percent == 0:
        return "no step"
    if percent <= HIDDEN_PERCENT:
        return "hidden"
    return "audible, fine at a phrase" if percent <= PHRASE_PERCENT else "must be written"


def place_word(landing: Landing, tempo_map: TempoMap) -> str:
    """The place of the bar in a word."""
    if landing.at == tempo_map.grid.end:
        return "final barline"
    return STRESS_WORDS[landing.stress]


def off_words(landing: Landing) -> str:
    """What to think of the frames off: met, early or late, or missed and by how much too far."""
    off, hit = landing.off_frames, landing.hit
    if landing.caught:
        return "" if off == 0 else ("early" if off < 0 else "late")
    allowed = hit.early_frames if off < 0 else hit.late_frames
    side = "early" if off < 0 else "late"
    return f"MISSED, {side} by more than {float(allowed):g}"


def tempo_span(tempo_map: TempoMap) -> str:
    """The tempos of a map in its click beat: `♩ 80` or `♩ 79.3–82`, with what else happens."""
    unit = tempo_map.grid.bars[0].meter.click if tempo_map.grid.bars else Beats(1)
    bpms = [float(tempo.of(unit).bpm) for tempo in _written_tempos(tempo_map)]
    told = f"{_beat_sign(unit)} {_bpm(min(bpms))}"
    if _bpm(max(bpms)) != _bpm(min(bpms)):
        told += f"–{_bpm(max(bpms))}"
    extra = []
    for kind, word in ((Ramp, "ramp"), (Fermata, "fermata"), (FreeBar, "free bar")):
        count = sum(isinstance(event, kind) for event in tempo_map.events)
        if count:
            extra.append(f"{count} {word}{'s' if count > 1 else ''}")
    return ", ".join([told, *extra])


def _written_tempos(tempo_map: TempoMap) -> list[Tempo]:
    found = []
    for event in tempo_map.events:
        if isinstance(event, Steady):
            found.append(event.tempo)
        elif isinstance(event, Ramp):
            found += [event.start, event.end]
    return found


def tempo_path(tempo_map: TempoMap) -> str:
    """The tempos of a map in a line, each with its bar."""
    return " · ".join(_event_words(event, tempo_map) for event in tempo_map.events)


def _event_words(event: TempoEvent, tempo_map: TempoMap) -> str:
    place = position_words(event.at, tempo_map)
    unit = tempo_map.grid.bars[tempo_map.grid.index_at(event.at)].meter.click
    sign = _beat_sign(unit)
    if isinstance(event, Steady):
        return f"{place} {sign} {_bpm(float(event.tempo.of(unit).bpm))}"
    over = f"over {_counted(event.length.quarters / unit.quarters, 'beat')}"
    if isinstance(event, Ramp):
        first, last = (float(one.of(unit).bpm) for one in (event.start, event.end))
        word = "rit." if last < first else "accel."
        return f"{place} {word} {sign} {_bpm(first)} to {_bpm(last)} {over}"
    seconds = f"{float(event.played.seconds):.2f} s"
    return f"{place} fermata {seconds}" if isinstance(event, Fermata) else f"{place} free {seconds}"


def position_words(at: Beat, tempo_map: TempoMap) -> str:
    """Bar, and beat where it is not the first: `bar 5`, `bar 5 beat 3`, `pickup`."""
    if at == tempo_map.grid.end:
        return "final barline"
    if at < Beat(0):
        return "pickup"
    position = tempo_map.grid.position(at)
    beat = f" beat {mixed_text(position.beat)}" if position.beat != 1 else ""
    return f"bar {position.label}{beat}"


def meter_words(tempo_map: TempoMap) -> str:
    """The meters of a map: the usual one, and the bars that differ."""
    bars = tempo_map.grid.bars
    found = [f"{bars[0].meter}"]
    changed = [
        f"bar {bar.label} {bar.meter}"
        for before, bar in pairwise(bars)
        if bar.meter != before.meter
    ]
    return ", ".join(found + changed)


def asked_words(settings: FitSettings, clock: FilmClock | ReelClock) -> tuple[tuple[str, str], ...]:
    """What a fit is asked for, each wish with its words."""
    usual = settings.meters[0]
    sign = _beat_sign(usual.click)
    extras = (("ritardandi and accelerandi", settings.ramps), ("fermatas", settings.fermatas))
    allowed = [word for word, is_so in (*extras, ("free bars", settings.free_bars)) if is_so]
    upbeats = [pickup.quarters / usual.click.quarters for pickup in settings.pickups]
    lowest, highest = _bpm(float(settings.lowest_bpm)), _bpm(float(settings.highest_bpm))
    steady = [
        f"{clock.nearest_label(span.start)} to {clock.nearest_label(span.end)}"
        for span in settings.steady
    ]
    return (
        ("tempo", f"{sign} {lowest} to {highest}, wished {_bpm(float(settings.wish_bpm))}"),
        ("meters", ", ".join(str(meter) for meter in settings.meters)),
        ("breath", f"steps of {float(settings.breath_percent):g} % at most"),
        ("allowed", ", ".join(allowed) or "steps of tempo only"),
        ("upbeats", ", ".join(_counted(count, "beat") if count else "none" for count in upbeats)),
        ("first sound", f"up to {float(settings.start_late_frames):g} frames late"),
        ("steady", ", ".join(steady) or "nowhere asked for"),
    )


def overview_row(rank: int, candidate: Candidate) -> tuple[str, ...]:
    """One map in a row of `OVERVIEW`."""
    tempo_map = candidate.tempo_map
    step = candidate.unwritten_step_percent
    percent = f"{float(step):.1f} % " if step else ""
    worst = max((landing.off_frames for landing in candidate.caught), key=abs, default=None)
    missed = ", ".join(landing.hit.words or landing.hit.id for landing in candidate.missed)
    return (
        f"{rank}.",
        candidate.name,
        str(len(tempo_map.grid.bars)),
        tempo_span(tempo_map),
        f"{len(candidate.caught)} of {len(candidate.hits)}" if candidate.hits else "",
        "" if worst is None else f"{float(worst):+.2f} fr",
        percent + step_words(step).partition(",")[0],
        missed,
    )


def hit_rows(candidate: Candidate, clock: FilmClock | ReelClock) -> list[tuple[str, ...]]:
    """Every hit of a map in a row of `HITS`."""
    return [
        (
            landing.hit.id,
            clock.nearest_label(landing.hit.at),
            position_words(landing.at, candidate.tempo_map),
            place_word(landing, candidate.tempo_map),
            f"{float(landing.off_frames):+.2f}",
            off_words(landing),
            landing.hit.words,
        )
        for landing in candidate.hits
    ]


def describe(candidate: Candidate) -> str:
    """One line for a list: bars, tempos, hits caught, largest step."""
    tempo_map = candidate.tempo_map
    length = clock_text((tempo_map.end - tempo_map.start).seconds)
    return (
        f"{len(tempo_map.grid.bars)} bars, {tempo_span(tempo_map)}, {length}, "
        f"{len(candidate.caught)} of {len(candidate.hits)} hits, "
        f"largest step {float(candidate.unwritten_step_percent):.1f} %"
    )


def conflicts(candidate: Candidate, rate: FrameRate) -> tuple[str, ...]:
    """Locked hits that no map meets together; missed hits that fall on the place of one caught."""
    told = [candidate.conflict] if candidate.conflict else []
    for at in dict.fromkeys(landing.at for landing in candidate.missed):
        missed = [one for one in candidate.missed if one.at == at]
        caught = [one for one in candidate.hits if one.at == at and one.caught]
        if not caught:
            continue
        moments = [one.hit.at for one in (*missed, *caught)]
        apart = _counted(rate.frames_in(max(moments) - min(moments)), "frame")
        lie = f"are {apart} apart: both" if len(moments) == 2 else f"lie within {apart}: all"
        place = position_words(at, candidate.tempo_map)
        met = f"{_listed(caught)} {'is' if len(caught) == 1 else 'are'} met"
        told.append(f"{_listed([*missed, *caught])} {lie} fall on {place}, only {met}")
    return tuple(told)


def _listed(landings: Sequence[Landing]) -> str:
    """Names in a row: `door`, `door and sword`, `door, sword and clash`."""
    names = [_named(one) for one in landings]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _named(landing: Landing) -> str:
    return landing.hit.words or landing.hit.id


def _counted(count: Fraction, what: str) -> str:
    return f"{float(count):g} {what}{'' if count == 1 else 's'}"


def _beat_sign(unit: Beats) -> str:
    return _BEAT_SIGNS.get(unit.quarters, f"{unit.quarters} quarters")


def _bpm(bpm: float) -> str:
    return f"{bpm:.2f}".rstrip("0").rstrip(".")
