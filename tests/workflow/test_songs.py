"""Songs of a project and of files: what goes in comes out, in any key, as sheet and as sound."""

from fractions import Fraction
from pathlib import Path

import mido
import numpy as np
import pytest
from tests.adapters.formats.musicxml_schema import faults
from tests.small_project import cue_in, small_project
from tests.song_material import KEEPER, syllables_by_verovio

from scorestage.adapters.formats.wav import read_wav
from scorestage.errors import InputError
from scorestage.production import Layer
from scorestage.songs.playback import POP_HZ, low_share, thump
from scorestage.workflow.compose import COMPOSE, map_of
from scorestage.workflow.cues import change_cue
from scorestage.workflow.fit import FIT
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import ORCHESTRATE, read_cue_score
from scorestage.workflow.song_files import read_lyrics
from scorestage.workflow.song_pages import sheet_xml, write_sheet
from scorestage.workflow.song_performing import song_music
from scorestage.workflow.song_playback import PlaybackWish, playback_of, write_playback
from scorestage.workflow.song_sheets import SongWish, lead_sheet, made_song, open_sheet, with_piano
from scorestage.workflow.songs import make_song_in, stored_song, tune_file
from scorestage.workflow.sources import refresh

SHORT = "title: Short\n\n[Verse]\nHome a-gain by night\n"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "keeper.txt"
    path.write_text(KEEPER, encoding="utf-8")
    return path


def test_a_tune_that_was_made_is_read_back_part_by_part(words: Path, tmp_path: Path) -> None:
    song = made_song(read_lyrics(words), SongWish(style="tender", seed=2))
    path = tmp_path / "tune.musicxml"
    path.write_bytes(tune_file(song))
    plain = open_sheet(str(path), SongWish(words=words, written_out=True))
    direct = open_sheet(str(words), SongWish(style="tender", seed=2, written_out=True))
    told = [(n.onset, n.length, n.top, n.lyric) for n in plain.voice.notes]
    assert told == [(n.onset, n.length, n.top, n.lyric) for n in direct.voice.notes]
    assert [str(one) for one in plain.score.chords] == [str(one) for one in direct.score.chords]


@pytest.mark.parametrize("singer", ["soprano", "tenor", "whistler", "choir"])
def test_sheets_for_any_singer_are_valid_and_keep_every_word(words: Path, singer: str) -> None:
    wish = SongWish(style="tender", singer=singer)
    sheet = open_sheet(str(words), wish)
    for made in (lead_sheet(sheet), with_piano(sheet, wish)):
        xml = sheet_xml(made)
        assert faults(xml) == []
        assert "lamp" in syllables_by_verovio(xml)["1"]
    assert len(with_piano(sheet, wish).score.lines[1].staves) == 2


def test_another_key_moves_tune_chords_and_signature_alike(words: Path) -> None:
    plain = open_sheet(str(words), SongWish(style="tender", seed=3))
    moved = open_sheet(str(words), SongWish(style="tender", seed=3))
    from scorestage.songs.sheet import interval_between, moved_sheet

    by = interval_between(plain.key, plain.key.moved(3), 3)
    moved = moved_sheet(plain, by)
    pairs = zip(plain.voice.notes, moved.voice.notes, strict=True)
    assert {b.sounding[0].midi - a.sounding[0].midi for a, b in pairs} == {3}
    back = moved_sheet(moved, by.inverse)
    assert [n.pitches for n in back.voice.notes] == [n.pitches for n in plain.voice.notes]


def test_a_song_of_the_project_stays_in_the_key_it_was_made_in(words: Path, tmp_path: Path) -> None:
    job = small_project(tmp_path / "job")
    made = make_song_in(job, words, SongWish(singer="tenor"))
    stored = stored_song(job, made.id)
    sheet = open_sheet(str(stored.tune), stored.wish(SongWish()), job.folder.root)
    assert sheet.voice.player.instrument.id == "tenor"
    own = open_sheet(str(stored.tune), SongWish(words=stored.words))
    assert sheet.key == own.key
    with pytest.raises(InputError, match="already"):
        make_song_in(job, words, SongWish(singer="tenor"))


def test_a_source_cue_plays_its_song_from_a_bar_with_its_words(words: Path, tmp_path: Path) -> None:
    job = small_project(tmp_path / "job")
    made = make_song_in(job, words, SongWish(singer="alto"))
    cue = cue_in(job, 20, 40, layer=Layer.SOURCE)
    change_cue(Job.open(job.folder.root), cue.number, song=made.id, start_at="5")
    for source in (FIT, COMPOSE, ORCHESTRATE):
        now = Job.open(job.folder.root)
        refresh(now, now.cue(cue.number), source)
    now = Job.open(job.folder.root)
    score = read_cue_score(now, now.cue(cue.number))
    sung = [note.lyric for note in score.lines[0].notes if note.lyric]
    assert sung[:3] == ["lamp", "goes", "round"]
    own = map_of(now, now.cue(cue.number))
    assert str(own.grid.bars[0].label) == "5"
    assert max(own.time_at(n.end).seconds for _, n in score.notes()) <= 40


def test_pages_and_midi_are_written(words: Path, tmp_path: Path) -> None:
    sheet = lead_sheet(open_sheet(str(words), SongWish(style="tender")))
    (midi,) = write_sheet(sheet, tmp_path / "lead.mid")
    assert mido.MidiFile(midi).length > 10
    pages = write_sheet(sheet, tmp_path / "lead.svg")
    assert all(b"<svg" in page.read_bytes()[:400] for page in pages)


def test_playback_is_sample_exact_with_its_count_in(tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text(SHORT, encoding="utf-8")
    song_wish = SongWish(style="tender", written_out=True, tempo="100")
    sheet = open_sheet(str(path), song_wish)
    wish = PlaybackWish(earwig=True, thumper=True)
    music, clock = song_music(sheet, song_wish, wish, piano=False)
    found = playback_of(music, clock, wish)
    answer = write_playback(found, tmp_path / "out", wish)
    files = {one["kind"]: Path(one["path"]) for one in answer["files"]}
    lengths = {one["length_samples"] for one in answer["files"] if "length_samples" in one}
    assert lengths == {found.length_samples}
    click, _ = read_wav(files["click"])
    mono = np.abs(click[:, 0])
    bar_one = Fraction(answer["bar_one_seconds"]) - Fraction(answer["file_start_seconds"])
    assert answer["count_in_clicks"] == 8
    for number in range(8):
        at = round((bar_one - (8 - number) * Fraction(60, 100)) * 48_000)
        assert mono[at] > 0.3 and mono[at - 40 : at - 1].max() < 0.01
    pop = round((Fraction(answer["pop_seconds"]) - found.file.start.seconds) * 48_000)
    assert pop == round((bar_one - 8 * Fraction(60, 100) - 2) * 48_000)
    frame = click[pop : pop + 2000, 0]
    assert abs(np.argmax(np.abs(np.fft.rfft(frame))) * 24 - POP_HZ) <= 24
    assert mono[pop - 500 : pop].max() == 0
    ears, _ = read_wav(files["earwig"])
    assert np.allclose(ears[:, 1], click[:, 0], atol=1e-6)
    track, _ = read_wav(files["playback"])
    assert np.abs(track).max() < 1 and np.abs(track[:pop]).max() < 0.01


def test_thumps_lie_below_what_is_kept_of_dialogue() -> None:
    assert low_share(thump(48_000, accent=True), 48_000) > 0.97
