"""Octave lines stand where a keyboard would be read on five ledger lines, and nowhere else."""

from __future__ import annotations

from tests.sketches import notes

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.musicxml import read_score, write_score
from scorestage.music import Line, Player, Score, Staff, Voice
from scorestage.orchestration.octavelines import with_octave_lines
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat, FilmTime, Meter, Tempo, TempoMap

GRID = BarGrid(tuple(Bar(Meter(4, 4), BarLabel(number)) for number in range(1, 9)))
STUDIO = {player.id: player for player in load_ensemble("studio-orchestra").players}


def line(upper: str, lower: str = "", player: Player = STUDIO["pno"], **more: object) -> Line:
    staves = tuple(
        Staff((Voice(tuple(notes(name, text))),)) for name, text in (("u", upper), ("l", lower))
    )
    return Line(player, staves, **more)  # type: ignore[arg-type]


def told(ruled: Line) -> list[list[tuple[str, str, str]]]:
    found = []
    for staff in ruled.staves:
        signs = []
        for one in staff.signs:
            shift = one.sign.find("octave-shift")
            assert shift is not None
            signs.append((str(one.at), shift.detail("type"), one.sign.detail("placement")))
        found.append(signs)
    return found


def at(beat: int) -> str:
    return str(Beat(beat))


def test_a_high_passage_stands_under_one_line_with_what_is_high_beside_it() -> None:
    (ruled,) = with_octave_lines([line("C5:4 D6:1 G6:1 C7:1 D7:1 E6:4 E5:4")])
    assert told(ruled) == [[(at(4), "down", "above"), (at(12), "stop", "above")], []]
    assert [note.pitches for note in ruled.notes] == [
        note.pitches for note in line("C5:4 D6:1 G6:1 C7:1 D7:1 E6:4 E5:4").notes
    ]


def test_what_is_read_at_sight_has_none_and_a_long_rest_ends_it() -> None:
    assert told(with_octave_lines([line("G6:4 A6:4 E6:4", "E1:4 C2:4")])[0]) == [[], []]
    (ruled,) = with_octave_lines([line("C7:2 r:2 C7:4 r:8 C7:4 C5:4")])
    assert [one[0] for one in told(ruled)[0]] == [at(0), at(8), at(16), at(20)]


def test_low_octaves_have_it_below() -> None:
    (ruled,) = with_octave_lines([line("C4:4", "B0+B1:4 C1+C2:4 G2:4")])
    assert told(ruled) == [[], [(at(0), "up", "below"), (at(8), "stop", "below")]]


def test_a_celesta_is_read_an_octave_lower_and_a_harp_reads_its_own() -> None:
    celesta = line("C7:4 D7:4", changes=((Beat(0), "celesta"),))
    assert told(with_octave_lines([celesta])[0]) == [[], []]
    harp = line("C7:4", player=STUDIO["hp"])
    assert with_octave_lines([harp]) == (harp,)


def test_a_file_keeps_the_line_and_what_sounds() -> None:
    score = Score(GRID, with_octave_lines([line("C7:4 D7:4 C5:4", "C3:12")]))
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(96), GRID)
    found = read_score(write_score(score, tempo_map), "x.musicxml").score
    assert told(found.lines[0]) == told(score.lines[0])
    assert [one.pitches for one in found.lines[0].notes] == [
        one.pitches for one in score.lines[0].notes
    ]
