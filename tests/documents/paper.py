"""A paper with every kind of node, in the manner of a yearly plan."""

from apps.documents.nodes import (
    Attachments,
    Bar,
    BarChart,
    Cell,
    ChartLine,
    Column,
    Document,
    Heading,
    KeyFacts,
    LineChart,
    MonthArea,
    MonthChart,
    MonthRow,
    MonthState,
    Note,
    OrgBox,
    OrgChart,
    OrgTier,
    Outline,
    PageBreak,
    Row,
    RowGroup,
    Signatures,
    Step,
    Steps,
    Summary,
    Table,
    TitleBox,
    roman,
)


def months(first: int, last: int, state: MonthState = "stated") -> tuple[MonthState, ...]:
    return tuple(state if first <= month <= last else "none" for month in range(1, 13))


ORG_CHART = OrgChart(
    "사회적경제 조직도",
    (
        OrgTier(
            (OrgBox("강북구 일자리지원과", ("사회적일자리팀",)), OrgBox("활성화위원회")), "행정기관"
        ),
        OrgTier((OrgBox("사회적경제통합지원센터"),), "중간지원조직"),
        OrgTier(
            (OrgBox("사회적기업"), OrgBox("마을기업"), OrgBox("협동조합"), OrgBox("자활기업")),
            "사회적경제기업(당사자조직)",
        ),
    ),
)

BAR_CHART = BarChart(
    "사회적경제 조직 수",
    (
        Bar("2013년", 31, "31개"),
        Bar("2014년", 42, "42개"),
        Bar("2015년", 54, "54개"),
        Bar("2016년 3월", 63, "63개"),
    ),
)

LINE_CHART = LineChart(
    "2016년 구매액 누계",
    ("1월", "2월", "3월", "4월"),
    (
        ChartLine("2016년 누계", (40_000_000, 75_500_000, 180_000_000)),
        ChartLine("목표(매달 같게)", (100_000_000, 200_000_000, 300_000_000, 400_000_000)),
        ChartLine("2015년 누계", (10_000_000, 20_000_000, 90_000_000, 90_000_400)),
    ),
)

STEPS = Steps(
    (
        Step(
            "현황조사",
            ("- 일반현황과 정책환경", "- 조직 현황과 자원수요 조사"),
            "’16. 3월",
            "자료 분석",
        ),
        Step("의제발굴", ("- 지역의제 발굴", "- 우선과제 선정"), "’16. 4~5월", "워크숍"),
        Step("비전 및 목표 설정", ("- 비전과 기본전략", "- 방향 설정"), "’16. 5월", "워크숍"),
        Step("과제개발", ("- 우선과제별 환경분석", "- 분야별 과제 도출"), "’16. 5~6월", "포럼"),
        Step("계획수립", ("- 세부실행계획 작성", "- 타당성 검증"), "’16. 7~8월", "전문가 자문"),
    )
)

BUDGET = Table(
    columns=(Column(25, head=True), Column(45), Column(15, "right"), Column(15)),
    head=(Row.of("세부사업명", "주요사업", "금액", "비고"),),
    groups=(
        RowGroup.of(
            Row.of(Cell("사회적경제 활성화 지원", rowspan=2), "활성화위원회 운영", "2,016", ""),
            Row.of("홍보와 간담회", "3,530", ""),
        ),
        RowGroup.of(
            Row.of("교육프로그램 운영", "· 일반강좌 운영비\n· 전문강좌 운영비", "24,360", "")
        ),
        RowGroup.of(Row.of("통합지원센터 운영", "물품 구매", "5,000", "-")),
        RowGroup.of(Row.of("사회적기업 육성지원", "설명회 개최", "2,000", "")),
        RowGroup.of(
            Row.of("마을기업 육성지원", "신규 마을기업 사업비 지원", "12,500", "국비 별도")
        ),
        RowGroup.of(Row.of("협동조합 육성지원", "기본교육", "800", "")),
        RowGroup.of(
            Row.of(
                Cell("계", colspan=2, align="center"), Cell("50,206", strong=True), "", total=True
            )
        ),
    ),
    caption="일반회계",
    unit="단위: 천원",
)

