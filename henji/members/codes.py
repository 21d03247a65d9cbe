"""会员代码表: the lists of codes by which members are described."""

from pathlib import Path

from henji.lib.codelists import CodeList, read

_SHIPPED = Path(__file__).with_name("code_lists")


def _list(name: str) -> CodeList:
    return read(_SHIPPED / f"{name}.yaml")


ETHNICITY = _list("ethnicity")
POLITICS = _list("politics")
EDUCATION = _list("education")
HUKOU = _list("hukou")
EMPLOYMENT = _list("employment")
CONTRACT = _list("contract")
SKILL = _list("skill")
JOIN_WAY = _list("join_way")
CONFIRMED = _list("confirmed")
YES_NO = _list("yes_no")
