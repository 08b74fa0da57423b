"""The columns of a sheet of purchases: standard headings, and the others offices use."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from django.db import models

from apps.enterprises.fields import bare, is_valid
from apps.imports.columns import Column, squeezed
from apps.imports.registry import Raw
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.intake.cells import BadCell, parse_amount, parse_day, text_of

#: A plain number below is rather a serial number than an amount.
LEAST_AMOUNT = 1000
#: Other words for the choices, squeezed.
_OTHER_WORDS: dict[type[models.TextChoices], dict[str, str]] = {
    PurchaseKind: {
        "물품구매": PurchaseKind.GOODS,
        "물품구입": PurchaseKind.GOODS,
        "제품": PurchaseKind.GOODS,
        "서비스": PurchaseKind.SERVICE,
        "용역계약": PurchaseKind.SERVICE,
        "시설공사": PurchaseKind.WORKS,
        "공사계약": PurchaseKind.WORKS,
    },
    PurchaseChannel: {
        "함께누리": PurchaseChannel.MALL,
        "함께누리몰구매": PurchaseChannel.MALL,
        "직접": PurchaseChannel.DIRECT,
        "직거래": PurchaseChannel.DIRECT,
        "나라장터구매": PurchaseChannel.NARA,
        "나라장터종합쇼핑몰": PurchaseChannel.NARA,
        "g2b": PurchaseChannel.NARA,
        "조달": PurchaseChannel.NARA,
        "조달청": PurchaseChannel.NARA,
    },
    ContractMethod: {
        "수의": ContractMethod.PRIVATE,
        "1인수의": ContractMethod.PRIVATE,
        "1인수의계약": ContractMethod.PRIVATE,
        "2인수의": ContractMethod.PRIVATE,
        "2인수의계약": ContractMethod.PRIVATE,
        "일반경쟁": ContractMethod.BID,
        "제한경쟁": ContractMethod.BID,
        "경쟁입찰": ContractMethod.BID,
        "소액": ContractMethod.CARD,
        "소액구매": ContractMethod.CARD,
        "카드": ContractMethod.CARD,
        "카드구매": ContractMethod.CARD,
        "신용카드": ContractMethod.CARD,
        "법인카드": ContractMethod.CARD,
    },
}


def spellings(choices: type[models.TextChoices]) -> Mapping[str, str]:
    """The words for the choices and what else they are called, squeezed, to the value."""
    words = {squeezed(label): str(value) for value, label in choices.choices}
    return {word: str(value) for word, value in _OTHER_WORDS[choices].items()} | words


def _is_day(cell: Raw) -> bool:
    # An amount may pass for the serial number of a day: only a spreadsheet's own day, or text.
    if isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdecimal()):
        return len(text_of(cell)) == 8 and _may_be_day(cell)
    return _may_be_day(cell)


def _may_be_day(cell: Raw) -> bool:
    return _read(partial(parse_day, today=date.max), cell)


def _is_amount(cell: Raw) -> bool:
    if text_of(cell).isdecimal() and (_is_day(cell) or int(text_of(cell)) < LEAST_AMOUNT):
        return False
    return _may_be_amount(cell)


def _may_be_amount(cell: Raw) -> bool:
    return not (isinstance(cell, date) or is_valid(bare(cell))) and _read(parse_amount, cell)


def _is_words(cell: Raw) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def _is_choice(choices: type[models.TextChoices]) -> Callable[[Raw], bool]:
    words: Collection[str] = spellings(choices)
    return lambda cell: squeezed(text_of(cell)) in words


def _read(parse: Callable[[Raw], object], cell: Raw) -> bool:
    try:
        parse(cell)
    except BadCell:
        return False
    return True


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: The columns in the order of the standard file; their headings, and the others offices use.
_COLUMNS = (
    Column(
        "purchased_on",
        "구매일자",
        _words(
            "구매일 구입일 구입일자 계약일 계약일자 계약체결일 일자 날짜 집행일 집행일자 지출일 "
            "지출일자 결제일 결제일자 지급일 거래일 거래일자 납품일"
        ),
        required=True,
        fits=_is_day,
        may=_may_be_day,
    ),
    Column(
        "department",
        "부서",
        _words(
            "부서명 구매부서 담당부서 발주부서 계약부서 사업부서 집행부서 소관부서 부서코드 기관 "
            "기관명"
        ),
    ),
    Column(
        "enterprise",
        "기업명",
        _words(
            "기업 업체 업체명 상호 상호명 거래처 거래처명 구매처 구입처 계약업체 계약업체명 "
            "계약상대자 계약상대방 공급업체 공급자 납품업체 회사명 판매자 사회적경제기업 "
            "사회적경제기업명 업체상호"
        ),
        may=_is_words,
    ),
    Column(
        "business_number",
        "사업자등록번호",
        _words("사업자번호 사업자 등록번호 사업자no 사업자등록no"),
        fits=lambda cell: is_valid(bare(cell)),
    ),
    Column(
        "item",
        "품목",
        _words(
            "품명 품목명 내역 구매내역 구입내역 집행내역 계약내역 건명 계약명 계약건명 사업명 "
            "용역명 물품명 내용 구매내용 구매품목 구입품목 주요품목 적요 구매물품 품목내역"
        ),
        required=True,
        fits=_is_words,
    ),
    Column(
        "kind",
        "구분",
        _words("물품용역공사 구매구분 계약종류"),
        required=True,
        fits=_is_choice(PurchaseKind),
    ),
    Column(
        "amount",
        "금액",
        _words(
            "구매금액 구매액 구입금액 구입액 계약금액 계약액 집행금액 집행액 지출금액 지출액 "
            "지급액 지급금액 결제금액 총금액 총액 합계금액 실적액 구매실적 거래금액"
        ),
        required=True,
        fits=_is_amount,
        may=_may_be_amount,
        money=True,
    ),
    Column(
        "channel",
        "구매방법",
        _words("구매경로 구매채널 구입방법 구매처구분 구매방식 경로"),
        fits=_is_choice(PurchaseChannel),
    ),
    Column(
        "contract",
        "계약방법",
        _words("계약방식 계약형태 계약유형 방법"),
        fits=_is_choice(ContractMethod),
    ),
    Column(
        "document_number",
        "문서번호",
        _words("관련문서 공문번호 문서 품의번호 결재번호 시행번호 계약번호"),
    ),
    Column("note", "비고", _words("참고 메모 특이사항 기타사항")),
    Column(
        "override_reason",
        "지정이 끝난 기업의 구매 사유",
        _words("사유 구매사유 지정종료사유 지정만료구매사유"),
    ),
)
#: The columns of the standard file by key, and their headings, in its order.
HEADING_OF = {column.key: column.heading for column in _COLUMNS}
HEADINGS = tuple(HEADING_OF.values())


def columns_of_purchases(
    is_department: Callable[[str], bool], is_firm: Callable[[str], bool]
) -> tuple[Column, ...]:
    """The columns in the order of the standard file; names are known by whose they are."""
    known: dict[str, Callable[[Raw], bool]] = {
        "department": lambda cell: is_department(text_of(cell)),
        "enterprise": lambda cell: not is_valid(bare(cell)) and is_firm(text_of(cell)),
    }
    return tuple(replace(column, fits=known.get(column.key, column.fits)) for column in _COLUMNS)
