"""The head of the file: titles, creators, rights, and what only we can read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scorestage.adapters.formats.musicxml.names import SOFTWARE, text
from scorestage.adapters.formats.musicxml.trees import inside, sign_xml
from scorestage.music import Sign

_SUPPORTS = "".join(
    f'<supports element="{element}" type="yes"/>' for element in ("accidental", "beam")
)


@dataclass(frozen=True, slots=True)
class Header:
    """Titles, the first composer, and `others` as a reader found them."""

    title: str
    subtitle: str
    composer: str
    others: tuple[Sign, ...] = ()

    def _named(self, name: str) -> list[Sign]:
        return [one for one in self.others if one.name == name]

    def lines(self, fields: Mapping[str, str]) -> Iterator[str]:
        """Work, movement and identification, in the schema's order."""
        number = self._named("work-number")[:1]
        title = f"<work-title>{text(self.title)}</work-title>" if self.title else ""
        if number or title:
            yield f"<work>{inside(number)}{title}</work>"
        yield from map(sign_xml, self._named("movement-number")[:1])
        if self.subtitle:
            yield f"<movement-title>{text(self.subtitle)}</movement-title>"
        first = f'<creator type="composer">{text(self.composer)}</creator>' if self.composer else ""
        own = "".join(
            f'<miscellaneous-field name="{name}">{text(told)}</miscellaneous-field>'
            for name, told in fields.items()
        )
        kept = "".join(inside(one.inner) for one in self._named("miscellaneous"))
        told = f"<miscellaneous>{own}{kept}</miscellaneous>" if own or kept else ""
        yield (
            f"<identification>{first}{inside(self._named('creator'))}"
            f"{inside(self._named('rights'))}"
            f"<encoding><software>{SOFTWARE}</software>{_SUPPORTS}</encoding>"
            f"{inside(self._named('source')[:1])}{inside(self._named('relation'))}{told}"
            "</identification>"
        )
