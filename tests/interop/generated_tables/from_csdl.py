#!/usr/bin/env python3
"""Writes a crate with an annotated struct for each table of a `$metadata` document.

    from_csdl.py DOCUMENT LIBRARY CRATE

LIBRARY is the folder of the crate `dataverse-entity`. README.md says what for.
"""
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from naming import Names, camel, fields, raw, snake, string

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
SCALARS = {
    "Edm.Guid": ("Uuid", ""),
    "Edm.Int16": ("i32", ""),
    "Edm.Int32": ("i32", ""),
    "Edm.Int64": ("i64", ""),
    "Edm.String": ("String", ""),
    "Edm.Boolean": ("bool", ""),
    "Edm.Decimal": ("Decimal", "decimal"),
    "Edm.Double": ("f64", ""),
    "Edm.DateTimeOffset": ("Timestamp", ""),
    "Edm.Date": ("Date", ""),
    "Edm.Binary": ("String", "image"),
    "mscrm.BooleanManagedProperty": ("ManagedProperty", ""),
}
# The document has no options, so the two columns that every table has under these names are integers.
CHOICES = {"statecode": "state", "statuscode": "status"}
IMPORTS = ("Timestamp", "Uuid", "Decimal", "Date", "Lookup", "Id", "ManagedProperty", "AnyTable", "LookupTarget", "UnknownTarget")


class Document:
    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.types = {each.get("Name"): each for each in root.iter(EDM + "EntityType")}
        self.sets = {each.get("EntityType").split(".")[-1]: each.get("Name") for each in root.iter(EDM + "EntitySet")}
        # A table descends from `crmbaseentity` and has a set; the other types describe definitions.
        self.tables = [name for name in self.types if name in self.sets and "crmbaseentity" in self.line(name)]

    def line(self, name):
        """Returns the type and those that it descends from, nearest first."""
        out = []
        while name is not None:
            out.append(name)
            base = self.types[name].get("BaseType")
            name = base and base.split(".")[-1]
        return out

    def properties(self, name):
        """Returns the properties, inherited ones first."""
        out = {}
        for each in reversed(self.line(name)):
            for prop in self.types[each].findall(EDM + "Property"):
                out[prop.get("Name")] = prop.get("Type")
        return out

    def key(self, name):
        for each in self.line(name):
            keys = [key.get("Name") for key in self.types[each].iter(EDM + "PropertyRef")]
            if keys:
                return keys
        return []

    def lookups(self, name):
        """Returns the targets of each `_x_value`, with the navigation property of each. The type's own declarations win."""
        out = {}
        for each in reversed(self.line(name)):
            for nav in self.types[each].findall(EDM + "NavigationProperty"):
                for constraint in nav.findall(EDM + "ReferentialConstraint"):
                    targets = out.setdefault(constraint.get("Property"), {})
                    targets[nav.get("Type").split(".")[-1]] = nav.get("Name")
        return out


def main(document, library, crate):
    document = Document(document)
    out = Path(crate)
    (out / "src").mkdir(parents=True, exist_ok=True)
    names = Names()
    modules = {table: names.give(snake(table)) for table in document.tables}
    # Owners: `systemuser` and `team`.
    principals = [table for table in document.tables if "principal" in document.line(table)]
    path = {table: f"super::{raw(modules[table])}::{camel(table)}" for table in document.tables}
    counts, most = Counter(), 0
    written = [
        "//! Written by tests/interop/generated_tables/from_csdl.py.",
        "#![deny(warnings, missing_docs)]",
        "",
    ]
    for table in document.tables:
        text, targets = write_table(document, table, principals, path, counts)
        most = max(most, targets)
        (out / "src" / f"{modules[table]}.rs").write_text(text)
        written.append(f"pub mod {raw(modules[table])};")
    (out / "src" / "lib.rs").write_text("\n".join(written) + "\n")
    (out / "Cargo.toml").write_text(
        '[package]\nname = "generated_tables"\nversion = "0.0.0"\nedition = "2024"\npublish = false\n\n[workspace]\n\n'
        f'[dependencies]\ndataverse-entity = {{ path = {string(str(Path(library).resolve()))}, features = ["rust_decimal"] }}\n'
    )
    print(f"{len(document.tables)} tables, {counts['column']} columns, {counts['lookup']} lookups: {counts['polymorphic']} "
          f"polymorphic, {counts['open']} without navigation property; the most targets of one are {most}; "
          f"{counts['capital']} columns have capitals, {counts['renamed']} fields another name than their column")


