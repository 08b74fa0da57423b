"""How long what stands in a file is kept."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.imports.models import FileImport, FilePart
from apps.imports.tasks import remove_contents
from apps.procurement.models import Purchase
from tests.conftest import SignIn
from tests.imports.sending import BAD, GOOD, decide, page, sent
from tests.procurement.factories import make_enterprise

pytestmark = pytest.mark.django_db


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
    long_ago = timezone.now() - timedelta(days=31)
    FileImport.objects.filter(pk=old.pk).update(committed_at=long_ago)
    FileImport.objects.filter(pk=rejected.pk).update(rejected_at=long_ago)
    FileImport.objects.filter(pk=open_.pk).update(checked_at=long_ago)

    remove_contents(timestamp=0)
    assert set(FilePart.objects.values_list("file", flat=True)) == {new.pk, open_.pk}
    assert reverse("imports:faults_xlsx", args=[new.pk]) in page(client, new)
    marked = reverse("imports:faults_xlsx", args=[old.pk])
    text = page(client, old)
    assert "올린 파일의 내용을 지웠으므로" in text
    assert marked not in text
    assert client.get(marked).status_code == 404
    assert "반영을 취소해" in decide(client, "undo", old)
    assert Purchase.objects.get().batch == new
