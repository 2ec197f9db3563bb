"""Which version of a file serves: the good ones go live, the rest keeps its last good version."""

from __future__ import annotations

import pytest

from bot.knowledge.checked import CheckedFile, check_file, content_hash, corpus_of
from bot.knowledge.files import StaffFile
from bot.knowledge.loading import load
from bot.knowledge.versions import Choice, Confirmation, Reason, choose_versions
from tests.unit.knowledge.staff_files import (
    DOCUMENT,
    DOCUMENT_PATH,
    FOLDER,
    OFFICE,
    SHORT_DOCUMENT,
    SYNONYMS,
    write_files,
)

LONG = SHORT_DOCUMENT + "".join(
    f"  - heading: 第{number}条\n    text: 本条规定第{number}项事务由第{number}科办理。\n"
    for number in "二三四五六七八九"
)
FILES = {path: content for path, content in FOLDER.items() if path != "judgements.yaml"}
SERVED = {**FILES, "documents/long.yaml": LONG}


def checked(files: dict[str, str]) -> dict[str, CheckedFile]:
    """Check files by themselves."""
    return {path: check_file(StaffFile(path, text.encode())) for path, text in files.items()}


def chosen(
    present: dict[str, str | None], *confirmed: Confirmation, served: dict[str, str] | None = None
) -> Choice:
    """Choose among what serves and the same with changes; None takes a file away."""
    before = served or SERVED
    after = {path: text for path, text in {**before, **present}.items() if text is not None}
    return choose_versions(checked(before), checked(after), frozenset(confirmed))


def serving(choice: Choice) -> dict[str, str]:
    """Give what serves, by path."""
    return {one.path: one.file.content.decode() for one in choice.files}


def reasons(choice: Choice) -> dict[str, Reason]:
    """Give why files are withheld, by path."""
    return {one.path: one.reason for one in choice.withheld}


def test_a_good_change_serves() -> None:
    """A changed, a new and an unchanged file all serve, and nothing is withheld."""
    changed = LONG.replace("第二科", "第八科")
    choice = chosen({"documents/long.yaml": changed, "documents/new.yaml": SHORT_DOCUMENT})
    assert serving(choice) == {
        **SERVED,
        "documents/long.yaml": changed,
        "documents/new.yaml": SHORT_DOCUMENT,
    }
    assert not choice.withheld


def test_a_corpus_of_chosen_files_is_that_of_a_folder_with_them(tmp_path: object) -> None:
    """File by file or as a folder, the same bytes give the same corpus."""
    files = {**SERVED, "calibration.yaml": "refuse_below: 0.2\nanswer_from: 0.4\n"}
    folder = write_files(tmp_path, files)  # type: ignore[arg-type]
    assert corpus_of(chosen({}, served=files).files) == load(folder)


def test_a_broken_file_keeps_its_last_good_version_and_the_others_go_live() -> None:
    """Its problems are named; a new broken file does not serve at all."""
    choice = chosen(
        {
            DOCUMENT_PATH: DOCUMENT.replace("2024-09-01", "2024-02-30"),
            "documents/long.yaml": LONG.replace("第二科", "第八科"),
            "documents/new.yaml": "title：坏\n",
            "office.yaml": OFFICE.replace("name:", "nam:", 1),
        }
    )
    assert set(reasons(choice).values()) == {Reason.BROKEN}
    assert serving(choice)[DOCUMENT_PATH] == DOCUMENT
    assert serving(choice)["office.yaml"] == OFFICE
    assert "第八科办理" in serving(choice)["documents/long.yaml"]
    assert "documents/new.yaml" not in serving(choice)
    assert {one.path: one.serving for one in choice.withheld}["documents/new.yaml"] is False
    assert all(one.problems for one in choice.withheld)


SHRUNK = LONG[: LONG.index("  - heading: 第三条")] + "  - heading: 新增\n    text: 全新。\n"


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("documents/long.yaml", SHRUNK, Reason.SHRUNK),
        ("documents/long.yaml", LONG[: LONG.index("  - heading: 第九条")], Reason.CUT_SHORT),
        ("documents/long.yaml", None, Reason.GONE),
        ("synonyms.yaml", SYNONYMS.rsplit("  -", 1)[0], Reason.CUT_SHORT),
        ("lexicon.txt", "国补\n", Reason.SHRUNK),
        ("lexicon.txt", None, Reason.GONE),
    ],
)
def test_what_has_lost_much_is_held_until_that_version_is_confirmed(
    path: str, text: str | None, reason: Reason
) -> None:
    """Shrunk, cut short or gone: the old version serves until someone says that this is meant."""
    held = chosen({path: text})
    assert reasons(held) == {path: reason}
    assert serving(held) == SERVED
    word = Confirmation(path, held.withheld[0].content)
    confirmed = chosen({path: text}, word)
    assert not confirmed.withheld
    assert serving(confirmed).get(path) == text
    other = Confirmation(path, content_hash(StaffFile(path, b"another version")))
    assert serving(chosen({path: text}, other)) == SERVED


