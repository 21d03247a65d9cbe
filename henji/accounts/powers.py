"""职权: which role may do which deed. `docs/permissions.md` shows this table; a test holds them equal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """职务."""

    ADMINISTRATOR = "administrator", _("管理员")
    LEADER = "leader", _("领导")
    OFFICER = "officer", _("干事")
    BRANCH = "branch", _("乡镇（企业）工会干部")
    INSPECTOR = "inspector", _("考核员")
    AUDITOR = "auditor", _("经审")


ADMINISTRATOR, LEADER, OFFICER = Role.ADMINISTRATOR, Role.LEADER, Role.OFFICER
BRANCH, INSPECTOR, AUDITOR = Role.BRANCH, Role.INSPECTOR, Role.AUDITOR

_EVERYBODY = (ADMINISTRATOR, LEADER, OFFICER, BRANCH, INSPECTOR, AUDITOR)
_COUNTY = (LEADER, OFFICER, AUDITOR)
_READERS = (LEADER, OFFICER, INSPECTOR, AUDITOR)

#: What may be seen: power, its Chinese name, the roles that hold it.
SIGHTS: tuple[tuple[str, object, tuple[Role, ...]], ...] = (
    ("unions.whole_county", _("看全县（不限本乡镇）"), (ADMINISTRATOR, LEADER, OFFICER, INSPECTOR, AUDITOR)),
    ("unions.see", _("看组织"), _EVERYBODY),
    ("members.see", _("看会员"), (LEADER, OFFICER, BRANCH, INSPECTOR, AUDITOR)),
    ("mutual_aid.see", _("看一日捐"), (LEADER, OFFICER, BRANCH, INSPECTOR, AUDITOR)),
    ("mutual_aid.see_books", _("看互助金的账"), _READERS),
    ("mutual_aid.see_cases", _("看救助申请"), (LEADER, OFFICER, BRANCH, AUDITOR)),
    ("assessment.see", _("看考核"), _READERS),
    ("assessment.see_own", _("看本级评分卡"), (BRANCH,)),
    ("evidence.see", _("看文件"), _READERS),
    ("evidence.see_traces", _("看痕迹"), (ADMINISTRATOR, LEADER, OFFICER, INSPECTOR, AUDITOR)),
    ("work.see", _("看待办和任务"), (ADMINISTRATOR, LEADER, OFFICER, AUDITOR)),
    ("work.see_complaints", _("看减负意见"), (LEADER,)),
    ("accounts.see", _("看账号"), (ADMINISTRATOR, AUDITOR)),
)

#: What may be done: deed code, the roles that may.
DOINGS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("evidence.paper_kept", (LEADER, OFFICER)),
    ("evidence.backlog_kept", (OFFICER,)),
    ("evidence.paper_corrected", (LEADER, OFFICER)),
    ("evidence.file_destroyed", (ADMINISTRATOR,)),
    ("evidence.words_erased", (ADMINISTRATOR,)),
    ("evidence.title_erased", (ADMINISTRATOR,)),
    # Of the lists that they see: the door asks for both.
    ("evidence.list_exported", (LEADER, OFFICER, BRANCH, INSPECTOR, AUDITOR)),
    ("unions.county_founded", ()),
    ("unions.union_founded", (ADMINISTRATOR, OFFICER)),
    ("unions.union_closed", (ADMINISTRATOR, OFFICER)),
    ("unions.closing_withdrawn", (ADMINISTRATOR, OFFICER)),
    ("unions.record_kept", (OFFICER, BRANCH)),
    ("unions.clears_kept", (OFFICER, BRANCH)),
    ("unions.phone_revealed", (LEADER, OFFICER, AUDITOR)),
    ("unions.employer_registered", (OFFICER,)),
    ("unions.employer_corrected", (OFFICER,)),
    ("unions.employer_organised", (OFFICER,)),
    ("unions.employers_imported", (OFFICER,)),
    ("accounts.account_opened", (ADMINISTRATOR,)),
    ("accounts.post_given", (ADMINISTRATOR,)),
    ("accounts.post_ended", (ADMINISTRATOR,)),
    ("accounts.password_reset", (ADMINISTRATOR,)),
    ("accounts.password_changed", _EVERYBODY),
    ("accounts.account_suspended", (ADMINISTRATOR,)),
    ("accounts.account_restored", (ADMINISTRATOR,)),
    ("work.complained", _EVERYBODY),
    ("members.roster_imported", (OFFICER,)),
    ("members.enrolled", (OFFICER,)),
    ("members.corrected", (OFFICER,)),
    ("members.placed", (OFFICER,)),
    ("members.placing_withdrawn", (OFFICER,)),
    ("members.standing_changed", (OFFICER,)),
    ("members.left", (OFFICER,)),
    ("members.expelled", (OFFICER,)),
    ("members.died", (OFFICER,)),
    ("members.rejoined", (OFFICER,)),
    ("members.turn_withdrawn", (OFFICER,)),
    # A township's union releases its own members, and takes in those released to it.
    ("members.released", (OFFICER, BRANCH)),
    ("members.accepted", (OFFICER, BRANCH)),
    ("members.refused", (OFFICER, BRANCH)),
    ("members.release_withdrawn", (OFFICER, BRANCH)),
    ("members.merged", (OFFICER,)),
    ("members.merger_withdrawn", (OFFICER,)),
    ("members.doubts_looked_for", (OFFICER,)),
    ("members.doubt_settled", (OFFICER,)),
    ("members.settling_withdrawn", (OFFICER,)),
    ("members.transfer_asked", (OFFICER,)),
    ("members.asking_declined", (OFFICER,)),
    ("members.erased", (LEADER,)),
    ("members.revealed", (LEADER, OFFICER, AUDITOR)),
    ("members.cards_applied", (OFFICER, BRANCH)),
    ("members.card_consent_ended", (OFFICER, BRANCH)),
    ("members.cards_checked", (OFFICER,)),
    ("members.card_file_exported", (OFFICER,)),
    ("members.card_returns_imported", (OFFICER,)),
    ("members.card_reapplied", (OFFICER, BRANCH)),
    ("members.cards_handed_out", (OFFICER, BRANCH)),
    ("members.card_hand_out_withdrawn", (OFFICER, BRANCH)),
    ("members.cards_activated", (OFFICER, BRANCH)),
    ("members.card_lost", (OFFICER, BRANCH)),
    ("members.card_found", (OFFICER, BRANCH)),
    ("members.card_replaced", (OFFICER, BRANCH)),
    ("members.card_closed", (OFFICER,)),
    ("mutual_aid.drive_opened", (LEADER, OFFICER)),
    ("mutual_aid.drive_corrected", (LEADER, OFFICER)),
    ("mutual_aid.donations_imported", (OFFICER,)),
    ("mutual_aid.donation_recorded", (OFFICER,)),
    ("mutual_aid.donation_corrected", (OFFICER,)),
    ("mutual_aid.donation_withdrawn", (OFFICER,)),
    ("mutual_aid.donor_named", (OFFICER,)),
    ("mutual_aid.aid_paid", (OFFICER,)),
    ("mutual_aid.aid_corrected", (OFFICER,)),
    ("mutual_aid.aid_withdrawn", (OFFICER,)),
    ("mutual_aid.subsidy_granted", (LEADER, OFFICER)),
    ("mutual_aid.subsidy_corrected", (LEADER, OFFICER)),
    ("mutual_aid.subsidy_withdrawn", (LEADER, OFFICER)),
    ("mutual_aid.scheme_published", (LEADER,)),
    ("mutual_aid.scheme_draft_saved", (LEADER, OFFICER)),
    ("mutual_aid.scheme_draft_discarded", (LEADER, OFFICER)),
    ("mutual_aid.voucher_entered", (OFFICER,)),
    ("mutual_aid.voucher_reversed", (OFFICER,)),
    ("mutual_aid.statement_imported", (OFFICER,)),
    # Whoever booked a voucher does not tick it: a rule sees to that.
    ("mutual_aid.bank_ticked", (LEADER, OFFICER)),
    ("mutual_aid.tick_withdrawn", (LEADER, OFFICER)),
    # Closing cannot be undone.
    ("mutual_aid.books_closed", (LEADER,)),
    # A township's union applies for its own members, adds their papers and visits them.
    ("mutual_aid.case_applied", (OFFICER, BRANCH)),
    ("mutual_aid.case_supplemented", (OFFICER, BRANCH)),
    ("mutual_aid.case_papers_added", (OFFICER, BRANCH)),
    ("mutual_aid.case_visited", (OFFICER, BRANCH)),
    ("mutual_aid.case_withdrawn", (OFFICER, BRANCH)),
    ("mutual_aid.case_doubt_answered", (OFFICER,)),
    ("mutual_aid.case_returned", (OFFICER,)),
    ("mutual_aid.case_refused", (LEADER, OFFICER)),
    ("mutual_aid.cases_posted", (OFFICER,)),
    ("mutual_aid.objection_heard", (OFFICER,)),
    ("mutual_aid.objection_answered", (LEADER, OFFICER)),
    ("mutual_aid.cases_decided", (LEADER,)),
    ("mutual_aid.city_decided", (LEADER,)),
    ("mutual_aid.payment_batch_formed", (OFFICER,)),
    ("mutual_aid.payment_batch_sent", (OFFICER,)),
    ("mutual_aid.payment_batch_cancelled", (OFFICER,)),
    ("mutual_aid.payment_returns_imported", (OFFICER,)),
    ("mutual_aid.case_receipt_kept", (OFFICER, BRANCH)),
    ("mutual_aid.case_filed", (OFFICER,)),
    ("mutual_aid.aid_demanded_back", (LEADER,)),
    ("mutual_aid.aid_recovered", (OFFICER,)),
    ("mutual_aid.case_revealed", (LEADER, OFFICER, AUDITOR)),
    ("mutual_aid.rolls_made", (LEADER, OFFICER)),
    # A township's union hands its employers their lists, and may report for them; the county accepts.
    ("mutual_aid.rolls_linked", (OFFICER, BRANCH)),
    ("mutual_aid.link_revoked", (OFFICER, BRANCH)),
    # Whoever has the link opens it, and nobody by their post.
    ("mutual_aid.roll_opened", ()),
    ("mutual_aid.gifts_reported", (OFFICER, BRANCH)),
    ("mutual_aid.reports_accepted", (OFFICER,)),
    ("mutual_aid.report_returned", (OFFICER,)),
    ("mutual_aid.slip_recorded", (OFFICER,)),
    ("mutual_aid.slip_withdrawn", (OFFICER,)),
    ("mutual_aid.receipt_issued", (OFFICER,)),
    ("mutual_aid.receipt_cancelled", (OFFICER,)),
    ("assessment.standard_published", (LEADER, OFFICER, INSPECTOR)),
    ("assessment.draft_saved", (LEADER, OFFICER, INSPECTOR)),
    ("assessment.draft_discarded", (LEADER, OFFICER, INSPECTOR)),
    ("assessment.value_stated", (LEADER, OFFICER)),
    ("assessment.targets_received", (LEADER, OFFICER)),
    ("assessment.item_assigned", (LEADER, OFFICER)),
    ("assessment.self_signed", (LEADER,)),
    ("assessment.city_signed", (INSPECTOR,)),
    ("assessment.province_signed", (INSPECTOR,)),
    ("assessment.acceptance_set", (LEADER, OFFICER)),
    ("web.backed_up", (ADMINISTRATOR,)),
    ("web.keys_renewed", (ADMINISTRATOR,)),
    ("web.restored", ()),
)

POWERS: dict[str, frozenset[str]] = {
    role: frozenset(power for power, _name, roles in SIGHTS if role in roles)
    | frozenset(deed for deed, roles in DOINGS if role in roles)
    for role in Role
}


def powers_of(roles: set[str]) -> frozenset[str]:
    """职权: what all the roles together may see and do."""
    return frozenset().union(*(POWERS[role] for role in roles))
