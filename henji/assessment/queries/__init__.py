"""Questions: which standard, and what the scorecard says. Reads only."""

from henji.assessment.queries.acceptance import acceptance_of, acceptances_ever, year_awaited
from henji.assessment.queries.catalogue import Chapter, Entry, catalogue
from henji.assessment.queries.charges import charge_of, charges_ever, charges_of, charges_upon, people_of
from henji.assessment.queries.demands import ITEM, PART
from henji.assessment.queries.drafts import saved_since, text_seen, text_to_go_back_to, texts_of
from henji.assessment.queries.league import Shared, published_alike, standards_shared
from henji.assessment.queries.papers import (
    Evidence,
    Exhibit,
    Shelf,
    Shelves,
    evidence_of,
    papers_of_item,
    shelves_of,
)
from henji.assessment.queries.scorecards import Compute, item_scores, scorecard, scorecards
from henji.assessment.queries.signed import (
    Columns,
    columns_signed,
    docket_of,
    signed_columns,
    signed_scores,
    signed_self,
)
from henji.assessment.queries.standards import (
    StandardUnknown,
    item_of,
    published,
    published_below,
    standard_for,
    standards_in,
    standards_of,
    subjects_in,
)
from henji.assessment.queries.targets import (
    Pursuit,
    pursuits,
    target_history,
    target_numbers,
    targets_of,
)
from henji.assessment.queries.values import line_of, values_about, values_of_item, values_overlapping

__all__ = [
    "ITEM",
    "PART",
    "Chapter",
    "Columns",
    "Compute",
    "Entry",
    "Evidence",
    "Exhibit",
    "Pursuit",
    "Shared",
    "Shelf",
    "Shelves",
    "StandardUnknown",
    "acceptance_of",
    "acceptances_ever",
    "catalogue",
    "charge_of",
    "charges_ever",
    "charges_of",
    "charges_upon",
    "columns_signed",
    "docket_of",
    "evidence_of",
    "item_of",
    "item_scores",
    "line_of",
    "papers_of_item",
    "people_of",
    "published",
    "published_alike",
    "published_below",
    "pursuits",
    "saved_since",
    "scorecard",
    "scorecards",
    "shelves_of",
    "signed_columns",
    "signed_scores",
    "signed_self",
    "standard_for",
    "standards_in",
    "standards_of",
    "standards_shared",
    "subjects_in",
    "target_history",
    "target_numbers",
    "targets_of",
    "text_seen",
    "text_to_go_back_to",
    "texts_of",
    "values_about",
    "values_of_item",
    "values_overlapping",
    "year_awaited",
]
