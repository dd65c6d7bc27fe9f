"""`calc`: timecode, feet+frames, clicks, by themselves."""

from __future__ import annotations

from fractions import Fraction

import typer

calc = typer.Typer(
    no_args_is_help=True, help="Timecode, feet+frames and clicks, without a project."
)

RATE = typer.Option("24", "--rate", "-r", help="Frames per second: 23.976, 24, 25, 29.97 drop …")
JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.add_typer(calc, name="calc")


@calc.command("time")
def time_(
    moment: str = typer.Argument(help="Timecode, feet+frames, clock time (1:02.50) or seconds."),
    rate: str = RATE,
    start: str = typer.Option("00:00:00:00", help="Timecode of the first frame."),
    json: bool = JSON,
) -> None:
    """Tell one moment in every way the trade writes it."""
    from scorestage.apps.cli import say
    from scorestage.timebase import FeetFrames, FilmClock, Timecode, clock_text, frame_rate
    from scorestage.workflow.tell import tell_moment

    frames_per_second = frame_rate(rate)
    clock = FilmClock(frames_per_second, Timecode.parse(start, frames_per_second).frames)
    at = clock.read(moment)
    frame = frames_per_second.nearest_frame(at)
    answer = {
        **tell_moment("at", at),
        "timecode": clock.nearest_label(at),
        "frame": frame,
        "feet_35mm": str(FeetFrames(frame)),
        "clock": clock_text(at.seconds),
        "rate": frames_per_second.name,
        "rounding": "nearest frame, a tie goes later",
        "off_frames": str(frame - at.seconds * frames_per_second.frames_per_second),
    }
    if json:
        say.as_json(answer)
    else:
        say.table(("", ""), list(answer.items()))


@calc.command("click")
def click(
    tempo: str = typer.Argument(help="Beats per minute (96) or a frame click (15-0)."),
    rate: str = RATE,
    json: bool = JSON,
) -> None:
    """Beats per minute and frame clicks (frames-eighths), both ways, with the drift."""
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.timebase import FrameClick, Tempo, frame_rate

    fps = frame_rate(rate)
    if "-" in tempo or "/" in tempo:
        frame_click = FrameClick.parse(tempo)
        bpm = frame_click.tempo(fps).bpm
    else:
        try:
            bpm = Fraction(tempo)
        except (ValueError, ZeroDivisionError):
            raise InputError(f"{tempo!r} is no tempo", do="write 96 or 15-0") from None
        if bpm <= 0:
            raise InputError(f"{tempo!r} is no tempo", do="write 96 or 15-0")
        frame_click = FrameClick.nearest(Tempo(bpm), fps)
    real = frame_click.tempo(fps).bpm
    answer = {
        "bpm": str(bpm),
        "bpm_float": float(bpm),
        "frame_click": str(frame_click),
        "frame_click_bpm": str(real),
        "frame_click_bpm_float": float(real),
        "frames_per_beat": str(60 * fps.frames_per_second / bpm),
        "drift_frames_per_minute": float((bpm / real - 1) * 60 * fps.frames_per_second),
        "rounding": "nearest eighth of a frame",
    }
    if json:
        say.as_json(answer)
    else:
        say.table(("", ""), list(answer.items()))
