"""`analyse` and `spot`: watching the film."""

from __future__ import annotations

from pathlib import Path

import typer

DETECTOR = typer.Option(
    "", help="Who tells the changes of shot: own, or transnetv2 (an extra to be installed)."
)
JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command("analyse")(analyse)
    app.command("spot")(spot)


def analyse(
    film: Path = typer.Argument(help="The film."),
    index: Path | None = typer.Option(
        None, help="A folder that keeps what was seen and heard: the next time it is only read."
    ),
    proxy: Path | None = typer.Option(None, help="Write a small film for viewing, too (.mp4)."),
    strip: Path | None = typer.Option(
        None, help="Write what was seen and heard as a picture, too (.png or .svg)."
    ),
    detector: str = DETECTOR,
    json: bool = JSON,
) -> None:
    """Watch a film by itself: shots, dialogue, sounds; no project needed.

    With --index, a look that was broken off goes on where it stopped.
    """
    from scorestage.apps.cli import say
    from scorestage.workflow.analyse import analyse_film, draw_analysis, make_proxy, tell_analysis
    from scorestage.workflow.reading_strip import check_strip

    check_strip(strip)
    with say.progress("watching") as progress:
        analysis = analyse_film(film, progress, index, detector)
        if proxy is not None:
            progress(0.95, "writing the proxy")
            make_proxy(film, proxy)
        if strip is not None:
            progress(0.97, "drawing")
            draw_analysis(analysis, strip)
    answer = tell_analysis(analysis)
    if json:
        say.as_json(answer)
        return
    print(f"{answer['frames']} frames at {answer['rate']}, start {answer['start_timecode']}")
    for doubt in answer["rate_truth"]["doubts"]:
        print(f"  frame rate: {doubt['words']} ({doubt['do']})")
    say.table(
        ("frame", "timecode", "kind", "sure", "what"),
        [
            (one["frame"], one["timecode"], one["kind"], f"{one['confidence']:.2f}", one["words"])
            for one in answer["shots"]
        ],
    )
    for one in answer["dialogue"]:
        words = one["words"] or "(dialogue)"
        print(f"  {one['in_seconds_float']:8.2f} – {one['out_seconds_float']:7.2f} s  {words}")
    for one in answer["room"]:
        if one["verdict"] != "enter":
            measured = one["evidence"]
            shown = f"{measured['words']}: {measured['measured']:.3g} {measured['unit']}"
            reason = f"{one['verdict']}: {one['words']} ({shown}, frame {measured['frame']})"
            print(f"  {one['in_seconds_float']:8.2f} – {one['out_seconds_float']:7.2f} s  {reason}")
    for one in answer["music"]:
        print(f"  {one['in_seconds_float']:8.2f} – {one['out_seconds_float']:7.2f} s  (music)")


def spot(
    context: typer.Context,
    amount: str = typer.Option("", help="How much music: none, sparse, normal, wall to wall."),
    strip: Path | None = typer.Option(
        None, help="Write the film's reading with the cues as a picture, too (.png or .svg)."
    ),
    detector: str = DETECTOR,
    json: bool = JSON,
) -> None:
    """Watch the picture, listen to its sound, and propose cues and hits, each with its reason.

    What a person has added, changed or dropped stays as it is.
    """
    from scorestage.apps.cli import say
    from scorestage.workflow.job import Job
    from scorestage.workflow.rates import doubt_lines, project_doubts, tell_doubt
    from scorestage.workflow.reading_strip import check_strip
    from scorestage.workflow.spot import draw_spotting, spot_film
    from scorestage.workflow.tell import tell_cue

    check_strip(strip)
    job = Job.open(context.obj)
    with say.progress("spotting") as progress:
        outcome = spot_film(job, amount, progress, detector)
        if strip is not None:
            progress(0.97, "drawing")
            draw_spotting(outcome.job, strip)
    doubts = project_doubts(outcome.job)
    if json:
        say.as_json(
            {
                "cues": [tell_cue(outcome.job, cue) for cue in outcome.job.cues()],
                "proposed": list(outcome.proposed),
                "kept": list(outcome.kept),
                "withdrawn": list(outcome.withdrawn),
                "coverage": outcome.coverage,
                "rate_doubts": [tell_doubt(one) for one in doubts],
            }
        )
        return
    for line in doubt_lines(doubts):
        print(line)
    for cue in outcome.job.cues():
        state = "kept, yours" if cue.number in outcome.kept else "proposed"
        start = outcome.job.reel_clock.nearest_label(cue.start) if cue.start is not None else ""
        end = outcome.job.reel_clock.nearest_label(cue.end) if cue.end is not None else ""
        print(f"{cue.number}  {start} – {end}  {cue.title}  ({state})")
        print(f"    in: {cue.way_in}, out: {cue.way_out}")
        for reason in cue.why:
            print(f"    {reason}")
        for hit in cue.live_hits:
            at = outcome.job.reel_clock.nearest_label(hit.at)
            print(f"    {hit.id:4} {at}  {'•' * hit.weight:5}  {hit.words}  ({hit.why})")
    print(f"music over {outcome.coverage:.0%} of the film")
    if not outcome.job.cues():
        print("no music proposed; say `spot --amount normal`, or add a cue by hand")
