"""The meeting room on a tablet whose line drops for a minute."""

from datetime import time

from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.committees import services
from apps.committees.enums import AgendaKind, Verdict
from apps.committees.models import AgendaItem, Attendance, Committee, Meeting, Resolution
from apps.core.dates import today
from apps.portal.sample.office import PASSWORD
from tests.browser.conftest import SignedIn

TABLET = (820, 1180)
ITEMS = ("보증금 지원연장", "위탁운영 연장")
#: Milliseconds after which the page has asked whether a colleague changed anything.
LOOK = 11_000


def called_meeting() -> Meeting:
    """A meeting of today of the sample's committee of 14, its members called."""
    secretary = User.objects.get(username="secretary")
    meeting = Meeting(
        committee=Committee.objects.get(name__endswith="(예시)", decides_by_vote=True),
        number=90,
        title="임시회의",
        month=today().replace(day=1),
        held_on=today(),
        starts_at=time(14, 0),
        place="기획상황실",
    )
    items = [AgendaItem(kind=AgendaKind.DELIBERATION, title=title) for title in ITEMS]
    services.save_meeting(meeting=meeting, items=items, by=secretary)
    services.call_meeting(meeting=meeting, by=secretary)
    return meeting


def tick(page: Page, meeting: Meeting, *places: int) -> None:
    members = list(meeting.committee.members.in_office(meeting.roster_day))
    for place in places:
        page.locator(f"#here-{members[place].pk}").click()


def test_a_meeting_is_held_though_the_line_drops(signed_in: SignedIn) -> None:
    meeting = called_meeting()
    first, second = meeting.items.order_by("order")
    page = signed_in("secretary", TABLET)
    page.clock.install()
    page.goto(f"/committees/meetings/{meeting.pk}/room/")
    bar, line = page.locator(".room-bar__sentence"), page.locator(".room-line")
    tick(page, meeting, 0)
    expect(bar).to_contain_text("재적 14명 중 1명 출석")

    page.context.set_offline(True)
    tick(page, meeting, *range(1, 9))
    expect(line).to_contain_text("연결이 끊겼습니다. 보낼 것 8건")
    assert Attendance.objects.filter(meeting=meeting).count() == 1
    page.context.set_offline(False)
    expect(bar).to_contain_text("개의 가능: 재적 14명 중 9명 출석 (과반수 8명)")
    expect(line).to_be_hidden()
    page.get_by_role("button", name="개의").click()
    expect(page.locator("#decision")).to_be_visible()

    with page.expect_response(f"**/room/?item={second.pk}"):
        page.clock.fast_forward(LOOK)  # the next item's page, for when the line drops
    page.context.set_offline(True)
    page.get_by_label("찬성", exact=True).fill("6")
    page.get_by_label("반대", exact=True).fill("2")
    page.get_by_label("원안가결").check()
    page.get_by_role("button", name="결과 기록").click()
    expect(line).to_contain_text(f"보낼 것 1건: {first.heading} 결과")
    page.get_by_role("link", name="이 안건 부르기").click()
    expect(page.get_by_label("찬성", exact=True)).to_have_value("")
    expect(page.locator("#move-close")).to_be_disabled()
    page.get_by_role("button", name="이의 없음(전원 찬성)").click()
    expect(line).to_contain_text("보낼 것 2건")
    assert not Resolution.objects.filter(item__meeting=meeting).exists()
    page.context.set_offline(False)
    expect(page.locator(".room-item__result")).to_have_count(2)
    rows = Resolution.objects.filter(item__meeting=meeting).order_by("item__order")
    assert [(row.verdict, row.in_favor, row.against) for row in rows] == [
        (Verdict.CARRIED, 6, 2),
        (Verdict.CARRIED, 9, 0),
    ]


