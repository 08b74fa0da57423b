"""Papers to an item: put there, put in order, taken away, as long as the meeting is not open."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import Max

from apps.accounts.models import User
from apps.committees.attachments import looked_through
from apps.committees.models import AgendaItem, Attachment, Meeting
from apps.core.history import service

TOO_LATE = "개의한 회의의 붙임은 바꿀 수 없습니다."


@service
def attach(*, item: AgendaItem, name: str, content: bytes, by: User) -> Attachment:
    """Put a paper to an item, as its last. Raises ``ValidationError`` for one nobody could open."""
    looked = looked_through(name, content)  # takes its time: nobody waits for the meeting meanwhile
    _still_prepared(item)
    last = item.attachments.aggregate(last=Max("order"))["last"] or 0
    row = Attachment(
        item=item,
        order=last + 1,
        name=name[-200:],
        kind=looked.kind,
        content=content,
        size=len(content),
        digest=looked.digest,
        pages=looked.pages,
    )
    row.full_clean()
    row.save()
    return row


@service
def detach(*, attachment: Attachment, by: User) -> None:
    """Take a paper away."""
    _still_prepared(attachment.item)
    attachment.delete()


@service
def order_attachments(*, item: AgendaItem, keys: Sequence[int], by: User) -> None:
    """Put the papers in the order of ``keys``; one not named stays behind them."""
    _still_prepared(item)
    places = {key: place for place, key in enumerate(keys)}
    rows = sorted(item.attachments.defer("content"), key=lambda row: places.get(row.pk, len(keys)))
    for order, row in enumerate(rows, 1):
        row.order = order
    Attachment.objects.bulk_update(rows, ["order"])


def _still_prepared(item: AgendaItem) -> None:
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
    if not held.is_prepared:
        raise ValidationError(TOO_LATE)
