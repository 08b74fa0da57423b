"""Dated values: one at a time, each from a source, each verified by somebody."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from apps.rules.queries import RuleMissing, rule
from tests.conftest import SignIn
from tests.enterprises.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = reverse("rules:list")
KEY = "procurement.sole_contract.most"


def make_value(key: str = KEY, **values: Any) -> RuleValue:
    statute, _ = Statute.objects.get_or_create(name="지방계약법 시행령", kind=StatuteKind.DECREE)
    defaults = {
        "label": "수의계약 한도",
        "value": Decimal(20_000_000),
        "unit": "원",
        "valid_from": date(2016, 1, 1),
        "statute": statute,
        "article": "제25조",
    }
    return RuleValue.objects.create(key=key, **{**defaults, **values})


class TestRule:
    def test_value_of_the_day(self) -> None:
        old = make_value(valid_to=date(2016, 6, 30))
        new = make_value(valid_from=date(2016, 7, 1), value=Decimal(50_000_000))
        make_value("another.key", value=Decimal(1))
        assert rule(KEY, on=date(2016, 1, 1)) == rule(KEY, on=date(2016, 6, 30)) == old
        assert rule(KEY, on=date(2016, 7, 1)) == rule(KEY, on=date(2099, 1, 1)) == new

    @pytest.mark.parametrize("day", [date(2015, 12, 31), date(2016, 7, 1)])
    def test_no_value_is_said_by_name_and_day(self, day: date) -> None:
        make_value(valid_to=date(2016, 6, 30))
        with pytest.raises(RuleMissing, match=f"{KEY} 기준값이 {day}에 없습니다."):
            rule(KEY, on=day)

    @pytest.mark.parametrize(
        ("value", "shown"), [("50000000", "50,000,000"), ("0.5", "0.5"), ("100", "100"), ("0", "0")]
    )
    def test_value_is_shown_without_trailing_zeros(self, value: str, shown: str) -> None:
        made = make_value(value=Decimal(value))
        made.refresh_from_db()
        assert str(made) == f"수의계약 한도: {shown}원"
        assert made.citation == "「지방계약법 시행령」 제25조"


class TestOneAtATime:
    @pytest.mark.parametrize(
        ("starts", "ends"),
        [
            (date(2016, 6, 30), None),
            (date(2015, 1, 1), date(2016, 1, 1)),
            (date(2015, 1, 1), None),
            (date(2016, 2, 1), date(2016, 2, 1)),
        ],
    )
    def test_days_of_two_values_of_a_rule_do_not_overlap(
        self, starts: date, ends: date | None
    ) -> None:
        make_value(valid_to=date(2016, 6, 30))
        with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
            make_value(valid_from=starts, valid_to=ends)
        make_value("another.key", valid_from=starts, valid_to=ends)
        assert RuleValue.objects.count() == 2

    def test_form_says_so(self) -> None:
        value = make_value()
        value.pk = None
        with pytest.raises(ValidationError, match="같은 기준의 적용 기간이 겹칩니다"):
            value.full_clean()
        value.valid_to = date(2015, 1, 1)
        with pytest.raises(ValidationError, match="적용 끝은 적용 시작보다 앞설 수 없습니다"):
            value.full_clean()
        with pytest.raises(IntegrityError, match="ends_after_it_starts"):
            value.save()

    def test_verified_has_a_day_and_a_person(self, officer: User) -> None:
        for half in ({"verified_at": timezone.now()}, {"verified_by": officer}):
            with pytest.raises(IntegrityError, match="by_somebody"), transaction.atomic():
                make_value(**half)


class TestList:
    @pytest.mark.parametrize("who", ["admin", "officer", "clerk", "secretary", "viewer"])
    def test_every_role_looks_values_up(
        self, who: str, request: pytest.FixtureRequest, sign_in: SignIn
    ) -> None:
        value = make_value()
        page = sign_in(request.getfixturevalue(who)).get(LIST).content.decode()
        for text in ("20,000,000원", "2016. 1. 1.", "「지방계약법 시행령」 제25조"):
            assert text in page
        verify = reverse("rules:verify", args=[value.pk])
        assert (verify in page) is (who in ("admin", "officer"))
        assert ("확인 필요</span>" in page) is (who not in ("admin", "officer"))

    def test_nobody_without_a_role_does(self, nobody: User, sign_in: SignIn) -> None:
        assert sign_in(nobody).get(LIST).status_code == 403

    def test_search_looks_at_the_words_and_the_source(self, viewer: User, sign_in: SignIn) -> None:
        make_value()
        other = Statute.objects.create(name="육성 조례", kind=StatuteKind.ORDINANCE)
        make_value("another.key", label="보증금 한도", statute=other)
        client = sign_in(viewer)

        def found(text: str) -> list[str]:
            return [row.label for row in client.get(LIST, {"q": text}).context["page"]]

        assert found("") == ["보증금 한도", "수의계약 한도"]
        assert found("보증금") == ["보증금 한도"]
        assert found("계약법") == ["수의계약 한도"]
        assert found("없는 말") == []
        page = client.get(LIST, {"q": "없는 <말>"}).content.decode()
        assert "기준값이 없습니다." in page
        assert 'value="없는 &lt;말&gt;"' in page

    def test_number_of_queries_does_not_grow(self, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        make_value("a", verified_at=timezone.now(), verified_by=officer)
        one = queries_of(client, LIST)
        make_value("b", statute=Statute.objects.create(name="다른 법", kind=StatuteKind.LAW))
        make_value("c", verified_at=timezone.now(), verified_by=officer)
        assert queries_of(client, LIST) == one


class TestVerifying:
    def test_it_is_kept_and_recorded_who_stands_for_a_value(
        self, officer: User, sign_in: SignIn
    ) -> None:
        value = make_value()
        client = sign_in(officer)
        assert 'name="shown" value="20,000,000원"' in client.get(LIST).content.decode()
        url = reverse("rules:verify", args=[value.pk])
        assert client.post(url, {"shown": "20,000,000원"})["Location"] == LIST
        value.refresh_from_db()
        assert value.verified_by == officer
        assert value.verified_at is not None
        event = value.events.get(pgh_label="update")  # type: ignore[attr-defined]
        assert event.pgh_context.metadata["user"] == officer.pk
        page = client.get(LIST).content.decode()
        assert "‘수의계약 한도’ 값을 확인함으로 표시했습니다." in page
        assert f"{officer} ({timezone.localtime(value.verified_at):%Y. %-m. %-d.})" in page

    def test_a_value_changed_since_it_was_shown_is_not_verified(
        self, officer: User, sign_in: SignIn
    ) -> None:
        value = make_value(value=Decimal(50_000_000))
        url = reverse("rules:verify", args=[value.pk])
        page = sign_in(officer).post(url, {"shown": "20,000,000원"}, follow=True)
        assert "50,000,000원으로 바뀌어 표시하지 않았습니다" in page.content.decode()
        value.refresh_from_db()
        assert value.verified_by is None

    def test_only_officials_do_and_only_by_post(
        self, officer: User, clerk: User, viewer: User, sign_in: SignIn
    ) -> None:
        value = make_value()
        url = reverse("rules:verify", args=[value.pk])
        assert sign_in(officer).get(url).status_code == 405
        for user in (clerk, viewer):
            assert sign_in(user).post(url).status_code == 403
        assert "login" in Client().post(url)["Location"]
        assert sign_in(officer).post(reverse("rules:verify", args=[0])).status_code == 404
        value.refresh_from_db()
        assert value.verified_at is None


class TestEntering:
    @pytest.fixture
    def verified(self, officer: User) -> RuleValue:
        return make_value(verified_at=timezone.now(), verified_by=officer)

    def change(self, client: Client, row: RuleValue, **typed: str) -> Any:
        data = {
            "key": row.key,
            "label": row.label,
            "value": str(row.value),
            "unit": row.unit,
            "valid_from": f"{row.valid_from}",
            "statute": f"{row.statute_id}",
            "article": row.article,
            **typed,
        }
        return client.post(reverse("admin:rules_rulevalue_change", args=[row.pk]), data)

    def test_a_changed_value_is_to_be_verified_again(
        self, officer: User, verified: RuleValue, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        assert self.change(client, verified).status_code == 302
        verified.refresh_from_db()
        assert verified.verified_by == officer
        assert self.change(client, verified, value="50000000").status_code == 302
        verified.refresh_from_db()
        assert verified.value == 50_000_000
        assert verified.verified_by_id is None
        assert verified.verified_at is None

    @pytest.mark.ignore_template_errors
    def test_overlapping_days_are_said(
        self, officer: User, verified: RuleValue, sign_in: SignIn
    ) -> None:
        other = make_value("another.key")
        page = self.change(sign_in(officer), other, key=KEY).content.decode()
        assert "같은 기준의 적용 기간이 겹칩니다." in page
        other.refresh_from_db()
        assert other.key == "another.key"


class TestStatutes:
    def test_a_secretary_adds_an_ordinance_and_an_official_corrects_it(
        self, secretary: User, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(secretary)
        added = {"name": "가람구 협치 조례", "kind": "ordinance", "note": ""}
        page = client.post(reverse("rules:statute_create"), added, follow=True).content.decode()
        assert "법령을 저장했습니다: 가람구 협치 조례" in page
        edit = reverse("rules:statute_edit", args=[Statute.objects.get().pk])
        assert edit not in page
        assert client.post(edit, {**added, "name": "다른 조례"}).status_code == 403
        client = sign_in(officer)
        assert edit in client.get(reverse("rules:statutes")).content.decode()
        client.post(edit, {**added, "note": "2017. 1. 1. 제정"})
        assert Statute.objects.get().note == "2017. 1. 1. 제정"

    def test_a_name_that_is_taken_is_said_beside_it(self, secretary: User, sign_in: SignIn) -> None:
        statute = make_value().statute
        typed = {"name": statute.name, "kind": "law", "note": "두 번째"}
        page = sign_in(secretary).post(reverse("rules:statute_create"), typed)
        assert page.context["form"].errors["name"] == ["같은 이름의 법령이 이미 있습니다."]
        assert "두 번째" in page.content.decode()
        assert Statute.objects.count() == 1

    def test_a_reader_finds_statutes_and_changes_none(self, viewer: User, sign_in: SignIn) -> None:
        statute = make_value().statute
        Statute.objects.create(name="양성평등기본법", kind=StatuteKind.LAW)
        client = sign_in(viewer)
        found = client.get(reverse("rules:statutes"), {"q": "지방"})
        assert [(row.name, row.uses) for row in found.context["page"]] == [(statute.name, 1)]
        edit = reverse("rules:statute_edit", args=[statute.pk])
        assert edit not in found.content.decode()
        assert client.post(edit, {"name": "다른 이름", "kind": "law"}).status_code == 403
        statute.refresh_from_db()
        assert statute.name == "지방계약법 시행령"
