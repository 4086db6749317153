#!/usr/bin/env python3
"""Chooses tables of a `$metadata` document, and lists the columns of their generated structs for sample.rs.

    sample.py choose DOCUMENT          prints the logical names
    sample.py list CRATE DOCUMENT      prints the listing of the structs that `cargo dataverse` has written to CRATE
"""
import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"


class Document:
    """The tables of a `$metadata` document: entity types that descend from `crmbaseentity` and have an entity set."""

    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.types = {each.get("Name"): each for each in root.iter(EDM + "EntityType")}
        self.sets = {each.get("EntityType").split(".")[-1]: each.get("Name") for each in root.iter(EDM + "EntitySet")}
        self.tables = [name for name in self.types if name in self.sets and "crmbaseentity" in self.line(name)]

    def line(self, name):
        """Returns the type and those that it descends from."""
        out = []
        while name is not None:
            out.append(name)
            base = self.types[name].get("BaseType")
            name = base and base.split(".")[-1]
        return out

    def members(self, name, kind):
        return [each for part in self.line(name) for each in self.types[part].findall(EDM + kind)]

    def columns(self, name):
        return {each.get("Name") for each in self.members(name, "Property")}

    def targets(self, name):
        """Returns the tables that each lookup points to."""
        out = {}
        for nav in self.members(name, "NavigationProperty"):
            for constraint in nav.findall(EDM + "ReferentialConstraint"):
                out.setdefault(constraint.get("Property"), set()).add(nav.get("Type").split(".")[-1])
        return out


def choose(document):
    """Returns 40 tables. Each rule adds those with the most columns that no earlier rule has chosen; of two with equally many, the
    first in the alphabet."""
    is_owned = lambda table: any("principal" in targets for targets in document.targets(table).values())
    is_activity = lambda table: "activitypointer" in document.line(table)
    rules = [
        (10, lambda table: True),
        (6, is_activity),
        (6, lambda table: any(name != name.lower() for name in document.columns(table))),
        (5, lambda table: any(len(targets) > 2 for targets in document.targets(table).values())),
        (4, lambda table: {"account", "contact"} in document.targets(table).values()),
        (4, lambda table: is_owned(table) and not is_activity(table)),
        (5, lambda table: not is_owned(table) and not is_activity(table)),
    ]
    ordered = sorted(document.tables, key=lambda table: (-len(document.columns(table)), table))
    chosen = []
    for number, rule in rules:
        found = [table for table in ordered if table not in chosen and rule(table)][:number]
        if len(found) < number:
            sys.exit(f"the document has too few tables for a rule: {found}")
        chosen += found
    return chosen


# A field of a struct, with its annotation.
FIELD = re.compile(r"    #\[attr\((.*?)\)\]\n    pub (\w+|r#\w+):\s+(.*?),\n(?=    ///|\Z)", re.S)
# Kinds that a filter cannot compare.
INCOMPARABLE = {"image", "managed_property"}


def fields(text):
    """Returns the struct of a generated file, and its fields: name, logical name, words of the annotation, type."""
    struct, body = re.search(r"^pub struct (\w+) \{\n(.*?)^\}\n", text, re.S | re.M).groups()
    found = FIELD.findall(body)
    if len(found) != body.count("    pub "):
        sys.exit(f"{struct}: {len(found)} fields of {body.count('    pub ')} are understood")
    named = [(name, re.search(r'logical = "(\w+)"', attr)[1], re.sub(r'"[^"]*"', "", attr), ty) for attr, name, ty in found]
    return struct, [(name, logical, set(re.findall(r"\w+", words)), ty) for name, logical, words, ty in named]


def rust(pairs):
    """Returns pairs of texts or numbers as a slice in Rust."""
    return f"&[{', '.join(f'({json.dumps(one)}, {json.dumps(two)})' for one, two in pairs)}]"


def listing(crate, document):
    """Returns the text of `listing.rs`: the columns of each struct, and the records that their lookups need."""
    text = ["//! Written by sample.py.", "use crate::{Records, Result, Totals, exercise, target};", "use dataverse_entity::client::Client;"]
    paths, foreign, images, count, left_out = [], {}, [], 0, {}
    for file in sorted(Path(crate, "src").glob("*.rs")):
        if file.stem == "lib":
            continue
        source = file.read_text()
        table = re.search(r'^    logical = "(\w+)"', source, re.M)[1]
        struct, columns = fields(source)
        path = f"org_tables::{file.stem}::{struct}"
        create, update, conditions, own = [], [], [], []
        targets = document.targets(table)
        count += len(columns)
        for name, logical, words, ty in columns:
            reason = None
            if "primary_id" in words:
                reason = "primary ids, which the answers to creates have"
            elif "file" in words:
                reason = "file columns, which no create or update takes"
            elif "read_only" in words and "Lookup<AnyTable>" in ty:
                reason = "lookups without a navigation property in the document"
            elif "read_only" in words:
                sys.exit(f"{table}.{logical} is read-only, although `assume_writable` is set")
            if reason:
                left_out[reason] = left_out.get(reason, 0) + 1
                continue
            if "Lookup<AnyTable>" in ty:
                target = min(targets[f"_{logical}_value"] & document.sets.keys())
                foreign[target] = document.sets[target]
                own.append((logical, target))
            if "image" in words:
                images.append((table, logical))
            column = f'{name} "{logical}"'
            create += [] if "update_only" in words else [column]
            update += [] if "create_only" in words else [column]
            if not words & INCOMPARABLE and "update_only" not in words and "create_only" not in words:
                conditions.append(f'{name} {name.removeprefix("r#").upper()} "{logical}"')
        text.append(f"sample!({path}, create: [{', '.join(create)}], update: [{', '.join(update)}], conditions: [{', '.join(conditions)}]);")
        paths.append((path, rust(own)))
    text += [
        f"pub const COLUMNS: usize = {count};",
        f"pub const LEFT_OUT: &[(usize, &str)] = {rust((number, reason) for reason, number in left_out.items())};",
        f"pub const IMAGES: &[(&str, &str)] = {rust(images)};",
        "/// The tables without a struct that lookups point to, with their entity sets.",
        f"pub const FOREIGN: &[(&str, &str)] = {rust(sorted(foreign.items()))};",
        "pub async fn create_targets(client: &Client, records: &mut Records) -> Result<()> {",
        *[f"    Box::pin(target::<{path}>(client, records)).await?;" for path, _ in paths],
        "    Ok(())",
        "}",
        "pub async fn exercise_all(client: &Client, records: &Records, totals: &mut Totals) {",
        *[f"    Box::pin(exercise::<{path}>(client, records, {own}, totals)).await;" for path, own in paths],
        "}",
    ]
    return "\n".join(text) + "\n"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["choose", document]:
            print(", ".join(f'"{table}"' for table in choose(Document(document))))
        case ["list", crate, document]:
            print(listing(crate, Document(document)), end="")
        case _:
            sys.exit(__doc__)
