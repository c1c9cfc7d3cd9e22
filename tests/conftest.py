"""What every test stands on: real servers, started once for a run; a database for each worker.

Tests act as the app role. What a test with real transactions leaves behind is cleared away by the
superuser, since the app role cannot and must not.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any

import environ
import pytest
import redis
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import cluster

pytest_plugins = ["tests.cast"]

# How long an example takes says how busy the machine is, and nothing of what is tested.
hypothesis_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("untimed")

cluster_key = pytest.StashKey[cluster.Cluster]()
addresses_key = pytest.StashKey[cluster.Addresses]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers, or as an xdist worker take their addresses from the controller."""
    given = getattr(config, "workerinput", None)
    if given is not None:
        addresses = cluster.Addresses(**given["addresses"])
    elif config.option.collectonly or config.option.help:
        return
    else:
        config.stash[cluster_key] = cluster.Cluster()
        addresses = config.stash[cluster_key].addresses
    config.stash[addresses_key] = addresses
    # As pytest-django has DEBUG: nobody is let in as on one's own machine, unless a test says so.
    settings.LOCAL = False
    use_redis(addresses, worker_number(config))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker where the servers are."""
    node.workerinput["addresses"] = dataclasses.asdict(node.config.stash[addresses_key])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what we started."""
    if cluster_key in config.stash:
        config.stash[cluster_key].stop()


def worker_number(config: pytest.Config) -> int:
    """0 without xdist; 1, 2, ... for its workers."""
    worker: str = getattr(config, "workerinput", {}).get("workerid", "gw-1")
    return int(worker.removeprefix("gw")) + 1


def use_redis(addresses: cluster.Addresses, number: int) -> None:
    """Give this process a Redis database of its own."""
    url = f"{addresses.redis}/{number}"
    settings.REDIS_URL = settings.CELERY_BROKER_URL = url
    settings.CACHES["default"]["LOCATION"] = url


@pytest.fixture(scope="session")
def test_addresses(request: pytest.FixtureRequest) -> cluster.Addresses:
    """Where the servers of this run are. Their ``failure`` fails every test with a database."""
    addresses = request.config.stash[addresses_key]
    if addresses.failure:
        pytest.fail(f"the migrations do not run:\n{addresses.failure}", pytrace=False)
    return addresses


@pytest.fixture(scope="session")
def database_name(request: pytest.FixtureRequest) -> str:
    """The name of this worker's database."""
    return f"{cluster.TEMPLATE}_{worker_number(request.config)}"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: Any,
    test_addresses: cluster.Addresses,
    database_name: str,
) -> Iterator[None]:
    """This worker's database, a copy of the migrated template, which tests use as the app role."""
    cluster.clone(test_addresses, database_name)
    address = environ.Env.db_url_config(test_addresses.app.format(name=database_name))
    pool = {"min_size": 0, "max_size": 60, "timeout": 30}
    connection.settings_dict.update(address, OPTIONS={"pool": pool})
    connections.settings["default"].update(connection.settings_dict)
    superuser = test_addresses.superuser.format(name=database_name)

    def flush_as_superuser(self: TransactionTestCase) -> None:
        cluster.flush(superuser)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", flush_as_superuser)
    yield
    patch.undo()
    with django_db_blocker.unblock():
        connections.close_all()
        connection.close_pool()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def redis_client(request: pytest.FixtureRequest) -> Iterator[redis.Redis]:
    """This worker's Redis, as the application uses it."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        yield client


@pytest.fixture(autouse=True)
def empty_redis(redis_client: redis.Redis) -> None:
    """Nothing that one test put into Redis is there for the next."""
    redis_client.flushdb()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """No test reads the Welsh that a request of the one before it asked for."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
