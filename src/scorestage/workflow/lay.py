"""`lay`: music first; drawings, scene cards or shots are laid on its bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorestage.adapters.cut_exchange import ReadCut
from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.markdown_table import markdown_of
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.machines.animatic import read_drawing
from scorestage.adapters.machines.edit_film import ShownFrame, write_edit_film, write_still_film
from scorestage.adapters.store import replacing, write_bytes, writing
from scorestage.conform.recutting.footage import base_track
from scorestage.conform.recutting.laying import Card, Laid, Layout, Seam, lay
from scorestage.errors import InputError, Where
from scorestage.paperwork import Column, Table
from scorestage.production import CutEvent, CutList, CutMarker, CutSource, plain_number
from scorestage.timebase import FilmClock, FilmTime, FrameRate, Timecode
from scorestage.workflow import editorial
from scorestage.workflow.job import Job
from scorestage.workflow.new import add_picture, next_picture
from scorestage.workflow.recut_film import RATE_HZ, music_sound
from scorestage.workflow.recut_music import Grid, RecutMusic, read_place, target_at, targets_of
from scorestage.workflow.recut_picture import RecutPicture, picture_of_files
from scorestage.workflow.recut_write import FILMS
from scorestage.workflow.scenes import scenes_of
from scorestage.workflow.storyboard import Board, panels_of

_LIT_FRAMES = 8
_SIZE_PX = (1280, 720)
_PAPERS = (".pdf", ".md", ".csv")


@dataclass(frozen=True, slots=True)
class LayWish:
    """What a person asks: on what cards begin, the least they stand, which begins where."""

    on: Grid = Grid.BARS
    shortest: int = 12
    handles: int = 0
    land: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """What is laid: drawings of a folder, or the shots of a list or film.

    `panels` are drawings and their words, `picture` the edit that shots come from.
    """

    cards: tuple[Card, ...]
    panels: tuple[tuple[Path, str], ...] = ()
    picture: RecutPicture | None = None


@dataclass(frozen=True, slots=True)
class Laying:
    """The cards on the music. Frames count from the film's first, which lies at `clock`'s start."""

    layout: Layout
    cards: Cards
    music: RecutMusic
    rate: FrameRate
    clock: FilmClock


def cards_of_folder(board: Board, rate: FrameRate, shortest: int, job: Job | None) -> Cards:
    """The drawings of a folder, in order, as long as names, list or the screenplay have them."""
    panels = panels_of(board, rate)
    scenes: dict[str, Fraction] = {}
    if job is not None and job.production.script:
        scenes = {
            plain_number(one.scene.number): one.length.likely_seconds for one in scenes_of(job)
        }
    free: dict[str, int] = {}
    for one in panels:
        free[one.scene] = free.get(one.scene, 0) + (one.seconds is None)
    cards, drawn = [], []
    for one in panels:
        seconds = one.seconds
        if seconds is None and one.scene in scenes:
            taken = sum(
                (each.seconds or Fraction(0) for each in panels if each.scene == one.scene),
                Fraction(0),
            )
            left = scenes[one.scene] - taken
            seconds = left / free[one.scene] if left > 0 else None
        frames = None if seconds is None else round(seconds * rate.frames_per_second)
        cards.append(Card(Path(one.name).stem, frames, shortest))
        drawn.append((board.folder / one.name, one.words))
    return Cards(tuple(cards), tuple(drawn))


def cards_of_edit(
    source: Path, rate: FrameRate | None, wish: LayWish, progress: Callable[[float, str], None]
) -> Cards:
    """The shots of a cut list or a film; none stands longer than its frames and handles."""
    listed = editorial.is_cut_list(source)
    picture = picture_of_files(
        source if listed else None, None if listed else source, rate, None, False, progress
    )
    cards = []
    for one in picture.shots:
        if one.is_black:
            continue
        tail = wish.handles if one.tail_frames is None else one.tail_frames
        cards.append(
            Card(
                one.name,
                one.last - one.first,
                min(wish.shortest, one.last - one.first),
                one.last - one.first + tail,
            )
        )
    return Cards(tuple(cards), picture=picture)


def lay_on_music(
    cards: Cards, music: RecutMusic, rate: FrameRate, clock: FilmClock, wish: LayWish
) -> Laying:
    """The cards laid from bar 1 to the end of the music."""
    grid = music.tempo_map.grid
    ends = [target_at(music, at, rate, 0, 0.0, 0) for at in (grid.starts[0], grid.end)]
    first, last = ends
    if first is None or last is None:
        raise InputError("the music begins before the film", do="say --start")
    seams = [
        Seam(one.frame, one.worth, one.words)
        for one in targets_of(music, rate, 0, wish.on, 1.0, 0)
        if first.frame < one.frame < last.frame
    ]
    seams = [Seam(first.frame, 0.0, first.words), *seams, Seam(last.frame, 0.0, "end")]
    held = list(cards.cards)
    for text in wish.land:
        number, seam = _asked(text, music, rate, len(held))
        held[number] = replace(held[number], at=seam.frame)
        seams.append(seam)
    return Laying(lay(held, seams), cards, music, rate, clock)


def _asked(text: str, music: RecutMusic, rate: FrameRate, count: int) -> tuple[int, Seam]:
    """One wish: `card 5 = bar 17`, `5 = bar 17 beat 3`."""
    what, equals, where = text.partition("=")
    number = what.lower().replace("card", "").replace("shot", "").strip()
    if not equals or not number.isdecimal() or not 1 <= int(number) <= count:
        raise InputError(f"{text!r} lays nothing", do=f'write "card 5 = bar 17"; 1 to {count}')
    target = target_at(music, read_place(music, where), rate, 0, 0.0, 0)
    if target is None:
        raise InputError(f"{where.strip()} lies before the film's first frame")
    return int(number) - 1, Seam(target.frame, 3.0, target.words)


# ── the way out ─────────────────────────────────────────────────────────────────────────────────


def laid_list(found: Laying) -> CutList:
    """The cards as a cut list with a marker on each bar where one begins.

    Before bar 1 the film is black.
    """
    start, events, markers = found.clock.start_frames, [], []
    shots = [] if found.cards.picture is None else [
        one for one in found.cards.picture.shots if not one.is_black
    ]  # fmt: skip
    first = found.layout.laid[0].first
    if first:
        black = CutSource("BL", "black", black=True)
        events.append(CutEvent(start, start + first, black, Fraction(0), Fraction(first)))
    for number, one in enumerate(found.layout.laid):
        place = start + one.first, start + one.last
        label = f"{len(events) + 1:03}"
        if shots:
            event = shots[number].events[0]
            entry = event.source_at(event.record_in_frames, found.rate)
            leaves = entry + one.frames * (event.speed or 1) * event.per_frame(found.rate)
            made = replace(event, record_in_frames=place[0], record_out_frames=place[1],
                           source_in_frames=min(entry, leaves),
                           source_out_frames=max(entry, leaves),
                           entry_frames=entry if event.speed < 0 else None,
                           transition=None, number=label)  # fmt: skip
        else:
            path, words = found.cards.panels[number]
            source = CutSource(clip=path.stem, file=path.name)
            remarks = (f"* COMMENT: {words}",) if words else ()
            made = CutEvent(*place, source, Fraction(0), Fraction(one.frames), number=label,
                            remarks=remarks)  # fmt: skip
        events.append(made)
        markers.append(
            CutMarker(Fraction(place[0]), f"{one.card.name} = {one.seam.words}", colour="green")
        )
    title = f"{found.music.name} laid"
    return CutList(title, found.rate, tuple(events), tuple(markers), start)


def write_laid(found: Laying, target: Path) -> tuple[str, ...]:
    """Write what was laid as the suffix tells: list, paper, or film with the music."""
    suffix = target.suffix.lower()
    if suffix in FILMS:
        write_laid_film(found, target)
        return ()
    if suffix in _PAPERS:
        table = laid_table(found)
        running = f"{found.music.name}: what lies where"
        content = {
            ".csv": lambda: csv_of(table),
            ".md": lambda: markdown_of((table,)),
            ".pdf": lambda: pdf_of((table,), running),
        }[suffix]()
        write_bytes(target, content)
        return ()
    if not editorial.holds_cut("", target):
        do = "write .otio .edl .fcpxml .xml .aaf, .pdf .md .csv, or .mp4 .mov"
        raise InputError(f"{target.name}: no such file is written", do=do)
    written = editorial.write_cut_list(laid_list(found), target)
    left = (*_other_tracks(found), *written.not_carried)
    return (*written.notes, *(f"not carried: {one}" for one in left))


def _other_tracks(found: Laying) -> tuple[str, ...]:
    """Tracks of the edit beside the picture: what lay there is laid on no bar."""
    if found.cards.picture is None:
        return ()
    cut = found.cards.picture.cut
    base = base_track(cut)
    return tuple(f"track {one} of the edit" for one in cut.tracks if one != base)


def write_laid_film(found: Laying, target: Path) -> None:
    """The cards as a film from its first frame on, with the music."""
    frames = found.layout.laid[-1].last
    samples = round(frames / found.rate.frames_per_second * RATE_HZ)
    sound = music_sound(found.music, FilmTime(0), samples)
    start = Timecode(found.clock.start_frames, found.rate)
    name = found.music.name
    picture = found.cards.picture
    with replacing(target) as unfinished:
        if found.cards.panels:
            stills = [read_drawing(path, *_SIZE_PX) for path, _ in found.cards.panels]
            shown = _shown(found, list(range(len(stills))), still=True)
            write_still_film(stills, unfinished, shown, found.rate, sound, start, name)
            return
        if picture is None or picture.film is None:
            raise InputError(
                "the shots of a list cannot be shown", Where(file=target), "lay a film or drawings"
            )
        firsts = [one.first for one in picture.shots if not one.is_black]
        shown = _shown(found, firsts, still=False)
        write_edit_film(picture.film, unfinished, shown, sound, start, name)


def _shown(found: Laying, firsts: Sequence[int], *, still: bool) -> list[ShownFrame]:
    tempo_map = found.music.tempo_map
    black = [ShownFrame(None)] * found.layout.laid[0].first
    shown = []
    for number, one in enumerate(found.layout.laid):
        for frame in range(one.first, one.last):
            at = found.rate.time_of(frame)
            place = tempo_map.grid.position(tempo_map.beat_at(at))
            words = f"{found.clock.nearest_label(at)}   {one.card.name}"
            words += f"   bar {place.label} | {max(1, place.beat.__floor__())}"
            into = 0 if still else frame - one.first
            lit = frame < one.first + _LIT_FRAMES
            shown.append(ShownFrame(firsts[number] + into, words, one.seam.words, lit))
    return [*black, *shown]


def keep_as_picture(job: Job, found: Laying, label: str) -> Path:
    """The cards laid as the picture in force: film and edit; the file."""
    version = next_picture(job.production)
    film = job.folder.root / "pictures" / f"{version}-laid.mp4"
    with writing(job.folder.root):
        write_laid_film(found, film)
    job = add_picture(job, film, label or f"laid to {found.music.name}")
    editorial.keep_edit(job, ReadCut(laid_list(found)))
    return film


# ── as an answer ────────────────────────────────────────────────────────────────────────────────


def laid_table(found: Laying) -> Table:
    """What lies where."""
    columns = (
        Column("No.", 4, right=True),
        Column("Card", 22),
        Column("Begins on", 14),
        Column("In", 11),
        Column("Out", 11),
        Column("Frames", 7, right=True),
        Column("Wished", 7, right=True),
    )
    rows = tuple(_row(found, number, one) for number, one in enumerate(found.layout.laid, start=1))
    facts = (("music", found.music.name), ("cards", str(len(rows))))
    legend = ("Wished: told lengths in proportion to the whole music.",)
    return Table("Laid to the music", columns, rows, facts, legend=legend)


def _row(found: Laying, number: int, one: Laid) -> tuple[str, ...]:
    label = [found.clock.nearest_label(found.rate.time_of(at)) for at in (one.first, one.last)]
    seam = one.seam.words
    return (str(number), one.card.name, seam, *label, str(one.frames), str(one.wished_frames))


def tell_laying(found: Laying) -> dict[str, Any]:
    """The whole answer."""
    return {
        "music": found.music.name,
        "rate": found.rate.name,
        "points": float(found.layout.points),
        "cards": [
            {
                "card": number,
                "name": one.card.name,
                "on": one.seam.words,
                "in_frames": one.first,
                "out_frames": one.last,
                "wished_frames": one.wished_frames,
            }
            for number, one in enumerate(found.layout.laid, start=1)
        ],
        "notes": list(found.music.told),
    }
