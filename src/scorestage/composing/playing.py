"""The tune as its style plays it: in one of the style's own modes, without its gaps, ornamented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorestage.composing.frame import Frame
from scorestage.composing.ground import passage_of
from scorestage.composing.limits import lowered
from scorestage.composing.manners import manners_at_hand
from scorestage.composing.passage import Passage
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.composing.tune import ANSWER_SEMITONES, Tune
from scorestage.composing.voicing import VoicedSpan
from scorestage.errors import CatalogueError
from scorestage.music import Note
from scorestage.music.harmony import mode_family
from scorestage.music.key import Key
from scorestage.music.style import Style


def own_mode(style: Style, mode: str) -> str:
    """The mode to be written in: a style that is its modes brings a stranger into one of them.

    >>> own_mode(Style("x", "X", modes=("lydian", "dorian"), own_modes=True), "minor")
    'dorian'
    """
    if not style.own_modes or mode in style.modes:
        return mode
    alike = [one for one in style.modes if mode_family(one) == mode_family(mode)]
    return (alike or list(style.modes))[0]


def played_tune(
    request: CueRequest,
    frame: Frame,
    sections: Sequence[Section],
    voiced: Sequence[VoicedSpan],
    tune: Tune,
) -> Tune:
    """The tune as the style's manner has it; raises `CatalogueError` for a manner nobody has."""
    style = request.style
    if not style.manner and not style.gaps:
        return tune
    known = manners_at_hand()
    if style.manner and style.manner not in known:
        raise CatalogueError(
            f"the style {style.id} asks for the manner {style.manner!r}, which nobody has",
            do=f"known: {', '.join(known)}",
        )
    lines = []
    answering = lowered(request, -ANSWER_SEMITONES)
    for asked, line in ((request, tune.melody), (answering, tune.answers)):
        found = [note for note in line if note.onset < sections[0].start]
        for section in sections:
            own = [note for note in line if section.start <= note.onset < section.end]
            own = leaping_gaps(own, section.key, style.gaps)
            if own and style.manner:
                passage = passage_of(asked, frame, section, voiced, melody=own)
                own = _kept_in(known[style.manner].play(own, passage), passage)
            found += own
        lines.append(tuple(found))
    return Tune(*lines)


def _kept_in(notes: Sequence[Note], passage: Passage) -> list[Note]:
    return [note for note in notes if passage.start <= note.onset < passage.end]


def counter_with(own: Sequence[Note], answers: Sequence[Note]) -> list[Note]:
    """Answers of the tune with what an idiom wrote for the counter-melody where they are silent."""
    free = [
        note
        for note in own
        if not any(other.onset < note.end and note.onset < other.end for other in answers)
    ]
    return sorted([*answers, *free], key=lambda note: note.onset)


def leaping_gaps(notes: Sequence[Note], key: Key, gaps: Sequence[int]) -> list[Note]:
    """The notes with steps that the scale leaves out moved on, the way the tune was going.

    >>> from scorestage.timebase import Beat, Beats
    >>> tune = [Note("", Beat(n), Beats(1), (Pitch.parse(p),)) for n, p in enumerate(("E4", "F4"))]
    >>> [str(note.top) for note in leaping_gaps(tune, Key("C"), (4, 7))]
    ['E4', 'G4']
    """
    if not gaps:
        return list(notes)
    found: list[Note] = []
    for note in notes:
        steps, alter = key.steps_of(note.sounding[-1])
        before, _ = key.steps_of(found[-1].sounding[-1]) if found else (steps, 0)
        if steps % 7 + 1 not in gaps and not alter:
            found.append(note)
            continue
        way = 1 if steps >= before else -1
        while steps % 7 + 1 in gaps:
            steps += way
        found.append(replace(note, pitches=(key.at(steps),)))
    return found
