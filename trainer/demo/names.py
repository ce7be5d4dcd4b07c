"""Invented people: given names and surnames as they are found in Irish and British services today."""

from __future__ import annotations

import unicodedata
from random import Random

WOMEN = tuple(
    "Aisling,Bríd,Ciara,Deirdre,Eimear,Fionnuala,Gemma,Hannah,Íde,Joanne,Karolina,Laoise,Maeve,Niamh,Orla,Póilín,"  # noqa: SIM905
    "Róisín,Sorcha,Teresa,Úna,Agnieszka,Blessing,Catríona,Danuta,Esther,Fatima,Grace,Ifeoma,Jadwiga,Kathleen".split(",")
)
MEN = tuple(
    "Adebayo,Brendan,Cathal,Dónal,Eoin,Fergal,Gearóid,Hugh,Iarla,Jarlath,Kevin,Lorcan,Mícheál,Niall,Oisín,Pádraig,"  # noqa: SIM905
    "Ruairí,Séamus,Tadhg,Ultan,Andrzej,Benedict,Conor,Darragh,Emeka,Fionn,Gavin,Harjit,Imran,José,Kwame,Liam".split(",")
)
# Where a family's men and women write the name differently: men/women.
SURNAMES = tuple(
    "Ahern,Brosnan,Ó Cadhain/Ní Chadhain,Daly,Egan,Flannery,Mac Gabhann/Nic Gabhann,Hanrahan,Igwe,Joyce,Lally,McNulty,"  # noqa: SIM905
    "Ó Laoire/Ní Laoire,O’Dowd,Ó Súilleabháin/Ní Shúilleabháin,Prendergast,Quirke,Rafferty,Scanlon,Tierney,Walsh,"
    "Kowalski/Kowalska,Nowak,Adeyemi,Mensah,Santos,Begley,Coyne,Devaney,Mac Eoin/Nic Eoin,Feeney,Geraghty,Hession,"
    "Ó Conghaile/Ní Chonghaile,Keaveney,Lohan,Mannion,Nestor,Ó Flatharta/Ní Fhlatharta,Patel,Rooney,Sweeney,Tansey,"
    "Varghese,Wójcik,Campbell,Donnelly,Magennis,Toner".split(",")
)


def invented_names(count: int, random: Random) -> list[str]:
    """``count`` different full names. Raises ValueError if there are not that many."""
    men = [f"{given} {surname.split('/')[0]}" for given in MEN for surname in SURNAMES]
    women = [f"{given} {surname.split('/')[-1]}" for given in WOMEN for surname in SURNAMES]
    return random.sample(men + women, count)


def address_of(name: str, domain: str) -> str:
    """A plain address for a name: fadas and spaces go, the two parts stay."""
    spread = unicodedata.normalize("NFKD", name).casefold()
    given, _, surname = spread.partition(" ")
    return f"{_letters(given)}.{_letters(surname)}@{domain}"


def _letters(text: str) -> str:
    folded = text.replace("ł", "l").replace("ó", "o")
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())
