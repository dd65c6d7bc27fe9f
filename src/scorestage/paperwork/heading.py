"""Who stands in a paper's heading: the people of the film by what they do."""

from __future__ import annotations

from scorestage.production import Production

ORDER = (
    *("director", "producer", "picture editor", "composer", "orchestrator", "conductor"),
    *("music editor", "music supervisor", "copyist", "scoring mixer", "re-recording mixer"),
)
"""The roles in the order of a heading; others follow as they are written."""


def people_facts(production: Production) -> tuple[tuple[str, str], ...]:
    """A heading line for each role that somebody has, with all who have it.

    >>> from scorestage.production import Person
    >>> from scorestage.timebase import FRAMES_24
    >>> ada = Person("ada", "Ada Holm", roles=("music editor", "composer"))
    >>> people_facts(Production("Wick", FRAMES_24, people=(ada,)))
    (('Composer', 'Ada Holm'), ('Music editor', 'Ada Holm'))
    """
    named: dict[str, list[str]] = {}
    for person in production.people:
        for role in person.roles:
            named.setdefault(role.lower(), []).append(person.name)
    others = [role for role in named if role not in ORDER]
    ordered = [*(role for role in ORDER if role in named), *others]
    return tuple((role[:1].upper() + role[1:], ", ".join(named[role])) for role in ordered)
