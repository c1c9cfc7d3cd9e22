"""With Redis down a page does not wait: what it queued stays in the database."""

import socket
import threading

import pytest
from celery import current_app
from kombu.exceptions import OperationalError


def test_queueing_knocks_once_and_gives_up() -> None:
    knocks: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def slam() -> None:
            while True:
                try:
                    caller, _address = door.accept()
                except OSError:
                    return
                knocks.append(caller)
                caller.close()

        threading.Thread(target=slam, daemon=True).start()
        url = f"redis://127.0.0.1:{door.getsockname()[1]}/0"
        with (
            current_app.connection_for_write(url) as connection,
            pytest.raises(OperationalError),
        ):
            current_app.send_task("notices.sweep", connection=connection, retry=False)
        door.shutdown(socket.SHUT_RDWR)
    # A connection may be opened for the queue and one for its fan-out; never again and again.
    assert 1 <= len(knocks) <= 2
