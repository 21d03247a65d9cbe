"""Each rule of the house is shown what breaks it, and what keeps it: a check that cannot fail is none."""

from pathlib import Path
from textwrap import dedent

import pytest
from django.db import models
from django.test.utils import isolate_apps

from henji.evidence.models import Trace
from henji.lib.fields import YuanField
from henji.unions.models import Union
from tests import test_house
from tests.house import commands, floors, nouns, purity, speech, templates, words
from tests.house.source import Module
from tests.house.templates import Template

GOOD = {
    "commands": '''
        """Deeds."""

        @transaction.atomic
        def log_visit(*, employer: Employer, made_on: date, by: Actor, at: datetime) -> Visit:
            """走访登记: write down a visit that has taken place."""
            rules.must_have_happened(made_on, today=localdate(at))
            visit = Visit.objects.create(employer=employer, made_on=made_on)
            _leave(visit, by, at)
            return visit


        def _leave(visit, by, at):
            traces.leave(Deed.LOGGED, id=traces.new_id(at), subject=visit, by=by, at=at, on=visit.made_on)
    ''',
    "rules": '''
        """Judgments."""

        class VisitInFuture(Refusal):
            """走访在将来."""


        def may_visit(reach: Reach) -> bool:
            """Whether."""
            return reach.may("outreach.logged")


        def must_have_happened(day: date, *, today: date) -> None:
            """Raise VisitInFuture."""
            if day > today:
                raise VisitInFuture(_("日期还没有到"))
    ''',
    "views": '''
        """Pages."""

        @door("outreach.logged", "POST")
        def log(request: Request) -> HttpResponse:
            """Log a visit."""
            at = clock.now()
            counts.update({"a": 1})
            commands.log_visit(by=request.reach.actor, at=at)
            return redirect("outreach:visits")
    ''',
    "models": '''
        """Nouns."""

        class Visit(models.Model):
            """走访."""

            made_on = models.DateField(_("日期"))
            title = models.CharField(verbose_name=_("标题"))
    ''',
    "offers": '''
        """What others may ask."""

        @indicator(gettext_lazy("走访率"))
        def visit_rate(scope: Scope) -> Figures:
            """走访率: visited / all."""
            return {}
    ''',
}

