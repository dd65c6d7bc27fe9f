"""The film job as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.production.cue import Cue
from scorestage.production.film import PictureVersion, Reel, reel_and_cue
from scorestage.production.people import Brief, Credit, Licence, Person, Task
from scorestage.production.screenplay import Scene
from scorestage.timebase import FrameRate

NO_BRIEF = Brief()


@dataclass(frozen=True, slots=True)
class Production:
    """One film's score: what is decided once for all cues, and the cues in film order.

    `ensemble`, `style` and `house` are ids of the catalogue, the user's library or the project.
    """

    title: str
    rate: FrameRate
    sample_rate_hz: int = 48000
    ensemble: str = "studio-orchestra"
    style: str = "adventure"
    house: str = "los-angeles"
    seed: int = 1
    picture: str = ""
    """Id of the picture version in force."""
    pictures: tuple[PictureVersion, ...] = ()
    reels: tuple[Reel, ...] = ()
    people: tuple[Person, ...] = ()
    credits: tuple[Credit, ...] = ()
    tasks: tuple[Task, ...] = ()
    """Who owes what by when."""
    licences: tuple[Licence, ...] = ()
    """Music that must be cleared, by cue."""
    recording: str = ""
    """The first day of the recording (ISO date)."""
    brief: Brief = NO_BRIEF
    script: str = ""
    """The screenplay's file, relative to the project."""
    scenes: tuple[Scene, ...] = ()
    """Its scenes in order, those gone from it last."""
    subtitles: str = ""
    """What is said and when (SRT), relative to the project."""
    detector: str = ""
    """Who tells the changes of shot; empty for our own detectors."""
    temp: tuple[str, ...] = ()
    """Temp tracks, relative to the project."""
    themes: tuple[str, ...] = ()
    """Ids of the themes, the main theme first."""
    cues: tuple[Cue, ...] = ()

    @property
    def current_picture(self) -> PictureVersion | None:
        """The picture version in force; None for a production without a picture."""
        for version in self.pictures:
            if version.id == self.picture:
                return version
        return None

    def cue(self, number_or_id: str) -> Cue:
        """The cue with this number or id.

        Raises `KeyError` where there is none.
        """
        for cue in self.cues:
            if number_or_id in (cue.id, cue.number):
                return cue
        raise KeyError(number_or_id)

    def licence(self, cue_id: str) -> Licence | None:
        """What must be cleared for a cue; None for music written for the film."""
        return next((one for one in self.licences if one.cue == cue_id), None)


def in_film_order(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Cues by their place in the film, those without one last, by number."""

    def place(cue: Cue) -> tuple[bool, object, tuple[int, int]]:
        at = cue.start.seconds if cue.start is not None else 0
        return cue.start is None, at, reel_and_cue(cue.number)

    return tuple(sorted(cues, key=place))
