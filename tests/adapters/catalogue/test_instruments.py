"""Every instrument of the package, against published facts and against the reference table."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from tests.shared_material import shared

from scorestage.adapters.catalogue import load_instrument, names
from scorestage.errors import CatalogueError
from scorestage.music import Instrument, Interval, Pitch

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
    "bass-flute": "C3", "oboe-damore": "A3", "heckelphone": "C3", "basset-horn": "F3",
    "alto-clarinet": "Eb3", "contra-alto-clarinet": "Eb2", "sopranino-sax": "Eb4",
    "bass-sax": "Bb1", "piccolo-trumpet": "Bb4", "trumpet-d": "D4", "trumpet-eb": "Eb4",
    "cornet": "Bb3", "soprano-cornet": "Eb4", "tenor-horn": "Eb3", "baritone-horn": "Bb2",
    "euphonium": "C4", "euphonium-treble": "Bb2", "tuba-eb": "Eb2", "tuba-bbb": "Bb1",
    "wagner-tuba-tenor": "Bb3", "wagner-tuba-bass": "F3", "bass-trumpet": "Bb2",
    "recorder-soprano": "C5", "recorder-alto": "C4", "recorder-bass": "C5", "tin-whistle": "C5",
    "highland-pipes": "Db4", "banjo": "C3", "ukulele": "C4", "mandolin": "C4", "violone": "C3",
    "viola-da-gamba": "C4", "handbells": "C5", "oud": "C3", "steel-string-guitar": "C3",
}  # fmt: skip


@pytest.mark.parametrize(("name", "sounding"), SOUNDS_WHEN_C4_IS_WRITTEN.items())
def test_transposition_by_the_handbook(name: str, sounding: str) -> None:
    instrument = load_instrument(name)
    back = instrument.written_shift.inverse
    assert str(Pitch.parse("C4").moved(back)) == sounding


def test_octaves_are_kept_in_a_c_score_where_custom_has_it() -> None:
    kept = {name: load_instrument(name).octave_display for name in ALL}
    above = {name: octaves for name, octaves in kept.items() if octaves > 0}
    assert above == {
        "piccolo": 1, "glockenspiel": 2, "crotales": 2, "xylophone": 1, "celesta": 1,
        "recorder-sopranino": 1, "recorder-soprano": 1, "recorder-bass": 1, "tin-whistle": 1,
        "whistler": 1, "handbells": 1,
    }  # fmt: skip
    below = {name for name, octaves in kept.items() if octaves < 0}
    in_clef = {name for name in ALL if load_instrument(name).octave_in_clef}
    assert below - in_clef == {
        "contrabassoon", "double-bass", "acoustic-bass", "electric-bass", "fretless-bass",
        "bass-flute", "bass-oboe", "heckelphone", "violone", "guitarron", "domra-alto",
        "balalaika-contrabass",
    }  # fmt: skip
    assert all(kept[name] == -1 for name in in_clef)
    assert {"guitar", "electric-guitar", "tenor", "lute", "oud", "vocalist-male"} <= in_clef
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
    written = instrument.written_professional
    assert written is not None
    assert str(written.low) == row["written_lo_pro"]
    if row["sustain_s_f"]:
        assert instrument.sustain_f_seconds == int(row["sustain_s_f"])
        assert instrument.sustain_p_seconds >= instrument.sustain_f_seconds
    if row["max_repeat_nps_double"]:
        assert abs(instrument.double_notes_per_second - float(row["max_repeat_nps_double"])) <= 1
    if row["open_strings"]:
        assert " ".join(str(one) for one in instrument.open_strings) == row["open_strings"]
    if row["weight_f"]:
        assert float(Fraction(instrument.weight_f)) == float(row["weight_f"])
        assert float(Fraction(instrument.weight_p)) == float(row["weight_p"])
    if row["clef"] != "percussion":
        assert instrument.clefs[0] == row["clef"].split("-")[0]


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


OWN = (
    'id = "my-flute"\nlike = "alto-flute"\nname = "My Flute"\nabbreviation = "My Fl."\n'
    "change_seconds = 3\n"
)


def test_an_instrument_can_be_like_another_and_say_only_what_differs(tmp_path: Path) -> None:
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "my-flute.toml").write_text(OWN, encoding="utf-8")
    own, model = load_instrument("my-flute", tmp_path), load_instrument("alto-flute")
    assert (own.name, own.change_seconds) == ("My Flute", 3)
    assert own.bands == model.bands and own.transposition == model.transposition
    assert own.aliases == () and own.techniques == model.techniques


def test_instruments_that_are_like_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "instruments").mkdir()
    for one, other in (("a", "b"), ("b", "a")):
        text = f'id = "{one}"\nlike = "{other}"\nname = "A"\nabbreviation = "A."\n'
        (tmp_path / "instruments" / f"{one}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="is like"):
        load_instrument("a", tmp_path)


def test_a_written_range_that_the_transposition_denies_is_told(tmp_path: Path) -> None:
    (tmp_path / "instruments").mkdir()
    text = OWN.replace("change_seconds = 3", 'written = ["C4", "B6"]')
    (tmp_path / "instruments" / "my-flute.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="transposition make it C4 to C7") as caught:
        load_instrument("my-flute", tmp_path)
    assert caught.value.where.line == 5


FAULTS = {
    'family = "woodwind"\nprofessional = ["E3", "E6"]\nplays = ["flutr."]': (6, "way of playing"),
    'family = "woodwind"\nlike = "flut"': (5, "did you mean flute"),
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
