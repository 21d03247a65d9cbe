"""Addresses of aid; they lie in the room's own namespace."""

from django.urls import path

from henji.mutual_aid.cases.views import deciding, lists, one, papers, paying, posting, public

urlpatterns = [
    path("", lists.cases, name="cases"),
    path("apply/", lists.apply_aid, name="apply_aid"),
    path("mine/", public.my_case, name="my_case"),
    path("notices/", posting.notices, name="notices"),
    path("notices/post/", posting.post_notice, name="post_notice"),
    path("notices/public/", public.public_notices, name="public_notices"),
    path("notices/<int:pk>/", posting.notice, name="notice"),
    path("meetings/", deciding.meetings, name="meetings"),
    path("meetings/decide/", deciding.decide_cases, name="decide_cases"),
    path("meetings/<int:pk>/", deciding.meeting, name="meeting"),
    path("batches/", paying.payment_batches, name="payment_batches"),
    path("batches/form/", paying.form_batch, name="form_batch"),
    path("batches/<int:pk>/", paying.payment_batch, name="payment_batch"),
    path("batches/<int:pk>/file/", paying.payment_file, name="payment_file"),
    path("batches/<int:pk>/cancel/", paying.cancel_batch, name="cancel_batch"),
    path("<uuid:key>/", one.case, name="case"),
    path("<uuid:key>/link/", public.case_link, name="case_link"),
    path("<uuid:key>/papers/", papers.case_papers, name="case_papers"),
    path("<uuid:key>/papers/<int:pk>/", papers.case_paper, name="case_paper"),
    path("<uuid:key>/reveal/<slug:field>/", one.reveal_case, name="reveal_case"),
    path("<uuid:key>/supplement/", lists.supplement_case, name="supplement_case"),
    path("<uuid:key>/doubts/<int:pk>/", one.answer_doubt, name="answer_doubt"),
    path("<uuid:key>/visit/", one.visit_case, name="visit_case"),
    path("<uuid:key>/return/", one.return_case, name="return_case"),
    path("<uuid:key>/refuse/", one.refuse_case, name="refuse_case"),
    path("<uuid:key>/withdraw/", one.withdraw_case, name="withdraw_case"),
    path("<uuid:key>/objections/", posting.hear_objection, name="hear_objection"),
    path("<uuid:key>/objections/<int:pk>/", posting.answer_objection, name="answer_objection"),
    path("<uuid:key>/city/", one.city_decision, name="city_decision"),
    path("<uuid:key>/receipt/", one.keep_receipt, name="keep_receipt"),
    path("<uuid:key>/file/", one.file_case, name="file_case"),
    path("<uuid:key>/demand-back/", one.demand_back, name="demand_back"),
    path("<uuid:key>/recovery/", one.record_recovery, name="record_recovery"),
]