BAD = [
    (commands.a_command_is_atomic, "commands", "def log(*, by: Actor, at: datetime): traces.leave()"),
    (
        commands.a_command_is_atomic,
        "commands",
        "@atomic_somehow\ndef log(*, by: Actor, at: datetime): traces.leave()",
    ),
    (commands.a_command_takes_keywords_only, "commands", "def log(visit, *, by, at): ..."),
    (commands.a_command_takes_keywords_only, "commands", "def log(visit, /, *, by, at): ..."),
    (commands.a_command_takes_keywords_only, "commands", "def log(*visits, by, at): ..."),
    (commands.a_command_takes_keywords_only, "commands", "def log(*, by, at, **more): ..."),
    (commands.a_command_is_signed_and_dated, "commands", "def log(*, at: datetime): ..."),
    (commands.a_command_is_signed_and_dated, "commands", "def log(*, by: Actor): ..."),
    (commands.a_command_is_signed_and_dated, "commands", "def log(*, by: User, at: datetime): ..."),
    (commands.a_command_is_signed_and_dated, "commands", "def log(*, by: Actor, at: date): ..."),
    (commands.a_command_leaves_one_trace, "commands", "def log(): ..."),
    (commands.a_command_leaves_one_trace, "commands", "def log():\n traces.leave()\n traces.leave()"),
    (commands.a_command_leaves_one_trace, "commands", "def log():\n for v in visits: traces.leave()"),
    (commands.a_command_leaves_one_trace, "commands", "def log():\n [traces.leave() for v in visits]"),
    (commands.a_command_leaves_one_trace, "commands", "def log():\n if same: return held\n traces.leave()"),
    (
        commands.a_command_leaves_one_trace,
        "commands",
        "def log():\n _all()\ndef _all():\n while True: _one()\ndef _one(): traces.leave()",
    ),
    (
        commands.a_command_leaves_one_trace,
        "commands",
        "def log():\n traces.leave()\n _leave()\ndef _leave(): traces.leave()",
    ),
    (commands.a_command_calls_no_command, "commands", "def log(): close()\ndef close(): ..."),
    (commands.a_command_calls_no_command, "commands", "def log(): _close()\ndef _close(): log()"),
    (commands.a_command_calls_no_command, "commands", "from henji.unions import commands"),
    (commands.a_command_calls_no_command, "commands", "from henji.unions.commands import found_union"),
    (commands.a_command_calls_no_command, "commands", "import henji.unions.commands"),
    (commands.a_view_does_one_deed, "views", "def log(r):\n commands.log()\n unions.commands.found_union()"),
    (purity.only_commands_write, "views", "Visit.objects.create(name=name)"),
    (purity.only_commands_write, "forms", "visit.save()"),
    (purity.only_commands_write, "queries", "Visit.objects.filter(pk=1).update(name=name)"),
    (purity.only_commands_write, "rules", "held().delete()"),
    (purity.only_commands_write, "offers", "Visit.objects.bulk_create(visits)"),
    (purity.only_commands_write, "tables", "Visit.objects.get_or_create(name=name)"),
    (purity.only_commands_write, "admin", "async def f(): await Visit.objects.aupdate(name=name)"),
    (purity.only_commands_write, "queries", "cursor.execute('''\n  UPDATE outreach_visit SET name = 1''')"),
    (purity.nothing_below_the_door_reads_the_clock, "rules", "today = timezone.now()"),
    (
        purity.nothing_below_the_door_reads_the_clock,
        "models",
        "made_at = DateTimeField(default=timezone.now)",
    ),
    (purity.nothing_below_the_door_reads_the_clock, "models", "made_at = DateTimeField(auto_now_add=True)"),
    (purity.nothing_below_the_door_reads_the_clock, "models", "made_on = DateField(default=localdate)"),
    (purity.nothing_below_the_door_reads_the_clock, "queries", "today = localdate()"),
    (purity.nothing_below_the_door_reads_the_clock, "queries", "today = timezone.localdate()"),
    (purity.nothing_below_the_door_reads_the_clock, "offers", "today = dt.date.today()"),
    (purity.nothing_below_the_door_reads_the_clock, "commands", "now = datetime.now(tz)"),
    (purity.nothing_below_the_door_reads_the_clock, "commands", "now = time.time()"),
    (purity.nothing_below_the_door_reads_the_clock, "commands", "from django.utils.timezone import now"),
    (purity.nothing_below_the_door_reads_the_clock, "queries", "from django.db.models.functions import Now"),
    (purity.nothing_below_the_door_reads_the_clock, "commands", "today = clock.today()"),
    (purity.nothing_below_the_door_reads_the_clock, "rules", "from henji.lib.clock import now"),
    (purity.there_is_one_clock, "views", "at = timezone.now()"),
    (purity.there_is_one_clock, "jobs", "today = timezone.localdate()"),
    (words.what_is_public_is_explained, "rules", "x = 1"),
    (words.what_is_public_is_explained, "rules", '"""Judgments."""\ndef may(): ...'),
    (words.what_is_public_is_explained, "rules", '"""Judgments."""\nclass Visit: ...'),
    (words.what_officers_name_is_named_in_chinese, "models", 'class Visit:\n """A visit."""'),
    (words.what_officers_name_is_named_in_chinese, "rules", 'class Late(Refusal):\n """Too late."""'),
    (words.what_officers_name_is_named_in_chinese, "deeds", 'class Deed(TextChoices):\n """Deeds."""'),
    (words.what_officers_name_is_named_in_chinese, "commands", 'def log():\n """Log.\n\n 走访."""'),
    (
        words.what_officers_name_is_named_in_chinese,
        "offers",
        '@indicator(gettext_lazy("走访率"))\ndef rate(scope: Scope) -> Figures:\n """The rate."""',
    ),
    (
        words.an_indicator_has_a_chinese_name,
        "offers",
        '@indicator(gettext_lazy("rate"))\ndef r(scope: Scope) -> Figures: ...',
    ),
    (
        words.an_indicator_has_a_chinese_name,
        "offers",
        '@indicator(gettext_lazy("率"))\ndef r(unions: list) -> Figures: ...',
    ),
    (
        words.an_indicator_has_a_chinese_name,
        "offers",
        '@indicator(gettext_lazy("率"))\ndef r(scope: Scope) -> dict: ...',
    ),
    (
        words.an_indicator_has_a_chinese_name,
        "queries",
        '@indicator(gettext_lazy("率"))\ndef r(scope: Scope) -> Figures: ...',
    ),
    (words.a_rule_keeps_its_word, "rules", "def may_visit() -> str: ..."),
    (words.a_rule_keeps_its_word, "rules", "def must_have_happened(): return True"),
    (words.a_rule_keeps_its_word, "rules", "class VisitError(Refusal): ..."),
    (words.a_refusal_speaks_to_the_user, "rules", 'raise Refusal(_("不行"))'),
    (words.a_refusal_speaks_to_the_user, "rules", 'raise Late("日期还没有到")'),
    (words.a_refusal_speaks_to_the_user, "rules", 'raise Late("日期%s还没有到" % day)'),
    (words.a_refusal_speaks_to_the_user, "rules", 'raise Late(f"日期{day}还没有到")'),
    (words.a_name_tells_its_kind, "commands", "def log(*, made_on: datetime): ..."),
    (words.a_name_tells_its_kind, "commands", "def log(*, made_at: date): ..."),
    (words.a_name_tells_its_kind, "queries", "class Side:\n paid_yuan: float | None"),
    (words.a_name_tells_its_kind, "queries", "class Side:\n paid_yuan: int = 0"),
    (speech.what_people_read_goes_through_gettext, "forms", 'name = CharField(label="名称")'),
    (speech.what_people_read_goes_through_gettext, "models", 'class Meta:\n x = Field(verbose_name="名称")'),
    (speech.what_people_read_goes_through_gettext, "queries", 'names = "、".join(names)'),
    (speech.what_people_read_goes_through_gettext, "views", 'words = f"{name}已登记"'),
    (
        speech.words_of_a_module_are_lazy,
        "forms",
        'from django.utils.translation import gettext as _\nname = CharField(label=_("名称"))',
    ),
    (words.a_module_is_short, "rules", "x = 1\n" * 401),
]


