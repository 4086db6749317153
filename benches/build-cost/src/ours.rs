//! A table with the derive.

use std::fmt::Write;

use crate::shape::{CATEGORIES, COLUMNS, Column, Kind, Valid, option_set, struct_name, target};

/// Returns the module of a table. `mark` is a text in it, to change the file.
pub fn module(table: usize, tables: usize, mark: &str) -> String {
    let mut out = String::from(
        "use dataverse_entity::prelude::*;\nuse dataverse_entity::{DecodeError, EncodeError};\n\n",
    );
    let name = struct_name(table);
    let _ = writeln!(
        out,
        "/// A table.\n#[derive(Debug, Clone, PartialEq, DataverseEntity)]\n\
         #[entity(logical = \"new_table{table}\", set = \"new_table{table}s\", display = \"{mark}\", ownership = \"user\")]\n\
         pub struct {name} {{"
    );
    for column in &COLUMNS {
        let _ = writeln!(
            out,
            "    /// A column.\n    #[attr({})]\n    pub {}: {},",
            attributes(table, column),
            column.name,
            field_type(table, tables, column)
        );
    }
    out.push_str("}\n\n");
    out.push_str(OPTION_SETS);
    let _ = writeln!(out, "{DERIVES}pub enum Category {{");
    for (option, value) in CATEGORIES {
        let _ = writeln!(out, "    {option} = {value},");
    }
    out.push_str("    #[option(unknown)]\n    Unknown(i32),\n}\n\n");
    out.push_str(&USES.replace("Table", &name));
    out
}

/// The functions that a program has for a table.
const USES: &str = "\
/// Reads a page.
pub fn read(json: &[u8]) -> Result<Page<Table>, DecodeError> {
    Page::from_json(json)
}

/// Writes the body of a create.
pub fn create(draft: &TableCreate) -> Result<String, EncodeError> {
    draft.to_json()
}

/// Writes the body of an update.
pub fn update(draft: &TableUpdate) -> Result<String, EncodeError> {
    draft.to_json()
}
";

const DERIVES: &str =
    "/// Choices.\n#[allow(missing_docs)]\n#[derive(Debug, Clone, Copy, OptionSet)]\n#[repr(i32)]\n";

const OPTION_SETS: &str = "\
/// Choices.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum State {
    #[option(default_status = Status::Active, invariant = \"Active\")]
    Active = 0,
    #[option(default_status = Status::Inactive, invariant = \"Inactive\")]
    Inactive = 1,
}

/// Choices.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Status {
    #[option(state = State::Active)]
    Active = 1,
    #[option(state = State::Inactive)]
    Inactive = 2,
    #[option(unknown)]
    Unknown(i32),
}

";

fn attributes(table: usize, column: &Column) -> String {
    let Column { name, kind, valid } = column;
    let mut out = if *kind == Kind::Id {
        format!("logical = \"new_table{table}id\", primary_id")
    } else {
        format!("logical = \"new_{name}\"")
    };
    match kind {
        Kind::Text(length) => {
            let _ = write!(out, ", string(max_length = {length})");
        }
        Kind::Integer => out.push_str(", integer(min = 0, max = 100000)"),
        Kind::State => out.push_str(", state"),
        Kind::Status => out.push_str(", status"),
        Kind::Choice => out.push_str(", picklist"),
        Kind::Lookup => {
            let _ = write!(out, ", lookup, nav = \"new_{name}\"");
        }
        Kind::Id | Kind::BigInt | Kind::Double | Kind::Boolean | Kind::Instant => {}
    }
    if *name == "name" {
        out.push_str(", primary_name");
    }
    match valid {
        Valid::Both => {}
        Valid::Create => out.push_str(", create_only"),
        Valid::Update => out.push_str(", update_only"),
        Valid::Read => out.push_str(", read_only"),
    }
    out
}

fn field_type(table: usize, tables: usize, column: &Column) -> String {
    let inner = match column.kind {
        Kind::Id => return format!("Id<{}>", struct_name(table)),
        Kind::Text(_) => "String".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::BigInt => "i64".to_owned(),
        Kind::Double => "f64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Instant => "Timestamp".to_owned(),
        Kind::State | Kind::Status | Kind::Choice => option_set(column.kind).to_owned(),
        Kind::Lookup => {
            let target = target(column, table, tables);
            format!("Lookup<crate::table{target}::{}>", struct_name(target))
        }
    };
    format!("Option<{inner}>")
}
