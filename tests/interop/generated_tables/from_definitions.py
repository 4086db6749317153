#!/usr/bin/env python3
"""Writes a program with an annotated struct for each table of an `EntityDefinitions` answer, which prints their `METADATA`.

    from_definitions.py DOCUMENT LIBRARY CRATE

LIBRARY is the folder of the crate `dataverse-entity`. README.md says what for.
"""
import json
import re
import sys
from collections import Counter
from pathlib import Path

from naming import Names, camel, fields, raw, snake, string

ENGLISH = 1033
# The word of each kind, and the type of its field.
KINDS = {
    "StringType": ("string", "String"),
    "MemoType": ("memo", "String"),
    "IntegerType": ("integer", "i32"),
    "BigIntType": ("bigint", "i64"),
    "DoubleType": ("double", "f64"),
    "DecimalType": ("decimal", "Decimal"),
    "MoneyType": ("money", "Decimal"),
    "BooleanType": ("boolean", "bool"),
    "DateTimeType": ("datetime", None),
    "PicklistType": ("picklist", None),
    "StateType": ("state", None),
    "StatusType": ("status", None),
    "MultiSelectPicklistType": ("multiselect", None),
    "LookupType": ("lookup", None),
    "CustomerType": ("customer", None),
    "OwnerType": ("owner", None),
    "UniqueidentifierType": ("uniqueidentifier", "Uuid"),
    "EntityNameType": ("entity_name", "String"),
    "ImageType": ("image", "String"),
    "FileType": ("file", "Uuid"),
    "ManagedPropertyType": ("managed_property", "ManagedProperty"),
    "PartyListType": ("party_list", "NoProperty"),
    "VirtualType": ("virtual", "NoProperty"),
}
BEHAVIORS = {"UserLocal": "Timestamp", "DateOnly": "Date", "TimeZoneIndependent": "DateTime"}
REQUIRED = {"None": "", "Recommended": "recommended", "ApplicationRequired": "application", "SystemRequired": "system"}
OWNERSHIP = {"UserOwned": "user", "OrganizationOwned": "organization", "BusinessOwned": "business", "None": "none"}
COMPUTED = {1: "calculated", 2: "rollup", 3: "formula"}


def word(name):
    """Returns `date_and_time` for `DateAndTime`."""
    return re.sub(r"(?<=.)([A-Z])", r"_\1", name).lower()


def labels(label):
    """Returns the texts of a label, by language."""
    return {each["LanguageCode"]: each["Label"] for each in (label or {}).get("LocalizedLabels") or [] if each["Label"]}


def texts(members):
    """Returns the keys of `members` in English, then a `translation(…)` for each other language."""
    by_key = {key: labels(label) for key, label in members.items()}
    out = [f"{key} = {string(text[ENGLISH])}" for key, text in by_key.items() if ENGLISH in text]
    for language in sorted({each for text in by_key.values() for each in text} - {ENGLISH}):
        keys = [f"{key} = {string(text[language])}" for key, text in by_key.items() if language in text]
        out.append(f"translation(language = {language}, {', '.join(keys)})")
    return out


def number(value):
    """Returns digits that Rust and the derive read: JSON has `1E+11` for some limits."""
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:.1f}".removesuffix(".0")
    return str(value)


def limits(attribute, *members):
    given = [(key, attribute.get(member)) for key, member in members]
    return [f"{key} = {number(value)}" for key, value in given if value is not None]


