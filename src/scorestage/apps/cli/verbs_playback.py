"""`song playback`: a song or a source cue with its count-in, for filming to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scorestage.apps.cli.optionsets import spread
from scorestage.apps.cli.song_options import JSON, SongOptions, opened
from scorestage.apps.cli.verbs_song import song

if TYPE_CHECKING:
    from scorestage.workflow.song_playback import PlaybackWish

WHAT = typer.Argument(
    metavar="SONG|FILE|CUE", help="A song, a score file, or a source cue of the project (1m03s)."
)


def add_to(app: typer.Typer) -> None:
    """The verb stands under `song`, which is on the command line already."""


@song.command("playback")
@spread
def song_playback(
    context: typer.Context,
    name: str = WHAT,
    into: Path = typer.Option(..., "--output", "-o", help="The folder to put the files into."),
    count_in: int = typer.Option(2, "--count-in", help="Bars of click before bar 1."),
    pre_roll: str = typer.Option("4", "--pre-roll", help="Seconds, at least, before the pop."),
    pop: bool = typer.Option(True, "--pop/--no-pop", help="A sync pop 2 s before the first click."),
    start: str = typer.Option(
        "", "--start", help="Timecode at which the file begins; otherwise 01:00:00:00."
    ),
    rate: str = typer.Option(
        "", "--rate", "-r", help="Frames per second of the timecode; otherwise the film's, or 24."
    ),
    first: str = typer.Option("", "--from", help="From this bar, or this part: 17, chorus."),
    last: str = typer.Option("", "--to", help="Up to the end of this bar, or part."),
    voice: bool = typer.Option(True, "--voice/--no-voice", help="With the singer, or to sing to."),
    piano: bool = typer.Option(True, "--piano/--no-piano", help="With piano or without."),
    through: bool = typer.Option(False, "--click-through", help="The click goes on in the track."),
    earwig: bool = typer.Option(False, "--earwig", help="A mix with the click on the right only."),
    thumper: bool = typer.Option(False, "--thumper", help="A track of low thumps for dancers."),
    json: bool = JSON,
    *,
    options: SongOptions,
) -> None:
    """Write a playback track with count-in: WAV with a click beside it, MIDI, slate.

    The music begins on its own sample after the count-in; a source cue stays at its place in the
    film.
    """
    from scorestage.apps.cli.reading import exact_number
    from scorestage.workflow.song_playback import PlaybackWish

    wish = PlaybackWish(
        count_in_bars=count_in,
        pre_roll_seconds=exact_number(pre_roll),
        pop=pop,
        click_through=through,
        earwig=earwig,
        thumper=thumper,
        seed=options.seed,
    )
    if _is_cue(name):
        given = {"--from": first, "--to": last, "--start": start, "--rate": rate}
        _refuse_for_cue(name, [option for option, told in given.items() if told], piano, options)
        answer = _cue_playback(context.obj, name, into, wish, voice)
    else:
        choice = (first, last, voice, piano, start, rate)
        answer = _song_playback(context.obj, name, into, wish, choice, options)
    _tell(answer, json)


def _song_playback(
    project: Path | None,
    name: str,
    into: Path,
    wish: PlaybackWish,
    choice: tuple[str, str, bool, bool, str, str],
    options: SongOptions,
) -> dict[str, Any]:
    from scorestage.workflow.song_performing import film_rate, song_music
    from scorestage.workflow.song_playback import playback_of, write_playback

    first, last, voice, piano, start, rate = choice
    sheet, song_wish = opened(project, name, options.wish(written_out=True))
    music, clock = song_music(
        sheet,
        song_wish,
        wish,
        first=first,
        last=last,
        voice=voice,
        piano=piano,
        start=start or "01:00:00:00",
        rate=rate or film_rate(project),
        project=project,
    )
    return write_playback(playback_of(music, clock, wish), into, wish)


def _cue_playback(
    project: Path | None, name: str, into: Path, wish: PlaybackWish, voice: bool
) -> dict[str, Any]:
    """The playback of a cue where it stands in the film."""
    from scorestage.workflow.cue_playback import cue_music
    from scorestage.workflow.job import Job
    from scorestage.workflow.song_playback import playback_of, write_playback

    job = Job.open(project)
    music = cue_music(job, job.cue(name), voice=voice)
    return write_playback(playback_of(music, job.clock, wish), into, wish)


def _is_cue(name: str) -> bool:
    from scorestage.errors import ScorestageError
    from scorestage.production import CueNumber

    try:
        CueNumber.parse(name)
    except ScorestageError:
        return False
    return True


def _refuse_for_cue(name: str, given: list[str], piano: bool, options: SongOptions) -> None:
    """Raise `InputError` for what cannot be wished of a cue: it has its place and its music."""
    from dataclasses import replace

    from scorestage.errors import InputError, Where

    given += [] if piano else ["--no-piano"]
    told = replace(options, seed=1)
    given += ["an option of the song"] if told != SongOptions() else []
    if given:
        raise InputError(
            f"a cue has its place and its music: {', '.join(given)} cannot be wished of it",
            Where(cue=name),
            "change the cue, or name the song",
        )


def _tell(answer: dict[str, Any], json: bool) -> None:
    from scorestage.apps.cli import say

    if json:
        say.as_json(answer)
        return
    for name, words in (
        ("pop", "pop"),
        ("first_click", "first click"),
        ("bar_one", "bar 1"),
        ("out", "out"),
    ):
        label = answer[f"{name}_timecode"]
        if label:
            print(f"{words:12} {label}")
    for one in answer["files"]:
        level = (
            f"  {one['loudness_lufs']} LUFS, {one['true_peak_dbfs']} dBFS"
            if ("loudness_lufs" in one)
            else ""
        )
        print(f"{one['path']}{level}")
