"""Invented people: given names and surnames as they are found in Irish and British services today."""

from __future__ import annotations

import unicodedata
from random import Random

GIVEN = (
    "Aisling Bríd Ciara Deirdre Eimear Fionnuala Gemma Hannah Íde Joanne Karolina Laoise Maeve Niamh Orla Póilín "
    "Róisín Sorcha Teresa Úna Agnieszka Blessing Catríona Danuta Esther Fatima Grace Ifeoma Jadwiga Kathleen "
    "Adebayo Brendan Cathal Dónal Eoin Fergal Gearóid Hugh Iarla Jarlath Kevin Lorcan Mícheál Niall Oisín Pádraig "
    "Ruairí Séamus Tadhg Ultan Andrzej Benedict Conor Darragh Emeka Fionn Gavin Harjit Imran José Kwame Liam"
).split()
SURNAMES = (
    "Ahern|Brosnan|Ó Cadhain|Daly|Egan|Flannery|Mac Gabhann|Hanrahan|Igwe|Joyce|Kavanagh|Lally|McNulty|Ní Laoire|"
    "O’Dowd|Ó Súilleabháin|Prendergast|Quirke|Rafferty|Scanlon|Tierney|Walsh|Kowalska|Nowak|Adeyemi|Mensah|Santos|"
    "Begley|Coyne|Devaney|Mac Eoin|Feeney|Geraghty|Hession|Ní Chonghaile|Keaveney|Lohan|Mannion|Nestor|Ó Flatharta|"
    "Patel|Qureshi|Rooney|Sweeney|Tansey|Varghese|Wójcik|Campbell|Donnelly|Magennis|McIlroy|Toner"
).split("|")


def invented_names(count: int, random: Random) -> list[str]:
    """``count`` different full names. Raises ValueError if there are not that many."""
    every = [f"{given} {surname}" for given in GIVEN for surname in SURNAMES]
    return random.sample(every, count)


def address_of(name: str, domain: str) -> str:
    """A plain address for a name: fadas and spaces go, the two parts stay."""
    spread = unicodedata.normalize("NFKD", name).casefold()
    given, _, surname = spread.partition(" ")
    return f"{_letters(given)}.{_letters(surname)}@{domain}"


def _letters(text: str) -> str:
    folded = text.replace("ł", "l").replace("ó", "o")
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())
