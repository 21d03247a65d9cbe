"""查人: one person among many, by everything that officers type; prints one line of JSON.

python -m bench.finding MEMBERS

All of them are members of one county: nothing narrows the search. Persons, particulars and memberships are
written straight into the tables; what they hold is closed and derived as commands do it.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "henji.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.roster import FIRMS, TOWNSHIPS  # noqa: E402
from henji.accounts import commands as accounts  # noqa: E402
from henji.evidence.keys import vault  # noqa: E402
from henji.lib import bulk, identity, ids  # noqa: E402
from henji.lib.actors import INSTALLER  # noqa: E402
from henji.lib.reach import Reach  # noqa: E402
from henji.members import finding, queries  # noqa: E402
from henji.members.derived import derived  # noqa: E402
from henji.members.models import Membership, Particulars, Person  # noqa: E402
from henji.unions import commands as unions  # noqa: E402
from henji.unions.commands import EmployerLine  # noqa: E402
from henji.unions.models import Employer, Union  # noqa: E402

PART = 20_000
MOST = 10
ASKED = 100
#: Days of birth; a prime that leads through all of them and all serial numbers.
DAYS, SCATTER = 14_000, 9_999_991
#: Surnames as often as they are, in thousandths; one in five of the others.
SURNAMES = (
    *(("王", 72), ("李", 72), ("张", 68), ("刘", 54), ("陈", 45), ("杨", 31), ("赵", 23), ("黄", 22)),
    *(("周", 21), ("吴", 20), ("徐", 17), ("孙", 15), ("胡", 13), ("朱", 13), ("高", 12), ("林", 12)),
    *(("何", 12), ("郭", 11), ("马", 11), ("罗", 9), ("梁", 8), ("宋", 8), ("郑", 8), ("谢", 8)),
    *(("韩", 7), ("唐", 7), ("冯", 6), ("于", 6), ("董", 6), ("萧", 6), ("曾", 5), ("程", 5)),
    *(("曹", 5), ("袁", 5), ("邓", 5), ("许", 5), ("傅", 5), ("沈", 5), ("吕", 5), ("欧阳", 1)),
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志红玉兰文辉春梅海燕金凤云飞鹏宇浩然子轩"
    "梓涵欣怡雨婷佳琪思雅晓雪丹宁波斌彬凯龙虎林森鑫淼炎坤乾坚山川江河湖泉清源洁冰霜露雷电虹星辰月阳"
)


def found() -> Union:
    """A county with its employers."""
    call_command("migrate", verbosity=0)
    signed = {"by": INSTALLER, "at": timezone.now()}
    county = unions.found_county(code="130123", name="正定县总工会", **signed)
    lines = [
        EmployerLine(name=firm, township=TOWNSHIPS[place % len(TOWNSHIPS)], union=f"{firm}工会")
        for place, firm in enumerate(FIRMS)
    ]
    unions.import_employers(county=county, lines=lines, source="", **signed)
    return county


def numbers(count: int) -> Iterator[str]:
    """So many different valid numbers, their last places as scattered as those of real ones."""
    for place in range(count):
        serial, day = divmod(place * SCATTER % (DAYS * 1000), DAYS)
        first = f"130199{date(1958, 1, 1) + timedelta(days=day):%Y%m%d}{serial:03d}"
        yield first + identity.check_digit(first)


def told(count: int) -> Iterator[dict[str, str]]:
    """What is known of so many people, the same at every run."""
    chance = random.Random(20160601)
    surnames, weights = zip(*SURNAMES, strict=True)
    called = chance.choices(surnames, weights, k=count)
    for surname, number in zip(called, numbers(count), strict=True):
        given = "".join(chance.choices(GIVEN, k=1 if chance.random() < 0.15 else 2))
        yield {"name": surname + given, "identity": number, "phone": f"199{chance.randrange(10**8):08d}"}


def fill(county: Union, count: int) -> None:
    """So many members, in parts."""
    at, places = timezone.now(), list(Employer.objects.select_related("union", "township", "county"))
    numbered = ids.series(at)
    everybody = told(count)
    common = {"county_id": county.pk, "made_by_id": county.made_by_id}
    version = {**common, "known_from": at}
    make_person, make_particulars, make_membership = map(bulk.maker, (Person, Particulars, Membership))
    for first in range(0, count, PART):
        persons, particulars, memberships = [], [], []
        for place in range(first, min(first + PART, count)):
            values = next(everybody)
            sealed, pk, employer = vault().seal(values), next(numbered), places[place % len(places)]
            persons.append(make_person({**common, "id": pk, "key": sealed.key}))
            closed = {"box": sealed.box, "name": values["name"], **derived(values)._asdict()}
            index = queries.blind_identity(values["identity"])
            particulars.append(
                make_particulars({**version, **closed, "line": pk, "person_id": pk, "id_index": index})
            )
            joined = {"union_id": employer.home.pk, "employer_id": employer.pk, "start_on": date(2010, 1, 1)}
            memberships.append(
                make_membership({**version, **joined, "line": next(numbered), "person_id": pk})
            )
        with transaction.atomic():
            bulk.insert(Person, persons)
            bulk.insert(Particulars, particulars)
            bulk.insert(Membership, memberships)


def asked(person: Particulars) -> dict[str, str]:
    """What officers type to find the person."""
    values, syllables = queries.opened(person), person.pinyin.split()
    employer = Membership.objects.get(person=person.person_id).where
    return {
        "name": person.name,
        "name_beginning": person.name[:-1],
        "given_name": person.name[1:],
        "pinyin": "".join(syllables),
        "pinyin_beginning": "".join(syllables)[:-2],
        "pinyin_mixed": syllables[0] + person.initials[1:],
        "initials": person.initials,
        "identity_last_four": values["identity"][-4:],
        "identity_last_six": values["identity"][-6:],
        "identity": values["identity"],
        "phone_last_four": values["phone"][-4:],
        "phone": values["phone"],
        "name_and_employer": f"{person.name[:1]} {employer[3:5]}",
    }


#: What names one person alone, who must then be found.
TELLING = ("identity", "phone", "identity_last_six")


def times(reach: Reach, persons: list[Particulars]) -> dict[str, list[float]]:
    """Milliseconds of each question, by its kind."""
    took: dict[str, list[float]] = {}
    for person in persons:
        for kind, words in asked(person).items():
            began = time.perf_counter()
            rows = finding.found(reach, words, MOST)
            took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
            assert rows, (kind, words)
            assert kind not in TELLING or person in rows, (kind, words)
    return took


def letters(persons: list[Particulars]) -> Iterator[str]:
    """Every state of the search box while names and their pinyin are typed."""
    for person in persons:
        for words in (person.name, person.pinyin.replace(" ", ""), person.initials):
            yield from (words[:end] for end in range(1, len(words) + 1))


def page_of(county: Union) -> Callable[[str], None]:
    """What the search box asks for, as an officer's browser does."""
    signed = {"by": INSTALLER, "at": timezone.now()}
    opened = accounts.open_account(username="bench", name="测速", home=county, roles=["officer"], **signed)
    user = accounts.change_password(user=opened.user, password="cesu-2016-henji", **signed)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page(words: str) -> None:
        answer = client.get("/search/", {"q": words}, headers={"HX-Request": "true", "HX-Target": "found"})
        assert answer.status_code == 200, answer.status_code

    return page


