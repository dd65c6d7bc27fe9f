"""`song`: words and tune, lead sheet, piano-vocal, who can sing it, playback for filming to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scorestage.apps.cli.optionsets import spread
from scorestage.apps.cli.song_options import JSON, SONG, SongOptions, opened

if TYPE_CHECKING:
    from scorestage.songs.sheet import Sheet

song = typer.Typer(
    no_args_is_help=True, help="Songs: words, lead sheet, piano-vocal, singers, playback."
)
OUTPUT = typer.Option(
    ..., "--output", "-o", help="Where to write it: .musicxml, .mxl, .mid, .pdf or .svg."
)
PAPER = typer.Option("a4", "--paper", help="For pages: a4, letter, 9x12 …")
WRITTEN_OUT = typer.Option(False, "--written-out", help="Every verse in full: no repeat signs.")
NAME = typer.Option("", "--id", help="Its id; otherwise from its title.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.add_typer(song, name="song")


@song.command("divide")
def song_divide(
    file: Path = typer.Argument(metavar="WORDS", help="The words: a text file."),
    language: str = typer.Option("", help="en, de, fr, it, es or la; otherwise as the file says."),
    json: bool = JSON,
) -> None:
    """Show the words of a song in syllables, stressed ones in capitals, line by line."""
    from scorestage.apps.cli import say
    from scorestage.workflow.song_answers import words_answer
    from scorestage.workflow.song_files import read_lyrics

    words = read_lyrics(file, language)
    if json:
        say.as_json(words_answer(words))
        return
    for stanza in words.stanzas:
        print(f"[{stanza.name}]")
        rows = []
        for line in stanza.lines:
            shown = "".join(
                (one.text.upper() if one.stress == 2 else one.text)
                + "_" * one.held
                + ("-" if one.goes_on else " ")
                for one in line.syllables
            )
            rows.append((line.number, len(line.syllables), line.notes, shown.strip()))
        say.table(("line", "syllables", "notes", "words"), rows, indent=2)


@song.command("make")
@spread
def song_make(
    context: typer.Context,
    file: Path = typer.Argument(metavar="WORDS", help="The words: a text file."),
    name: str = NAME,
    json: bool = JSON,
    *,
    options: SongOptions,
) -> None:
    """Have a tune made for words, in a style, and keep the song in the project."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.songs import make_song_in

    stored = make_song_in(Job.open(context.obj), file, options.wish(), name)
    show(context.obj, stored.id, options, json)


@song.command("add")
@spread
def song_add(
    context: typer.Context,
    file: Path | None = typer.Argument(
        None, metavar="TUNE", help="The tune: MusicXML, MIDI or ABC."
    ),
    theme: str = typer.Option("", help="A theme of the project in place of a file."),
    name: str = NAME,
    title: str = typer.Option("", help="Its title; otherwise the file's."),
    json: bool = JSON,
    *,
    options: SongOptions,
) -> None:
    """Take in a song of your own: a tune with its words under it, or with --words FILE.

    With --theme the tune is a theme of the project.
    """
    from scorestage.errors import InputError
    from scorestage.workflow.job import Job
    from scorestage.workflow.songs import add_song, add_theme_song

    job = Job.open(context.obj)
    if file is not None and not theme:
        stored = add_song(job, file, options.wish(), name, title)
    elif theme and file is None:
        stored = add_theme_song(job, theme, options.wish(), name, title)
    else:
        raise InputError("a song has one tune", do="name a file, or --theme ID")
    show(context.obj, stored.id, options, json)


@song.command("list")
def song_list(context: typer.Context, json: bool = JSON) -> None:
    """Show the songs of the project."""
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.song_answers import sheet_answer
    from scorestage.workflow.songs import songs_of

    found = []
    for one in songs_of(Job.open(context.obj)):
        sheet, _ = opened(context.obj, one.id, SongOptions().wish())
        found.append({"id": one.id, **sheet_answer(sheet)})
    if json:
        say.as_json({"songs": found})
    elif not found:
        print("no songs yet: `song add TUNE`, or `song make WORDS`")
    else:
        keys = ("id", "title", "key", "meter", "singer", "low", "high", "form")
        say.table(keys, [tuple(one[key] for key in keys) for one in found])


@song.command("show")
@spread
def song_show(
    context: typer.Context, name: str = SONG, json: bool = JSON, *, options: SongOptions
) -> None:
    """Show a song: its form, range, the keys it could be sung in, where its words do not fit."""
    show(context.obj, name, options, json)


