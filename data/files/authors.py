"""Who wrote a source? The names of a row as references have them: in parts where they are plainly persons', else as written."""

import re
from collections.abc import Mapping
from typing import Any

Name = dict[str, str]

PERSON = re.compile(
    r"((?:[A-Z]\. )?[A-Z][a-z]+|[A-Z][a-z]+ [A-Z]\.) ((?:(?:da|de|del|der|di|du|la|le|van|von) )*[A-Z][a-z]+)"
)
# Words of which a body's name is made, so that one of two words is not taken for a person's.
BODY = re.compile(
    r"\b(Academy|Administration|Agency|Air|Alliance|American|Archives?|Army|Assembly|Associated|Associates|Associations?|Authority"
    r"|Board|Books|Britain|British|Broadcasting|Bureau|Center|Centre|China|Chinese|Coalition|College|Command|Commissions?"
    r"|Committees?|Company|Congress|Corporation|Corps|Council|Court|Daily|Defen[cs]e|Department|Directorate|Division|Embassy"
    r"|Families|Federal|Federation|Force|Forces|Foreign|Forum|Foundation|Fund|Government|Group|Headquarters|Herald|House"
    r"|Information|Institutes?|Institution|International|Japan|Japanese|Journal|Korea|Korean|Laborator(?:y|ies)|League|Legion"
    r"|Library|Magazine|Marines?|Media|Memorial|Military|Ministry|Mission|Monitor|Museum|National|Nations|Navy|Network|News|North"
    r"|Office|Organi[sz]ation|Pacific|Party|Post|Press|Project|Public|Radio|Records|Registration|Registry|Relations|Research|Russia"
    r"|Russian|School|Secretary|Senate|Services?|Society|South|Soviet|Staff|Star|Stars|State|States|Support|System|Team|Television"
    r"|Thunder|Times|Today|Tribune|Union|United|University|Veterans|Voice|War|Watch|World)\b"
)
# Family names that Koreans write first, in the spellings that are usual in English.
KOREAN_FAMILY = re.compile(
    r"(?:Ahn|An|Bae|Baek|Ban|Cha|Chang|Cho|Choe|Choi|Chon|Chong|Chung|Han|Heo|Hong|Huh|Hwang|Im|Jang|Jeon|Jeong|Jo|Jung|Kang|Kim|Ko|Koh"
    r"|Kwon|Lee|Lim|Min|Moon|Nam|No|Noh|Oh|Paek|Paik|Pak|Park|Ri|Rhee|Roh|Ryu|Seo|Shim|Shin|Sim|Sin|So|Son|Song|Suh|Yang|Yi|Yoo|Yoon|Yu"
    r"|Yun) "
)
# Bodies whose own texts name no other author: whoever publishes them speaks in them.
SPEAKS_ITSELF = ("official", "institution")


def authors_of(source: Mapping[Any, Any], kind: str) -> list[Name]:
    """The authors that a row names; of a report, or of a body's own text, that names none the body that published it."""
    author, publisher = source["author"], source["publisher"]
    if author:
        return _names(author, publisher)
    is_own = kind in ("report", "hearing") or (source["tier"] in SPEAKS_ITSELF and kind in ("webpage", "document"))
    return [{"literal": publisher}] if publisher and is_own else []


def _names(author: str, publisher: str) -> list[Name]:
    """Each of several persons as a name; what is not plainly a list of persons is one name."""
    several = [part for part in re.split(r",? and |, ", author) if part]
    names = [_name(part, publisher) for part in several]
    return names if all("family" in name for name in names) else [_name(author, publisher)]


def _name(author: str, publisher: str) -> Name:
    """A name as CSL has it: in parts only where it is plainly a given name before a family name, else as it is written.

    A last word with a hyphen may be the given name of a Korean, so that it is left alone.
    """
    person = PERSON.fullmatch(author)
    if person and author != publisher and is_person(author):
        return {"family": person[2], "given": person[1]}
    return {"literal": author}


def is_person(name: str) -> bool:
    """Whether a name is plainly that of a person, the given name first."""
    return bool(PERSON.fullmatch(name)) and not BODY.search(name) and not KOREAN_FAMILY.match(name)
