"""Nothing the office keeps goes without a history, and no deed without its doer."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db.models import DateTimeField, ForeignKey, Model

from apps.audit.queries import tracked_models

#: Models of ours whose changes nobody needs to know.
UNTRACKED = {
    "plans.TextDraft": "typed and not saved: no record of the office yet",
    "procurement.MonthlySum": "follows the purchases, whose history is kept",
    "imports.FilePart": "pieces of a file that its import names by digest; only ever removed",
    "imports.ImportFault": "what the last check found; found again by the next",
    "imports.ImportProgress": "how far a job has come",
    "portal.SampleDistrict": "says that the sample is loaded; written once by a command",
    "accounts.User_groups": "Django's own; roles are held by RoleHolding instead",
    "accounts.User_user_permissions": "Django's own; nobody is given single permissions",
}
#: Moments that are nobody's deed.
UNSIGNED = {
    "procurement.Purchase.updated_at": "says only that it changed; the history knows by whom",
    "portal.SampleDistrict.loaded_at": "loaded by a command, not by a person",
}


def our_models() -> Iterator[type[Model]]:
    for config in apps.get_app_configs():
        if config.name in settings.LOCAL_APPS:
            for model in config.get_models(include_auto_created=True):
                if not hasattr(model, "pgh_tracked_model"):
                    yield model


def test_every_model_has_a_history() -> None:
    without = {m._meta.label for m in our_models() if m._meta.label_lower not in tracked_models()}
    assert without == set(UNTRACKED)


def test_every_moment_has_its_doer() -> None:
    unsigned = set()
    for model in our_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name, field in fields.items():
            if isinstance(field, DateTimeField) and name.endswith("_at"):
                by = fields.get(f"{name.removesuffix('_at')}_by")
                if not isinstance(by, ForeignKey) or by.null != field.null:
                    unsigned.add(f"{model._meta.label}.{name}")
    assert unsigned == set(UNSIGNED)


def test_every_model_and_field_has_a_korean_name() -> None:
    def korean(text: object) -> bool:
        return any("가" <= letter <= "힣" for letter in str(text))

    own = [model for model in our_models() if not model._meta.auto_created]
    nameless = [model._meta.label for model in own if not korean(model._meta.verbose_name)]
    nameless += [
        str(field)
        for model in own
        for field in model._meta.concrete_fields
        if not field.primary_key and not korean(field.verbose_name)
    ]
    assert nameless == []
