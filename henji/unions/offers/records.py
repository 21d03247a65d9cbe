"""What the records of unions offer: rates of primary unions that have this or that."""

from django.utils.translation import gettext_lazy as _

from henji.evidence.figures import Figures, Scope, indicator
from henji.unions import kept

#: Of which unions primary unions are counted.
_LEVELS = ("county", "township", "sector")


@indicator(_("法人资格登记率"), levels=_LEVELS)
def legal_person_rate(scope: Scope) -> Figures:
    """法人资格登记率 = primary unions with a certificate of a legal person valid on the day ÷ all of the day.

    A certificate without an end is valid. Since when it is held, is not kept: what is known now counts on
    any day. See `kept.share`. Source: tiers published by a town (梅陇镇细则).
    """
    return kept.share(scope, "legal")


@indicator(_("建家率"), levels=_LEVELS)
def workers_home_rate(scope: Scope) -> Figures:
    """建家率 = primary unions whose workers' home is recognised, at whatever level ÷ all of the day.

    Since when, is not kept. See `kept.share`. Source: the yearbooks of the unions (职工之家).
    """
    return kept.share(scope, "home")


@indicator(_("集体合同建制率（按工会登记）"), levels=_LEVELS)
def contract_rate(scope: Scope) -> Figures:
    """集体合同建制率 = primary unions that say they have a collective contract since the day or before ÷ all.

    See `kept.share`. Source: the yearbooks' figures of institutions. A ledger of contracts may say otherwise.
    """
    return kept.share(scope, "contract")


@indicator(_("工资专项集体合同签订率（按工会登记）"), levels=_LEVELS)
def wage_contract_rate(scope: Scope) -> Figures:
    """工资专项合同签订率: as `contract_rate`, of contracts on wages."""
    return kept.share(scope, "wage")


@indicator(_("女职工专项集体合同签订率（按工会登记）"), levels=_LEVELS)
def women_contract_rate(scope: Scope) -> Figures:
    """女职工专项合同签订率: as `contract_rate`, of contracts on women workers."""
    return kept.share(scope, "women")


@indicator(_("职代会建制率（按工会登记）"), levels=_LEVELS)
def congress_rate(scope: Scope) -> Figures:
    """职代会建制率: as `contract_rate`, of congresses of workers."""
    return kept.share(scope, "congress")
