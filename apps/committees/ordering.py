"""Moving one of several rows to another place: one up or down by a button, or anywhere by drag."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

STEPS = {"up": -1, "down": 1}
NOWHERE = "옮길 자리를 알 수 없습니다. 다시 옮겨 주세요."


def moved(keys: Sequence[int], key: int, *, way: str = "", to: str = "") -> list[int]:
    """``keys`` with ``key`` one place on in the ``way`` up or down, else at the place ``to`` (1 …).

    Raises ``ValidationError`` when there is no such place.

    >>> moved([7, 8, 9], 9, way="up"), moved([7, 8, 9], 9, to="1")
    ([7, 9, 8], [9, 7, 8])
    """
    if way in STEPS:
        place = keys.index(key) + STEPS[way]
        if not 0 <= place < len(keys):
            raise ValidationError(f"이미 맨 {'위' if way == 'up' else '아래'}에 있습니다.")
    elif to.isascii() and to.isdigit() and len(to) < 10:
        place = max(int(to), 1) - 1
    else:
        raise ValidationError(NOWHERE)
    rest = [each for each in keys if each != key]
    return [*rest[:place], key, *rest[place:]]
