"""What the database refuses, whoever writes it, and where a form says so."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.urls import reverse

from apps.accounts.models import User
from apps.enterprises.models import Designation, Product, PublishedCount
from apps.rules.models import Statute
from tests.conftest import SignIn
from tests.enterprises.factories import make_designation, make_firm, make_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "typed", "errors"),
    [
        (
            "designation_add",
            {"kind": "coop", "starts": "2015-01-01"},
            {"starts": ["같은 유형의 지정 기간이 이미 있는 지정과 겹칩니다."]},
        ),
        (
            "designation_add",
            {"kind": "village", "starts": "2015-01-01", "ends": "2014-01-01"},
            {"ends": ["유효기간 끝은 지정일보다 앞설 수 없습니다."]},
        ),
        (
            "product_add",
            {"name": "원두커피", "category": "food", "kind": "goods"},
            {"name": ["이 기업에 같은 이름의 제품·서비스가 이미 있습니다."]},
        ),
    ],
)
def test_a_rule_is_said_once_beside_its_field(
    officer: User, sign_in: SignIn, address: str, typed: dict[str, str], errors: dict[str, Any]
) -> None:
    firm = make_firm()
    make_designation(firm)
    make_product(firm)
    page = sign_in(officer).post(reverse(f"enterprises:{address}", args=[firm.pk]), typed)
    assert page.context["form"].errors == errors


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Designation, "kind"),
        (Product, "kind"),
        (Product, "category"),
        (PublishedCount, "kind"),
        (Statute, "kind"),
    ],
)
def test_a_word_nobody_knows_is_kept_out(model: type[Model], field: str) -> None:
    firm = make_firm()
    make_designation(firm)
    make_product(firm)
    PublishedCount.objects.create(as_of="2015-12-31", count=63, rule="전체", source="계획")
    Statute.objects.create(name="육성법", kind="law")
    with pytest.raises(IntegrityError, match=f"{field}_is_known"), transaction.atomic():
        model._default_manager.update(**{field: "없는 값"})
