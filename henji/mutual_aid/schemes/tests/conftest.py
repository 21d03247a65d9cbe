"""What the tests of schemes share: the reference text, and the hands that publish it."""

import pytest

from henji.mutual_aid.schemes import commands, reading


@pytest.fixture
def text():
    """参考方案."""
    return reading.reference()


@pytest.fixture
def signed(leader, actor, at):
    """Signed by 陈主席, now."""
    return {"by": actor(leader), "at": at}


@pytest.fixture
def publish(county, signed):
    """发布 a text of the county's."""

    def publish(text, **more):
        return commands.publish_scheme(**{"county": county, "text": text, **signed, **more})

    return publish


@pytest.fixture
def published(publish, text):
    """参考方案, published by the county."""
    return publish(text)


@pytest.fixture
def draft(county, text, signed):
    """草稿 of the reference, as another version."""
    return commands.begin_draft(county=county, text=text.replace("2016.1", "2016.2"), **signed)
