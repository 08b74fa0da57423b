"""One term after another: appointed again, handed over, running out."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.accounts.models import User
from apps.committees.duties import terms_to_settle
from apps.committees.enums import Appointment, Leaving, MemberOffice, Sex, Verdict
from apps.committees.models import Member
from apps.committees.queries import sex_ratio
from apps.committees.services import (
    attend,
    call_meeting,
    decide,
    end_member,
    open_meeting,
    reappoint,
)
from apps.core.dates import today
from apps.core.registry import duty_sources
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.committees.factories import (
    FORMED,
    JANUARY,
    SETTLED,
    make_committee,
    make_meeting,
    make_member,
)
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
LAST = date(2017, 11, 8)
#: A term that runs whatever the day.
END = date(2099, 12, 31)
ALERT = "committees.term.alert_days"
RATIO = "committees.appointed.max_sex_percent"


def make_rule(key: str, value: int, unit: str) -> RuleValue:
    statute, _ = Statute.objects.get_or_create(
        name="양성평등기본법", defaults={"kind": StatuteKind.LAW}
    )
    return RuleValue.objects.create(
        key=key,
        label=key,
        value=value,
        unit=unit,
        valid_from=JANUARY,
        statute=statute,
        article="제21조",
    )


def terms(member: Member) -> list[tuple[date, date | None, str]]:
    rows = Member.objects.filter(committee=member.committee_id, post=member.post)
    return list(rows.order_by("starts").values_list("starts", "ends", "leaving"))


def test_a_member_is_appointed_again_in_one_step(secretary: User, sign_in: SignIn) -> None:
    member = make_member(
        make_committee(),
        post="교수",
        name="나예시",
        sex=Sex.FEMALE,
        ends=LAST,
        letter_number="제2015-1호",
    )
    client = sign_in(secretary)
    url = reverse("committees:member_reappoint", args=[member.pk])
    initial = client.get(url).context["form"].initial
    assert initial == {"starts": date(2017, 11, 9), "ends": date(2019, 11, 8)}
    page = client.post(url, {"starts": "2017-11-09", "ends": "2019-11-08"}, follow=True)
    before = client.get(reverse("committees:detail", args=[member.committee_id]), {"on": f"{LAST}"})
    assert "2017. 11. 8. 뒤에 임기가 시작되는 위원 1명" in before.content.decode()
    assert "임기 만료 예정" in before.content.decode()
    assert "교수 나예시: 다시 위촉했습니다." in page.content.decode()
    assert terms(member) == [
        (FORMED, LAST, Leaving.EXPIRED),
        (date(2017, 11, 9), date(2019, 11, 8), ""),
    ]
    after = Member.objects.get(starts=date(2017, 11, 9))
    assert (after.name, after.sex, after.letter_number) == ("나예시", Sex.FEMALE, "")


def test_a_new_term_cuts_the_one_before_short(secretary: User) -> None:
    member = make_member(make_committee(), name="나예시", ends=LAST)
    reappoint(member=member, starts=date(2017, 1, 1), ends=None, by=secretary)
    assert terms(member) == [
        (FORMED, date(2016, 12, 31), Leaving.EXPIRED),
        (date(2017, 1, 1), None, ""),
    ]
    with pytest.raises(ValidationError, match="이미 퇴임한 위원"):
        reappoint(member=member, starts=date(2018, 1, 1), ends=None, by=secretary)


def test_a_term_of_an_odd_length_is_proposed_no_end(secretary: User, sign_in: SignIn) -> None:
    client, committee = sign_in(secretary), make_committee()
    for ends, initial in ((date(2016, 3, 31), {"starts": date(2016, 4, 1)}), (None, {})):
        member = make_member(committee, ends=ends)
        url = reverse("committees:member_reappoint", args=[member.pk])
        assert client.get(url).context["form"].initial == initial


@pytest.mark.parametrize(
    ("name", "appointment", "starts", "field", "message"),
    [
        (
            "member_reappoint",
            Appointment.APPOINTED,
            "2015-11-09",
            "starts",
            "지금 임기의 시작일보다 뒤여야 합니다.",
        ),
        (
            "member_hand_over",
            Appointment.EX_OFFICIO,
            "",
            "starts",
            "꼭 적어야 하는 칸입니다.",
        ),
        (
            "member_reappoint",
            Appointment.EX_OFFICIO,
            "2016-01-01",
            "__all__",
            "당연직은 재위촉하지 않습니다. 직위가 바뀌면 후임에게 넘겨 주세요.",
        ),
        (
            "member_hand_over",
            Appointment.APPOINTED,
            "2016-01-01",
            "__all__",
            "당연직만 후임에게 넘길 수 있습니다. 위촉직은 퇴임하고 새로 위촉합니다.",
        ),
    ],
)
def test_a_wrong_next_term_is_refused(
    name: str,
    appointment: Appointment,
    starts: str,
    field: str,
    message: str,
    secretary: User,
    sign_in: SignIn,
) -> None:
    member = make_member(make_committee(), appointment=appointment)
    url = reverse(f"committees:{name}", args=[member.pk])
    response = sign_in(secretary).post(url, {"starts": starts, "name": "다예시"})
    assert response.context["form"].errors == {field: [message]}
    assert f'value="{starts}"' in response.content.decode() or not starts
    assert terms(member) == [(FORMED, None, "")]


def test_a_post_that_changes_hands_keeps_its_seat(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    chair = make_member(
        committee,
        office=MemberOffice.CHAIR,
        appointment=Appointment.EX_OFFICIO,
        post="부구청장",
        name="가예시",
    )
    url = reverse("committees:member_hand_over", args=[chair.pk])
    data = {"starts": "2016-07-01", "name": "하예시", "sex": "male", "is_official": "on"}
    sign_in(secretary).post(url, data)
    assert terms(chair) == [
        (FORMED, date(2016, 6, 30), Leaving.TRANSFERRED),
        (date(2016, 7, 1), None, ""),
    ]
    after = committee.members.get(name="하예시")
    assert (after.title, after.post, after.is_official) == ("위원장", "부구청장", True)


def test_a_dismissal_has_its_reason(secretary: User, sign_in: SignIn) -> None:
    member = make_member(make_committee())
    url = reverse("committees:member_end", args=[member.pk])
    data = {"ends": "2016-03-31", "leaving": "dismissed", "leaving_reason": ""}
    response = sign_in(secretary).post(url, data)
    assert response.context["form"].errors == {"leaving_reason": ["해촉한 사유를 적어 주세요."]}
    assert terms(member) == [(FORMED, None, "")]


@pytest.mark.parametrize(
    ("sexes", "tone", "sentence"),
    [
        (
            "FFFMMMMMMM",
            "warning",
            "위촉직 10명(부위원장 포함): 여성 3명, 남성 7명. "
            "남성이 특정 성별 상한 60%(6명)을 1명 넘어, 여성이 1명 모자랍니다.",
        ),
        (
            "FFFFMMMMMM",
            "success",
            "위촉직 10명(부위원장 포함): 여성 4명, 남성 6명. "
            "특정 성별 상한 60%(6명) 안에 있습니다.",
        ),
        (
            "FFMM?",
            "success",
            "위촉직 5명(부위원장 포함): 여성 2명, 남성 2명, 성별 미기재 1명. "
            "특정 성별 상한 60%(3명) 안에 있습니다.",
        ),
        (
            "FFFM?",
            "info",
            "위촉직 5명(부위원장 포함): 여성 3명, 남성 1명, 성별 미기재 1명. "
            "성별을 모두 적어야 특정 성별 상한 60%(3명)을 지키는지 알 수 있습니다.",
        ),
    ],
)
def test_the_appointed_are_held_to_the_law(sexes: str, tone: str, sentence: str) -> None:
    make_rule(RATIO, 60, "%")
    committee = make_committee()
    for letter in sexes:
        make_member(committee, sex={"F": Sex.FEMALE, "M": Sex.MALE, "?": ""}[letter])
    Member.objects.filter(sex=Sex.FEMALE).update(office=MemberOffice.VICE_CHAIR)
    make_member(committee, appointment=Appointment.EX_OFFICIO, sex=Sex.MALE)
    found = sex_ratio(list(committee.members.all()), JANUARY)
    assert found
    assert found.sentence == f"{sentence} (근거: 「양성평등기본법」 제21조, 2016. 1. 1.부터 적용)"
    assert found.tone == tone


def test_the_page_warns_of_too_many_of_one_sex(viewer: User, sign_in: SignIn) -> None:
    make_rule(RATIO, 60, "%")
    committee = make_committee()
    for _ in range(3):
        make_member(committee, sex=Sex.FEMALE)
    url = reverse("committees:detail", args=[committee.pk])
    page = sign_in(viewer).get(url, {"on": "2016-01-01"}).content.decode()
    assert "여성이 특정 성별 상한 60%(1명)을 2명 넘어, 남성이 2명 모자랍니다." in page
    before = sign_in(viewer).get(url, {"on": "2015-12-31"}).content.decode()
    assert "특정 성별 상한" not in before


def test_terms_that_end_soon_are_due(secretary: User, officer: User) -> None:
    make_rule(ALERT, 60, "일 전")
    committee = make_committee(name="활성화위원회")
    for number in range(3):
        make_member(committee, post=f"위촉위원 {number}", name=f"예시{number}", ends=LAST)
    make_member(committee, ends=None)
    assert terms_to_settle in duty_sources
    (duty,) = terms_to_settle(secretary, date(2017, 9, 9))
    assert duty.text == (
        "활성화위원회 위원(위촉위원 0 등 3명)의 임기가 60일 남았습니다. "
        "재위촉하거나 퇴임으로 처리해 주세요."
    )
    assert (duty.due, duty.url) == (LAST, reverse("committees:detail", args=[committee.pk]))
    assert list(terms_to_settle(secretary, date(2017, 9, 8))) == []
    assert list(terms_to_settle(secretary, date(2017, 11, 9))) == []
    assert list(terms_to_settle(officer, date(2017, 9, 9))) == []


def test_who_is_settled_is_no_longer_due(secretary: User) -> None:
    make_rule(ALERT, 60, "일 전")
    committee = make_committee()
    again, gone, left = (
        make_member(committee, post=post, name=f"{post} 예시", ends=LAST)
        for post in ("교수", "회계사", "변호사")
    )
    reappoint(member=again, starts=date(2017, 11, 9), ends=None, by=secretary)
    end_member(member=gone, on=LAST, leaving=Leaving.EXPIRED, by=secretary)
    (duty,) = terms_to_settle(secretary, LAST)
    assert f"위원({left.post})의 임기가 오늘 끝납니다." in duty.text


def test_without_its_rule_nothing_is_due(secretary: User) -> None:
    make_member(make_committee(), ends=LAST)
    assert list(terms_to_settle(secretary, LAST)) == []


def test_who_was_in_office_at_a_decision_stays_so(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    here, away = make_member(committee), make_member(committee)
    meeting = make_meeting(committee, "보증금 지원연장", **SETTLED)
    call_meeting(meeting=meeting, by=secretary)
    for member in (here, away):
        attend(meeting=meeting, member=member, by=secretary)
    open_meeting(meeting=meeting, by=secretary)
    decide(item=meeting.items.get(), verdict=Verdict.DEFERRED, by=secretary)
    client, url = sign_in(secretary), reverse("committees:member_end", args=[away.pk])
    refused = client.post(url, {"ends": "2016-01-19", "leaving": "resigned"})
    assert refused.context["form"].errors == {
        "ends": [
            "그날의 재적위원이 달라져 이미 의결한 안건의 정족수가 바뀝니다. "
            "임기를 확인해 주세요: 보증금 지원연장"
        ]
    }
    assert terms(away) == [(FORMED, None, "")]
    client.post(url, {"ends": "2016-01-20", "leaving": "resigned"})
    assert terms(away) == [(FORMED, date(2016, 1, 20), Leaving.RESIGNED)]
    page = client.post(reverse("committees:member_delete", args=[here.pk]), follow=True)
    assert "회의 기록이 있는 위원은 삭제할 수 없습니다." in page.content.decode()
    assert committee.members.count() == 2


def test_a_seat_that_would_have_counted_is_not_removed_either(
    secretary: User, sign_in: SignIn
) -> None:
    committee = make_committee()
    here, away = make_member(committee), make_member(committee)
    make_member(committee)
    meeting = make_meeting(committee, "보증금 지원연장", **SETTLED)
    call_meeting(meeting=meeting, by=secretary)
    attend(meeting=meeting, member=here, by=secretary)
    other = make_member(committee, starts=date(2016, 2, 1))
    attend(meeting=meeting, member=committee.members.all()[2], by=secretary)
    open_meeting(meeting=meeting, by=secretary)
    decide(item=meeting.items.get(), verdict=Verdict.DEFERRED, by=secretary)
    client = sign_in(secretary)
    for member, said in ((away, "정족수가 바뀝니다"), (other, "위원을 삭제했습니다")):
        url = reverse("committees:member_delete", args=[member.pk])
        assert "삭제할까요?" in client.get(url).content.decode()
        assert said in client.post(url, follow=True).content.decode()
    assert away in committee.members.all()
    assert other not in committee.members.all()


def test_a_leaving_is_taken_back(secretary: User, sign_in: SignIn) -> None:
    member = make_member(make_committee(), post="교수", name="나예시")
    end_member(member=member, on=LAST, leaving=Leaving.RESIGNED, reason="이사", by=secretary)
    url = reverse("committees:member_edit", args=[member.pk])
    data = {"office": 3, "appointment": 2, "post": "교수", "name": "나예시", "starts": FORMED}
    sign_in(secretary).post(url, {**data, "ends": ""})
    member.refresh_from_db()
    assert (member.ends, member.leaving, member.leaving_reason) == (None, "", "")


def test_who_left_before_the_term_was_over_is_followed_for_the_rest(
    secretary: User, sign_in: SignIn
) -> None:
    committee = make_committee()
    committee.charters.update(appointed=2)
    make_member(committee, name="가예시")
    gone = make_member(committee, post="교수", name="나예시", ends=END)
    client, page = sign_in(secretary), reverse("committees:detail", args=[committee.pk])
    successor = reverse("committees:member_successor", args=[gone.pk])
    assert successor not in client.get(page).content.decode()
    end_member(member=gone, on=today(), by=secretary)
    assert successor in client.get(page).content.decode()
    form = client.get(successor).context["form"]
    proposed = form.initial | {"name": "다예시"}
    starts = today() + timedelta(days=1)
    assert (proposed["post"], proposed["starts"], proposed["ends"]) == ("교수", starts, END)
    given = {key: value for key, value in proposed.items() if value}
    assert client.post(successor, given).status_code == 302
    assert Member.objects.get(name="다예시").ends == END
    assert successor not in client.get(page).content.decode()
