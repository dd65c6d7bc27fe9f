"""Every instrument of the catalogue is heard in the mock-up, at both ends of what lies well."""

from __future__ import annotations

from collections.abc import Iterator

from scorestage.adapters.catalogue import load_instrument, names
from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import bundled_soundfont
from scorestage.mockup.casting import Layer, asked_in_words, cast, cast_stroke
from scorestage.music import Instrument, Technique, Words
from scorestage.timebase import Beat

AUDIBLE_LUFS = -60.0


def _sounds(one: Instrument) -> Iterator[tuple[Layer, int]]:
    for drum in one.drums:
        for layer in cast_stroke(one, drum.id):
            assert layer.key is not None
            yield layer, round(layer.key + layer.bend_cents / 100)
    if one.comfortable is None:
        return
    ways = [None, *(way for way in one.techniques if way.program is not None)]
    for pitch in (one.comfortable.low, one.comfortable.high):
        for way in ways:
            layers = cast(one, Technique.ORDINARIO, None, key=pitch.key, way=way)
            yield from ((layer, pitch.key) for layer in layers)


def test_every_instrument_sounds_with_pips_own_sound_set() -> None:
    synth = Sf2Synth(bundled_soundfont(), 32000)
    wanted: dict[tuple[int, int, bool], list[str]] = {}
    for name in names("instruments"):
        for layer, key in _sounds(load_instrument(name)):
            place = (layer.program, round(layer.key if layer.drum and layer.key else key))
            wanted.setdefault((*place, layer.drum), []).append(name)
    silent = {
        place: who
        for place, who in wanted.items()
        if not synth.loudness_db(place[0], place[1], 84, place[2]) > AUDIBLE_LUFS
    }
    assert len(wanted) > 300
    assert silent == {}


def test_words_over_the_staff_change_the_sound_until_they_are_cancelled() -> None:
    trumpet = load_instrument("trumpet-bb")
    words = (Words(Beat(4), "Harmon mute"), Words(Beat(8), "open"))
    found = [asked_in_words(trumpet, words, Beat(at)) for at in (0, 4, 7, 8)]
    assert [way and way.word for way in found] == [None, "harmon mute", "harmon mute", None]
    muted = cast(trumpet, Technique.ORDINARIO, None, way=found[1])
    assert [layer.program for layer in muted] == [59]
    assert asked_in_words(load_instrument("flute"), words, Beat(5)) is None


def test_a_stroke_may_be_played_by_a_pitched_sound() -> None:
    (blow,) = cast_stroke(load_instrument("dundun"), "dundun")
    assert (blow.program, blow.drum, blow.key) == (116, False, 50)
    (swish,) = cast_stroke(load_instrument("drum-kit-brushes"), "brush-swish")
    assert (swish.program, swish.drum, swish.key) == (40, True, 40)
