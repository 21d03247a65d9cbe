"""A NUL is answered with 400 wherever it comes in; PostgreSQL would stumble over it."""

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/users/?q=%00",
        "/accounts/users/?q=%E7%8E%8B%00",
        "/accounts/users/?%00=1",
        "/accounts/users/?role=%00",
        "/unions/employers/?q=a%00",
        "/%00/",
    ],
)
def test_in_an_address(client_of, administrator, path):
    response = client_of(administrator).get(path)
    assert response.status_code == 400
    assert "看不懂这个请求" in response.content.decode()


@pytest.mark.parametrize("fields", [{"name": "a\0"}, {"a\0": "a"}])
def test_in_a_form(client_of, administrator, fields):
    assert client_of(administrator).post("/accounts/users/open/", fields).status_code == 400


def test_in_a_cookie(client, db):
    client.cookies["henji_session"] = "abcdefgh\0"
    assert client.get("/accounts/users/").status_code == 400


def test_without_one_all_is_as_it_was(client_of, administrator):
    assert client_of(administrator).get("/accounts/users/?q=0").status_code == 200
