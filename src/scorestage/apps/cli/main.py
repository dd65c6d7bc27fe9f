"""`scorestage`: the verbs, and how a fault is told."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import typer

from scorestage.apps.cli import (
    verbs_brief,
    verbs_calc,
    verbs_catalogue,
    verbs_click,
    verbs_compare,
    verbs_conform,
    verbs_cues,
    verbs_exchange,
    verbs_film,
    verbs_fit,
    verbs_form,
    verbs_hits,
    verbs_issue,
    verbs_lay,
    verbs_make,
    verbs_map,
    verbs_music,
    verbs_pages,
    verbs_paper,
    verbs_people,
    verbs_playback,
    verbs_playthrough,
    verbs_production,
    verbs_recut,
    verbs_reduce,
    verbs_reels,
    verbs_scoring,
    verbs_script,
    verbs_song,
    verbs_start,
    verbs_streamers,
    verbs_styles,
    verbs_takedown,
    verbs_tasks,
    verbs_temp,
    verbs_theme_ledger,
    verbs_theme_variants,
    verbs_themes,
    verbs_track,
)
from scorestage.errors import ScorestageError

app = typer.Typer(
    name="scorestage",
    help="Carry a film score from rough cut to scoring stage.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    context: typer.Context,
    project: Path | None = typer.Option(
        None, "--project", "-p", help="The project folder; otherwise the nearest one upward."
    ),
) -> None:
    """Carry a film score from rough cut to scoring stage.

    Begin with `scorestage demo`, or with `scorestage new DIR --picture FILM`, then `spot` and
    `build`.
    """
    context.obj = project


for _verbs in (
    verbs_start,
    verbs_film,
    verbs_production,
    verbs_script,
    verbs_brief,
    verbs_cues,
    verbs_reels,
    verbs_paper,
    verbs_people,
    verbs_tasks,
    verbs_hits,
    verbs_fit,
    verbs_form,
    verbs_music,
    verbs_themes,
    verbs_theme_variants,
    verbs_theme_ledger,
    verbs_catalogue,
    verbs_song,
    verbs_playback,
    verbs_scoring,
    verbs_reduce,
    verbs_playthrough,
    verbs_make,
    verbs_click,
    verbs_exchange,
    verbs_compare,
    verbs_conform,
    verbs_recut,
    verbs_lay,
    verbs_track,
    verbs_temp,
    verbs_map,
    verbs_pages,
    verbs_issue,
    verbs_streamers,
    verbs_styles,
    verbs_takedown,
    verbs_calc,
):
    _verbs.add_to(app)


def main() -> None:
    """Run one verb: faults end with one clear line and status 2 (1 where a machine failed)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app(standalone_mode=True)
    except ScorestageError as fault:
        print(f"scorestage: {fault}", file=sys.stderr)
        sys.exit(fault.exit_status)
    except KeyboardInterrupt:
        print(
            "\nstopped; what was finished is kept, the same verb goes on from there",
            file=sys.stderr,
        )
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
