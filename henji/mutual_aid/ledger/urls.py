"""Addresses of the books; the room's `urls.py` includes them."""

from django.urls import path

from henji.mutual_aid.ledger.views import bank, books, entering, papers

urlpatterns = [
    path("", books.books, name="books"),
    path("enter/", entering.enter_voucher, name="enter_voucher"),
    path("close/", entering.close_books, name="close_books"),
    path("vouchers/", books.vouchers, name="vouchers"),
    path("vouchers/<int:pk>/", books.voucher, name="voucher"),
    path("vouchers/<int:pk>/reverse/", entering.reverse_voucher, name="reverse_voucher"),
    path("reports/", papers.report, name="book_report"),
    path("bank/", bank.bank_lines, name="bank_lines"),
    path("reconcile/", bank.reconcile, name="reconcile"),
    path("reconcile/confirm/", bank.confirm_matches, name="confirm_matches"),
    path("reconcile/<uuid:group>/withdraw/", bank.withdraw_match, name="withdraw_match"),
    path("<str:code>/", books.account, name="account"),
    path("<str:code>/units/", books.units, name="account_units"),
]
