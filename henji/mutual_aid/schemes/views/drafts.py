"""Pages on which a scheme is written: its outline, one entry at a time, its text, what it would change."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from henji.lib import clock, ids, plain_yaml
from henji.lib.doors import Request, door, forms_door
from henji.lib.drafting import desk, filling, trees
from henji.lib.drafting.filling import Filled, Posted
from henji.lib.drafting.trees import Tree
from henji.lib.forms import refuse
from henji.lib.refusals import Refusal
from henji.mutual_aid.schemes import commands, editing, queries, reading, recording, replaying, telling
from henji.mutual_aid.schemes.editing import Node
from henji.mutual_aid.schemes.forms import RearrangeForm, SeenForm, SourceForm
from henji.mutual_aid.schemes.models import SchemeDraft
from henji.mutual_aid.views.looking import county_of, sent

#: So many of the payments that would change are listed.
LISTED = 100


@door("mutual_aid.scheme_draft_saved", "POST")
def begin(request: Request) -> HttpResponse:
    """另起草稿: from a published scheme, as it is or a year later; or from the reference."""
    key = ids.named(request.POST.get("published", ""))
    text = reading.reference() if key is None else _published_or_404(request, key)
    if request.POST.get("for") == "next_year":
        text = editing.a_year_later(text)
    draft = commands.begin_draft(county=county_of(request), text=text, by=request.reach.actor, at=clock.now())
    messages.success(request, _("已建草稿。发布之前，照旧按现行方案办理"))
    return redirect("mutual_aid:scheme_draft", key=draft.pk)


def _published_or_404(request: Request, key: int) -> str:
    return get_object_or_404(queries.schemes_of(request.reach), pk=key).text


@door("mutual_aid.scheme_draft_saved")
def draft(request: Request, key: UUID) -> HttpResponse:
    """方案草稿: what is in it, to be edited one by one; what is wrong; all that it says."""
    held = _draft_or_404(request, key)
    tree = editing.tree_of(held.text)
    refusal = _refusal(held)
    context = {
        **_context(held),
        "refusal": refusal,
        "outline": None if tree is None else editing.outline(tree),
        "told": None if refusal else telling.told(reading.read(held.text)),
        "may_publish": request.reach.may("mutual_aid.scheme_published"),
    }
    return render(request, "mutual_aid/schemes/draft.html", context)


def _refusal(held: SchemeDraft) -> str:
    """What is wrong with the text, in one sentence; empty where it is sound."""
    try:
        reading.read(held.text)
    except (plain_yaml.Unreadable, plain_yaml.Unsound) as refused:
        return refused.words or _("草稿的各项清单须是列表，请在原文里改")
    return ""


def _context(held: SchemeDraft) -> dict[str, object]:
    return {"draft": held, "seen": SeenForm(initial={"seen": held.digest}, auto_id="seen-%s")}


@forms_door("mutual_aid.scheme_draft_saved")
def node(request: Request, key: UUID, path: str) -> HttpResponse:
    """改一处: an entry of a draft as a form. A post with `do` only adds or drops a row, or changes a kind."""
    held = _draft_or_404(request, key)
    tree = _tree_or_404(held)
    where = _node_or_404(tree, path)
    if request.method != "POST":
        filled = desk.filled_of(tree, where)
        return _page(request, held, tree, where, filled, faults=editing.faults_in(tree))
    filled = desk.posted(where, Posted(request.POST.dict(), request.POST.get("do", "")))
    typed = trees.put(tree, where, filling.settled(where.shape, filled))
    if "do" in request.POST:
        return _page(request, held, typed, where, filled)
    return _saved(request, held, tree, where, filled)


def _saved(request: Request, held: SchemeDraft, tree: Tree, where: Node, filled: Filled) -> HttpResponse:
    """Saved, or the page again with all that was typed."""
    doubled = desk.twice(where, filled)
    kept = desk.kept(tree, tree, where, filled)
    if doubled or kept is None:
        return _page(request, held, tree, where, filled, more=doubled)
    try:
        commands.save_draft(
            draft=held,
            text=desk.rewritten(held.text, kept.tree),
            seen=request.POST.get("seen", ""),
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refused:
        return _page(request, held, kept.tree, where, filled, refusal=refused.words)
    messages.success(request, _("已保存"))
    return redirect("mutual_aid:scheme_node", key=held.pk, path=where.path)


def _page(
    request: Request,
    held: SchemeDraft,
    tree: Tree,
    where: Node,
    filled: Filled,
    *,
    faults: desk.Faults | None = None,
    more: dict[str, list[str]] | None = None,
    refusal: str = "",
) -> HttpResponse:
    context = {
        **_context(held),
        "node": where,
        "name": editing.name_of(tree, where),
        "form": desk.form(editing.LOOK, tree, where, filled, faults or {}, more=more),
        "fits": desk.fits(tree, where),
        "refusal": refusal,
        "seen_digest": request.POST.get("seen", held.digest),
        "neighbours": _neighbours(tree, where),
    }
    return render(request, "mutual_aid/schemes/node.html", context)


def _neighbours(tree: Tree, where: Node) -> tuple[Node | None, Node | None]:
    """The nodes before and after, in the order of the text."""
    nodes = list(trees.nodes_of(tree, Node.whole()))
    place = nodes.index(where)
    before = nodes[place - 1] if place else None
    return before, nodes[place + 1] if place + 1 < len(nodes) else None


@door("mutual_aid.scheme_draft_saved", "POST")
def rearrange(request: Request, key: UUID) -> HttpResponse:
    """增删移: add, remove or move an entry; only of the draft as it was seen."""
    held = _draft_or_404(request, key)
    tree = _tree_or_404(held)
    form = RearrangeForm(request.POST)
    if not form.is_valid():
        raise Http404
    where = _node_or_404(tree, form.cleaned_data["node"])
    do, below = form.cleaned_data["do"], form.cleaned_data["below"]
    if below not in where.below if do == "add" else where.parent is None:
        raise Http404
    changed, there = _rearranged(tree, where, do, below)
    try:
        commands.save_draft(
            draft=held,
            text=desk.rewritten(held.text, changed),
            seen=form.cleaned_data["seen"],
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refused:
        messages.error(request, refused.words)
        return redirect("mutual_aid:scheme_draft", key=held.pk)
    if do == "add":
        return redirect("mutual_aid:scheme_node", key=held.pk, path=there.path)
    messages.success(request, _("已删去") if do == "remove" else _("已移动"))
    return redirect("mutual_aid:scheme_draft", key=held.pk)


def _rearranged(tree: Tree, where: Node, do: str, below: str) -> tuple[Tree, Node]:
    match do:
        case "add":
            return trees.added(tree, where, below, editing.blank(tree, below))
        case "remove":
            return trees.removed(tree, where), where
    return trees.moved(tree, where, "up" if do == "up" else "down")


@forms_door("mutual_aid.scheme_draft_saved")
def source(request: Request, key: UUID) -> HttpResponse:
    """草稿原文: the text itself, for whoever would rather write it."""
    held = _draft_or_404(request, key)
    form = SourceForm(sent(request), initial={"text": held.text, "seen": held.digest})
    if request.method == "POST" and form.is_valid():
        try:
            commands.save_draft(draft=held, **form.cleaned_data, by=request.reach.actor, at=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("草稿已保存"))
            return redirect("mutual_aid:scheme_source", key=held.pk)
    context = {**_context(held), "form": form, "refusal": _refusal(held)}
    return render(request, "mutual_aid/schemes/source.html", context)


@door("mutual_aid.scheme_draft_saved")
def effect(request: Request, key: UUID) -> HttpResponse:
    """试算: what the draft would have given for what was paid under the scheme that it follows."""
    held = _draft_or_404(request, key)
    if _refusal(held):
        messages.error(request, _("草稿还有错误，改好后才能试算"))
        return redirect("mutual_aid:scheme_draft", key=held.pk)
    base = queries.schemes_of(request.reach).filter(county=held.county).first()
    old = base.scheme if base else reading.read(reading.reference())
    told = replaying.replay(old, reading.read(held.text), recording.paid_under(held.county, old))
    ranked = sorted(told.moved, key=lambda one: -abs(one.by_yuan))
    context = {
        **_context(held),
        "base": base,
        "old": old,
        "effect": told,
        "moved": ranked[:LISTED],
        "changes": editing.changes(base.text if base else reading.reference(), held.text),
    }
    return render(request, "mutual_aid/schemes/effect.html", context)


@door("mutual_aid.scheme_published", "POST")
def publish(request: Request, key: UUID) -> HttpResponse:
    """发布草稿: it is a version from now on, and unchanged."""
    held = _draft_or_404(request, key)
    try:
        row = commands.publish_draft(draft=held, seen=_seen(request), by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return redirect("mutual_aid:scheme_draft", key=held.pk)
    messages.success(request, _("已发布“%(scheme)s”") % {"scheme": row})
    return redirect("mutual_aid:scheme", pk=row.pk)


@door("mutual_aid.scheme_draft_discarded", "POST")
def discard(request: Request, key: UUID) -> HttpResponse:
    """放弃草稿."""
    held = _draft_or_404(request, key)
    try:
        commands.discard_draft(draft=held, seen=_seen(request), by=request.reach.actor, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return redirect("mutual_aid:scheme_draft", key=held.pk)
    messages.success(request, _("已放弃草稿“%(draft)s”") % {"draft": held})
    return redirect("mutual_aid:schemes")


def _seen(request: Request) -> str:
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else ""


def _draft_or_404(request: Request, key: UUID) -> SchemeDraft:
    held = SchemeDraft.objects.within(request.reach).select_related("county", "made_by")
    return get_object_or_404(held, pk=key)


def _tree_or_404(held: SchemeDraft) -> Tree:
    tree = editing.tree_of(held.text)
    if tree is None:
        raise Http404(_("草稿的原文还读不成条目，请先在原文里改好"))
    return tree


def _node_or_404(tree: Tree, path: str) -> Node:
    where = Node(path)
    if not editing.PATH.fullmatch(path) or trees.at(tree, where) is None:
        raise Http404(_("草稿里没有这一处"))
    return where
