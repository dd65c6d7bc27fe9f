"""`convert`: a score from one format into another, without a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.midi import read_midi, write_midi
from scorestage.adapters.formats.musicxml import Loss, compressed, read_score, write_score
from scorestage.adapters.machines.engravers import Engraver, print_part, print_score
from scorestage.adapters.store import passing_room, write_bytes
from scorestage.engraving import BookSource, Edition, part_source, score_source
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Score, Sign
from scorestage.timebase import FilmTime, Tempo, TempoMap

MUSICXML = (".musicxml", ".xml", ".mxl")
MIDI = (".mid", ".midi")
PAGES = (".ly", ".pdf")


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion wrote, and what it could not carry over (layout told apart)."""

    target: Path
    losses: tuple[str, ...]
    report: tuple[Loss, ...] = ()
    bars: int = 0
    players: int = 0
    notes: int = 0

    def as_json(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "target": str(self.target),
            "bars": self.bars,
            "players": self.players,
            "notes": self.notes,
            "losses": list(self.losses),
            "report": [
                {
                    "element": loss.path,
                    "what": loss.what,
                    "count": loss.count,
                    "part": loss.part,
                    "measure": loss.measure,
                    "layout": loss.layout,
                }
                for loss in self.report
            ],
        }


def convert_file(
    source: Path, target: Path, part: str = "", *, transposed: bool = False
) -> Conversion:
    """Write `target` from `source`; says what could not be carried over.

    `part` names one player, by id or name, where only that part is wanted (transposed);
    `transposed` writes every part as its player reads it instead of a C score.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    if target.exists() and target.samefile(source):
        raise InputError("this would write over its own source", Where(file=target), "name another")
    music = read_music(source)
    score, tempo_map = music.score, music.tempo_map
    player = _player(score, part) if part else None
    title = music.title or source.stem
    suffix = target.suffix.lower()
    if suffix in MUSICXML:
        content = write_score(
            score,
            tempo_map if music.tempo_told else None,
            title=title,
            subtitle=music.subtitle,
            composer=music.composer,
            concert=player is None and not transposed,
            player=player,
            header=music.header,
            about=dict(music.about),
        )
        write_bytes(target, compressed(content) if suffix == MUSICXML[2] else content)
    elif suffix in MIDI:
        write_bytes(target, write_midi(score, tempo_map, title=title))
    elif suffix in PAGES:
        _print(score, tempo_map, title, player, target)
    else:
        known = ", ".join((*MUSICXML, *MIDI, *PAGES))
        raise FormatError(f"{suffix or target.name!r} cannot be written", do=f"write {known}")
    notes = sum(1 for _ in score.notes())
    return Conversion(
        target, music.losses, music.report, len(score.grid.bars), len(score.lines), notes
    )


@dataclass(frozen=True, slots=True)
class ReadMusic:
    """What a score file holds: its music, a tempo map (96 where it tells none), its words."""

    score: Score
    tempo_map: TempoMap
    losses: tuple[str, ...] = ()
    title: str = ""
    composer: str = ""
    tempo_told: bool = True
    """Whether the file tells a tempo."""
    subtitle: str = ""
    header: tuple[Sign, ...] = ()
    report: tuple[Loss, ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    """Production, cue, version and title, where a file of ours tells them."""


def read_music(source: Path) -> ReadMusic:
    """Read a MusicXML or MIDI file.

    Raises `FormatError` for any other, or one that cannot be read.
    """
    suffix = source.suffix.lower()
    if suffix in MUSICXML:
        read = read_score(source.read_bytes(), source.name)
        tempo_map = read.tempo_map or TempoMap.steady(FilmTime(0), Tempo(96), read.score.grid)
        return ReadMusic(
            read.score,
            tempo_map,
            read.losses,
            read.title,
            read.composer,
            bool(read.tempo_map),
            read.subtitle,
            read.header,
            read.report,
            read.about,
        )
    if suffix in MIDI:
        played = read_midi(source.read_bytes(), source.name)
        return ReadMusic(played.score, played.tempo_map, played.losses)
    known = ", ".join((*MUSICXML, *MIDI))
    raise FormatError(f"{suffix or source.name!r} cannot be read", Where(file=source), f"{known}")


def _player(score: Score, part: str) -> str:
    for line in score.lines:
        if part.lower() in (line.player.id.lower(), line.player.name.lower()):
            return line.player.id
    known = ", ".join(line.player.name for line in score.lines)
    raise InputError(f"nobody is called {part!r} in this score", do=f"players: {known}")


def _print(score: Score, tempo_map: TempoMap, title: str, player: str | None, target: Path) -> None:
    edition = Edition("", "", title, load_house("los-angeles"))
    if target.suffix.lower() == ".ly":
        source: BookSource = (
            part_source(score, tempo_map, edition, player)
            if player is not None
            else score_source(score, tempo_map, edition)
        )
        write_bytes(target, source.text.encode("utf-8"))
        return
    with passing_room() as room:
        printed = (
            print_part(score, player, tempo_map, edition, Engraver.AUTOMATIC, room)
            if player is not None
            else print_score(score, tempo_map, edition, Engraver.AUTOMATIC, room)
        )
    write_bytes(target, printed.files[0][1])
