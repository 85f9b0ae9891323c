"""What somebody with every right on the database can do to a log: rows in, other rows out.

Each attack aims at one row. It returns None where it makes no sense there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from audit.verify.entry import START, hash_of, prefix_of
from store.seal import SEAL_LENGTH, Seals
from tests.audit.logs import SEAL, STRANGER, case, sealing

if TYPE_CHECKING:
    from audit.verify.entry import Recorded

Log = Sequence["Recorded"]
Attack = Callable[[Log, int], "list[Recorded] | None"]


def _put(row: Recorded, **given: object) -> Recorded:
    stream, version, name, state, position = row
    new = {"stream": stream, "version": version, "name": name, "state": state, "position": position}
    new |= given
    return (new["stream"], new["version"], new["name"], new["state"], new["position"])  # type: ignore[return-value]


def _forged(state: bytes) -> bytes:
    assert b'"thread":"V1-O1"' in state
    return state.replace(b'"thread":"V1-O1"', b'"thread":"V1-O2"')


def _linked(state: bytes, previous: bytes) -> bytes:
    at = state.index(b'"previous":"') + len(b'"previous":"')
    return state[:at] + previous + state[at + 64 :]


def _chained(log: Log, stream: bytes, seals: Seals | None = None) -> list[Recorded]:
    """Number and link a stream's rows anew, and seal them anew if there is a key to."""
    rows, previous, version = [], START, 0
    for row in log:
        if row[0] != stream:
            rows.append(row)
            continue
        version += 1
        state = _linked(row[3], previous)
        if seals is not None and b',"seal":{"key":"' in state:
            body = state[:-SEAL_LENGTH] + b"}"
            state = seals.seal(stream.decode(), version, row[2].decode(), body)
        rows.append(_put(row, version=version, state=state))
        previous = hash_of(prefix_of(stream), version, row[2], state).hex().encode()
    return rows


def _edited(log: Log, at: int) -> list[Recorded]:
    return [_put(row, state=_forged(row[3])) if n == at else row for n, row in enumerate(log)]


def _without(log: Log, at: int) -> list[Recorded]:
    return [*log[:at], *log[at + 1 :]]


def _with(log: Log, at: int) -> list[Recorded]:
    """Put a copy of a row's append of one, with other content, behind it."""
    row = log[at]
    body = _single(row[3])
    new = _put(row, state=_forged(body), position=row[4] + 1, version=row[1] + 1)
    later = [_put(one, position=one[4] + 1) for one in log[at + 1 :]]
    return [*log[: at + 1], new, *later]


def _single(state: bytes) -> bytes:
    """Return an entry of several as if it were an append of its own, with some seal."""
    for parts in range(1, 5):
        for part in range(1, parts + 1):
            state = state.replace(
                f'"part":{part},"parts":{parts},'.encode(), b'"part":1,"parts":1,'
            )
    if b',"seal":{"key":"' not in state:
        state = state[:-1] + f',"seal":{{"key":"{SEAL.id}","sig":"{"A" * 86}=="}}}}'.encode()
    return state


def edit(log: Log, at: int) -> list[Recorded]:
    return _edited(log, at)


def edit_and_chain(log: Log, at: int) -> list[Recorded]:
    return _chained(_edited(log, at), log[at][0])


def edit_and_seal_with_another_key(log: Log, at: int) -> list[Recorded]:
    return _chained(_edited(log, at), log[at][0], sealing(STRANGER))


def edit_and_seal_with_the_key(log: Log, at: int) -> list[Recorded]:
    return _chained(_edited(log, at), log[at][0], sealing())


def rename(log: Log, at: int) -> list[Recorded]:
    return [_put(row, name=b"other_step") if n == at else row for n, row in enumerate(log)]


def move_to_another_case(log: Log, at: int) -> list[Recorded]:
    other = case(77).encode()
    return [_put(row, stream=other) if n == at else row for n, row in enumerate(log)]


def delete(log: Log, at: int) -> list[Recorded]:
    return _without(log, at)


def delete_and_chain(log: Log, at: int) -> list[Recorded]:
    return _chained(_without(log, at), log[at][0])


def delete_and_seal_with_the_key(log: Log, at: int) -> list[Recorded] | None:
    ends = b'"part":1,"parts":1,' in log[at][3]
    return _chained(_without(log, at), log[at][0], sealing()) if ends else None


def insert(log: Log, at: int) -> list[Recorded] | None:
    last = not any(row[0] == log[at][0] for row in log[at + 1 :])
    return _with(log, at) if last else None


def insert_and_chain(log: Log, at: int) -> list[Recorded]:
    return _chained(_with(log, at), log[at][0])


def insert_and_seal_with_the_key(log: Log, at: int) -> list[Recorded] | None:
    ends = b',"seal":{"key":"' in log[at][3]
    return _chained(_with(log, at), log[at][0], sealing()) if ends else None


def _next_of_stream(log: Log, at: int) -> int | None:
    return next((n for n in range(at + 1, len(log)) if log[n][0] == log[at][0]), None)


