"""Real elections, voted again here: the same winners, and files that anybody can recount."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pabulib.checker import Checker

from commissioning.programmes.models import GateLift
from participation.budgeting import published
from participation.budgeting.counting.options import Options
from participation.budgeting.counting.pb import parse_pb, read_pb
from participation.budgeting.counting.pb_election import election_from
from participation.budgeting.counting.rules import count
from participation.budgeting.importing import import_round
from participation.budgeting.models import Count, Round
from tests.participation.budgeting.counting.conftest import oracle, real

__all__ = ["oracle", "real"]
pytestmark = pytest.mark.django_db(transaction=True)

GREEDY = ("greedy", Options("greedy"))
SHARES = (
    "equal-shares --utility cost --completion add1 --start whole",
    Options("equal-shares", utility="cost", completion="add1", start="whole"),
)
POINTS = (
    "greedy-per-cost --utility points",
    Options("greedy-per-cost", utility="points"),
)
PHRAGMEN = ("phragmen", Options("phragmen"))


def winners_of(round_: Round) -> list[str]:
    names = dict(round_.projects.values_list("number", "reference"))
    return [names[number] for number in Count.objects.get(round=round_).winners]


@pytest.mark.parametrize(
    ("name", "rule", "options"),
    [
        ("Netherlands_Assen_2024.pb", *SHARES),
        ("Poland_Gdansk_2020_Olszynka.pb", *POINTS),
        ("Netherlands_Amsterdam_304.pb", *PHRAGMEN),
        ("US_Stanford_Dataset_PB_Rochester_NY_2019_vote_knapsacks.pb", *GREEDY),
        ("Poland_Krakow_2022_Bienczyce.pb", *POINTS),
    ],
)
def test_a_real_election_voted_here_has_the_winners_of_the_oracle(
    real: Path, oracle: dict[str, Any], name: str, rule: str, options: Options
) -> None:
    file = read_pb(real / name)
    round_ = import_round(file, options)
    expected = oracle[name]["winners"][rule]
    found = winners_of(round_)
    assert (sorted(found) == sorted(expected)) if rule == "phragmen" else (found == expected)
    assert round_.currency == file.about["currency"]
    assert "imported" in GateLift.objects.get(programme=round_.programme).reason
    assert round_.closing.ballots == round_.closing.used == len(file.votes.rows)


def test_what_is_published_of_it_is_recounted_to_the_same_winners(real: Path) -> None:
    round_ = import_round(read_pb(real / "Poland_Krakow_2022_Bienczyce.pb"), Options("greedy"))
    (content,) = published.pb_files(round_).values()
    assert published.digest_of_pb(content, round_.closing.blank) == round_.closing.digest
    again = election_from(parse_pb(content)).election
    numbers = [int(one) for one in count(again, Options("greedy")).winner_ids(again)]
    assert numbers == Count.objects.get(round=round_).winners
    assert Checker().process_files([content.decode()])["metadata"]["valid"] == 1


def test_the_command_says_who_won(real: Path, oracle: dict[str, Any]) -> None:
    out = StringIO()
    name = "Netherlands_Assen_2024.pb"
    call_command("import_round", str(real / name), "--rule", "greedy", stdout=out)
    winners = oracle[name]["winners"]["greedy"]
    assert " ".join(winners) in out.getvalue()
    assert "84 ballots" in out.getvalue()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "empty"),
        (b"META\nkey;value\nbudget;100\nvote_type;approval\n", "PROJECTS"),
        ("META\nkey;value\n\ud7ffbudget;x\n".encode("utf-16"), "section"),
    ],
)
def test_a_bad_file_makes_nothing_and_is_told_in_a_sentence(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    path = tmp_path / "bad.pb"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=complaint):
        call_command("import_round", str(path), "--rule", "greedy")
    assert not Round.objects.exists()


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_round", str(tmp_path / "none.pb"))


def test_the_result_page_says_how_to_count_the_file_again(
    real: Path, client: Client, tmp_path: Path
) -> None:
    """The very command on the page, on the very file beside it, gives the winners on the page."""
    round_ = import_round(read_pb(real / "Poland_Gdansk_2020_Olszynka.pb"), Options("greedy"))
    page = client.get(reverse("budgeting:result", args=[round_.pk])).content.decode()
    found = re.search(r"manage\.py recount (\S+) ([^<]+)", page)
    assert found is not None
    file = tmp_path / found[1]
    file.write_bytes(b"".join(published.pb_files(round_).values()))
    out = StringIO()
    call_command("recount", str(file), *found[2].split(), "--json", stdout=out)
    winners = [int(one) for one in json.loads(out.getvalue())["winners"]]
    assert winners == Count.objects.get(round=round_).winners
