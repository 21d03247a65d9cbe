"""读入数据文件: from the text of a YAML file to plain values, and from what is wrong to a sentence."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from henji.lib.data import MANY, ONE
from henji.lib.refusals import Refusal

#: The longest text, in characters; the longest that comes with the system has some 20,000.
LONGEST = 200_000
#: How deep a value may lie.
DEEPEST = 12
#: How many faults one sentence names.
NAMED = 3


class Unreadable(Refusal):
    """文件无法读取: the text is not a plain YAML file. `line` says where, from 1; 0 where no line says it."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.line = line


class Unsound(Refusal):
    """内容有误: the file can be read, but what it says does not hold together."""


def plain(text: str) -> Any:
    """The values in the YAML text, every one as the words that stand there, so that 0.1 stays 0.1.

    Raises Unreadable: too long, too deep, not YAML, a key given twice, aliases or tags.
    """
    data, _lines = plain_with_lines(text)
    return data


def plain_with_lines(text: str) -> tuple[Any, yaml.Node | None]:
    """The values, and the nodes of the text that they stand in; raises as `plain`."""
    if len(text) > LONGEST:
        raise Unreadable(_("文件过大，最多 %(longest)s 字") % {"longest": f"{LONGEST:,}"})
    try:
        loader = _PlainLoader(text)
        node = loader.get_single_node()
        return (loader.construct_document(node) if node else None), node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Unreadable(
            _("文件第 %(line)s 行不合 YAML 格式，请检查缩进和标点") % {"line": line}, line
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        raise Unreadable(_("文件不是 YAML 文本，请检查文件")) from None


_PLAIN_TAGS = {
    yaml.BaseLoader.DEFAULT_SCALAR_TAG,
    yaml.BaseLoader.DEFAULT_SEQUENCE_TAG,
    yaml.BaseLoader.DEFAULT_MAPPING_TAG,
}


class _PlainLoader(yaml.BaseLoader):
    """Reads texts, lists and mappings, and nothing that could grow, run or hide another value."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.depth == DEEPEST:
            raise Unreadable(_("文件嵌套过深，最多 %(deepest)s 层") % {"deepest": DEEPEST})
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        if self.anchors or (node and node.tag not in _PLAIN_TAGS):
            raise Unreadable(_("文件不能使用引用（&、*）和标签（!），请写出完整内容"))
        return node

    def compose_mapping_node(self, anchor: dict[Any, yaml.Node]) -> yaml.MappingNode:
        node = super().compose_mapping_node(anchor)
        seen = set()
        keys = [key for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        for key in keys:
            if key.value in seen:
                raise Unreadable(
                    _("文件第 %(line)s 行：“%(key)s”在同一处写了两次")
                    % {"line": key.start_mark.line + 1, "key": key.value[:40]},
                    key.start_mark.line + 1,
                )
            seen.add(key.value)
        return node


#: What is said of each type of error that only one room's files know; and what a `whole` file is called.
Told = Mapping[str, str | Promise]
_NONE: Told = {}


def sentence(error: ValidationError, data: Any, told: Told = _NONE) -> str:
    """What is wrong and where, by codes and names: the first faults, and how many more."""
    named = [fault_told(fault, data, told) for fault in error.errors(include_url=False)[:NAMED]]
    words = _("；").join(named)
    more = error.error_count() - len(named)
    return _("%(words)s；另有 %(more)s 处") % {"words": words, "more": more} if more else words


def fault_told(fault: ErrorDetails, data: Any, told: Told = _NONE) -> str:
    """One fault: where, by codes and names, and what is wrong."""
    place = _place(fault["loc"], data) or told.get("whole", _("整份文件"))
    said = {"place": place, "fault": fault_in_words(fault, told)}
    return _("%(place)s：%(fault)s") % said


def _place(loc: Sequence[int | str], data: Any) -> str:
    """B10.participation.rule.minimum: list entries by their code or name, else by their number."""
    names: list[str] = []
    chosen: Any = None
    for step in loc:
        if isinstance(step, int):
            data = data[step] if isinstance(data, Sequence) and step < len(data) else None
            names[-1] = _label(data) or f"{names[-1]}[{step + 1}]"
        elif isinstance(data, Mapping) and step == data.get("kind") and data is not chosen:
            chosen = data  # pydantic names the rule kind that it chose
        elif step in (ONE, MANY) and not (isinstance(data, Mapping) and step in data):
            continue  # and which shape of a value
        else:
            data = data.get(step) if isinstance(data, Mapping) else None
            names.append(step[:40])
    return ".".join(names)


def _label(entry: Any) -> str:
    if isinstance(entry, Mapping):
        for key in ("code", "name"):
            if isinstance(entry.get(key), str):
                return str(entry[key])[:40]
    return ""


def fault_in_words(fault: ErrorDetails, told: Told = _NONE) -> str:
    """What is wrong, without where."""
    context = fault.get("ctx", {})
    if fault["type"] == "value_error":
        return str(context["error"])
    if fault["type"] in _ONE_OF:
        choices = re.findall(r"'([^']+)'", context[_ONE_OF[fault["type"]]])
        return _("只能是 %(choices)s") % {"choices": _("、").join(choices)}
    return str((_WRONG | dict(told)).get(fault["type"], _WRONG["other"])) % context


#: Faults that list the choices, and where pydantic keeps the list.
_ONE_OF = {"literal_error": "expected", "enum": "expected", "union_tag_invalid": "expected_tags"}
_NOT_A_NUMBER = gettext_lazy("须为数字")
_NOT_WHOLE = gettext_lazy("须为整数")
_NOT_YES_OR_NO = gettext_lazy("只能是 true、false")
_NOT_WORDS = gettext_lazy("须为文字")
_WRONG: dict[str, str | Promise] = {
    "missing": gettext_lazy("没有填写"),
    "union_tag_not_found": gettext_lazy("没有写明种类 kind"),
    "model_type": gettext_lazy("须为一组键和值"),
    "model_attributes_type": gettext_lazy("须为一组键和值"),
    "tuple_type": gettext_lazy("须为一个列表"),
    "mapping_type": gettext_lazy("须为一组键和值"),
    "extra_forbidden": gettext_lazy("没有这个项目，请核对写法"),
    "string_type": _NOT_WORDS,
    "string_unicode": _NOT_WORDS,
    "string_too_short": gettext_lazy("不能为空"),
    "string_too_long": gettext_lazy("最多 %(max_length)s 字"),
    "too_long": gettext_lazy("最多写 %(max_length)s 条"),
    "decimal_type": _NOT_A_NUMBER,
    "decimal_parsing": _NOT_A_NUMBER,
    "finite_number": _NOT_A_NUMBER,
    "int_type": _NOT_WHOLE,
    "int_parsing": _NOT_WHOLE,
    "int_parsing_size": _NOT_WHOLE,
    "bool_type": _NOT_YES_OR_NO,
    "bool_parsing": _NOT_YES_OR_NO,
    "decimal_max_places": gettext_lazy("最多 %(decimal_places)s 位小数"),
    "greater_than": gettext_lazy("须大于 %(gt)s"),
    "greater_than_equal": gettext_lazy("不能小于 %(ge)s"),
    "too_short": gettext_lazy("至少写 %(min_length)s 条"),
    "less_than_equal": gettext_lazy("不能大于 %(le)s"),
    "share": gettext_lazy("门槛须为 0 到 2 之间的小数，百分之二十五写作 0.25"),
    "code": gettext_lazy("代码须以字母开头，只用字母、数字和下划线，最多 28 个"),
    "day": gettext_lazy("日期须写作 2016-01-31，年份在 2000 到 2199 之间"),
    "other": gettext_lazy("填写有误，请对照参考模板"),
}
