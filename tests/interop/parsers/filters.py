"""Parses every filter with odata-query's grammar.

The grammar is asked first with the filter as it is. What it does not know is
listed in GAPS, by name; each gap rewrites the construct, whose shape is checked
with a strict pattern, into something the grammar does know, so that the rest of
the filter is parsed all the same. A filter that does not parse with the gaps
filled is a failure.

    filters.py <directory with filters-*.txt and urls.txt>
"""

import json
import re
import sys
import xml.etree.ElementTree as xml
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

from odata_query.exceptions import ODataException
from odata_query.grammar import ODataLexer, ODataParser

STRING = r'"(?:[^"\\]|\\.)*"'
NAME = r"Microsoft\.Dynamics\.CRM\.[A-Za-z0-9]+\(PropertyName='[a-z_0-9]+'"

# Name, reason, the pattern of the construct, and its replacement.
GAPS = [
    (
        "lists of query functions",
        "arrays in JSON are Dataverse's, not OData's grammar",
        re.compile(rf"{NAME},PropertyValues=(\[{STRING}(?:,{STRING})*\])\)"),
        "a eq 1",
    ),
    (
        "query functions with three parameters",
        "its grammar reads named parameters of a function up to two",
        re.compile(rf"{NAME},PropertyValue1=[0-9]+,PropertyValue2=[0-9]+\)"),
        "a eq 1",
    ),
]


def parses(text):
    try:
        return ODataParser().parse(ODataLexer().tokenize(text)) is not None
    except (ODataException, AttributeError):
        # The parser's error for some unknown syntax.
        return False


def fill(pattern, meant, text):
    def filled(found):
        try:
            for array in found.groups():
                json.loads(array)
        except ValueError:
            # Not JSON: the grammar will refuse it.
            return found.group()
        return meant

    return pattern.sub(filled, text)


# Encoded: texts in single quotes, strings in double quotes, and the separators between options.
TOKEN = re.compile(r"%27(?:(?!%27).)*%27|%22(?:%5C(?:%..|.)|(?!%22|%5C).)*%22|[();,]")


def parts(value, separator):
    """Splits an encoded value at separators outside of texts and parentheses."""
    depth, start, found = 0, 0, []
    for token in TOKEN.finditer(value):
        if token.group() == separator and depth == 0:
            found.append(value[start : token.start()])
            start = token.end()
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
    return [*found, value[start:]]


def filters_of(name, value):
    """Returns the filters in a query option, with those of expanded records and aggregates."""
    if name == "$filter":
        yield unquote(value)
    elif name == "$expand":
        for item in parts(value, ","):
            for option in parts(item.partition("(")[2].removesuffix(")"), ";"):
                yield from filters_of(option.partition("=")[0], option.partition("=")[2])
    elif name == "$apply" and value.startswith("filter("):
        yield unquote(value.rpartition(")%2F")[0].removeprefix("filter("))
    elif name == "fetchXml":
        # FetchXML is no filter, but has to be well-formed. Python can read XML, Node cannot.
        try:
            xml.fromstring(unquote(value))
        except xml.ParseError as error:
            sys.exit(f"FAILED: {unquote(value)}\n    {error}")


def filters(directory):
    for path in sorted(directory.glob("filters-*.txt")):
        # Not splitlines(): that would also split at U+2028 and the like.
        yield from (line for line in path.read_text(encoding="utf-8").split("\n") if line)
    for url in (directory / "urls.txt").read_text(encoding="utf-8").split("\n"):
        for option in url.partition("?")[2].split("&"):
            yield from filters_of(option.partition("=")[0], option.partition("=")[2])


def main(directory):
    counts = Counter()
    failed = []
    for text in filters(Path(directory)):
        counts["filters"] += 1
        if parses(text):
            counts["as they are"] += 1
            continue
        for name, _, pattern, meant in GAPS:
            rewritten = fill(pattern, meant, text)
            if rewritten != text:
                counts[name] += 1
                text = rewritten
        if not parses(text):
            failed.append(text)
    total, plain = counts.pop("filters", 0), counts.pop("as they are", 0)
    print(f"odata-query: {total} filters, {plain} parsed as they are, {len(failed)} failed")
    for name, why, _, _ in GAPS:
        print(f"    {counts[name]} × {name}: {why}")
    if failed or not total:
        print("\n".join(failed[:20]))
        sys.exit("FAILED: odata-query does not read every filter")


if __name__ == "__main__":
    main(sys.argv[1])
