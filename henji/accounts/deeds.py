"""What is done in this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from henji.accounts.powers import Role
from henji.evidence.facts import Fact


class Deed(TextChoices):
    """账号之事."""

    ACCOUNT_OPENED = "accounts.account_opened", _("账号开通")
    POST_GIVEN = "accounts.post_given", pgettext_lazy("deed", "任职")
    POST_ENDED = "accounts.post_ended", _("免职")
    PASSWORD_RESET = "accounts.password_reset", _("密码重置")
    PASSWORD_CHANGED = "accounts.password_changed", _("密码修改")
    ACCOUNT_SUSPENDED = "accounts.account_suspended", _("账号停用")
    ACCOUNT_RESTORED = "accounts.account_restored", _("账号恢复")


FACTS = {
    "roles": Fact(_("职务"), Role.choices),
    "role": Fact(_("职务"), Role.choices),
    "union": Fact(_("工会"), kind="unions.union"),
}
