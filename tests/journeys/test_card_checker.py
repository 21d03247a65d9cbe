"""A merchant checks cards with a page from a file: no server, no log-in."""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright

from henji.members.cards import commands, passes
from tests.world import DAY, SIGNED, World
from tools import browser

pytestmark = pytest.mark.journey


def test_a_merchant_without_a_network_knows_a_good_card_from_a_bad_one(county, township, appoint, tmp_path):
    world = World(county, township, appoint)
    good, lost = world.used_card, world.lost_card
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    commands.find(card=lost, on=DAY, **SIGNED)
    commands.lose(card=world.card_of(lost), on=DAY, **{**SIGNED, "at": now})
    file = tmp_path / "checker.html"
    file.write_bytes(Client().get(reverse("members:checker_file")).content)
    key = passes.signing_key()
    code = passes.code_of(good.token, now, key).text
    expected = {
        code: "有效",
        f"https://example.org/members/cards/checker/#{code}": "有效",
        passes.code_of(good.token, now - timedelta(hours=1), key).text: "已过期",
        passes.code_of(lost.token, now, key).text: "已挂失或注销",
        code.replace(good.token, lost.token): "签名不对",
        code.replace(key.number, "00000000"): "不是本地签发",
        "随便写的": "读不出卡码",
    }
    # The browser has a loop of its own, and Django refuses to be asked beside one.
    with ThreadPoolExecutor(max_workers=1) as beside:
        beside.submit(_check, file, expected).result()


def _check(file: Path, expected: Mapping[str, str]) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.chromium(), args=list(browser.FLAGS))
        page = chromium.new_context(offline=True).new_page()
        page.goto(file.as_uri())
        for text, said in expected.items():
            page.fill("[data-code]", text)
            page.click("[data-form] button")
            expect(page.locator("[data-answer]")).to_contain_text(said)
        expect(page.locator("[data-until]")).to_contain_text("离线可用到")
        page.clock.set_fixed_time(time.time() * 1000 + 25 * 3600 * 1000)
        page.reload()
        page.fill("[data-code]", next(iter(expected)))
        page.click("[data-form] button")
        expect(page.locator("[data-answer]")).to_contain_text("已过一天")
        chromium.close()
