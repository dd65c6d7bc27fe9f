"""How a conductor likes it: length of streamers, where flutters mark the bars, how many punches."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.production import House

USUAL_SECONDS = tuple(map(Fraction, ("2", "8/3", "3", "10/3", "4", "5")))
"""The lengths scribed by the foot: 3, 4, 4½, 5, 6 and 7½ feet of 35 mm."""
PUNCHES = (3, 5, 7)
LONGEST_SECONDS = 20


@dataclass(frozen=True, slots=True)
class StreamerLength:
    """How long a streamer runs: seconds, or where they are given click beats of the tempo map."""

    seconds: Fraction = Fraction(2)
    beats: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if self.beats < 0 or (not self.beats and not 0 < self.seconds <= LONGEST_SECONDS):
            raise InputError(
                f"a streamer of {float(self.beats or self.seconds):g} "
                f"{'beats' if self.beats else 'seconds'} cannot be read",
                do="usual lengths: 2, 2 2/3, 3, 3 1/3, 4, 5 (seconds), or for example `4 beats`",
            )

    @classmethod
    def parse(cls, text: str) -> StreamerLength:
        """Read `2`, `2 2/3`, `8/3`, `2.5s`, `4 beats`.

        >>> StreamerLength.parse("2 2/3").seconds, StreamerLength.parse("4 beats").beats
        (Fraction(8, 3), Fraction(4, 1))
        """
        words = text.strip().lower().replace("seconds", "s").replace("beats", "b")
        words = words.replace("beat", "b").replace("sec", "s")
        unit = words[-1:] if words[-1:] in ("s", "b") else ""
        try:
            number = sum(map(Fraction, words.removesuffix(unit).split()), Fraction(0))
        except (ValueError, ZeroDivisionError):
            number = Fraction(0)
        if number <= 0:
            raise InputError(
                f"{text!r} is no length of a streamer",
                do="write seconds (2, 2 2/3, 3, 3 1/3, 4, 5) or beats (`4 beats`)",
            )
        return cls(beats=number) if unit == "b" else cls(seconds=number)

    @classmethod
    def of_house(cls, house: House) -> StreamerLength:
        """The length a house scribes."""
        return cls(house.streamer_seconds, house.streamer_beats)


@dataclass(frozen=True, slots=True)
class FlutterWish:
    """Where flutters mark the way for a conductor without click.

    `every_bars` counts from bar 1 (0: no bars by count); the bars after a free bar are always
    marked.
    """

    every_bars: int = 0
    phrases: bool = False
    tempos: bool = False
    punches: int = 5

    def __post_init__(self) -> None:
        if self.every_bars < 0:
            raise InputError(f"a flutter every {self.every_bars} bars is not possible")
        if self.punches not in PUNCHES:
            raise InputError(
                f"a flutter of {self.punches} punches has no middle that can be read",
                do="take 3, 5 or 7",
            )

    @classmethod
    def parse(cls, text: str, punches: int = 5) -> FlutterWish:
        """Read `bars`, `4` (every 4th bar), `phrases`, `tempos`, `none`, or several with commas.

        >>> FlutterWish.parse("4,tempos")
        FlutterWish(every_bars=4, phrases=False, tempos=True, punches=5)
        """
        words = [word.strip().lower() for word in text.split(",") if word.strip()]
        every = 0
        for word in words:
            if word == "bars":
                every = 1
            elif word.isdecimal() and int(word) > 0:
                every = int(word)
            elif word not in ("phrases", "tempos", "none"):
                raise InputError(
                    f"flutters cannot mark {word!r}",
                    do="say bars, a number (every n-th bar), phrases, tempos or none",
                )
        return cls(every, "phrases" in words, "tempos" in words, punches)

    @classmethod
    def of_house(cls, house: House, *, free: bool) -> FlutterWish:
        """What a house marks: without a click phrases, tempo changes and its own count of bars."""
        return cls(house.flutter_bars if free else 0, free, free, house.flutter_punches)


@dataclass(frozen=True, slots=True)
class StageScheme:
    """What is scribed for one conductor."""

    length: StreamerLength = field(default_factory=StreamerLength)
    flutters: FlutterWish = field(default_factory=FlutterWish)

    @classmethod
    def of_house(cls, house: House, *, free: bool = False) -> StageScheme:
        """The scheme of a house, with a click or in free timing."""
        return cls(StreamerLength.of_house(house), FlutterWish.of_house(house, free=free))
