"""What is typed and not saved is kept, for who typed it alone."""

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.enums import SectionKey
from apps.plans.models import DepartmentRequest, PlanSection, TextDraft
from tests.conftest import SignIn
from tests.plans.factories import YEAR, make_plan
from tests.plans.screen import changed, typed

pytestmark = pytest.mark.django_db
KEEP, DROP = {"draft": ["keep"]}, {"draft": ["drop"]}
FOUND = "저장하지 않은 내용이 있습니다"


@pytest.fixture
def url() -> str:
    section = PlanSection.objects.create(
        plan=make_plan(), key=SectionKey.BASIS, title="추진근거", body="□ 저장된 글"
    )
    return reverse("plans:section_edit", args=[YEAR, section.pk])


def test_a_draft_is_kept_found_and_brought_back(url: str, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    late = changed(client.get(url), body="□ 쓰다 만 글", title="")
    answer = client.post(url, late | KEEP)
    assert set(answer.json()) == {"at"}
    assert PlanSection.objects.get().body == "□ 저장된 글"
    page = client.get(url)
    assert FOUND in page.content.decode()
    assert typed(page)["body"] == ["□ 저장된 글"]
    back = client.get(f"{url}?draft=on")
    assert typed(back) == late
    assert "field__errors" not in back.content.decode(), "nothing has been sent yet"


def test_keeping_again_takes_its_place(url: str, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    for body in ("□ 하나", "□ 둘\0"):
        client.post(url, changed(client.get(url), body=body) | KEEP)
    draft = TextDraft.objects.get()
    assert draft.values["body"] == ["□ 둘"]
    assert "csrfmiddlewaretoken" not in draft.values


def test_saving_ends_the_draft(url: str, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    late = changed(client.get(url), body="□ 다 쓴 글")
    client.post(url, late | KEEP)
    client.post(url, late)
    assert not TextDraft.objects.exists()
    assert FOUND not in client.get(url).content.decode()


def test_a_refused_form_keeps_its_draft(url: str, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    late = changed(client.get(url), title="")
    client.post(url, late | KEEP)
    assert client.post(url, late).status_code == 200
    assert TextDraft.objects.count() == 1


def test_a_draft_is_thrown_away(url: str, officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    client.post(url, changed(client.get(url), body="□ 쓰다 만 글") | KEEP)
    answer = client.post(url, DROP)
    assert answer.headers["Location"] == url
    assert not TextDraft.objects.exists()
    assert PlanSection.objects.get().body == "□ 저장된 글"


def test_a_draft_is_its_authors_alone(
    url: str, officer: User, admin: User, sign_in: SignIn
) -> None:
    client, other = sign_in(officer), sign_in(admin)
    client.post(url, changed(client.get(url), body="□ 쓰다 만 글") | KEEP)
    for address in (url, f"{url}?draft=on"):
        page = other.get(address)
        assert FOUND not in page.content.decode()
        assert typed(page)["body"] == ["□ 저장된 글"]
    other.post(url, DROP)
    assert TextDraft.objects.get().saved_by == officer


def test_who_may_not_write_keeps_no_draft(url: str, viewer: User, sign_in: SignIn) -> None:
    assert sign_in(viewer).post(url, {"body": "□ 남의 글", **KEEP}).status_code == 403
    assert not TextDraft.objects.exists()


def test_a_draft_of_what_was_saved_since_is_refused_like_any_late_form(
    url: str, officer: User, admin: User, sign_in: SignIn
) -> None:
    client, other = sign_in(officer), sign_in(admin)
    client.post(url, changed(client.get(url), body="□ 쓰다 만 글") | KEEP)
    other.post(url, changed(other.get(url), body="□ 남이 고친 글"))
    page = client.post(url, typed(client.get(f"{url}?draft=on")))
    assert "<del>남이</del>" in page.content.decode()
    assert PlanSection.objects.get().body == "□ 남이 고친 글"


def test_rows_keep_drafts_too(officer: User, sign_in: SignIn) -> None:
    plan = make_plan()
    DepartmentRequest.objects.create(plan=plan, addressee="가과", body="협조", position=1)
    client = sign_in(officer)
    url = reverse("plans:requests_edit", args=[YEAR])
    late = changed(
        client.get(url), **{"requests-0-body": "고친 글", "requests-1-addressee": "나과"}
    )
    client.post(url, late | KEEP)
    back = client.get(f"{url}?draft=on")
    assert typed(back) == late
    assert "field__errors" not in back.content.decode()


@pytest.fixture
def earlier(url: str, officer: User, sign_in: SignIn) -> TextDraft:
    client = sign_in(officer)
    client.post(url, changed(client.get(url), body="□ 쓰다 만 글") | KEEP)
    return TextDraft.objects.get()


def test_an_unanswered_draft_is_not_dropped_by_saving(
    url: str, earlier: TextDraft, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    late = changed(client.get(url), body="□ 새로 쓴 글")
    assert client.post(url, late).status_code == 302
    assert PlanSection.objects.get().body == "□ 새로 쓴 글"
    assert TextDraft.objects.get() == earlier
    assert FOUND in client.get(url).content.decode()


def test_a_refused_form_still_asks_about_the_earlier_draft(
    url: str, earlier: TextDraft, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    page = client.post(url, changed(client.get(url), title=""))
    assert FOUND in page.content.decode()
    assert typed(page)["draft"] == ["unanswered"]


def test_asking_whether_one_is_signed_in_writes_nothing(
    url: str, earlier: TextDraft, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    answer = client.post(url, changed(client.get(url), body="□ ㄱ") | {"draft": ["ask"]})
    assert answer.json() == {}
    assert TextDraft.objects.get().values == earlier.values
