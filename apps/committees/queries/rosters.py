"""Who holds which seat, what is wrong with that, and whose term ends."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.committees.enums import Appointment, MemberOffice, Sex
from apps.committees.models import Charter, Committee, Meeting, Member
from apps.committees.queries.series import next_host
from apps.committees.quorum import Tally
from apps.core.hangul import particle
from apps.core.registry import Duty
from apps.core.templatetags.office import kdate
from apps.rules.models import RuleValue
from apps.rules.queries import RuleMissing, rule


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of one kind: how many are held, of how many the charter gives (None without one)."""

    label: str
    held: int
    given: int | None

    @property
    def vacancies(self) -> int:
        return max((self.given or 0) - self.held, 0)

    @property
    def surplus(self) -> int:
        """Members beyond the seats: the roster or the charter is wrong."""
        return max(self.held - self.given, 0) if self.given is not None else 0


@dataclass(frozen=True, slots=True)
class Composition:
    """How many hold which office (plan 5-2: 14 = 1 + 1 + 3 + 9), against the charter's seats."""

    chairs: int
    vice_chairs: int
    ex_officio: int
    appointed: int
    charter: Charter | None = None

    @property
    def total(self) -> int:
        return self.chairs + self.vice_chairs + self.ex_officio + self.appointed

    @property
    def seats(self) -> int | None:
        return self.charter.seats if self.charter else None

    @property
    def kinds(self) -> tuple[Seats, ...]:
        """The seats by kind, in the order of the roster."""
        charter = self.charter
        return (
            Seats("위원장", self.chairs, 1 if charter else None),
            Seats("부위원장", self.vice_chairs, charter.vice_chairs if charter else None),
            Seats("당연직 위원", self.ex_officio, charter.ex_officio if charter else None),
            Seats("위촉직 위원", self.appointed, charter.appointed if charter else None),
        )

    @property
    def vacancies(self) -> int:
        """결원: seats nobody holds; one too many of another kind fills none."""
        return sum(kind.vacancies for kind in self.kinds)

    @property
    def missing(self) -> str:
        """Which seats nobody holds, in words: ``부위원장 1명, 위촉직 위원 2명``."""
        return ", ".join(
            f"{kind.label} {kind.vacancies}명" for kind in self.kinds if kind.vacancies
        )

    @property
    def surplus(self) -> str:
        """Which members are beyond their seats, in words."""
        return _named((kind.label, kind.surplus) for kind in self.kinds)


