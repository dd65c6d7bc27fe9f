"""What every instrument's file must hold, all files at once: each test lists all that fail."""

from __future__ import annotations

import itertools
from pathlib import Path

from scorestage.adapters.catalogue import load_instrument, names
from scorestage.music import Family, Instrument
from scorestage.music.written.clefs import ledgers

EVERY = tuple(load_instrument(name) for name in names("instruments"))
PITCHED = tuple(one for one in EVERY if one.professional is not None)
WITHOUT_BREATH = {"highland-pipes", "uilleann-pipes", "didgeridoo", "sheng"}
"""A bag, or a cheek, that never runs out; reeds that sound on drawing too."""
STANDARD_SOUNDS = Path(__file__).with_name("musicxml_sounds.txt")
"""Ids of the W3C's sounds.xml of MusicXML 4.0."""
MOST_LEDGERS = 5


def test_there_are_more_than_a_hundred_and_fifty() -> None:
    assert len(EVERY) >= 250
    assert len({one.name for one in EVERY}) == len(EVERY)
    assert all(one.name and one.abbreviation and one.registers for one in EVERY)
    assert [one.id for one in EVERY if not dict(one.suits)] == []
    assert [one.id for one in EVERY if len(one.abbreviation) > 12] == []


def test_the_comfortable_range_lies_inside_the_professional_one() -> None:
    wrong = []
    for one in PITCHED:
        wide, easy = one.professional, one.comfortable
        assert wide is not None and easy is not None
        nested = wide.low.midi <= easy.low.midi < easy.high.midi <= wide.high.midi
        if not nested or easy.high.midi - easy.low.midi < 12:
            wrong.append(one.id)
    assert wrong == []


def test_registers_have_names_and_cover_the_range_without_holes() -> None:
    wrong = []
    for one in PITCHED:
        assert one.professional is not None
        bands = one.bands
        ends = [one.professional.low.midi, one.professional.high.midi]
        joined = all(b.low.midi == a.high.midi + 1 for a, b in itertools.pairwise(bands))
        named = all(band.name and band.colour for band in bands)
        if [bands[0].low.midi, bands[-1].high.midi] != ends or not joined or not named:
            wrong.append(one.id)
    assert wrong == []


def test_what_has_no_pitch_has_strokes_on_a_percussion_clef() -> None:
    for one in EVERY:
        assert (one.professional is None) is bool(one.drums), one.id
        if one.drums:
            assert one.clefs == ("percussion",), one.id
            assert len({drum.id for drum in one.drums}) == len(one.drums), one.id
            assert all(35 <= drum.drum_key <= 87 for drum in one.drums), one.id


def test_one_of_its_clefs_holds_all_that_lies_well() -> None:
    wrong = []
    for one in PITCHED:
        written = one.written_comfortable
        assert written is not None
        shift = 0
        for pitch in (written.low, written.high):
            least = min(ledgers(pitch, clef) for clef in one.clefs)
            shift = max(shift, least)
        if shift > MOST_LEDGERS and one.staves == 1:  # on two staves an 8va line takes over
            wrong.append((one.id, shift))
    assert wrong == []


def test_every_way_of_playing_is_explained() -> None:
    for one in EVERY:
        assert {way.word for way in one.techniques} == one.plays, one.id
        for way in one.techniques:
            assert way.name and way.notation and way.playback, (one.id, way.word)


def test_winds_and_voices_breathe_and_bows_end() -> None:
    for one in EVERY:
        wind = one.family in (Family.WOODWIND, Family.BRASS, Family.VOICE)
        assert (one.sustain_f_seconds > 0) is (wind and one.id not in WITHOUT_BREATH), one.id
        assert one.sustain_p_seconds >= one.sustain_f_seconds
        bowed = one.family is Family.STRINGS and one.id != "hurdy-gurdy"
        assert (one.bow_f_seconds > 0) is bowed, one.id
        assert one.bow_p_seconds >= one.bow_f_seconds


def test_speeds_are_those_of_people() -> None:
    for one in EVERY:
        assert 1 <= one.repeat_notes_per_second <= 16, one.id
        assert 0 <= one.scale_notes_per_second <= 16, one.id
        assert not one.professional or one.scale_notes_per_second or _held(one), one.id
        assert 0 <= one.change_seconds <= 30 and 0 <= one.stick_seconds <= 5, one.id


def _held(one: Instrument) -> bool:
    """Pads and strings of a synthesiser have no fingers to be too slow."""
    return one.family is Family.SYNTH


def test_open_strings_run_upward_inside_the_range() -> None:
    for one in PITCHED:
        keys = [string.midi for string in one.open_strings]
        assert keys == sorted(keys), one.id
        assert one.professional is not None
        low = one.professional.low.midi
        # five-string basses and extensions go below the lowest of the usual strings
        assert all(low <= key <= one.professional.high.midi for key in keys), one.id


def test_sound_ids_are_the_standards() -> None:
    known = set(STANDARD_SOUNDS.read_text(encoding="utf-8").split())
    assert len(known) > 850
    assert [(one.id, one.musicxml_sound) for one in EVERY if one.musicxml_sound not in known] == []


GENERAL_MIDI_HAS = {
    "violin", "viola", "cello", "double-bass", "flute", "piccolo", "oboe", "english-horn",
    "clarinet-bb", "bassoon", "horn", "trumpet-bb", "trombone", "tuba", "timpani", "harp",
    "piano", "celesta", "glockenspiel", "xylophone", "vibraphone", "marimba", "tubular-bells",
    "soprano-sax", "alto-sax", "tenor-sax", "baritone-sax", "harpsichord", "pipe-organ",
    "accordion", "bandoneon", "harmonica", "sitar", "banjo", "shamisen", "koto", "kalimba",
    "steel-pan", "pan-flute", "shakuhachi", "ocarina", "recorder-alto", "fiddle",
}  # fmt: skip


def test_a_stand_in_is_said_to_be_one() -> None:
    by_id = {one.id: one for one in EVERY}
    assert [name for name in GENERAL_MIDI_HAS if by_id[name].stand_in] == []
    asked = {
        "duduk", "erhu", "bansuri", "ney", "oud", "kora", "cimbalom", "balalaika", "bouzouki",
        "hurdy-gurdy", "didgeridoo", "theremin", "ondes-martenot", "heckelphone", "clavichord",
        "uilleann-pipes", "singing-bowls", "anvil", "tabla", "waterphone", "wind-machine",
    }  # fmt: skip
    own = {"cimbalom"}  # the sound set's dulcimer is a relation: said all the same
    assert [name for name in (asked | own) if not by_id[name].stand_in] == []
