"""The words of MusicXML for signs: what may stand in each, and which details it may have.

Restated from the W3C schema of MusicXML 4.0. Positions, typefaces, colours and ids are left out:
they are layout, which is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from scorestage.adapters.formats.musicxml.names import words

_WORDS = """
accent brass-bend detached-legato double-tongue down-bow fingernails flip golpe open-string
    schleifer smear snap-pizzicato soft-accent spiccato staccatissimo staccato stress tenuto
    thumb-position triple-tongue unstress up-bow @ placement
accidental = @ cautionary editorial parentheses bracket size smufl
accidental-mark = @ parentheses bracket size placement smufl
accidental-text = @ enclosure smufl
accord @ string : tuning-step tuning-alter tuning-octave
accordion-registration : accordion-high accordion-middle accordion-low
arpeggiate @ number direction unbroken placement
arrow @ placement smufl : arrow-direction arrow-style arrowhead circular-arrow
articulations : accent strong-accent staccato tenuto detached-legato staccatissimo spiccato
    scoop plop doit falloff breath-mark caesura stress unstress soft-accent other-articulation
barline @ location segno coda : bar-style wavy-line segno coda fermata ending repeat
bass @ arrangement : bass-separator bass-step bass-alter
beat-repeat @ type slashes use-dots : slash-type slash-dot except-voice
beat-unit-tied : beat-unit beat-unit-dot
beater = @ tip
bend @ shape accelerate beats first-beat last-beat : bend-alter pre-bend release with-bar
bracket @ type number line-end line-type
breath-mark caesura handbell pluck string with-bar = @ placement
credit @ page : credit-type credit-words credit-symbol
dashes @ type number
degree @ print-object : degree-value degree-alter degree-type
degree-alter = @ plus-minus
degree-value = @ symbol text
direction @ placement directive system : direction-type sound
direction-type : rehearsal segno coda words symbol wedge dynamics dashes bracket pedal
    metronome octave-shift harp-pedals damp damp-all eyeglasses string-mute scordatura
    principal-voice percussion accordion-registration staff-divide other-direction
credit-symbol credit-words display-text rehearsal symbol words = @ enclosure
dynamics @ placement enclosure : p pp ppp pppp ppppp pppppp f ff fff ffff fffff ffffff mp mf
    sf sfp sfpp fp rf rfz sfz sffz fz n pf sfzp other-dynamics
ending = @ number type print-object system
creator fermata other-play relation rights = @ type
figure : prefix figure-number suffix extend
figured-bass @ placement print-object print-dot print-spacing print-lyric parentheses : figure
    duration
fingering = @ substitution alternate placement
first-fret = @ text location
frame @ height unplayed : frame-strings frame-frets first-fret frame-note
frame-note : string fret fingering barre
accordion-middle actual-notes arrow-direction arrow-style bar-style bass-separator beat-type
    beat-unit beats bend-alter capo circular-arrow credit-type duration elevation ensemble
    except-voice figure-number first frame-frets frame-strings fret function
    group-abbreviation group-barline group-name group-symbol hole-shape hole-type
    instrument-sound ipa metronome-relation metronome-type midi-bank midi-channel midi-name
    midi-program midi-unpitched movement-number movement-title mute normal-notes normal-type
    numeral-fifths numeral-mode pan pedal-alter pedal-step per-minute prefix second
    semi-pitched senza-misura slash-type source staff-lines staff-type stem stick-location
    stick-material stick-type suffix swing-style swing-type syllabic text time-relation
    tuning-alter tuning-octave tuning-step volume work-number work-title =
glissando = @ type number line-type
grace @ steal-time-previous steal-time-following make-time slash
group-abbreviation-display group-name-display @ print-object : display-text accidental-text
hammer-on pull-off = @ type number placement
harmon-mute @ placement : harmon-closed
harmonic @ print-object placement : natural artificial base-pitch touching-pitch
    sounding-pitch
harmony @ type print-object print-frame arrangement placement system : root numeral function
    kind inversion bass degree frame
harp-pedals : pedal-tuning
heel toe @ placement substitution
hole @ placement : hole-type hole-closed hole-shape
harmon-closed hole-closed = @ location
identification : creator rights source relation miscellaneous
instrument-change : instrument-sound solo ensemble
interchangeable @ symbol separator : time-relation beats beat-type
kind = @ use-symbols text stack-degrees parentheses-degrees bracket-degrees
line-detail @ line line-type print-object
lyric @ number name placement print-object time-only : syllabic text elision extend laughing
    humming end-line end-paragraph
measure-repeat = @ type slashes
measure-style @ number : multiple-rest measure-repeat beat-repeat slash
metronome @ print-object parentheses : beat-unit beat-unit-dot beat-unit-tied per-minute
    metronome-arrows metronome-note metronome-relation
