"""Notices to staff: that something is theirs to do. Never to anybody else, and never about whom.

What there is to tell is found in the read models (`finding`), put into the outbox once
(`outbox`), and sent from there until it is known to be sent (`sending`). What is no longer so by
then is withdrawn.
"""

from notices.finding import Sources, to_tell
from notices.folder import Folder
from notices.notice import Kind, Notice
from notices.outbox import Outbox, open_outbox
from notices.problems import Down
from notices.sending import Sender, Sent, send
from notices.smtp import Smtp, Tls
from notices.staff import Addresses, NoAddresses

__all__ = [
    "Addresses",
    "Down",
    "Folder",
    "Kind",
    "NoAddresses",
    "Notice",
    "Outbox",
    "Sender",
    "Sent",
    "Smtp",
    "Sources",
    "Tls",
    "open_outbox",
    "send",
    "to_tell",
]
