"""口令从哪里来: a file, the environment, or the keyboard; never the command line, which others can see."""

import getpass
import os
from pathlib import Path

from django.utils.translation import gettext as _

from henji.lib.refusals import Refusal


class NoPassphrase(Refusal):
    """没有口令."""


class PassphrasesDiffer(Refusal):
    """两次口令不一样."""


def asked(file: str | None, *, twice: bool) -> str:
    """The passphrase; asked for twice where it closes something. Raises NoPassphrase, PassphrasesDiffer."""
    given = _from(file) if file else os.environ.get("HENJI_PASSPHRASE", "")
    typed = given or _typed(_("备份口令："))
    if not typed:
        raise NoPassphrase(_("没有口令。请用 --passphrase-file 指一个文件，或在提示后输入"))
    if twice and not given and _typed(_("再输入一次：")) != typed:
        raise PassphrasesDiffer(_("两次输入的口令不一样，请重来"))
    return typed


def _from(file: str) -> str:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise NoPassphrase(_("读不到口令文件：%(file)s") % {"file": file}) from unreadable
    return lines[0] if lines else ""


def _typed(prompt: str) -> str:
    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""
