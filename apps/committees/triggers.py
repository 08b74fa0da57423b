"""What the database itself refuses about who sat, who voted and what was decided.

The heads of an item are counted by ``committees_heads`` (migration 0003), for Python and for these
triggers alike, so that what was decided stands on the attendance that is recorded. A refusal reads
as those of :mod:`apps.plans.triggers`.
"""

import pgtrigger

_REFUSED = "RAISE EXCEPTION USING ERRCODE = 'check_violation'"


def _member_of(meeting: str) -> str:
    """Refuses a member who holds no seat of the meeting's committee on its day."""
    return f"""
        IF NOT EXISTS (
            SELECT FROM committees_member seat JOIN committees_meeting held
                    ON held.committee_id = seat.committee_id
                WHERE seat.id = NEW.member_id AND held.id = {meeting}
                    AND seat.starts <= coalesce(held.held_on, held.month)
                    AND (seat.ends IS NULL OR seat.ends >= coalesce(held.held_on, held.month))
        ) THEN
            {_REFUSED}, COLUMN = 'member',
                MESSAGE = '회의 날에 재임하는 이 위원회의 위원이 아닙니다.';
        END IF;
        RETURN NEW;
    """


def _still_counts(
    where: str,
    column: str = "member",
    why: str = "이미 의결한 안건의 출석이 달라집니다. ",
    way: str = "그 안건의 결과를 먼저 취소해 주세요: ",
) -> str:
    """Refuses what would change the heads of an item that is decided, of those ``where`` names."""
    return f"""
        SELECT item.title INTO decided
            FROM committees_resolution told
                JOIN committees_agendaitem item ON item.id = told.item_id
                CROSS JOIN LATERAL committees_heads(item.id) heads
            WHERE ({where})
                AND (told.in_office, told.present) <> (heads.in_office, heads.present)
            ORDER BY item."order" LIMIT 1;
        IF decided IS NOT NULL THEN
            {_REFUSED}, COLUMN = '{column}',
                MESSAGE = '{why}'
                    || '{way}' || decided;
        END IF;
        RETURN NULL;
    """  # noqa: S608  # names of ours


_ITEMS_MEETING = "(SELECT meeting_id FROM committees_agendaitem WHERE id = {0})"
_ITS_MEETINGS = tuple(_ITEMS_MEETING.format(f"{row}.item_id") for row in ("NEW", "OLD"))
_CHANGE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
#: Items of the committee's meetings on a day from ``starts`` to ``ends`` of a row.
_IN_TERM = """item.meeting_id IN (
            SELECT id FROM committees_meeting
                WHERE committee_id = {0}.committee_id
                    AND coalesce(held_on, month) >= {0}.starts
                    AND ({0}.ends IS NULL OR coalesce(held_on, month) <= {0}.ends)
        )"""


def _stands(name: str, *meetings: str) -> pgtrigger.Trigger:
    """Refuses a change of who is where under an item that is decided, or once all is over.

    ``meetings``: of the row as it was and as it will be. They are held until the change is through,
    so that nobody decides meanwhile.
    """
    of_either = f"IN ({', '.join(meetings)})"
    over = f"""
        PERFORM 1 FROM committees_meeting WHERE id {of_either} ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT FROM committees_meeting
                WHERE id {of_either} AND state IN ('closed', 'confirmed')
        ) THEN
            {_REFUSED}, COLUMN = 'member', MESSAGE = '산회한 회의의 출석은 고칠 수 없습니다.';
        END IF;
    """  # names of ours
    return pgtrigger.Trigger(
        name=name,
        operation=_CHANGE,
        when=pgtrigger.After,
        declare=[("decided", "TEXT")],
        func=over + _still_counts(f"item.meeting_id {of_either}"),
    )


