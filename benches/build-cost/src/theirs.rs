//! A table as a user would write it: structs for reading, creates and updates, and enums.

use std::fmt::Write;

use crate::shape::{CATEGORIES, COLUMNS, Column, Kind, Valid, option_set, struct_name};

/// Returns the module of a table. `mark` is a text in it, to change the file.
pub fn module(table: usize, mark: &str) -> String {
    let name = struct_name(table);
    let mut out = String::from(
        "use jiff::Timestamp;\nuse serde::{Deserialize, Serialize};\nuse serde_repr::{Deserialize_repr, Serialize_repr};\nuse uuid::Uuid;\n\n",
    );
    let _ = writeln!(out, "/// Display name.\npub const DISPLAY: &str = \"{mark}\";\n");
    let _ =
        writeln!(out, "/// A table.\n#[derive(Debug, Clone, PartialEq, Deserialize)]\npub struct {name} {{");
    for column in &COLUMNS {
        let (rename, ty) = (read_name(table, column), value_type(column));
        let ty = if column.kind == Kind::Id { ty.to_owned() } else { format!("Option<{ty}>") };
        let _ = writeln!(
            out,
            "    /// A column.\n    #[serde(rename = \"{rename}\")]\n    pub {}: {ty},",
            column.name
        );
        if column.kind == Kind::Lookup {
            let _ = writeln!(
                out,
                "    /// Its name.\n    #[serde(rename = \"{rename}@OData.Community.Display.V1.FormattedValue\")]\n    pub {}_name: Option<String>,",
                column.name
            );
        }
    }
    out.push_str("}\n\n");
    draft(&mut out, table, "Create", Valid::Create, |ty| format!("Option<{ty}>"));
    draft(&mut out, table, "Update", Valid::Update, |ty| format!("Option<Option<{ty}>>"));
    choices(&mut out, "State", &[("Active", 0), ("Inactive", 1)]);
    choices(&mut out, "Status", &[("Active", 1), ("Inactive", 2)]);
    choices(&mut out, "Category", &CATEGORIES);
    out.push_str(&USES.replace("Table", &name));
    out
}

/// The functions that a program has for a table.
const USES: &str = "\
/// A page.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// Its records.
    pub value: Vec<Table>,
}

/// Reads a page.
pub fn read(json: &[u8]) -> Result<Page, serde_json::Error> {
    serde_json::from_slice(json)
}

/// Writes the body of a create.
pub fn create(draft: &TableCreate) -> Result<String, serde_json::Error> {
    serde_json::to_string(draft)
}

/// Writes the body of an update.
pub fn update(draft: &TableUpdate) -> Result<String, serde_json::Error> {
    serde_json::to_string(draft)
}
";

fn draft(out: &mut String, table: usize, kind: &str, valid: Valid, slot: impl Fn(&str) -> String) {
    let _ = writeln!(
        out,
        "/// The columns of a write.\n#[derive(Debug, Clone, PartialEq, Default, Serialize)]\npub struct {}{kind} {{",
        struct_name(table)
    );
    for column in COLUMNS.iter().filter(|column| column.valid == valid || column.valid == Valid::Both) {
        let (rename, ty) = if column.kind == Kind::Lookup {
            (format!("new_{}@odata.bind", column.name), "String")
        } else {
            (read_name(table, column), value_type(column))
        };
        let _ = writeln!(
            out,
            "    /// A column.\n    #[serde(rename = \"{rename}\", skip_serializing_if = \"Option::is_none\")]\n    pub {}: {},",
            column.name,
            slot(ty)
        );
    }
    out.push_str("}\n\n");
}

fn choices(out: &mut String, name: &str, options: &[(&str, i32)]) {
    let _ = writeln!(
        out,
        "/// Choices.\n#[allow(missing_docs)]\n#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize_repr, Deserialize_repr)]\n#[repr(i32)]\npub enum {name} {{"
    );
    for (option, value) in options {
        let _ = writeln!(out, "    {option} = {value},");
    }
    out.push_str("}\n\n");
}

fn read_name(table: usize, column: &Column) -> String {
    match column.kind {
        Kind::Id => format!("new_table{table}id"),
        Kind::Lookup => format!("_new_{}_value", column.name),
        _ => format!("new_{}", column.name),
    }
}

fn value_type(column: &Column) -> &'static str {
    match column.kind {
        Kind::Id | Kind::Lookup => "Uuid",
        Kind::Text(_) => "String",
        Kind::Integer => "i32",
        Kind::BigInt => "i64",
        Kind::Double => "f64",
        Kind::Boolean => "bool",
        Kind::Instant => "Timestamp",
        Kind::State | Kind::Status | Kind::Choice => option_set(column.kind),
    }
}
