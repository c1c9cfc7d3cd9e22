"""The e-mail roll: bad files taken apart kindly, and one personal link to each address."""

import re
from typing import Any

import pytest
from django.core import mail

from commissioning.ground.answers import Invalid
from commissioning.notices import delivery
from commissioning.notices.models import Notice
from commissioning.people.models import User
from participation.budgeting import admission, cast, links
from participation.budgeting.admission import NotAdmitted
from participation.budgeting.models import Batch, Elector, RollEntry, Round
from participation.budgeting.roll import MOST_BYTES, Roll, read_roll
from tests.participation.budgeting.conftest import MakeRound, save_marks


class TestReadingTheFile:
    @pytest.mark.parametrize(
        "content",
        [
            b"ann@example.org\nbob@example.org\n",
            b"ann@example.org\r\nbob@example.org",
            b"\xef\xbb\xbfe-mail,name\nann@example.org,Ann\nbob@example.org,Bob\n",
            b"Name;Email\nAnn;ann@example.org\nB\xf6b;bob@example.org\n",
            "name\temail\nAnn\tann@example.org\nBob\tbob@example.org\n".encode("utf-16"),
            b'email\n"Other, Ann <ann@example.org>"\nbob@example.org\n',
            b"\n\nann@example.org\n\n,,\nbob@example.org\n",
        ],
        ids=["plain", "windows", "marked utf-8", "cp1252", "utf-16", "with names", "empty lines"],
    )
    def test_lists_as_people_have_them(self, content: bytes) -> None:
        roll = read_roll(content)
        assert roll.problems == []
        assert roll.addresses == ["ann@example.org", "bob@example.org"]

    @pytest.mark.parametrize(
        ("content", "line", "reason"),
        [
            (b"", 0, "no e-mail address"),
            (b"email\n", 0, "no e-mail address"),
            (b"ann@example.org\nnobody\n", 2, "not an e-mail address"),
            (b"ann@example.org\nANN@example.org\n", 2, "stands in line 1"),
            (b"ann@example.org\n=HYPERLINK(1)\n", 2, "formula"),
            (b"ann@example.org\n@SUM(A1)\n", 2, "formula"),
            (b"email,name\n,Ann\n", 2, "no address"),
            (b"<script>alert(1)</script>\n", 1, "not an e-mail address"),
            ("ånn@example.org\n".encode(), 1, "address"),
            (b"%PDF-1.7\0\0", 0, "not a text file"),
            (b"a" * (MOST_BYTES + 1), 0, "larger than 4 MB"),
            (b"x" * 200_000, 0, "CSV"),
        ],
    )
    def test_each_mistake_is_told_with_its_line(
        self, content: bytes, line: int, reason: str
    ) -> None:
        problem = read_roll(content).problems[0]
        assert problem.line == line
        assert reason in problem.reason

    def test_a_file_full_of_mistakes_is_not_recited(self) -> None:
        roll = read_roll(b"no\n" * 10_000)
        assert len(roll.problems) == 51


@pytest.mark.django_db(transaction=True)
class TestSendingLinks:
    @pytest.fixture
    def round_(self, open_round: MakeRound) -> Round:
        return open_round(0)

    @pytest.fixture
    def batch(self, round_: Round, ada: User) -> Batch:
        return links.load_roll(ada, round_, Roll(["ann@example.org", "bob@example.org"]))

    def deliver(self) -> list[Any]:
        mail.outbox = []
        for notice in Notice.objects.filter(status="pending"):
            delivery.deliver(notice.pk)
        return list(mail.outbox)

    def code_in(self, message: Any) -> str:
        found = re.search(r"/v/#([0-9A-Z]+)", message.body)
        assert found, message.body
        return found[1]

    def test_nothing_is_sent_until_an_officer_says_so(self, batch: Batch) -> None:
        assert not Notice.objects.exists()
        assert set(Elector.objects.values_list("state", flat=True)) == {"printed"}

    def test_each_address_gets_a_link_that_votes(self, batch: Batch, ada: User) -> None:
        assert links.send_links(ada, batch) == 2
        ann, bob = sorted(self.deliver(), key=lambda message: message.to[0])
        assert (ann.to, bob.to) == (["ann@example.org"], ["bob@example.org"])
        assert save_marks(admission.admit(self.code_in(ann)), {3: 1}).is_in
        assert self.code_in(ann) != self.code_in(bob)

    def test_the_outbox_holds_no_link_and_no_code(self, batch: Batch, ada: User) -> None:
        links.send_links(ada, batch)
        about = repr(list(Notice.objects.values()))
        for message in self.deliver():
            assert self.code_in(message) not in about
        assert "/v/" not in about

    def test_a_mail_with_one_mistake_in_the_list_takes_nothing(
        self, round_: Round, ada: User
    ) -> None:
        with pytest.raises(Invalid, match="Line 2"):
            links.load_roll(ada, round_, read_roll(b"ann@example.org\nnobody\n"))
        assert not Elector.objects.filter(round=round_).exists()

    def test_nobody_is_on_two_lists(self, batch: Batch, ada: User) -> None:
        with pytest.raises(Invalid, match="has a link already"):
            links.load_roll(ada, batch.round, Roll(["cat@example.org", "ANN@example.org"]))
        assert not RollEntry.objects.filter(email="cat@example.org").exists()

    def test_sending_again_is_the_same_link(self, batch: Batch, ada: User) -> None:
        links.send_links(ada, batch)
        first = {message.to[0]: self.code_in(message) for message in self.deliver()}
        links.send_again(ada, RollEntry.objects.get(email="ann@example.org"))
        (again,) = self.deliver()
        assert self.code_in(again) == first["ann@example.org"]

    def test_a_link_that_came_back_goes_to_another_address_and_the_vote_stays(
        self, batch: Batch, ada: User
    ) -> None:
        links.send_links(ada, batch)
        first = {message.to[0]: self.code_in(message) for message in self.deliver()}
        save_marks(admission.admit(first["ann@example.org"]), {3: 1})
        entry = RollEntry.objects.get(email="ann@example.org")
        links.note_bounce(ada, entry)
        assert RollEntry.objects.get(pk=entry.pk).state == "bounced"
        links.readdress(ada, entry, "ann@example.net")
        (sent,) = self.deliver()
        assert sent.to == ["ann@example.net"]
        with pytest.raises(NotAdmitted, match="replaced"):
            admission.admit(first["ann@example.org"])
        assert cast.look(admission.admit(self.code_in(sent))).choices.numbers == [3]

    def test_a_mail_that_waits_until_the_link_is_dead_is_not_sent(
        self, batch: Batch, ada: User
    ) -> None:
        links.send_links(ada, batch)
        links.readdress(ada, RollEntry.objects.get(email="ann@example.org"), "ann@example.net")
        sent = {message.to[0] for message in self.deliver()}
        assert sent == {"ann@example.net", "bob@example.org"}

    def test_links_are_sent_once(self, batch: Batch, ada: User) -> None:
        links.send_links(ada, batch)
        with pytest.raises(Invalid, match="sent already"):
            links.send_links(ada, batch)
