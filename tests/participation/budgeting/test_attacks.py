"""Attacks with everything that root has: the tables, the log of changes, the disk, the backups.

Each attack is also made on the obvious design (ballots written as they are cast, beside a register
that says who has voted), where it succeeds: that shows that the attack works.
"""

import io
import logging
import random
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from django.conf import settings
from django.core import mail
from django.core.files.storage import default_storage

from commissioning.embedded import postgres
from commissioning.people.models import User
from participation.budgeting import cast, close, keyring, register
from participation.budgeting.choices import Choices
from participation.budgeting.models import Ballot, Round
from tests.participation.budgeting.conftest import IDEAS, MakeRound, save_marks, voter_of

pytestmark = pytest.mark.django_db(transaction=True)

VOTERS = 40


def one(root: psycopg.Connection[Any], query: str) -> str:
    """The only value of a query, as text."""
    row = root.execute(query.encode()).fetchone()
    assert row is not None
    return str(row[0])


def scores(place: int) -> dict[int, int]:
    """A ballot that only this person casts."""
    return {n: 1 + (place // 5 ** (n - 1) + n) % 5 for n in range(1, len(IDEAS) + 1)}


@pytest.fixture
def score_round(open_round: MakeRound) -> Round:
    return open_round(VOTERS, style="score", style_options={}, rule_options={"utility": "points"})


@pytest.fixture
def root(superuser: str) -> Iterator[psycopg.Connection[Any]]:
    """The database as root sees it."""
    with psycopg.connect(superuser, autocommit=True) as connection:
        yield connection


def vote_all(round_: Round, order: list[int], first: int = 0) -> None:
    """Each votes and then changes it; ``first`` makes ballots that no other test casts."""
    for place in order:
        voter = voter_of(round_, place + 1)
        save_marks(voter, scores(first + place + 1))
        save_marks(voter, scores(first + place), base_rev=1)


def close_all(round_: Round) -> None:
    close.stop_voting(round_.pk)
    close.open_box(round_.pk)


@pytest.fixture
def obvious(root: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """The obvious design, with a ballot of each voter in it."""
    root.execute("CREATE SCHEMA obvious")
    root.execute("CREATE TABLE obvious.register (serial int PRIMARY KEY, used bool)")
    root.execute("CREATE TABLE obvious.box (id uuid DEFAULT gen_random_uuid(), choices text)")
    root.execute(
        "INSERT INTO obvious.register SELECT n, false FROM generate_series(1, %s) n", [VOTERS]
    )
    for place in range(VOTERS):
        with root.transaction():
            root.execute("UPDATE obvious.register SET used = true WHERE serial = %s", [place + 1])
            line = Choices.of(scores(place)).line()
            root.execute("INSERT INTO obvious.box (choices) VALUES (%s)", [line])
    yield root
    root.execute("DROP SCHEMA obvious CASCADE")


class TestTransactionIds:
    """Which rows were written together? ``xmin`` tells, even after a freeze."""

    def linked(self, root: psycopg.Connection[Any], register: str, box: str) -> int:
        """How many ballots can be given to exactly one card."""
        query = f"SELECT r.serial, b.choices FROM {register} r, {box} b WHERE r.xmin = b.xmin"
        rows = root.execute(query.encode()).fetchall()
        cards = defaultdict(set)
        for serial, choices in rows:
            cards[choices].add(serial)
        return sum(len(found) == 1 for found in cards.values())

    def test_the_obvious_design_gives_every_ballot_away(
        self, obvious: psycopg.Connection[Any]
    ) -> None:
        obvious.execute("VACUUM FREEZE obvious.register, obvious.box")
        assert self.linked(obvious, "obvious.register", "obvious.box") == VOTERS

    def test_here_no_ballot_can_be_given_to_a_card(
        self, score_round: Round, root: psycopg.Connection[Any]
    ) -> None:
        vote_all(score_round, list(range(VOTERS)))
        close_all(score_round)
        assert Ballot.objects.count() == VOTERS
        for table in (
            "budgeting_elector",
            "(SELECT e.serial, s.xmin FROM budgeting_sealed s"
            " JOIN budgeting_elector e ON e.id = s.elector_id)",
        ):
            assert self.linked(root, table, "budgeting_ballot") == 0
        distinct = (
            "SELECT count(DISTINCT xmin::text), count(DISTINCT cmin::text) FROM budgeting_ballot"
        )
        assert root.execute(distinct).fetchone() == (1, 1)


class TestTheLogOfChanges:
    """Write-ahead log, as an archive or a replica has it."""

    def transactions(
        self, root: psycopg.Connection[Any], since: str, *tables: str
    ) -> dict[str, set[str]]:
        """For each transaction since then, which of the tables it wrote to."""
        root.execute("SELECT pg_switch_wal()")
        data = one(root, "SHOW data_directory")
        names = {}
        for table in tables:
            path = one(root, f"SELECT pg_relation_filepath('{table}')")
            names[path.rpartition("/")[2]] = table
        program, log = postgres.binaries() / "pg_waldump", f"{data}/pg_wal"
        until = one(root, "SELECT pg_current_wal_lsn()")
        dump = subprocess.run(
            [str(program), "-p", log, "-s", since, "-e", until],
            capture_output=True,
            text=True,
            check=False,
        )
        found: dict[str, set[str]] = defaultdict(set)
        for line in dump.stdout.splitlines():
            if " PRUNE" in line:
                # Whoever reads a page may tidy it up on the way: no row is written.
                continue
            transaction = re.search(r"tx:\s+(\d+)", line)
            for node in re.findall(r"rel \d+/\d+/(\d+)", line):
                if transaction and transaction[1] != "0" and node in names:
                    found[transaction[1]].add(names[node])
        assert found, dump.stderr
        return found

    def test_the_obvious_design_writes_card_and_ballot_together(
        self, root: psycopg.Connection[Any], request: pytest.FixtureRequest
    ) -> None:
        since = one(root, "SELECT pg_current_wal_insert_lsn()")
        request.getfixturevalue("obvious")
        found = self.transactions(root, since, "obvious.register", "obvious.box")
        assert sum(len(tables) == 2 for tables in found.values()) == VOTERS

    def test_here_all_ballots_are_written_in_one_transaction(
        self, score_round: Round, root: psycopg.Connection[Any]
    ) -> None:
        since = one(root, "SELECT pg_current_wal_insert_lsn()")
        vote_all(score_round, list(range(VOTERS)))
        close_all(score_round)
        found = self.transactions(
            root, since, "budgeting_sealed", "budgeting_elector", "budgeting_ballot"
        )
        writers = [tables for tables in found.values() if "budgeting_ballot" in tables]
        assert len(writers) == 1
        assert "budgeting_sealed" not in writers[0]
        assert sum("budgeting_sealed" in tables for tables in found.values()) == 2 * VOTERS


class TestOrderAndTime:
    def snapshot(self, root: psycopg.Connection[Any], round_: Round) -> list[Any]:
        """The ballots in the order in which they lie on the disk."""
        query = "SELECT n, choices FROM budgeting_ballot b WHERE round_id = %s ORDER BY b.ctid"
        return root.execute(query, [round_.pk]).fetchall()

    def test_two_orders_of_voting_leave_the_very_same_table(
        self, open_round: MakeRound, root: psycopg.Connection[Any]
    ) -> None:
        # Holes that another test left would be filled first, in an order of their own.
        root.execute("VACUUM FULL budgeting_ballot")
        found, digests = [], []
        for order in (list(range(VOTERS)), list(reversed(range(VOTERS)))):
            round_ = open_round(
                VOTERS, style="score", style_options={}, rule_options={"utility": "points"}
            )
            vote_all(round_, order)
            close_all(round_)
            found.append(self.snapshot(root, round_))
            digests.append(round_.closing.digest)
        assert found[0] == found[1]
        assert digests[0] == digests[1]
        assert [n for n, _choices in found[0]] == list(range(1, VOTERS + 1))
        lines = [choices for _n, choices in found[0]]
        assert lines == sorted(lines)

    def test_no_table_of_the_vote_has_a_time_a_sequence_a_person_or_an_address(
        self, root: psycopg.Connection[Any]
    ) -> None:
        columns = root.execute(
            "SELECT table_name, column_name, data_type, coalesce(column_default, '')"
            " FROM information_schema.columns WHERE table_name = ANY(%s)",
            [["budgeting_elector", "budgeting_credential", "budgeting_sealed", "budgeting_ballot"]],
        ).fetchall()
        assert {(table, name) for table, name, _kind, _default in columns} == {
            *(
                ("budgeting_elector", n)
                for n in ("id", "round_id", "serial", "state", "handed_out", "used")
            ),
            *(
                ("budgeting_credential", n)
                for n in ("id", "round_id", "elector_id", "issue_no", "lookup", "active")
            ),
            *(
                ("budgeting_sealed", n)
                for n in ("elector_id", "rev", "counted", "draft", "last_op")
            ),
            *(("budgeting_ballot", n) for n in ("round_id", "n", "choices")),
        }
        assert not [row for row in columns if "time" in row[2] or "date" in row[2] or row[3]]

    def test_no_history_is_kept_of_these_tables(self, root: psycopg.Connection[Any]) -> None:
        events = root.execute(
            "SELECT relname FROM pg_class WHERE relname ~ '^budgeting_.*event$' AND relkind = 'r'"
        ).fetchall()
        kept = {name for (name,) in events}
        assert not kept & {
            f"budgeting_{table}event"
            for table in ("elector", "credential", "sealed", "ballot", "closing", "slip")
        }


class TestCanaries:
    """A ballot and a code that nobody else has, searched for wherever bytes are kept."""

    @pytest.fixture
    def places(self, root: psycopg.Connection[Any], tmp_path: Path, superuser: str) -> Any:
        """Searches every place for these bytes: the names of the places where they are."""
        data = one(root, "SHOW data_directory")
        log = io.StringIO()
        handler = logging.StreamHandler(log)
        logging.getLogger().addHandler(handler)
        logging.getLogger().setLevel(logging.DEBUG)

        def search(*canaries: bytes) -> set[str]:
            root.execute("CHECKPOINT")
            dump = subprocess.run(
                [str(postgres.binaries() / "pg_dump"), "--format=plain", superuser],
                capture_output=True,
                check=True,
            ).stdout
            kept = {
                "log": log.getvalue().encode(),
                "mail": b"".join(m.message().as_bytes() for m in mail.outbox),
                "dump": dump,
                "redis": redis_bytes(),
                "media": bytes_below(Path(default_storage.path("."))),
                "wal": bytes_below(Path(data) / "pg_wal"),
                "data": bytes_below(Path(data) / "base"),
            }
            return {
                place
                for place, content in kept.items()
                for canary in canaries
                if canary in content or canary.hex().encode() in content
            }

        yield search
        logging.getLogger().removeHandler(handler)

    def test_while_voting_is_open_no_ballot_code_or_key_is_anywhere(
        self, score_round: Round, places: Any, keys: Path
    ) -> None:
        first = random.randrange(1000, 300_000)
        vote_all(score_round, list(range(VOTERS)), first)
        secret = next(keys.glob("*.key")).read_bytes()
        derived = keyring.of(score_round.pk)
        code = register.code_now(score_round, voter_of(score_round, 1).elector_id) or ""
        ballots = [Choices.of(scores(first + place)) for place in range(VOTERS + 1)]
        marks = [choices.line().encode() for choices in ballots]
        assert places(*marks, code.encode(), secret, derived.box, derived.code) == set()

    def test_mutant_that_does_not_seal_is_found_in_the_table_the_log_and_the_dump(
        self, score_round: Round, places: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unsealed(_key: bytes, _address: Any, plain: bytes) -> bytes:
            return plain + bytes(28)

        monkeypatch.setattr(cast, "seal", unsealed)
        save_marks(voter_of(score_round, 1), scores(3))
        assert places(Choices.of(scores(3)).line().encode()) >= {"wal", "data", "dump"}

    def test_the_key_was_never_anywhere_but_in_its_file(
        self, score_round: Round, places: Any, keys: Path, ada: User
    ) -> None:
        path = next(keys.glob("*.key"))
        secret, derived = path.read_bytes(), keyring.of(score_round.pk)
        vote_all(score_round, [0, 1, 2])
        close_all(score_round)
        close.verify_close(score_round.pk)
        close.confirm_backup(ada, score_round, "In the vault.")
        close.seal_round(score_round.pk)
        assert places(secret, derived.box, derived.code, derived.order) == set()
        assert not path.exists()


def redis_bytes() -> bytes:
    """Every key and value in Redis."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        keys = client.keys("*")
        return b"".join(key + (client.dump(key) or b"") for key in keys)


def bytes_below(folder: Path) -> bytes:
    """The content of all files below a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