def timed(work: Callable[[str], object], words: list[str]) -> list[float]:
    """Milliseconds of each."""
    took = []
    for one in words:
        began = time.perf_counter()
        work(one)
        took.append((time.perf_counter() - began) * 1000)
    return took


def measure(members: int) -> dict:
    """Medians over all kinds of question, and of each."""
    county = found()
    began = time.perf_counter()
    fill(county, members)
    filled = time.perf_counter() - began
    reach = Reach(
        INSTALLER, frozenset({county.pk}), (county.path,), frozenset({"unions.whole_county"}), county.pk
    )
    chance = random.Random(1)
    rows = Particulars.objects.select_related("person")
    persons = [rows.get(pk=chance.randrange(1, members + 1)) for _person in range(ASKED)]
    took = times(reach, persons)
    typed = timed(lambda words: finding.found(reach, words, MOST), list(letters(persons[:20])))
    page = page_of(county)
    page("王")
    pages = timed(page, [words for person in persons[:20] for words in asked(person).values()])
    every = [one for kind in took.values() for one in kind]
    return {
        "members": members,
        "filled_s": filled,
        "find_ms": statistics.median(every),
        "find_slowest_twentieth_ms": statistics.quantiles(every, n=20)[-1],
        "find_each_ms": {kind: statistics.median(each) for kind, each in took.items()},
        "find_while_typing_ms": statistics.median(typed),
        "find_while_typing_slowest_ms": max(typed),
        "find_page_ms": statistics.median(pages),
    }


def main() -> None:
    print(json.dumps(measure(int(sys.argv[1])), ensure_ascii=False))


if __name__ == "__main__":
    main()
