"""组织代码表: the lists of codes by which unions and employers are described."""

from pathlib import Path

from henji.lib.codelists import CodeList, read

_SHIPPED = Path(__file__).with_name("code_lists")


def _list(name: str) -> CodeList:
    return read(_SHIPPED / f"{name}.yaml")


INDUSTRY = _list("industry")
UNIT_TYPE = _list("unit_type")
INSTITUTION = _list("institution")
HOME_LEVEL = _list("home_level")
UNION_STATUS = _list("union_status")
NO_UNION_REASON = _list("no_union_reason")
ROLE_PLAYED = _list("role_played")
OFFICE_TIME = _list("office_time")
