"""Addresses of lists, reports, slips and receipts; they lie in the room's own namespace."""

from django.urls import path

from henji.mutual_aid.giving.views import paying, progress, reporting, rolls

urlpatterns = [
    path("<int:pk>/rolls/", rolls.roll_list, name="rolls"),
    path("<int:pk>/rolls/make/", rolls.make_rolls, name="make_rolls"),
    path("<int:pk>/rolls/hand-out/", rolls.hand_out_rolls, name="hand_out_rolls"),
    path("<int:pk>/rolls/links/", rolls.roll_links, name="roll_links"),
    path("<int:pk>/reports/", reporting.reports, name="reports"),
    path("<int:pk>/reports/accept/", reporting.accept_reports, name="accept_reports"),
    path("<int:pk>/progress/", progress.drive_progress, name="drive_progress"),
    path("rolls/<int:pk>/", rolls.roll_page, name="roll"),
    path("rolls/<int:pk>/hand-out/", rolls.hand_out_roll, name="hand_out_roll"),
    path("rolls/<int:pk>/workbook/", rolls.roll_workbook, name="roll_workbook"),
    path("rolls/<int:pk>/report/", reporting.report_roll, name="report_roll"),
    path("rolls/<int:pk>/slip/", paying.record_slip, name="record_slip"),
    path("rolls/links/<uuid:key>/revoke/", rolls.revoke_link, name="revoke_roll_link"),
    path("rolls/report/", reporting.roll_by_link, name="roll_by_link"),
    path("reports/<int:pk>/", reporting.report_page, name="report"),
    path("reports/<int:pk>/return/", reporting.return_report, name="return_report"),
    path("slips/<uuid:line>/withdraw/", paying.withdraw_slip, name="withdraw_slip"),
    path("slips/<uuid:line>/receipt/", paying.issue_receipt, name="issue_receipt"),
    path("receipts/", paying.receipt_list, name="receipts"),
    path("receipts/<int:pk>/", paying.receipt_page, name="receipt"),
    path("receipts/<int:pk>/cancel/", paying.cancel_receipt, name="cancel_receipt"),
]
