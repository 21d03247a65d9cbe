"""Rows wait for their trace until the end of a deed: that they are found then, whatever their number."""

import pytest
from django.apps import apps
from django.db import connection, models

from henji.evidence.models import Trace

pytestmark = pytest.mark.django_db


def keys_to_traces() -> list[tuple[type[models.Model], str | None]]:
    """Every column that names a trace."""
    return [
        (model, field.column)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Trace
    ]


def test_many_tables_name_traces() -> None:
    assert len(keys_to_traces()) > 40


@pytest.mark.parametrize(("model", "column"), keys_to_traces(), ids=str)
def test_an_index_leads_to_the_rows_of_a_trace(model: type[models.Model], column: str) -> None:
    """Without one SQLite would read the whole table whenever any deed leaves its trace."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, model._meta.db_table)
    led = {
        each["columns"][0]
        for each in constraints.values()
        if each["columns"] and (each["index"] or each["unique"] or each["primary_key"])
    }
    assert column in led
