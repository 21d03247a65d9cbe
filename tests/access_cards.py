"""谁进得了会员卡的门: a row for every page of cards; what a row says is told in `tests/access.py`."""

from typing import Any

from tests.access_row import EXPORTS, Row
from tests.world import DAY, World


def _on_the_day(_world: World) -> dict[str, Any]:
    return {"on": DAY}


ROWS: dict[str, Row] = {
    "members:cards": Row(shows=lambda w: (w.card, "钱会员0")[1], **EXPORTS),
    "members:apply_card": Row(
        given=lambda w: w.person,
        sends=lambda w: {"consent": "2016-1", "on": DAY, "person": [w.person.pk]},
        posts=200,
        prepares=True,
    ),
    "members:card_of": Row(of=lambda w: {"key": w.card.person_id}, reads=302, township=302),
    "members:check_cards": Row(
        given=lambda w: w.make_application(1), sends=lambda w: {"template": "reference"}
    ),
    "members:card_batches": Row(shows=lambda w: (w.batch, "20160601-01")[1]),
    "members:card_batch": Row(of=lambda w: {"pk": w.batch.pk}, township=404),
    "members:card_file": Row(
        of=lambda w: {"pk": w.batch.pk}, sends=lambda w: {"reason": "送银行开卡"}, reads=None, posts=200
    ),
    "members:cards_waiting": Row(shows=lambda w: (w.card, w.employer.name)[1]),
    "members:slips": Row(
        of=lambda w: {"pk": w.employer.pk}, sends=lambda w: {"on": DAY, "card": [w.card.line]}
    ),
    "members:card": Row(of=lambda w: {"line": w.card.line}),
    "members:pass_link": Row(of=lambda w: {"line": w.used_card.line}),
    "members:reveal_card": Row(
        of=lambda w: {"line": w.card.line}, sends=lambda w: {"reason": "柜台核对"}, reads=None, posts=200
    ),
    "members:hand_out_card": Row(of=lambda w: {"line": w.card.line}, sends=_on_the_day),
    "members:activate_card": Row(of=lambda w: {"line": w.used_card.line}, sends=_on_the_day),
    "members:reapply_card": Row(of=lambda w: {"line": w.refused_card.line}, sends=_on_the_day),
    "members:lose_card": Row(of=lambda w: {"line": w.used_card.line}, sends=_on_the_day),
    "members:withdraw_hand_out": Row(
        of=lambda w: {"line": w.used_card.line}, sends=lambda w: {"on": DAY, "words": "签领表看错了"}
    ),
    "members:find_card": Row(of=lambda w: {"line": w.lost_card.line}, sends=_on_the_day),
    "members:replace_card": Row(of=lambda w: {"line": w.used_card.line}, sends=_on_the_day),
    "members:close_card": Row(
        of=lambda w: {"line": w.used_card.line}, sends=lambda w: {"on": DAY, "words": "本人申请"}
    ),
    "members:withdraw_card": Row(of=lambda w: {"line": w.card.line}, sends=_on_the_day),
}
