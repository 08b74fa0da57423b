"""Statutes and dated rule values, none of them verified by an office yet."""

from apps.portal.sample import source
from apps.rules.models import RuleValue, Statute


def load() -> None:
    records = source.read("rules.yaml")
    statutes = {
        row["name"]: Statute.objects.create(
            name=row["name"], kind=row["kind"], note=row.get("note", "")
        )
        for row in records["statutes"]
    }
    RuleValue.objects.bulk_create(
        RuleValue(
            key=row["key"],
            label=row["label"],
            value=row["value"],
            unit=row["unit"],
            valid_from=row["from"],
            statute=statutes[row["statute"]],
            article=row.get("article", ""),
        )
        for row in records["values"]
    )
