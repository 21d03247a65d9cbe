"""晚了一步: two officers fill in one form. Whoever sends it second loses nothing that they typed.

What the other changed stands beside it, and sending it again keeps both. A new form about what others may
change meanwhile is a `henji.lib.rebasing.SharedForm`, and has its row here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.urls import reverse

from henji.accounts.powers import POWERS, Role
from henji.evidence import forms as evidence
from henji.lib.rebasing import SharedForm
from henji.members import forms as members
from henji.mutual_aid import forms as mutual_aid
from henji.unions import forms as unions
from tests.access import ROWS, pages
from tests.world import World

WHY = {"reason": "抄错"}
DAY = {"on": "2016-05-20"}
STARTED = {"start_on": "2015-04-01"}


@dataclass(frozen=True, kw_only=True)
class Late:
    """两人同填: the page, what the first changes, what the second types, and is then told."""

    page: str
    first: dict[str, str]
    second: dict[str, str]
    told: str
    #: The page on which the first is quicker, and the one on which the form stands, where they are others.
    elsewhere: str = ""
    stands_on: str = ""


def _turn(page: str, **second: str) -> Late:
    told = "入会日期由“2015-03-01”改为“2015-04-01”"
    return Late(page=page, elsewhere="members:correct", first=STARTED, second={**DAY, **second}, told=told)


#: Forms that others build upon.
BASES = {mutual_aid.SeenForm, members.TurnForm}
LATE: dict[type[forms.Form], Late] = {
    unions.CorrectEmployerForm: Late(
        page="unions:correct",
        first={"address": "常山东路 1 号"},
        second={"workers": "80", "women": "30"},
        told="别人刚由“—”改为“常山东路 1 号”",
    ),
    unions.RecordForm: Late(
        page="unions:record",
        first={"approved_by": "县总工会"},
        second={"chair_name": "赵主席"},
        told="别人刚由“—”改为“县总工会”",
    ),
    unions.ClearsForm: Late(
        page="unions:clears", first={"plan": "六月上门"}, second={"plan": "八月上门"}, told="，上面是您填的"
    ),
    members.CorrectForm: Late(
        page="members:correct",
        first=STARTED,
        second={"name": "李惠员"},
        told="别人刚由“2015-03-01”改为“2015-04-01”",
    ),
    members.LeaveForm: _turn("members:leave", reason="调往外地"),
    members.ExpelForm: _turn("members:expel", reason="长期不参加活动"),
    members.StandingForm: _turn("members:change_standing", standing="retired"),
    members.RejoinForm: _turn("members:rejoin", on="2016-06-01"),
    members.ReleaseForm: _turn("members:release", reason="调动"),
    members.MergeForm: Late(
        page="members:merge", elsewhere="members:correct", first=STARTED, second=WHY, told="2015-04-01"
    ),
    members.WithdrawTurnForm: Late(
        page="members:withdraw_turn",
        stands_on="members:moves",
        elsewhere="members:correct",
        first=STARTED,
        second=WHY,
        told="这条记录刚被别人更正过",
    ),
    mutual_aid.CorrectDriveForm: Late(
        page="mutual_aid:correct_drive",
        first={"name": "一日捐", **WHY},
        second={"collects_to": "2016-06-30", **WHY},
        told="别人刚由“2016年一日捐”改为“一日捐”",
    ),
    mutual_aid.CorrectDonationForm: Late(
        page="mutual_aid:correct_donation",
        first={"receipt": "收9", **WHY},
        second={"amount_yuan": "80", **WHY},
        told="别人刚由“收0”改为“收9”",
    ),
    mutual_aid.WithdrawForm: Late(
        page="mutual_aid:withdraw_donation",
        elsewhere="mutual_aid:correct_donation",
        first={"amount_yuan": "80", **WHY},
        second={"reason": "重复登记"},
        told="¥80.00",
    ),
    mutual_aid.DonorForm: Late(
        page="mutual_aid:name_donor",
        elsewhere="mutual_aid:correct_donation",
        first={"amount_yuan": "80", **WHY},
        second={"person": "other"},
        told="¥80.00",
    ),
    mutual_aid.CorrectAidForm: Late(
        page="mutual_aid:correct_aid",
        first={"voucher": "凭9", **WHY},
        second={"paid_yuan": "2000", **WHY},
        told="别人刚由“凭0”改为“凭9”",
    ),
    mutual_aid.CorrectSubsidyForm: Late(
        page="mutual_aid:correct_subsidy",
        first={"voucher": "补9", **WHY},
        second={"granted_yuan": "400000", **WHY},
        told="别人刚由“补0”改为“补9”",
    ),
    evidence.CorrectPaperForm: Late(
        page="evidence:correct",
        first={"number": "正工字〔2016〕9号", **WHY},
        second={"title": "批复", **WHY},
        told="改为“正工字〔2016〕9号”",
    ),
}
#: What the world has to say before a page can be sent.
CHOICES: dict[str, Any] = {
    "members:release": lambda w: {"to": str(w.township.pk)},
    "members:merge": lambda w: {"kept": str(w.person.pk)},
}


class Filled(HTMLParser):
    """填好的表: what a browser would send from the form in the middle of a page, and whither."""

    def __init__(self, page: str, url: str) -> None:
        super().__init__()
        self.url, self.values = url, defaultdict[str, list[str]](list)
        self._inside, self._choice, self._text = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down what it holds."""
        said = dict(attrs)
        name, value = said.get("name") or self._choice, said.get("value") or ""
        match tag:
            case "main":
                self._inside = True
            case "form" if self._inside and said.get("action"):
                self.url = said["action"] or ""
            case "select":
                self._choice = name
            case "option" if self._inside and "selected" in said:
                self.values[name].append(value)
            case "textarea":
                self._text = name
            case "input" if self._inside and name:
                if said.get("type") not in {"radio", "checkbox"} or "checked" in said:
                    self.values[name].append(value)

    def handle_endtag(self, tag: str) -> None:
        """Whatever ends."""
        self._inside = self._inside and tag != "main"
        self._choice = "" if tag == "select" else self._choice
        self._text = "" if tag == "textarea" else self._text

    def handle_data(self, data: str) -> None:
        """What stands in a box of several lines."""
        if self._inside and self._text:
            self.values[self._text].append(data)


