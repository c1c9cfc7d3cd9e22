"""Files as people send them, and one sentence for those that cannot be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from participation.workshops.opinion.reading import read_conversation
from participation.workshops.opinion.table import Unreadable
from participation.workshops.opinion.votes import Votes

HEAD = "timestamp,datetime,comment-id,voter-id,vote\n"
MATRIX = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"


def read(folder: Path, **files: str | bytes) -> Votes:
    """Write files into a folder, and read it."""
    names = {"votes": "votes.csv", "matrix": "participants-votes.csv", "comments": "comments.csv"}
    for name, content in files.items():
        raw = content.encode("utf-8") if isinstance(content, str) else content
        (folder / names[name]).write_bytes(raw)
    return read_conversation(folder).votes


def vote_of(votes: Votes, person: object, statement: object) -> int | None:
    """A vote, or None for unseen."""
    i, j = votes.people.index(person), votes.statements.index(statement)
    return int(votes.said[i, j]) if votes.seen[i, j] else None


def test_the_latest_of_several_votes_counts_whatever_the_order(tmp_path: Path) -> None:
    rows = ["30,,5,1,-1\n", "20,,5,1,1\n", "10,,5,1,0\n"]
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        votes = read(tmp_path, votes=HEAD + "".join(rows[i] for i in order))
        assert vote_of(votes, 1, 5) == -1


def test_contradicting_votes_of_one_moment_are_a_pass(tmp_path: Path) -> None:
    assert vote_of(read(tmp_path, votes=HEAD + "9,,5,1,1\n9,,5,1,-1\n3,,5,1,1\n"), 1, 5) == 0
    assert vote_of(read(tmp_path, votes=HEAD + "9,,5,1,1\n9,,5,1,1\n3,,5,1,-1\n"), 1, 5) == 1
    assert vote_of(read(tmp_path, votes=HEAD + ",,5,1,1\n?,,5,1,1\n3,,5,1,-1\n"), 1, 5) == -1


def test_a_file_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    plain = read(tmp_path, votes=HEAD + "1,,5,1,1\n2,,6,1,-1\n3,,5,2,0\n")
    for raw in (
        b"\xef\xbb\xbf" + (HEAD + "1,,5,1,1\n2,,6,1,-1\n3,,5,2,0").replace("\n", "\r\n").encode(),
        (HEAD + "1,,5,1,1\n\n2,,6,1,-1\n3,,5,2,0\n\n").encode(),
        (HEAD + "1,,5,1,1\n2,,6,1,-1\n3,,5,2,0\n").replace(",", ";").encode(),
        (HEAD + "1,,5,1,1.0\n2,,6,1, -1 \n3,,5,2,0\n").encode(),
        ("\ufeff" + HEAD + "1,,5,1,1\n2,,6,1,-1\n3,,5,2,0\n").encode("utf-16-le"),
        b"Timestamp,datetime,Comment_ID,Voter-ID,Vote\n1,,5,1,1\n2,,6,1,-1\n3,,5,2,0\n",
        (HEAD + '1,"Mon, Jul",5,1,1\n2,,6,1,-1\n3,,5,2,0\n').encode(),
    ):
        votes = read(tmp_path, votes=raw)
        assert (votes.people, votes.statements) == ((1, 2), (5, 6))
        assert np.array_equal(votes.said, plain.said)
        assert np.array_equal(votes.seen, plain.seen)


def test_ids_stay_as_they_are(tmp_path: Path) -> None:
    votes = read(tmp_path, votes=HEAD + "1,,5,10,1\n1,,S1,9,1\n1,,5,007,1\n1,,5,ann,1\n1,,5,-3,1\n")
    assert votes.people == (-3, 9, 10, "007", "ann")
    assert votes.statements == (5, "S1")


def test_statements_that_were_moderated_out_are_left_out(tmp_path: Path) -> None:
    comments = 'comment-id,moderated,comment-body\n0,-1,"no, this"\n1,1,"yes\nthis"\n7,0,later\n'
    votes = read(tmp_path, matrix=MATRIX + "1,0,0,2,2,0,1,1\n2,1,0,1,1,0,1,\n", comments=comments)
    assert (votes.statements, votes.left_out) == ((1,), (0,))
    assert votes.texts[1] == "yes\nthis"
    assert votes.theirs == ("0", "1")
    assert votes.seen.tolist() == [[True], [False]]


def test_statements_that_nobody_answered_are_left_out(tmp_path: Path) -> None:
    votes = read(tmp_path, matrix=MATRIX + "1,0,0,2,2,0,1,\n2,1,0,1,1,0,0,\n")
    assert votes.statements == (0,)


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("votes", "", "votes.csv is empty."),
        ("votes", "\n \n", "votes.csv is empty."),
        ("votes", HEAD, "votes.csv holds no votes."),
        ("votes", HEAD + "1,,5,1,2\n", "votes.csv, line 2: “2” in column vote is no vote"),
        ("votes", HEAD + "1,,5,1,agree\n", "line 2: “agree” in column vote is no vote"),
        ("votes", HEAD + "1,,5,1,1\n1,,,1,1\n", "line 3: column “comment-id” is blank."),
        ("votes", HEAD + "1,,5,1,1\n1,,5\n", "votes.csv, line 3: 3 cells under 5 names."),
        ("votes", "timestamp,vote,vote\n", "votes.csv has two columns “vote”."),
        ("votes", "timestamp,vote\n1,1\n", "votes.csv has no column “voter-id”."),
        ("votes", b"PK\x03\x04\x00\x00\x00", "votes.csv is no text file."),
        ("votes", HEAD + '1,"5,1,1\n', "votes.csv, line 2: "),
        ("matrix", "participant,group-id,3,3\n1,0,1,1\n", "has two columns “3”."),
        ("matrix", "participant,group-id\n1,0\n", "has no columns of statements."),
        ("matrix", "group-id,3\n0,1\n", "has no column “participant”."),
        ("matrix", MATRIX + "1,0,0,2,2,0,1,x\n", "line 2: “x” in column 1 is no vote"),
        ("matrix", MATRIX + "1,0,0,2,2,0,1,1\n1,0,0,2,2,0,1,1\n", "two rows for participant 1."),
        ("matrix", MATRIX, "participants-votes.csv holds no votes."),
        ("matrix", MATRIX + "1,0,0,0,0,0,,\n", "participants-votes.csv holds no votes."),
    ],
)
def test_one_sentence_says_what_is_wrong(
    tmp_path: Path, file: str, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(Unreadable) as told:
        read(tmp_path, **{file: content})
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


def test_a_folder_without_votes_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="There is neither"):
        read_conversation(tmp_path)
    with pytest.raises(Unreadable, match="There is no folder"):
        read_conversation(tmp_path / "nowhere")
    (tmp_path / "votes.csv").mkdir()
    with pytest.raises(Unreadable):
        read_conversation(tmp_path)
