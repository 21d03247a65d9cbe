"""谁进得了哪扇门: a row for every page. A page without one fails `test_access.py`.

To add a page, add a row under its name. The test makes the thing, then knocks as everybody:

    "outreach:visit": Row(of=lambda w: {"pk": w.visit.pk}),          # a page about a thing
    "outreach:visits": Row(shows=lambda w: w.visit.title),           # a list, and a word of the county's own
    "outreach:log": Row(sends=lambda w: {"made_on": "2016-05-20"}),  # a form, and what the insider sends
    "outreach:close": Row(of=…, sends=nothing, reads=None),          # a button: it is only posted to

`w` is the small world of `tests/world.py`; what your room keeps is made there, through commands. Everything
else follows from the page's door: which roles may enter, which may not (403), that whoever is not logged in
is sent to log in, that outsiders of the same role find nothing (404, or a list without the word), and that
nobody but the insider leaves a trace.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

from henji.lib import tags
from henji.members import queries as roster
from henji.members.tests.rosters import number_of, workbook_of
from tests import (
    access_aid,
    access_assessment,
    access_books,
    access_cards,
    access_giving,
    access_mutual_aid,
)
from tests.access_row import EXPORTS, Maker, Row, nothing
from tests.cast import PASSWORD
from tests.world import World

#: Pages without a door: what somebody who is not logged in gets, read and posted.
OPEN: dict[str, tuple[int, int]] = {
    "accounts:login": (200, 200),
    "accounts:logout": (405, 302),
    # Once a county is founded these lead to the workbench, which asks who is there.
    "web:start": (302, 405),
    "web:found": (302, 302),
    "web:founded": (302, 405),
    "web:demo": (405, 302),
    "web:demo_progress": (302, 405),
    # Back to where one was: the workbench, which asks who is there.
    "web:language": (302, 302),
    # Whoever has the link has the key; without it the page says where to get one. Checkers need no account.
    "members:holder": (200, 405),
    "members:checker": (200, 405),
    "members:checking_list": (200, 405),
    "members:checker_worker": (200, 405),
    "members:checker_file": (200, 405),
    # Whoever has the link follows the application; notices in force are for everybody.
    "mutual_aid:my_case": (200, 405),
    "mutual_aid:public_notices": (200, 405),
    # Likewise the list of a drive that an employer's officer fills in; without a link nothing is sent.
    "mutual_aid:roll_by_link": (200, 404),
    # Only the demonstration has it.
    "web:demo_enter": (404, 404),
}


def _file(name: str = "通知.pdf", content: bytes = b"%PDF-1.7 new") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _roster(_world: World) -> dict[str, Any]:
    return {
        "file": _file("花名册.xlsx", workbook_of([("王会员", number_of(9))], ("姓名", "身份证号")).read())
    }


def _backlog(_world: World) -> dict[str, Any]:
    row = {"name": "通知.pdf", "kind": "minutes", "on": "2015-03-01", "title": "记录"}
    management = {"row-TOTAL_FORMS": 1, "row-INITIAL_FORMS": 0}
    return {"attached": [_file()], **management, **{f"row-0-{field}": value for field, value in row.items()}}


def _line(thing: str) -> Maker:
    return lambda w: {"line": getattr(w, thing).line}


def _person(world: World) -> dict[str, Any]:
    return {"key": world.person.pk}


_BUTTON_OF_A_JOB = Row(
    of=lambda w: {"key": w.job.pk},
    sends=nothing,
    reads=None,
    prepares=True,
    post_power="members.roster_imported",
)


ROWS: dict[str, Row] = {
    # web
    "web:workbench": Row(power="unions.see"),
    # Not everybody who sees that something is owed may open what it is about: when it arose tells all.
    "web:duties": Row(shows=lambda w: tags.moment(w.unplaced.made_by.at)),
    "web:search": Row(given=lambda w: w.employer),
    "web:complain": Row(sends=lambda w: {"text": "重复填表", "page": "/"}),
    "web:complaints": Row(shows=lambda w: w.complaint.text),
    "web:backups": Row(
        shows=lambda w: w.backup.facts["digest"],
        sends=lambda w: {"passphrase": "滹沱河边的老槐树开花", "again": "滹沱河边的老槐树开花"},
        posts=200,
        prepares=True,
    ),
    "web:keys": Row(shows=lambda w: w.renewal.by_name, sends=nothing, prepares=True),
    "web:backup": Row(of=lambda w: {"key": w.backup.pk}),
    # accounts
    "accounts:password": Row(
        sends=lambda w: {"old": PASSWORD, "password": "学雷锋-2017-树新风", "again": "学雷锋-2017-树新风"}
    ),
    "accounts:slip": Row(),
    "accounts:users": Row(shows=lambda w: w.user.name),
    "accounts:open": Row(
        sends=lambda w: {"username": "new", "name": "新干事", "home": w.county.pk, "roles": ["officer"]}
    ),
    "accounts:user": Row(of=lambda w: {"pk": w.user.pk}),
    "accounts:give": Row(
        of=lambda w: {"pk": w.user.pk}, sends=lambda w: {"role": "leader", "union": w.county.pk}, reads=None
    ),
    "accounts:reset": Row(of=lambda w: {"pk": w.user.pk}, sends=nothing, reads=None),
    "accounts:suspend": Row(of=lambda w: {"pk": w.user.pk}, sends=nothing, reads=None),
    "accounts:restore": Row(of=lambda w: {"pk": w.user.pk}, sends=nothing, reads=None),
    "accounts:end_post": Row(of=lambda w: {"pk": w.post.pk}, sends=nothing, reads=None),
    # evidence
    "evidence:papers": Row(shows=lambda w: w.paper.title),
    "evidence:keep": Row(
        sends=lambda w: {"attached": [_file()], "kind": "photo", "on": "2016-05-20", "title": "现场"}
    ),
    "evidence:guess": Row(
        sends=lambda w: {"name": "2016-05-20 通知.pdf"}, reads=None, posts=200, prepares=True
    ),
    "evidence:backlog": Row(sends=_backlog),
    "evidence:guess_rows": Row(sends=lambda w: {"name": ["通知.pdf"]}, reads=None, posts=200, prepares=True),
    "evidence:paper": Row(of=lambda w: {"pk": w.paper.pk}),
    "evidence:correct": Row(
        of=lambda w: {"pk": w.paper.pk},
        sends=lambda w: {"kind": "approval", "on": "2016-05-20", "title": "批复", "reason": "选错了种类"},
    ),
    "evidence:file": Row(of=lambda w: {"pk": w.paper.files.get().pk}),
    "evidence:destroy": Row(
        of=lambda w: {"pk": w.minutes.files.get().pk},
        sends=lambda w: {"reason": "本人要求", "typed": "销毁"},
    ),
    "evidence:traces": Row(shows=lambda w: w.trace.pk),
    "evidence:exports": Row(shows=lambda w: w.export.made_by_id),
    "evidence:trace": Row(of=lambda w: {"pk": w.trace.pk}),
    "evidence:erase_title": Row(
        of=lambda w: {"pk": w.minutes.pk}, sends=lambda w: {"reason": "本人要求", "typed": "删除"}
    ),
    "evidence:erase_words": Row(
        of=lambda w: {"pk": w.said.pk}, sends=lambda w: {"reason": "本人要求", "typed": "删除"}
    ),
    # unions
    "unions:tree": Row(shows=lambda w: w.primary.name),
    "unions:found": Row(
        sends=lambda w: {"parent": w.township.pk, "level": "primary", "name": "恒山机械工会"},
    ),
    "unions:union": Row(of=lambda w: {"pk": w.primary.pk}),
    "unions:record": Row(
        of=lambda w: {"pk": w.primary.pk}, sends=lambda w: {"approved_by": "县总工会", "chair_name": "赵主席"}
    ),
    "unions:reveal": Row(
        of=lambda w: {"pk": w.described.pk, "office": "chair"},
        sends=lambda w: {"reason": "通知开会"},
        reads=None,
        posts=200,
    ),
    "unions:close": Row(of=lambda w: {"pk": w.primary.pk}, sends=lambda w: {"closed_on": "2016-05-31"}),
    "unions:reopen": Row(of=lambda w: {"pk": w.closed.pk}, sends=nothing, reads=None),
    "unions:list": Row(shows=lambda w: w.primary.name),
    "unions:employers": Row(shows=lambda w: w.employer.name),
    "unions:register": Row(sends=lambda w: {"name": "恒山机械", "union": w.primary.pk}),
    "unions:employer": Row(of=lambda w: {"pk": w.employer.pk}),
    "unions:correct": Row(
        of=lambda w: {"pk": w.employer.pk},
        sends=lambda w: {"name": "恒山机械", "union": w.primary.pk, "seen": w.employer.made_by_id},
    ),
    "unions:clears": Row(
        of=lambda w: {"pk": w.lone_employer.pk}, sends=lambda w: {"reason": "2", "plan": "八月上门"}
    ),
    "unions:organise": Row(
        of=lambda w: {"pk": w.lone_employer.pk}, sends=lambda w: {"organised_on": "2016-05-31"}
    ),
    # work
    "work:jobs": Row(shows=lambda w: w.job.file_name),
    "work:job": Row(of=lambda w: {"key": w.job.pk}),
    "work:confirm": _BUTTON_OF_A_JOB,
    "work:cancel": _BUTTON_OF_A_JOB,
    "work:again": _BUTTON_OF_A_JOB,
    "work:rows": Row(of=lambda w: {"key": w.job.pk}, power="members.roster_imported", **EXPORTS),
    "work:columns": Row(
        of=lambda w: {"key": w.job.pk},
        sends=lambda w: {"place-0": "name", "place-1": "identity"},
        power="members.roster_imported",
        prepares=True,
    ),
    "work:forget_columns": Row(
        of=lambda w: {"kind": "members.roster"},
        sends=nothing,
        reads=None,
        power="members.roster_imported",
        prepares=True,
        outsiders=302,
    ),
    "work:rejected": Row(of=lambda w: {"key": w.job.pk}, power="members.roster_imported", **EXPORTS),
    "work:hand_in": Row(
        of=lambda w: {"kind": "members.roster"},
        sends=_roster,
        power="members.roster_imported",
        prepares=True,
        outsiders=200,
    ),
    "work:template": Row(of=lambda w: {"kind": "members.roster"}, outsiders=200),
    # members
    "members:list": Row(shows=lambda w: (w.person, "李会员0")[1], **EXPORTS),
    "members:enrol": Row(sends=lambda w: {"name": "赵会员", "identity": number_of(7)}),
    "members:unplaced": Row(shows=lambda w: w.unplaced.name),
    "members:defects": Row(shows=lambda w: (w.person, w.primary.name)[1]),
    "members:composition": Row(),
    "members:chart": Row(of=lambda _w: {"name": "ages"}, outsiders=200, next_township=200),
    "members:four_clears": Row(shows=lambda w: w.employer.name),
    "members:place": Row(
        of=lambda w: {"pk": w.unplaced.pk},
        sends=lambda w: {"employer": w.employer.pk},
        post_power="members.placed",
        township=404,
    ),
    "members:withdraw_placing": Row(
        of=lambda w: {"pk": w.placed.pk}, sends=nothing, reads=None, township=404
    ),
    "members:row": Row(
        of=lambda w: {"key": w.told.person_id, "trace": w.told.made_by_id, "number": w.told.source_row}
    ),
    "members:person": Row(of=lambda w: {"key": w.person.pk}),
    "members:correct": Row(
        of=lambda w: {"key": w.person.pk}, sends=lambda w: {**w.seen(w.person), "name": "李惠员"}
    ),
    "members:reveal": Row(
        of=lambda w: {"key": w.person.pk, "field": "identity"},
        sends=lambda w: {"reason": "电话核对"},
        reads=None,
        posts=200,
    ),
    "members:moves": Row(of=_person),
    "members:leave": Row(of=_person, sends=lambda w: w.turn(w.person)),
    "members:expel": Row(of=_person, sends=lambda w: {**w.turn(w.person), "reason": "长期不参加活动"}),
    "members:record_death": Row(of=_person, sends=lambda w: w.turn(w.person)),
    "members:change_standing": Row(of=_person, sends=lambda w: {**w.turn(w.person), "standing": "retired"}),
    "members:rejoin": Row(of=lambda w: {"key": w.gone.pk}, sends=lambda w: w.turn(w.gone)),
    "members:withdraw_turn": Row(
        of=lambda w: {"key": w.gone.pk},
        sends=lambda w: {"seen": w.membership(w.gone).pk, "reason": "登记错了"},
        reads=None,
    ),
    "members:doubts": Row(shows=lambda w: w.doubt.line, **EXPORTS),
    "members:look_for_doubts": Row(sends=nothing, reads=None),
    "members:doubt": Row(of=_line("doubt"), township=404),
    "members:settle_doubt": Row(of=_line("doubt"), sends=nothing, reads=None, township=404),
    "members:settle_by_moving": Row(
        of=_line("disputed"), sends=lambda _w: {"on": "2016-05-31"}, township=404
    ),
    "members:reopen_doubt": Row(of=_line("settled_doubt"), sends=nothing, reads=None, township=404),
    "members:ask_for_transfer": Row(of=_line("elsewhere"), sends=nothing, reads=None, township=404),
    "members:doubt_row": Row(of=_line("elsewhere"), township=404),
    "members:ask": Row(
        given=lambda w: w.elsewhere, sends=lambda _w: {"name": "近会员", "identity": number_of(950)}
    ),
    "members:decline_asking": Row(of=_line("asked"), sends=lambda _w: {"reason": "仍在本县"}, township=404),
    "members:erase": Row(of=_person, sends=lambda w: {"reason": "本人要求", "typed": "删除"}),
    "members:merge_with": Row(
        of=_person, sends=lambda w: (w.double, {"identity": number_of(81)})[1], prepares=True
    ),
    "members:merge": Row(
        of=lambda w: {"key": w.person.pk, "other": w.double.pk},
        sends=lambda w: {
            "kept": w.person.pk,
            "reason": "同一个人",
            "seen": ".".join(
                f"{card.seen.particulars}.{card.seen.membership}"
                for card in map(roster.card, (w.person, w.double))
            ),
        },
    ),
    "members:unmerge": Row(
        of=lambda w: {"line": w.merger.line}, sends=lambda w: {"reason": "不是同一个人"}, reads=None
    ),
    "members:release": Row(of=_person, sends=lambda w: {**w.turn(w.person), "to": w.township.pk}),
    "members:transfers": Row(shows=lambda w: w.transfer.line, **EXPORTS),
    "members:transfer": Row(of=_line("transfer")),
    "members:accept": Row(of=_line("transfer"), sends=lambda w: {"on": "2016-06-01"}),
    "members:refuse": Row(of=_line("transfer"), sends=lambda w: {"reason": "查无此人"}),
    "members:withdraw_release": Row(of=_line("transfer"), sends=lambda w: {"reason": "转错了"}, reads=None),
    **access_cards.ROWS,
    **access_mutual_aid.ROWS,
    **access_books.ROWS,
    **access_aid.ROWS,
    **access_giving.ROWS,
    **access_assessment.ROWS,
}


def pages(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> dict[str, Callable[..., Any]]:
    """Every page of the house by its full name, with its view."""
    found: dict[str, Callable[..., Any]] = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            found[":".join([*spaces, pattern.name or str(pattern.pattern)])] = pattern.callback
        else:
            found |= pages(pattern, (*spaces, *filter(None, [pattern.namespace])))
    return found