SCHEDULE = MonthChart(
    "2016년 월별 일정표",
    (
        MonthArea(
            "1. 지역기반 인프라 구축",
            (
                MonthRow("1-1 활성화계획 수립", months(3, 8)),
                MonthRow("1-2 통합지원센터 운영", months(1, 10, "derived")),
                MonthRow("1-3 예비특구사업 공모 추진", months(4, 12)),
            ),
        ),
        MonthArea(
            "2. 사회적경제조직 발굴 및 육성",
            (
                MonthRow("2-1 사회적기업 육성 및 지원", months(1, 12, "derived")),
                MonthRow("2-2 마을기업 육성 및 지원", months(2, 12)),
                MonthRow("2-3 협동조합 육성 및 지원", months(1, 12)),
            ),
        ),
        MonthArea(
            "3. 시장 활성화 및 판로 지원",
            (
                MonthRow("3-1 공공구매 활성화 추진", months(3, 12)),
                MonthRow("3-2 장터 및 홍보관 운영", months(4, 11)),
            ),
        ),
    ),
)

PLAN = Document(
    title="2016년도 사회적경제 활성화 추진계획",
    issuer="강북구 일자리지원과",
    issued_on="2016. 4.",
    nodes=(
        TitleBox(),
        Summary(
            "사회적경제 조직을 찾아 키우고 그 활동을 도와, 오래 이어질 사회적경제 생태계를"
            " 만들기 위한 올해의 종합계획을 아래와 같이 세우고자 함"
        ),
        Heading(1, "추진근거", roman(1)),
        Outline.of("○ 「서울특별시 강북구 사회적경제 활성화 및 지원에 관한 조례」 제5조"),
        Heading(1, "추진방향", roman(2)),
        Outline.of(
            "□ 구민의 요구와 바뀐 환경에 맞는 지원체계\n"
            "  ○ 통합지원센터를 중심으로 상담, 교육, 판로를 한 곳에서 돕는 맞춤형 육성·지원체계를"
            " 갖추어 조직이 스스로 설 수 있는 힘을 기르게 함\n"
            "    - 초기 조직은 설립 상담과 교육을, 자리 잡은 조직은 판로와 경영 상담을"
            " 먼저 지원하고 분기마다 결과를 함께 살핌\n"
            "      · 상담 기록은 한 달에 한 번 정리\n"
            "  ※ 국비와 시비는 공모 선정에 따라 따로 교부됨\n"
            "□ 민관협력 네트워크의 강화\n"
            "  ○ 협의회와 분기별 간담회 개최"
        ),
        Heading(1, "사회적경제 조직 및 현황", roman(3)),
        ORG_CHART,
        BAR_CHART,
        LINE_CHART,
        Note("매년 3월 말 기준이며 인가·인증이 끝난 조직은 뺀 수임"),
        PageBreak(),
        Heading(1, "분야별 추진계획", roman(4)),
        Heading(2, "사회적경제 활성화 지역기반 인프라 구축", "1."),
        Heading(3, "사회적경제 활성화계획(2016~2019) 수립", "1-1"),
        Summary("네 해 동안의 사회적경제 정책을 이끌 기본계획을 민·관·학이 함께 세움"),
        KeyFacts(
            (
                ("추진근거", "「서울특별시 강북구 사회적경제 활성화 및 지원에 관한 조례」 제5조"),
                ("추진기간", "2016년 3월 ~ 8월"),
                ("소요예산", "비예산(자체 수립)"),
            )
        ),
        Outline.of("□ 수립과정 및 추진일정"),
        STEPS,
        Heading(1, "사업별 추진일정", roman(5)),
        SCHEDULE,
        Heading(1, "소요예산", roman(6)),
        BUDGET,
        Attachments(("공공구매 목표액 배정표", "위원회 위원 명단")),
        Signatures((("위원장", "홍길동"), ("간사", ""))),
    ),
)
