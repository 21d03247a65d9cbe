"""查询链接: by which the applicant follows an application without an account."""

from henji.evidence.keys import vault


def link_mark(token: str) -> str:
    """链接印记: without it the token does not open the page."""
    return vault().blind("aid case link", token)
