"""The writing of a cue, from the request to the finished sketch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scorestage.composing.basses import heed_tune
from scorestage.composing.bordering import joined_tune, led_to_kept, positions_kept
from scorestage.composing.chords import ChordSpan, chord_spans
from scorestage.composing.counter import write_counter
from scorestage.composing.course import PAD_SEMITONES, Course, course_of
from scorestage.composing.easing import follow_strokes
from scorestage.composing.ending import Draft, end_cue
from scorestage.composing.finishing import Finish, finished, provenance_of
from scorestage.composing.form import Part
from scorestage.composing.formsheet import form_of
from scorestage.composing.formwish import CueForm
from scorestage.composing.frame import Frame, frame_of
from scorestage.composing.ground import choose_idioms, write_ground
from scorestage.composing.hanging import hang_over
from scorestage.composing.holes import leave_no_hole
from scorestage.composing.idioms import idioms_at_hand
from scorestage.composing.levels import hairpins_of, levels_of
from scorestage.composing.limits import asked_mode, suited
from scorestage.composing.moments import play_moments
from scorestage.composing.obeying import obeyed
from scorestage.composing.outer import mend_figures
from scorestage.composing.passage import Idiom
from scorestage.composing.plan import Section, plan_cue
from scorestage.composing.playing import counter_with, own_mode, played_tune
from scorestage.composing.request import Composition, CueRequest, stream
from scorestage.composing.straining import strained
from scorestage.composing.striking import Workbench
from scorestage.composing.tune import Tune, write_tune
from scorestage.composing.turning import turned_to
from scorestage.composing.voicing import VoicedSpan, voice_chords
from scorestage.errors import InputError, Where
from scorestage.music import Note, Pitch, PitchRange, Role, Sketch, Theme
from scorestage.music.harmony import mode_family
from scorestage.music.key import Key
from scorestage.music.mood import Mood
from scorestage.timebase import Beat, Beats

SPEECH_PAD = PitchRange(Pitch("A", 0, 2), Pitch("G", 0, 4))
"""Where chords lie while somebody speaks."""


def compose(request: CueRequest, idioms: Mapping[str, Idiom] | None = None) -> Composition:
    """The sketch of a cue: from its first downbeat (or pickup) to the end of its bars.

    States the theme, moves with the hits, keeps out of speech and ends as the cue does; the same
    request gives the same notes. `idioms` are the ways of writing to choose from, all at hand where
    none are given. Raises `InputError` where there is no theme or no bar, `CatalogueError` for an
    idiom that nobody has.
    """
    at_hand = idioms if idioms is not None else idioms_at_hand()
    request, left = suited(request, at_hand)
    frame, course, sections = _planned(request)
    spans = chord_spans(request, frame, sections)
    spans = strained(request, course, sections, spans, stated=False)
    tune = write_tune(request, frame, sections, spans)
    spans = strained(request, course, sections, spans, tune.melody, stated=True)
    chosen = choose_idioms(request, sections, at_hand)
    spans = heed_tune(spans, sections, chosen, tune.melody)
    spans = led_to_kept(request, sections, spans, tune)
    tune = joined_tune(request, frame, spans, tune)
    voiced = _voiced(request, course, sections, spans, tune)
    tune = played_tune(request, frame, sections, voiced, tune)
    draft: Draft = write_ground(
        request, frame, course, sections, chosen, voiced, at_hand, tune.melody
    )
    draft[Role.MELODY] = list(tune.melody)
    counter = write_counter(request, frame, sections, voiced, tune.melody)
    draft[Role.COUNTER] = counter_with(draft.get(Role.COUNTER, []), [*tune.answers, *counter])
    follow_strokes(request, frame, course, sections, voiced, draft)
    hang_over(request, course, sections, voiced, draft)
    _lead_in(request, frame, voiced, draft)
    mend_figures(draft, voiced, request.style.bass)
    end_cue(request, frame, sections, voiced, draft)
    mend_figures(draft, voiced, request.style.bass)
    before = {role: list(notes) for role, notes in draft.items()}
    bare = replace(frame, moments=())
    ground = _finished(request, bare, course, sections, voiced, before)[1]
    bench = Workbench(request, frame, sections, voiced, chosen, at_hand)
    play_moments(bench, draft)
    voiced = turned_to(voiced, bench.turned)
    finish, sketch = _finished(request, frame, course, sections, voiced, draft)
    remarks = (*_remarks(request, frame), *left)
    form = form_of(request, frame, course, sections, chosen, at_hand)
    return Composition(sketch, provenance_of(finish, sketch), remarks, form, ground)


def plan_form(request: CueRequest, idioms: Mapping[str, Idiom] | None = None) -> CueForm:
    """The form of a cue before a note is written; faults are those of `compose`."""
    at_hand = idioms if idioms is not None else idioms_at_hand()
    request, _ = suited(request, at_hand)
    frame, course, sections = _planned(request)
    chosen = choose_idioms(request, sections, at_hand)
    return form_of(request, frame, course, sections, chosen, at_hand)


def opening_key(request: CueRequest) -> Key:
    """The key that a cue begins in, as it is to be written; faults are those of `compose`."""
    request, _ = suited(request, idioms_at_hand())
    return _planned(request)[2][0].key


def _planned(request: CueRequest) -> tuple[Frame, Course, tuple[Section, ...]]:
    """What is fixed before a note is written: bars and hits, the course of the mood, sections."""
    if not request.tempo_map.grid.bars:
        raise InputError("there are no bars to write in", Where(cue=request.cue.number), "fit it")
    theme = request.main_theme
    frame = frame_of(request, theme)
    course = course_of(request, frame)
    planned = plan_cue(request, frame, home_key(request, theme), course)
    return frame, course, obeyed(request, frame, planned)


def _finished(
    request: CueRequest,
    frame: Frame,
    course: Course,
    sections: tuple[Section, ...],
    voiced: tuple[VoicedSpan, ...],
    draft: Draft,
) -> tuple[Finish, Sketch]:
    """The draft with its holes filled, its dynamics and its signs."""
    leave_no_hole(request, frame, voiced, draft)
    levels = levels_of(request, frame, sections, course)
    pins = hairpins_of(request, frame, sections, levels)
    finish = Finish(request, frame, sections, voiced, levels, pins)
    return finish, finished(finish, draft)


def _remarks(request: CueRequest, frame: Frame) -> tuple[str, ...]:
    unknown = request.mood.unknown
    words = (f"no music is known for the word {word!r}" for word in unknown)
    return (*frame.remarks, *words)


def home_key(request: CueRequest, theme: Theme) -> Key:
    """The cue's key: the theme's own or a near one, in the mode that the tone asks for."""
    mood: Mood = request.mood
    mode = theme.mode or "major"
    asked = bool(request.cue.tone) and mood.minor is not None
    if asked and abs(mood.valence) >= 1 and mood.minor != (mode_family(mode) == "minor"):
        family = "minor" if mood.minor else "major"
        fitting = [one for one in request.style.modes if mode_family(one) == family]
        mode = fitting[0] if fitting else family
    home = Key(theme.key, own_mode(request.style, asked_mode(request, mode))).moved(0)
    near = [home.moved(away) for away in (0, 0, 0, 2, -2, 5, -5)]
    readable = [key for key in near if key.accidentals() <= 4] or near
    return stream(request.shape, "home", request.cue.id).choice(readable)


def _voiced(
    request: CueRequest,
    course: Course,
    sections: Sequence[Section],
    spans: Sequence[ChordSpan],
    tune: Tune,
) -> tuple[VoicedSpan, ...]:
    """Voices for all chords, each section's pad kept below its tune and low under speech."""
    ranges: list[PitchRange] = []
    pads = [_pad_range(request, section, tune) for section in sections]
    for span in spans:
        pad = next(
            pad
            for one, pad in zip(sections, pads, strict=True)
            if one.start <= span.start < one.end
        )
        higher = course.drawn_tension(span.start) + request.mood.register
        up = round(PAD_SEMITONES * higher)
        ranges.append(_moved(pad, up))
    return voice_chords(spans, ranges, request.style.bass, positions_kept(request, spans))


