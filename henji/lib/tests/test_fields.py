"""A column of money: fen in the database, yuan for everybody else, sums included."""

from decimal import Decimal

import pytest
from django.db import connection, models
from django.db.models import Max, Min, Sum
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from henji.lib import money
from henji.lib.fields import YuanField

AMOUNTS = st.decimals(min_value=Decimal("-1e8"), max_value=Decimal("1e8"), places=2)


@pytest.fixture
def gift(transactional_db):
    """A table with a column of money."""
    with isolate_apps("henji.mutual_aid"):

        class Gift(models.Model):
            paid_yuan = YuanField(null=True)

            class Meta:
                app_label = "mutual_aid"

            def __str__(self):
                return str(self.paid_yuan)

        with connection.schema_editor() as editor:
            editor.create_model(Gift)
        yield Gift
        with connection.schema_editor() as editor:
            editor.delete_model(Gift)


def give(gift, *amounts):
    gift.objects.bulk_create(gift(paid_yuan=amount) for amount in amounts)


def test_an_amount_comes_back_as_it_was(gift):
    give(gift, Decimal("50.05"), None)
    assert list(gift.objects.order_by("pk").values_list("paid_yuan", flat=True)) == [Decimal("50.05"), None]


def test_fen_lie_in_the_database(gift):
    give(gift, Decimal("50.05"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT paid_yuan FROM {gift._meta.db_table}")
        assert cursor.fetchone() == (5005,)


def test_sums_and_ends_come_back_as_yuan(gift):
    give(gift, *[Decimal("0.10")] * 3, Decimal("99999999.99"))
    found = gift.objects.aggregate(all=Sum("paid_yuan"), low=Min("paid_yuan"), high=Max("paid_yuan"))
    assert found == {"all": Decimal("100000000.29"), "low": Decimal("0.10"), "high": Decimal("99999999.99")}


def test_nothing_sums_up_to_nothing(gift):
    assert gift.objects.aggregate(all=Sum("paid_yuan")) == {"all": None}


def test_amounts_are_compared_in_yuan(gift):
    give(gift, Decimal("49.99"), Decimal(50), Decimal("50.01"))
    assert gift.objects.filter(paid_yuan__gte=50).count() == 2
    assert gift.objects.filter(paid_yuan__in=[Decimal("50.00")]).count() == 1
    assert gift.objects.filter(paid_yuan="50.01").count() == 1


def test_parts_of_a_fen_are_refused(gift):
    with pytest.raises(money.NotMoney):
        give(gift, Decimal("0.001"))


@given(AMOUNTS)
def test_there_and_back_loses_nothing(amount):
    field = YuanField()
    assert field.from_db_value(field.get_prep_value(amount)) == amount
    assert field.to_python(str(amount)) == amount
