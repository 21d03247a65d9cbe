"""经办人: who signs a deed."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class Actor:
    """经办人: the person who does a deed, as known when it was done.

    The lowest floors cannot know users; a deed is signed with these three values, copied.
    """

    id: int
    name: str
    post: str


#: 安装程序: signs what happens before there is anybody, such as founding the first county.
INSTALLER = Actor(0, gettext_noop("安装程序"), gettext_noop("系统"))
