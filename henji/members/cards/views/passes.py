"""A card as its holder shows it, and the page on which a merchant or a counter checks it."""

import re
from pathlib import Path
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from henji.lib import clock
from henji.lib.doors import Request, door
from henji.members.cards import passes, queries
from henji.members.cards.views.finding import card_at

_SCRIPT = re.compile(r'<script src="[^"]*/([\w.-]+?)(?:\.[0-9a-f]{12})?\.js"[^>]*></script>')
_STYLE = re.compile(r'<link rel="stylesheet" href="[^"]*/([\w.-]+?)(?:\.[0-9a-f]{12})?\.css">')
#: What the checker is made of, by the names of the files.
_PIECES = {
    "nacl-fast.min": "vendor/tweetnacl/nacl-fast.min.js",
    "checker": "members/checker.js",
    "checker-worker": "members/checker-worker.js",
    "pass": "members/pass.css",
}


@door("members.see")
@never_cache
def pass_link(request: Request, line: UUID) -> HttpResponse:
    """本人卡页的链接: to be scanned once by the holder's own phone, or printed on the slip."""
    card = card_at(request, line)
    url = f"{reverse('members:holder')}?card={card.token}&mark={passes.link_mark(card.token)}"
    link = request.build_absolute_uri(url)
    context = {"card": card, "name": queries.name_of(card), "link": link, "drawing": passes.drawn(link)}
    return render(request, "members/cards/link.html", context)


@require_safe
@never_cache
def holder(request: HttpRequest) -> HttpResponse:
    """本人卡页: what the holder shows; whoever has the link sees it, and no number or whole name on it."""
    token, mark = request.GET.get("card", ""), request.GET.get("mark", "")
    if not token:
        return render(request, "members/cards/holder.html", {"card": None})
    if not constant_time_compare(mark, passes.link_mark(token)):
        raise Http404
    card = queries.card_with(token)
    if card is None:
        raise Http404
    context: dict[str, object] = {"card": card, "name": queries.short_name_of(card)}
    if queries.is_good(card, clock.today()):
        code = passes.code_of(card.token, clock.now(), passes.signing_key())
        checker = request.build_absolute_uri(reverse("members:checker"))
        context |= {"code": code, "drawing": passes.drawn(f"{checker}#{code.text}")}
        context["seconds"] = int(passes.CODE_FOR.total_seconds())
    return render(request, "members/cards/holder.html", context)


@require_safe
def checker(request: HttpRequest) -> HttpResponse:
    """核验页: checks codes in the browser; nothing that is checked is sent anywhere."""
    return render(request, "members/cards/checker.html", _checker())


@require_safe
def checking_list(request: HttpRequest) -> HttpResponse:
    """核验名单, signed; good for a day."""
    response = JsonResponse(_list())
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def checker_worker(request: HttpRequest) -> HttpResponse:
    """核验页的离线助手: keeps the page at hand where there is no server."""
    return HttpResponse(_piece("checker-worker"), content_type="text/javascript; charset=utf-8")


@require_safe
@never_cache
def checker_file(request: HttpRequest) -> HttpResponse:
    """离线核验页: the whole of it in one file, good for a day from now, with no server at all."""
    page = render(request, "members/cards/checker.html", _checker() | {"held": _list(), "alone": True})
    whole = _SCRIPT.sub(_script, _STYLE.sub(_style, page.content.decode()))
    saved_as = f'attachment; filename="card-checker-{clock.today():%Y%m%d}.html"'
    headers = {"Content-Disposition": saved_as}
    return HttpResponse(whole, content_type="text/html; charset=utf-8", headers=headers)


def _checker() -> dict[str, object]:
    words = {
        "good": _("有效"),
        "left": _("还有 {n} 秒"),
        "ended": _("已过期，请持卡人刷新再出示"),
        "stopped": _("已挂失或注销，不能使用"),
        "forged": _("签名不对，不是真的卡码"),
        "unknown": _("不是本地签发的卡码"),
        "unread": _("读不出卡码，请重新扫描或粘贴"),
        "nolist": _("还没有核验名单，请联网打开一次"),
        "oldlist": _("核验名单已过一天，请联网更新"),
        "until": _("核验名单更新于 {at}，离线可用到 {ends}"),
        "nocamera": _("打不开摄像头，请粘贴卡码"),
    }
    return {"words": words}


def _list() -> dict[str, str]:
    stopped = queries.stopped_since(clock.now() - passes.LIST_FOR)
    return dict(passes.checking_list(stopped, clock.now(), passes.signing_key()))


def _script(found: re.Match[str]) -> str:
    return f"<script>{_piece(found[1])}</script>"


def _style(found: re.Match[str]) -> str:
    return f"<style>{_piece(found[1])}</style>"


def _piece(name: str) -> str:
    return (
        Path(str(finders.find(_PIECES[name]))).read_text(encoding="utf-8").replace("</script", "<\\/script")
    )
