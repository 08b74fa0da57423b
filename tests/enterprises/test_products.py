"""The catalogue, and what a firm sells."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.enterprises.enums import DesignationKind, ProductCategory
from apps.enterprises.models import Product
from tests.conftest import SignIn
from tests.enterprises.factories import make_designation, make_firm, make_product
from tests.enterprises.queries import queries_of

pytestmark = pytest.mark.django_db
CATALOGUE = "/enterprises/products/"
TYPED = {"name": "원두커피", "category": "food", "kind": "goods", "price": "12,000원"}


class TestCatalogue:
    def test_found_by_category_name_and_kind_of_firm(self, clerk: User, sign_in: SignIn) -> None:
        coffee, lunch = make_firm("행복커피"), make_firm("나눔도시락")
        make_designation(coffee, DesignationKind.SOCIAL)
        make_product(coffee, "원두")
        make_product(lunch, "도시락", category=ProductCategory.CATERING)
        make_product(make_firm("옛가게", closed_on=date(2015, 1, 1)), "옛물건")
        client = sign_in(clerk)

        def found(**filters: str) -> set[str]:
            return {row.name for row in client.get(CATALOGUE, filters).context["page"]}

        assert found() == {"원두", "도시락"}
        assert found(category="catering") == {"도시락"}
        assert found(q="ㅎㅂㅋㅍ") == {"원두"}
        assert found(kind="social") == {"원두"}
        assert found(kind="village") == set()
        page = client.get(CATALOGUE).content.decode()
        assert f'href="{CATALOGUE}?category=catering">급식·도시락<' in page
        assert "category=cleaning" not in page

    def test_number_of_queries_does_not_grow(self, viewer: User, sign_in: SignIn) -> None:
        client = sign_in(viewer)
        make_product(make_firm("하나"))
        one = queries_of(client, CATALOGUE)
        make_product(make_firm("둘"))
        make_product(make_firm("셋"))
        assert queries_of(client, CATALOGUE) == one


class TestWriting:
    def test_officer_adds_corrects_and_deletes(self, officer: User, sign_in: SignIn) -> None:
        firm, client = make_firm(), sign_in(officer)
        client.post(reverse("enterprises:product_add", args=[firm.pk]), TYPED)
        product = firm.products.get()
        assert (product.name, product.price) == ("원두커피", 12000)
        edit = reverse("enterprises:product_edit", args=[product.pk])
        assert 'value="12,000"' in client.get(edit).content.decode()
        client.post(edit, {**TYPED, "price": ""})
        product.refresh_from_db()
        assert product.price is None
        delete = reverse("enterprises:product_delete", args=[product.pk])
        assert "삭제할까요" in client.get(delete).content.decode()
        assert Product.objects.exists()
        client.post(delete)
        assert not Product.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"price": "많이"}, "금액은 숫자로"),
            ({"price": "-5"}, "0"),
            ({"name": ""}, "꼭 적어야 하는 칸입니다"),
            ({"name": "도시락"}, "같은 이름의 제품·서비스가 이미 있습니다"),
        ],
    )
    def test_bad_input_keeps_the_form(
        self, officer: User, sign_in: SignIn, wrong: dict[str, str], message: str
    ) -> None:
        firm = make_firm()
        make_product(firm, "도시락")
        url = reverse("enterprises:product_add", args=[firm.pk])
        response = sign_in(officer).post(url, {**TYPED, "description": "갓 볶은", **wrong})
        assert message in response.content.decode()
        assert response.context["form"].errors
        assert "갓 볶은" in response.content.decode()
        assert firm.products.count() == 1

    def test_readers_may_not_and_strangers_find_nothing(
        self, viewer: User, nobody: User, officer: User, sign_in: SignIn
    ) -> None:
        product = make_product(make_firm())
        for name in ("product_edit", "product_delete"):
            url = reverse(f"enterprises:{name}", args=[product.pk])
            assert sign_in(viewer).get(url).status_code == 403
            assert sign_in(viewer).post(url, TYPED).status_code == 403
            assert sign_in(nobody).post(url, TYPED).status_code == 403
            missing = reverse(f"enterprises:{name}", args=[product.pk + 1])
            assert sign_in(officer).post(missing, TYPED).status_code == 404
        product.refresh_from_db()
        assert product.price is None
