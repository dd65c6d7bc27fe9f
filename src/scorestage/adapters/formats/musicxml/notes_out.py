"""One written event as `<note>` elements, each on a line of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from scorestage.adapters.formats.musicxml.names import ARTICULATIONS, decimal, text, xml_id
from scorestage.adapters.formats.musicxml.part_list import ScorePart
from scorestage.adapters.formats.musicxml.trees import sign_xml
from scorestage.errors import MusicError, Where
from scorestage.music import Articulation, Instrument, Pitch, Sign, Unpitched
from scorestage.music.written import (
    Beam,
    Edge,
    EventKind,
    NoteValue,
    Stem,
    TupletPlace,
    WrittenBar,
    WrittenEvent,
    WrittenPitch,
    accidental_name,
)

_TOP_OCTAVE = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands: voice, staff (0 where the part has one), stem; a cue is small."""

    voice: int
    staff: int
    stem: Stem
    cue: bool = False

    @property
    def staff_xml(self) -> str:
        """The `<staff>` element, if there is a choice."""
        return f"<staff>{self.staff}</staff>" if self.staff else ""


@dataclass(slots=True)
class NotePen:
    """Writes the notes of one part; remembers ids already given and words still unfinished.

    `divisions` to the quarter; `taken` are the ids already used in the file.
    """

    part: ScorePart
    divisions: int
    taken: set[str]
    as_sounding: bool = True
    """Whether the page stands as high as the model (else accidentals are named anew)."""
    _in_hand: Instrument | None = None
    _unfinished: set[int] = field(default_factory=set)

    def lines(
        self, event: WrittenEvent, place: Place, in_hand: Instrument, bar: WrittenBar
    ) -> list[str]:
        """The `<note>` lines of one event, its grace notes before and after it."""
        self._in_hand = in_hand
        length = event.length
        duration = length.numerator * (self.divisions // length.denominator)
        if event.kind is not EventKind.NOTE:
            return [self._rest(event, duration, place, bar)]
        middle = f"<duration>{duration}</duration>"
        if len(event.pitches) == 1 and not event.graces and not event.drawn_graces:
            return [self._head(event, 0, middle, place)]
        found = self._graces(event, place)
        for number in range(len(event.pitches)):
            found.append(self._head(event, number, middle, place))
        if event.drawn_graces:
            found.extend(self._drawn(event, place, after=True))
        return found

    def _rest(self, event: WrittenEvent, duration: int, place: Place, bar: WrittenBar) -> str:
        whole = event.kind is EventKind.MEASURE_REST
        hidden = ' print-object="no"' if event.hidden else ""
        rest = '<rest measure="yes"/>' if whole else "<rest/>"
        marks = "" if whole or event.tuplet is None else _tuplet_marks(event.tuplet)
        for number, one in enumerate(event.signs):
            marks += self._rest_sign(one.sign, bar, number)
        return (
            f"<note{hidden}>{'<cue/>' if place.cue else ''}{rest}"
            f"<duration>{duration}</duration><voice>{place.voice}</voice>"
            f"{'' if whole else _value(event)}{place.staff_xml}"
            f"{_notations(marks)}</note>"
        )

    def _rest_sign(self, sign: Sign, bar: WrittenBar, number: int) -> str:
        """A fermata on a rest; its id tells its own time where the rest began earlier."""
        away = sign.detail("id")
        if not away:
            return sign_xml(sign)
        told = f"at.{self.part.id}.{bar.index + 2}-{number}.{away}"
        while told in self.taken:
            number += 1
            told = f"at.{self.part.id}.{bar.index + 2}-{number}.{away}"
        self.taken.add(told)
        details = tuple(("id", told) if one[0] == "id" else one for one in sign.details)
        return sign_xml(replace(sign, details=details))

    def _head(self, event: WrittenEvent, number: int, middle: str, place: Place) -> str:
        head = event.pitches[number]
        first = number == 0
        ties = marks = ""
        if head.tie_stop:
            ties, marks = '<tie type="stop"/>', '<tied type="stop"/>'
        if head.tie_start:
            ties += '<tie type="start"/>'
            marks += '<tied type="start"/>'
        own = [one.sign for one in event.signs if one.head == number] if event.signs else ()
        looks = {one.name: one for one in own if one.name in _LOOKS} if own else _NO_LOOKS
        if first:
            marks += _marks(event, own)
        if own:
            marks += "".join(sign_xml(one) for one in own if one.name not in _LOOKS)
        stem = _STEMS[place.stem]
        if "stem" in looks:
            stem = sign_xml(looks["stem"])
        pitch, notehead = self._pitch(head)
        if "notehead" in looks or "notehead-text" in looks:
            notehead = "".join(
                sign_xml(looks[name]) for name in ("notehead", "notehead-text") if name in looks
            )
        small = ""
        if place.cue:
            small, ties, marks = "<cue/>", "", marks
        accidental = self._accidental(head, looks.get("accidental"))
        value = _value(event)
        if accidental:
            value = _value(event, accidental)
        play = sign_xml(looks["play"]) if "play" in looks else ""
        return (
            f"<note{self._identifier(event) if first else ''}>{small}"
            f"{'' if first else '<chord/>'}{pitch}{middle}{ties}"
            f"{self._instrument(head.pitch)}<voice>{place.voice}</voice>{value}"
            f"{stem}{notehead}{place.staff_xml}{_beams(event.beams) if first else ''}"
            f"{_notations(marks)}{self._lyric(event, place) if first else ''}{play}</note>"
        )

    def _accidental(self, head: WrittenPitch, sign: Sign | None) -> str:
        """The accidental a head needs, or the one that its writer asked for."""
        if sign is None:
            if head.accidental is None:
                return ""
            courtesy = ' cautionary="yes"' if head.courtesy else ""
            return f"<accidental{courtesy}>{head.accidental}</accidental>"
        if self.as_sounding or not isinstance(head.pitch, Pitch):
            return sign_xml(sign)
        return sign_xml(replace(sign, text=accidental_name(head.pitch.alter)))

    def _pitch(self, head: WrittenPitch) -> tuple[str, str]:
        if isinstance(head.pitch, Pitch):
            if not 0 <= head.pitch.octave <= _TOP_OCTAVE:
                told = f"{head.pitch} lies outside the octaves 0 to 9 of MusicXML"
                raise MusicError(told, Where(player=self.part.player.name))
            return pitch_xml(head.pitch), ""
        drum = self.part.drum(head.pitch.sound)
        shown, notehead = Pitch.parse(drum.staff_step), drum.notehead
        return (
            f"<unpitched><display-step>{shown.step}</display-step>"
            f"<display-octave>{shown.octave}</display-octave></unpitched>",
            "" if notehead == "normal" else f"<notehead>{text(notehead)}</notehead>",
        )

    def _instrument(self, pitch: Pitch | Unpitched) -> str:
        """Which instrument plays, where the part has several."""
        if isinstance(pitch, Unpitched):
            return f'<instrument id="{self.part.drum_id(pitch.sound)}"/>'
        if self._in_hand is None or not self.part.names_instruments:
            return ""
        return f'<instrument id="{self.part.instrument_id(self._in_hand)}"/>'

    def _identifier(self, event: WrittenEvent) -> str:
        """The id of the note on its first head; a second note of the same id goes without."""
        if event.part or not event.note_id:
            return ""
        identifier = xml_id(event.note_id)
        if identifier in self.taken:
            return ""
        self.taken.add(identifier)
        return f' id="{identifier}"'

    def _graces(self, event: WrittenEvent, place: Place) -> list[str]:
        if event.drawn_graces:
            return self._drawn(event, place, after=False)
        several = len(event.graces) > 1
        value = NoteValue.SIXTEENTH if several else NoteValue.EIGHTH
        found = []
        for number, head in enumerate(event.graces):
            step = ("begin", "continue", "end")[
                0 if number == 0 else 2 if number == len(event.graces) - 1 else 1
            ]
            beams = "".join(f'<beam number="{level}">{step}</beam>' for level in (1, 2))
            start = _grace_slurs(event) if not number else ""
            found.append(
                f'<note><grace slash="{"no" if several else "yes"}"/>{self._pitch(head)[0]}'
                f"{self._instrument(head.pitch)}<voice>{place.voice}</voice>"
                f"<type>{value.value}</type>{self._accidental(head, None)}{place.staff_xml}"
                f"{beams if several else ''}{_notations(start)}</note>"
            )
        return found

    def _drawn(self, event: WrittenEvent, place: Place, *, after: bool) -> list[str]:
        """Grace notes as their writer drew them."""
        found = []
        for order, grace in enumerate(one for one in event.drawn_graces if one.after is after):
            for number, head in enumerate(grace.pitches):
                own = [one.sign for one in grace.signs if one.head == number]
                looks = {one.name: one for one in own if one.name in _LOOKS}
                marks = _grace_slurs(event) if not (order or number or after) else ""
                marks += "".join(sign_xml(one) for one in own if one.name not in _LOOKS)
                shape = "".join(
                    sign_xml(looks[name])
                    for name in ("stem", "notehead", "notehead-text")
                    if name in looks
                )
                found.append(
                    f"<note><grace{_SLASHES[grace.slash]}/>{'<chord/>' if number else ''}"
                    f"{self._pitch(head)[0]}{self._instrument(head.pitch)}"
                    f"<voice>{place.voice}</voice><type>{grace.shown}</type>"
                    f"{self._accidental(head, looks.get('accidental'))}{shape}"
                    f"{place.staff_xml}{_notations(marks)}</note>"
                )
        return found

    def _lyric(self, event: WrittenEvent, place: Place) -> str:
        """A syllable; a hyphen at its end says that the word goes on."""
        if not event.lyric and not event.verses:
            return ""
        goes_on = event.lyric.endswith("-") and len(event.lyric) > 1
        begun = place.voice in self._unfinished
        kind = {(False, False): "single", (False, True): "begin", (True, True): "middle"}.get(
            (begun, goes_on), "end"
        )
        (self._unfinished.add if goes_on else self._unfinished.discard)(place.voice)
        if event.verses:
            return "".join(map(sign_xml, event.verses))
        shown = event.lyric[:-1] if goes_on else event.lyric
        return f"<lyric><syllabic>{kind}</syllabic><text>{text(shown)}</text></lyric>"


_LOOKS = frozenset(("notehead", "notehead-text", "accidental", "stem", "play"))
_NO_LOOKS: Mapping[str, Sign] = MappingProxyType({})
_STEMS = {
    Stem.AUTOMATIC: "",
    Stem.UP: "<stem>up</stem>",
    Stem.DOWN: "<stem>down</stem>",
}
_SLASHES = {True: ' slash="yes"', False: ' slash="no"'}


def _grace_slurs(event: WrittenEvent) -> str:
    return "".join(
        f'<slur type="start" number="{slur.number}"/>' for slur in event.slurs if slur.from_grace
    )


@lru_cache(maxsize=2048)
def pitch_xml(pitch: Pitch) -> str:
    """The `<pitch>` element."""
    alter = f"<alter>{decimal(pitch.alter)}</alter>" if pitch.alter else ""
    return f"<pitch><step>{pitch.step}</step>{alter}<octave>{pitch.octave}</octave></pitch>"


def _value(event: WrittenEvent, accidental: str = "") -> str:
    """Type, dots, accidental and time modification, in the schema's order."""
    if event.signs and event.tuplet is None and _is_two_note_tremolo(event):
        return _two_note_tremolo(event, accidental)
    head, tail = _timed(event.value, event.dots, event.tuplet)
    return f"{head}{accidental}{tail}"


@lru_cache(maxsize=1024)
def _timed(value: NoteValue, dots: int, tuplet: TupletPlace | None) -> tuple[str, str]:
    head = f"<type>{value.value}</type>{'<dot/>' * dots}"
    if tuplet is None:
        return head, ""
    return head, (
        f"<time-modification><actual-notes>{tuplet.actual}</actual-notes>"
        f"<normal-notes>{tuplet.normal}</normal-notes>"
        f"<normal-type>{tuplet.base.value}</normal-type></time-modification>"
    )


def _is_two_note_tremolo(event: WrittenEvent) -> bool:
    return (
        any(
            leaf.name == "tremolo" and leaf.detail("type") in ("start", "stop")
            for one in event.signs
            for leaf in one.sign.leaves()
        )
        and event.value is not NoteValue.BREVE
    )


def _two_note_tremolo(event: WrittenEvent, accidental: str) -> str:
    """Both notes of a tremolo between two are drawn with the length of the pair."""
    drawn = list(NoteValue)[list(NoteValue).index(event.value) - 1]
    return (
        f"<type>{drawn.value}</type>{'<dot/>' * event.dots}{accidental}"
        "<time-modification><actual-notes>2</actual-notes><normal-notes>1</normal-notes>"
        "</time-modification>"
    )


@lru_cache(maxsize=512)
def _beams(beams: tuple[Beam, ...]) -> str:
    return "".join(
        f'<beam number="{level}">{beam.value}</beam>'
        for level, beam in enumerate(beams[:_MOST_BEAMS], start=1)
    )


_MOST_BEAMS = 8


def _marks(event: WrittenEvent, own: Sequence[Sign]) -> str:
    """Everything under `<notations>` but the ties and what the model carries as it stood."""
    found = ""
    if event.slurs:
        found = "".join(
            f'<slur type="{"stop" if slur.edge is Edge.STOP else "start"}" number="{slur.number}"/>'
            for slur in event.slurs
        )
    if event.tuplet is not None:
        found += _tuplet_marks(event.tuplet)
    if event.tremolo:
        found += f'<ornaments><tremolo type="single">{event.tremolo}</tremolo></ornaments>'
    if event.articulations:
        found += _articulated(event.articulations)
        printed = any(one.name == "dynamics" for one in own)
        if Articulation.SFORZATO in event.articulations and not printed:
            found += "<dynamics><sfz/></dynamics>"
    return found


@lru_cache(maxsize=256)
def _articulated(articulations: tuple[Articulation, ...]) -> str:
    found = ""
    signs = [ARTICULATIONS[sign] for sign in articulations if sign in ARTICULATIONS]
    if signs:
        found = f"<articulations>{''.join(f'<{sign}/>' for sign in signs)}</articulations>"
    return found + ("<fermata/>" if Articulation.FERMATA in articulations else "")


def _tuplet_marks(place: TupletPlace) -> str:
    start = '<tuplet type="start" number="1" bracket="yes"/>' if place.starts else ""
    return start + ('<tuplet type="stop" number="1"/>' if place.stops else "")


def _notations(marks: str) -> str:
    return f"<notations>{marks}</notations>" if marks else ""