def test_every_prefix_of_a_file_loses_no_passage_silently() -> None:
    """Cut at any byte, a file serves whole as before; only its last blank space may go."""
    before = checked(SERVED)
    whole = LONG.encode()
    for length in range(len(whole)):
        now = {
            **before,
            "documents/long.yaml": check_file(StaffFile("documents/long.yaml", whole[:length])),
        }
        choice = choose_versions(before, now)
        assert corpus_of(choice.files).passages == corpus_of(tuple(before.values())).passages
        assert choice.withheld or not whole[length:].strip()


def test_a_restored_file_is_no_longer_held() -> None:
    """What serves is there again: nothing changes, nothing is withheld."""
    assert chosen({}) == Choice(tuple(checked(dict(sorted(SERVED.items()))).values()), ())


def test_a_file_that_moves_to_another_folder_goes_along() -> None:
    """The same id under another topic is neither gone nor there twice."""
    choice = chosen({"documents/long.yaml": None, "documents/topic/long.yaml": LONG})
    assert not choice.withheld
    assert set(serving(choice)) == {*SERVED, "documents/topic/long.yaml"} - {"documents/long.yaml"}
    cut = LONG[: LONG.index("  - heading: 第九条")]
    held = chosen({"documents/long.yaml": None, "documents/topic/long.yaml": cut})
    assert reasons(held) == {"documents/topic/long.yaml": Reason.CUT_SHORT}
    assert serving(held) == SERVED


def superseding(other: str) -> str:
    """Give a document that follows another one."""
    return f"{SHORT_DOCUMENT}supersedes:\n  - {{id: {other}, how: 取代}}\n"


def test_only_what_does_not_fit_the_others_is_kept_back() -> None:
    """A second file of an id, a follower of nothing: they stay out, and the rest goes live."""
    choice = chosen(
        {
            "documents/a/long.yaml": SHORT_DOCUMENT,
            "documents/follower.yaml": superseding("nowhere"),
            "documents/good.yaml": superseding("long"),
        }
    )
    assert reasons(choice) == {
        "documents/a/long.yaml": Reason.CONFLICT,
        "documents/follower.yaml": Reason.CONFLICT,
    }
    assert set(serving(choice)) == {*SERVED, "documents/good.yaml"}
    assert all(one.problems for one in choice.withheld)


def test_files_that_need_each_other_go_live_together() -> None:
    """A follower and what it follows may come in one save, in any order of their names."""
    choice = chosen({"documents/a.yaml": superseding("z"), "documents/z.yaml": SHORT_DOCUMENT})
    assert not choice.withheld


def test_what_others_follow_cannot_be_taken_away() -> None:
    """Even confirmed, a document stays while another says that it supersedes it."""
    served = {**SERVED, "documents/new.yaml": superseding("long")}
    gone = chosen(
        {"documents/long.yaml": None}, Confirmation("documents/long.yaml", ""), served=served
    )
    assert reasons(gone) == {"documents/long.yaml": Reason.CONFLICT}
    assert serving(gone) == served


def test_a_circle_is_kept_out() -> None:
    """Two files that supersede each other: the one whose change closes the circle waits."""
    served = {**SERVED, "documents/a.yaml": SHORT_DOCUMENT, "documents/b.yaml": superseding("a")}
    closed = chosen({"documents/a.yaml": superseding("b")}, served=served)
    assert reasons(closed) == {"documents/a.yaml": Reason.CONFLICT}
    assert serving(closed) == served
    turned = {"documents/a.yaml": superseding("b"), "documents/b.yaml": SHORT_DOCUMENT}
    word = Confirmation("documents/b.yaml", content_hash(StaffFile("", SHORT_DOCUMENT.encode())))
    assert not chosen(turned, word, served=served).withheld
