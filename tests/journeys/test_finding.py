"""查人: by keyboard alone, in a real browser, at a desk and on a phone."""

import os
import re

import pytest
from playwright.sync_api import Browser, expect

from henji.web.demo.cast import PASSWORD
from tests.journeys.conftest import Installation, Visitor

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="keys are the same on every database"),
]


@pytest.mark.parametrize("width", [1440, 360])
def test_a_person_is_found_by_keyboard_alone(
    demonstration: Installation, chromium: Browser, width: int
) -> None:
    context = chromium.new_context(locale="zh-CN", viewport={"width": width, "height": 900})
    visitor = Visitor(context.new_page(), demonstration.address)
    page = visitor.page
    visitor.go("/accounts/login/")
    page.fill("input[name=username]", "wang")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demonstration.address}/")

    page.keyboard.press("/")
    box, found = page.locator("#find"), page.locator("#found")
    expect(box).to_be_focused()
    page.keyboard.type("wang", delay=20)
    expect(found).to_be_visible()
    expect(found.get_by_role("option").first).to_contain_text("王")
    expect(page.locator("#found-said")).to_contain_text("找到")
    visitor.ask_axe()  # not measured: the list lies over the page, as it should

    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    expect(box).to_have_value("wang")
    page.keyboard.press("ArrowDown")
    expect(found).to_be_visible()
    chosen = found.locator("[aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    page.keyboard.press("ArrowUp")
    expect(chosen).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/members/[0-9a-f-]{36}/$"))
    expect(page.locator("h1")).to_contain_text("王")
    context.close()
    assert not visitor.faults, "\n".join(visitor.faults)
