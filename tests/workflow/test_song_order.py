"""A score with its words under it as it is performed: verses in turn, jumps, tempos, parts."""

from fractions import Fraction
from pathlib import Path

import pytest
from tests.songs.test_unrolling import BACK, FORWARD, bar, words

from scorestage.timebase import Beat
from scorestage.workflow.song_files import read_lyrics, read_tune, song_of
from scorestage.workflow.song_order import unrolled
from scorestage.workflow.song_performing import song_music
from scorestage.workflow.song_playback import PlaybackWish
from scorestage.workflow.song_sheets import SongWish, open_sheet


def note(*syllables: str, more: str = "", length: int = 4) -> str:
    """A note with a syllable for each verse (`-` after one that goes on, `_` where it is held)."""
    told = ""
    for number, text in enumerate(syllables, start=1):
        if text:
            kind = "begin" if text.endswith("-") else "single"
            line = "<extend/>" if text.endswith("_") else ""
            plain = text.rstrip("-_")
            inner = f"<syllabic>{kind}</syllabic><text>{plain}</text>{line}"
            told += f'<lyric number="{number}">{inner}</lyric>'
    kinds = {4: "whole", 1: "quarter", 2: "half"}
    return (
        "<note><pitch><step>C</step><octave>5</octave></pitch>"
        f"<duration>{length}</duration><type>{kinds[length]}</type>{more}{told}</note>"
    )


def tempo(bpm: int) -> str:
    return f'<sound tempo="{bpm}"/>'


def heading(text: str) -> str:
    return f"<direction><direction-type><rehearsal>{text}</rehearsal></direction-type></direction>"


def written(folder: Path, *bars: str) -> Path:
    path = folder / "tune.musicxml"
    path.write_text(
        '<score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Voice</part-name>'
        f'</score-part></part-list><part id="P1">{"".join(bars)}</part></score-partwise>',
        encoding="utf-8",
    )
    return path


def sung(path: Path, **wish: object) -> list[str]:
    sheet = open_sheet(str(path), SongWish(written_out=True, **wish))  # type: ignore[arg-type]
    return [one.lyric for one in sheet.voice.notes if one.lyric]


def test_each_time_round_has_the_words_of_its_own_verse(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        bar(1, FORWARD, "", note("1. one", "2. two")),
        bar(2, "", BACK, note("shared")),
        bar(3, note=note("end")),
    )
    assert sung(path) == ["one", "shared", "two", "shared", "end"]
    sheet = open_sheet(str(path), SongWish(written_out=True))
    assert {len(one.verses) for one in sheet.voice.notes} <= {0, 1}
    folded = open_sheet(str(path), SongWish())
    assert len(folded.voice.notes) == 3


def test_a_held_syllable_is_not_given_another_verses_words(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        bar(1, FORWARD, "", note("won-", "long_")),
        bar(2, "", BACK, note("der")),
    )
    assert sung(path) == ["won-", "der", "long"]


def test_a_jump_back_sings_and_is_printed_no_more(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        bar(1, note=note("a")),
        bar(2, after=words("Fine", 'fine="yes"'), note=note("b")),
        bar(3, after=words("D.C. al Fine", 'dacapo="yes"'), note=note("c")),
    )
    assert sung(path) == ["a", "b", "c", "a", "b"]
    score = open_sheet(str(path), SongWish(written_out=True)).score
    assert not any("D.C." in one.text for one in score.lines[0].staves[0].words)
    assert not score.marks and not score.lines[0].staves[0].signs


def test_a_tune_keeps_its_tempos_wherever_it_comes_again(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        bar(1, FORWARD + tempo(120), "", note("a", "x")),
        bar(2, tempo(60), BACK, note("b", "y")),
    )
    folded = open_sheet(str(path), SongWish())
    assert folded.tempo_map.end.seconds == 2 + 4
    played = unrolled(folded)
    assert [played.tempo_map.time_at(Beat(at)).seconds for at in (0, 4, 8, 12, 16)] == [
        0, 2, 6, 8, 12,
    ]  # fmt: skip
    faster = open_sheet(str(path), SongWish(tempo="240", written_out=True))
    assert faster.tempo_map.end.seconds == 6


def test_parts_of_a_tune_keep_their_own_tempos(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        bar(1, tempo(120) + heading("Verse"), note=note()),
        bar(2, tempo(60) + heading("Chorus"), note=note()),
        bar(3, tempo(120) + heading("Verse 2"), note=note()),
    )
    text = tmp_path / "w.txt"
    text.write_text("[Verse]\nla\n[Chorus]\nda\n[Verse]\nlo\n[Chorus]\n", encoding="utf-8")
    song = song_of(read_tune(path), read_lyrics(text))
    assert [len(one.meters) for one in song.parts] == [1, 1]
    sheet = open_sheet(str(path), SongWish(words=text, written_out=True))
    assert [sheet.tempo_map.time_at(Beat(at)).seconds for at in (0, 4, 8, 12, 16)] == [
        0, 2, 6, 8, 12,
    ]  # fmt: skip
    assert [one.lyric for one in sheet.voice.notes] == ["la", "da", "lo", "da"]


def test_what_comes_before_the_first_named_bars_is_no_upbeat(tmp_path: Path) -> None:
    bars = [bar(number, note=note()) for number in range(1, 7)]
    text = tmp_path / "w.txt"
    text.write_text("[Verse]\none two\n[Chorus]\nthree four\n", encoding="utf-8")
    tune = read_tune(written(tmp_path, *bars))
    song = song_of(tune, read_lyrics(text), "chorus=5-6, verse=3-4")
    assert [(one.kind, len(one.notes), one.upbeat.quarters) for one in song.parts] == [
        ("verse", 2, 0), ("chorus", 2, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("first", "start"), [("chorus", -1), ("3", 0)])
def test_a_part_is_played_back_with_its_upbeat(tmp_path: Path, first: str, start: int) -> None:
    rest = "<note><rest/><duration>2</duration></note>"
    path = written(
        tmp_path,
        bar(1, heading("Verse"), note=note("a")),
        bar(2, note=note("b", length=1) + rest + note("oh", length=1)),
        bar(3, heading("Chorus"), note=note("shine")),
        bar(4, note=note("on")),
    )
    sheet = open_sheet(str(path), SongWish(written_out=True))
    music, _ = song_music(sheet, SongWish(), PlaybackWish(), first=first)
    notes = music.score.lines[0].notes
    assert min(one.onset.quarters for one in notes) == Fraction(start)
    assert str(music.tempo_map.grid.bars[0].label) == "3"
