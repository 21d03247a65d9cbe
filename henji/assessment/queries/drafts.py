"""Questions about drafts: what they said before."""

from henji.assessment.models import DraftText, DraftTextQuerySet, StandardDraft


def texts_of(draft: StandardDraft) -> DraftTextQuerySet:
    """草稿历次文本, the one that stands now at the top."""
    return draft.texts.select_related("made_by").newest_first()


def text_to_go_back_to(draft: StandardDraft) -> int | None:
    """撤销到哪里: the saving before the one whose text stands now; None where there is none, or not kept."""
    standing = draft.texts.newest_first().first()
    before = standing.text_of - 1 if standing else 0
    return before if draft.texts.filter(number=before).exists() else None


def text_seen(draft: StandardDraft, digest: str) -> DraftText | None:
    """看到的文本: what the draft said when it had the digest."""
    return draft.texts.filter(digest=digest).newest_first().select_related("made_by").first()


def saved_since(draft: StandardDraft, seen: DraftText) -> list[str]:
    """此后保存过的人: who has saved the draft since, each once."""
    names = (
        draft.texts.filter(number__gt=seen.number)
        .order_by("number")
        .values_list("made_by__by_name", flat=True)
    )
    return list(dict.fromkeys(names))
