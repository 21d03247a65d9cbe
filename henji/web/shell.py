"""外壳: what every page shows around itself. Asked of the database only where a page draws it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from henji.lib import clock, identity, tongues
from henji.lib.reach import NOWHERE, Reach
from henji.unions import queries as unions
from henji.web.demo.cast import CAST, Player
from henji.work import queries as work


@dataclass(frozen=True, slots=True)
class Place:
    """去处: one room on the rail."""

    label: str
    url: str
    icon: str
    current: bool


#: Label, URL name, where its pages lie, icon, the power that opens it.
_PLACES: tuple[tuple[Promise | str, str, str, str, str], ...] = (
    (_("工作台"), "web:workbench", "/", "home", "unions.see"),
    (_("考核"), "assessment:scorecard", "/assessment/", "clipboard-check", "assessment.see"),
    (_("考核"), "assessment:own", "/assessment/own/", "clipboard-check", "assessment.see_own"),
    (_("会员"), "members:list", "/members/", "users", "members.see"),
    (_("一日捐"), "mutual_aid:drives", "/mutual-aid/", "heart-handshake", "mutual_aid.see"),
    (_("文件"), "evidence:papers", "/evidence/papers/", "files", "evidence.see"),
    (_("组织"), "unions:tree", "/unions/", "sitemap", "unions.see"),
    (_("痕迹"), "evidence:traces", "/evidence/traces/", "history", "evidence.see_traces"),
    (_("任务"), "work:jobs", "/work/", "list-check", "work.see"),
    (_("账号"), "accounts:users", "/accounts/users/", "user-cog", "accounts.see"),
    (_("备份"), "web:backups", "/backups/", "archive", "web.backed_up"),
    (_("减负意见"), "web:complaints", "/complaints/", "message-circle", "work.see_complaints"),
)


class Shell:
    """外壳: the places open to the person, the county, the day, what is owed."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._reach: Reach = getattr(request, "reach", NOWHERE)
        self._bound = bool(getattr(getattr(request, "user", None), "must_change_password", False))

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration."""
        return settings.DEMO

    @property
    def demo_accounts(self) -> tuple[Player, ...]:
        """演示账号: as whom one may come in by a button; none but in the demonstration."""
        return CAST if self.demo else ()

    @property
    def demo_enter_url(self) -> str:
        """Where the button leads, by POST."""
        return reverse("web:demo_enter")

    @cached_property
    def places(self) -> list[Place]:
        """去处: none for who is not logged in, or still has a one-time password."""
        if self._bound:
            return []
        path = self._request.path
        return [
            Place(str(label), reverse(name), icon, path.startswith(lies) if lies != "/" else path == "/")
            for label, name, lies, icon, power in _PLACES
            if self._reach.may(power)
        ]

    @cached_property
    def county(self) -> str:
        """The county worked in, or the union from whose height a superior looks."""
        if self._reach.county is None and self._reach.trees:
            return tongues.listed(unions.names_of(self._reach.trees))
        county = unions.county_worked_in(self._reach)
        return county.name if county else ""

    @cached_property
    def today(self) -> date:
        """The day."""
        return clock.today()

    @cached_property
    def duties(self) -> int:
        """How much is owed."""
        return work.open_duties(self._reach).count() if self._reach.may("work.see") else 0

    @property
    def duties_url(self) -> str:
        """Where it is listed, for those who may see it."""
        return reverse("web:duties") if self._reach.may("work.see") else ""

    @property
    def search_url(self) -> str:
        """Where a search goes."""
        return reverse("web:search") if self.places else ""

    @property
    def sought(self) -> str:
        """What was searched for."""
        words = self._request.GET.get("q", "") if self._request.path == reverse("web:search") else ""
        return identity.mask_within(words)

    @property
    def complaint_url(self) -> str:
        """Where one says that something is too much."""
        return reverse("web:complain") if self.places and self._reach.may("work.complained") else ""

    @property
    def name(self) -> str:
        """The person."""
        return self._reach.actor.name

    @property
    def post(self) -> str:
        """The person's posts."""
        return tongues.told(self._reach.actor.post)

    @property
    def here(self) -> str:
        """This page, to come back to; without what was searched for, which may name a person."""
        query = self._request.GET.copy()
        query.pop("q", None)
        return f"{self._request.path}?{query.urlencode()}" if query else self._request.path

    @property
    def other_languages(self) -> list[tuple[str, str]]:
        """Languages besides the one spoken: each with its code and what it calls itself."""
        return [(code, name) for code, name in settings.LANGUAGES if code != get_language()]

    @property
    def password_url(self) -> str:
        """Where one changes one's password."""
        return reverse("accounts:password")

    @property
    def logout_url(self) -> str:
        """Where one leaves, by POST."""
        return reverse("accounts:logout")


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor: `shell` in every template."""
    return {"shell": Shell(request)}
