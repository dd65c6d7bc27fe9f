"""The tune: the theme where it is stated, its motif where it is developed, silence under speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.composing.chords import ChordSpan
from scorestage.composing.course import TUNE_SEMITONES
from scorestage.composing.form import Part, theme_modules
from scorestage.composing.frame import Frame, Module
from scorestage.composing.phrasing import motif_bars, phrases_of_episode
from scorestage.composing.placing import placed_bar, placed_pickup, recast_theme
from scorestage.composing.plan import Section
from scorestage.composing.registers import in_register, octaves_up
from scorestage.composing.request import CueRequest
from scorestage.composing.standing import standing_at
from scorestage.music import Note, Pitch, Theme
from scorestage.music.feel import stress_in_bar
from scorestage.music.harmony import in_chord, pitch_under
from scorestage.music.key import Key
from scorestage.timebase import Beat, Beats

SHORTEST = Beats("1/4")
ANSWER_SEMITONES = -9
"""How much lower than the tune lies what hints at it, answers it or goes against it."""


@dataclass(frozen=True, slots=True)
class Tune:
    """The tune's notes, those that answer it lower down, and the section each set belongs to."""

    melody: tuple[Note, ...]
    answers: tuple[Note, ...]


def write_tune(
    request: CueRequest, frame: Frame, sections: Sequence[Section], spans: Sequence[ChordSpan]
) -> Tune:
    """The tune of the whole cue; onsets on sixteenths or triplet eighths."""
    melody: list[Note] = []
    answers: list[Note] = []
    for index, section in enumerate(sections):
        following = sections[index + 1] if index + 1 < len(sections) else None
        if section.part is Part.STATEMENT:
            melody += _statement(request, frame, section, following)
            answers += _partner(request, frame, section)
        elif section.part is Part.INTRODUCTION:
            answers += _hint(request, frame, section, spans)
        elif section.part is Part.EPISODE:
            told, answered = _episode(request, frame, section, spans)
            melody += told
            answers += answered
        elif section.part is Part.TAG:
            melody += _tag(section, spans, melody)
        elif section.part in (Part.CLOSE, Part.FADE) and index == 0:
            melody += _sting(request, frame, section)
        elif section.part is Part.FADE:
            melody += _echo(request, frame, section, spans)
        elif section.part is Part.CLOSE and sections[index - 1].part is not Part.STATEMENT:
            melody += _last_tone(section, spans, melody)
    return Tune(
        tuple(_in_compass(request, _without_speech(frame, _in_line(melody)))),
        tuple(_in_compass(request, _without_speech(frame, _in_line(answers)))),
    )


def _in_compass(request: CueRequest, notes: Sequence[Note]) -> list[Note]:
    """Single tones that no player has an octave lower or higher."""
    if request.compass is None:
        return list(notes)
    low, high = request.compass.low.key, request.compass.high.key
    found = []
    for note in notes:
        top, deep = note.sounding[-1].key, note.sounding[0].key
        octaves = -1 if top > high else 1 if deep < low else 0
        fits = low <= deep + 12 * octaves and top + 12 * octaves <= high
        found.append(octaves_up(note, octaves) if octaves and fits else note)
    return found


def origin_of(theme: Theme, operation: str) -> str:
    """The origin of a note of a theme: `theme:<id>:<operation>`; a variant names its own too."""
    base = theme.varies or theme.id
    done = [part for part in (theme.operation, operation) if part]
    kept = [part for part in done if part != "statement"] or ["statement"]
    return f"theme:{base}:{'+'.join(dict.fromkeys(kept))}"


def _statement(
    request: CueRequest, frame: Frame, section: Section, following: Section | None
) -> list[Note]:
    if section.theme is None:
        return []
    theme = recast_theme(section.theme, section.key)
    modules = list(section.modules)
    bars = list(section.theme_bars)
    if following is not None and following.part is Part.CLOSE:
        modules.append(following.modules[0])
        bars.append(theme_modules(theme) - 1)
    found: list[Note] = []
    if bars and bars[0] == 0:
        found += placed_pickup(frame, theme, modules[0])
    for module, bar in zip(modules, bars, strict=True):
        found += placed_bar(frame, theme, bar, module)
    whole = len(set(bars)) == theme_modules(section.theme)
    origin = origin_of(section.theme, _operation(section, whole))
    found = [replace(note, origin=origin, articulations=()) for note in found]
    lift = section.energy > 0 and section.turn > 0
    return in_register(found, request, lift=lift, by=_raised(section))


def _operation(section: Section, whole: bool) -> str:
    if section.theme is None or not whole:
        return "fragment"
    if section.theme.mode != section.key.mode:
        return "change-mode"
    return "statement" if section.theme.key == section.key.tonic else "transpose"