metronome-beam = @ number
metronome-note : metronome-type metronome-dot metronome-beam metronome-tied metronome-tuplet
barre extend metronome-tied staff-divide string-mute @ type
metronome-tuplet @ type bracket show-number : actual-notes normal-notes normal-type normal-dot
midi-instrument : midi-channel midi-name midi-bank midi-program midi-unpitched volume pan
    elevation
miscellaneous : miscellaneous-field
miscellaneous-field = @ name
inverted-mordent mordent @ TRILL long approach departure
multiple-rest = @ use-symbols
accordion-high accordion-low arrowhead artificial base-pitch beat-unit-dot damp damp-all
    end-line end-paragraph eyeglasses f ff fff ffff fffff ffffff fp fz group-time humming
    laughing metronome-arrows metronome-dot mf mp n natural normal-dot p pf pp ppp pppp ppppp
    pppppp pre-bend rf rfz sf sffz sfp sfpp sfz sfzp slash-dot solo sounding-pitch straight
    touching-pitch
non-arpeggiate @ type number placement
notehead = @ filled parentheses smufl
notehead-text : display-text accidental-text
numeral : numeral-root numeral-alter numeral-key
numeral-key @ print-object : numeral-fifths numeral-mode
octave-shift @ type number size
ornaments : trill-mark turn delayed-turn inverted-turn delayed-inverted-turn vertical-turn
    inverted-vertical-turn shake wavy-line mordent inverted-mordent schleifer tremolo haydn
    other-ornament accidental-mark
other-articulation other-ornament other-technical = @ placement smufl
other-direction = @ print-object smufl
effect elision glass membrane metal other-dynamics other-percussion pitched wood = @ smufl
other-notation = @ type number print-object placement smufl
part-group @ type number : group-name group-name-display group-abbreviation
    group-abbreviation-display group-symbol group-barline group-time
pedal @ type number line sign abbreviated
pedal-tuning : pedal-step pedal-alter
percussion @ enclosure : glass metal wood pitched membrane effect timpani beater stick
    stick-location other-percussion
play : ipa mute semi-pitched other-play
principal-voice = @ type symbol
release @ offset
repeat @ direction times after-jump winged
root : root-step root-alter
bass-alter numeral-alter root-alter = @ print-object location
bass-step degree-type inversion numeral-root root-step = @ text
doit falloff plop scoop @ line-shape line-type line-length placement
scordatura : accord
coda segno timpani @ smufl
slash @ type use-dots use-stems : slash-type slash-dot except-voice
slide = @ type number line-type accelerate beats first-beat last-beat
sound @ tempo dynamics dacapo segno dalsegno coda tocoda forward-repeat fine time-only
    pizzicato pan elevation damper-pedal soft-pedal sostenuto-pedal : instrument-change
    midi-instrument play swing
staff-details @ number show-frets print-object print-spacing : staff-type staff-lines
    line-detail staff-tuning capo staff-size
staff-size = @ scaling
staff-tuning @ line : tuning-step tuning-alter tuning-octave
stick @ tip parentheses dashed-circle : stick-type stick-material
half-muted open stopped @ placement smufl
strong-accent @ placement type
swing : straight first second swing-type swing-style
tap = @ hand placement
technical : up-bow down-bow harmonic open-string thumb-position fingering pluck double-tongue
    triple-tongue stopped snap-pizzicato fret string hammer-on pull-off bend tap heel toe
    fingernails hole arrow handbell brass-bend flip smear open half-muted harmon-mute golpe
    other-technical
slur tied @ type number line-type placement orientation
time @ number symbol separator print-object : beats beat-type interchangeable senza-misura
tremolo = @ type placement smufl
haydn inverted-vertical-turn shake trill-mark vertical-turn @ TRILL
delayed-inverted-turn delayed-turn inverted-turn turn @ TRILL slash
wavy-line @ type number smufl TRILL
wedge @ type number spread niente line-type
work : work-number work-title
"""
"""One line: names, `=` where they hold text, after `@` their details, after `:` their parts."""

_TRILL = words(
    "placement start-note trill-step two-note-turn accelerate beats second-beat last-beat"
)


@dataclass(frozen=True, slots=True)
class Word:
    """What an element may hold: text, details (attributes), parts (elements)."""

    text: bool
    details: frozenset[str]
    parts: frozenset[str]


@cache
def vocabulary() -> Mapping[str, Word]:
    """Every known sign by name.

    >>> vocabulary()["pedal"].details >= {"type", "line"}
    True
    """
    found: dict[str, Word] = {}
    for line in _WORDS.replace("\n    ", " ").strip().splitlines():
        head, _, parts = line.partition(" : ")
        names, _, details = head.partition(" @ ")
        known = [one for word in details.split() for one in (_TRILL if word == "TRILL" else [word])]
        for name in names.split():
            if name != "=":
                found[name] = Word(" =" in names, frozenset(known), frozenset(parts.split()))
    return found
