"""行政区划: which place a division code of six digits names (GB/T 2260), by the table of python-stdnum."""

import re
from functools import lru_cache

from stdnum import numdb

#: A county that was renamed or merged stands with the years of each name: [1982-1985]…,[1986-]….
_YEARS = re.compile(r"\[[0-9]*-?[0-9]*\]")


@lru_cache(maxsize=4096)
def place_of(code: str) -> str:
    """地名: province and county, the latter as it was called last; empty where the table has no such code."""
    if not re.fullmatch(r"[0-9]{6}", code):
        return ""
    named: dict[str, str] = {}
    for _part, properties in numdb.get("cn/loc").info(code):
        named |= properties
    county = _YEARS.split(named.get("county", ""))[-1].strip(",， ")
    return named.get("province", "") + county
