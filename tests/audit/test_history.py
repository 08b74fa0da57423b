"""The page of changes: who, what, from what to what, whatever way it was written."""

from datetime import date
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from apps.accounts.services import give_role
from apps.audit.queries import Change, tracked_models
from apps.rules import services
from apps.rules.models import Statute
from tests.conftest import SignIn
from tests.enterprises.queries import queries_of
from tests.rules.test_rules import make_value

pytestmark = pytest.mark.django_db
URL = reverse("audit:history")


def history(client: Client, model: str, **more: Any) -> list[Change]:
    found: list[Change] = client.get(URL, {"model": model, **more}).context["changes"]
    return found


def told(change: Change) -> dict[str, tuple[str, str]]:
    return {field.label: (field.before, field.after) for field in change.fields}


@pytest.fixture
def reader(officer: User, sign_in: SignIn) -> Client:
    return sign_in(officer)


class TestChanges:
    def test_insert_update_and_delete_of_one_row(self, reader: Client, officer: User) -> None:
        with pghistory.context(user=officer.pk):
            statute = Statute.objects.create(name="육성법", kind="law")
            statute.name = "육성 조례"
            statute.kind = "ordinance"
            statute.save()
            key = statute.pk
            statute.delete()
        deleted, updated, inserted = history(reader, "rules.statute", object=key)
        assert [change.action for change in (inserted, updated, deleted)] == [
            "입력",
            "수정",
            "삭제",
        ]
        assert {change.by for change in (inserted, updated, deleted)} == {str(officer)}
        assert told(inserted) == {
            "이름": ("", "육성법"),
            "구분": ("", "법률"),
        }
        assert told(updated) == {"이름": ("육성법", "육성 조례"), "구분": ("법률", "조례")}
        assert told(deleted) == {"이름": ("육성 조례", ""), "구분": ("조례", "")}

    def test_bulk_writes_and_plain_sql_are_not_missed(self, reader: Client) -> None:
        Statute.objects.bulk_create(Statute(name=f"{n}법", kind="law") for n in range(3))
        Statute.objects.filter(name__in=["0법", "1법"]).update(note="폐지")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM rules_statute WHERE name = '2법'")
        changes = history(reader, "rules.statute")
        assert [change.action for change in changes] == ["삭제", "수정", "수정", *["입력"] * 3]
        assert [told(change) for change in changes[1:3]] == [{"설명": ("", "폐지")}] * 2
        assert {change.by for change in changes} == {"(시스템)"}
        assert "(시스템)" in reader.get(URL, {"model": "rules.statute"}).content.decode()

    def test_an_update_that_changes_nothing_is_none(self, reader: Client) -> None:
        Statute.objects.create(name="육성법", kind="law").save()
        assert len(history(reader, "rules.statute")) == 1

    def test_a_request_names_who_made_it(self, reader: Client, officer: User) -> None:
        data = {"name": "육성법", "kind": "law"}
        assert reader.post(reverse("admin:rules_statute_add"), data).status_code == 302
        [change] = history(reader, "rules.statute")
        assert change.by == str(officer)

    def test_a_service_names_who_acts_even_without_a_request(
        self, reader: Client, admin: User
    ) -> None:
        value = make_value()
        services.verify(value=value, shown=value.amount, by=admin)
        value.refresh_from_db()
        change, _ = history(reader, "rules.rulevalue")
        assert change.by == str(admin)
        at = timezone.localtime(value.verified_at)
        assert told(change) == {
            "확인한 때": ("", f"{at:%Y-%m-%d %H:%M}"),
            "확인한 사람": ("", str(admin)),
        }

    def test_who_acted_and_was_deleted_since_is_not_taken_for_the_system(
        self, reader: Client, nobody: User
    ) -> None:
        with pghistory.context(user=nobody.pk):
            Statute.objects.create(name="육성법", kind="law")
        key = nobody.pk
        nobody.delete()
        page = reader.get(URL, {"model": "rules.statute"}).content.decode()
        assert f"(삭제된 사용자 {key})" in page

    def test_records_pointed_at_are_named_while_they_exist(
        self, reader: Client, admin: User, other_department: Department
    ) -> None:
        admin.department = other_department
        admin.is_active = False
        admin.save()
        change = history(reader, "accounts.user", object=admin.pk)[0]
        assert told(change) == {"부서": ("일자리과", "공원과"), "활성": ("예", "아니요")}
        admin.department = None
        admin.save()
        gone = other_department.pk
        other_department.delete()
        change = history(reader, "accounts.user", object=admin.pk)[0]
        assert told(change) == {"부서": (f"{gone}", "")}

    def test_each_row_has_its_own_past(self, reader: Client) -> None:
        first = Statute.objects.create(name="가법", kind="law")
        second = Statute.objects.create(name="나법", kind="law")
        first.name = "다법"
        first.save()
        assert [told(c)["이름"] for c in history(reader, "rules.statute")] == [
            ("가법", "다법"),
            ("", "나법"),
            ("", "가법"),
        ]
        assert len(history(reader, "rules.statute", object=second.pk)) == 1

    def test_a_password_is_never_kept(self, reader: Client, clerk: User) -> None:
        clerk.set_password("Moonlit-forest-9")
        clerk.save()
        clerk.name = "다른 이름"
        clerk.save()
        changes = history(reader, "accounts.user", object=clerk.pk)
        assert [change.action for change in changes] == ["수정", "입력"]
        labels = {field.label for change in changes for field in change.fields}
        assert labels.isdisjoint({"비밀번호", "마지막 로그인"})
        kept = clerk.events.values()  # type: ignore[attr-defined]
        assert clerk.password not in str(list(kept))


