"""改草稿: what tests do with the forms of a draft, as a browser would."""

import re
from html import unescape

from django.urls import reverse

from henji.assessment.editing import desk, outlining
from henji.assessment.editing.trees import Node
from henji.assessment.models import StandardDraft

RATE, HELD = "items.0.parts.0", "items.1.parts.0"


def url_of(name, draft, *more):
    """The address of a page of the draft."""
    return reverse(f"assessment:{name}", args=[draft.pk, *more])


def now(draft):
    """The draft as it is kept."""
    return StandardDraft.objects.get(pk=draft.pk)


def boxes(draft, path):
    """What a browser would send from the node's form as it stands."""
    tree = outlining.tree_of(draft)
    node = Node(path)
    form = desk.form(tree, node, desk.filled_of(tree, node), {})
    sent = {"seen": draft.digest}
    for box in form.slots:
        if box.sort in ("rows", "table"):
            sent[f"{box.name}.n"] = str(len(box.inside))
        elif box.sort == "variant":
            sent[f"{box.name}.kind"] = box.value
        elif box.sort == "oneormany":
            sent[f"{box.name}.as"] = box.value
        elif box.sort not in ("group", "pair"):
            sent[box.name] = box.value
    return sent


def save(browser, draft, path, **typed):
    """The node saved with some boxes filled in otherwise; `f__name` is the box f.name."""
    sent = {**boxes(draft, path), **{name.replace("__", "."): value for name, value in typed.items()}}
    return browser.post(url_of("draft_node", draft, path), sent, follow=True)


def part_of(draft, code):
    """A part of the draft, which is sound."""
    item, _dot, part = code.partition(".")
    found = next(one for one in draft.standard.items if one.code == item)
    return next(one for one in found.parts if one.code == part)


def words_on(page):
    """What a person reads on the page."""
    return unescape(re.sub(r"<[^>]+>", "", page.content.decode()))
