from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0010_allowances_are_what_was_spent"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="agendabook",
            name="agenda_book_binds_no_more_than_all",
        ),
        migrations.AddField(
            model_name="agendabook",
            name="laid",
            field=models.PositiveIntegerField(default=0, verbose_name="자리를 잡은 쪽수"),
        ),
        migrations.AddConstraint(
            model_name="agendabook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done__lte", models.F("whole")), ("laid__lte", models.F("whole"))
                ),
                name="agenda_book_binds_no_more_than_all",
            ),
        ),
    ]
