"""Child processes that are started in order, restarted when they die, stopped in reverse."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from commissioning.embedded.account import Account, CannotStart, dies_with_us

LOOK_EVERY = 0.05
# A child that lived this long is restarted at once; one that falls over again waits longer.
SETTLED = 3.0
LONGEST_WAIT = 5.0


@dataclass
class Child:
    """One process: how to start it, how to tell that it is up, how to stop it."""

    name: str
    command: list[str]
    stop_signal: signal.Signals = signal.SIGTERM
    account: Account = field(default_factory=Account)
    environment: Mapping[str, str] = field(default_factory=dict)
    # Where its output goes; without one, to ours.
    log: Path | None = None
    patience: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = LOOK_EVERY

    def start(self) -> None:
        """Start the process; it dies with us, but not of our Ctrl-C."""
        with contextlib.ExitStack() as stack:
            output = stack.enter_context(self.log.open("ab")) if self.log else None
            self.process = subprocess.Popen(
                self.command,
                cwd="/" if self.account.name else None,
                env=os.environ | dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                preexec_fn=dies_with_us(self.stop_signal),  # noqa: PLW1509
                **self.account.popen_arguments(),
            )
        self.started = time.monotonic()

    def dead(self) -> bool:
        """Whether it was started and is no more."""
        return self.process is not None and self.process.poll() is not None

    def revive(self) -> bool:
        """Start it again once its wait is over, a longer one each time that it fell at once."""
        lived = time.monotonic() - self.started
        if lived > SETTLED:
            self.wait = LOOK_EVERY
        if lived < self.wait:
            return False
        self.wait = min(LONGEST_WAIT, self.wait * 2)
        self.start()
        return True

    def stop(self) -> None:
        """Ask it to end, and end it when its patience is over."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Keeps children alive until it is told to stop."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.children: list[Child] = []
        self.stopping = False

    def ask_to_stop(self, *_: object) -> None:
        """For a signal handler. A second time, nobody is waited for."""
        if self.stopping:
            for child in self.children:
                child.patience = 0.0
        self.stopping = True

    def start(self, child: Child) -> None:
        """Start a child and keep it alive from now on."""
        child.start()
        self.children.append(child)

    def look(self) -> None:
        """Start again what has died."""
        for child in self.children:
            if child.dead() and child.revive():
                self.say(f"{child.name} had stopped and was started again")

    def wait_until(self, ready: Callable[[], bool], what: str, seconds: float) -> None:
        """Keep watch until something is ready; say what never was."""
        deadline = time.monotonic() + seconds
        while not self.stopping and not ready():
            if time.monotonic() > deadline:
                raise CannotStart(f"{what} was not ready within {seconds:.0f} seconds.")
            self.look()
            time.sleep(LOOK_EVERY)

    def watch(self) -> None:
        """Keep watch until asked to stop."""
        while not self.stopping:
            self.look()
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Stop the children, the last started first."""
        for child in reversed(self.children):
            child.stop()
