"""`check --set`: the parts as they lie in a folder, against their score and the click map."""

from __future__ import annotations

from pathlib import Path

import typer

SET_FOLDER = typer.Option(
    None, "--set", metavar="DIR", help="Check the part files in a folder; name the score first."
)
SET_MAP = typer.Option(
    None,
    "--map",
    help="The tempo map: a fit's answer (.json), a cue's map (.toml), MIDI, DAW file.",
)
SET_HOUSE = typer.Option("los-angeles", "--house", help="With --set: how pages lie and turn.")


def check_part_set(
    folder: Path, score: tuple[str, ...], map_file: Path | None, house: str, json: bool
) -> None:
    """Tell what is wrong with a set of parts; ends with status 1 where anything is."""
    from scorestage.adapters.catalogue import load_house
    from scorestage.apps.cli import say
    from scorestage.errors import InputError
    from scorestage.timebase import FRAMES_24, FilmClock
    from scorestage.workflow.map_alone import read_map_alone
    from scorestage.workflow.set_check import check_folder, set_report_told

    if len(score) > 1:
        raise InputError("a set has one score", do="name one score file")
    tempo_map = read_map_alone(map_file, FilmClock(FRAMES_24)) if map_file is not None else None
    report = check_folder(
        folder,
        Path(score[0]) if score else None,
        tempo_map=tempo_map,
        house=load_house(house),
    )
    if json:
        say.as_json(set_report_told(report))
    else:
        for fault in report.faults:
            bar = f" bar {fault.bar}" if fault.bar else ""
            beat = f" beat {fault.beat}" if fault.beat else ""
            who = fault.player or fault.file
            print(f"{fault.severity:9} {who}{bar}{beat}: {fault.message} [{fault.kind}]")
        counted = f"{len(report.music_files)} parts as music, {len(report.page_files)} as pages"
        print(f"{'nothing wrong found: ' if not report.faults else ''}{counted}")
    if any(fault.severity == "wrong" for fault in report.faults):
        raise SystemExit(1)
