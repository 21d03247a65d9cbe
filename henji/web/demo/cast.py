"""演示账号: the fourteen officers of the county, and who else may be looked through. All are invented."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from henji.accounts.powers import Role

PASSWORD = "yanshi-2016-henji"  # noqa: S105 - open to everybody, for a county that does not exist

#: Where the seconded officers come from.
CLUB = "正定县职工俱乐部工会"

Home = Literal["county", "township", "city", "club"]


@dataclass(frozen=True, slots=True)
class Officer:
    """干部: an account, its role, where the person comes from; those of the club serve the county.

    `items` are the items of the assessment that the person answers for.
    """

    username: str
    name: str
    role: Role
    home: Home = "county"
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Player(Officer):
    """登场人物: an officer as whom one may come in by a button, and what that is good for."""

    does: str | Promise = ""


CAST = (
    Player("wang", "王干事", Role.OFFICER, items=("B06", "B10", "A06"), does=_("导入、登记、存文件")),
    Player("chen", "陈主席", Role.LEADER, items=("B01", "A02"), does=_("看全局，自评签字")),
    Player("sun", "孙经审", Role.AUDITOR, does=_("查每一笔钱、每一条痕迹")),
    Player("zhou", "周管理员", Role.ADMINISTRATOR, does=_("管账号和职务")),
    Player("li", "李干部", Role.BRANCH, "township", does=_("只看得到正定镇")),
    Player("qian", "钱考核员", Role.INSPECTOR, "city", does=_("从市里看本县")),
)

#: With four of the cast seven regular officers, and seven seconded ones in the four groups that go out.
STAFF = (
    Officer("zhao", "赵副主席", Role.LEADER, items=("A01", "A03", "A05", "A07")),
    Officer("wu", "吴干事", Role.OFFICER, items=("B02", "B03")),
    Officer("zheng", "郑干事", Role.OFFICER, items=("B14", "B15")),
    Officer("feng", "冯干事", Role.OFFICER, "club", ("B04", "B05")),
    Officer("chu", "褚干事", Role.OFFICER, "club", ("B07", "B13")),
    Officer("wei", "卫干事", Role.OFFICER, "club", ("B08", "B09")),
    Officer("jiang", "蒋干事", Role.OFFICER, "club", ("B11",)),
    Officer("shen", "沈干事", Role.OFFICER, "club", ("B12",)),
    Officer("han", "韩干事", Role.OFFICER, "club", ("B16",)),
    Officer("yang", "杨干事", Role.OFFICER, "club", ("B17", "A04")),
)

OFFICERS: tuple[Officer, ...] = (*CAST, *STAFF)

#: By item, who answers for it.
ANSWERS = {item: officer.username for officer in OFFICERS for item in officer.items}
