"""Names that people use for firms."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import GeneratedField, Q

from apps.accounts.models import Department, User
from apps.core.history import tracked_except
from apps.enterprises.models import Enterprise
from apps.enterprises.names import NameKey, name_key

TAKEN = "이 이름은 이미 다른 기업으로 정해져 있습니다."
NO_NAME = "기업을 알아볼 수 있는 이름을 적어 주세요."


@tracked_except("name_key")
class SupplierAlias(models.Model):
    """Which firm somebody meant by a name that is not its own: a choice remembered (R21).

    An official's choice holds for every department (``department`` is empty), a clerk's for the
    clerk's own.
    """

    name = models.CharField("적은 이름", max_length=200)
    name_key = GeneratedField(
        expression=NameKey("name"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="대조용 이름",
    )
    department = models.ForeignKey(
        Department,
        verbose_name="부서",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    enterprise = models.ForeignKey(
        Enterprise, verbose_name="기업", on_delete=models.PROTECT, related_name="aliases"
    )
    chosen_at = models.DateTimeField("고른 때")
    chosen_by = models.ForeignKey(
        User, verbose_name="고른 사람", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "기업의 다른 이름"
        verbose_name_plural = "기업의 다른 이름"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key", "department"],
                nulls_distinct=False,
                name="supplier_alias_means_one_firm",
                violation_error_message=TAKEN,
                violation_error_code="name",
            ),
            models.CheckConstraint(
                name="supplier_alias_has_letters",
                condition=~Q(name_key=""),
                violation_error_message=NO_NAME,
                violation_error_code="name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.enterprise}"

    def clean(self) -> None:
        """Say what the constraints would: forms know no key before the row is saved."""
        key = name_key(self.name)
        same = SupplierAlias.objects.filter(name_key=key, department=self.department_id)
        if not key:
            raise ValidationError({"name": NO_NAME})
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"name": TAKEN})