def module(layer: str, text: str) -> Module:
    return Module(Path(f"henji/outreach/{layer}.py"), dedent(text).strip() + "\n")


@pytest.mark.parametrize(("rule", "layer", "text"), BAD)
def test_a_breach_is_seen(rule, layer, text):
    assert list(rule(module(layer, text))) != []


@pytest.mark.parametrize("rule", [*test_house.RULES, words.a_module_is_short])
def test_good_code_is_left_alone(rule):
    assert [breach for layer, text in GOOD.items() for breach in rule(module(layer, text))] == []


def test_every_rule_has_been_seen_to_fail():
    assert {rule for rule, _layer, _text in BAD} == {*test_house.RULES, words.a_module_is_short}


@pytest.mark.parametrize(
    ("body", "breaches"),
    [
        ("_steps.withdraw()", 0),
        ("_steps.withdraw()\n _steps.leave()", 1),
        ("for gift in gifts: _steps.withdraw()", 1),
        ("_steps.nothing_of_the_sort()", 1),
    ],
)
def test_steps_that_commands_share_are_followed_into_their_module(body, breaches):
    command = Module(Path("henji/mutual_aid/commands/gifts.py"), f"def log(*, by, at):\n {body}")
    assert len(list(commands.a_command_leaves_one_trace(command))) == breaches


