"""The figures of cards: each side is a count over its own ground."""

from datetime import date

from henji.evidence import figures
from henji.lib.periods import Period
from henji.members.cards import commands


def figure_of(address, *counties, as_of, known_at=None):
    scope = figures.Scope(tuple(county.pk for county in counties), Period.year(2016), as_of, known_at)
    return figures.compute(address, scope)[counties[0].pk]


def counted(client, ground):
    return client.get(ground.url).context["listing"].total


def test_each_side_is_a_count_over_its_ground_on_any_day(office, hire, county, client_of, officer):
    client = client_of(officer)
    first, _second, _third = hire(1), hire(3), hire(5)
    (card, other) = office.hand_out(first, _second)
    handed_out_on = card.issued_on
    office.step(lambda card, **more: commands.activate(county=county, cards=[card], **more), card)
    office.step(commands.close, office.card(_second), words="本人申请")
    for as_of, sides in (
        (date(2016, 6, 1), (0, 3)),
        (handed_out_on, (2, 3)),
        (office.on, (1, 3)),
    ):
        rate = figure_of("members.card_rate", county, as_of=as_of)
        assert (rate.part, rate.whole) == sides
        assert (counted(client, rate.part_ground), counted(client, rate.whole_ground)) == sides
    active = figure_of("members.card_activation_rate", county, as_of=office.on)
    assert (active.part, active.whole) == (1, 1)
    assert (counted(client, active.part_ground), counted(client, active.whole_ground)) == (1, 1)
    assert isinstance(
        figure_of("members.card_activation_rate", county, as_of=date(2016, 6, 1)), figures.Missing
    )
    assert other.issued_on == handed_out_on


def test_a_township_counts_the_cards_of_its_own_members(
    office, hire, employ, county, township, client_of, officer
):
    elsewhere = hire(5, employer=employ("县直机关"))
    issued = office.hand_out(hire(1), elsewhere)
    hire(3)
    activate = {"county": county, "cards": issued}
    commands.activate(**activate, **office.signed, on=office.on)
    client = client_of(officer)
    for union, sides in ((county, (2, 3)), (township, (1, 2))):
        rate = figure_of("members.card_rate", union, as_of=office.on)
        active = figure_of("members.card_activation_rate", union, as_of=office.on)
        assert (rate.part, rate.whole) == sides
        assert (active.part, active.whole) == (sides[0], sides[0])
        for figure in (rate, active):
            grounds = (figure.part_ground, figure.whole_ground)
            assert [counted(client, ground) for ground in grounds] == [figure.part, figure.whole]
    assert figures.counts_for("members.card_rate", "township")


def test_what_was_recorded_later_was_not_known_then(office, hire, county, client_of, officer):
    (card,) = office.hand_out(hire())
    before = card.known_from.replace(hour=0)
    rate = figure_of("members.card_rate", county, as_of=office.on, known_at=before)
    assert (rate.part, counted(client_of(officer), rate.part_ground)) == (0, 0)


def test_a_county_without_members_has_no_rate(county):
    assert isinstance(figure_of("members.card_rate", county, as_of=date(2016, 6, 1)), figures.Missing)


def test_counties_cost_no_more_queries_than_one(hire, county, neighbour, django_assert_num_queries):
    hire()
    with django_assert_num_queries(3):
        figure_of("members.card_rate", county, neighbour, as_of=date(2016, 6, 1))
    with django_assert_num_queries(2):
        figure_of("members.card_activation_rate", county, neighbour, as_of=date(2016, 6, 1))