#: Present are members of the committee, in office on the day.
PRESENT_IS_MEMBER = pgtrigger.Trigger(
    name="present_is_member",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=_member_of("NEW.meeting_id"),
)
#: Recused are members too.
RECUSED_IS_MEMBER = pgtrigger.Trigger(
    name="recused_is_member",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=_member_of(_ITEMS_MEETING.format("NEW.item_id")),
)
#: What is decided was decided by those who were there; after the meeting nothing of it changes.
ATTENDANCE_STANDS = _stands("attendance_stands", "NEW.meeting_id", "OLD.meeting_id")
ABSENCE_STANDS = _stands("absence_stands", *_ITS_MEETINGS)
RECUSAL_STANDS = _stands("recusal_stands", *_ITS_MEETINGS)
#: Who was in office when something was decided stays so.
TERM_STANDS = pgtrigger.Trigger(
    name="term_stands",
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf("committee_id", "starts", "ends")
    | pgtrigger.Delete,
    when=pgtrigger.After,
    declare=[("decided", "TEXT")],
    func=_still_counts(
        _IN_TERM.format("OLD") + " OR " + _IN_TERM.format("NEW"),
        column="ends",
        why="그날의 재적위원이 달라져 ",
        way="이미 의결한 안건의 정족수가 바뀝니다. 임기를 확인해 주세요: ",
    ),
)
#: How the recused counted when something was decided stays so.
CHARTER_STANDS = pgtrigger.Trigger(
    name="charter_stands",
    operation=pgtrigger.Insert
    | pgtrigger.UpdateOf("committee_id", "starts", "ends", "recused")
    | pgtrigger.Delete,
    when=pgtrigger.After,
    declare=[("decided", "TEXT")],
    func=_still_counts(
        _IN_TERM.format("OLD") + " OR " + _IN_TERM.format("NEW"),
        column="recused",
        why="제척·기피·회피 위원을 세는 방법이 달라져 ",
        way="이미 의결한 안건의 정족수가 바뀝니다. 적용 기간을 확인해 주세요: ",
    ),
)
#: Confirmed minutes are what they are.
MINUTES_STAND = pgtrigger.Trigger(
    name="minutes_stand",
    operation=_CHANGE,
    when=pgtrigger.Before,
    func=f"""
        IF EXISTS (
            SELECT FROM committees_meeting
                WHERE id IN (NEW.meeting_id, OLD.meeting_id) AND state = 'confirmed'
        ) THEN
            {_REFUSED}, COLUMN = 'text', MESSAGE = '확정한 회의록은 고칠 수 없습니다.';
        END IF;
        RETURN coalesce(NEW, OLD);
    """,  # names of ours
)
#: What is to be done after a meeting comes from an item of that meeting.
FOLLOW_UP_OF_ITS_MEETING = pgtrigger.Trigger(
    name="of_its_meeting",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("meeting_id", "item_id"),
    when=pgtrigger.Before,
    func=f"""
        IF NEW.meeting_id <> {_ITEMS_MEETING.format("NEW.item_id")} THEN
            {_REFUSED}, COLUMN = 'item', MESSAGE = '이 회의의 안건이 아닙니다.';
        END IF;
        RETURN NEW;
    """,
)
#: The heads of a resolution are those of the attendance, and its rule is the charter's of the day;
#: a result is recorded, and taken back, only while the meeting is open.
RESOLUTION_COUNTS = pgtrigger.Trigger(
    name="counts_heads",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("heads", "RECORD"), ("place", "RECORD"), ("rule", "committees_charter")],
    func=f"""
        PERFORM 1 FROM committees_meeting
            WHERE id = {_ITEMS_MEETING.format("NEW.item_id")} FOR NO KEY UPDATE;
        SELECT * INTO heads FROM committees_heads(NEW.item_id);
        IF (NEW.in_office, NEW.present) <> (heads.in_office, heads.present) THEN
            {_REFUSED}, COLUMN = 'present',
                MESSAGE = '출석을 확인해 주세요. 기록된 재적은 ' || heads.in_office
                    || '명, 출석은 ' || heads.present || '명입니다.';
        END IF;
        SELECT item.kind, held.state, body.decides_by_vote, body.id AS body,
                coalesce(held.held_on, held.month) AS day
            INTO place
            FROM committees_agendaitem item
                JOIN committees_meeting held ON held.id = item.meeting_id
                JOIN committees_committee body ON body.id = held.committee_id
            WHERE item.id = NEW.item_id;
        IF place.state <> 'opened' THEN
            {_REFUSED}, COLUMN = 'verdict',
                MESSAGE = '개의한 회의에서만 안건의 결과를 적을 수 있습니다.';
        END IF;
        IF place.decides_by_vote THEN
            SELECT * INTO rule FROM committees_charter
                WHERE committee_id = place.body AND starts <= place.day
                    AND (ends IS NULL OR ends >= place.day);
        END IF;
        IF (NEW.opening, NEW.opening_count, NEW.carrying, NEW.carrying_count,
                NEW.chair_breaks_ties, NEW.of)
            IS DISTINCT FROM (coalesce(rule.opening, ''), rule.opening_count,
                coalesce(rule.carrying, ''), rule.carrying_count,
                coalesce(rule.chair_breaks_ties, false),
                CASE rule.carrying_of WHEN 'in_office' THEN NEW.in_office ELSE NEW.present END)
        THEN
            {_REFUSED}, COLUMN = 'verdict',
                MESSAGE = '회의 날의 구성·의사 기준과 다른 기준으로 적은 결과입니다.';
        END IF;
        IF NEW.verdict IN ('carried', 'amended', 'rejected')
            AND (place.kind <> 'deliberation' OR NOT place.decides_by_vote)
        THEN
            {_REFUSED}, COLUMN = 'verdict', MESSAGE = '표결하지 않는 안건입니다.';
        END IF;
        IF NEW.verdict = 'heard' AND place.kind = 'deliberation' AND place.decides_by_vote THEN
            {_REFUSED}, COLUMN = 'verdict', MESSAGE = '심의 안건은 접수로 끝낼 수 없습니다.';
        END IF;
        IF NEW.chair_in_favor AND NOT heads.chaired THEN
            {_REFUSED}, COLUMN = 'chair_in_favor',
                MESSAGE = '이 안건에는 위원장도 부위원장도 없어 가부동수를 결정할 수 없습니다.';
        END IF;
        RETURN NEW;
    """,  # noqa: S608  # names of ours
)
#: What was decided is taken back only while the meeting is open.
RESOLUTION_STANDS = pgtrigger.Trigger(
    name="resolution_stands",
    operation=pgtrigger.Delete | pgtrigger.UpdateOf("item_id"),
    when=pgtrigger.Before,
    func=f"""
        IF (SELECT held.state FROM committees_agendaitem item
                JOIN committees_meeting held ON held.id = item.meeting_id
                WHERE item.id = OLD.item_id) <> 'opened' THEN
            {_REFUSED}, COLUMN = 'verdict',
                MESSAGE = '개의한 회의에서만 안건의 결과를 취소할 수 있습니다.';
        END IF;
        RETURN coalesce(NEW, OLD);
    """,  # noqa: S608  # names of ours
)
#: The agenda is settled once the meeting is opened.
AGENDA_STANDS = pgtrigger.Trigger(
    name="agenda_stands",
    operation=_CHANGE,
    when=pgtrigger.Before,
    func=f"""
        IF EXISTS (
            SELECT FROM committees_meeting
                WHERE id IN (NEW.meeting_id, OLD.meeting_id) AND state NOT IN ('draft', 'called')
        ) THEN
            {_REFUSED}, COLUMN = 'title', MESSAGE = '개의한 회의의 안건은 고칠 수 없습니다.';
        END IF;
        RETURN coalesce(NEW, OLD);
    """,
)
#: So are the papers to its items.
PAPERS_STAND = pgtrigger.Trigger(
    name="papers_stand",
    operation=_CHANGE,
    when=pgtrigger.Before,
    func=f"""
        IF EXISTS (
            SELECT FROM committees_agendaitem item
                JOIN committees_meeting held ON held.id = item.meeting_id
                WHERE item.id IN (NEW.item_id, OLD.item_id)
                    AND held.state NOT IN ('draft', 'called')
        ) THEN
            {_REFUSED}, COLUMN = 'name', MESSAGE = '개의한 회의의 붙임은 고칠 수 없습니다.';
        END IF;
        RETURN coalesce(NEW, OLD);
    """,  # names of ours
)
#: A meeting goes its way step by step, and what it is judged by is settled once it is opened.
MEETING_STANDS = pgtrigger.Trigger(
    name="meeting_stands",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
        IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
            ('draft', 'called'), ('called', 'draft'), ('called', 'opened'), ('opened', 'closed'),
            ('closed', 'opened'), ('closed', 'confirmed')
        ) THEN
            {_REFUSED}, COLUMN = 'state', MESSAGE = '회의 상태를 그렇게 바꿀 수 없습니다.';
        END IF;
        IF OLD.state = 'confirmed' THEN
            {_REFUSED}, COLUMN = 'state', MESSAGE = '회의록을 확정한 회의는 고칠 수 없습니다.';
        END IF;
        IF NEW.state = 'closed' AND EXISTS (
            SELECT FROM committees_agendaitem item WHERE item.meeting_id = NEW.id AND NOT EXISTS (
                SELECT FROM committees_resolution told WHERE told.item_id = item.id
            )
        ) THEN
            {_REFUSED}, COLUMN = 'state', MESSAGE = '결과를 적지 않은 안건이 있습니다.';
        END IF;
        IF NEW.state = 'confirmed' AND NOT EXISTS (
            SELECT FROM committees_minutes WHERE meeting_id = NEW.id AND NOT outdated
        ) THEN
            {_REFUSED}, COLUMN = 'state', MESSAGE = '회의록을 먼저 저장해 주세요.';
        END IF;
        IF OLD.state NOT IN ('draft', 'called')
            AND (OLD.committee_id, OLD.month, OLD.held_on, OLD.mode)
                IS DISTINCT FROM (NEW.committee_id, NEW.month, NEW.held_on, NEW.mode)
        THEN
            {_REFUSED}, COLUMN = 'held_on',
                MESSAGE = '개의한 회의의 날짜와 방식은 고칠 수 없습니다.';
        END IF;
        RETURN NEW;
    """,  # noqa: S608  # names of ours
)
#: What is paid on a day for a meeting is what the plan spent on it: nobody is left out of the list,
#: nobody's pay is changed alone. Looked at when all is written, as several rows belong together.
#: From the other side ``committees_paid_as_spent`` (migration 0010) guards the expenditure, a row
#: of the plans: its amount stays the sum of the list. To take a payment back, the expenditure is
#: deleted, and the list goes with it.
PAID_AS_SPENT = pgtrigger.Trigger(
    name="paid_as_spent",
    operation=_CHANGE,
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    declare=[("changed", "BIGINT")],
    func=f"""
        FOREACH changed IN ARRAY ARRAY[NEW.expenditure_id, OLD.expenditure_id] LOOP
            IF EXISTS (
                SELECT FROM plans_expenditure spent WHERE spent.id = changed AND spent.amount <> (
                    SELECT coalesce(sum(amount), 0) FROM committees_allowance
                        WHERE expenditure_id = changed)
            ) THEN
                {_REFUSED}, COLUMN = 'amount',
                    MESSAGE = '참석수당 지급 명단의 합계가 집행액과 다릅니다.';
            END IF;
        END LOOP;
        RETURN NULL;
    """,  # noqa: S608  # names of ours
)
#: What is heard at an item has been: it carried, or was taken note of.
HEARING_STANDS = pgtrigger.Trigger(
    name="hearing_stands",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
        IF NOT committees_heard(NEW.item_id) THEN
            {_REFUSED}, COLUMN = 'item', MESSAGE = '가결되거나 접수된 안건이 아닙니다.';
        END IF;
        RETURN NEW;
    """,
)
#: A result stays as long as a plan leans on it. Apps to the right add a trigger of their own, with
#: ``committees_allows`` (an item that carried) in place of ``committees_heard``.
RESULT_IS_LEANED_ON = pgtrigger.Trigger(
    name="result_is_leaned_on",
    operation=pgtrigger.UpdateOf("verdict", "item_id") | pgtrigger.Delete,
    when=pgtrigger.After,
    func=f"""
        IF NOT committees_heard(OLD.item_id) AND EXISTS (
            SELECT FROM committees_planhearing WHERE item_id = OLD.item_id
        ) THEN
            {_REFUSED}, COLUMN = 'verdict',
                MESSAGE = '이 안건의 결과를 근거로 삼은 계획이 있습니다. 그 연결을 먼저 삭제해 주세요.';
        END IF;
        RETURN NULL;
    """,  # noqa: E501  # a sentence of the office, names of ours
)