def _raised(section: Section) -> int:
    """How many semitones drawn tension moves the tune."""
    return round(TUNE_SEMITONES * section.tension)


def _partner(request: CueRequest, frame: Frame, section: Section) -> list[Note]:
    """The second theme in counterpoint, bar for bar beside the first."""
    if section.partner is None or section.theme is None:
        return []
    answer = replace(section.partner, key=section.theme.key, mode=section.theme.mode)
    answer = recast_theme(replace(answer, meter=section.theme.meter), section.key)
    found: list[Note] = []
    for module, bar in zip(section.modules, section.theme_bars, strict=True):
        found += placed_bar(frame, answer, bar, module)
    origin = origin_of(section.partner, "counterpoint")
    found = [
        replace(
            note, origin=origin, articulations=(), length=min(note.end, section.end) - note.onset
        )
        for note in found
    ]
    return in_register(found, request, by=ANSWER_SEMITONES)


def _hint(
    request: CueRequest, frame: Frame, section: Section, spans: Sequence[ChordSpan]
) -> list[Note]:
    """Half of the head, slow and low, before the theme is heard whole."""
    if section.theme is None:
        return []
    theme = recast_theme(section.theme, section.key)
    bars = min(theme_modules(theme), len(section.modules))
    modules = section.modules[len(section.modules) - bars :]
    notes = fitted_motif(frame, theme, modules, section.key, spans, 0)
    origin = origin_of(section.theme, section.theme.operation or "fragment")
    return in_register(
        [replace(note, origin=origin) for note in notes], request, by=ANSWER_SEMITONES
    )


def _episode(
    request: CueRequest, frame: Frame, section: Section, spans: Sequence[ChordSpan]
) -> tuple[list[Note], list[Note]]:
    """The head motif put through the chords, every other time as an answer lower down."""
    if section.theme is None:
        return [], []
    source = section.theme
    theme = recast_theme(source, section.key)
    phrases = phrases_of_episode(request, section)
    told: list[Note] = []
    answered: list[Note] = []
    direction = -1 if request.mood.rising < 0 else 1
    for turn, start in enumerate(phrases.starts):
        modules = section.modules[start : start + phrases.size]
        operation = "fragment" if turn == 0 else "sequence"
        origin = origin_of(source, operation)
        notes = fitted_motif(frame, theme, modules, section.key, spans, direction * turn)
        notes = [replace(note, origin=origin) for note in notes]
        notes = in_register(notes, request, by=_raised(section))
        after = start + phrases.size
        if after in phrases.ends and notes:
            notes.append(_arrival(frame, section.modules[after], spans, notes[-1]))
        if turn % 4 == 2 and request.style.counter_melody:
            answered += [octaves_up(note, -1) for note in notes]
        else:
            told += notes
    return told, answered


def _arrival(frame: Frame, module: Module, spans: Sequence[ChordSpan], before: Note) -> Note:
    """The tone that a phrase arrives on, held to the last beat of its bar, where it breathes."""
    span = standing_at(spans, module.start)
    pitch = _nearest_tone(span, before.sounding[-1])
    beat = Beats(frame.beat_length(module.start))
    breath = beat if module.length.quarters > 2 * beat.quarters else Beats(beat.quarters / 2)
    end = min(module.end - breath, max(span.end, module.start + beat))
    return Note("", module.start, end - module.start, (pitch,), origin="rule:cadence")


def fitted_motif(
    frame: Frame,
    theme: Theme,
    modules: Sequence[Module],
    key: Key,
    spans: Sequence[ChordSpan],
    wish: int,
) -> list[Note]:
    """The head motif over other chords: moved by steps of the scale to where it fits them best.

    `wish` is how many steps up it would like to be; its last note is held to the end of a module.
    """
    placed: list[Note] = []
    head = {note.id for note in theme.notes[: theme.motif_notes]}
    for bar, module in enumerate(modules):
        placed += [note for note in placed_bar(frame, theme, bar, module) if note.id in head]
    if not placed:
        return []
    steps = [key.steps_of(note.sounding[-1])[0] for note in placed]
    chords = [standing_at(spans, note.onset).chord for note in placed]

    def misfit(shift: int) -> float:
        cost = 0.8 * abs(shift - wish)
        for note, step, chord in zip(placed, steps, chords, strict=True):
            if not in_chord(pitch_under(key, step + shift, chord), chord):
                cost += 0.4 + 1.2 * _weight(frame, note)
        return cost

    shift = min(range(-4, 6), key=lambda shift: (misfit(shift), abs(shift)))
    found = [
        replace(note, pitches=(pitch_under(key, step + shift, chord),), articulations=())
        for note, step, chord in zip(placed, steps, chords, strict=True)
    ]
    last = found[-1]
    ends = next(module.end for module in modules if last.onset < module.end)
    change = next((span.end for span in spans if span.start <= last.onset < span.end), ends)
    found[-1] = replace(last, length=max(min(ends, change), last.end) - last.onset)
    return found


