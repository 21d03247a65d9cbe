"""小世界的救助方案: a published scheme and a draft, made through commands when a test first asks for one."""

from henji.mutual_aid.schemes import commands, reading
from henji.mutual_aid.schemes.models import PublishedScheme, SchemeDraft
from tests.world import SIGNED, World

#: A word that only the county's own scheme has.
NAME = "滹沱河畔救助方案"


def _text(version: str) -> str:
    name = reading.read(reading.reference()).name
    return reading.reference().replace('"2016.1"', f'"{version}"').replace(name, NAME, 1)


def make_scheme(world: World, n: int = 0) -> PublishedScheme:
    """方案 of the county."""
    return commands.publish_scheme(county=world.county, text=_text(f"2016.{n + 1}"), **SIGNED)


def make_scheme_draft(world: World, n: int = 0) -> SchemeDraft:
    """草稿 of the county."""
    return commands.begin_draft(county=world.county, text=_text(f"d{n}"), **SIGNED)


def scheme_of(world: World) -> PublishedScheme:
    """方案: the county's first."""
    held = PublishedScheme.objects.filter(county=world.county).order_by("pk")
    return held.first() or make_scheme(world)


def draft_of(world: World) -> SchemeDraft:
    """草稿: the county's first."""
    held = SchemeDraft.objects.filter(county=world.county).order_by("pk")
    return held.first() or make_scheme_draft(world)