@pytest.fixture
def world(county, township, appoint):
    """A county with whatever is asked for."""
    return World(county, township, appoint)


def test_every_form_that_can_be_too_late_has_a_row():
    assert set(_below(SharedForm)) - BASES == set(LATE)


def _below(kind: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


@pytest.mark.parametrize("late", LATE.values(), ids=[kind.__name__ for kind in LATE])
def test_whoever_comes_second_loses_nothing(late, world, county, appoint, client_of):
    where = ROWS[late.page].of(world)
    elsewhere = {name: where[name] for name in ROWS[late.elsewhere].of(world)} if late.elsewhere else where
    url, quicker = reverse(late.page, kwargs=where), reverse(late.elsewhere or late.page, kwargs=elsewhere)
    power = pages()[late.page].power
    role = next(role for role in (Role.OFFICER, Role.LEADER) if power in POWERS[role])
    client = client_of(appoint("两人", role, county))
    second = late.second | CHOICES.get(late.page, lambda _w: {})(world)

    stands = reverse(late.stands_on, kwargs=where) if late.stands_on else url
    begun = Filled(client.get(stands).content.decode(), url)
    first = Filled(client.get(quicker).content.decode(), quicker)
    assert client.post(quicker, {**first.values, **late.first}).status_code == 302

    answer = client.post(begun.url, {**begun.values, **second})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert late.told in page
    again = Filled(page, url)
    typed = (late.first if not late.elsewhere else {}) | second
    assert {name: again.values[name] for name in typed} == {name: [value] for name, value in typed.items()}

    assert client.post(again.url, again.values).status_code == 302
