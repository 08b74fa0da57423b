"""Sessions in the database that are not written with every click."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A session whose end moves with use, in steps of a thirtieth of the idle time.

    Half an hour after the last click it ends, to the minute; a page that only reads then writes
    nothing at all, which a busy morning feels.
    """

    _STEPS = 30
    _ends: datetime | None = None

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]  # the stubs lack it
        self._ends = row.expire_date if row else None
        return row

    def save(self, must_create: bool = False) -> None:
        step = timedelta(seconds=self.get_session_cookie_age() / self._STEPS)
        moved = self._ends is None or self.get_expiry_date() - self._ends >= step
        if must_create or self.modified or moved:
            super().save(must_create)