@song.command("check")
@spread
def song_check(
    context: typer.Context, name: str = SONG, json: bool = JSON, *, options: SongOptions
) -> None:
    """All that is wrong: syllables against notes, word stress, range, tessitura, breath.

    Ends with status 1 where a syllable has no note of its own, or a note cannot be sung.
    """
    from scorestage.apps.cli import say
    from scorestage.workflow.song_answers import misfit_answer, singing_faults

    sheet, _ = opened(context.obj, name, options.wish())
    faults = singing_faults(sheet)
    grave = any(one.kind in ("too many", "no tune") for one in sheet.misfits) or any(
        str(one.severity) == "error" for one in faults
    )
    if json:
        told = [
            {
                "kind": str(one.kind),
                "severity": str(one.severity),
                "player": one.player,
                "bar": one.bar,
                "what": one.text,
                "repair": one.repair,
            }
            for one in faults
        ]
        misfits = [misfit_answer(one, sheet) for one in sheet.misfits]
        say.as_json({"misfits": misfits, "faults": told, "remarks": list(sheet.remarks)})
    else:
        for one in sheet.misfits:
            say.paragraph(f"{one.kind}: {one.text}", hang=2)
        for fault in faults:
            say.paragraph(f"bar {fault.bar}: {fault.text}", hang=2)
        if not sheet.misfits and not faults:
            print("every syllable has its note, and all of it can be sung")
    if grave:
        raise typer.Exit(1)


@song.command("lead-sheet")
@spread
def song_lead_sheet(
    context: typer.Context,
    name: str = SONG,
    output: Path = OUTPUT,
    paper: str = PAPER,
    written_out: bool = WRITTEN_OUT,
    json: bool = JSON,
    *,
    options: SongOptions,
) -> None:
    """Write a lead sheet: tune, words and chord symbols on one staff, its parts named."""
    from scorestage.workflow.song_pages import refuse_over_source, write_sheet
    from scorestage.workflow.song_sheets import lead_sheet

    refuse_over_source(name, output)
    sheet, _ = opened(context.obj, name, options.wish(written_out=written_out))
    made = lead_sheet(sheet)
    tell_written(made, write_sheet(made, output, paper=paper), json)


@song.command("piano-vocal")
@spread
def song_piano_vocal(
    context: typer.Context,
    name: str = SONG,
    output: Path = OUTPUT,
    paper: str = PAPER,
    written_out: bool = WRITTEN_OUT,
    anew: bool = typer.Option(False, "--anew", help="Write the piano anew, even if it has one."),
    json: bool = JSON,
    *,
    options: SongOptions,
) -> None:
    """Write voice and piano: the piano from the chords, in an idiom of its style.

    A score that has its accompaniment keeps it.
    """
    from scorestage.workflow.song_pages import refuse_over_source, write_sheet
    from scorestage.workflow.song_sheets import with_piano

    refuse_over_source(name, output)
    sheet, wish = opened(context.obj, name, options.wish(written_out=written_out))
    made = sheet if sheet.accompanied and not anew else with_piano(sheet, wish, context.obj)
    tell_written(made, write_sheet(made, output, paper=paper), json)


def show(project: Path | None, name: str, options: SongOptions, json: bool) -> None:
    """Tell what a song is."""
    from scorestage.apps.cli import say
    from scorestage.workflow.song_answers import keys_answer, sheet_answer

    sheet, _ = opened(project, name, options.wish())
    answer = {**sheet_answer(sheet), "keys": keys_answer(sheet)}
    if json:
        say.as_json(answer)
        return
    print(f"{sheet.title or name}: {answer['key']}, {answer['meter']}, {answer['bars']} bars")
    for head, told in (("form", sheet.form), ("words", sheet.lyricist), ("music", sheet.composer)):
        if told:
            print(f"  {head:6} {told}")
    player = sheet.voice.player
    print(f"  {'sung by':6} {player.instrument.name}, {answer['low']} to {answer['high']}")
    _keys(player.instrument.name, answer["keys"])
    _tell(sheet)


def _keys(singer: str, offers: Sequence[Mapping[str, Any]]) -> None:
    from scorestage.apps.cli import say

    if not offers:
        return
    rows = [
        (
            one["key"],
            f"{one['semitones']:+d}",
            f"{one['low']} to {one['high']}",
            f"{100 * float(one['strained_share']):.0f} %",
            f"{100 * float(one['outside_share']):.0f} %",
        )
        for one in offers[:4]
    ]
    print(f"  keys for {singer}:")
    say.table(("key", "semitones", "range", "strained", "outside"), rows, indent=4)


def tell_written(sheet: Sheet, files: Sequence[Path], json: bool) -> None:
    """Tell which files were written, and what does not fit."""
    from scorestage.apps.cli import say
    from scorestage.workflow.song_answers import sheet_answer

    if json:
        say.as_json({"files": [str(one) for one in files], **sheet_answer(sheet)})
        return
    _tell(sheet)
    for path in files:
        print(path)


def _tell(sheet: Sheet) -> None:
    from scorestage.apps.cli import say

    for one in sheet.misfits:
        say.paragraph(f"{one.kind}: {one.text}", hang=2)
    for remark in sheet.remarks:
        say.paragraph(remark, hang=2)
