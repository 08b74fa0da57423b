from django.db import migrations, models

import apps.enterprises.names

ONE_FIRM = models.UniqueConstraint(
    fields=("name_key", "department"),
    name="supplier_alias_means_one_firm",
    nulls_distinct=False,
    violation_error_code="name",
    violation_error_message="이 이름은 이미 다른 기업으로 정해져 있습니다.",
)
HAS_LETTERS = models.CheckConstraint(
    condition=~models.Q(name_key=""),
    name="supplier_alias_has_letters",
    violation_error_code="name",
    violation_error_message="기업을 알아볼 수 있는 이름을 적어 주세요.",
)


class Migration(migrations.Migration):
    """Remembered names get their key by the function that makes the firms'."""

    dependencies = [
        ("enterprises", "0003_firm_name_key"),
        ("procurement", "0002_month_cycle"),
    ]
    operations = [
        migrations.RemoveConstraint("supplieralias", ONE_FIRM.name),
        migrations.RemoveConstraint("supplieralias", HAS_LETTERS.name),
        migrations.RemoveField("supplieralias", "name_key"),
        migrations.AddField(
            "supplieralias",
            "name_key",
            models.GeneratedField(
                expression=apps.enterprises.names.NameKey("name"),
                output_field=models.TextField(),
                db_persist=True,
                verbose_name="대조용 이름",
            ),
        ),
        migrations.AddConstraint("supplieralias", ONE_FIRM),
        migrations.AddConstraint("supplieralias", HAS_LETTERS),
    ]
