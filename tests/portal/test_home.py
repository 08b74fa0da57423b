"""The first screen and the menu: each role finds its own work, and no way that is closed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from apps.committees.models import Meeting
from apps.core.dates import today
from apps.core.registry import Duty, duty_source, duty_sources
from apps.portal import queries
from apps.portal.menu import MENU
from apps.procurement.models import DepartmentTarget
from tests import district
from tests.committees.factories import make_committee, make_meeting
from tests.conftest import SignIn
from tests.enterprises.queries import queries_of
from tests.procurement.factories import make_enterprise, make_purchase

pytestmark = pytest.mark.django_db
HOME = reverse("portal:home")
LINK = re.compile(r'href="(/[^"#]*)"')
DAY = date(2016, 5, 31)


def links(client: Client, url: str = HOME) -> set[str]:
    """Where the page leads to inside the portal, files aside."""
    found = LINK.findall(client.get(url).content.decode())
    return {link.replace("&amp;", "&") for link in found if not link.startswith("/static/")}


class TestWays:
    @pytest.mark.parametrize("role", Role)
    def test_every_way_offered_is_open(self, role: Role, sign_in: SignIn) -> None:
        district.lay_down(today())
        client = sign_in(User.objects.get(username=role.value))
        offered = links(client)
        assert len(offered) > len([e for _, es in MENU for e in es if role in e.roles])
        answers = {link: client.get(link, follow=True).status_code for link in offered}
        closed = {link for link, status in answers.items() if status != 200}
        assert closed == set()

    def test_clerk_finds_the_way_to_no_other_department(
        self, clerk: User, other_department: Department, sign_in: SignIn
    ) -> None:
        mine = reverse("procurement:standing", args=[today().year, clerk.department_id])
        theirs = reverse("procurement:standing", args=[today().year, other_department.pk])
        found = links(sign_in(clerk))
        assert mine in found
        assert theirs not in found
        assert reverse("procurement:district", args=[today().year]) not in found
        assert not any(link.startswith(("/committees/", "/history/", "/admin/")) for link in found)

    def test_clerk_finds_pasting_and_files_wherever_purchases_are_entered(
        self, clerk: User, sign_in: SignIn
    ) -> None:
        client, year = sign_in(clerk), today().year
        ways = {
            reverse("procurement:paste", args=[year]),
            reverse("imports:new", args=["purchases"]),
        }
        own = reverse("procurement:own_months", args=[year, clerk.department_id])
        for page in (HOME, own, reverse("procurement:create", args=[year])):
            assert ways <= links(client, page), page

    def test_secretary_finds_meetings_and_no_purchasing(
        self, secretary: User, sign_in: SignIn
    ) -> None:
        found = links(sign_in(secretary))
        assert reverse("committees:list") in found
        assert not any(link.startswith(("/procurement/", "/history/", "/admin/")) for link in found)

    def test_viewer_finds_nothing_to_write(self, viewer: User, sign_in: SignIn) -> None:
        found = links(sign_in(viewer))
        assert reverse("procurement:district", args=[today().year]) in found
        assert reverse("committees:list") in found
        assert not any(re.search(r"new/|edit/|targets/|/admin/|/history/", link) for link in found)

    def test_officials_find_everything(self, officer: User, admin: User, sign_in: SignIn) -> None:
        for user in (officer, admin):
            found = links(sign_in(user))
            assert found >= {reverse(entry.name) for _, entries in MENU for entry in entries}
            assert reverse("procurement:targets", args=[today().year]) in found

    def test_somebody_without_a_role_is_told(self, nobody: User, sign_in: SignIn) -> None:
        response = sign_in(nobody).get(HOME)
        assert response.status_code == 403
        assert "필요한 역할은 관리자에게 요청하세요." in response.content.decode()


class TestMenu:
    @pytest.mark.parametrize(
        ("path", "label"),
        [
            (HOME, "첫 화면"),
            (reverse("plans:list"), "추진계획"),
            (reverse("enterprises:products"), "제품·서비스"),
            (reverse("enterprises:list"), "기업 찾기"),
            (reverse("rules:list"), "법령·기준"),
            (reverse("audit:history"), "변경 이력"),
        ],
    )
    def test_it_marks_where_one_is(
        self, officer: User, sign_in: SignIn, path: str, label: str
    ) -> None:
        menu = sign_in(officer).get(path).context["portal"].menu
        assert [item.label for group in menu for item in group.items if item.current] == [label]

    def test_it_marks_nothing_on_a_page_it_does_not_lead_to(
        self, officer: User, sign_in: SignIn
    ) -> None:
        menu = sign_in(officer).get(reverse("account_change_password")).context["portal"].menu
        assert not any(item.current for group in menu for item in group.items)

    def test_groups_without_an_entry_are_left_out(self, clerk: User, sign_in: SignIn) -> None:
        menu = sign_in(clerk).get(HOME).context["portal"].menu
        assert [group.label for group in menu] == ["업무", "공공구매", "기업", "관리"]


class TestTiles:
    def tiles(self, user: User, day: date = DAY) -> dict[str, tuple[str, str, str]]:
        return {t.label: (t.value, t.unit, t.note) for t in queries.tiles_of(user, day)}

    def test_figures_of_ones_own_department_or_of_the_district(
        self,
        clerk: User,
        other_clerk: User,
        officer: User,
        viewer: User,
        department: Department,
        other_department: Department,
    ) -> None:
        firm = make_enterprise()
        DepartmentTarget.objects.create(year=2016, department=department, total=400_000, mall=0)
        make_purchase(department, firm, clerk, amount=100_000)
        make_purchase(other_department, firm, other_clerk, amount=70_000)
        make_purchase(department, firm, clerk, purchased_on=date(2015, 5, 2), amount=9_000)
        own = self.tiles(clerk)
        assert own["올해 구매액 (일자리과)"] == ("100", "천원", "목표 400천원")
        assert own["목표 대비 (일자리과)"] == ("25", "%", "")
        assert not any("공원과" in label or "구 전체" in label for label in own)
        theirs = self.tiles(other_clerk)
        assert theirs["올해 구매액 (공원과)"] == ("70", "천원", "목표 없음")
        assert "목표 대비 (공원과)" not in theirs
        for user in (officer, viewer):
            assert self.tiles(user)["올해 구매액 (구 전체)"][0] == "170"

    def test_a_clerk_of_no_department_sees_no_purchases(self, clerk: User) -> None:
        clerk.department = None
        clerk.save()
        assert list(self.tiles(clerk)) == ["지정된 기업"]

    def test_secretary_sees_the_meetings_to_come(self, secretary: User) -> None:
        committee = make_committee()
        for month in (date(2016, 4, 1), date(2016, 5, 1), date(2016, 9, 1)):
            make_meeting(committee, month=month)
        tiles = self.tiles(secretary)
        assert tiles["앞으로 열 회의"] == ("2", "건", "")
        assert list(tiles) == ["지정된 기업", "앞으로 열 회의"]

    def test_firms_are_those_designated_on_the_day(self, viewer: User) -> None:
        make_enterprise("가", starts=DAY)
        make_enterprise("나", starts=DAY + timedelta(days=1))
        make_enterprise("다", starts=None)
        assert self.tiles(viewer)["지정된 기업"] == ("1", "개", "오늘, 등록부 기준")


class TestDuties:
    @pytest.fixture
    def source(self) -> Iterator[None]:
        @duty_source
        def some(user: User, day: date) -> list[Duty]:
            days = [None, day + timedelta(days=9), day - timedelta(days=3), None, day]
            return [Duty(f"{'마나다가라'[n]}", HOME, due) for n, due in enumerate(days)]

        yield
        duty_sources.remove(some)

    @pytest.mark.usefixtures("source")
    def test_the_nearest_day_comes_first_and_no_day_last(self, viewer: User) -> None:
        assert [duty.text for duty in queries.duties_of(viewer, DAY)] == list("다라나가마")

    @pytest.mark.usefixtures("source")
    def test_the_page_shows_them_with_their_days(self, viewer: User, sign_in: SignIn) -> None:
        page = sign_in(viewer).get(HOME).content.decode()
        day = today()
        assert f"{day.year}. {day.month}. {day.day}.({'월화수목금토일'[day.weekday()]})" in page
        assert page.count("기한 지남 (3일)") == page.count("기한 지남") == 1
        assert page.index(">다</a>") < page.index(">라</a>") < page.index(">가</a>")

    def test_nothing_due_is_said(self, viewer: User, sign_in: SignIn) -> None:
        assert "기한이 다가온 일이 없습니다." in sign_in(viewer).get(HOME).content.decode()

    def test_number_of_queries_does_not_grow(self, secretary: User, sign_in: SignIn) -> None:
        client, committee = sign_in(secretary), make_committee()
        month = today().replace(day=1)
        make_meeting(committee, month=month)
        one = queries_of(client, HOME)
        make_meeting(committee, month=month)
        make_meeting(make_committee(), month=month)
        assert Meeting.objects.count() == len(queries.duties_of(secretary, today())) == 3
        assert queries_of(client, HOME) == one
