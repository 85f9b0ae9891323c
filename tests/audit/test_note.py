"""Notes and checkpoints: what other tools made is read, and what is made here they can read."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.checkpoint import Checkpoint, open_checkpoint
from audit.merkle import EMPTY
from audit.note import LONGEST, Malformed, NoteKey, NoteSigner, NotSigned, opened, sign

# The vector of Go's own implementation, golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SEED = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_LINE = (
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
GO_NOTE = f"{GO_TEXT}\n{GO_LINE}"
# And one of a library in another language again.
OTHER_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
OTHER_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)

ORIGIN = "rj.example/log"


def signer(number: int, name: str = ORIGIN) -> NoteSigner:
    return NoteSigner(name, Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


def checkpoint(size: int = 7) -> Checkpoint:
    return Checkpoint(ORIGIN, size, EMPTY)


@pytest.mark.parametrize(("key", "note"), [(GO_KEY, GO_NOTE), (OTHER_KEY, OTHER_NOTE)])
def test_notes_that_other_tools_made_are_read(key: str, note: str) -> None:
    trusted = NoteKey.read(key)
    assert str(trusted) == key
    found = opened(note.encode(), [trusted])
    assert found.text == note.partition("\n\n")[0] + "\n"
    assert found.signed_by == (trusted,)


def test_a_note_made_here_is_the_same_to_the_byte_as_one_that_another_tool_made() -> None:
    seed = base64.b64decode(GO_SEED)[1:]
    made = sign(GO_TEXT, [NoteSigner("PeterNeumann", Ed25519PrivateKey.from_private_bytes(seed))])
    assert made == GO_NOTE


def test_a_note_with_a_letter_changed_is_not_signed() -> None:
    with pytest.raises(NotSigned, match="does not fit this note"):
        opened(GO_NOTE.replace("answer", "Answer").encode(), [NoteKey.read(GO_KEY)])


def test_signatures_by_others_are_passed_over_and_by_nobody_known_do_not_count() -> None:
    note = checkpoint().signed([signer(1), signer(2), signer(3, "witness.example/w")]).encode()
    assert open_checkpoint(note, [signer(2).key]).by == (signer(2).key,)
    assert open_checkpoint(note, [signer(1).key, signer(2).key]).by == (
        signer(1).key,
        signer(2).key,
    )
    with pytest.raises(NotSigned, match="none of the known keys"):
        opened(note, [signer(4).key])
    with pytest.raises(NotSigned, match="another log than the key"):
        open_checkpoint(note, [signer(3, "witness.example/w").key])


def test_one_false_signature_of_a_known_key_spoils_the_note() -> None:
    good = checkpoint().signed([signer(1)])
    line = checkpoint(8).signed([signer(2)]).split("\n\n")[1]
    with pytest.raises(NotSigned, match="does not fit"):
        opened((good + line).encode(), [signer(1).key, signer(2).key])


def test_a_key_that_is_cut_or_changed_anywhere_is_not_taken() -> None:
    pieces = [GO_KEY[i:j] for i in range(len(GO_KEY)) for j in range(i + 1, len(GO_KEY) + 1)]
    for piece in pieces:
        if piece != GO_KEY:
            with pytest.raises(Malformed):
                NoteKey.read(piece)
    for place, letter in enumerate(GO_KEY):
        with pytest.raises(Malformed):
            NoteKey.read(GO_KEY[:place] + chr(ord(letter) + 1) + GO_KEY[place + 1 :])


def test_a_checkpoint_says_its_name_size_and_root_in_the_published_form() -> None:
    text = "rj.example/log\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    assert checkpoint().text == text
    assert Checkpoint.read(text) == checkpoint()
    assert Checkpoint.read(f"{text}an extension\n") == checkpoint()


ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "rj.example/log\n",
        "rj.example/log\n7\n",
        f"\n7\n{ROOT}\n",
        f"rj.example/log\n07\n{ROOT}\n",
        f"rj.example/log\n-7\n{ROOT}\n",
        f"rj.example/log\n\u0667\n{ROOT}\n",
        "rj.example/log\n" + "7" * 5000 + f"\n{ROOT}\n",
        "rj.example/log\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        "rj.example/log\n7\n47DEQpj8\n",
        f"rj.example/log\n7\n{ROOT}\n\n",
    ],
)
def test_what_is_no_checkpoint_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(Malformed, match="this is not a checkpoint"):
        Checkpoint.read(text)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\n\n",
        b"no signature\n",
        b"text\n\n",
        b"text\n\nno signature\n",
        b"text\n\n\xe2\x80\x94 name !!!!\n",
        b"text\n\n\xe2\x80\x94 name AAAA\n",
        b"text\n\n-- name AAAAAAAAAAAA\n",
        b"\xff\xfe\n\n\xe2\x80\x94 name AAAAAAAAAAAA\n",
        b"te\x00xt\n\n\xe2\x80\x94 name AAAAAAAAAAAA\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAAAAAAA",
        b"text\n\n" + b"\xe2\x80\x94 name AAAAAAAAAAAA\n" * 101,
        b"x" * (LONGEST + 1),
    ],
)
def test_what_is_no_note_is_not_taken_for_one(note: bytes) -> None:
    with pytest.raises(Malformed):
        opened(note, [signer(1).key])