def _moved(pad: PitchRange, semitones: int) -> PitchRange:
    """The range higher or lower; low under speech it stays."""
    if not semitones or pad == SPEECH_PAD:
        return pad
    spell = Key("C").spell
    return PitchRange(spell(pad.low.key + semitones), spell(pad.high.key + semitones))


def _pad_range(request: CueRequest, section: Section, tune: Tune) -> PitchRange:
    pad = request.style.pad
    if section.part is Part.UNDERSCORE:
        return SPEECH_PAD
    keys = sorted(
        note.sounding[-1].key for note in tune.melody if section.start <= note.onset < section.end
    )
    if not keys:
        return pad
    ceiling = max(keys[len(keys) // 2] - 1, pad.low.key + 15)
    if ceiling >= pad.high.key:
        return pad
    high = Key("C").spell(ceiling)
    return PitchRange(pad.low, high)


def _lead_in(request: CueRequest, frame: Frame, voiced: Sequence[VoicedSpan], draft: Draft) -> None:
    """Fill a pickup that the theme leaves empty: a run into the tune, else the first chord."""
    pickup = frame.grid.pickup
    if pickup.quarters <= 0 or any(
        note.onset < Beat(0) for notes in draft.values() for note in notes
    ):
        return
    start = Beat(0) - pickup
    first = next((note for note in draft[Role.MELODY] if note.onset == Beat(0)), None)
    if first is None:
        note = Note("", start, pickup, voiced[0].upper, origin="rule:pickup")
        draft.setdefault(Role.HARMONY, []).append(note)
        return
    unit = min(pickup, Beats("1/2"))
    count = min(3, int(pickup.quarters / unit.quarters))
    key = voiced[0].key
    steps, _ = key.steps_of(first.sounding[-1])
    for number in range(count, 0, -1):
        at = Beat(0) - unit * number
        pitch = key.at(steps - number)
        draft[Role.MELODY].append(Note("", at, unit, (pitch,), origin="rule:pickup"))
    draft[Role.MELODY].sort(key=lambda note: note.onset)
