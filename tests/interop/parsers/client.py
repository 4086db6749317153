"""Compares the filters in python-filters.tsv with Microsoft's Python client.

The Rust tests write `id<TAB>filter text`, one line each; the table below builds
the same expression with PowerPlatform-Dataverse-Client. The texts must be equal
byte for byte, and both sides must know the same ids.

In the tsv a line feed, carriage return, tab or backslash inside a text is
written as \\n, \\r, \\t or \\\\ .

    client.py <dir>          compare
    client.py --print        print the table as a tsv
"""

import enum
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from PowerPlatform.Dataverse.models.filters import col, raw
from PowerPlatform.Dataverse.models.query_builder import QueryBuilder


class EventType(enum.IntEnum):
    CONSULT = 192350001


GUID = UUID("7ea2d2f4-bf1f-4d0a-9a4e-3f1c2b5d6e70")
OWNER = UUID("00000000-0000-0000-0000-00000000000a")
UTC = timezone.utc

name = col("msdyn_name")
kind = col("msdyn_eventtype")
number = col("importsequencenumber")
created = col("createdon")
modified = col("modifiedon")
event_time = col("msdyn_eventtime")
version = col("versionnumber")
session = col("_msdyn_omnichannelsession_value")
owner = col("_ownerid_value")
state = col("statecode")
status = col("statuscode")
zone = col("timezoneruleversionnumber")
flag = col("new_flag")
rate = col("new_rate")
ratio = col("new_ratio")
price = col("new_price")
text = col("new_name")
count = col("new_count")


def where(*parts):
    """Returns what the client sends after several calls of where()."""
    query = QueryBuilder("msdyn_sessionevent")
    for part in parts:
        query.where(part)
    return query.build()["filter"]


