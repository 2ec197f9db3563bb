"""Answers become HTML that Telegram takes, and buttons that it takes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.pressing import (
    ChoicePress,
    PassagePress,
    choice_callback,
    passage_callback,
    press_of,
)
from bot.channels.telegram.rendering import Button, messages_of, notice_of
from bot.models.questions import Answer, Block, BlockKind, Outcome, Span
from tests.channels.telegram.canned import EDITION, answer, block, evidence
from tests.channels.telegram.html_oracle import parse, utf16_units

ANY_TEXT = st.text(st.characters() | st.sampled_from("<>&\"'\n 。！😀中"), max_size=80)
SPANS = st.lists(st.builds(Span, st.integers(-5, 99), st.integers(-5, 99)), max_size=4)
BLOCKS = st.builds(
    Block,
    st.sampled_from(BlockKind),
    st.builds(lambda text, times: text * times, ANY_TEXT, st.sampled_from([1, 1, 1, 40, 200])),
    SPANS.map(tuple),
)


def html(*blocks: Block) -> str:
    """Render blocks that fit into one message."""
    (message,) = messages_of(answer(*blocks))
    return message.html


def labels(shown: Answer) -> list[tuple[str, str]]:
    """Give the buttons below an answer."""
    return [(button.label, button.callback) for button in messages_of(shown)[-1].buttons]


def visible(text: str) -> str:
    """Give what of a text must arrive: all but white space and characters Telegram drops."""
    kept = (c for c in text if c.isprintable() or ord(c) > 0x9F)
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in kept if not c.isspace())


@settings(max_examples=200, deadline=None)
@given(st.lists(BLOCKS, max_size=5))
def test_any_text_arrives_whole_as_html_that_telegram_takes(blocks: list[Block]) -> None:
    """Whatever a text holds, its HTML is balanced, escaped, short enough, and loses nothing."""
    messages = messages_of(answer(*blocks))

    for message in messages:
        assert parse(message.html) == message.text
        assert message.text.strip()
        assert utf16_units(message.html) <= 4096
        message.html.encode()
    arrived = "".join(message.text for message in messages)
    assert visible(arrived) == visible("".join(block.text for block in blocks))


def test_lead_is_plain_with_its_deciding_spans_bold() -> None:
    """What decides stands in bold, and only that."""
    assert html(block("每件最高2000元。", BlockKind.LEAD, (4, 9))) == "每件最高<b>2000元</b>。"


def test_bold_spans_count_characters_before_escaping() -> None:
    """A span marks the same characters, however long their HTML is."""
    assert html(block("A&B<C😀元", BlockKind.LEAD, (4, 6))) == "A&amp;B&lt;<b>C😀</b>元"


def test_characters_that_telegram_cannot_take_are_replaced_at_their_place() -> None:
    """Half a surrogate pair or a control character must not cost a person the whole answer."""
    assert html(block("甲\x00\ud83d乙丙", BlockKind.LEAD, (3, 4))) == "甲 \ufffd<b>乙</b>丙"
    assert labels(answer(block("答"), choices=("一\ud83d级",))) == [("一\ufffd级", "q:0")]


def test_overlapping_and_wild_spans_do_no_harm() -> None:
    """Spans that overlap, are empty or lie outside still give one balanced text."""
    spans = ((2, 9), (0, 3), (3, 1), (-4, 0))

    assert html(block("甲乙丙丁", BlockKind.NOTE, *spans)) == "<b>甲乙丙丁</b>"


def test_quote_is_an_expandable_blockquote() -> None:
    """A quoted passage folds on a phone, with its bold parts inside."""
    quoted = html(block("按售价的20%补贴。", BlockKind.QUOTE, (4, 7)))

    assert quoted == "<blockquote expandable>按售价的<b>20%</b>补贴。</blockquote>"


def test_blocks_are_separated_by_an_empty_line_but_source_and_status_stay_together() -> None:
    """The eye finds the parts; source and status are one part."""
    rendered = html(
        block("（按洗衣机理解）", BlockKind.UNDERSTOOD),
        block("20%。"),
        block("  \n", BlockKind.NOTE),
        block("出处：方案", BlockKind.SOURCE),
        block("未载明有效期", BlockKind.STATUS),
        block("请拨打12345", BlockKind.CONTACT),
    )

    assert rendered == "（按洗衣机理解）\n\n20%。\n\n出处：方案\n未载明有效期\n\n请拨打12345"


def test_long_answer_is_cut_at_a_paragraph_where_there_is_one() -> None:
    """A paragraph that does not fit goes into the next message whole."""
    first, second = messages_of(answer(block("甲" * 3000), block("乙" * 3000)))

    assert (first.text, second.text) == ("甲" * 3000, "乙" * 3000)


def test_long_paragraph_is_cut_at_a_sentence_end() -> None:
    """Sentences stay whole, with the quotation mark that closes them."""
    sentence = "「" + "甲" * 97 + "。」"
    messages = messages_of(answer(block(sentence * 60)))

    assert len(messages) == 2
    assert all(message.text.endswith("。」") for message in messages)


def test_tags_are_closed_and_opened_again_across_a_cut() -> None:
    """A quote longer than a message is a quote in both messages."""
    messages = messages_of(answer(block("甲" * 5000, BlockKind.QUOTE, (0, 5000))))

    opening, closing = "<blockquote expandable><b>", "</b></blockquote>"
    assert len(messages) == 2
    assert all(m.html.startswith(opening) and m.html.endswith(closing) for m in messages)


def test_cut_never_parts_a_surrogate_pair_or_an_entity() -> None:
    """Text of nothing but emoji and ampersands is cut between them."""
    messages = messages_of(answer(block("😀&" * 3000)))

    assert "".join(parse(message.html) for message in messages) == "😀&" * 3000


def test_buttons_hang_below_the_last_message_only() -> None:
    """Where an answer ends, there its buttons are."""
    first, last = messages_of(answer(block("甲" * 5000), choices=("一级",)))

    assert (len(first.buttons), len(last.buttons)) == (0, 1)


def test_unfolding_is_offered_only_where_the_excerpt_leaves_something_out() -> None:
    """No button promises more than there is."""
    folded = answer(block("答"), shown=(evidence("标准", "甲。乙。", "甲。", ordinal=7),))
    whole = answer(block("答"), shown=(evidence("标准", "甲。乙。"),))

    assert labels(folded) == [("展开全文", f"p:{EDITION}:7")]
    assert labels(whole) == []


def test_further_evidence_is_offered_by_its_heading() -> None:
    """Each further passage has one button, its heading cut to 30 characters."""
    shown = (evidence("标准", "甲"), evidence("期限", "乙", ordinal=8), evidence("长" * 40, "丙"))
    offered = labels(answer(block("答"), outcome=Outcome.HEDGED, shown=shown))

    assert offered == [("期限", f"p:{EDITION}:8"), ("长" * 29 + "…", f"p:{EDITION}:0")]


def test_refusals_offer_no_passages() -> None:
    """What was not good enough to answer with is not offered as a passage either."""
    assert (
        labels(answer(block("答"), outcome=Outcome.NO_ANSWER, shown=(evidence("a", "b"),))) == []
    )


def test_choices_are_one_button_each_that_asks_its_label() -> None:
    """A choice is named by its place, for its question does not fit into 64 bytes."""
    asked = answer(block("几级？"), outcome=Outcome.NEEDS_DETAIL, choices=("一级", " ", "二级"))

    assert labels(asked) == [("一级", "q:0"), ("二级", "q:2")]


def test_no_callback_is_longer_than_telegram_takes() -> None:
    """The longest edition and ordinal that can be read back fit; more is refused at once."""
    edition = "x" * 48
    shown = (evidence("标准", "甲乙", "甲", ordinal=10**9 - 1),)
    ((_, callback),) = labels(answer(block("答"), shown=shown, edition=edition))

    assert len(callback.encode()) <= 64
    assert press_of(callback) == PassagePress(edition, 10**9 - 1)
    with pytest.raises(ValueError, match="64 bytes"):
        Button("长", "p:" + "政" * 21)


@settings(max_examples=100)
@given(st.from_regex(r"[0-9A-Za-z_-]{1,48}", fullmatch=True), st.integers(0, 10**9 - 1))
def test_what_a_button_says_is_read_back(edition: str, ordinal: int) -> None:
    """Every callback that the bot writes is read back as what it was written for."""
    assert press_of(passage_callback(edition, ordinal)) == PassagePress(edition, ordinal)
    assert press_of(choice_callback(ordinal % 1000)) == ChoicePress(ordinal % 1000)


@pytest.mark.parametrize(
    "callback",
    [
        "",
        "p:",
        "p:e",
        "p:e:",
        "p::1",
        "p:e:-1",
        "p:e:1:2",
        "p:e:１",
        "p:e:1\n",
        "q:",
        "q:x",
        "q:-1",
        "q:9999",
        "q:1 ",
        "x:1",
        "P:e:1",
        "p:e e:1",
        "p:" + "e" * 49 + ":1",
        "p:e:9999999999",
    ],
)
def test_near_misses_of_a_callback_are_none(callback: str) -> None:
    """A callback with one thing wrong is nothing."""
    assert press_of(callback) is None


def test_notice_offers_topics_as_choices() -> None:
    """Our own paragraphs are rendered like an answer's."""
    (message,) = notice_of("欢迎<您>", "说明", topics=("补多少",))

    assert message.html == "欢迎&lt;您&gt;\n\n说明"
    assert message.buttons == (Button("补多少", "q:0"),)
