"""`compare`: what changed between two cuts of the film."""

from __future__ import annotations

import typer

JSON = typer.Option(False, "--json", help="Answer as JSON.")


def add_to(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command("compare")(compare)


def compare(
    context: typer.Context,
    old: str = typer.Argument(
        help="The old cut: a film, EDL, OTIO, FCPXML, FCP7 XML, AAF, or a picture version."
    ),
    new: str = typer.Argument(help="The new cut; of the same kind, or a film held against a list."),
    rate: str = typer.Option("", "--rate", "-r", help="Of EDLs: the frames per second they count."),
    everything: bool = typer.Option(False, "--all", help="Show what was kept too."),
    json: bool = JSON,
) -> None:
    """Say what changed from one cut to another, in frames: moved, trimmed, out, in, replaced."""
    from scorestage.apps.cli import say
    from scorestage.timebase import frame_rate
    from scorestage.workflow.compare import compare_cuts, tell_comparison

    told_rate = frame_rate(rate) if rate else None
    with say.progress("comparing") as progress:
        found = compare_cuts(old, new, context.obj, told_rate, progress)
    answer = tell_comparison(found)
    if json:
        say.as_json(answer)
        return
    for side in ("old", "new"):
        told = answer[side]
        start = f"from {told['start_timecode']}, {told['frames']} frames at {told['rate']}"
        print(f"{side}  {told['name']}  {start}")
    rows = [
        (
            one["kind"].replace("_", " "),
            f"{one['old_in']} – {one['old_out']}" if one["old_out"] != one["old_in"] else "",
            f"{one['new_in']} – {one['new_out']}" if one["new_out"] != one["new_in"] else "",
            max(one["old_out_frames"] - one["old_in_frames"],
                one["new_out_frames"] - one["new_in_frames"]),
            _remark(one),
        )
        for one in answer["changes"]
        if everything or one["kind"] != "kept"
    ]  # fmt: skip
    if rows:
        say.table(("change", "old", "new", "frames", "what"), rows)
    else:
        print("nothing changed" if answer["identical"] else "the same picture throughout")
    for note in found.notes:
        print(f"note: {note}")


def _remark(one: dict[str, object]) -> str:
    words = str(one["words"])
    if one["kind"] == "retimed":
        words += f" ({float(str(one['speed'])):.4g} ×)"
    if float(str(one["confidence"])) < 0.9:
        words += f" (sure {float(str(one['confidence'])):.0%})"
    return words.strip()
