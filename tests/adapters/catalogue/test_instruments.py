"""Every instrument of the package, against published facts and against the reference table."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from tests.shared_material import shared

from scorestage.adapters.catalogue import load_instrument, names
from scorestage.errors import CatalogueError
from scorestage.music import Family, Instrument, Interval, Pitch

ALL = names("instruments")
CSV_IDS = {
    "picc": "piccolo", "fl": "flute", "afl": "alto-flute", "ob": "oboe", "ca": "english-horn",
    "ebcl": "clarinet-eb", "cl": "clarinet-bb", "acl": "clarinet-a", "bcl": "bass-clarinet",
    "cbcl": "contrabass-clarinet", "bn": "bassoon", "cbn": "contrabassoon", "hn": "horn",
    "tpt": "trumpet-bb", "ctpt": "trumpet-c", "flug": "flugelhorn", "tbn": "trombone",
    "btbn": "bass-trombone", "cimb": "cimbasso", "tba": "tuba", "timp": "timpani",
    "glock": "glockenspiel", "xyl": "xylophone", "vib": "vibraphone", "mar": "marimba",
    "tub": "tubular-bells", "crot": "crotales", "perc": "percussion", "kit": "drum-kit",
    "hp": "harp", "pno": "piano", "cel": "celesta", "synth": "synthesizer", "sop": "soprano",
    "alt": "alto", "ten": "tenor", "bas": "bass-voice", "gtr": "guitar",
    "egtr": "electric-guitar", "ebass": "electric-bass", "vn1": "violin", "vn2": "violin",
    "va": "viola", "vc": "cello", "db": "double-bass",
}  # fmt: skip

# What every orchestration handbook prints: written C4 sounds as …
SOUNDS_WHEN_C4_IS_WRITTEN = {
    "piccolo": "C5", "flute": "C4", "alto-flute": "G3", "english-horn": "F3", "clarinet-eb": "Eb4",
    "clarinet-bb": "Bb3", "clarinet-a": "A3", "bass-clarinet": "Bb2", "contrabass-clarinet": "Bb1",
    "contrabassoon": "C3", "soprano-sax": "Bb3", "alto-sax": "Eb3", "tenor-sax": "Bb2",
    "baritone-sax": "Eb2", "horn": "F3", "trumpet-bb": "Bb3", "trumpet-c": "C4",
    "flugelhorn": "Bb3", "glockenspiel": "C6", "xylophone": "C5", "crotales": "C6",
    "celesta": "C5", "guitar": "C3", "electric-guitar": "C3", "lead-guitar": "C3",
    "electric-bass": "C3", "acoustic-bass": "C3", "double-bass": "C3", "tenor": "C3",
    "violin": "C4", "bassoon": "C4", "trombone": "C4", "tuba": "C4", "cello": "C4",
}  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_file_makes_sense(name: str) -> None:
    instrument = load_instrument(name)
    assert instrument.id == name
    assert instrument.name and instrument.abbreviation and instrument.registers
    assert dict(instrument.suits), "it must suit something"
    wide, easy = instrument.professional, instrument.comfortable
    if wide is None:
        assert instrument.drums
        assert instrument.clefs == ("percussion",)
        return
    assert easy is not None
    assert wide.low.midi <= easy.low.midi < easy.high.midi <= wide.high.midi
    assert easy.high.midi - easy.low.midi >= 12, "an octave at least lies well"
    for string in instrument.open_strings:
        assert wide.holds(string) or string.midi < wide.low.midi + 5


@pytest.mark.parametrize("name", ALL)
def test_registers_cover_the_range_without_holes(name: str) -> None:
    instrument = load_instrument(name)
    if instrument.professional is None:
        return
    bands = instrument.bands
    assert bands[0].low.midi == instrument.professional.low.midi
    assert bands[-1].high.midi == instrument.professional.high.midi
    for below, above in itertools.pairwise(bands):
        assert above.low.midi == below.high.midi + 1, f"{below.high} to {above.low}"


@pytest.mark.parametrize("name", ALL)
def test_winds_and_voices_must_breathe(name: str) -> None:
    instrument = load_instrument(name)
    breathes = instrument.family in (Family.WOODWIND, Family.BRASS, Family.VOICE)
    assert (instrument.sustain_f_seconds > 0) is breathes
    assert instrument.sustain_p_seconds >= instrument.sustain_f_seconds


@pytest.mark.parametrize(("name", "sounding"), SOUNDS_WHEN_C4_IS_WRITTEN.items())
def test_transposition_by_the_handbook(name: str, sounding: str) -> None:
    instrument = load_instrument(name)
    back = instrument.written_shift.inverse
    assert str(Pitch.parse("C4").moved(back)) == sounding


def test_octaves_are_kept_in_a_c_score_where_custom_has_it() -> None:
    kept = {name: load_instrument(name).octave_display for name in ALL}
    assert {name: octaves for name, octaves in kept.items() if octaves} == {
        "piccolo": 1, "glockenspiel": 2, "crotales": 2, "xylophone": 1, "celesta": 1,
        "contrabassoon": -1, "double-bass": -1, "acoustic-bass": -1, "electric-bass": -1,
        "guitar": -1, "electric-guitar": -1, "lead-guitar": -1, "tenor": -1,
    }  # fmt: skip
    in_clef = {name for name in ALL if load_instrument(name).octave_in_clef}
    assert in_clef == {"guitar", "electric-guitar", "lead-guitar", "tenor"}
    assert load_instrument("bass-clarinet").transposition == Interval(-8, -14)


def test_drum_sounds_are_unique_and_keys_lie_in_the_general_midi_map() -> None:
    for name in ALL:
        drums = load_instrument(name).drums
        assert len({drum.id for drum in drums}) == len(drums)
        assert all(35 <= drum.drum_key <= 87 for drum in drums)


def _rows() -> list[dict[str, str]]:
    with shared("reference/instruments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ranges_and_transpositions_agree_with_the_reference_table() -> None:
    rows = _rows()
    assert len(rows) == 45
    for row in rows:
        instrument = load_instrument(CSV_IDS[row["id"]])
        _agree(instrument, row)


def _agree(instrument: Instrument, row: dict[str, str]) -> None:
    assert int(row["written_semitones_to_sounding"]) == -instrument.written_shift.semitones
    assert str(instrument.family) in (row["family"], "rhythm", "synth")
    if not row["midi_lo_pro"]:
        assert instrument.professional is None
        return
    wide, easy = instrument.professional, instrument.comfortable
    assert wide is not None and easy is not None
    assert (wide.low.midi, wide.high.midi) == (int(row["midi_lo_pro"]), int(row["midi_hi_pro"]))
    if row["id"] != "vn2":  # the second violins' comfort, not the instrument's
        assert easy.low.midi == int(row["midi_lo_comf"])
        assert easy.high.midi == int(row["midi_hi_comf"])
    if row["sustain_s_f"]:
        assert instrument.sustain_f_seconds == int(row["sustain_s_f"])


def test_a_persons_own_instrument_is_found_before_the_packages(tmp_path: Path) -> None:
    folder = tmp_path / "instruments" / "winds"
    folder.mkdir(parents=True)
    (folder / "flute.toml").write_text(
        'id = "flute"\nname = "Bansuri"\nabbreviation = "Ban."\nfamily = "woodwind"\n'
        'professional = ["E3", "E6"]\nsustain_f_seconds = 6\n',
        encoding="utf-8",
    )
    assert load_instrument("flute", tmp_path).name == "Bansuri"
    assert load_instrument("flute").name == "Flute"
    assert load_instrument("flute", tmp_path).comfortable is not None


FAULTS = {
    'family = "woodwinds"': (4, "woodwinds"),
    'family = "woodwind"\nprofesional = ["E3", "E6"]': (5, "did you mean professional?"),
    'family = "woodwind"\nprofessional = ["E3", "H6"]': (5, "'H6' is no pitch"),
    'family = "woodwind"\nprofessional = ["E6", "E3"]': (5, "runs downward"),
    'family = "woodwind"\nprofessional = ["E3", "E6"]\nclefs = ["G7"]': (6, "no clef"),
    'family = "woodwind"\nprofessional = ["E3", "E6"]\nmidi_program = 128': (6, "0 to 127"),
    'family = "woodwind"\nprofessional = ["E3", "E6"]\nweight_f = 0.5': (6, "exact"),
    'family = "woodwind"\nprofessional = ["E3", "E6"]\n[suits]\nmelody = 11': (7, "0 and 10"),
    'family = "woodwind"': (1, "'professional' is missing|needs a range"),
    'family = "woodwind': (4, "not TOML"),
}


@pytest.mark.parametrize(("written", "told"), FAULTS.items())
def test_a_fault_names_file_and_line(written: str, told: tuple[int, str], tmp_path: Path) -> None:
    folder = tmp_path / "instruments"
    folder.mkdir()
    head = 'id = "horn-x"\nname = "Horn"\nabbreviation = "Hn."\n'
    (folder / "horn-x.toml").write_text(head + written + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=told[1]) as caught:
        load_instrument("horn-x", tmp_path)
    assert str(caught.value.where.file).endswith("horn-x.toml")
    assert caught.value.where.line == told[0]


def test_an_unknown_instrument_is_answered_with_its_neighbours() -> None:
    with pytest.raises(CatalogueError, match="did you mean flute"):
        load_instrument("flut")
