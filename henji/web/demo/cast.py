"""演示账号: who may be looked through in the demonstration. Everybody here is invented."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from henji.accounts.powers import Role

PASSWORD = "yanshi-2016-henji"  # noqa: S105 - open to everybody, for a county that does not exist


@dataclass(frozen=True, slots=True)
class Player:
    """登场人物: an account of the demonstration, where its post is, and what it is good for."""

    username: str
    name: str
    role: Role
    home: Literal["county", "township", "city"]
    does: str | Promise


CAST = (
    Player("wang", "王干事", Role.OFFICER, "county", _("导入、登记、存文件")),
    Player("chen", "陈主席", Role.LEADER, "county", _("看全局，自评签字")),
    Player("sun", "孙经审", Role.AUDITOR, "county", _("查每一笔钱、每一条痕迹")),
    Player("zhou", "周管理员", Role.ADMINISTRATOR, "county", _("管账号和职务")),
    Player("li", "李干部", Role.BRANCH, "township", _("只看得到正定镇")),
    Player("qian", "钱考核员", Role.INSPECTOR, "city", _("从市里看本县")),
)