def swap_payloads(log: Log, at: int) -> list[Recorded] | None:
    other = _next_of_stream(log, at)
    if other is None:
        return None
    rows = [*log]
    rows[at], rows[other] = _put(log[at], state=log[other][3]), _put(log[other], state=log[at][3])
    return rows


def swap_rows_of_a_case(log: Log, at: int) -> list[Recorded] | None:
    other = _next_of_stream(log, at)
    return None if other is None else _swapped(log, at, other)


def swap_rows_of_two_cases(log: Log, at: int) -> list[Recorded] | None:
    """Two whole appends of one, of different cases, in each other's place."""
    other = at + 1
    if other >= len(log) or log[at][0] == log[other][0]:
        return None
    return _swapped(log, at, other)


def _swapped(log: Log, at: int, other: int) -> list[Recorded]:
    rows = [*log]
    rows[at], rows[other] = (
        _put(log[other], position=log[at][4]),
        _put(log[at], position=log[other][4]),
    )
    return rows


def case_last(log: Log, at: int) -> list[Recorded] | None:
    """The whole case, moved behind all others."""
    stream, newest = log[at][0], log[-1][4]
    moved = [row for row in log if row[0] == stream]
    rows = [row for row in log if row[0] != stream]
    rows += [_put(row, position=newest + n) for n, row in enumerate(moved, 1)]
    return rows if [r[3] for r in rows] != [r[3] for r in log] else None


def cut_case(log: Log, at: int) -> list[Recorded]:
    return [row for n, row in enumerate(log) if n < at or row[0] != log[at][0]]


def delete_case(log: Log, at: int) -> list[Recorded]:
    return [row for row in log if row[0] != log[at][0]]


def cut_log(log: Log, at: int) -> list[Recorded]:
    return [*log[:at]]


def back_to_an_old_copy(log: Log, at: int) -> list[Recorded]:
    """What was there after the append that ends before this row."""
    ends = [n + 1 for n in range(at) if b',"seal":{"key":"' in log[n][3]]
    return [*log[: ends[-1] if ends else 0]]


def copy_row(log: Log, at: int) -> list[Recorded]:
    newest = max(row[1] for row in log if row[0] == log[at][0])
    return [*log, _put(log[at], version=newest + 1, position=log[-1][4] + 1)]


def copy_case(log: Log, at: int) -> list[Recorded]:
    other, newest = case(78).encode(), log[-1][4]
    rows = [row for row in log if row[0] == log[at][0]]
    return [*log, *(_put(r, stream=other, position=newest + n) for n, r in enumerate(rows, 1))]


def strip_seal(log: Log, at: int) -> list[Recorded] | None:
    row = log[at]
    if b',"seal":{"key":"' not in row[3]:
        return None
    return [*log[:at], _put(row, state=row[3][:-SEAL_LENGTH] + b"}"), *log[at + 1 :]]


def spoil_seal(log: Log, at: int) -> list[Recorded] | None:
    row = log[at]
    if b',"seal":{"key":"' not in row[3]:
        return None
    state = row[3][:-40] + (b"A" if row[3][-40:-39] != b"A" else b"B") + row[3][-39:]
    return [*log[:at], _put(row, state=state), *log[at + 1 :]]


def renumber_case(log: Log, at: int) -> list[Recorded]:
    return [_put(row, version=row[1] + 1) if row[0] == log[at][0] else row for row in log]


def empty(log: Log, at: int) -> list[Recorded]:
    return [*log[:at], _put(log[at], state=b""), *log[at + 1 :]]


def spaces(log: Log, at: int) -> list[Recorded]:
    """The same JSON in other bytes."""
    state = log[at][3].replace(b'"thread":', b'"thread": ')
    return [*log[:at], _put(log[at], state=state), *log[at + 1 :]]


def claim_a_shorter_append(log: Log, at: int) -> list[Recorded] | None:
    state = _single(log[at][3])
    return [*log[:at], _put(log[at], state=state), *log[at + 1 :]] if state != log[at][3] else None


ATTACKS: tuple[Attack, ...] = (
    edit,
    edit_and_chain,
    edit_and_seal_with_another_key,
    edit_and_seal_with_the_key,
    rename,
    move_to_another_case,
    delete,
    delete_and_chain,
    delete_and_seal_with_the_key,
    insert,
    insert_and_chain,
    insert_and_seal_with_the_key,
    swap_payloads,
    swap_rows_of_a_case,
    swap_rows_of_two_cases,
    case_last,
    cut_case,
    delete_case,
    cut_log,
    back_to_an_old_copy,
    copy_row,
    copy_case,
    strip_seal,
    spoil_seal,
    renumber_case,
    empty,
    spaces,
    claim_a_shorter_append,
)
WITH_THE_KEY = frozenset(
    {
        edit_and_seal_with_the_key,
        delete_and_seal_with_the_key,
        insert_and_seal_with_the_key,
    }
)
"""Those of somebody who has the key of the seals too: only a checkpoint shows them."""
OF_ENDS_AND_ORDER = frozenset(
    {
        delete,
        delete_and_chain,
        swap_rows_of_two_cases,
        case_last,
        cut_case,
        delete_case,
        cut_log,
        back_to_an_old_copy,
    }
)
"""Those that may leave whole, sealed streams behind: only a checkpoint shows them."""
