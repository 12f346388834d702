"""What may come, on the page: the likely set in words and drawn, chances by month, ability, and abstention."""

from __future__ import annotations

import re
from html import unescape

import pytest

from serving.pages.prospects import WIDTH, prospects
from serving.pages.words import CHAPTERS, WORDS
from serving.permissions import Role
from serving.shapes.common import Words
from serving.shapes.outlook import HorizonShape, LikelyShape, OutlookShape
from serving.shapes.portrait import PortraitShape
from tests.pages.conftest import Visitor
from tests.serving.town import KEYS, Town

SAID = Words(zh="词", en="word")


def text(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def drawn(score: float, cautious: float, **parts: object):  # type: ignore[no-untyped-def]
    """The pictures of a portrait with this likely set; its chances do not change with the months."""
    likely = {"nothing": False, "low": None, "high": None, "everything": False} | parts
    outlook = OutlookShape(
        horizons=[HorizonShape(months=m, any=0.6, half=0.4, all=0.2, expected=score) for m in (3, 6, 12, 24)],
        likely=LikelyShape(**likely, text=SAID),
        ability=score,
        ability_text=SAID,
        tilt=0.0,
    )
    found = prospects(PortraitShape.model_construct(score=score, cautious=cautious, outlook=outlook))
    assert found is not None
    return found


@pytest.fixture
def address(judge: Visitor, town: Town) -> str:
    """The page of a portrait with a score."""
    for each in town.open:
        there = judge.portrait(each.question())
        if 'id="score-value"' in judge.client.get(there).text:
            return there
    raise AssertionError("the town has no portrait with a score")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("十之九为", "何时可能履行", "全部履行", "能力（参照力度）", "不是预计能收回多少")),
        (
            "en",
            ("in nine of ten such cases", "When it may be paid", "All of it", "Ability, reference effort"),
        ),
    ],
)
def test_likely_set_chances_and_ability_are_told_in_both_languages(
    judge: Visitor, address: str, language: str, said: tuple[str, ...]
) -> None:
    page = judge.client.get(f"{address}?lang={language}").text

    for words in said:
        assert words in text(page)


def test_the_page_says_what_the_api_says(judge: Visitor, address: str) -> None:
    page = text(judge.client.get(f"{address}?lang=en").text)
    told = judge.client.get(f"/v1{address}", headers={"X-API-Key": KEYS[Role.JUDGE]}).json()

    outlook = told["outlook"]
    assert outlook["likely"]["text"]["en"] in page
    for chance in ("any", "half", "all"):
        row = " ".join(f"{100 * each[chance]:.0f} %" for each in outlook["horizons"])
        assert row in page
    assert " ".join(f"{each['expected']:.1f}" for each in outlook["horizons"]) in page
    assert outlook["horizons"][2]["expected"] == pytest.approx(told["score"], abs=1e-6)
    assert f"{outlook['ability']:.1f} /100" in page
    assert outlook["ability"] == pytest.approx(outlook["horizons"][3]["expected"])
    assert "Both are the same" in page


def test_both_pictures_can_be_read_without_seeing_them(judge: Visitor, address: str) -> None:
    page = judge.client.get(f"{address}?lang=zh").text
    pictures = re.findall(r'<svg class="drawing"[^>]*>', page)

    assert len(pictures) == 2
    assert "十之九为" in pictures[0]
    assert 'aria-labelledby="curve"' in pictures[1]
    assert page.count('<table class="list chances"') == 1


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        ("zh", "任何一类得到答复（查无也算）即可给出分数", "十之九为"),
        (
            "en",
            "One answer on deposits, income or real property, even an empty one",
            "nine of ten such cases",
        ),
    ],
)
def test_without_a_score_the_page_says_what_is_left_out_and_which_answer_is_enough(
    judge: Visitor, town: Town, language: str, said: str, unsaid: str
) -> None:
    page = judge.client.get(f"{judge.portrait(town.silent.question())}?lang={language}").text

    assert said in text(page)
    assert unsaid not in text(page)
    assert '<ol class="ask"><li>' in page
    assert 'href="#prospects"' not in page


def test_a_firm_of_which_nothing_was_asked_is_not_said_to_be_insolvent(judge: Visitor, town: Town) -> None:
    there = judge.portrait(town.silent.question())
    told = judge.client.get(f"/v1{there}", headers={"X-API-Key": KEYS[Role.JUDGE]}).json()

    assert told["subject"]["kind"] == "organisation"
    assert "破产" not in text(judge.client.get(there).text)


def test_every_section_named_at_the_top_is_on_the_page(judge: Visitor, town: Town, address: str) -> None:
    for there in (address, judge.portrait(town.silent.question())):
        page = judge.client.get(there).text
        named = re.findall(
            r'href="#([a-z-]+)"', page.split('class="further contents', 1)[1].split("</nav>")[0]
        )

        assert len(named) > 4
        assert [name for name in named if f'id="{name}"' not in page] == []


def test_an_absent_part_is_not_drawn() -> None:
    whole = drawn(30, 20, nothing=True, low=0.1, high=0.5, everything=True).likely
    bare = drawn(30, 20, everything=True).likely

    assert None not in (whole.nothing, whole.low, whole.everything)
    assert (bare.nothing, bare.low) == (None, None)
    assert bare.everything == whole.everything == whole.ticks[-1][1]


def test_a_score_between_the_parts_of_its_set_is_said_to_be_an_average() -> None:
    assert drawn(30, 30, low=0.1, high=0.5).likely.holds_score
    assert not drawn(60, 60, low=0.1, high=0.5, everything=True).likely.holds_score
    assert not drawn(60, 60, nothing=True, everything=True).likely.holds_score


def test_equal_scores_are_one_mark_and_labels_stay_inside_the_picture() -> None:
    assert drawn(28.31, 28.29, nothing=True).likely.cautious is None
    low, high = drawn(98, 2, nothing=True).likely.cautious, drawn(98, 2, nothing=True).likely.score
    assert low is not None
    assert low.label > low.x
    assert high.label + 60 <= WIDTH


def test_lines_rise_with_the_chance_and_lie_over_their_months() -> None:
    seen = drawn(30, 20, nothing=True)
    heights = [line.points[0][1] for line in seen.lines]

    assert heights == sorted(heights)  # SVG counts downwards: likelier lies higher
    assert [x for x, _ in seen.lines[0].points] == [x for _, x in seen.months]


def test_a_portrait_of_old_without_an_outlook_has_no_pictures() -> None:
    assert prospects(PortraitShape.model_construct(score=30.0, cautious=20.0, outlook=None)) is None


def test_no_word_of_one_page_stands_in_for_that_of_another() -> None:
    assert sum(map(len, CHAPTERS)) == len(WORDS)
