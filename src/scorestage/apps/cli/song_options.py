"""What may be wished of a song, the same for all its verbs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scorestage.songs.sheet import Sheet
    from scorestage.workflow.song_sheets import SongWish

JSON = typer.Option(False, "--json", help="Answer as JSON.")
SONG = typer.Argument(
    metavar="SONG|FILE", help="A song of the project, a tune (.musicxml, .mid …) or words (.txt)."
)


@dataclass(frozen=True, slots=True)
class SongOptions:
    """Options of every verb that opens a song."""

    words: Annotated[Path | None, typer.Option(help="The words, where they have a file.")] = None
    parts: Annotated[str, typer.Option(help="Which bars are which: verse=1-16,chorus=17-32.")] = ""
    form: Annotated[str, typer.Option(help="'intro, verse 1, chorus, verse 2, chorus'.")] = ""
    key: Annotated[str, typer.Option(help="Into this key: Eb, 'F# minor'.")] = ""
    singer: Annotated[
        str, typer.Option("--for", help="For this singer: soprano, tenor, whistler, choir …")
    ] = ""
    style: Annotated[str, typer.Option(help="The style of the tune made, and of the piano.")] = ""
    idiom: Annotated[str, typer.Option(help="The piano's way of playing: arpeggio, stride …")] = ""
    tempo: Annotated[str, typer.Option(help="Beats a minute, in place of its own.")] = ""
    meter: Annotated[str, typer.Option(help="The meter of a tune that is made.")] = ""
    language: Annotated[str, typer.Option(help="Of the words: en, de, fr, it, es, la.")] = ""
    seed: Annotated[int, typer.Option(help="Another seed gives another tune and piano.")] = 1

    def wish(self, *, written_out: bool = False) -> SongWish:
        """The same for the workflow."""
        from scorestage.workflow.song_sheets import SongWish

        return SongWish(
            self.words,
            self.parts,
            self.form,
            self.key,
            self.singer,
            self.style,
            self.idiom,
            self.tempo,
            self.meter,
            self.language,
            self.seed,
            written_out,
        )


def opened(project: Path | None, name: str, wish: SongWish) -> tuple[Sheet, SongWish]:
    """The sheet of a song by name, and what is wished of it together with what its file says."""
    from scorestage.workflow.job import Job
    from scorestage.workflow.song_sheets import is_file, open_sheet
    from scorestage.workflow.songs import stored_song

    if is_file(name):
        return open_sheet(name, wish, project), wish
    job = Job.open(project)
    stored = stored_song(job, name)
    wish = stored.wish(wish)
    sheet = open_sheet(str(stored.tune), wish, job.folder.root)
    return sheet, wish
