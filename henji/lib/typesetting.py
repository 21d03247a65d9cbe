"""排版: a PDF from a template of typst and what stands in it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

import typst


def pdf(template: Path, data: Mapping[str, object]) -> bytes:
    """PDF: the template, which reads `data` as JSON from `sys.inputs.data`.

    What the data says is text and never code. Fonts are those of the system; where one that the template
    names is lacking, the next takes its place.
    """
    told = {"data": json.dumps(data, ensure_ascii=False)}
    press = typst.Compiler(str(template), root=str(template.parent), font_paths=_fonts(), sys_inputs=told)
    return cast("bytes", press.compile(format="pdf"))


@cache
def _fonts() -> typst.Fonts:
    """Those of the system and those that typst brings, looked for once per process."""
    return typst.Fonts()
