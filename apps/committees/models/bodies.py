"""Bodies the office keeps: committees that decide, and round tables that meet."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery

from apps.committees.enums import CarryingBase, Portion, RecusedCount, Rhythm
from apps.committees.models.common import OfficeQuerySet
from apps.committees.models.members import serving
from apps.committees.quorum import HALF, MAJORITY, TWO_THIRDS, Rule, Threshold
from apps.committees.triggers import CHARTER_STANDS
from apps.core.history import tracked
from apps.core.models import DateRange, known
from apps.rules.models import Statute

_SHARES = {Portion.MAJORITY: MAJORITY, Portion.HALF: HALF, Portion.TWO_THIRDS: TWO_THIRDS}


class CommitteeQuerySet(OfficeQuerySet["Committee"]):
    def with_counts(self, on: date) -> Self:
        """Adds ``in_office``, the members on the day, ``seats``, of the charter of that day, and

        ``meetings_in_year``, of its year.
        """
        charter = Charter.objects.in_force(on).filter(committee=OuterRef("pk"))
        return self.order_by("name").annotate(
            seats=Subquery(charter.annotate(all=SEATS).values("all")[:1]),
            in_office=Count("members", filter=serving(on, "members__"), distinct=True),
            meetings_in_year=Count(
                "meetings", filter=Q(meetings__month__year=on.year), distinct=True
            ),
        )


@tracked
class Committee(models.Model):
    """A standing body that advises or decides, founded on an article of an ordinance."""

    name = models.CharField("위원회명", max_length=100, unique=True)
    basis = models.TextField("설치 근거", help_text="조례 이름과 조항을 적습니다.")
    formed_on = models.DateField("구성일", null=True, blank=True)
    decides_by_vote = models.BooleanField(
        "의결 여부", default=True, help_text="의결하지 않는 협의체는 정족수를 따지지 않습니다."
    )
    rhythm = models.CharField(
        "회의 주기",
        max_length=10,
        choices=Rhythm,
        default=Rhythm.NONE,
        help_text="주기를 정해 두면 열리지 않은 달(분기)을 알려 드립니다.",
    )
    note = models.TextField("비고", blank=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = "위원회"
        verbose_name_plural = "위원회"
        ordering = ["name"]
        constraints = known("committee", rhythm=Rhythm)

    def __str__(self) -> str:
        return self.name

    def charter(self, on: date) -> "Charter | None":
        """By what it is composed and decides on the day; ``None`` where nobody has entered it."""
        return self.charters.in_force(on).select_related("statute").first()


SEATS = 1 + F("vice_chairs") + F("ex_officio") + F("appointed")


class CharterQuerySet(OfficeQuerySet["Charter"]):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(ends=None) | Q(ends__gte=on), starts__lte=on)


@tracked
class Charter(models.Model):
    """How a committee is composed, opens and decides, from one day to another (plan 5-2).

    ``ex_officio`` and ``appointed`` are counted without chair and vice chair, as the plan does:
    14 = 1 + 1 + 3 + 9. Every decision is judged by the charter of the meeting's day.
    """

    committee = models.ForeignKey(
        Committee, verbose_name="위원회", on_delete=models.PROTECT, related_name="charters"
    )
    starts = models.DateField("적용 시작일")
    ends = models.DateField("적용 종료일", null=True, blank=True)
    statute = models.ForeignKey(
        Statute, verbose_name="근거", on_delete=models.PROTECT, related_name="+"
    )
    composition_article = models.CharField("구성 조항", max_length=50, blank=True)
    vice_chairs = models.PositiveSmallIntegerField("부위원장 수", default=1)
    ex_officio = models.PositiveSmallIntegerField("당연직 위원 수", default=0)
    appointed = models.PositiveSmallIntegerField("위촉직 위원 수", default=0)
    voting_article = models.CharField("의사 조항", max_length=50, blank=True)
    opening = models.CharField(
        "개의 정족수", max_length=10, choices=Portion, default=Portion.MAJORITY
    )
    opening_count = models.PositiveSmallIntegerField("개의 인원", null=True, blank=True)
    carrying = models.CharField(
        "의결 정족수", max_length=10, choices=Portion, default=Portion.MAJORITY
    )
    carrying_count = models.PositiveSmallIntegerField("의결 인원", null=True, blank=True)
    carrying_of = models.CharField(
        "의결 정족수의 기준", max_length=10, choices=CarryingBase, default=CarryingBase.PRESENT
    )
    recused = models.CharField(
        "제척·기피·회피 위원",
        max_length=15,
        choices=RecusedCount,
        default=RecusedCount.LEFT_OUT,
    )
    chair_breaks_ties = models.BooleanField("가부동수이면 위원장이 결정", default=False)
    allows_written = models.BooleanField("서면 심의를 할 수 있음", default=False)

    objects = CharterQuerySet.as_manager()

    class Meta:
        verbose_name = "구성·의사 기준"
        verbose_name_plural = "구성·의사 기준"
        ordering = ["committee", "-starts"]
        constraints = [
            *known(
                "charter",
                opening=Portion,
                carrying=Portion,
                carrying_of=CarryingBase,
                recused=RecusedCount,
            ),
            models.CheckConstraint(
                name="charter_ends_after_it_starts",
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                violation_error_message="적용 종료일은 적용 시작일보다 앞설 수 없습니다.",
                violation_error_code="ends",
            ),
            *(
                models.CheckConstraint(
                    name=f"charter_{name}_counts_where_fixed",
                    condition=Q(
                        **{
                            name: Portion.FIXED,
                            f"{name}_count__isnull": False,
                            f"{name}_count__gte": 1,
                        }
                    )
                    | Q(~Q(**{name: Portion.FIXED}), **{f"{name}_count": None}),
                    violation_error_message="‘정한 인원 이상’일 때만, 1명 이상으로 적습니다.",
                    violation_error_code=f"{name}_count",
                )
                for name in ("opening", "carrying")
            ),
            models.CheckConstraint(
                name="charter_ties_of_a_majority",
                condition=Q(chair_breaks_ties=False)
                | Q(carrying=Portion.MAJORITY, carrying_of=CarryingBase.PRESENT),
                violation_error_message=(
                    "위원장의 가부동수 결정은 출석위원 과반수로 의결할 때에만 둘 수 있습니다."
                ),
                violation_error_code="chair_breaks_ties",
            ),
            ExclusionConstraint(
                name="charter_one_at_a_time",
                expressions=[("committee", "="), (DateRange("starts", "ends"), "&&")],
                violation_error_message="적용 기간이 다른 기준과 겹칩니다.",
                violation_error_code="starts",
            ),
        ]
        triggers = [CHARTER_STANDS]

    def __str__(self) -> str:
        return f"{self.committee} ({self.starts}부터)"

    @property
    def seats(self) -> int:
        """정원, chair and vice chairs included."""
        return 1 + self.vice_chairs + self.ex_officio + self.appointed

    @property
    def rule(self) -> Rule:
        """What a tally is judged by."""
        return Rule(
            opening=_threshold(self.opening, self.opening_count),
            carrying=_threshold(self.carrying, self.carrying_count),
            of_office=self.carrying_of == CarryingBase.IN_OFFICE,
            chair_breaks_ties=self.chair_breaks_ties,
        )

    @property
    def opens_with(self) -> str:
        """``과반수``, ``3분의 2 이상``, ``5명 이상``: of the members in office."""
        return _in_words(self.opening, self.opening_count)

    @property
    def carries_with(self) -> str:
        """The same, of those ``carrying_of`` names."""
        return _in_words(self.carrying, self.carrying_count)

    @property
    def composed_of(self) -> str:
        """위원장 1명, 부위원장 1명, 당연직 3명, 위촉직 9명 (plan 5-2)."""
        kinds = (
            ("위원장", 1),
            ("부위원장", self.vice_chairs),
            ("당연직", self.ex_officio),
            ("위촉직", self.appointed),
        )
        return ", ".join(f"{label} {count}명" for label, count in kinds if count)

    @property
    def in_words(self) -> str:
        """재적위원 과반수 출석으로 개의, 출석위원 과반수 찬성으로 의결 (plan 5-2)."""
        return (
            f"재적위원 {self.opens_with} 출석으로 개의, "
            f"{self.get_carrying_of_display()} {self.carries_with} 찬성으로 의결"
        )

    @property
    def citation(self) -> str:
        """Where the rule of opening and deciding is written: 「조례」 제9조."""
        return f"「{self.statute.name}」 {self.voting_article}".rstrip()


def _threshold(portion: str, count: int | None) -> Threshold:
    if portion == Portion.FIXED:
        return Threshold(count or 1)
    return _SHARES[Portion(portion)]


def _in_words(portion: str, count: int | None) -> str:
    return f"{count}명 이상" if portion == Portion.FIXED else Portion(portion).label


@tracked
class Host(models.Model):
    """Who holds the meetings of a body in turn: 도봉, 성북, 노원, 강북 (plan 5-3)."""

    committee = models.ForeignKey(
        Committee, verbose_name="협의체", on_delete=models.CASCADE, related_name="hosts"
    )
    order = models.PositiveSmallIntegerField("순서", validators=[MinValueValidator(1)])
    name = models.CharField("주관 기관", max_length=50)

    objects = OfficeQuerySet["Host"].as_manager()

    class Meta:
        verbose_name = "주관 순서"
        verbose_name_plural = "주관 순서"
        ordering = ["committee", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "order"],
                name="host_order_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["committee", "name"],
                name="host_once",
                violation_error_message="이미 있는 기관입니다.",
                violation_error_code="name",
            ),
        ]

    def __str__(self) -> str:
        return self.name