def _weight(frame: Frame, note: Note) -> float:
    index = frame.grid.index_at(note.onset)
    offset = (note.onset - frame.grid.starts[index]).quarters
    stress = stress_in_bar(frame.grid.bars[index].meter, offset) if offset >= 0 else 0
    return stress * 0.5 + float(min(note.length.quarters, Fraction(3))) * 0.5


def _tag(section: Section, spans: Sequence[ChordSpan], before: Sequence[Note]) -> list[Note]:
    """Long chord tones near where the tune stood."""
    found: list[Note] = []
    for module in section.modules:
        near = (found or list(before))[-1:]
        inside = [span for span in spans if span.start < module.end and module.start < span.end]
        for span in inside:
            start, end = max(span.start, module.start), min(span.end, module.end)
            pitch = _nearest_tone(span, near[0].sounding[-1] if near else None)
            note = Note("", start, end - start, (pitch,), origin="rule:tag")
            found.append(note)
            near = [note]
    return found


def _nearest_tone(span: ChordSpan, near: Pitch | None) -> Pitch:
    wish = near.key if near is not None else 72
    steps, _ = span.key.steps_of(near or span.key.home)
    tones = [pitch_under(span.key, steps + move, span.chord) for move in range(-4, 5)]
    inside = [pitch for pitch in tones if in_chord(pitch, span.chord)] or tones
    return min(inside, key=lambda pitch: (abs(pitch.key - wish), pitch.key))


def _last_tone(section: Section, spans: Sequence[ChordSpan], before: Sequence[Note]) -> list[Note]:
    """The tonic nearest to where the tune stood."""
    wish = before[-1].sounding[-1].key if before else 72
    home = section.key.home
    octaves = [Pitch(home.step, home.alter, home.octave + octave) for octave in range(-2, 3)]
    pitch = min(octaves, key=lambda pitch: (abs(pitch.key - wish), pitch.key))
    return [Note("", section.start, section.end - section.start, (pitch,), origin="rule:close")]


def _echo(
    request: CueRequest, frame: Frame, section: Section, spans: Sequence[ChordSpan]
) -> list[Note]:
    """The motif once more as the music goes."""
    theme = recast_theme(request.main_theme, section.key)
    size = motif_bars(theme)
    if len(section.modules) < size + 1:
        return []
    notes = fitted_motif(frame, theme, section.modules[:size], section.key, spans, 0)
    origin = origin_of(request.main_theme, "fragment")
    return in_register([replace(note, origin=origin) for note in notes], request)


def _sting(request: CueRequest, frame: Frame, section: Section) -> list[Note]:
    """A cue so short that it is all close: the motif, its last note held."""
    theme = recast_theme(request.main_theme, section.key)
    head = {note.id for note in theme.notes[: theme.motif_notes]}
    notes: list[Note] = []
    for bar, module in enumerate(section.modules[: motif_bars(theme)]):
        notes += [note for note in placed_bar(frame, theme, bar, module) if note.id in head]
    if not notes:
        return []
    notes[-1] = replace(notes[-1], length=section.end - notes[-1].onset)
    origin = origin_of(request.main_theme, "fragment")
    return in_register([replace(note, origin=origin, articulations=()) for note in notes], request)


def _in_line(notes: Sequence[Note]) -> list[Note]:
    """One note at a time: where two overlap the earlier one ends."""
    ordered = sorted(notes, key=lambda note: note.onset)
    found: list[Note] = []
    for index, note in enumerate(ordered):
        end = note.end
        if index + 1 < len(ordered):
            end = min(end, ordered[index + 1].onset)
        if end > note.onset:
            found.append(replace(note, length=end - note.onset))
    return found


def _without_speech(frame: Frame, notes: Sequence[Note]) -> list[Note]:
    """No tune while somebody speaks: notes that begin there go, those before it end there."""
    found: list[Note] = []
    for note in notes:
        if any(start <= note.onset < end for start, end in frame.speech):
            continue
        later = [start for start, _ in frame.speech if note.onset < start < note.end]
        if later:
            stop = _on_grid(note.onset, later[0])
            if stop - note.onset < SHORTEST:
                continue
            note = replace(note, length=stop - note.onset)
        found.append(note)
    return found


def _on_grid(start: Beat, end: Beat) -> Beat:
    """The last sixteenth that is not beyond `end`; after a triplet the last whole quarter."""
    parts = 4 if (start.quarters * 4).denominator == 1 else 1
    return Beat(Fraction(int(end.quarters * parts // 1), parts))
