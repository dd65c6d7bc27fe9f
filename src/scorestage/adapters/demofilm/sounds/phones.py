"""The sounds of speech the film's cast can make, and how the words of the script are said.

Formant targets are an average adult's (after Peterson and Barney's table of vowels, 1952, and the
consonant loci usual in formant synthesis); a speaker scales them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phone:
    """One sound: how long (ms), its formants (Hz), and how much voice, breath and hiss it has.

    `glide` are the formants it moves to; hiss is noise about `hiss_hz`, `hiss_wide_hz` broad.
    """

    long_ms: float
    formants_hz: tuple[float, float, float] | None = None
    glide_hz: tuple[float, float, float] | None = None
    voice: float = 1.0
    breath: float = 0.0
    hiss: float = 0.0
    hiss_hz: float = 4000.0
    hiss_wide_hz: float = 2000.0
    nasal: bool = False
    stressed: bool = False


def _vowel(long_ms: float, f1: float, f2: float, f3: float) -> Phone:
    return Phone(long_ms, (f1, f2, f3), stressed=True)


def _glide(
    long_ms: float, start: tuple[float, float, float], end: tuple[float, float, float]
) -> Phone:
    return Phone(long_ms, start, end, stressed=True)


PHONES: dict[str, tuple[Phone, ...]] = {
    "IY": (_vowel(165, 320, 2200, 2900),),
    "IH": (_vowel(105, 400, 1920, 2560),),
    "EH": (_vowel(125, 550, 1770, 2490),),
    "AE": (_vowel(150, 690, 1660, 2430),),
    "AA": (_vowel(170, 740, 1090, 2440),),
    "AO": (_vowel(165, 590, 880, 2500),),
    "AH": (_vowel(105, 630, 1200, 2500),),
    "AX": (Phone(70, (500, 1400, 2450), voice=0.8),),
    "UW": (_glide(165, (350, 1150, 2250), (310, 870, 2250)),),
    "OW": (_glide(185, (530, 1000, 2400), (370, 760, 2350)),),
    "AY": (_glide(200, (720, 1180, 2450), (360, 2050, 2650)),),
    "L": (Phone(75, (370, 1050, 2750), voice=0.75),),
    "R": (Phone(80, (360, 1180, 1550), voice=0.75),),
    "W": (Phone(75, (310, 640, 2250), voice=0.65),),
    "Y": (Phone(70, (280, 2200, 2950), voice=0.65),),
    "M": (Phone(85, (270, 1050, 2250), voice=0.5, nasal=True),),
    "N": (Phone(80, (270, 1600, 2550), voice=0.5, nasal=True),),
    "NG": (Phone(95, (270, 1950, 2600), voice=0.5, nasal=True),),
    "HH": (Phone(65, None, voice=0.12, breath=0.8),),
    "S": (Phone(72, None, voice=0.0, hiss=0.5, hiss_hz=6400, hiss_wide_hz=2400),),
    "Z": (Phone(75, None, voice=0.5, hiss=0.25, hiss_hz=6200, hiss_wide_hz=2400),),
    "SH": (Phone(88, None, voice=0.0, hiss=0.6, hiss_hz=3000, hiss_wide_hz=1500),),
    "F": (Phone(95, None, voice=0.0, hiss=0.2, hiss_hz=5200, hiss_wide_hz=5000),),
    "P": (
        Phone(48, (350, 900, 2300), voice=0.0),
        Phone(14, (400, 1000, 2300), voice=0.0, hiss=0.35, hiss_hz=1100, hiss_wide_hz=1400),
        Phone(24, None, voice=0.3, breath=0.6),
    ),
    "T": (
        Phone(38, (350, 1750, 2600), voice=0.0),
        Phone(14, (350, 1750, 2600), voice=0.0, hiss=0.6, hiss_hz=4600, hiss_wide_hz=2400),
        Phone(24, None, voice=0.25, breath=0.5),
    ),
    "K": (
        Phone(50, (350, 1950, 2400), voice=0.0),
        Phone(18, (350, 1950, 2400), voice=0.0, hiss=0.55, hiss_hz=2100, hiss_wide_hz=1000),
        Phone(28, None, voice=0.3, breath=0.6),
    ),
    "B": (
        Phone(52, (250, 850, 2250), voice=0.22),
        Phone(10, (350, 950, 2300), voice=0.5, hiss=0.2, hiss_hz=900, hiss_wide_hz=900),
    ),
    "D": (
        Phone(46, (250, 1750, 2600), voice=0.22),
        Phone(10, (320, 1750, 2600), voice=0.5, hiss=0.3, hiss_hz=4200, hiss_wide_hz=2200),
    ),
    "G": (
        Phone(50, (250, 2000, 2350), voice=0.22),
        Phone(12, (320, 1950, 2400), voice=0.5, hiss=0.3, hiss_hz=2000, hiss_wide_hz=1000),
    ),
    "DX": (Phone(26, (320, 1700, 2600), voice=0.4),),
}

LEXICON: dict[str, str] = {
    "all": "AO L",
    "back": "B AE K",
    "boats": "B OW T S",
    "captain": "K AE P T AX N",
    "come": "K AH M",
    "dark": "D AA R K",
    "go": "G OW",
    "hello": "HH AX L OW",
    "home": "HH OW M",
    "light": "L AY T",
    "little": "L IH DX AX L",
    "off": "AO F",
    "on": "AA N",
    "shine": "SH AY N",
    "still": "S T IH L",
    "storm": "S T AO R M",
    "warning": "W AO R N IH NG",
    "well": "W EH L",
    "welcome": "W EH L K AX M",
    "you": "Y UW",
}


def spoken(words: str) -> list[tuple[tuple[Phone, ...], str]]:
    """The words as sounds, each word with the punctuation that follows it.

    >>> [(len(phones), mark) for phones, mark in spoken("Still dark.")]
    [(6, ''), (7, '.')]
    """
    said = []
    for word in words.split():
        bare = word.rstrip(".,!?")
        phones = tuple(p for name in LEXICON[bare.lower()].split() for p in PHONES[name])
        said.append((phones, word[len(bare) :]))
    return said
