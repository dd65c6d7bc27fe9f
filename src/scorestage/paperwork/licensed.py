"""Licensed music on paper: whose it is, and how far each right is cleared."""

from __future__ import annotations

from scorestage.production import NOT_NEEDED, Licence, Production


def names_in(text: str) -> tuple[str, ...]:
    """The names in a field of a licence, parted by semicolons."""
    return tuple(name.strip() for name in text.split(";") if name.strip())


def licence_words(licence: Licence) -> tuple[str, ...]:
    """A licence in lines: the work, who owns it, the two rights, and the terms.

    >>> licence_words(Licence("cue001", "Clair de lune", "Vera Lind", "C. Debussy", sync="asked"))
    ('licensed: “Clair de lune”, Vera Lind', 'written by C. Debussy', 'sync asked, master to ask')
    """
    by = f", {licence.artist}" if licence.artist else ""
    owned = [
        f"{words} {', '.join(names_in(names))}"
        for words, names in (
            ("written by", licence.writer),
            ("published by", licence.publisher),
            ("master", licence.master),
        )
        if names
    ]
    master = "no recording needed" if licence.master_use == NOT_NEEDED else licence.master_use
    rights = f"sync {licence.sync}, master {master}"
    terms = [
        f"{words} {text}" if words else text
        for words, text in (
            ("for", licence.territory),
            ("", licence.term),
            ("in", licence.media),
            ("fee", licence.fee),
            ("", licence.note),
        )
        if text
    ]
    lines = [f"licensed: “{licence.work}”{by}", "; ".join(owned), rights, ", ".join(terms)]
    return tuple(line for line in lines if line)


def uncleared(production: Production) -> tuple[str, ...]:
    """The licences without which the film cannot be shown yet."""
    found = []
    for cue in production.cues:
        licence = production.licence(cue.id)
        if licence is not None and not licence.is_cleared:
            found.append(f"{cue.number}: “{licence.work}” is not cleared ({_open(licence)})")
    return tuple(found)


def _open(licence: Licence) -> str:
    return f"sync {licence.sync}, master {licence.master_use}"
