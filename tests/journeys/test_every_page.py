"""走一遍: every page that somebody of each role is led to, at every width, in both lights and tongues."""

import os
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from typing import Literal
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext

from henji.web.demo.cast import CAST
from tests.access import ROWS
from tests.access_row import nothing
from tests.journeys.conftest import Installation, Visitor

DESK, LAPTOP, PHONE = 1440, 1024, 360
HEIGHT = 900
#: So many pages of a kind are fetched for each role; the others look alike.
ALIKE = 2
#: So many of a kind are looked at, as long as they look different.
LOOKS = 2
#: Where the links begin, which look different to each role; to the search a form leads, not a link.
BEGINNINGS = ("/", "/search/?q=正定")
#: Pages that one sees once, after a deed.
AFTER_A_DEED = {"accounts:slip"}
#: What makes no other page of an address.
_SAME = {"page", "sort", "export", "county", "period"}
#: What axe may find in the dark and on a phone, and not by daylight at a desk.
OF_THE_LIGHT = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")

_LINK = re.compile(r'(?:<a\b[^>]*\bhref|\bhx-get)="([^"#]+)')
_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
_SHAPE = re.compile(r"<(\w+)[^>]*?\bclass=\"([^\"]*)")
_ELSEWHERE = re.compile(r"(?:https?:)?//|mailto:|tel:|/static/")

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="looks are the same on every database"),
]


def test_every_page_can_be_looked_at(demonstration: Installation, chromium: Browser) -> None:
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": DESK, "height": HEIGHT}, reduced_motion="reduce"
    )
    walk = Walk(context, Visitor(context.new_page(), demonstration.address))
    walk.look_around("accounts:login", "/accounts/login/")
    for player in CAST:
        walk.come_in_as(player.name)
        for name, path in walk.led_to():
            walk.look_around(name, path)
    context.close()
    unmet = {name for name, row in ROWS.items() if row.reads is not None} - walk.met
    sys.stdout.write("\n".join([*walk.told, f"nobody was led to {sorted(unmet)}", *walk.faults, ""]))
    assert not walk.faults
    # A page about a thing may wait for such a thing; one about nothing must be led to by a link.
    assert {name for name in unmet if ROWS[name].of is nothing} <= AFTER_A_DEED


class Walk:
    """走访: what has been looked at, and what was wrong."""

    def __init__(self, context: BrowserContext, visitor: Visitor) -> None:
        self._context, self._visitor, self._page = context, visitor, visitor.page
        self._page.set_default_timeout(20_000)
        self._who = "nobody"
        self._looked: Counter[str] = Counter()
        self._shapes: set[tuple[str, frozenset[tuple[str, str]]]] = set()
        self.met: set[str] = set()
        self.told: list[str] = []

    @property
    def faults(self) -> list[str]:
        """What was wrong."""
        return self._visitor.faults

    def come_in_as(self, name: str) -> None:
        """Log in as one of the cast, by the button."""
        self._context.clear_cookies()
        self._page.goto(f"{self._visitor.address}/accounts/login/")
        self._page.get_by_role("button", name=name, exact=True).click()
        self._who = name

    def led_to(self) -> Iterator[tuple[str, str]]:
        """The pages to which links lead, with the names of their addresses, one of each shape."""
        waiting, known, alike = deque(BEGINNINGS), set(map(_page_of, BEGINNINGS)), Counter[str]()
        while waiting:
            path = waiting.popleft()
            name, html = _kind_of(path), self._fetched(path)
            self.met.add(name)
            for link in _links_of(html, path):
                kind, page = _kind_of(link), _page_of(link)
                if page not in known and alike[kind] < ALIKE:
                    alike[kind] += 1
                    known.add(page)
                    waiting.append(link)
            shape = (name, _shape_of(html))
            if shape[1] and shape not in self._shapes and (path in BEGINNINGS or self._looked[name] < LOOKS):
                self._shapes.add(shape)
                yield name, path

    def look_around(self, name: str, path: str) -> None:
        """Look at the page: wholly where its kind is new, otherwise only how it stands."""
        new = not self._looked[name]
        self._looked[name] += 1
        self.told.append(f"{self._who} {path}{' ✓' if new else ''}")
        self._page.goto(self._visitor.address + path)
        self._uncover()
        self._visitor.measure(f"{self._who} {DESK}")
        if new:
            self._visitor.ask_axe()
            self._at(LAPTOP)
        self._at(PHONE)
        if new:
            self._in("dark")
            self._visitor.ask_axe(*OF_THE_LIGHT)
            self._in("light")
            self._in_english()
        self._page.set_viewport_size({"width": DESK, "height": HEIGHT})

    def _at(self, width: int) -> None:
        self._page.set_viewport_size({"width": width, "height": HEIGHT})
        # Charts are drawn anew after the page has its new width.
        self._page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self._visitor.measure(f"{self._who} {width}")

    def _in(self, light: Literal["light", "dark"]) -> None:
        self._page.emulate_media(color_scheme=light)
        # A page of its own, such as the checker of cards, follows the machine without a script.
        self._page.wait_for_function(
            "light => [undefined, light].includes(document.documentElement.dataset.bsTheme)", arg=light
        )

    def _in_english(self) -> None:
        self._context.add_cookies(
            [{"name": "henji_demo_language", "value": "en", "url": self._visitor.address}]
        )
        self._page.reload()
        self._visitor.measure(f"{self._who} {PHONE} English")
        self._context.clear_cookies(name="henji_demo_language")

    def _uncover(self) -> None:
        """Scroll to the charts, which come when they are seen, and back."""
        self._page.wait_for_function(
            """() => {
                const place = document.querySelector("[hx-trigger=revealed]");
                place?.scrollIntoView();
                return !place;
            }"""
        )
        self._page.evaluate("scrollTo(0, 0)")

    def _fetched(self, path: str) -> str:
        """The page as the server gives it; empty for what is not a page."""
        answer = self._context.request.get(self._visitor.address + path)
        if answer.status != 200:
            self.faults.append(f"{self._who} {path}: {answer.status}")
        told = answer.headers
        is_page = told.get("content-type", "").startswith("text/html")
        return answer.text() if is_page and "attachment" not in told.get("content-disposition", "") else ""


def _links_of(html: str, path: str) -> list[str]:
    found = (unescape(link) for link in _LINK.findall(html))
    return [urljoin(path, link) for link in found if not _ELSEWHERE.match(link)]


def _shape_of(html: str) -> frozenset[tuple[str, str]]:
    """The elements in the middle of the page; none for a part of a page."""
    return frozenset(found for main in _MAIN.findall(html) for found in _SHAPE.findall(main))


def _page_of(link: str) -> tuple[str, frozenset[str]]:
    """The address, and what is asked there, whatever the answer."""
    parts = urlsplit(link)
    return parts.path, frozenset(parse_qs(parts.query)) - _SAME


def _kind_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path
