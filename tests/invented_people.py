"""Invented people of many origins, and the same people as somebody else would write them down."""

# ruff: noqa: SIM905, RUF001, S311 - names read better as words; chance need not be secret

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from anyascii import anyascii

from vault.details import PartyDetails

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIRST = """
Oliver Amelia George Isla Harry Ava Noah Mia Jack Ivy Leo Lily Arthur Freya Muhammad Florence
Oscar Willow Charlie Emily Jacob Ella Thomas Sophia William Grace James Evie Henry Poppy Alfie
Elsie Joshua Charlotte Freddie Daisy Theodore Sienna Archie Alice Isaac Phoebe Alexander Matilda
Joseph Ruby Edward Harriet Samuel Maisie Max Eleanor Daniel Rosie Mohammed Chloe Lucas Evelyn
Sebastian Layla Adam Catherine Kathryn Stephen Philip Geoffrey Siobhan Niamh Aoife Sean Padraig
Ciaran Angharad Rhys Dylan Gwen Hamish Morag Iain Eilidh Zoë André Chloé Jürgen Łukasz Małgorzata
Zbigniew Agnieszka Wojciech Katarzyna Piotr Ionuț Ștefan Andreea Gheorghe Olena Oleksandr Yusuf
Ayesha Fatima Hussain Zainab Imran Saima Abdul Rukhsana Gurpreet Harjit Manpreet Jaswinder Priya
Arjun Sunita Rajesh Deepika Oluwaseun Chukwuemeka Ngozi Adebayo Folake Kwame Akosua Thulani Nguyễn
Minh Linh Wei Xiuying Jian Mei Yuki Hiroshi Carlos Lucía José Inês João Giulia Matteo Björn Søren
Åsa Aylin Mehmet Şeyma Dimitrios Eleni Kofi Tendai Shanice Deshawn Tyrone Kelechi Rosalind Barnaby
Cressida Peregrine Margaret Elizabeth Robert Richard Michael Patricia Susan Christopher Anthony
Deborah Nicholas Victoria Benjamin Jennifer
""".split()
LAST = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans
Walker White Roberts Green Hall Wood Jackson Clarke Clark Harrison Cooper Ward Hill Moore Baker
Bailey Allen Phillips Watson Reid Reed Hughes Edwards Turner Mitchell Campbell Stewart Macdonald
McKenzie O'Brien O'Connor Murphy Kelly Byrne Doherty Llewellyn Pritchard Griffiths Khan Ahmed
Hussain Begum Ali Mahmood Akhtar Iqbal Rahman Chowdhury Singh Kaur Sandhu Dhillon Sharma Gupta
Nair Iyer Fernando Perera Nowak Kowalski Wiśniewska Wójcik Kamiński Lewandowski Zieliński Popescu
Ionescu Dumitru Shevchenko Kovalenko Ivanov Petrović Horvat Novák Nagy Szabó Müller Schneider
Fischer Dubois Lefèvre García Fernández Rodríguez Silva Oliveira Rossi Ferrari Papadopoulos Yılmaz
Öztürk Demir Kaya Okafor Adeyemi Nwosu Balogun Mensah Owusu Boateng Ncube Moyo Dlamini Abdi
Warsame Haile Tesfaye Nguyen Tran Pham Chen Wang Zhang Chowdury Tanaka Suzuki Kim Park Larsen
Sørensen Lindqvist Quillfeather Marblethwaite Underbarrow Thistlewaite Pemberton-Hale Ashworth-Lee
Featherstonehaugh Cholmondeley Winterbottom Ramsbottom Higginbotham Shuttleworth Entwistle
Braithwaite Hargreaves Postlethwaite Rowbotham Longbottom Fairweather Goodfellow Merryweather
Littlewood Blackwood Whitfield Ashdown Bracknell Thornbury Penhaligon Trevithick Tregenza
Polkinghorne Nancarrow Ap-Rhys Cadwallader Vaughan Merrick Maddocks
""".split()
SPELT = [
    ("ph", "f"),
    ("ck", "k"),
    ("ie", "y"),
    ("ee", "ea"),
    ("y", "i"),
    ("ei", "ie"),
    ("c", "k"),
    ("z", "s"),
    ("ou", "u"),
    ("th", "t"),
    ("oo", "u"),
    ("ai", "ay"),
    ("a", "e"),
    ("o", "u"),
    ("w", "v"),
    ("h", ""),
    ("ll", "l"),
    ("tt", "t"),
    ("nn", "n"),
    ("s", "ss"),
    ("e", ""),
]
SHORT = {
    "William": "Bill",
    "Robert": "Bob",
    "Elizabeth": "Liz",
    "Margaret": "Peggy",
    "Michael": "Mike",
    "Richard": "Dick",
    "Catherine": "Kate",
    "Thomas": "Tom",
    "Joseph": "Joe",
    "Edward": "Ted",
    "James": "Jim",
    "Susan": "Sue",
    "Patricia": "Pat",
    "Nicholas": "Nick",
    "Anthony": "Tony",
    "Benjamin": "Ben",
    "Jennifer": "Jenny",
    "Christopher": "Chris",
    "Daniel": "Danny",
    "Alexander": "Alex",
}
_EARLIEST, _DAYS = date(1940, 1, 1), 26_000


@dataclass(frozen=True)
class Noise:
    """One way in which somebody else writes a person down, and how often among a hundred."""

    name: str
    of_hundred: int
    change: Callable[[random.Random, dict[str, Any]], None]


def people(number: int, seed: int) -> Iterator[PartyDetails]:
    """Yield so many invented people, always the same for a seed; common names are commoner."""
    chance = random.Random(seed)
    for _ in range(number):
        first = [_often(chance, FIRST)]
        if chance.random() < 0.25:
            first.append(_often(chance, FIRST))
        born = _EARLIEST + timedelta(days=chance.randrange(_DAYS))
        yield PartyDetails(name=" ".join([*first, _often(chance, LAST)]), born=born)


def as_somebody_else_writes_it(person: PartyDetails, chance: random.Random) -> PartyDetails:
    """Return the same person with the slips, spellings and gaps of another record."""
    told: dict[str, Any] = {"names": (person.name or "").split(), "born": person.born}
    for noise in NOISE:
        if chance.randrange(100) < noise.of_hundred:
            noise.change(chance, told)
    return PartyDetails(name=" ".join(told["names"]), born=told["born"])


def _often(chance: random.Random, names: list[str]) -> str:
    return names[min(int(chance.expovariate(3.0) * len(names)), len(names) - 1)]


def _slip(chance: random.Random, told: dict[str, Any]) -> None:
    place = chance.randrange(len(told["names"]))
    word = told["names"][place]
    if len(word) < 4:
        return
    at = chance.randrange(1, len(word) - 1)
    told["names"][place] = chance.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeioulmnrst") + word[at + 1 :],
        ]
    )


def _spell(chance: random.Random, told: dict[str, Any]) -> None:
    place = chance.randrange(len(told["names"]))
    word = told["names"][place]
    fitting = [pair for pair in SPELT if pair[0] in word[1:].lower()]
    if fitting:
        here, there = chance.choice(fitting)
        told["names"][place] = word[0] + word[1:].lower().replace(here, there, 1)


def _swap(chance: random.Random, told: dict[str, Any]) -> None:
    told["names"] = [told["names"][-1], *told["names"][:-1]]


def _plain(chance: random.Random, told: dict[str, Any]) -> None:
    told["names"] = [anyascii(word).upper() for word in told["names"]]


def _without_middle(chance: random.Random, told: dict[str, Any]) -> None:
    told["names"] = [told["names"][0], told["names"][-1]]


def _call_short(chance: random.Random, told: dict[str, Any]) -> None:
    told["names"] = [SHORT.get(word, word) for word in told["names"]]


def _marry(chance: random.Random, told: dict[str, Any]) -> None:
    told["names"] = [*told["names"][:-1], _often(chance, LAST)]


def _forget_birth(chance: random.Random, told: dict[str, Any]) -> None:
    told["born"] = None


def _exchange_day(chance: random.Random, told: dict[str, Any]) -> None:
    born = told["born"]
    if born and born.day <= 12:
        told["born"] = born.replace(month=born.day, day=born.month)


def _mistype_birth(chance: random.Random, told: dict[str, Any]) -> None:
    born = told["born"]
    if born and born.day <= 28:
        told["born"] = chance.choice(
            [born.replace(year=born.year + 1), born.replace(day=max(1, born.day - 1))]
        )


NOISE = [
    Noise("without the middle name", 50, _without_middle),
    Noise("a name that it is short for", 30, _call_short),
    Noise("another spelling", 35, _spell),
    Noise("a slip of the finger", 20, _slip),
    Noise("last name first", 8, _swap),
    Noise("capitals without accents", 25, _plain),
    Noise("another surname", 4, _marry),
    Noise("no birth date", 15, _forget_birth),
    Noise("day and month exchanged", 3, _exchange_day),
    Noise("a figure of the birth date", 4, _mistype_birth),
]
