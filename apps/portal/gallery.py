"""Every component with its states on one page, for whoever writes or judges a screen."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.core.forms import Form, WonFormField

CHANNELS = [("direct", "직접 구매"), ("mall", "함께누리몰"), ("contract", "수의계약")]
KINDS = [
    ("social", "사회적기업"),
    ("coop", "협동조합"),
    ("village", "마을기업"),
    ("self", "자활기업"),
]
ICONS = ["home", "search", "plus", "calendar", "download", "print", "file", "menu", "close"]
OUTLINE = """□ 추진 근거
○ 강북구 사회적경제 육성 및 지원 조례 제5조
※ 조례 번호는 법제처 자치법규정보시스템에서 확인
□ 추진 방향
○ 부서마다 구매 목표를 정하고 다달이 실적을 살핀다
- 3월 수요 조사, 3월 말 목표 통보
· 동 주민센터는 공통 소모품부터 시작"""


class SampleFilter(Form):
    """A search row."""

    q = forms.CharField(label="기업명·초성", required=False)
    kind = forms.ChoiceField(label="유형", choices=[("", "전체"), *KINDS], required=False)
    since = forms.DateField(label="지정일부터", required=False)


class SampleForm(Form):
    """One field of every kind."""

    supplier = forms.CharField(
        label="거래 기업", help_text="이름, 초성, 사업자등록번호로 찾습니다."
    )
    amount = WonFormField(label="구매액")
    bought_on = forms.DateField(label="구매일")
    kind = forms.ChoiceField(label="유형", choices=KINDS)
    channel = forms.ChoiceField(label="구매 경로", choices=CHANNELS, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="해당 유형",
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="여럿이면 모두 고릅니다.",
    )
    paper = forms.FileField(label="증빙 서류", required=False)
    memo = forms.CharField(label="비고", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    certified = forms.BooleanField(label="인증 사회적기업 실적에 넣습니다", required=False)


@allowed(*OFFICIALS)
def gallery(request: OfficeRequest) -> HttpResponse:
    """The components, with made-up content; for developers, so not in production."""
    if settings.PRODUCTION:
        raise Http404
    wrong = SampleForm(
        {
            "wrong-supplier": "나눔손 협동조합",
            "wrong-amount": "백이십만원쯤",
            "wrong-kind": "coop",
        },
        prefix="wrong",
    )
    context: dict[str, Any] = {
        "filter": SampleFilter(prefix="filter"),
        "form": SampleForm(),
        "wrong": wrong,
        "outline": OUTLINE,
        "page": Paginator(range(381), 30).get_page(request.GET.get("page", 4)),
        "only_page": Paginator(range(7), 30).get_page(1),
        "samples": [
            Message(messages.SUCCESS, "구매 실적 12건을 저장했습니다."),
            Message(messages.INFO, "3월분은 3월 31일에 마감합니다."),
            Message(messages.WARNING, "수요 조사에 답하지 않은 부서가 4곳 있습니다."),
            Message(messages.ERROR, "마감한 달은 사유를 적어야 고칠 수 있습니다."),
        ],
        "icons": ICONS,
        "tabs": [
            {"label": "개요", "url": "?tab=1", "current": True},
            {"label": "지정 이력", "url": "?tab=2", "current": False},
            {"label": "제품·서비스", "url": "?tab=3", "current": False},
            {"label": "상담", "url": "?tab=4", "current": False},
        ],
        "rows": [
            ("기획예산과", "본청", 120_000_000, 98_450_000, 82, "success", "정상"),
            ("생활보장과", "본청", 85_000_000, 41_200_000, 48, "warning", "주의"),
            ("삼양동 주민센터", "동", 12_500_000, 2_130_000, 17, "danger", "부진"),
            ("번1동 주민센터", "동", 11_000_000, 0, 0, "neutral", "미입력"),
        ],
    }
    return render(request, "portal/gallery.html", context)