def write_table(document, table, principals, path, counts):
    properties, lookups, key = document.properties(table), document.lookups(table), document.key(table)
    if len(key) != 1:
        sys.exit(f"{table}: a key of {key}")
    is_lookup = lambda prop: prop.startswith("_") and prop.endswith("_value") and properties[prop] == "Edm.Guid"
    logical = {prop: prop[1:-6] if is_lookup(prop) else prop for prop in properties}
    field = fields(logical.values())
    # Only tables that users and teams own have a navigation property for the owner that leads to both.
    owned = any("principal" in targets for targets in lookups.values())
    struct, body, enums, most, used = camel(table), [], [], 0, set()
    types = Names([struct, f"{struct}Create", f"{struct}Update", *IMPORTS])
    for prop, edm in properties.items():
        name = logical[prop]
        attrs = [f"logical = {string(name)}"]
        counts["column"] += 1
        counts["capital"] += name != name.lower()
        counts["renamed"] += field[name].removeprefix("r#") != name
        if prop == key[0]:
            attrs += ["primary_id", "create_only"]
            ty = f"Id<{struct}>"
            used.add("Id")
        elif is_lookup(prop):
            targets = lookups.get(prop, {})
            counts["lookup"] += 1
            used.add("Lookup")
            if not targets:
                counts["open"] += 1
                used.add("AnyTable")
                attrs.append("read_only")
                ty = "Lookup<AnyTable>"
            elif list(targets) == ["principal"]:
                attrs += ["owner", f"nav = {string(targets['principal'])}"]
                enum, text, _ = write_enum(types, name, principals, path)
                enums.append(text)
                ty = f"Lookup<{enum}>"
                used |= {"LookupTarget", "UnknownTarget", "Id"}
            elif len(targets) == 1:
                [(target, nav)] = targets.items()
                attrs.append(f"nav = {string(nav)}")
                ty = f"Lookup<{path[target]}>"
            else:
                counts["polymorphic"] += 1
                most = max(most, len(targets))
                enum, text, variants = write_enum(types, name, list(targets), path)
                enums.append(text)
                attrs.append("nav(" + ", ".join(f"{variants[each]} = {string(nav)}" for each, nav in targets.items()) + ")")
                ty = f"Lookup<{enum}>"
                used |= {"LookupTarget", "UnknownTarget", "Id"}
            ty = f"Option<{ty}>"
        else:
            ty, kind = SCALARS[edm]
            kind = CHOICES.get(name, kind) if edm == "Edm.Int32" else kind
            attrs += [kind] if kind else []
            used.add(ty)
            ty = f"Option<{ty}>"
        body += [f"    /// `{name}`", f"    #[attr({', '.join(attrs)})]", f"    pub {field[name]}: {ty},"]
    ownership = ', ownership = "user"' if owned else ""
    # A status belongs to a state; a few tables have only one of the two under that name.
    imports = ["use dataverse_entity::DataverseEntity;"]
    if "Decimal" in used:
        imports.append("use dataverse_entity::rust_decimal::Decimal;")
    if "Date" in used:
        imports.append("use dataverse_entity::jiff::civil::Date;")
    plain = sorted(used & set(IMPORTS) - {"Decimal", "Date"})
    if plain:
        imports.append(f"use dataverse_entity::{{{', '.join(plain)}}};")
    lines = [
        f"//! `{table}`",
        *imports,
        "",
        f"/// `{table}`",
        "#[derive(Debug, Clone, PartialEq, DataverseEntity)]",
        f"#[entity(logical = {string(table)}, set = {string(document.sets[table])}{ownership})]",
        f"pub struct {struct} {{",
        *body,
        "}",
        *enums,
    ]
    return "\n".join(lines) + "\n", most


def write_enum(types, column, targets, path):
    enum = types.give(camel(column) + "Target")
    names = Names(["Unknown"])
    variants = {target: names.give(camel(target)) for target in targets}
    lines = ["", f"/// The targets of `{column}`", "#[derive(Debug, Clone, PartialEq, LookupTarget)]", f"pub enum {enum} {{"]
    for target, variant in variants.items():
        lines += [f"    /// `{target}`", f"    {variant}(Id<{path[target]}>),"]
    lines += ["    /// Another", "    #[target(unknown)]", "    Unknown(UnknownTarget),", "}"]
    return enum, "\n".join(lines), variants


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