class TestAppendOnly:
    def test_no_event_is_changed_or_removed(self, department: Department) -> None:
        events = department.events.all()  # type: ignore[attr-defined]
        for write in (events.delete, lambda: events.update(name="다른 과")):
            refused = pytest.raises(DatabaseError, match="Cannot update or delete")
            with refused, transaction.atomic():
                write()
        assert [event.name for event in events] == ["일자리과"]

    def test_every_history_is_closed_to_changes(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%append_only%'"
                " AND tgenabled = 'O'"
            )
            closed = {table for (table,) in cursor.fetchall()}
        assert closed >= {event._meta.db_table for event in tracked_models().values()}


class TestPage:
    def test_the_newest_come_first_in_pages(self, reader: Client) -> None:
        Statute.objects.bulk_create(Statute(name=f"{n:02}법", kind="law") for n in range(31))
        first = reader.get(URL, {"model": "rules.statute"})
        second = reader.get(URL, {"model": "rules.statute", "page": "2"})
        assert [len(answer.context["changes"]) for answer in (first, second)] == [30, 1]
        assert "모두 <strong>31</strong>건" in first.content.decode()
        keys = [c.object_id for page in (first, second) for c in page.context["changes"]]
        assert keys == sorted(keys, reverse=True)

    def test_it_begins_with_tasks_and_offers_every_history(self, reader: Client) -> None:
        answer = reader.get(URL)
        assert "이력이 없습니다." in answer.content.decode()
        choices = answer.context["form"].fields["model"].choices
        assert {key for key, _ in choices} == set(tracked_models())
        assert [label for _, label in choices] == sorted(label for _, label in choices)

    @pytest.mark.parametrize(
        "asked",
        [{"model": "auth.group"}, {"model": ""}, {"object": "-1"}, {"object": "x"}],
    )
    def test_what_it_cannot_show_is_said(self, reader: Client, asked: dict[str, str]) -> None:
        answer = reader.get(URL, asked)
        assert answer.context["changes"] == []
        assert "field__errors" in answer.content.decode()

    def test_a_number_beyond_all_rows_finds_nothing(self, reader: Client) -> None:
        Statute.objects.create(name="육성법", kind="law")
        assert history(reader, "rules.statute", object="9" * 30) == []

    def test_markup_in_a_record_is_shown_as_typed(self, reader: Client) -> None:
        Statute.objects.create(name="<b>법</b>", kind="law")
        page = reader.get(URL, {"model": "rules.statute"}).content.decode()
        assert "&lt;b&gt;법&lt;/b&gt;" in page

    def test_number_of_queries_does_not_grow(
        self, reader: Client, admin: User, clerk: User, officer: User
    ) -> None:
        data = {"model": "accounts.roleholding"}

        def give(to: User, by: User) -> None:
            give_role(user=to, role=Role.VIEWER, starts=date(2016, 1, 1), by=by)

        def page() -> int:
            return queries_of(reader, URL, data)

        give(admin, by=officer)
        some = page()
        give(clerk, by=admin)
        give(officer, by=clerk)
        assert page() == some

    @pytest.mark.parametrize("who", ["clerk", "secretary", "viewer", "nobody"])
    def test_only_officials_look(
        self, who: str, request: pytest.FixtureRequest, sign_in: SignIn
    ) -> None:
        answer = sign_in(request.getfixturevalue(who)).get(URL)
        assert answer.status_code == 403
        assert "권한이 없습니다" in answer.content.decode()

    def test_admins_look_too(self, admin: User, sign_in: SignIn) -> None:
        assert history(sign_in(admin), "accounts.user")[-1].action == "입력"


@pytest.mark.parametrize("key", sorted(tracked_models()))
def test_every_history_can_be_shown(key: str, reader: Client) -> None:
    model = apps.get_model(key)
    name = str(model._meta.verbose_name)
    assert any("가" <= letter <= "힣" for letter in name)
    assert f'<option value="{key}" selected>{name}</option>' in (
        reader.get(URL, {"model": key}).content.decode()
    )
