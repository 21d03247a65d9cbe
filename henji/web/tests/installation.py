"""An installation of its own: filled, and told apart from another, in a process of its own.

python manage.py shell -c "from henji.web.tests import installation; installation.build()"
"""

import hashlib
import json
import secrets
import sys
from io import BytesIO
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from henji.assessment import queries as assessment
from henji.evidence import blobs
from henji.evidence.models import Blob, Trace
from henji.lib.actors import INSTALLER
from henji.lib.periods import Period
from henji.members import queries as members
from henji.members.models import Particulars
from henji.unions import commands as unions
from henji.unions.models import Level, Union
from henji.web.deeds import Deed
from tests.cast import AT, _appoint
from tests.world import DAY, World

#: Rows that come and go by themselves.
_OWN = frozenset({"sessions.session", "django_q.ormq", "django_q.task", "contenttypes.contenttype"})


def build() -> None:
    """A county with something of everything that the house keeps."""
    call_command("migrate", verbosity=0)
    county = unions.found_county(code="130123", name="正定县总工会", by=INSTALLER, at=AT)
    township = unions.found_union(
        parent=county, level=Level.TOWNSHIP, name="新安镇总工会", by=INSTALLER, at=AT
    )
    world = World(county, township, _appoint)
    made = (name for name, value in vars(World).items() if hasattr(value, "func"))
    for name in made:
        getattr(world, name)
    sys.stdout.write(f"{len(vars(world))}\n")


def build_large() -> None:
    """A county with a paper of several megabytes."""
    call_command("migrate", verbosity=0)
    county = unions.found_county(code="130123", name="正定县总工会", by=INSTALLER, at=AT)
    blobs.keep(
        BytesIO(secrets.token_bytes(3 << 20)),
        county=county.pk,
        personal=False,
        media_type="video/mp4",
        at=AT,
    )


def describe() -> None:
    """What is to be the same after backup and restore, as JSON."""
    county = Union.objects.get(code="130123", level=Level.COUNTY)
    published = assessment.published(county)
    assert published
    card = assessment.scorecard(county, published.standard, Period.year(DAY.year), DAY)
    told = {
        "score": card.plain(),
        "rows": {model._meta.label: _digest(model) for model in apps.get_models() if _is_kept(model)},
        "traces": Trace.objects.exclude(deed__in=Deed.values).count(),
        "papers": sorted(_clear_digest(blob) for blob in Blob.objects.all()),
        "sound": all(blobs.verify(blob) for blob in Blob.objects.all()),
        "opened": sorted(json.dumps(members.opened(one)) for one in Particulars.objects.all()),
        "closed": _is_closed(),
        "numbered": _is_numbered(county),
    }
    sys.stdout.write(json.dumps(told, sort_keys=True, default=str))


def _is_kept(model: Any) -> bool:
    return model._meta.label_lower not in _OWN and not model._meta.label.startswith(("auth.", "django_q."))


def _digest(model: Any) -> str:
    held = model._default_manager.all()
    if model is Trace:
        held = held.exclude(deed__in=Deed.values)
    rows = (json.dumps(row, sort_keys=True, default=_plain) for row in held.order_by().values_list())
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def _clear_digest(blob: Blob) -> str:
    if blob.is_destroyed:
        return "destroyed"
    return hashlib.sha256(b"".join(blobs.clear_pieces(blob))).hexdigest()


def _is_closed() -> bool:
    """Whether the triggers stand."""
    try:
        with transaction.atomic():
            Trace.objects.all().update(by_name="别人")
    except IntegrityError:
        return True
    return False


def _is_numbered(county: Union) -> bool:
    """Whether the next row of each table that a deed writes gets a number of its own."""
    with transaction.atomic():
        unions.register_employer(county=county, name="恒山机械", by=INSTALLER, at=AT)
        transaction.set_rollback(True)
    connection.check_constraints()
    return True
