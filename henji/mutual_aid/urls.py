"""Addresses of this room."""

from django.urls import include, path

from henji.mutual_aid.views import aid, drives, gifts, sources, subsidies

app_name = "mutual_aid"
urlpatterns = [
    path("", include("henji.mutual_aid.giving.urls")),
    path("", drives.drive_list, name="drives"),
    path("schemes/", include("henji.mutual_aid.schemes.urls")),
    path("open/", drives.open_drive, name="open_drive"),
    path("<int:pk>/", drives.drive_page, name="drive"),
    path("<int:pk>/correct/", drives.correct_drive, name="correct_drive"),
    path("<int:pk>/subsidy/", subsidies.grant_subsidy, name="grant_subsidy"),
    path("donations/", gifts.donation_list, name="donations"),
    path("donations/record/", gifts.record_donation, name="record_donation"),
    path("donations/<int:pk>/", gifts.donation_version, name="donation_version"),
    path("donations/<uuid:line>/", gifts.donation_page, name="donation"),
    path("donations/<uuid:line>/row/", sources.donation_row, name="donation_row"),
    path("donations/<uuid:line>/correct/", gifts.correct_donation, name="correct_donation"),
    path("donations/<uuid:line>/withdraw/", gifts.withdraw_donation, name="withdraw_donation"),
    path("donations/<uuid:line>/donor/", gifts.name_donor, name="name_donor"),
    path("donors/", gifts.donor_list, name="donors"),
    path("cases/", include("henji.mutual_aid.cases.urls")),
    path("aid/", aid.aid_list, name="aid"),
    path("aid/pay/", aid.pay_aid, name="pay_aid"),
    path("aid/<int:pk>/", aid.payment_version, name="payment_version"),
    path("aid/<uuid:line>/", aid.payment_page, name="payment"),
    path("aid/<uuid:line>/correct/", aid.correct_aid, name="correct_aid"),
    path("aid/<uuid:line>/withdraw/", aid.withdraw_aid, name="withdraw_aid"),
    path("books/", include("henji.mutual_aid.ledger.urls")),
    path("fund/", sources.fund, name="fund"),
    path("subsidies/", subsidies.subsidy_list, name="subsidies"),
    path("subsidies/<int:pk>/", subsidies.subsidy_version, name="subsidy_version"),
    path("subsidies/<uuid:line>/", subsidies.subsidy_page, name="subsidy"),
    path("subsidies/<uuid:line>/correct/", subsidies.correct_subsidy, name="correct_subsidy"),
    path("subsidies/<uuid:line>/withdraw/", subsidies.withdraw_subsidy, name="withdraw_subsidy"),
]
