"""Voices as MEI layers: beams, tuplets, accidentals, ties, graces."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scorestage.engraving.mei.notes import LayerPlace, layer_content, rests
from scorestage.music import DrumSound, Pitch, Unpitched
from scorestage.music.written import (
    Beam,
    EventKind,
    NoteValue,
    Stem,
    TupletPlace,
    WrittenEvent,
    WrittenPitch,
    WrittenVoice,
)

_HERE = LayerPlace(1, 0, 1)


def event(
    at: Fraction | int, name: str, value: NoteValue = NoteValue.EIGHTH, **more: object
) -> WrittenEvent:
    head = WrittenPitch(Pitch.parse(name))
    told = {"pitches": (head,), **more}
    return WrittenEvent(EventKind.NOTE, Fraction(at), value.quarters, value, **told)  # type: ignore[arg-type]


def layer(events: Sequence[WrittenEvent], **kit: DrumSound) -> str:
    return layer_content(WrittenVoice(1, Stem.AUTOMATIC, tuple(events)), kit, _HERE)


def test_beams_hold_their_notes() -> None:
    notes = [event(0, "C5", beams=(Beam.BEGIN,)), event(1, "D5", beams=(Beam.END,)), event(2, "E5")]
    said = layer(notes)
    assert said.startswith("<beam><note") and said.index("</beam>") < said.index('pname="e"')


def test_a_beam_over_two_triplets_holds_both_and_one_inside_is_held() -> None:
    places = [
        TupletPlace(3, 2, NoteValue.EIGHTH, starts=i % 3 == 0, stops=i % 3 == 2) for i in range(6)
    ]
    whole = [Beam.BEGIN, *[Beam.CONTINUE] * 4, Beam.END]
    said = layer(
        [
            event(i, "C5", tuplet=p, beams=(b,))
            for i, (p, b) in enumerate(zip(places, whole, strict=True))
        ]
    )
    assert said.startswith('<beam><tuplet num="3" numbase="2">') and said.count("<tuplet") == 2
    halves = [Beam.BEGIN, Beam.CONTINUE, Beam.END] * 2
    said = layer(
        [
            event(i, "C5", tuplet=p, beams=(b,))
            for i, (p, b) in enumerate(zip(places, halves, strict=True))
        ]
    )
    assert said.startswith('<tuplet num="3" numbase="2"><beam>') and said.count("<beam>") == 2


def test_a_beam_that_crosses_a_triplet_is_cut_at_its_edge() -> None:
    places = [None, *(TupletPlace(3, 2, NoteValue.EIGHTH, i == 0, i == 2) for i in range(3))]
    beams = [Beam.BEGIN, Beam.CONTINUE, Beam.END, None]
    said = layer(
        [
            event(i, "C5", tuplet=place, beams=(beam,) if beam else ())
            for i, (place, beam) in enumerate(zip(places, beams, strict=True))
        ]
    )
    assert said.count("<beam>") == 1
    assert said.index("<tuplet") < said.index("<beam>") < said.index("</beam>")


def test_secondary_beams_break_where_told() -> None:
    two = (Beam.CONTINUE, Beam.END), (Beam.CONTINUE, Beam.BEGIN)
    ends = (Beam.BEGIN, Beam.BEGIN), (Beam.END, Beam.END)
    beams = (ends[0], two[0], two[1], ends[1])
    said = layer([event(i, "C5", NoteValue.SIXTEENTH, beams=b) for i, b in enumerate(beams)])
    assert said.count("breaksec") == 1 and 'id="n1-0-1-1" breaksec="1"' in said.replace("xml:", "")


def test_signs_are_printed_only_where_told_but_always_sound() -> None:
    told = WrittenPitch(Pitch.parse("F#5"), "sharp")
    kind = (EventKind.NOTE, Fraction(0), Fraction(1), NoteValue.QUARTER)
    said = layer([WrittenEvent(*kind, pitches=(told,)), event(1, "F#5")])
    assert said.count('accid="s"') == 1 and said.count('accid.ges="s"') == 1
    courtesy = WrittenPitch(Pitch.parse("F5"), "natural", courtesy=True)
    assert 'enclose="paren"' in layer([WrittenEvent(*kind, pitches=(courtesy,))])


def test_strokes_stand_at_their_places() -> None:
    cymbal = DrumSound("cymbal", "Cymbal", 49, "A5", "x")
    head = WrittenPitch(Unpitched("cymbal"))
    note = WrittenEvent(
        EventKind.NOTE, Fraction(0), Fraction(1), NoteValue.QUARTER, pitches=(head,)
    )
    assert 'loc="10"' in layer([note], cymbal=cymbal)
    assert 'head.shape="x"' in layer([note], cymbal=cymbal)
    assert 'loc="4"' in layer([note])


def test_graces_tremolos_and_ties() -> None:
    grace = (WrittenPitch(Pitch.parse("B4")),)
    assert 'stem.mod="1slash"' in layer([event(0, "C5", graces=grace)])
    assert "<graceGrp><beam>" in layer([event(0, "C5", graces=grace * 2)])
    assert '<bTrem unitdur="32">' in layer([event(0, "C5", NoteValue.HALF, tremolo=3)])
    tied = WrittenPitch(Pitch.parse("C5"), tie_start=True, tie_stop=True)
    assert 'tie="m"' in layer([event(0, "C5", pitches=(tied,))])


@given(st.integers(1, 64))
def test_rests_fill_an_upbeat(sixteenths: int) -> None:
    lasting = {"16": 1, "8": 2, "4": 4, "2": 8, "1": 16, "breve": 32}
    said = rests(Fraction(sixteenths, 4))
    if sixteenths < 64:
        names = [one.split('"')[0] for one in said.split('dur="')[1:]]
        assert sum(lasting[name] for name in names) == sixteenths