class Program:
    def __init__(self, tables):
        self.tables = {table["LogicalName"]: table for table in tables}
        self.refs = {}
        for table in tables:
            for attribute in table["Attributes"]:
                for target in attribute.get("Targets") or []:
                    self.refs.setdefault(target, f"{target}id")
            for relationship in table["ManyToOneRelationships"]:
                self.refs[relationship["ReferencedEntity"]] = relationship["ReferencedAttribute"]
        self.counts = Counter()

    def write(self):
        # Definitions name neither the entity set nor always the key of a lookup's targets. Both are made up here: nothing is
        # sent, and they are not compared.
        refs = [
            f"    table_ref!(pub {camel(name)}, logical = {string(name)}, set = {string(name + 's')}, id = {string(key)});"
            for name, key in self.refs.items()
        ]
        modules = [self.module(table) for table in self.tables.values()]
        printed = ", ".join(f"{raw(snake(name))}::{camel(name)}::METADATA" for name in self.tables)
        return "\n".join([
            "//! Written by tests/interop/generated_tables/from_definitions.py.",
            "#![deny(warnings)]",
            "use dataverse_entity::Entity;",
            "",
            "/// The tables that lookups lead to.",
            "pub mod refs {",
            "    use dataverse_entity::table_ref;",
            *refs,
            "}",
            *modules,
            "",
            "fn main() -> Result<(), Box<dyn std::error::Error>> {",
            f"    let tables: &[&dataverse_entity::metadata::EntityMetadata] = &[{', '.join('&' + each for each in printed.split(', '))}];",
            "    serde_json::to_writer(std::io::stdout().lock(), tables)?;",
            "    Ok(())",
            "}",
            "",
        ])

    def module(self, table):
        self.items, self.used = [], set()
        struct = camel(table["LogicalName"])
        self.names = Names([struct, f"{struct}Create", f"{struct}Update"])
        self.struct, self.table = struct, table
        self.many_to_one = {}
        for relationship in table["ManyToOneRelationships"]:
            self.many_to_one.setdefault(relationship["ReferencingAttribute"], []).append(relationship)
        field = fields(each["LogicalName"] for each in table["Attributes"])
        body = []
        for attribute in table["Attributes"]:
            name = attribute["LogicalName"]
            attrs, ty = self.column(attribute)
            body += [f"        #[attr({', '.join(attrs)})]", f"        pub {field[name]}: {ty},"]
        entity = self.entity(table)
        imports = {"Decimal": "dataverse_entity::rust_decimal::Decimal", "Date": "dataverse_entity::jiff::civil::Date",
                   "DateTime": "dataverse_entity::jiff::civil::DateTime"}
        lines = [f"    use {imports.get(each, 'dataverse_entity::' + each)};" for each in sorted(self.used | {"DataverseEntity"})]
        return "\n".join([
            "",
            f"pub mod {raw(snake(table['LogicalName']))} {{",
            *lines,
            "",
            "    #[derive(Debug, DataverseEntity)]",
            f"    #[entity({', '.join(entity)})]",
            f"    pub struct {struct} {{",
            *body,
            "    }",
            *self.items,
            "}",
        ])

    def entity(self, table):
        out = [f"logical = {string(table['LogicalName'])}", f"set = {string(table['EntitySetName'])}"]
        names = [("schema", "SchemaName"), ("collection_schema", "CollectionSchemaName"), ("collection_logical", "LogicalCollectionName")]
        out += [f"{key} = {string(table[member])}" for key, member in names if table.get(member)]
        out += texts({"display": table["DisplayName"], "display_collection": table["DisplayCollectionName"], "description": table["Description"]})
        out.append(f"ownership = {string(OWNERSHIP[table['OwnershipType']])}")
        if table.get("TableType") not in (None, "Standard"):
            out.append(f"table_type = {string(table['TableType'].lower())}")
        flags = [("activity", "IsActivity"), ("business_process_flow", "IsBPFEntity"), ("intersect", "IsIntersect")]
        out += [key for key, member in flags if table.get(member)]
        switches = [("change_tracking", "ChangeTrackingEnabled"), ("optimistic_concurrency", "IsOptimisticConcurrencyEnabled")]
        out += [f"{key} = {str(table[member]).lower()}" for key, member in switches if table.get(member) is not None]
        for key in table.get("Keys") or []:
            out.append(f"key(name = {string(key['LogicalName'])}, columns({', '.join(key['KeyAttributes'])}))")
        for each in self.rest:
            out.append(self.relationship("many_to_one", each, each["ReferencedEntity"], each["ReferencingEntityNavigationPropertyName"],
                                         [f"key = {string(each['ReferencedAttribute'])}"]))
        for each in table["OneToManyRelationships"]:
            out.append(self.relationship("one_to_many", each, each["ReferencingEntity"], each["ReferencedEntityNavigationPropertyName"], []))
        for each in table["ManyToManyRelationships"]:
            nav = each["Entity1NavigationPropertyName"]
            out.append(
                f"relationship(many_to_many, schema = {string(each['SchemaName'])}, table = {string(each['Entity2LogicalName'])}, "
                + (f"nav = {string(nav)}, " if nav else "") + f"intersect = {string(each['IntersectEntityName'])})"
            )
        return out

    def relationship(self, kind, each, table, nav, more):
        keys = [kind, f"schema = {string(each['SchemaName'])}", f"column = {string(each['ReferencingAttribute'])}", f"table = {string(table)}", *more]
        keys += [f"nav = {string(nav)}"] if nav else []
        keys.append(f"on_delete = {string(word(each['CascadeConfiguration']['Delete']))}")
        return f"relationship({', '.join(keys)})"

    @property
    def rest(self):
        """Returns the relationships that no lookup column has declared."""
        return [each for all_of_one in self.many_to_one.values() for each in all_of_one]

    def column(self, attribute):
        name, table = attribute["LogicalName"], self.table
        kind, ty = KINDS[attribute["AttributeTypeName"]["Value"]]
        self.counts["column"] += 1
        out = [f"logical = {string(name)}"]
        if attribute["SchemaName"] != name:
            out.append(f"schema = {string(attribute['SchemaName'])}")
        members = {"display": attribute["DisplayName"], "description": attribute["Description"]}
        # A column without property is part of another, or exists only in the definitions.
        source = self.source(attribute, kind)
        absent = attribute.get("IsValidODataAttribute") is False and not source and kind not in ("virtual", "party_list")
        arguments = []
        if kind in ("string", "memo"):
            arguments = limits(attribute, ("max_length", "MaxLength"))
            if attribute.get("FormatName") or attribute.get("Format"):
                arguments.append(f"format = {string(word((attribute.get('FormatName') or {}).get('Value') or attribute['Format']))}")
        elif kind == "integer":
            arguments = limits(attribute, ("min", "MinValue"), ("max", "MaxValue"))
            arguments += [f"format = {string(word(attribute['Format']))}"] if attribute.get("Format") else []
        elif kind in ("double", "decimal", "money"):
            arguments = limits(attribute, ("min", "MinValue"), ("max", "MaxValue"), ("precision", "Precision"))
        elif kind == "boolean":
            options = attribute["OptionSet"]
            members |= {"true_label": options["TrueOption"]["Label"], "false_label": options["FalseOption"]["Label"]}
        elif kind == "datetime":
            behavior = (attribute.get("DateTimeBehavior") or {}).get("Value", "UserLocal")
            arguments = [f"behavior = {string(word(behavior))}", f"format = {string(word(attribute['Format']))}"]
            ty = BEHAVIORS[behavior]
        keys = texts(members)
        if kind == "boolean":
            inside = [key for key in keys if key.startswith(("true_label", "false_label"))]
            keys = [key for key in keys if key not in inside]
            arguments = inside
        out += keys
        out.append(f"{kind}({', '.join(arguments)})" if arguments else kind)
        if name == table["PrimaryIdAttribute"]:
            out.append("primary_id")
        if name == table["PrimaryNameAttribute"]:
            out.append("primary_name")
        create, update = attribute["IsValidForCreate"], attribute["IsValidForUpdate"]
        flag = {(False, False): "read_only", (True, False): "create_only", (False, True): "update_only"}.get((create, update))
        out += [flag] if flag else []
        out += ["not_readable"] if not attribute["IsValidForRead"] else []
        out += ["form = false"] if not attribute["IsValidForForm"] else []
        out += ["localizable"] if attribute.get("IsLocalizable") else []
        out += ["secured"] if attribute["IsSecured"] else []
        required = REQUIRED[attribute["RequiredLevel"]["Value"]]
        out += [f"required = {string(required)}"] if required else []
        if source:
            out.append(f"{source} = {string(attribute['AttributeOf'])}")
        elif attribute["AttributeOf"]:
            out.append(f"attribute_of = {string(attribute['AttributeOf'])}")
        if attribute.get("SourceType") in COMPUTED:
            out.append(f"computed = {string(COMPUTED[attribute['SourceType']])}")
        if attribute.get("AutoNumberFormat"):
            out.append(f"auto_number = {string(attribute['AutoNumberFormat'])}")
        if kind == "boolean" and attribute.get("DefaultValue") is not None:
            out.append(f"default = {str(attribute['DefaultValue']).lower()}")
        options = attribute.get("OptionSet") or {}
        if options.get("Options") is not None and kind in ("picklist", "state", "status", "multiselect"):
            if attribute.get("DefaultFormValue") not in (None, -1):
                out.append(f"default = {attribute['DefaultFormValue']}")
            ty = self.option_set(name, options["Options"])
            ty = f"MultiSelect<{ty}>" if kind == "multiselect" else ty
        if options.get("IsGlobal"):
            out.append(f"global_option_set = {string(options['Name'])}")
        if name == table.get("PrimaryImageAttribute"):
            out.append("primary_image")
        if kind in ("lookup", "customer", "owner"):
            ty = self.lookup(attribute, out)
        if absent:
            out.append("no_property")
            return out, self.use("NoProperty")
        if source:
            return out, f"Option<{self.use('String' if kind == 'virtual' else ty)}>"
        if name == table["PrimaryIdAttribute"]:
            return out, f"{self.use('Id')}<{self.struct}>"
        return out, ty if ty == "NoProperty" and self.use(ty) else f"Option<{self.use(ty)}>"

    def use(self, ty):
        for each in ("NoProperty", "Id", "Uuid", "Decimal", "Timestamp", "Date", "DateTime", "ManagedProperty", "Lookup", "MultiSelect"):
            if ty == each or ty.startswith(each + "<"):
                self.used.add(each)
        return ty

    def source(self, attribute, kind):
        if not attribute["AttributeOf"] or attribute.get("IsValidODataAttribute"):
            return None
        if kind == "entity_name":
            return "type_of"
        return "yomi_name_of" if attribute.get("YomiOf") else "name_of"

    def lookup(self, attribute, out):
        name, targets = attribute["LogicalName"], attribute["Targets"]
        relationships = self.many_to_one.get(name, [])
        by_target = {each["ReferencedEntity"]: each for each in relationships}
        hierarchical = any(each["IsHierarchical"] and each["ReferencedEntity"] == self.table["LogicalName"] for each in relationships)
        out += ["hierarchical"] if hierarchical else []
        path = lambda target: self.struct if target == self.table["LogicalName"] else f"super::refs::{camel(target)}"
        self.use("Lookup<>")
        if len(targets) == 1:
            if [*by_target] == targets:
                [relationship] = self.many_to_one.pop(name)
                out.append(f"nav = {string(relationship['ReferencingEntityNavigationPropertyName'])}")
                out.append(f"relationship = {string(relationship['SchemaName'])}")
                out.append(f"on_delete = {string(word(relationship['CascadeConfiguration']['Delete']))}")
            return f"Lookup<{path(targets[0])}>"
        self.used |= {"Id", "LookupTarget", "UnknownTarget"}
        enum = self.names.give(camel(name) + "Target")
        variants = {target: camel(target) for target in targets}
        deletes = {each["CascadeConfiguration"]["Delete"] for each in relationships}
        if relationships and set(by_target) == set(targets) and len(deletes) == 1:
            del self.many_to_one[name]
            navs = {target: by_target[target]["ReferencingEntityNavigationPropertyName"] for target in targets}
            out.append("nav(" + ", ".join(f"{variants[each]} = {string(nav)}" for each, nav in navs.items()) + ")")
            out.append("relationship(" + ", ".join(f"{variants[each]} = {string(by_target[each]['SchemaName'])}" for each in targets) + ")")
            out.append(f"on_delete = {string(word(deletes.pop()))}")
        elif len(relationships) == 1:
            # An owner: one navigation property for users and teams.
            out.append(f"nav = {string(relationships[0]['ReferencingEntityNavigationPropertyName'])}")
        self.items += [
            "",
            "    #[derive(Debug, Clone, PartialEq, LookupTarget)]",
            f"    pub enum {enum} {{",
            *(f"        {variant}(Id<{path(target)}>)," for target, variant in variants.items()),
            "        #[target(unknown)]",
            "        Unknown(UnknownTarget),",
            "    }",
        ]
        return f"Lookup<{enum}>"

    def option_set(self, name, options):
        self.used.add("OptionSet")
        enum = self.names.give(camel(name) + "Option")
        names, body = Names(["Unknown"]), []
        for option in options:
            text = labels(option["Label"]).get(ENGLISH, "")
            variant = names.give(camel(re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")) if re.search("[A-Za-z]", text) else f"Option{abs(option['Value'])}")
            keys = texts({"label": option["Label"]})
            keys += [f"invariant = {string(option['InvariantName'])}"] if option.get("InvariantName") else []
            keys += [f"default_status = {option['DefaultStatus']}"] if option.get("DefaultStatus") is not None else []
            keys += [f"state = {option['State']}"] if option.get("State") is not None else []
            body += [f"        #[option({', '.join(keys)})]"] if keys else []
            body.append(f"        {variant} = {option['Value']},")
        self.items += [
            "",
            "    #[derive(Debug, Clone, Copy, OptionSet)]",
            "    #[repr(i32)]",
            f"    pub enum {enum} {{",
            *body,
            "        #[option(unknown)]",
            "        Unknown(i32),",
            "    }",
        ]
        return enum


def read(document):
    """Returns the tables of an answer with one table or many."""
    document = json.loads(Path(document).read_text())
    tables = document.get("value", [document])
    for table in tables:
        for attribute in table["Attributes"]:
            # An `Edm.Int32`, which some converters of the data contract XML write as a text.
            if isinstance(attribute.get("DefaultFormValue"), str):
                attribute["DefaultFormValue"] = int(attribute["DefaultFormValue"])
        for relationship in table["ManyToManyRelationships"]:
            # Both definitions call the same table the first. Here the table itself is the first.
            if relationship["Entity1LogicalName"] != table["LogicalName"]:
                for member in ("LogicalName", "NavigationPropertyName", "IntersectAttribute", "AssociatedMenuConfiguration"):
                    one, two = f"Entity1{member}", f"Entity2{member}"
                    relationship[one], relationship[two] = relationship.get(two), relationship.get(one)
    return tables


def main(document, library, crate):
    program = Program(read(document))
    out = Path(crate)
    (out / "src").mkdir(parents=True, exist_ok=True)
    (out / "src" / "main.rs").write_text(program.write())
    (out / "Cargo.toml").write_text(
        '[package]\nname = "generated_definitions"\nversion = "0.0.0"\nedition = "2024"\npublish = false\n\n[workspace]\n\n'
        f'[dependencies]\ndataverse-entity = {{ path = {string(str(Path(library).resolve()))}, features = ["rust_decimal"] }}\n'
        'serde_json = { version = "1", features = ["raw_value"] }\n'
    )
    print(f"{len(program.tables)} tables, {program.counts['column']} columns")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