def _named(heads: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{label} {count}명" for label, count in heads if count)


def composition(charter: Charter | None, members: Sequence[Member]) -> Composition:
    """The composition of ``members``, who hold office on one day, against that day's charter."""
    plain = [member for member in members if member.office == MemberOffice.MEMBER]
    return Composition(
        chairs=sum(member.office == MemberOffice.CHAIR for member in members),
        vice_chairs=sum(member.office == MemberOffice.VICE_CHAIR for member in members),
        ex_officio=sum(member.appointment == Appointment.EX_OFFICIO for member in plain),
        appointed=sum(member.appointment == Appointment.APPOINTED for member in plain),
        charter=charter,
    )


@dataclass(frozen=True, slots=True)
class SexRatio:
    """The appointed by sex, whatever their office, against the most the law lets be of one sex.

    양성평등기본법 제21조: no more than six tenths of the appointed. Those whose sex nobody has
    written down are among the appointed, but counted with neither. ``heads`` are the offices of
    chair and vice chair that some of them hold: the roster counts those apart.
    """

    female: int
    male: int
    unknown: int
    most: RuleValue
    heads: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.female + self.male + self.unknown

    @property
    def allowed(self) -> int:
        """The most heads of one sex."""
        return int(self.total * self.most.value // 100)

    @property
    def over(self) -> int:
        """How many heads of one sex there are too many."""
        return max(self.female - self.allowed, self.male - self.allowed, 0)

    @property
    def undecided(self) -> bool:
        """Whether those of unknown sex could still make too many."""
        return not self.over and max(self.female, self.male) + self.unknown > self.allowed

    @property
    def tone(self) -> str:
        if self.over:
            return "warning"
        return "info" if self.undecided else "success"

    @property
    def sentence(self) -> str:
        """Who are how many, what that is by the law, where it is written and since when."""
        heads = f"({', '.join(self.heads)} 포함)" if self.heads else ""
        counted = f"위촉직 {self.total}명{heads}: 여성 {self.female}명, 남성 {self.male}명"
        if self.unknown:
            counted += f", 성별 미기재 {self.unknown}명"
        limit = f"특정 성별 상한 {self.most.amount}({self.allowed}명)"
        if self.over:
            many, few = ("여성", "남성") if self.female > self.male else ("남성", "여성")
            over = f"{many}이 {particle(limit, '을/를')} {self.over}명 넘어"
            verdict = f"{over}, {few}이 {self.over}명 모자랍니다."
        elif self.undecided:
            verdict = f"성별을 모두 적어야 {particle(limit, '을/를')} 지키는지 알 수 있습니다."
        else:
            verdict = f"{limit} 안에 있습니다."
        since = f"{kdate(self.most.valid_from)}부터 적용"
        return f"{counted}. {verdict} (근거: {self.most.citation}, {since})"


def sex_ratio(members: Sequence[Member], on: date) -> SexRatio | None:
    """The sex ratio of the appointed among ``members``, who hold office on the day.

    None where nobody is appointed, or no limit is in force on the day.
    """
    appointed = [m for m in members if m.appointment == Appointment.APPOINTED]
    sexes = [m.sex for m in appointed]
    heads = [m.get_office_display() for m in appointed if m.office != MemberOffice.MEMBER]
    try:
        most = rule("committees.appointed.max_sex_percent", on=on)
    except RuleMissing:
        return None
    counts = (sexes.count(Sex.FEMALE), sexes.count(Sex.MALE), sexes.count(""))
    return SexRatio(*counts, most, tuple(dict.fromkeys(heads))) if sexes else None


def next_term(member: Member) -> dict[str, date]:
    """When the term of a member who is appointed again begins and ends: as long as the one before.

    Only whole years are proposed an end, and nothing where the term before has none.
    """
    if member.ends is None:
        return {}
    starts = member.ends + timedelta(days=1)
    years, day = starts.year - member.starts.year, (starts.month, starts.day)
    if not years or day != (member.starts.month, member.starts.day) or day == (2, 29):
        return {"starts": starts}
    return {"starts": starts, "ends": starts.replace(year=starts.year + years) - timedelta(days=1)}


def terms_ending(user: User, today: date) -> Iterator[Duty]:
    """Terms that end soon, one duty for all of a committee that end on one day.

    Whoever is appointed again, or has left, is no longer waited for. Without its rule value the
    office has decided on no alert.
    """
    if not user.has_role(Role.SECRETARY):
        return
    try:
        days = int(rule("committees.term.alert_days", on=today).value)
    except RuleMissing:
        return
    terms = Member.objects.visible_to(user).filter(
        leaving="", ends__range=(today, today + timedelta(days=days))
    )
    for row in (
        terms.values("committee", "committee__name", "ends")
        .annotate(count=Count("pk"), one=Min("post"))
        .order_by("ends", "committee__name")
    ):
        left = (row["ends"] - today).days  # type: ignore[operator]  # the range holds days only
        count = row["count"]
        who = row["one"] if count == 1 else f"{row['one']} 등 {count}명"
        when = f"{left}일 남았습니다" if left else "오늘 끝납니다"
        yield Duty(
            text=f"{row['committee__name']} 위원({who})의 임기가 {when}. "
            "재위촉하거나 퇴임으로 처리해 주세요.",
            url=reverse("committees:detail", args=[row["committee"]]),
            due=row["ends"],
            tone="warning",
        )


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must come to a meeting, by the members ``in_office`` on the day ``on``."""

    charter: Charter
    in_office: int
    on: date

    @property
    def needed(self) -> int:
        return self.charter.rule.opening.of(self.in_office)

    @property
    def opening(self) -> str:
        """개의 정족수 in words."""
        counted = f"재적 {self.in_office}명 중 {self.needed}명 이상"
        return f"재적위원 {self.charter.opens_with} 출석({counted})"

    @property
    def decision(self) -> str:
        """의결 정족수 in words, with the figure for the fewest who may open."""
        charter = self.charter
        base = charter.get_carrying_of_display()
        fewest = charter.rule.needed(Tally(self.in_office, self.needed))
        tie = "위원장이 결정" if charter.chair_breaks_ties else "부결"
        figures = f"{self.needed}명이 출석하면 {fewest}명 이상, 가부 동수는 {tie}"
        return f"{base} {charter.carries_with} 찬성({figures})"


def quorum_of(meeting: Meeting) -> Quorum | None:
    """The quorum of a meeting; None for a body that takes no votes or has no members or charter."""
    if not meeting.committee.decides_by_vote:
        return None
    on = meeting.roster_day
    charter = meeting.committee.charter(on)
    in_office = meeting.committee.members.in_office(on).count()
    return Quorum(charter, in_office, on) if charter and in_office else None


def new_meeting(committee: Committee, today: date) -> Meeting:
    """An unsaved meeting of this month: the next number of the year, the host whose turn it is."""
    held = committee.meetings.filter(month__year=today.year).aggregate(last=Max("number"))
    return Meeting(
        committee=committee,
        month=today.replace(day=1),
        number=(held["last"] or 0) + 1,
        host=next_host(committee),
    )
