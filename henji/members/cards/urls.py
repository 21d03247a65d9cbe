"""Addresses of cards; they lie in the room's own namespace."""

from django.urls import path

from henji.members.cards.views import bank, handing, lists, one, passes

urlpatterns = [
    path("", lists.cards, name="cards"),
    path("apply/", lists.apply, name="apply_card"),
    path("check/", bank.check, name="check_cards"),
    path("batches/", bank.card_batches, name="card_batches"),
    path("batches/<int:pk>/", bank.card_batch, name="card_batch"),
    path("batches/<int:pk>/file/", bank.card_file, name="card_file"),
    path("waiting/", handing.cards_waiting, name="cards_waiting"),
    path("waiting/<int:pk>/", handing.slips, name="slips"),
    path("of/<uuid:key>/", lists.card_of, name="card_of"),
    path("<uuid:line>/", one.card, name="card"),
    path("mine/", passes.holder, name="holder"),
    path("checker/", passes.checker, name="checker"),
    path("checker/list.json", passes.checking_list, name="checking_list"),
    path("checker/worker.js", passes.checker_worker, name="checker_worker"),
    path("checker/file/", passes.checker_file, name="checker_file"),
    path("<uuid:line>/link/", passes.pass_link, name="pass_link"),
    path("<uuid:line>/reveal/", one.reveal_card, name="reveal_card"),
    path("<uuid:line>/hand-out/", one.hand_out_card, name="hand_out_card"),
    path("<uuid:line>/hand-out/withdraw/", one.withdraw_hand_out, name="withdraw_hand_out"),
    path("<uuid:line>/activate/", one.activate_card, name="activate_card"),
    path("<uuid:line>/reapply/", one.reapply_card, name="reapply_card"),
    path("<uuid:line>/lose/", one.lose_card, name="lose_card"),
    path("<uuid:line>/find/", one.find_card, name="find_card"),
    path("<uuid:line>/replace/", one.replace_card, name="replace_card"),
    path("<uuid:line>/close/", one.close_card, name="close_card"),
    path("<uuid:line>/withdraw/", one.withdraw_card, name="withdraw_card"),
]
