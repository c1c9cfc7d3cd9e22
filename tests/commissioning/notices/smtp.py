"""A mail server of a few lines, over a real socket, that can be told to stall where it hurts."""

import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Post:
    """What the server was given, and how it behaves."""

    accepted: list[EmailMessage] = field(default_factory=list)
    # Where it falls silent: "", "rcpt" (before the mail), "dot" (mail received, not accepted),
    # "accepted" (mail kept, answer never sent).
    stall_at: str = ""
    refuse_with: str = ""
    stalled: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Handler(socketserver.StreamRequestHandler):
    """One conversation, as far as RFC 5321 is needed."""

    server: "Server"

    def handle(self) -> None:
        """Answer each command in its turn."""
        self.say("220 test")
        for raw in self.rfile:
            command = raw.decode().strip().upper()
            if command.startswith("DATA"):
                self.take_mail()
            elif command.startswith("RCPT"):
                self.answer_recipient()
            elif command.startswith("QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, line: str) -> None:
        """Send a line; whoever has hung up does not hear it."""
        try:
            self.wfile.write(line.encode() + b"\r\n")
        except OSError:
            return

    def answer_recipient(self) -> None:
        post = self.server.post
        if post.stall_at == "rcpt":
            self.stall()
        self.say(post.refuse_with or "250 ok")

    def take_mail(self) -> None:
        post = self.server.post
        self.say("354 go on")
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw[1:] if raw.startswith(b"..") else raw)
        else:
            return
        if post.stall_at == "dot":
            self.stall()
            return
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        with post.lock:
            post.accepted.append(message)
        if post.stall_at == "accepted":
            self.stall()
        self.say("250 kept")

    def stall(self) -> None:
        """Say nothing more until the other side is gone."""
        self.server.post.stalled.set()
        while self.rfile.readline():
            pass


class Server(socketserver.ThreadingTCPServer):
    """The server; ``post`` is what it was given."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.post = Post()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])
