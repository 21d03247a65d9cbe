"""删除个人信息: every room destroys the words that it holds of a thing, when a deed asks for it.

A person's name may stand where a room above wrote it, which the room of the person may not import. Each room
says in its `erasing.py` what it destroys. What must be kept by law, such as money, stays without the words.
"""

from collections.abc import Callable, Sequence

from henji.evidence.models import Trace, Words

#: Destroys what a room holds in words of the things with these keys.
Eraser = Callable[[Sequence[str]], None]
_erasers: dict[str, list[Eraser]] = {}


def erases(kind: str) -> Callable[[Eraser], Eraser]:
    """Declare the function as one that destroys words about things of the kind."""

    def declare(eraser: Eraser) -> Eraser:
        _erasers.setdefault(kind, []).append(eraser)
        return eraser

    return declare


def erase(kind: str, keys: Sequence[str]) -> None:
    """删除: let every room destroy its words about the things, in the caller's transaction.

    What was said beside traces about them goes too; the traces stay.
    """
    told = Trace.objects.filter(subject_kind=kind, subject_id__in=keys)
    Words.objects.filter(trace__in=told).delete()
    for eraser in _erasers.get(kind, []):
        eraser(keys)
