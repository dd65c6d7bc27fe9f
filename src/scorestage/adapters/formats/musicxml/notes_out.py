"""One written event as `<note>` elements, each on a line of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from scorestage.adapters.formats.musicxml.names import ARTICULATIONS, decimal, text, xml_id
from scorestage.adapters.formats.musicxml.part_list import ScorePart
from scorestage.errors import MusicError, Where
from scorestage.music import Articulation, Instrument, Pitch, Unpitched
from scorestage.music.written import Edge, EventKind, NoteValue, Stem, WrittenEvent, WrittenPitch

_TOP_OCTAVE = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands: voice, staff (0 where the part has one), stem."""

    voice: int
    staff: int
    stem: Stem

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
    _in_hand: Instrument | None = None
    _unfinished: set[int] = field(default_factory=set)

    def lines(self, event: WrittenEvent, place: Place, in_hand: Instrument) -> list[str]:
        """The `<note>` lines of one event, its grace notes first."""
        self._in_hand = in_hand
        length = event.length
        duration = length.numerator * (self.divisions // length.denominator)
        if not event.is_note:
            return [self._rest(event, duration, place)]
        found = self._graces(event, place)
        middle = f"<duration>{duration}</duration>"
        for number, head in enumerate(event.pitches):
            found.append(self._head(event, head, number == 0, middle, place))
        return found

    def _rest(self, event: WrittenEvent, duration: int, place: Place) -> str:
        whole = event.kind is EventKind.MEASURE_REST
        hidden = ' print-object="no"' if event.hidden else ""
        rest = '<rest measure="yes"/>' if whole else "<rest/>"
        return (
            f"<note{hidden}>{rest}"
            f"<duration>{duration}</duration><voice>{place.voice}</voice>"
            f"{'' if whole else _value(event)}{place.staff_xml}"
            f"{'' if whole else _notations(_tuplet_marks(event))}</note>"
        )

    def _head(
        self, event: WrittenEvent, head: WrittenPitch, first: bool, middle: str, place: Place
    ) -> str:
        ties = ('<tie type="stop"/>' if head.tie_stop else "") + (
            '<tie type="start"/>' if head.tie_start else ""
        )
        marks = _tied(head) + (_marks(event) if first else "")
        beams = _beams(event) if first else ""
        stem = "" if place.stem is Stem.AUTOMATIC else f"<stem>{place.stem.value}</stem>"
        pitch, notehead = self._pitch(head)
        identifier = self._identifier(event) if first else ""
        return (
            f"<note{identifier}>{'' if first else '<chord/>'}{pitch}{middle}{ties}"
            f"{self._instrument(head.pitch)}<voice>{place.voice}</voice>{_value(event, head)}"
            f"{stem}{notehead}{place.staff_xml}{beams}{_notations(marks)}"
            f"{self._lyric(event, place) if first else ''}</note>"
        )

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
        several = len(event.graces) > 1
        value = NoteValue.SIXTEENTH if several else NoteValue.EIGHTH
        slur = next((slur.number for slur in event.slurs if slur.from_grace), 0)
        found = []
        for number, head in enumerate(event.graces):
            step = ("begin", "continue", "end")[
                0 if number == 0 else 2 if number == len(event.graces) - 1 else 1
            ]
            beams = "".join(f'<beam number="{level}">{step}</beam>' for level in (1, 2))
            slur_start = f'<slur type="start" number="{slur}"/>' if slur and not number else ""
            found.append(
                f'<note><grace slash="{"no" if several else "yes"}"/>{self._pitch(head)[0]}'
                f"{self._instrument(head.pitch)}<voice>{place.voice}</voice>"
                f"<type>{value.value}</type>{_accidental(head)}{place.staff_xml}"
                f"{beams if several else ''}{_notations(slur_start)}</note>"
            )
        return found

    def _lyric(self, event: WrittenEvent, place: Place) -> str:
        """A syllable; a hyphen at its end says that the word goes on."""
        if not event.lyric:
            return ""
        goes_on = event.lyric.endswith("-") and len(event.lyric) > 1
        begun = place.voice in self._unfinished
        kind = {(False, False): "single", (False, True): "begin", (True, True): "middle"}.get(
            (begun, goes_on), "end"
        )
        (self._unfinished.add if goes_on else self._unfinished.discard)(place.voice)
        shown = event.lyric[:-1] if goes_on else event.lyric
        return f"<lyric><syllabic>{kind}</syllabic><text>{text(shown)}</text></lyric>"


@lru_cache(maxsize=2048)
def pitch_xml(pitch: Pitch) -> str:
    """The `<pitch>` element."""
    alter = f"<alter>{decimal(pitch.alter)}</alter>" if pitch.alter else ""
    return f"<pitch><step>{pitch.step}</step>{alter}<octave>{pitch.octave}</octave></pitch>"


def _value(event: WrittenEvent, head: WrittenPitch | None = None) -> str:
    """Type, dots, accidental and time modification, in the schema's order."""
    tuplet = ""
    if event.tuplet is not None:
        tuplet = (
            f"<time-modification><actual-notes>{event.tuplet.actual}</actual-notes>"
            f"<normal-notes>{event.tuplet.normal}</normal-notes>"
            f"<normal-type>{event.tuplet.base.value}</normal-type></time-modification>"
        )
    accidental = _accidental(head) if head is not None else ""
    return f"<type>{event.value.value}</type>{'<dot/>' * event.dots}{accidental}{tuplet}"


def _accidental(head: WrittenPitch) -> str:
    if head.accidental is None:
        return ""
    courtesy = ' cautionary="yes"' if head.courtesy else ""
    return f"<accidental{courtesy}>{head.accidental}</accidental>"


def _beams(event: WrittenEvent) -> str:
    return "".join(
        f'<beam number="{level}">{beam.value}</beam>'
        for level, beam in enumerate(event.beams, start=1)
    )


def _tied(head: WrittenPitch) -> str:
    stop = '<tied type="stop"/>' if head.tie_stop else ""
    return stop + ('<tied type="start"/>' if head.tie_start else "")


def _marks(event: WrittenEvent) -> str:
    """Everything under `<notations>` but the ties."""
    found = [
        f'<slur type="{"stop" if slur.edge is Edge.STOP else "start"}" number="{slur.number}"/>'
        for slur in event.slurs
    ]
    found.append(_tuplet_marks(event))
    if event.tremolo:
        tremolo = f'<tremolo type="single">{event.tremolo}</tremolo>'
        found.append(f"<ornaments>{tremolo}</ornaments>")
    signs = [ARTICULATIONS[sign] for sign in event.articulations if sign in ARTICULATIONS]
    if signs:
        found.append(f"<articulations>{''.join(f'<{sign}/>' for sign in signs)}</articulations>")
    if Articulation.SFORZATO in event.articulations:
        found.append("<dynamics><sfz/></dynamics>")
    if Articulation.FERMATA in event.articulations:
        found.append("<fermata/>")
    return "".join(found)


def _tuplet_marks(event: WrittenEvent) -> str:
    place = event.tuplet
    if place is None:
        return ""
    start = '<tuplet type="start" number="1" bracket="yes"/>' if place.starts else ""
    return start + ('<tuplet type="stop" number="1"/>' if place.stops else "")


def _notations(marks: str) -> str:
    return f"<notations>{marks}</notations>" if marks else ""
