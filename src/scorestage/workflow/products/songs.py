"""Of each song lead sheet, voice and piano, and playback track: made anew when the song changes."""

from __future__ import annotations

from pathlib import Path

from scorestage.builder import Output, Product, code_of, fingerprint
from scorestage.songs.sheet import Sheet
from scorestage.workflow.job import Job
from scorestage.workflow.song_pages import write_sheet
from scorestage.workflow.song_performing import song_music
from scorestage.workflow.song_playback import PlaybackWish, playback_of, write_playback
from scorestage.workflow.song_sheets import SongWish, lead_sheet, open_sheet, with_piano
from scorestage.workflow.songs import FACTS, LYRICS, TUNE, StoredSong, songs_of, stored_song

LEAD_SHEET, PIANO_VOCAL, PLAYBACK = "lead sheet", "piano-vocal", "playback"
SONG_KINDS = (LEAD_SHEET, PIANO_VOCAL, PLAYBACK)
_CODE = (
    *("songs", "composing/accompanying", "composing/accompanying.py", "workflow/song_pages.py"),
    *("workflow/song_sheets.py", "workflow/song_files.py", "workflow/song_order.py"),
    *("engraving", "adapters/formats/musicxml", "adapters/catalogue"),
)
_SOUND = ("mockup", "sync", "workflow/song_playback.py", "workflow/song_performing.py")


def song_products(job: Job) -> tuple[Product, ...]:
    """What is made of each song of the project; a song without chords has no piano."""
    return tuple(one for song in songs_of(job) for one in _of_song(job, song))


def _of_song(job: Job, song: StoredSong) -> tuple[Product, ...]:
    root, build = str(job.folder.root), str(job.folder.build)
    files = tuple(song.folder / name for name in (FACTS, TUNE, LYRICS))
    library = job.folder.user_library
    own = tuple(sorted(library.rglob("*.toml"))) if library.is_dir() else ()
    inputs = (song.id, *files, *own, code_of(*_CODE))
    rate = job.production.rate
    return tuple(
        Product(
            name=f"songs/{song.id}/{kind}",
            kind=kind,
            make=make,
            arguments=(root, build, song.id),
            inputs=fingerprint(kind, *inputs, *more),
        )
        for kind, make, more in (
            (LEAD_SHEET, make_lead_sheet, ()),
            (PIANO_VOCAL, make_piano_vocal, ()),
            (PLAYBACK, make_playback, (rate, code_of(*_SOUND))),
        )
    )


def song_file(song: str, what: str, suffix: str) -> str:
    """The path of one file of a song, relative to the build folder."""
    return f"songs/{song}/{song}_{what}{suffix}"


def _opened(root: str, name: str, *, written_out: bool = False) -> tuple[Sheet, SongWish, Path]:
    job = Job.open(Path(root))
    stored = stored_song(job, name)
    wish = stored.wish(SongWish(written_out=written_out))
    return open_sheet(str(stored.tune), wish, job.folder.root), wish, job.folder.root


def make_lead_sheet(root: str, build: str, name: str) -> tuple[Output, ...]:
    """Write the lead sheet as pages and as MusicXML."""
    sheet, _, _ = _opened(root, name)
    return _written(lead_sheet(sheet), build, name, "lead-sheet", LEAD_SHEET)


def make_piano_vocal(root: str, build: str, name: str) -> tuple[Output, ...]:
    """Write voice and piano; without chord symbols the voice stands alone, and that is told."""
    sheet, wish, project = _opened(root, name)
    remark = ""
    if not sheet.accompanied and sheet.score.chords:
        sheet = with_piano(sheet, wish, project)
    elif not sheet.accompanied:
        remark = "no piano: there are no chord symbols to write it from"
    return _written(sheet, build, name, "piano-vocal", PIANO_VOCAL, remark)


def _written(
    sheet: Sheet, build: str, name: str, what: str, kind: str, remark: str = ""
) -> tuple[Output, ...]:
    remarks = [one.text for one in sheet.misfits if one.grave]
    told = "; ".join([remark, *remarks] if remark else remarks)
    found = []
    for suffix in (".pdf", ".musicxml"):
        path = song_file(name, what, suffix)
        (Path(build) / path).parent.mkdir(parents=True, exist_ok=True)
        write_sheet(sheet, Path(build) / path)
        found.append(Output(path, kind, remark=told))
    return tuple(found)


def make_playback(root: str, build: str, name: str) -> tuple[Output, ...]:
    """Write the playback track in the film's timecode: sound, click, MIDI, slate."""
    sheet, song_wish, project = _opened(root, name, written_out=True)
    wish = PlaybackWish()
    rate = Job.open(project).production.rate.name
    music, clock = song_music(sheet, song_wish, wish, rate=rate, project=project)
    folder = Path(build) / "songs" / name / "playback"
    for old in folder.glob("*"):
        old.unlink()
    answer = write_playback(playback_of(music, clock, wish), folder, wish, name)
    paths = [Path(one["path"]).relative_to(Path(build)).as_posix() for one in answer["files"]]
    return tuple(Output(path, PLAYBACK) for path in paths)
