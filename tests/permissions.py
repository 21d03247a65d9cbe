"""职权表: `docs/permissions.md`, written from `henji/accounts/powers.py`.

After a change of powers write it again, `.venv/bin/python -m tests.permissions`; a test holds the two equal.
"""

import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import django
from django.conf import settings
from django.db.models import TextChoices

from henji.accounts.powers import DOINGS, SIGHTS, Role

PAGE = Path(__file__).resolve().parents[1] / "docs" / "permissions.md"
HEAD = """\
# 职权：谁能看什么、办什么

每个人的职权来自其在任的职务。职务有期限；在哪个工会任职，就只看得到那里和它下面的事。
范围以外的页面视为不存在（404），范围以内、职权以外的予以拒绝（403）。
任职、免职归管理员，但谁也不能给自己任职：要由另一名管理员来办。

Written by `.venv/bin/python -m tests.permissions` from `henji/accounts/powers.py`: change the code, not this.
"""


def deeds() -> dict[str, str]:
    """Every deed of every room, with its Chinese name."""
    found: dict[str, str] = {}
    for room in settings.INSTALLED_APPS:
        if room.startswith("henji.") and find_spec(f"{room}.deeds"):
            deed: type[TextChoices] = import_module(f"{room}.deeds").Deed
            found |= {str(code): str(name) for code, name in deed.choices}
    return found


def page() -> str:
    """The page as it should be."""
    names = deeds()
    sights = ((power, str(name), roles) for power, name, roles in SIGHTS)
    doings = ((deed, names.get(deed, "?"), roles) for deed, roles in DOINGS)
    return "\n".join([HEAD, "## 看\n", *_table(sights), "\n## 办\n", *_table(doings), ""])


def _table(rows: Iterable[tuple[str, str, tuple[Role, ...]]]) -> Iterator[str]:
    yield f"| 事项 | 代号 | {' | '.join(str(role.label) for role in Role)} |"
    yield f"|---|---|{':-:|' * len(Role)}"
    for power, name, roles in rows:
        yield f"| {name} | `{power}` | {' | '.join('●' if role in roles else ' ' for role in Role)} |"


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "henji.settings")
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
