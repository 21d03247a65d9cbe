"""标准文稿的错误: everything that is wrong with the text of a standard, each at its line."""

from collections.abc import Sequence
from dataclasses import dataclass

import yaml
from pydantic import ValidationError

from henji.assessment import reading
from henji.assessment.schema import Standard

#: How many lines before and after the wrong one are shown with it.
AROUND = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """一处错误: what is wrong, at which line (from 1; 0 for the whole), and the lines around it."""

    line: int
    words: str
    lines: tuple[tuple[int, str], ...] = ()


def faults_of(text: str) -> list[Fault]:
    """文稿错误 in the order of the lines; none in a sound standard."""
    try:
        data, node = reading.plain_with_lines(text)
    except reading.StandardUnreadable as refusal:
        return [_fault(text, refusal.line, refusal.words)]
    try:
        Standard.model_validate(data)
    except ValidationError as error:
        found = [
            _fault(text, _line_of(node, wrong["loc"]), reading.fault_told(wrong, data))
            for wrong in error.errors(include_url=False)
        ]
        return sorted(found, key=lambda fault: fault.line)
    return []


def _fault(text: str, line: int, words: str) -> Fault:
    lines = text.splitlines()
    around = range(max(line - AROUND, 1), min(line + AROUND, len(lines)) + 1) if line else ()
    return Fault(line, words, tuple((number, lines[number - 1]) for number in around))


def _line_of(node: yaml.Node | None, loc: Sequence[int | str]) -> int:
    """The line of what the way leads to, or of what comes nearest; the kinds of rules are passed over."""
    line = 0
    for step in loc:
        found = _below(node, step)
        if found:
            line, node = found
    return line


def _below(node: yaml.Node | None, step: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        entry = node.value[step]
        return entry.start_mark.line + 1, entry
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    return None