EXPRESSIONS = {
    # Text.
    "text-eq": name == "a",
    "text-ne": name != "a",
    "text-gt": name > "a",
    "text-ge": name >= "a",
    "text-lt": name < "m",
    "text-le": name <= "m",
    "text-empty": name == "",
    "text-spaces": name == "  a  b ",
    "text-apostrophe": name == "O'Brien",
    "text-only-apostrophe": name == "'",
    "text-two-apostrophes": name == "it''s",
    "text-apostrophe-ends": name == "'quoted'",
    "text-percent": name == "100%",
    "text-percent-escape": name == "%27%20",
    "text-plus": name == "a+b",
    "text-ampersand": name == "a&b=c",
    "text-hash": name == "#1?/;,:@$",
    "text-double-quote": name == 'say "hi"',
    "text-backslash": name == "a\\b",
    "text-brackets": name == "(a) or [b] and {c}",
    "text-unicode": name == "Zoë 東京",
    "text-emoji": name == "👍🏽",
    "text-newline": name == "a\nb",
    "text-tab-return": name == "a\tb\r\nc",
    "text-looks-like-number": name == "1",
    "text-looks-like-guid": name == str(GUID),
    "text-null-word": name == "null",
    # Whole numbers, choices, states.
    "int-eq": number == 1,
    "int-ne": number != 0,
    "int-gt": number > 10,
    "int-ge": number >= 10,
    "int-lt": number < -1,
    "int-le": number <= 2147483647,
    "int-min": number == -2147483648,
    "int-zone": zone == 4,
    "bigint-gt": version > 9007199254740993,
    "bigint-max": version <= 9223372036854775807,
    "choice-eq": kind == 192350000,
    "choice-enum": kind == EventType.CONSULT,
    "choice-ne": kind != 192350000,
    "state-eq": state == 0,
    "status-eq": status == 1,
    # Yes/no.
    "bool-true": flag == True,  # noqa: E712
    "bool-false": flag == False,  # noqa: E712
    "bool-ne": flag != True,  # noqa: E712
    # Lookups.
    "guid-eq": session == GUID,
    "guid-ne": session != GUID,
    "guid-owner": owner == OWNER,
    # Dates and times.
    "datetime-eq": created == datetime(2024, 2, 29, 13, 5, 9, tzinfo=UTC),
    "datetime-ne": created != datetime(2024, 2, 29, 13, 5, 9, tzinfo=UTC),
    "datetime-gt": created > datetime(2024, 1, 1, tzinfo=UTC),
    "datetime-ge": created >= datetime(2024, 1, 1, tzinfo=UTC),
    "datetime-lt": modified < datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC),
    "datetime-le": modified <= datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC),
    "datetime-offset": event_time
    >= datetime(2024, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=2))),
    "datetime-microseconds": event_time
    == datetime(2024, 1, 1, 0, 0, 0, 123456, tzinfo=UTC),
    "date-ge": created >= date(2024, 2, 29),
    "date-lt": created < date(2024, 3, 1),
    # Decimals, floats, money.
    "decimal-eq": rate == Decimal("1.5"),
    "decimal-gt": rate > Decimal("-0.0001"),
    "decimal-large": rate <= Decimal("99999999999.1234567891"),
    "money-ge": price >= Decimal("1234.56"),
    "money-lt": price < Decimal("922337203685477.5807"),
    "float-eq": ratio == 0.5,
    "float-gt": ratio > 0.1,
    "float-lt": ratio < -2.25,
    "float-long": ratio == 0.30000000000000004,
    # Null.
    "null-eq": name.is_null(),
    "null-ne": name.is_not_null(),
    "null-lookup": session == None,  # noqa: E711
    "null-number": number != None,  # noqa: E711
    "null-date": event_time.is_null(),
    # Parts of a text.
    "contains": name.contains("chat"),
    "contains-apostrophe": name.contains("O'B"),
    "contains-percent": name.contains("50% off"),
    "contains-comma": name.contains("a, b"),
    "contains-unicode": name.contains("é"),
    "contains-newline": name.contains("a\nb"),
    "startswith": name.startswith("Agent"),
    "startswith-plus": name.startswith("+1 "),
    "endswith": name.endswith("left"),
    "endswith-ampersand": name.endswith("&co"),
    "like-start": name.like("Agent%"),
    "like-end": name.like("%left"),
    "like-middle": name.like("%chat%"),
    "like-plain": name.like("chat"),
    "not-contains": ~name.contains("chat"),
    "not-startswith": ~name.startswith("Agent"),
    "not-endswith": ~name.endswith("left"),
    "not-like": name.not_like("%chat%"),
    # Logic.
    "and": (state == 0) & (status == 1),
    "and-three-left": (state == 0) & (status == 1) & (number > 5),
    "and-three-right": (state == 0) & ((status == 1) & (number > 5)),
    "or": (state == 0) | (state == 1),
    "or-three-left": (kind == 1) | (kind == 2) | (kind == 3),
    "or-three-right": (kind == 1) | ((kind == 2) | (kind == 3)),
    "and-of-or": ((kind == 1) | (kind == 2)) & (state == 0),
    "or-of-and": ((kind == 1) & (state == 0)) | (kind == 2),
    "and-or-and": (((kind == 1) | (kind == 2)) & ((state == 0) | name.is_null())),
    "or-and-or": (((kind == 1) & (state == 0)) | ((kind == 2) & (state == 1))),
    "not-eq": ~(state == 1),
    "not-and": ~((state == 0) & (status == 1)),
    "not-or": ~((state == 0) | (status == 1)),
    "not-not": ~~(state == 1),
    "and-not": (state == 0) & ~(status == 1),
    "not-and-left": ~(state == 0) & (status == 1),
    "or-not-contains": ~name.contains("a") | ~name.contains("b"),
    "deep": (
        ~((name == "a") | (name.startswith("b") & (number > 1)))
        & (session.is_null() | (created >= datetime(2024, 1, 1, tzinfo=UTC)))
    ),
    "where-one": where(state == 0),
    # In and between.
    "in-int": kind.in_([192350000, 192350001]),
    "in-one": kind.in_([1]),
    "in-text": name.in_(["a", "b c"]),
    "in-text-unicode": name.in_(["東京", "a&b", "50%", "a+b"]),
    "not-in-int": kind.not_in([1, 2, 3]),
    "not-in-text": name.not_in(["a", "b"]),
    "in-and": kind.in_([1, 2]) & (state == 0),
    "between-int": number.between(1, 10),
    "between-text": name.between("a", "m"),
    "between-date": created.between(date(2024, 1, 1), date(2024, 12, 31)),
    "between-datetime": created.between(
        datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 31, 23, 59, 59, tzinfo=UTC)
    ),
    "between-decimal": price.between(Decimal("10.00"), Decimal("99.99")),
    "not-between-int": number.not_between(1, 10),
    "between-and": number.between(1, 10) & (state == 0),
    # The client has no query functions, but takes raw text.
    "raw-today": raw("Microsoft.Dynamics.CRM.Today(PropertyName='createdon')"),
    "raw-this-month": raw("Microsoft.Dynamics.CRM.ThisMonth(PropertyName='createdon')"),
    "raw-last-x-days": raw(
        "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)"
    ),
    "raw-and": (state == 0)
    & raw("Microsoft.Dynamics.CRM.Yesterday(PropertyName='modifiedon')"),
    "raw-columns": raw("createdon eq modifiedon"),
    # Made-up table.
    "new-name-count": (text == "a") & (count >= 3),
    "new-flag-or-price": (flag == True) | (price > 0),  # noqa: E712
}

ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r", "\\t": "\t"}


def escape(value):
    for written, meant in ESCAPES.items():
        value = value.replace(meant, written)
    return value


def expected():
    return {key: escape(str(value)) for key, value in EXPRESSIONS.items()}


def read(path):
    rows = {}
    # Not splitlines(): that would also split at U+2028 and the like.
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        key, tab, value = line.partition("\t")
        if not tab:
            sys.exit(f"{path}: no tab in {line!r}")
        if key in rows:
            sys.exit(f"{path}: id {key!r} twice")
        rows[key] = value
    return rows


def main(directory):
    wanted = expected()
    path = Path(directory) / "python-filters.tsv"
    if not path.is_file():
        sys.exit(f"FAILED: {path} is missing")
    found = read(path)
    problems = []
    for key in sorted(wanted.keys() | found.keys()):
        if key not in found:
            problems.append(f"{key}: only in the Python table: {wanted[key]}")
        elif key not in wanted:
            problems.append(f"{key}: only in {path.name}: {found[key]}")
        elif found[key] != wanted[key]:
            problems.append(f"{key}:\n  rust   {found[key]}\n  python {wanted[key]}")
    equal = len(wanted.keys() & found.keys()) - sum("\n" in p for p in problems)
    print(f"python client: {equal} of {len(wanted)} filters equal")
    if problems:
        print("\n".join(problems))
        sys.exit("FAILED: the Python client builds other filters")


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        for key, value in expected().items():
            print(f"{key}\t{value}")
    else:
        main(sys.argv[1])
