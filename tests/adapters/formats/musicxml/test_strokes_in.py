"""Strokes that a file does not name."""

from scorestage.adapters.formats.musicxml import ReadScore, read_score
from scorestage.music import DrumSound, Family


def struck(place: str, notehead: str = "normal") -> str:
    return (
        f"<note><unpitched><display-step>{place[0]}</display-step><display-octave>{place[1]}"
        "</display-octave></unpitched><duration>1</duration>"
        f"<notehead>{notehead}</notehead></note>"
    )


def score_of(name: str, *strokes: str) -> ReadScore:
    return read_score(
        f"<score-partwise><part-list><score-part id='P1'><part-name>{name}</part-name>"
        f"<score-instrument id='P1-I1'><instrument-name>{name}</instrument-name></score-instrument>"
        f"</score-part></part-list><part id='P1'><measure number='1'>{''.join(strokes)}</measure>"
        "</part></score-partwise>".encode()
    )


def sounds(read: ReadScore) -> list[DrumSound]:
    return list(read.score.lines[0].player.instrument.drums)


def test_a_kit_is_known_by_its_places_on_the_staff() -> None:
    read = score_of("Drumset", struck("F4"), struck("C5"), struck("G5", "x"), struck("A5", "x"))
    assert [(one.name, one.drum_key) for one in sounds(read)] == [
        ("Kick drum", 36),
        ("Snare", 38),
        ("Hi-hat", 42),
        ("Crash cymbal", 49),
    ]
    assert read.score.lines[0].player.instrument.family is Family.RHYTHM


def test_strokes_of_another_drum_have_the_name_of_the_part() -> None:
    read = score_of("Bongos", struck("F4"), struck("A4"))
    assert [one.name for one in sounds(read)] == ["Bongos", "Bongos"]
    assert [one.staff_step for one in sounds(read)] == ["F4", "A4"]
    assert read.score.lines[0].player.instrument.family is Family.PERCUSSION
