"""Weighs what could be a Korean name: its syllables, how Kiwi cuts it, and what stands beside.

Weights are in half nats. A name is looked for at the beginning of each written word, whatever Kiwi
made of it, with a particle or a title behind it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from privacy.detection.lexicons.word_classes import load
from privacy.detection.readers.korean_names import (
    COMPOUND_SURNAMES,
    CUES,
    GIVEN,
    HONORIFICS,
    NOT_NAMES,
    ORGANISATION,
    PLACES,
)
from privacy.detection.readers.words import words

LEAST = 7
LEAST_CUED = 4
SURE_FROM = 16
"""The weights from which on a candidate is a name, alone and beside a cue, and from which surely."""

_RUN = re.compile(r"(?<![\uac00-\ud7a3A-Za-z0-9])[\uac00-\ud7a3]{2,14}")
_SPECIAL = re.compile(rf"{ORGANISATION}$")
_COMPOUND = 8
_PERSONAL = words(
    "에게 에게서 에게는 에게도 에게만 한테 한테서 한테는 한테도 께 께서 께서는 께는 랑 이랑 이랑은 하고 하고는 아 야 이가 이는 이한테 이랑 이도 이네"
    " 이신가요 이세요 이십니다 이시죠 입니다 이에요 예요 이예요 인데 인데요 이라고 라고 이라는 라는 올림 드림 배상"
)
_COMMON = words("은 는 이 가 도 의 와 과")
_OTHER = words(
    "을 를 만 로 으로 이며 이고 이나 나 처럼 보다 까지 부터 마저 조차 이야 이다 였다 이었다 등 이란 란 이요 요 뿐 로부터 으로부터 인가요 맞나요 이면 면 이지 지 이든 든 측 네 와의 과의 와는 과는"
)
_TITLED = re.compile(
    "(?:"
    + "|".join(sorted(HONORIFICS - words("양 군 형 부부 기사 의사"), key=len, reverse=True))
    + ")"
)
_YOUNG = re.compile(
    r" ?[군양](?![\uac00-\ud7a3])|[군양](?:은|는|이|가|의|을|를|에게)(?![\uac00-\ud7a3])"
)
_PARTICLE_TAGS = ("J", "E", "XS", "VC")


LEAST_GIVEN = 8
_GIVEN_ENDINGS = {
    **dict.fromkeys(("이가", "이는", "이랑", "이한테", "이도", "이네", "이의", "이에게"), 5),
    **dict.fromkeys(("아", "야", "에게", "한테", "께서", "한테서", "랑", "씨", "님", "양"), 4),
}
_KIN = re.compile(
    r" ?(?:엄마|아빠|언니|오빠|누나|이모|삼촌|어머님|아버님|할머니|할아버지|쌤|씨|님|형)(?![\uac00-\ud7a3]{3})"
)


_WORDS = PLACES | CUES


class Candidate(NamedTuple):
    """What could be a name."""

    start: int
    end: int
    weight: int


class Weights:
    """Weighs candidates in texts that Kiwi has cut."""

    def __init__(self) -> None:
        odds = load("korean")
        self._surnames, self._first, self._second = (
            {key[1:]: int(odds[key]) for key in odds if key[0] == place} for place in "s12"
        )

    def candidates(self, text: str, tokens: Sequence[Any]) -> Iterator[Candidate]:
        """Give the best candidate of each written word, where it weighs enough.

        Args:
            text: The text.
            tokens: Kiwi's, of the whole text.
        """
        at = 0
        before = ""
        reach = 0
        for run in _RUN.finditer(text):
            start, value = run.start(), run[0]
            gap = text[reach:start]
            while at < len(tokens) and tokens[at].start < start:
                at += 1
            best = None
            for size, base in self._sizes(value):
                weight = base + self._placed(text, start, start + size, value[size:])
                if weight < -4:
                    continue
                weight += self._cut(tokens, at, start, start + size)
                is_cued = before in CUES and not gap.strip(" :,(-\n")
                is_called = _is_called(text, start + size)
                weight += 6 * is_cued + 6 * is_called
                if weight >= (LEAST_CUED if is_cued or is_called else LEAST) and (
                    best is None or weight > best.weight
                ):
                    best = Candidate(start, start + size, weight)
            if best is None and len(value) <= 5:
                best = self._given(text, tokens, at, start, value, before)
            if best is not None:
                yield best
            before, reach = _bare(value), run.end()

    def _sizes(self, value: str) -> Iterator[tuple[int, int]]:
        for family in (2, 1):
            size = family + 2
            name = value[:size]
            if (
                len(name) < size
                or name in NOT_NAMES
                or name in _WORDS
                or name[:2] in _NO_BEGINNINGS
            ):
                continue
            if name[-1] in "은는을를" and name[:-1] in CUES:
                continue
            if family == 2 and name[:2] not in COMPOUND_SURNAMES:
                continue
            base = _COMPOUND if family == 2 else self._surnames.get(name[0])
            if base is None or name[-2] not in GIVEN or name[-1] not in GIVEN:
                continue
            if _SPECIAL.search(name):
                continue
            yield size, base + self._first.get(name[-2], -4) + self._second.get(name[-1], -4)
        if value[:2] in COMPOUND_SURNAMES and len(value) >= 3 and value[2] in GIVEN:
            yield 3, _COMPOUND + 4

    def _given(
        self, text: str, tokens: Sequence[Any], at: int, start: int, value: str, before: str
    ) -> Candidate | None:
        """Weigh a given name alone, which takes something that only people are called with."""
        name, rest = value[:2], value[2:]
        if name in _PLAIN or name in PLACES or name in CUES or name in NOT_NAMES:
            return None
        evidence = _GIVEN_ENDINGS.get(rest, -9)
        if _KIN.match(text, start + 2):
            evidence = 5
        elif before in CUES and (not rest or rest in _COMMON or evidence > 0):
            evidence = max(evidence, 0) + 3
        if evidence < 2:
            return None
        weight = evidence + self._first.get(name[0], -4) + self._second.get(name[1], -4)
        weight += self._cut(tokens, at, start, start + 2)
        return Candidate(start, start + 2, weight) if weight >= LEAST_GIVEN else None

    def _placed(self, text: str, start: int, end: int, rest: str) -> int:
        """Weigh what is written behind a name in the same word."""
        if not rest:
            return 1
        if rest in _PERSONAL:
            return 4
        if rest in _COMMON:
            return 2
        if rest in _OTHER:
            return 0
        return 0 if _is_called(text, end) else -99

    def _cut(self, tokens: Sequence[Any], at: int, start: int, end: int) -> int:
        """Weigh how Kiwi cut what could be a name."""
        weight = 0
        while at < len(tokens) and tokens[at].start < end:
            token = tokens[at]
            at += 1
            stop = token.start + token.len
            size = token.len
            if token.start == start and stop == end:
                if token.tag == "NNP":
                    return 6 if token.oov else 3
                return 2 if token.oov else -10
            if stop > end:
                weight -= 1 if token.oov or size == 1 else 5
            elif token.tag[:1] == "V" or token.tag in ("MAG", "MAJ", "IC", "NP"):
                weight -= 4 if size > 1 else 2
            elif token.tag.startswith(_PARTICLE_TAGS):
                weight -= 4
            elif size >= 2 and not token.oov:
                weight -= 1 if token.tag == "NNP" else 4
        return weight


_PLAIN = words(
    "고객 주문 배송 제품 상품 정보 이용 이번 전화 주소 성공 신청 안내 문의 구매 반품 사용 연결 연락 공지 조회 지원 지역 지금 현재 최근 최신 최대 최소 최고 정상 정말 정확 진행 진짜 오늘 오전 오후"
    " 이름 이메 이미 이상 이전 이후 이유 사람 사진 사이 시간 전체 전부 전혀 조금 조건 주말 주의 하루 하나 한국 한번 서울 서버 서비 도움 도착 문제 문서 문자 방문 방법 변경 선택 설정 설치 성능 소비 신규 안전 여기 여러"
    " 우리 유효 인증 임시 장치 제한 제공 조정 추가 추천 출력 표시 표준 함수 호출 강제 강의 경고 경로 경우 고정 공유 구성 국가 권한 금액 기간 기능 기본 노트 단계 담당 대상 대체 동작 동안 라벨 마지 매개 명령 모두 모든 목록 반환 부분 사항 상태 색상 생성 속성 송금 수신 실행 양식 예약 오류 옵션 용량 원하 원본 위치 은행 음성 의견 인수 인쇄 자동 장소 저장 적용 정렬 정의 종료 주석 지정 차단 참조 채널 처리 초기 편집 평가 필요 하위 형식 호환 환경 황사 심사 명절 나라 변환 형변 정수 문법 유일 선문 반복 나노 오리 문자열 정규 유형 이진 진법 조합 지시 소스 기호 기록 구문 구현 주기 주파 전송 전원 전자 정책 정도 정리 정지 제목 제어 조회 차이 차례 초과 추적 하드 하늘 하반 한글 한계 한정 현장 현금 호스 호실 황당 홍보 허용 허가 함께 탁월 태그 태블 표현 피부 피해 편리 편의 통신 천연 천장 창구 채팅 진료 진단 진통 지하 지갑 지문 주차 주민 주택 조립 조명 전세 전문 전액 장바 장난 장마 임대 임신 임직 일정 이불 이미 유모 유산 유통 유튜 우유 우체 우편 원피 외국 오랜 염색 여행 여성 어린 양말 안경 안마 신발 신분 신용 신혼 신선 소파 소화 소송 소견 선풍 석유 서류 서랍 백화 배터 배달 배수 방수 방송 반려 문화 문제 목걸 목요 명품 명세 모바 마스 마사 동영 동호 도서 도시 도어 남성 남자 김치 김밥 금요 구독 구급 권리 공항 고양 고추 고속 고혈 고기 고등 고장 강아 강원 가전 가습 간편 간호 감사 곽티 설명 최상 배열 반영 정방"
)
"""Words of two syllables that begin like a name; what follows them is no given name."""

_NO_BEGINNINGS = _PLAIN | PLACES


def _bare(value: str) -> str:
    """Give a written word without its particle, where it is a cue for a name."""
    for size in (0, 1, 2):
        word = value[: len(value) - size]
        if word in CUES:
            return word
    return value


def _is_called(text: str, end: int) -> bool:
    at = end + (text[end : end + 1] == " ")
    match = _TITLED.match(text, at)
    if match is None:
        return _YOUNG.match(text, end) is not None
    rest = text[match.end() : match.end() + 1]
    return (
        not rest or not "\uac00" <= rest <= "\ud7a3" or rest in "님은는이가을를의께에도과와만로한"
    )
