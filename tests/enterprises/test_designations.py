"""Beginning, ending and converting designations, by service and by screen."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.accounts.models import User
from apps.enterprises import services
from apps.enterprises.enums import DesignationKind, EndReason
from apps.enterprises.models import Designation, Enterprise
from tests.conftest import SignIn
from tests.enterprises.factories import make_designation, make_firm

pytestmark = pytest.mark.django_db
STARTS, ENDS = date(2015, 6, 8), date(2018, 6, 7)


class TestAdding:
    def test_officer_adds_one(self, officer: User, sign_in: SignIn) -> None:
        firm = make_firm()
        url = reverse("enterprises:designation_add", args=[firm.pk])
        response = sign_in(officer).post(
            url, {"kind": "pre_social", "starts": "2015-06-08", "ends": "2018-06-07"}
        )
        assert response["Location"] == reverse("enterprises:detail", args=[firm.pk])
        row = firm.designations.get()
        assert (row.kind, row.starts, row.ends, row.last_day) == ("pre_social", STARTS, ENDS, ENDS)

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"kind": "coop", "starts": "2015-01-01"}, "이미 있는 지정과 겹칩니다"),
            (
                {"kind": "village", "starts": "2015-01-01", "ends": "2014-01-01"},
                "유효기간 끝은 지정일보다 앞설 수 없습니다",
            ),
            ({"kind": "village", "starts": ""}, "꼭 적어야 하는 칸입니다"),
            ({"kind": "village", "starts": "내일"}, "날짜는 2016-01-31처럼"),
        ],
    )
    def test_bad_input_keeps_the_form(
        self, officer: User, sign_in: SignIn, typed: dict[str, str], message: str
    ) -> None:
        firm = make_firm()
        make_designation(firm, DesignationKind.COOP)
        url = reverse("enterprises:designation_add", args=[firm.pk])
        page = sign_in(officer).post(url, {**typed, "number": "제2015-7호"}).content.decode()
        assert message in page
        assert 'value="제2015-7호"' in page
        assert firm.designations.count() == 1

    def test_closed_firm_gets_none_beyond_its_last_day(
        self, officer: User, sign_in: SignIn
    ) -> None:
        firm = make_firm(closed_on=date(2016, 1, 1))
        url = reverse("enterprises:designation_add", args=[firm.pk])
        page = sign_in(officer).post(url, {"kind": "coop", "starts": "2015-01-01"})
        assert "2016. 1. 1.에 폐업·해산한 기업입니다" in page.content.decode()
        assert not firm.designations.exists()

    def test_same_kind_again_after_the_first_has_ended(self, officer: User) -> None:
        firm = make_firm()
        make_designation(firm, ended_on=date(2014, 12, 31), end_reason=EndReason.REVOKED, ends=ENDS)
        again = Designation(enterprise=firm, kind=DesignationKind.COOP, starts=date(2015, 1, 1))
        services.save(row=again, by=officer)
        assert firm.designations.count() == 2


class TestEnding:
    def test_officer_ends_one_and_the_row_stays(self, officer: User, sign_in: SignIn) -> None:
        row = make_designation(make_firm(), starts=STARTS, ends=ENDS)
        url = reverse("enterprises:designation_end", args=[row.pk])
        response = sign_in(officer).post(url, {"on": "2016-02-01", "reason": "revoked"})
        assert response.status_code == 302
        row.refresh_from_db()
        assert (row.starts, row.ends, row.ended_on) == (STARTS, ENDS, date(2016, 2, 1))
        assert (row.end_reason, row.last_day) == (EndReason.REVOKED, date(2016, 2, 1))

    @pytest.mark.parametrize("day", ["2015-06-07", "2018-06-08", ""])
    def test_day_outside_the_term_is_refused(
        self, officer: User, sign_in: SignIn, day: str
    ) -> None:
        row = make_designation(make_firm(), starts=STARTS, ends=ENDS)
        url = reverse("enterprises:designation_end", args=[row.pk])
        page = sign_in(officer).post(url, {"on": day, "reason": "revoked"}).content.decode()
        assert "종료일은 지정일과 유효기간 끝 사이여야" in page or "꼭 적어야" in page
        row.refresh_from_db()
        assert row.ended_on is None

    def test_only_once(self, officer: User) -> None:
        row = make_designation(make_firm())
        end = {"designation": row, "reason": EndReason.WITHDRAWN, "by": officer}
        services.end_designation(on=date(2016, 1, 1), **end)  # type: ignore[arg-type]
        with pytest.raises(ValidationError, match="이미 종료된"):
            services.end_designation(on=date(2016, 2, 1), **end)  # type: ignore[arg-type]

    def test_reader_may_not(self, clerk: User, sign_in: SignIn) -> None:
        row = make_designation(make_firm())
        for name in ("designation_end", "designation_convert"):
            url = reverse(f"enterprises:{name}", args=[row.pk])
            assert sign_in(clerk).get(url).status_code == 403
            data = {"on": "2016-01-01", "reason": "revoked"}
            assert sign_in(clerk).post(url, data).status_code == 403
        row.refresh_from_db()
        assert row.ended_on is None
        assert Designation.objects.count() == 1

    def test_unknown_one_is_not_found(self, officer: User, sign_in: SignIn) -> None:
        for name in ("designation_end", "designation_convert"):
            url = reverse(f"enterprises:{name}", args=[1])
            assert sign_in(officer).get(url).status_code == 404


class TestConverting:
    def test_the_old_ends_the_day_before_the_new_begins(
        self, officer: User, sign_in: SignIn
    ) -> None:
        firm = make_firm()
        old = make_designation(firm, DesignationKind.PRE_SOCIAL, STARTS, ends=ENDS)
        url = reverse("enterprises:designation_convert", args=[old.pk])
        client = sign_in(officer)
        assert "예비사회적기업에서 사회적기업(인증)으로" in client.get(url).content.decode()
        client.post(url, {"on": "2016-09-22", "number": "제2016-1호"})
        old.refresh_from_db()
        new = firm.designations.exclude(pk=old.pk).get()
        assert (old.ended_on, old.end_reason) == (date(2016, 9, 21), EndReason.CONVERTED)
        assert (new.kind, new.starts, new.ends, new.number) == (
            DesignationKind.SOCIAL,
            date(2016, 9, 22),
            None,
            "제2016-1호",
        )

    @pytest.mark.parametrize(
        ("kind", "day", "message"),
        [
            (DesignationKind.PRE_SOCIAL, "2015-06-08", "전환일 전날에 효력이 있는"),
            (DesignationKind.PRE_SOCIAL, "2018-06-09", "전환일 전날에 효력이 있는"),
            (DesignationKind.VILLAGE, "2016-09-22", "전환할 수 있는 유형이 아닙니다"),
        ],
    )
    def test_refused_and_nothing_half_done(
        self, officer: User, sign_in: SignIn, kind: DesignationKind, day: str, message: str
    ) -> None:
        old = make_designation(make_firm(), kind, STARTS, ends=ENDS)
        url = reverse("enterprises:designation_convert", args=[old.pk])
        page = sign_in(officer).post(url, {"on": day}).content.decode()
        assert message in page
        assert f'value="{day}"' in page
        assert Designation.objects.get().ended_on is None

    def test_clash_with_a_certification_undoes_the_ending(
        self, officer: User, sign_in: SignIn
    ) -> None:
        firm = make_firm()
        old = make_designation(firm, DesignationKind.PRE_SOCIAL, STARTS, ends=ENDS)
        make_designation(firm, DesignationKind.SOCIAL, date(2016, 1, 1))
        url = reverse("enterprises:designation_convert", args=[old.pk])
        page = sign_in(officer).post(url, {"on": "2016-09-22"}).content.decode()
        assert "이미 있는 지정과 겹칩니다" in page
        old.refresh_from_db()
        assert old.ended_on is None


class TestClosing:
    def test_running_designations_end_with_the_firm(self, officer: User, sign_in: SignIn) -> None:
        firm = make_firm()
        running = make_designation(firm)
        over = make_designation(firm, DesignationKind.PRE_SOCIAL, ends=date(2014, 1, 1))
        sign_in(officer).post(reverse("enterprises:close", args=[firm.pk]), {"on": "2016-05-01"})
        firm.refresh_from_db()
        running.refresh_from_db()
        over.refresh_from_db()
        assert firm.closed_on == running.ended_on == date(2016, 5, 1)
        assert running.end_reason == EndReason.CLOSED
        assert over.ended_on is None

    def test_a_day_to_come_is_refused_beside_its_field(
        self, officer: User, sign_in: SignIn
    ) -> None:
        firm = make_firm()
        url = reverse("enterprises:close", args=[firm.pk])
        page = sign_in(officer).post(url, {"on": "2999-05-01"})
        assert page.context["form"].errors["on"] == [
            "아직 오지 않은 날입니다. 폐업·해산한 날을 적어 주세요."
        ]
        assert 'value="2999-05-01"' in page.text
        firm.refresh_from_db()
        assert firm.closed_on is None

    def test_what_was_opened_before_the_closing_does_not_undo_it(self, officer: User) -> None:
        firm = make_firm()
        opened, late = Enterprise.objects.get(pk=firm.pk), Designation(enterprise=firm)
        services.close(enterprise=firm, on=date(2016, 5, 1), today=date(2016, 6, 1), by=officer)
        opened.phone = "02-1"
        services.save(row=opened, by=officer)
        late.kind, late.starts = DesignationKind.COOP, date(2016, 1, 1)
        with pytest.raises(ValidationError, match="폐업·해산한 기업입니다"):
            services.save(row=late, by=officer)
        firm.refresh_from_db()
        assert (firm.phone, firm.closed_on) == ("02-1", date(2016, 5, 1))
        assert not firm.designations.exists()

    @pytest.mark.parametrize(
        ("values", "closing", "message"),
        [
            ({"starts": date(2016, 6, 1)}, {}, "이 날짜 뒤에 시작하거나"),
            ({"ended_on": date(2016, 6, 1), "end_reason": "revoked"}, {}, "이 날짜 뒤에"),
            ({"ends": date(2015, 1, 1)}, {"closed_on": date(2015, 2, 1)}, "이미 폐업·해산"),
            ({"ends": date(2015, 1, 1)}, {"founded_on": date(2017, 1, 1)}, "설립일보다 앞설"),
        ],
    )
    def test_refused_where_the_records_say_otherwise(
        self,
        officer: User,
        sign_in: SignIn,
        values: dict[str, Any],
        closing: dict[str, Any],
        message: str,
    ) -> None:
        firm = make_firm(**closing)
        row = make_designation(firm, **values)
        url = reverse("enterprises:close", args=[firm.pk])
        page = sign_in(officer).post(url, {"on": "2016-05-01"}).content.decode()
        assert message in page
        firm.refresh_from_db()
        row.refresh_from_db()
        assert firm.closed_on == closing.get("closed_on")
        assert row.ended_on == values.get("ended_on")
