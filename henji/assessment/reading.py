"""读入标准: what is said of the text of a standard that cannot be read, or does not hold together."""

from typing import Any

from django.utils.translation import gettext_lazy
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from henji.lib import plain_yaml

LONGEST = plain_yaml.LONGEST
StandardUnreadable = plain_yaml.Unreadable
StandardUnsound = plain_yaml.Unsound
plain = plain_yaml.plain
plain_with_lines = plain_yaml.plain_with_lines

#: What is said of a text whose items, parts and vetoes are no lists.
NOT_A_TREE = gettext_lazy("草稿的项目、评分点、一票否决须是列表，请在原文里改")


def sentence(error: ValidationError, data: Any) -> str:
    """What is wrong and where, by the codes of items and parts: the first faults, and how many more."""
    return plain_yaml.sentence(error, data, WRONG)


def fault_told(fault: ErrorDetails, data: Any) -> str:
    """One fault: where, by the codes of items and parts, and what is wrong."""
    return plain_yaml.fault_told(fault, data, WRONG)


def fault_in_words(fault: ErrorDetails) -> str:
    """What is wrong, without where."""
    return plain_yaml.fault_in_words(fault, WRONG)


WRONG = {
    "whole": gettext_lazy("标准"),
    "bands": gettext_lazy("各档须从高到低写作 [门槛, 分值]，门槛和分值都逐档降低，目标数以下的档低于 1"),
    "below": gettext_lazy("各档 bands 与 below: tiers 须一同写"),
    "levels": gettext_lazy("各级须从高分到低分，名称各不相同，至少一级"),
    "ladder": gettext_lazy("分级计分至少写一级，且不能写 beyond"),
}