def test_steps_that_commands_share_are_none_themselves():
    steps = Module(Path("henji/mutual_aid/commands/_steps.py"), "def leave(): traces.leave()")
    assert list(commands.a_command_is_atomic(steps)) == []


def test_layers_that_are_packages_are_read_like_modules():
    inside = Module(Path("henji/outreach/commands/visiting.py"), "def log(): ...")
    assert (inside.room, inside.layer) == ("outreach", "commands")
    assert list(commands.a_command_is_atomic(inside)) != []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (templates.a_template_borrows_only_from_its_room_and_the_shell, '{% extends "members/page.html" %}'),
        (templates.a_template_borrows_only_from_its_room_and_the_shell, "{% include 'web/rail.html' %}"),
        (templates.a_template_borrows_only_from_its_room_and_the_shell, "{% include name %}"),
        (templates.a_template_speaks_through_gettext, "<h1>走访</h1>"),
        (templates.a_template_speaks_through_gettext, '<a title="走访"></a>'),
        (
            templates.a_template_speaks_through_gettext,
            '{% include "components/empty.html" with words="没有" %}',
        ),
        (templates.a_template_holds_no_script_and_no_style, "<script>alert(1)</script>"),
        (templates.a_template_holds_no_script_and_no_style, '<p style="color: red">'),
        (templates.a_template_holds_no_script_and_no_style, "<style>p { color: red }</style>"),
        (templates.a_template_holds_no_script_and_no_style, '<a onclick="go()">'),
    ],
)
def test_a_breach_in_a_template_is_seen(rule, text):
    assert list(rule(page("henji/outreach/templates/outreach/page.html", text))) != []


def test_a_template_outside_its_rooms_folder_is_seen():
    astray = page("henji/outreach/templates/visits/page.html", "")
    assert list(templates.a_template_lies_in_its_rooms_folder(astray)) != []


@pytest.mark.parametrize("rule", test_house.RULES_OF_TEMPLATES)
def test_a_good_template_is_left_alone(rule):
    good = """
        {% extends "base.html" %}{# 走访 #}
        {% block title %}{% translate "走访" %}{% endblock %}
        {% blocktranslate with n=count %}共 {{ n }} 家{% endblocktranslate %}
        {% include "outreach/_rows.html" %}{% include "components/empty.html" with words=_("没有") %}
        <script src="{% static 'henji/henji.js' %}" defer></script>
    """
    assert list(rule(page("henji/outreach/templates/outreach/page.html", good))) == []


def page(path: str, text: str) -> Template:
    return Template(Path(path), text)


@isolate_apps("henji.evidence")
def test_a_badly_made_noun_is_seen():
    class Visit(models.Model):
        union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
        made_by = models.ForeignKey(Trace, on_delete=models.CASCADE, related_name="+")
        day = models.DateField()
        moment = models.DateTimeField()
        paid = YuanField()
        share = models.FloatField()

        class Meta:
            app_label = "evidence"
            ordering = ["day"]

        def __str__(self):
            return str(self.day)

    assert [list(rule(Visit)) for rule in test_house.RULES_OF_NOUNS] == [
        ["has no Chinese verbose_name"],
        ["has Meta.ordering"],
        [
            "day: a day ends _on",
            "moment: an instant ends _at",
            "paid: money is a YuanField and ends _yuan",
            "share: a float",
        ],
        [f"union points at {Union}"],
        ["made_by does not protect its trace"],
    ]
    assert len(nouns.nouns()) > 20


def test_rooms_out_of_order_are_seen():
    found = [{"type": "layers", "containers": ["henji"], "layers": ["web", "a | (b)", "lib"]}]
    order = floors.floors(found)
    assert order == {"lib": 0, "a": 1, "b": 1, "web": 2}
    assert list(floors.out_of_order(["henji.b", "henji.a", "henji.web"], order)) == []
    assert list(floors.out_of_order(["henji.web", "henji.a"], order)) == ["web stands before a"]
