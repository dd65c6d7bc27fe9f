"""Faults put into a set of parts on purpose, each with the kinds by which it must be told."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Damage:
    """One fault: what it is, what it does to a folder, and which kinds of fault tell of it."""

    name: str
    do: Callable[[Path], None]
    told_as: frozenset[str]


def music_file(folder: Path, player: str) -> Path:
    """A player's part as MusicXML."""
    return next(folder.glob(f"*-{player}.musicxml"))


def page_file(folder: Path, player: str) -> Path:
    """A player's part as PDF."""
    return next(folder.glob(f"*-{player}.pdf"))


def changed(player: str, change: Change, *others: str) -> Callable[[Path], None]:
    """A change of the text of a part (and of the files of `others`)."""

    def do(folder: Path) -> None:
        for one in (player, *others):
            path = music_file(folder, one)
            before = path.read_text(encoding="utf-8")
            after = change(before)
            assert after != before, f"nothing was damaged in {path.name}"
            path.write_text(after, encoding="utf-8")

    return do


def first(pattern: str, instead: str, number: int = 0) -> Change:
    """The match of `pattern` counted from 0 replaced."""

    def change(text: str) -> str:
        found = list(re.finditer(pattern, text, re.DOTALL))
        match = found[number]
        return text[: match.start()] + match.expand(instead) + text[match.end() :]

    return change


def drop_bar(number: int) -> Change:
    """A bar taken out, the later ones keep their labels."""
    return first(rf'<measure number="{number}">.*?</measure>\n', "")


def dropped_and_renumbered(label: int) -> Change:
    """A bar taken out, and the later ones renumbered so that nothing seems amiss."""

    def change(text: str) -> str:
        cut = drop_bar(label)(text)
        return re.sub(
            r'<measure number="(\d+)"',
            lambda m: f'<measure number="{int(m[1]) - (int(m[1]) > label)}"',
            cut,
        )

    return change


NOTE = r"<note(?: id=\"[^\"]*\")?><pitch>.*?</note>\n"
STEP = r"<step>([A-F])</step>"


def silent(text: str) -> str:
    """The first note made a rest."""
    match = re.search(NOTE, text, re.DOTALL)
    assert match
    rest = re.sub(r"<pitch>.*?</pitch>", "<rest/>", match[0], flags=re.DOTALL)
    return text.replace(match[0], rest, 1)


def higher(text: str) -> str:
    """The first note an octave higher."""
    return re.sub(
        r"<octave>(\d)</octave>", lambda m: f"<octave>{int(m[1]) + 1}</octave>", text, count=1
    )


def removed(pattern: str) -> Change:
    """All matches taken out."""
    return lambda text: re.sub(pattern, "", text, flags=re.DOTALL)


def words(said: str) -> str:
    """A direction that says `said`."""
    return rf"<direction[^>]*><direction-type><words[^>]*>{said}</words>.*?</direction>\n"


