"""Members called later than the rule of notice says are called with a word about it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.core.dates import today
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_roster
from tests.conftest import SignIn


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "words"), [(7, ""), (6, "회의 6일 전에"), (0, "회의 당일에")])
def test_a_short_notice_is_told_before_the_call_and_after_it(
    days: int, words: str, secretary: User, sign_in: SignIn
) -> None:
    RuleValue.objects.create(
        key="committees.notice.days",
        label="회의 소집 통지",
        value=7,
        unit="일 전",
        valid_from=today() - timedelta(days=1),
        statute=Statute.objects.create(name="운영 기준", kind=StatuteKind.OFFICE),
    )
    day = today() + timedelta(days=days)
    committee = make_committee()
    make_roster(committee)
    meeting = make_meeting(committee, **{**SETTLED, "month": day.replace(day=1), "held_on": day})
    client = sign_in(secretary)
    before = client.get(reverse("committees:meeting", args=[meeting.pk])).content.decode()
    called = client.post(reverse("committees:meeting_call", args=[meeting.pk]), follow=True)
    after = called.content.decode()
    if words:
        assert f"{words} 소집하게 됩니다. 소집 통지 기준은 회의 7일 전까지입니다" in before
        assert f"{words} 소집했습니다." in after
        assert "확인 필요" in after
    else:
        assert "소집 통지 기준" not in before + after
