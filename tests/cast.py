"""登场人物: the county and its people, made through commands at a fixed instant.

    def test_an_officer_registers_an_employer(county, officer, actor, at):
        employer = commands.register_employer(county=county, name="常山纺织", by=actor(officer), at=at)

    def test_the_outsider_finds_nothing(client_of, outsider):
        assert client_of(outsider).get("/unions/1/").status_code == 404

Each one is made when a test first asks; who is not asked for is not there.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.timezone import localdate

from henji.accounts import commands as accounts
from henji.accounts import queries
from henji.accounts.models import User
from henji.accounts.powers import Role
from henji.lib.actors import INSTALLER, Actor
from henji.lib.reach import Reach
from henji.unions import commands as unions
from henji.unions.models import Level, Union

#: 六一, a Wednesday morning: when everything of the cast was recorded.
AT = datetime(2016, 6, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
#: The password of everybody.
PASSWORD = "每天走访两家企业-2016"

Appoint = Callable[[str, str, Union], User]


@pytest.fixture
def at() -> datetime:
    """此刻: the instant at which the cast was made, for deeds of the test itself."""
    return AT


@pytest.fixture
def county(db: None) -> Union:
    """正定县总工会, with its city's and its province's federation above it."""
    return unions.found_county(code="130123", name="正定县总工会", by=INSTALLER, at=AT)


@pytest.fixture
def neighbour(county: Union) -> Union:
    """邻县总工会: another county of the same city."""
    return unions.found_county(code="130121", name="井陉县总工会", by=INSTALLER, at=AT)


@pytest.fixture
def city(county: Union) -> Union:
    """市总工会: what stands above the county."""
    assert county.parent is not None
    return county.parent


@pytest.fixture
def township(county: Union) -> Union:
    """乡镇总工会 of the county."""
    return unions.found_union(parent=county, level=Level.TOWNSHIP, name="新安镇总工会", by=INSTALLER, at=AT)


@pytest.fixture
def appoint(db: None) -> Appoint:
    """Make a user with a post: `appoint("李干事", Role.OFFICER, county)`."""
    return _appoint


def _appoint(name: str, role: str, union: Union) -> User:
    """An account whose one-time password has been changed to PASSWORD."""
    opened = accounts.open_account(username=name, name=name, home=union, roles=[role], by=INSTALLER, at=AT)
    user = opened.user
    return accounts.change_password(user=user, password=PASSWORD, by=user.as_actor(), at=AT)


@pytest.fixture
def administrator(county: Union) -> User:
    """赵管理员 of the county."""
    return _appoint("赵管理员", Role.ADMINISTRATOR, county)


@pytest.fixture
def leader(county: Union) -> User:
    """陈主席 of the county."""
    return _appoint("陈主席", Role.LEADER, county)


@pytest.fixture
def officer(county: Union) -> User:
    """王干事 of the county."""
    return _appoint("王干事", Role.OFFICER, county)


@pytest.fixture
def auditor(county: Union) -> User:
    """钱经审 of the county."""
    return _appoint("钱经审", Role.AUDITOR, county)


@pytest.fixture
def inspector(city: Union) -> User:
    """孙考核员 of the city, who looks into every county below."""
    return _appoint("孙考核员", Role.INSPECTOR, city)


@pytest.fixture
def branch_officer(township: Union) -> User:
    """周干部 of a township's union, who sees the township only."""
    return _appoint("周干部", Role.BRANCH, township)


@pytest.fixture
def outsider(neighbour: Union) -> User:
    """外人: an officer of the neighbour county."""
    return _appoint("外人", Role.OFFICER, neighbour)


@pytest.fixture
def reach_of() -> Callable[[User], Reach]:
    """权限范围 of a user, as the pages would decide it."""
    return _reach_of


@pytest.fixture
def actor() -> Callable[[User], Actor]:
    """经办人: the value with which a user signs deeds."""
    return lambda user: _reach_of(user).actor


def _reach_of(user: User) -> Reach:
    return queries.reach_of(user, today=localdate(AT))


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which the user is logged in."""
    return _client_of


def _client_of(user: User) -> Client:
    client = Client()
    # Named, because the first backend only locks out; it knows nobody.
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
