"""The W3C schema of MusicXML 4.0, from the reference material beside the repository."""

from __future__ import annotations

from functools import cache

from lxml import etree
from tests.shared_material import shared


class _Beside(etree.Resolver):
    """Finds the two schemas that the main one imports in the same folder."""

    def resolve(self, url: str, _public: object, context: object) -> object:
        name = url.rpartition("/")[2]
        if name in ("xlink.xsd", "xml.xsd"):
            return self.resolve_filename(str(shared(f"schemas/{name}")), context)
        return None


@cache
def _schema() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_Beside())
    return etree.XMLSchema(etree.parse(str(shared("schemas/musicxml.xsd")), parser))


def faults(content: bytes) -> list[str]:
    """What the schema has against a file; skips the test where there is no schema."""
    schema = _schema()
    schema.validate(etree.fromstring(content))
    return [f"line {entry.line}: {entry.message}" for entry in schema.error_log]
