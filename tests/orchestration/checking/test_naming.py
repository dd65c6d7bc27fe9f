"""Names of parts as publishers write them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from tests.orchestration.checking.passages import solo
from tests.sketches import FOUR

from scorestage.adapters.catalogue import load_instrument, names
from scorestage.music import Family, Instrument, Line, Player, Score, Staff
from scorestage.orchestration import seated
from scorestage.orchestration.checking.naming import how_many, named
from scorestage.orchestration.checking.vocabulary import OF_PROGRAM
from scorestage.timebase import BarGrid


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Instrument]:
    return {name: load_instrument(name) for name in names("instruments")}


@pytest.mark.parametrize(
    ("name", "instrument", "count"),
    [
        ("Violino I", "violin", 1), ("Hörner in F", "horn", 2), ("Corni in F I.II.", "horn", 2),
        ("Clarinetti in B", "clarinet-bb", 2), ("A Clarinet 1", "clarinet-a", 1),
        ("Clarinetto I in La", "clarinet-a", 1), ("Klarinette in Es", "clarinet-eb", 1),
        ("Pk.", "timpani", 1), ("C, G Timpani", "timpani", 1), ("Trombe in C", "trumpet-c", 2),
        ("Tromb. I", "trombone", 1), ("Tromba in C 1", "trumpet-c", 1), ("Fagotti", "bassoon", 2),
        ("Flute 1 & 2", "flute", 2), ("2 Oboes", "oboe", 2), ("Zwei Flöten", "flute", 2),
        ("Engl. Horn", "english-horn", 1), ("Cor Anglais", "english-horn", 1),
        ("Contrafagott", "contrabassoon", 1), ("Bass Clarinet in Bb", "bass-clarinet", 1),
        ("Clarinet 3 (Bass Clarinet)", "clarinet-bb", 1), ("Vlc.", "cello", 1),
        ("Kontrabässe", "double-bass", 2), ("Grande Flûte 1", "flute", 1),
        ("Petite flûte", "piccolo", 1), ("Cors à pistons en fa", "horn", 2),
        ("Trombones 1-3", "trombone", 3),
        ("Trombone basso", "bass-trombone", 1), ("Horns 3.4", "horn", 2),
        ("Eb Horn 2 ", "horn", 1), ("Horn in E♭", "horn", 1), ("Bratschen", "viola", 2),
        ("Alto Saxophone", "alto-sax", 1), ("Klavier", "piano", 1), ("Arpa", "harp", 1),
    ],
)  # fmt: skip
def test_a_part_is_known_by_its_name(name: str, instrument: str, count: int) -> None:
    found = named(name, "", None, catalogue())
    assert found is not None, name
    assert (found.instrument.id, found.count) == (instrument, count)


def test_what_nobody_knows_is_not_guessed() -> None:
    assert named("Zzyzx", "", None, catalogue()) is None
    by_sound = named("Stimme 7", "wind.reed.oboe", None, catalogue())
    by_program = named("Track 3", "", 71, catalogue())
    assert by_sound is not None and (by_sound.instrument.id, by_sound.how) == ("oboe", "sound")
    assert by_program is not None and by_program.how == "program"
    assert by_program.instrument.family is Family.WOODWIND


@pytest.mark.parametrize(
    ("name", "count"), [("Corni I-IV", 4), ("Horn 1", 1), ("Horn 4", 1), ("Oboi", 2)]
)
def test_players_are_counted(name: str, count: int) -> None:
    assert how_many(name) == count


def test_a_score_is_seated_and_says_what_it_does_not_know() -> None:
    from dataclasses import replace

    strange = Instrument("zz", "Zz", "Zz", Family.SYNTH, None, None)
    lines = []
    for place, name in enumerate(("Oboe 1", "Zzyzx")):
        line = solo("oboe", "C5:1")
        player = Player(f"P{place}", name, name, (strange,))
        lines.append(replace(line, player=player))
    made = seated(Score(BarGrid.regular(2, FOUR), tuple(lines)), catalogue())
    assert made.score.lines[0].player.instrument.id == "oboe"
    assert made.unknown == {"P1"}
    (fault,) = made.faults
    assert "'Zzyzx' is no instrument known here" in fault.text
    assert fault.repair


def test_a_part_an_octave_off_throughout_is_read_where_it_belongs() -> None:
    from dataclasses import replace

    line = solo("bass-clarinet", "A1:1 E1:1 G1:1 C#1:1 " * 4)
    read = replace(load_instrument("bass-clarinet"), id="file-s", professional=None)
    player = Player("P9", "A Bass Clarinet", "B. Cl.", (read,))
    made = seated(Score(BarGrid.regular(2, FOUR), (replace(line, player=player),)), catalogue())
    moved = [str(note.pitches[0]) for note in made.score.lines[0].notes][:4]
    assert moved == ["A2", "E2", "G2", "C#2"]
    assert "an octave too low throughout" in made.faults[0].text


def test_a_file_that_names_instrument_and_sound_is_believed_over_the_part_name() -> None:
    """`Bass` in a band is no singer, `Clarinet 3 / Bass Clarinet` begins on the clarinet."""
    for name in ("acoustic-bass", "jazz-guitar", "clarinet-bb"):
        held = load_instrument(name)
        read = replace(held, id="read-1")
        part = {"acoustic-bass": "Bass", "jazz-guitar": "Guitar"}.get(name, "Cl. 3 / Bass Clarinet")
        line = Line(Player("p", part, "", (read,)), (Staff(()),))
        score = Score(BarGrid.regular(1, FOUR), (line,))
        assert seated(score, catalogue()).score.lines[0].player.instrument.id == name


@pytest.mark.parametrize(
    ("program", "instrument"),
    [(0, "piano"), (40, "violin"), (42, "cello"), (56, "trumpet-c"), (57, "trombone"),
     (58, "tuba"), (71, "clarinet-bb"), (110, "fiddle")],
)  # fmt: skip
def test_a_program_means_the_instrument_it_is_named_after(program: int, instrument: str) -> None:
    found = named("", "", program, catalogue())
    assert found is not None and found.instrument.id == instrument


def test_every_instrument_of_a_program_is_in_the_catalogue() -> None:
    known = catalogue()
    strangers = {one for program, one in OF_PROGRAM.items() if known[one].midi_program != program}
    assert strangers == {"mixed-choir"}  # "voice oohs" are a choir as well


@pytest.mark.parametrize(
    ("name", "instrument"), [("Bass Tbn", "bass-trombone"), ("Contrabbassi", "double-bass")]
)
def test_names_of_the_low_end(name: str, instrument: str) -> None:
    found = named(name, "", None, catalogue())
    assert found is not None and found.instrument.id == instrument
