"""锁定: guesses are counted, also where several come at once."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.db import IntegrityError

#: So often a guess is counted anew where other log-ins came between.
_TRIES = 10


class Handler(AxesDatabaseHandler):
    """The lock-out of django-axes, which somebody's success may disturb while it counts a failure."""

    def user_login_failed(self, *args: Any, **kwargs: Any) -> None:
        """Count the guess; try again where a log-in deleted its row between looking and writing."""
        for tries_left in reversed(range(_TRIES)):
            try:
                super().user_login_failed(*args, **kwargs)
            except IntegrityError:
                if not tries_left:
                    raise
            else:
                return
