"""`calc`: timecode, feet+frames, clicks, sync beats, click-book pages, by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scorestage.workflow.calc import Answer

calc = typer.Typer(
    no_args_is_help=True, help="Timecode, feet+frames and clicks, without a project."
)

RATE = typer.Option("24", "--rate", "-r", help="Frames per second: 23.976, 24, 25, 29.97 drop …")
JSON = typer.Option(False, "--json", help="Answer as JSON.")
TEMPO = typer.Argument(help="Beats a minute (96), a frame click (15-0) or '8 in 5'.")
BEATS = typer.Option(0, "--beats", "--in", "-n", help="Beats that are counted; 0: one bar.")
METER = typer.Option("", "--meter", "-m", help="Its click beat is what the tempo counts: 6/8 in 2.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.add_typer(calc, name="calc")


def _say(answer: Answer, json: bool) -> None:
    from scorestage.apps.cli import say

    if json:
        say.as_json(answer.told)
        return
    width = max(len(what) for what, _ in answer.lines)
    for what, how_much in answer.lines:
        print(f"{what:{width}}  {how_much}")


@calc.command("time")
def time_(
    moment: str = typer.Argument(
        help="Timecode, feet+frames, frames (60f), clock time (1:02.50) or seconds."
    ),
    rate: str = RATE,
    start: str = typer.Option("00:00:00:00", help="Timecode of the first frame."),
    gauge: int = typer.Option(35, "--gauge", help="Film that feet+frames count: 35 or 16."),
    sample_rate: int = typer.Option(48_000, "--sample-rate", help="Hz of the BWF stamp."),
    json: bool = JSON,
) -> None:
    """Tell one moment in every way the trade writes it."""
    from scorestage.errors import InputError
    from scorestage.workflow import calc as work

    if gauge not in (35, 16):
        raise InputError(f"film of {gauge} mm has no footage here", do="say 35 or 16")
    if not 1_000 <= sample_rate <= 1_000_000:
        raise InputError(f"{sample_rate} Hz is no sample rate", do="say 48000 or 96000")
    _say(work.moment(moment, rate, start, gauge, sample_rate), json)


@calc.command("sum")
def sum_(
    terms: list[str] = typer.Argument(help="Lengths with 'plus' and 'minus' between them."),
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """Add lengths and take them off: `39+14 plus 1769+07 minus 1f`."""
    from scorestage.workflow import calc as work

    _say(work.added(tuple(terms), rate), json)


@calc.command("click")
def click(tempo: str = TEMPO, rate: str = RATE, json: bool = JSON) -> None:
    """Beats per minute and frame clicks (frames-eighths), both ways, with the drift."""
    from scorestage.workflow import calc_clicks

    _say(calc_clicks.frame_click(tempo, rate), json)


@calc.command("written")
def written(
    tempo: str = TEMPO,
    beats: int = BEATS,
    meter: str = METER,
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """Written clicks in thirds of a second: what is written, what tempo it really is."""
    from scorestage.workflow import calc_clicks

    _say(calc_clicks.written_click(tempo, rate, beats, meter), json)


@calc.command("sync")
def sync(
    tempo: str = TEMPO,
    at: str = typer.Argument(help="The sync point: seconds, timecode, feet+frames …"),
    start: str = typer.Option("", "--start", help="Where beat 1 stands; none: at zero."),
    beats: int = BEATS,
    meter: str = METER,
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """The beat that a sync point falls on, in thirds, from nominal and from real tempo."""
    from scorestage.workflow import calc_clicks

    _say(calc_clicks.sync_beat(tempo, at, rate, start, beats, meter), json)


@calc.command("beat")
def beat(
    tempo: str = TEMPO,
    number: str = typer.Argument(help="The beat, the first being 1; thirds as '55 2/3'."),
    start: str = typer.Option("00:00:00:00", "--start", help="Timecode of beat 1."),
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """When a beat sounds, by clock, timecode and feet+frames."""
    from scorestage.workflow import calc_clicks

    _say(calc_clicks.beat_time(tempo, number, rate, start), json)


@calc.command("tempo")
def tempo_(
    beats: str = typer.Argument(help="How many beats."),
    length: str = typer.Argument(help="How long they last: seconds, frames (80f), feet+frames."),
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """The tempo at which so many beats last so long."""
    from scorestage.workflow import calc as work

    _say(work.tempo_of(beats, length, rate), json)


@calc.command("ramp")
def ramp(
    start: str = typer.Argument(help="The tempo it starts from."),
    beats: str = typer.Argument(help="Over how many beats."),
    end: str = typer.Option("", "--to", help="The tempo it ends at."),
    length: str = typer.Option("", "--length", help="How long it lasts, instead of its end."),
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """A ritardando or accelerando under every law: its length, or the tempo it must end at."""
    from scorestage.workflow import calc as work

    _say(work.ramp(start, end, beats, length, rate), json)


@calc.command("pull")
def pull(
    tempo: str = TEMPO,
    first: str = typer.Option("24", "--from", help="The rate it was made for."),
    then: str = typer.Option("23.976", "--to", help="The rate it runs at."),
    length: str = typer.Option("", "--length", help="A cue's length: tells its drift."),
    json: bool = JSON,
) -> None:
    """Pull-down and pull-up: tempo, pitch, sample rate and length at another frame rate."""
    from scorestage.workflow import calc as work

    _say(work.pull(tempo, first, then, length), json)


@calc.command("streamer")
def streamer(
    length: str = typer.Argument(help="Seconds (2 2/3), feet (3+00), frames (60f) or beats (4b)."),
    hit: str = typer.Option("", "--hit", help="Where it arrives: tells where it must start."),
    bpm: str = typer.Option("", "--bpm", help="The tempo that beats are counted in."),
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """A streamer's length in seconds, frames and feet, and the frame it starts on."""
    from scorestage.workflow import calc as work

    _say(work.streamer(length, rate, hit, bpm), json)


@calc.command("book")
def book(
    tempo: str = TEMPO,
    last: str = typer.Option("", "--to", help="A frame click to go on to, by eighths of a frame."),
    beats: int = typer.Option(200, "--beats", "-n", help="How many beats; a page holds 100."),
    start: str = typer.Option("00:00:00:00", "--start", help="Timecode of beat 1."),
    out: list[Path] = typer.Option([], "--out", "-o", help="Write .pdf or .csv; may be repeated."),
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """Click-book pages: every beat by clock, timecode and feet+frames of 35 and 16 mm."""
    from scorestage.apps.cli import say
    from scorestage.workflow.click_book import click_book

    answer = click_book(tempo, rate, beats, start, tuple(out), last)
    _say(answer, json)
    if json:
        return
    for path in out:
        print(f"written: {path}")
    if len(answer.told["clicks"]) > 1 and not out:
        print("name a file with -o to print them all; the first:")
    elif out:
        return
    headings = ("beat", "min:sec", "timecode", "35 mm", "16 mm")
    keys = ("beat", "clock", "timecode", "feet_35mm", "feet_16mm")
    say.table(headings, [tuple(row[key] for key in keys) for row in answer.told["rows"]])
