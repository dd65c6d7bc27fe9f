"""`click`: click tracks of cues, and without a project from a map or a tempo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("click")(click)


def click(
    context: typer.Context,
    cues: list[str] = typer.Argument(None, metavar="[CUE]...", help="Cue numbers; none: all cues."),
    workers: int = typer.Option(0, "--workers", help="Processes; 0: one for each core."),
    tempo_map: Path | None = typer.Option(
        None, "--map", help="Without a project: a tempo map (.mid, .json of fit, .toml …)."
    ),
    bpm: str = typer.Option("", "--bpm", help="Or one tempo: 96, 15-0, '8 in 5'."),
    meter: str = typer.Option("4/4", "--meter", help="Its meter: 4/4, 6/8, 3+2+2/8."),
    bars: int = typer.Option(0, "--bars", help="How many bars; with a map: cut or go on."),
    at: str = typer.Option("", "--at", help="Where bar 1 begins: timecode, feet+frames, seconds."),
    rate: str = typer.Option("24", "--rate", "-r", help="Frames per second of the timecode."),
    start: str = typer.Option("00:00:00:00", "--start", help="Timecode of the first frame."),
    choose: int = typer.Option(1, "--choose", help="Which candidate of a fit's answer."),
    house: str = typer.Option("los-angeles", "--house", help="Whose defaults hold."),
    warning: int | None = typer.Option(None, "--warning", help="Warning clicks before bar 1."),
    warning_bpm: str = typer.Option("", "--warning-bpm", help="Their own tempo."),
    accents: bool | None = typer.Option(None, "--accents/--no-accents", help="Accent by meter."),
    subdivide_below: str = typer.Option(
        "", "--subdivide-below", help="Softer clicks between beats slower than this bpm; 0: none."
    ),
    additive: str = typer.Option("", "--additive", help="3+2+2/8 clicks 'units' or 'groups'."),
    pattern: list[str] = typer.Option([], "--pattern", help="7/8=3+2+2 or 6/8=X.-x.-"),
    reentry: int | None = typer.Option(None, "--reentry", help="Clicks out of free bars."),
    prepare: int | None = typer.Option(None, "--prepare", help="Clicks out of a fermata."),
    soft: str = typer.Option("", "--soft", help="dB that the click fades by where all play p."),
    stop: str = typer.Option("", "--stop", help="BAR or BAR:BEAT of the last attack."),
    stop_early: int | None = typer.Option(None, "--stop-early", help="Clicks left out before it."),
    variant: list[str] = typer.Option([], "--variant", help="Sections with a click of their own."),
    count_off: list[str] = typer.Option([], "--count-off", help="8:26, or 'eight free to 26'."),
    sample_rate: int = typer.Option(48_000, "--sample-rate", help="48000 or 96000."),
    bits: int = typer.Option(24, "--bits", help="16 or 24."),
    dither: bool = typer.Option(True, "--dither/--no-dither", help="16 bits: dithered."),
    out: list[Path] = typer.Option([], "--out", "-o", help=".wav, .mid, .csv, .pdf; repeatable."),
    json: bool = JSON,
) -> None:
    """Make click tracks: of cues in the project, or from --map or --bpm without one.

    In a project all clicks of the cues are built. With one cue and an option for its clicks, or
    with -o, that one is made as asked.
    """
    from scorestage.apps.cli import say
    from scorestage.apps.cli.verbs_make import make_products
    from scorestage.errors import InputError
    from scorestage.workflow import click_alone
    from scorestage.workflow.click_takes import SoundWish
    from scorestage.workflow.targets import refuse_own_source

    refuse_own_source(out, tempo_map)
    wish = click_alone.ClickWish(
        warning=warning,
        warning_bpm=warning_bpm,
        accents=accents,
        subdivide_below=subdivide_below,
        additive=additive,
        patterns=tuple(pattern),
        reentry=reentry,
        prepare=prepare,
        soft_db=soft,
        stop=stop,
        stop_early=stop_early,
        variants=tuple(variant),
        count_offs=tuple(count_off),
    )
    sound = SoundWish(sample_rate, bits, dither)
    if tempo_map is None and not bpm and not out and wish == click_alone.ClickWish():
        make_products(context, tuple(cues or ()), ("click track", "MIDI"), workers, json)
        return
    plain_only = click_alone.ClickWish(variants=wish.variants, count_offs=wish.count_offs)
    everybody = bool(out or tempo_map is not None or bpm) or wish != plain_only
    if tempo_map is not None or bpm:
        if cues:
            raise InputError("a click is made of cues, or of --map or --bpm", do="name one of them")
        plain = click_alone.PlainMusic(
            map=tempo_map,
            bpm=bpm,
            meter=meter,
            bars=bars,
            rate=rate,
            start=start,
            at=at,
            house=house,
            choose=choose,
        )
        music, targets = click_alone.plain_music(plain), tuple(out)
    else:
        from scorestage.workflow.click_cue import one_cue

        project = context.obj if context.obj is not None else Path.cwd()
        music, targets = one_cue(project, tuple(cues or ()), tuple(out), everybody)
    answer = click_alone.make_clicks(music, wish, sound, targets, everybody, json)
    if json:
        say.as_json(answer)
    else:
        _tell(answer, bool(variant))


def _tell(answer: dict[str, Any], sections: bool) -> None:
    from scorestage.apps.cli import say

    rows = []
    for take in answer["takes"]:
        counts = ", ".join(f"{number} {kind}" for kind, number in take["counts"].items())
        rows.append((take["name"], take["file_start_timecode"], counts or "no clicks"))
    say.table(("click", "file starts", "clicks"), rows)
    if sections and answer["same_for"]:
        print(f"the same for: {', '.join(answer['same_for'])}")
    for file in answer["files"]:
        told = f"{file['path']}  {file['kind']}"
        if "bits" in file:
            told += f", {file['sample_rate_hz']} Hz, {file['bits']} bit, dither: {file['dither']}"
        print(told)
    for note in answer["notes"]:
        print(f"note: {note}")
    if not answer["files"]:
        print("nothing written: name a file with -o")