def test_what_a_colleague_records_comes_in_by_itself(signed_in: SignedIn) -> None:
    meeting = called_meeting()
    officer = User.objects.get(username="officer")
    page = signed_in("secretary", TABLET)
    page.clock.install()
    page.goto(f"/committees/meetings/{meeting.pk}/room/")
    page.locator(".seat__hours summary").first.click()
    came = page.locator(".seat__hours [name=came_at]").first
    came.fill("14:20")
    services.attend_all(meeting=meeting, by=officer)
    page.clock.fast_forward(LOOK)
    expect(page.locator(".room-bar__sentence")).to_contain_text("재적 14명 중 14명 출석")
    expect(came).to_have_value("14:20")
    expect(came).to_be_focused()

    services.open_meeting(meeting=meeting, by=officer)
    page.clock.fast_forward(LOOK)
    page.get_by_label("찬성", exact=True).fill("3")
    services.decide(item=meeting.items.get(order=1), verdict=Verdict.DEFERRED, by=officer)
    page.clock.fast_forward(LOOK)
    line = page.locator(".room-line")
    expect(line).to_contain_text("다른 화면에서 이 회의의 기록이 바뀌었습니다.")
    expect(page.get_by_label("찬성", exact=True)).to_have_value("3")
    page.context.set_offline(True)
    page.get_by_role("button", name="이의 없음(전원 찬성)").click()
    expect(line).to_contain_text("보낼 것 1건")
    page.context.set_offline(False)
    expect(line).to_contain_text("저장하지 못함 - 안건 1. 보증금 지원연장 결과")
    expect(line).to_contain_text("‘보류’로 기록되어 있어")
    expect(page.locator(".room-item__result")).to_contain_text("보류")
    line.get_by_role("button", name="확인").click()
    expect(line).to_be_hidden()


def test_the_room_works_without_a_script(signed_in: SignedIn) -> None:
    meeting = called_meeting()
    page = signed_in("secretary", TABLET, script=False)
    page.goto(f"/committees/meetings/{meeting.pk}/room/")
    page.get_by_role("button", name="전원 출석").click()
    page.get_by_role("button", name="개의").click()
    page.get_by_label("찬성", exact=True).fill("3")
    page.get_by_label("반대", exact=True).fill("11")
    page.get_by_role("button", name="정족수 확인").click()
    expect(page.locator(".judgement")).to_contain_text("부결: 출석 14명 중 찬성 3명 (과반수 8명)")
    page.get_by_label("부결").check()
    page.get_by_role("button", name="결과 기록").click()
    expect(page.locator(".room-item__result")).to_contain_text("반대 11")


def test_what_waits_outlives_the_page_and_the_session(signed_in: SignedIn) -> None:
    meeting = called_meeting()
    page = signed_in("secretary", TABLET)
    address = f"/committees/meetings/{meeting.pk}/room/"
    page.goto(address)
    page.context.clear_cookies()
    tick(page, meeting, 0, 1)
    line = page.locator(".room-line")
    expect(line).to_contain_text("로그인이 끝났거나 권한이 바뀌었습니다.")
    expect(line).to_contain_text("보낼 것 2건")
    assert not Attendance.objects.filter(meeting=meeting).exists()

    with page.context.expect_page() as opened:
        line.get_by_role("link", name="새 창에서 로그인").click()
    other = opened.value
    other.locator("[name=login]").fill("secretary")
    other.locator("[name=password]").fill(PASSWORD)
    other.get_by_role("button", name="로그인").click()
    other.wait_for_url("**/")
    expect(page.locator(".room-bar__sentence")).to_contain_text("재적 14명 중 2명 출석")
    expect(line).to_be_hidden()

    page.context.set_offline(True)
    tick(page, meeting, 2)
    expect(line).to_contain_text("보낼 것 1건")
    page.on("dialog", lambda dialog: dialog.accept())
    page.close(run_before_unload=True)
    page.context.set_offline(False)
    other.goto(address)
    expect(other.locator(".room-bar__sentence")).to_contain_text("재적 14명 중 3명 출석")
