"""`playthrough`: a cue at the piano for the director: pages, sound, and a film of it."""

from __future__ import annotations

from pathlib import Path

import typer


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("playthrough")(playthrough)


def playthrough(
    context: typer.Context,
    what: str = typer.Argument(metavar="CUE|FILE", help="A cue number, or a score file."),
    output: list[Path] | None = typer.Option(
        None,
        "--output",
        "-o",
        help="Where to write it: .pdf pages, .mp4 film, .wav, .musicxml, .mid; several may be.",
    ),
    source: str = typer.Option("", "--from", help="Of a cue: sketch or score; else what is there."),
    streamers: bool = typer.Option(False, "--streamers", help="Streamers and punches in the film."),
    dialogue: bool = typer.Option(
        True, "--dialogue/--piano-alone", help="Whether the film's own sound is heard."
    ),
    json: bool = typer.Option(False, "--json", help="Answer as JSON."),
) -> None:
    """Play a cue through at the piano: two hands can play it, hits and timings stand above."""
    from scorestage.apps.cli import say
    from scorestage.workflow.convert import MIDI, MUSICXML
    from scorestage.workflow.job import Job
    from scorestage.workflow.playthrough import of_cue, of_file, play_answer, write_play
    from scorestage.workflow.targets import refuse_own_source

    targets = list(output or ())
    job, cue = None, None
    if what.lower().endswith((*MUSICXML, *MIDI)):
        refuse_own_source(targets, Path(what))
        play = of_file(Path(what))
    else:
        job = Job.open(context.obj)
        cue = job.cue(what)
        play = of_cue(job, cue, source)
    notes: list[str] = []
    for target in targets:
        with say.progress(target.name) as progress:

            def told(done: int, count: int, show: say.Progress = progress) -> None:
                show(done / max(1, count), "")

            notes += write_play(
                *(play, target, job, cue), streamers=streamers, dialogue=dialogue, progress=told
            )
    if json:
        answer = play_answer(play, targets[0] if targets else None)
        say.as_json(answer | {"files": [str(target) for target in targets]})
        return
    name = f"{play.number} {play.title}".strip()
    faults = len(play.made.faults)
    print(f"{name}: {len(play.tempo_map.grid.bars)} bars for two hands, {faults} faults")
    for note in (*play.notes, *notes):
        say.paragraph(note)
    for target in targets:
        print(target)