def music_damages() -> Iterator[Damage]:
    """Faults in the music files."""

    def one(name: str, do: Callable[[Path], None], *kinds: str) -> Damage:
        return Damage(name, do, frozenset(kinds))

    for player in ("Horn_1", "Flute_1", "Percussion", "Piano", "Violins_I", "Tuba"):
        yield one(f"bar dropped: {player}", changed(player, drop_bar(103)), "bars")
        change = dropped_and_renumbered(104)
        yield one(f"bar dropped, renumbered: {player}", changed(player, change), "bars")
        shifted = first(r'<measure number="105"', '<measure number="155"')
        yield one(f"label shifted: {player}", changed(player, shifted), "bar label")
        renamed = first(r"<part-name>[^<]*</part-name>", "<part-name>Kazoo</part-name>")
        kinds = ("player name", "stranger")
        yield one(f"renamed: {player}", changed(player, renamed), *kinds)
        version = first(r'(name="scorestage:version">)v2<', r"\1v1<")
        yield one(f"wrong version: {player}", changed(player, version), "version")
        cue = first(r'(name="scorestage:cue">)1m01<', r"\1 2m07<")
        yield one(f"wrong cue: {player}", changed(player, cue), "cue")
        show = first(r'(name="scorestage:production">)[^<]*<', r"\1Another Film<")
        yield one(f"wrong show: {player}", changed(player, show), "production")
        meter = first(r"<beats>3</beats>", "<beats>4</beats>")
        yield one(f"wrong meter: {player}", changed(player, meter), "meter")
    for player in ("Horn_1", "Flute_1", "Piano", "Violins_I", "Clarinet_1", "Piccolo"):
        yield one(f"note higher: {player}", changed(player, higher), "notes", "transposition")
        yield one(f"note lost: {player}", changed(player, silent), "notes")
        yield one(f"all notes lost: {player}", changed(player, _all_lost), "notes")
        sharp = first(r"(<pitch><step>[A-G]</step>)(<alter>-?\d</alter>)?", r"\1<alter>2</alter>")
        kinds = ("notes", "transposition")
        yield one(f"accidental: {player}", changed(player, sharp), *kinds)
        dynamic = first(r"<direction[^>]*><direction-type><dynamics>.*?</direction>\n", "")
        yield one(f"dynamic lost: {player}", changed(player, dynamic), "missing dynamic")
        both = changed(player, dynamic)
        yield one(f"no dynamic anywhere: {player}", _in_score_too(player, both, dynamic),
                  "entry without dynamic")  # fmt: skip
    louder = first(r"<dynamics><(\w+)/></dynamics>", "<dynamics><ffff/></dynamics>")
    yield one("other dynamic", changed("Horn_1", louder), "missing dynamic")
    for player in ("Clarinet_1", "Horn_1"):
        wrong = first(r"<chromatic>-?\d+</chromatic>", "<chromatic>0</chromatic>")
        yield one(f"transposition: {player}", changed(player, wrong), "transposition")
    octave = first(r"<octave-change>1</octave-change>", "<octave-change>0</octave-change>")
    yield one("octave: Piccolo", changed("Piccolo", octave), "transposition")
    muted = removed(words(r"senza sord\."))
    yield one("mute never off", changed("Horn_1", muted), "missing words")
    yield one("mute never off, score too", _in_score_too("Horn_1", changed("Horn_1", muted), muted),
              "technique")  # fmt: skip
    arco = removed(words("arco"))
    yield one("arco lost", changed("Violins_I", arco), "missing words")
    yield one("arco lost, score too", _in_score_too("Violins_I", changed("Violins_I", arco), arco),
              "technique")  # fmt: skip
    accent = removed(r"<accent[^>]*/>")
    yield one("accent lost", changed("Horn_1", accent), "missing articulation")
    slur = removed(r"<slur[^>]*/>")
    yield one("slur lost", changed("Flute_1", slur), "missing slur")
    wedge = removed(r"<direction[^>]*><direction-type><wedge.*?</direction>\n")
    yield one("hairpin lost", changed("Flute_1", wedge), "missing wedge")
    tremolo = removed(r"<tremolo[^>]*>.*?</tremolo>")
    yield one("tremolo lost", changed("Flute_1", tremolo), "missing tremolo")
    drum = first(r"<display-octave>\d</display-octave>", "<display-octave>3</display-octave>")
    yield from _damaged_marks(one)
    yield from _contradictions(one)
    yield one("another drum", changed("Percussion", drum), "notes")
    yield one("file cut short", changed("Horn_1", lambda text: text[: len(text) // 2]),
              "unreadable")  # fmt: skip


def _damaged_marks(one: Callable[..., Damage]) -> Iterator[Damage]:
    """Faults in what stands there for everybody, and in how notes are read."""
    for player in ("Horn_1", "Violins_I"):
        letter = first(r"<rehearsal>[^<]*<", "<rehearsal>Q<")
        yield one(f"other letter: {player}", changed(player, letter), "missing rehearsal mark")
        lost = removed(r"<direction[^>]*><direction-type><rehearsal>.*?</direction>\n")
        yield one(f"letter lost: {player}", changed(player, lost), "missing rehearsal mark")
        slower = first(r"<per-minute>[^<]*<", "<per-minute>41<")
        yield one(f"other tempo: {player}", changed(player, slower), "missing tempo")
        repeat = (
            r'\1<barline location="left"><bar-style>heavy-light</bar-style>'
            r'<repeat direction="forward"/></barline>'
        )
        repeated = first(r'(<measure number="103"[^>]*>)', repeat)
        yield one(f"repeat: {player}", changed(player, repeated), "extra repeat")
        head = first(r"(<pitch>.*?</type>)", r"\1<notehead>x</notehead>")
        yield one(f"notehead: {player}", changed(player, head), "extra notehead")
        shift = (
            '<direction><direction-type><octave-shift type="down" size="8"/></direction-type>'
            r"</direction>\1"
        )
        line = first(r"(<note id[^>]*><pitch>)", shift)
        yield one(f"octave line: {player}", changed(player, line), "extra octave line")
    clef = first(r"<sign>G</sign><line>2</line>", "<sign>C</sign><line>3</line>")
    yield one("another clef", changed("Violins_I", clef), "clef")
    final = removed(r"<barline[^>]*><bar-style>light-heavy</bar-style>.*?</barline>\n?")
    yield one("no final barline", changed("Flute_1", final), "missing barline")
    early = r'\1<barline location="right"><bar-style>light-light</bar-style></barline></measure>'
    double = first(r'(<measure number="103"[^>]*>.*?)</measure>', early)
    yield one("a double barline more", changed("Horn_1", double), "extra barline")


def _contradictions(one: Callable[..., Damage]) -> Iterator[Damage]:
    """Pages that would show something else than their notes say, and what single staves lose."""
    for player in ("Horn_1", "Flute_1", "Piano"):
        unseen = first(r"<note( id=\"[^\"]*\")><pitch>", r'<note\1 print-object="no"><pitch>')
        yield one(f"note unseen: {player}", changed(player, unseen), "written")
        longer = first(r"(<pitch>.*?)<type>\w+</type>", r"\1<type>breve</type>")
        yield one(f"other value: {player}", changed(player, longer), "written")
        dotted = first(r"(<pitch>.*?<type>\w+</type>)", r"\1<dot/><dot/>")
        yield one(f"dots more: {player}", changed(player, dotted), "written")
    lost = first(r"<accidental>[^<]*</accidental>", "")
    other = first(r"<accidental>[^<]*</accidental>", "<accidental>double-sharp</accidental>")
    yield one("accidental not drawn", changed("Flute_1", lost), "written")
    yield one("another accidental drawn", changed("Flute_1", other), "written")
    tied = first(r"<tied [^>]*type=\"start\"[^>]*/>", "")
    yield one("tie not drawn", changed("Flute_1", tied), "written")
    wider = first(r"<actual-notes>3<", "<actual-notes>5<")
    yield one("another tuplet", changed("Flute_1", wider), "written")
    hand = first(r"(<pitch>(?:(?!</note>).)*)<staff>1</staff>", r"\1<staff>2</staff>")
    yield one("the other hand", changed("Piano", hand), "extra staff")
    sung = first(r"(<note id[^>]*><pitch>.*?)</note>",
                 r'\1<lyric number="2"><text>la</text></lyric></note>')  # fmt: skip
    yield one("a second verse", changed("Flute_1", sung), "extra lyric")
    pedal = '<direction><direction-type><pedal type="start"/></direction-type></direction>'
    yield one("pedal down", changed("Piano", first(r"(<note id)", pedal + r"\1")), "extra pedal")
    harp = "<harp-pedals><pedal-tuning><pedal-step>D</pedal-step><pedal-alter>1</pedal-alter>"
    told = f"<direction><direction-type>{harp}</pedal-tuning></harp-pedals></direction-type>"
    yield one("harp pedals", changed("Piano", first(r"(<note id)", f"{told}</direction>" + r"\1")),
              "extra harp pedals")  # fmt: skip
    chord = "<harmony><root><root-step>E</root-step></root><kind>minor</kind></harmony>"
    yield one("a chord symbol", changed("Piano", first(r"(<note id)", chord + r"\1")),
              "extra chord symbol")  # fmt: skip


def _all_lost(text: str) -> str:
    return re.sub(r"<pitch>.*?</pitch>", "<rest/>", text, flags=re.DOTALL)


def _in_score_too(
    player: str, do: Callable[[Path], None], change: Change
) -> Callable[[Path], None]:
    """The same fault in the player's line of the score, so that both agree."""

    def both(folder: Path) -> None:
        do(folder)
        part_id = re.search(r'<part id="([^"]*)"', music_file(folder, player).read_text("utf-8"))
        assert part_id
        score = music_file(folder, "Score")
        text = score.read_text(encoding="utf-8")
        pattern = rf'<part id="{re.escape(part_id[1])}">.*?</part>'
        own = re.search(pattern, text, re.DOTALL)
        assert own
        score.write_text(text.replace(own[0], change(own[0])), encoding="utf-8")

    return both


def file_damages() -> Iterator[Damage]:
    """Faults of the files themselves."""

    def gone(kind: str, player: str) -> Callable[[Path], None]:
        return lambda folder: next(folder.glob(f"*-{player}.{kind}")).unlink()

    for player in ("Horn_1", "Tuba", "Piccolo"):
        for kind in ("pdf", "musicxml"):
            yield Damage(
                f"{kind} missing: {player}", gone(kind, player), frozenset({"missing part"})
            )
            yield Damage(f"{kind} called v3: {player}", _called(kind, player, "-v2-", "-v3-"),
                         frozenset({"version"}))  # fmt: skip
            yield Damage(f"{kind} called 1m02: {player}", _called(kind, player, "-1m01-", "-1m02-"),
                         frozenset({"cue"}))  # fmt: skip
            yield Damage(f"{kind} twice: {player}", _twice(kind, player), frozenset({"two parts"}))

    def exchanged(folder: Path) -> None:
        shutil.copyfile(page_file(folder, "Flute_1"), page_file(folder, "Horn_1"))

    def swapped(kind: str) -> Callable[[Path], None]:
        def do(folder: Path) -> None:
            one, other = (next(folder.glob(f"*-{who}.{kind}")) for who in ("Flute_1", "Horn_1"))
            held = one.read_bytes()
            one.write_bytes(other.read_bytes())
            other.write_bytes(held)

        return do

    def listed(before: str, after: str) -> Callable[[Path], None]:
        def do(folder: Path) -> None:
            path = next(folder.glob("*Print_list.csv"))
            path.write_text(first(before, after)(path.read_text("utf-8")), "utf-8")

        return do

    for kind in ("pdf", "musicxml"):
        yield Damage(f"{kind} exchanged", swapped(kind), frozenset({"player name"}))
    for name, before, after in (
        ("too many copies", "Horn 1,1,", "Horn 1,7,"),
        ("too few desks", r"Violins I,\d+,", "Violins I,1,"),
        ("too many pages", r"Horn 1,1,\d+,", "Horn 1,1,9,"),
        ("row struck off", r"Horn 1,[^\n]*\n", ""),
    ):
        yield Damage(f"print list: {name}", listed(before, after), frozenset({"print list"}))

    yield Damage("pages of another", exchanged, frozenset({"missing part"}))

    def broken(folder: Path) -> None:
        page_file(folder, "Horn_1").write_bytes(b"%PDF-1.4")

    def turned(folder: Path) -> None:
        _paged(page_file(folder, "Horn_1"), lambda document: document[0].set_rotation(180))

    def one_more(folder: Path) -> None:
        size = (648, 864)
        _paged(page_file(folder, "Horn_1"), lambda document: document.new_page(*size))

    yield Damage("page upside down", turned, frozenset({"paper"}))
    yield Damage("empty page", one_more, frozenset({"pages"}))
    yield Damage("no PDF at all", broken, frozenset({"unreadable"}))


def _called(kind: str, player: str, before: str, after: str) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        path = next(folder.glob(f"*-{player}.{kind}"))
        path.rename(path.with_name(path.name.replace(before, after)))

    return do


def _twice(kind: str, player: str) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        path = next(folder.glob(f"*-{player}.{kind}"))
        shutil.copyfile(path, path.with_name(f"copy-{path.name}"))

    return do


def _paged(path: Path, change: Callable[[pypdfium2.PdfDocument], object]) -> None:
    """The pages of a file changed."""
    held = io.BytesIO()
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        change(document)
        document.save(held)
    path.write_bytes(held.getvalue())
