"""小世界与别的县: members that another county holds, and those whom another county asks for."""

from functools import cached_property
from typing import Any

from henji.lib.actors import INSTALLER
from henji.members import commands as members
from henji.members.models import Doubt, Person
from henji.members.tests.rosters import number_of, workbook_of
from henji.unions import commands as unions
from henji.unions.models import Union
from henji.work.models import Job
from tests.cast import AT

SIGNED: dict[str, Any] = {"by": INSTALLER, "at": AT}


class Asking:
    """别的县 beside the small world, and what the two ask of each other."""

    county: Union
    township: Union

    def make_person(self, n: int) -> Person:
        raise NotImplementedError

    def _checked(self, kind: str, source: Any, name: str) -> Job:
        raise NotImplementedError

    def _confirmed(self, job: Job) -> None:
        raise NotImplementedError

    @cached_property
    def far(self) -> Union:
        """Another county of the city, of which nobody in these tests is an officer."""
        return unions.found_county(code="130139", name="无极县总工会", **SIGNED)

    @cached_property
    def elsewhere(self) -> Doubt:
        """A roster's row whose number another county holds."""
        number = number_of(950)
        members.enrol(county=self.far, name="远会员", identity=number, **SIGNED)
        row = ("近会员", number, "", "", "", "", "")
        self._confirmed(self._checked("members.roster", workbook_of([row]), "别县的人.xlsx"))
        return Doubt.objects.known().get(kind="elsewhere", county=self.county)

    @cached_property
    def disputed(self) -> Doubt:
        """A roster puts a member of the employer under another union of the county."""
        self.make_person(952)
        row = ("李会员952", number_of(952), "", self.township.name, "", "", "")
        self._confirmed(self._checked("members.roster", workbook_of([row]), "别的工会.xlsx"))
        return Doubt.objects.known().get(kind="union", county=self.county)

    @cached_property
    def asked(self) -> Doubt:
        """Another county asks for a member of this one."""
        self.make_person(951)
        return members.ask_for(county=self.far, name="李会员951", identity=number_of(951), **SIGNED)
