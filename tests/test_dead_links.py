"""No link that a page shows somebody leads to a door that does not open to them."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from henji.accounts.powers import Role
from tests.world import World

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
#: So many pages of a kind are opened; the others look alike.
_ALIKE = 3


@pytest.fixture
def world(county, township, appoint):
    """A county in which there is a thing of every kind."""
    world = World(county, township, appoint)
    for thing in ("job", "complaint", "unplaced", "donation", "unnamed", "payment", "signed"):
        getattr(world, thing)
    for thing in ("paper", "minutes", "said"):
        getattr(world, thing)
    return world


@pytest.fixture
def client(request, world, appoint, city, client_of):
    """Somebody of the role, who sees the county."""
    unions = {Role.INSPECTOR: city, Role.BRANCH: world.township}
    return client_of(appoint("走遍的人", request.param, unions.get(request.param, world.county)))


@pytest.mark.parametrize("client", list(Role), indirect=True)
def test_whoever_follows_links_meets_no_closed_door(client):
    came_from = {"/": ""}
    waiting, seen = ["/"], {}
    while waiting:
        url = waiting.pop(0)
        response = client.get(url)
        assert response.status_code in {200, 302}, (url, response.status_code, "linked from", came_from[url])
        for link in links_of(response, url):
            kind = kind_of(link)
            if link not in came_from and seen.get(kind, 0) < _ALIKE:
                seen[kind] = seen.get(kind, 0) + 1
                came_from[link] = url
                waiting.append(link)


def links_of(response, url):
    """The links of a page, to pages of the house."""
    if response.status_code == 302:
        return [urljoin(url, response["Location"])]
    if response.streaming or not response.headers["Content-Type"].startswith("text/html"):
        return []
    found = (urljoin(url, unescape(link)) for link in _LINK.findall(response.content.decode()))
    return [link for link in found if not urlsplit(link).scheme and not link.startswith("/static/")]


def kind_of(link):
    try:
        return resolve(urlsplit(link).path).view_name
    except Resolver404:
        return link
