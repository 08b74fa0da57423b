"""How long what stands in a file is kept."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts.models import User
from apps.imports.models import FileImport, FilePart
from apps.imports.tasks import commit_file, remove_contents
from apps.procurement.models import Purchase
from tests.conftest import SignIn
from tests.imports.files import csv_file
from tests.imports.sending import BAD, GOOD, HEAD, checked, decide, page, send, sent
from tests.procurement.factories import make_enterprise

pytestmark = pytest.mark.django_db


def send_only(client: Client, item: str) -> FileImport:
    """A file that was sent in and not checked yet."""
    send(client, csv_file([HEAD, [*GOOD[0][:2], item, *GOOD[0][3:]]]))
    return FileImport.objects.latest("pk")


@override_settings(IMPORTED_FILES_KEPT_DAYS=30)
def test_what_stands_in_a_file_is_removed_some_time_after_it_was_decided_on(
    sign_in: SignIn, clerk: User
) -> None:
    client: Client = sign_in(clerk)
    make_enterprise("행복커피")
    old, new, rejected, open_ = (
        sent(client, [[*GOOD[0][:2], n, *GOOD[0][3:]], BAD]) for n in "가나다라"
    )
    for file in (old, new):
        decide(client, "commit", file, skip="on")
    decide(client, "reject", rejected)
    waiting, unread = (send_only(client, n) for n in "마바")
    long_ago = timezone.now() - timedelta(days=31)
    FileImport.objects.filter(pk=old.pk).update(committed_at=long_ago)
    FileImport.objects.filter(pk=rejected.pk).update(rejected_at=long_ago)
    FileImport.objects.filter(pk=open_.pk).update(checked_at=long_ago)
    FileImport.objects.filter(pk__in=(waiting.pk, unread.pk)).update(uploaded_at=long_ago)
    ProcrastinateJob.objects.exclude(args__file=waiting.pk).delete()

    remove_contents(timestamp=0)
    assert set(FilePart.objects.values_list("file", flat=True)) == {new.pk, waiting.pk}
    assert reverse("imports:faults_xlsx", args=[new.pk]) in page(client, new)
    marked = reverse("imports:faults_xlsx", args=[old.pk])
    text = page(client, old)
    assert "올린 파일의 내용을 지웠으므로" in text
    assert marked not in text
    assert client.get(marked).status_code == 404
    assert "반영을 취소해" in decide(client, "undo", old)
    assert Purchase.objects.get().batch == new


def test_of_a_file_without_its_content_nothing_is_left_but_to_send_it_again(
    sign_in: SignIn, clerk: User
) -> None:
    client: Client = sign_in(clerk)
    make_enterprise("행복커피")
    file = sent(client, GOOD)
    FilePart.objects.filter(file=file).delete()
    text = decide(client, "commit", file)
    assert "내용을 지웠으므로 검사하거나 반영할 수 없습니다. 파일을 다시 올려 주세요." in text
    assert reverse("imports:new", args=["purchases"]) in text
    for name in ("commit", "check", "columns"):
        assert reverse(f"imports:{name}", args=[file.pk]) not in text
    assert not ProcrastinateJob.objects.filter(task_name=commit_file.name).exists()
    assert checked(file).refusal.startswith("오래되어 올린 파일의 내용을 지웠으므로")
    other = sent(client, GOOD[:1])
    FilePart.objects.filter(file=other).delete()
    assert "반영하지 않기로 한 파일입니다" in decide(client, "reject", other)
