"""上级评分: what an inspector gives, beside what the county says for itself. Pure: no clock, no database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from henji.assessment import library, marking
from henji.assessment.cards import ItemScore, Scorecard, plain_number
from henji.assessment.marking import NOUGHT, Grading


@dataclass(frozen=True, slots=True)
class Given:
    """给分: the points of an item, and why, where they are not those of the county."""

    points: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """否决认定: whether a veto holds, and why, where the county says otherwise."""

    holds: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """县里的分: the points of each item and the vetoes that hold, as the county says.

    `digest` is that of the self-score signed; empty where nothing was signed and they are as computed.
    """

    points: Mapping[str, Decimal]
    vetoes: frozenset[str]
    total: Decimal
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Docket:
    """评分底稿: what an inspector scores: the county's card and its own points, and the standard's digest.

    `before` is the digest of what was signed in the same column before; empty where nothing was.
    """

    card: Scorecard
    county: str
    standard: str
    own: Own
    people: Mapping[str, str]
    before: str = ""

    @property
    def digest(self) -> str:
        """What was shown; it moves when anything does that the inspector goes by."""
        return library.digest_of({"card": self._frozen, "own": self.own.digest, "before": self.before})

    @property
    def _frozen(self) -> dict[str, Any]:
        return self.card.frozen(county=self.county, standard=self.standard, people=self.people)

    def grading(self, given: Mapping[str, Given], found: Mapping[str, Finding]) -> Grading:
        """定等 by the points given and the vetoes found to hold."""
        points = self._points(given, found)
        sums = {
            kind: sum((points[item.code] for item in self.card.items if item.item.kind == kind), NOUGHT)
            for kind in ("base", "bonus")
        }
        return marking.grade(self.card.standard, sums["base"], sums["bonus"], _held(found))

    def judged(self, given: Mapping[str, Given], found: Mapping[str, Finding]) -> dict[str, Any]:
        """What the signature freezes: `score` as given, of the shape of the county's card, which is `own`."""
        frozen, points = self._frozen, self._points(given, found)
        grading = self.grading(given, found)
        items = zip(frozen["score"]["items"], self.card.items, strict=True)
        score = {
            "total": plain_number(grading.total),
            "base": plain_number(grading.base),
            "bonus": plain_number(grading.bonus),
            "grade": grading.grade,
            "items": [
                {**plain, **self._plain(item, points[item.code], given[item.code])} for plain, item in items
            ],
        }
        told = {"grading": frozen["grading"], "vetoes": frozen["vetoes"], "score": frozen["score"]}
        return {
            **frozen,
            "grading": grading.explanation,
            "vetoes": _held(found),
            "veto_reasons": {code: finding.reason for code, finding in found.items() if finding.reason},
            "score": score,
            "own": {**told, "total": plain_number(self.own.total), "signed": self.own.digest},
        }

    def _plain(self, item: ItemScore, points: Decimal, given: Given) -> dict[str, Any]:
        own = self.own.points[item.code]
        return {"points": plain_number(points), "own": plain_number(own), "reason": given.reason}

    def _points(self, given: Mapping[str, Given], found: Mapping[str, Finding]) -> dict[str, Decimal]:
        void = _voided(self.card, _held(found))
        return {code: NOUGHT if code in void else one.points for code, one in given.items()}


def own_of(card: Scorecard, signed: Mapping[str, Any] | None = None, digest: str = "") -> Own:
    """县里的分: what was signed (its body), else what is computed."""
    points = {item.code: item.points for item in card.items}
    if signed is None:
        held = frozenset(veto.veto.code for veto in card.vetoes if veto.holds)
        return Own(points, held, card.grading.total)
    said = {item["code"]: Decimal(str(item["points"])) for item in signed["score"]["items"]}
    total = Decimal(str(signed["score"]["total"]))
    return Own(points | said, frozenset(signed["vetoes"]), total, digest)


def _held(found: Mapping[str, Finding]) -> list[str]:
    return [code for code, finding in found.items() if finding.holds]


def _voided(card: Scorecard, held: Collection[str]) -> set[str]:
    """The items that vetoes leave without points."""
    return {veto.veto.zero_item for veto in card.vetoes if veto.veto.code in held and veto.veto.zero_item}
