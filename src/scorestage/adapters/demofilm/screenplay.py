"""The words of the film on paper: the screenplay in Fountain and the titles as SRT."""

from __future__ import annotations

from fractions import Fraction

from scorestage.adapters.demofilm.story import STORY, Change, Shot

_CARD = "THE LITTLE LIGHT"


def fountain() -> str:
    """The screenplay in Fountain: a title page, a scene for every change of place, the dialogue.

    >>> fountain().splitlines()[0]
    'Title: The Little Light'
    """
    lines = [
        f"Title: {STORY.title}",
        "Credit: A paper film by",
        "Author: scorestage",
        "Draft date: locked cut",
        "",
        "FADE IN:",
    ]
    place = ""
    for number, shot in enumerate(STORY.shots):
        if shot.begins is Change.DISSOLVE:
            lines += ["", "DISSOLVE TO:"]
        if shot.place != place:
            lines += ["", f"{shot.place} #{number + 1}#"]
            place = shot.place
        lines += ["", shot.words]
        lines += _spoken(shot)
        if number == 0:
            lines += ["", f">{_CARD}<"]
    lines += ["", ">THE END<", "", "> FADE OUT."]
    return "\n".join(lines) + "\n"


def _spoken(shot: Shot) -> list[str]:
    said: list[str] = []
    for line in STORY.lines:
        if shot.first_frame <= line.first_frame < shot.end_frame:
            said += ["", line.speaker, line.words]
    return said


def srt() -> str:
    """What is said, as SRT: numbered, timed to the nearest millisecond from the first frame."""
    blocks = []
    for number, line in enumerate(STORY.lines, start=1):
        start, end = STORY.seconds(line.first_frame), STORY.seconds(line.end_frame)
        speaker = "" if line.speaker == "WICK" else f"{line.speaker}: "
        blocks.append(f"{number}\n{_clock(start)} --> {_clock(end)}\n{speaker}{line.words}\n")
    return "\n".join(blocks)


def _clock(seconds: Fraction) -> str:
    """A time as SRT writes it.

    >>> _clock(Fraction(51, 4))
    '00:00:12,750'
    """
    whole, milli = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d},{milli:03d}"
