"""Pages on which a draft is written on screen, one node at a time; and what it said before."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from henji.assessment import commands, queries, trying
from henji.assessment.editing import desk, merging, outlining, trees
from henji.assessment.editing.trees import Node, Tree
from henji.assessment.forms import RearrangeForm, SeenForm
from henji.assessment.models import DraftText, StandardDraft
from henji.assessment.rules import DraftMoved
from henji.assessment.views.drafts import draft_context, draft_or_404, subject_of_draft
from henji.assessment.views.looking import carried
from henji.lib import clock, tongues
from henji.lib.doors import Request, door, forms_door
from henji.lib.drafting import filling
from henji.lib.drafting.filling import Posted
from henji.lib.refusals import Refusal


@forms_door("assessment.draft_saved")
def node(request: Request, key: UUID, path: str) -> HttpResponse:
    """改一处: the whole, an item, a part or a veto of a draft as a form, with its preview and trial score.

    A post without `do` saves; one with it only adds or drops a row, or takes another kind of rule.
    """
    held = draft_or_404(request, key)
    tree = _tree_or_404(held)
    if request.method == "POST" and "do" not in request.POST:
        return _saved(request, held, tree, path)
    where = _node_or_404(tree, path)
    if request.method == "POST":
        filled = desk.posted(where, _posted(request))
        typed = trees.put(tree, where, filling.settled(where.shape, filled))
        return _page(request, held, typed, where, filled, seen=request.POST.get("seen", ""), is_checked=False)
    return _page(request, held, tree, where, desk.filled_of(tree, where), seen=held.digest)


def _saved(request: Request, held: StandardDraft, tree: Tree, path: str) -> HttpResponse:
    """Saved, or the page again with all that was typed."""
    seen = queries.text_seen(held, request.POST.get("seen", ""))
    base = trees.read(seen.body) if seen else tree
    where = _node_or_404(base, path)
    filled = desk.posted(where, _posted(request))
    doubled = desk.twice(where, filled)
    kept = desk.kept(base, tree, where, filled) if seen else None
    if doubled or kept is None:
        refusal = "" if doubled else _("这一处刚被别人移走、改了代码或删去，您的改动没有存")
        return _page(
            request,
            held,
            base,
            where,
            filled,
            seen=request.POST.get("seen", ""),
            more=doubled,
            refusal=refusal,
        )
    if kept.contested:
        refusal = _("%(who)s刚改过同一处，请看标出的几栏") % {"who": _who(held, seen)}
        beside = {name: [words] for name, words in kept.contested.items()}
        again = desk.filled_of(kept.tree, kept.node)
        return _page(
            request, held, kept.tree, kept.node, again, seen=held.digest, more=beside, refusal=refusal
        )
    if kept.tree == tree:
        messages.info(request, _("没有改动"))
        return redirect(_address(request, held, kept.node))
    who = _who(held, seen)
    try:
        text = desk.rewritten(held.body, kept.tree)
        commands.save_draft(draft=held, text=text, seen=held.digest, by=request.reach.actor, at=clock.now())
    except Refusal as refused:
        return _page(
            request, held, base, where, filled, seen=request.POST.get("seen", ""), refusal=refused.words
        )
    messages.success(request, _("已保存"))
    if base != tree:
        told = tongues.listed(_in_words(one) for one in list(merging.changes(base, tree))[:5])
        messages.info(request, _("%(who)s同时改了：%(what)s。都已保留") % {"who": who, "what": told})
    return redirect(_address(request, held, kept.node))


def _who(held: StandardDraft, seen: DraftText | None) -> str:
    return tongues.listed(queries.saved_since(held, seen)) if seen else ""


def _in_words(change: merging.Change) -> str:
    if not (change.before or change.after):
        return f"{change.code} {change.label}".strip()
    said = {
        "code": change.code,
        "label": change.label,
        "before": change.before or _("空"),
        "after": change.after or _("空"),
    }
    return _("%(code)s %(label)s“%(before)s”改为“%(after)s”") % said


def _page(
    request: Request,
    held: StandardDraft,
    tree: Tree,
    where: Node,
    filled: filling.Filled,
    *,
    seen: str,
    is_checked: bool = True,
    more: dict[str, list[str]] | None = None,
    refusal: str = "",
) -> HttpResponse:
    faults = desk.faults_in(tree) if is_checked else {}
    context = {
        **draft_context(request, held),
        "node": where,
        "code": trees.code_of(tree, where),
        "name": merging.in_words((trees.at(tree, where) or {}).get("name")),
        "form": desk.form(tree, where, filled, faults, more),
        "fits": desk.fits(tree, where),
        "refusal": refusal,
        "seen_digest": seen,
        "neighbours": _neighbours(tree, where),
        **_preview(request, tree, where),
    }
    return render(request, "assessment/draft_node.html", context, status=200)


def _preview(request: Request, tree: Tree, where: Node) -> dict[str, object]:
    subject = subject_of_draft(request, trying.level_of(tree))
    return {"tried": trying.tried(tree, where, subject, clock.today()), "subject": subject}


def _neighbours(tree: Tree, where: Node) -> tuple[Node | None, Node | None]:
    """The nodes before and after, in the order of the text."""
    nodes = list(trees.nodes_of(tree))
    place = nodes.index(where)
    before = nodes[place - 1] if place else None
    return before, nodes[place + 1] if place + 1 < len(nodes) else None


@door("assessment.draft_saved", "POST")
def try_node(request: Request, key: UUID, path: str) -> HttpResponse:
    """试改: the preview of what stands in the form, and what is wrong beside each box; nothing is saved."""
    held = draft_or_404(request, key)
    tree = _tree_or_404(held)
    where = _node_or_404(tree, path)
    filled = desk.posted(where, _posted(request))
    typed = trees.put(tree, where, filling.settled(where.shape, filled))
    subject = subject_of_draft(request, trying.level_of(typed))
    context = {
        "form": desk.form(typed, where, filled, desk.faults_in(typed), desk.twice(where, filled)),
        "before": trying.total(tree, subject, clock.today()),
        **_preview(request, typed, where),
    }
    return render(request, "assessment/_tried.html", context)


@door("assessment.draft_saved", "POST")
def rearrange(request: Request, key: UUID) -> HttpResponse:
    """增删移: add, remove or move an item, a part or a veto; only of the draft as it was seen."""
    held = draft_or_404(request, key)
    tree = _tree_or_404(held)
    form = RearrangeForm(request.POST)
    if not form.is_valid():
        raise Http404(_("草稿里没有这一处"))
    where = _node_or_404(tree, form.cleaned_data["node"])
    do, below = form.cleaned_data["do"], form.cleaned_data["below"]
    if below not in where.below if do == "add" else where.parent is None:
        raise Http404(_("草稿里没有这一处"))
    changed, there = _rearranged(tree, where, do, below)
    try:
        commands.save_draft(
            draft=held,
            text=desk.rewritten(held.body, changed),
            seen=form.cleaned_data["seen"],
            by=request.reach.actor,
            at=clock.now(),
        )
    except Refusal as refused:
        words = (
            _("草稿刚被别人保存过，这一步没有做。下面是最新的草稿")
            if isinstance(refused, DraftMoved)
            else refused.words
        )
        messages.error(request, words)
        return redirect(_outline(request, held))
    if do == "add":
        return redirect(_address(request, held, there))
    messages.success(request, _("已删去，可以撤销") if do == "remove" else _("已移动"))
    return redirect(f"{_outline(request, held)}#{there.path}")


def _rearranged(tree: Tree, where: Node, do: str, below: str) -> tuple[Tree, Node]:
    match do:
        case "add":
            return trees.added(tree, where, below, desk.blank(tree, where, below))
        case "remove":
            return trees.removed(tree, where), where.parent or where
    return trees.moved(tree, where, "up" if do == "up" else "down")


@door("assessment.draft_saved")
def history(request: Request, key: UUID) -> HttpResponse:
    """历次保存: what was changed by whom; each can be brought back."""
    held = draft_or_404(request, key)
    texts = list(queries.texts_of(held))
    newest = texts[0].number if texts else 0
    shown = _asked(request) or newest
    pairs = zip(texts, [*texts[1:], None], strict=True)
    savings = [
        (text, _changes(before, text) if shown - _SHOWN < text.number <= shown else None)
        for text, before in pairs
    ]
    return render(
        request, "assessment/draft_history.html", {**draft_context(request, held), "savings": savings}
    )


def _asked(request: Request) -> int:
    """From which saving on the changes are told; 0 where none is named."""
    told = request.GET.get("from", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 7 else 0


#: Of so many savings, and of each so many changes, are told on one page: reading a text takes its time.
_SHOWN = 5
_TOLD = 8


def _changes(before: DraftText | None, text: DraftText) -> list[str]:
    """改动 of a saving, in words; nothing of the first, and of texts that are no trees."""
    if before is None:
        return []
    try:
        changes = list(merging.changes(trees.read(before.body), trees.read(text.body)))
    except Refusal:
        return [_("改了原文")]
    told = [_in_words(one) for one in changes[:_TOLD]]
    return [*told, _("另有 %(n)s 处") % {"n": len(changes) - _TOLD}] if len(changes) > _TOLD else told


@door("assessment.draft_saved", "POST")
def restore(request: Request, key: UUID, number: int) -> HttpResponse:
    """恢复: put back the text of an earlier saving."""
    held = draft_or_404(request, key)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        commands.restore_draft(draft=held, number=number, seen=seen, by=request.reach.actor, at=clock.now())
    except DraftText.DoesNotExist:
        raise Http404(_("这次保存的内容已不在")) from None
    except Refusal as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("已恢复到第 %(n)s 次保存的内容") % {"n": number})
    return redirect(_outline(request, held))


def _posted(request: Request) -> Posted:
    return Posted(request.POST.dict(), request.POST.get("do", ""))


def _tree_or_404(held: StandardDraft) -> Tree:
    tree = outlining.tree_of(held)
    if tree is None:
        raise Http404(_("草稿的原文还读不成条目，请先在原文里改好"))
    return tree


def _node_or_404(tree: Tree, path: str) -> Node:
    where = Node(path)
    if not trees.NODE.fullmatch(path) or trees.at(tree, where) is None:
        raise Http404(_("草稿里没有这一处"))
    return where


def _address(request: Request, held: StandardDraft, where: Node) -> str:
    return reverse("assessment:draft_node", args=[held.pk, where.path]) + carried(request)


def _outline(request: Request, held: StandardDraft) -> str:
    return reverse("assessment:draft", args=[held.pk]) + carried(request)
