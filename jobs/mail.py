"""Mail: the port through which Minutier writes to people, and what carries it.

A message is handed over once its job runs; a job that dies half-way may hand it over again, with
the same Message-ID, by which mail servers know it.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from core.clock import Now, utc_now
from core.errors import InvalidFacts, Unavailable

_SECONDS: Final = 20
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class MailNotSent(Unavailable):
    """The mail server does not answer, or asks to come again."""

    slug = "mail-not-sent"
    title = "The message could not be sent now"


class MailRefused(InvalidFacts):
    """The mail server refuses the message or its recipient for good."""

    slug = "mail-refused"
    title = "The message is refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to one person.

    Attributes:
        id: The same for every attempt to send it; becomes its Message-ID.
        to: Address.
        text: Plain text.
    """

    id: str
    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """What carries messages."""

    @property
    def carries(self) -> bool:
        """Whether messages leave; False where no mail is configured."""
        ...

    def send(self, message: Message) -> None:
        """Hand a message over.

        Raises:
            MailNotSent: not now; the same call may succeed later.
            MailRefused: never.
        """
        ...


class NoMailer:
    """Where no mail is configured: links are for the caller to pass on."""

    carries = False

    def send(self, message: Message) -> None:
        """Refuse it: nobody should have asked."""
        raise MailRefused(f"no mail is configured; {message.id} was not sent")


class FolderMailer:
    """Puts messages into a folder as ``.eml`` files, for the embedded stack and for trials."""

    carries = True

    def __init__(self, folder: Path, sender: str, now: Now = utc_now) -> None:
        self._folder, self._sender, self._now = folder, sender, now

    def send(self, message: Message) -> None:
        """See `Mailer.send`."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            written = written_message(message, self._sender, self._now)
            path = self._folder / f"{message.id}.eml"
            path.with_suffix(".part").write_bytes(bytes(written))
            path.with_suffix(".part").rename(path)
        except OSError as error:
            raise MailNotSent("the folder of mails cannot be written to") from error


class SmtpMailer:
    """Hands messages to an SMTP server: TLS from the start or by STARTTLS; never in the clear.

    Only a server of this machine is spoken to without TLS, unless the address says ``tls=none``.
    """

    carries = True

    def __init__(self, url: str, sender: str, now: Now = utc_now) -> None:
        self._url, self._sender, self._now = urlsplit(url), sender, now

    def send(self, message: Message) -> None:
        """See `Mailer.send`."""
        written = written_message(message, self._sender, self._now)
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSent("the mail server does not answer") from error
        try:
            server.send_message(written)
        except smtplib.SMTPRecipientsRefused as error:
            raise _answered(code for code, _ in error.recipients.values()) from error
        except smtplib.SMTPResponseException as error:
            raise _answered([error.smtp_code]) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSent("the mail server broke off") from error
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def _connected(self) -> smtplib.SMTP:
        host, user = self._url.hostname or "", self._url.username
        server: smtplib.SMTP
        if self._url.scheme == "smtps":
            context = ssl.create_default_context()
            server = smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, self._url.port or 587, timeout=_SECONDS)
        try:
            if self._url.scheme == "smtp" and wants_tls(self._url):
                server.starttls(context=ssl.create_default_context())
            if user:
                server.login(unquote(user), unquote(self._url.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def wants_tls(url: SplitResult) -> bool:
    """Whether a server of this address is spoken to by STARTTLS."""
    told = parse_qs(url.query).get("tls", [""])[0]
    return told != "none" and (told == "starttls" or url.hostname not in _LOOPBACK)


def build_mailer(url: str | None, sender: str, now: Now = utc_now) -> Mailer:
    """The mailer of an address: ``smtp://``, ``smtps://``, ``file:///folder``; None: none."""
    if url is None:
        return NoMailer()
    if url.startswith("file://"):
        return FolderMailer(Path(unquote(urlsplit(url).path)), sender, now)
    return SmtpMailer(url, sender, now)


def written_message(message: Message, sender: str, now: Now) -> EmailMessage:
    """A message as it goes out: nothing automatic answers it."""
    _, address = parseaddr(sender)
    written = EmailMessage()
    written["From"] = sender
    written["To"] = message.to
    written["Subject"] = message.subject
    written["Date"] = format_datetime(now())
    written["Message-ID"] = f"<{message.id}@{address.rpartition('@')[2] or 'localhost'}>"
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(message.text)
    return written


_FOR_GOOD: Final = range(500, 600)


def _answered(codes: Iterable[int]) -> MailNotSent | MailRefused:
    found = list(codes)
    if found and all(code in _FOR_GOOD for code in found):
        return MailRefused(f"the mail server refuses it ({', '.join(map(str, found))})")
    return MailNotSent(f"the mail server asks to come again ({', '.join(map(str, found))})")
