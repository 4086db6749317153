//! The tables that are built, each with 24 columns, three option sets of its own and lookups to other tables.

/// The kind of a column.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Id,
    Text(u16),
    Integer,
    BigInt,
    Double,
    Boolean,
    Instant,
    State,
    Status,
    Choice,
    Lookup,
}

/// The messages for which a column is valid.
#[derive(Clone, Copy, PartialEq)]
pub enum Valid {
    Both,
    Create,
    Update,
    Read,
}

pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub valid: Valid,
}

const fn column(name: &'static str, kind: Kind, valid: Valid) -> Column {
    Column { name, kind, valid }
}

/// The columns of every table. `parent` and `partner` point to other tables, the rest to the first.
pub const COLUMNS: [Column; 24] = [
    column("id", Kind::Id, Valid::Create),
    column("name", Kind::Text(100), Valid::Both),
    column("description", Kind::Text(2000), Valid::Both),
    column("number", Kind::Text(50), Valid::Both),
    column("phone", Kind::Text(50), Valid::Both),
    column("quantity", Kind::Integer, Valid::Both),
    column("rank", Kind::Integer, Valid::Both),
    column("weight", Kind::Double, Valid::Both),
    column("urgent", Kind::Boolean, Valid::Both),
    column("starts", Kind::Instant, Valid::Both),
    column("ends", Kind::Instant, Valid::Both),
    column("category", Kind::Choice, Valid::Both),
    column("parent", Kind::Lookup, Valid::Both),
    column("partner", Kind::Lookup, Valid::Both),
    column("manager", Kind::Lookup, Valid::Both),
    column("state", Kind::State, Valid::Update),
    column("status", Kind::Status, Valid::Both),
    column("imported", Kind::Integer, Valid::Create),
    column("overridden", Kind::Instant, Valid::Create),
    column("created", Kind::Instant, Valid::Read),
    column("createdby", Kind::Lookup, Valid::Read),
    column("modified", Kind::Instant, Valid::Read),
    column("modifiedby", Kind::Lookup, Valid::Read),
    column("version", Kind::BigInt, Valid::Read),
];

/// Returns the name of the option set of a choice column.
pub fn option_set(kind: Kind) -> &'static str {
    match kind {
        Kind::State => "State",
        Kind::Status => "Status",
        _ => "Category",
    }
}

/// The options of the third option set, with their integers.
pub const CATEGORIES: [(&str, i32); 8] = [
    ("Billing", 100_000_000),
    ("Delivery", 100_000_001),
    ("Returns", 100_000_002),
    ("Complaint", 100_000_003),
    ("Question", 100_000_004),
    ("Praise", 100_000_005),
    ("Callback", 100_000_006),
    ("Other", 100_000_007),
];

/// Returns the number of the table that a lookup points to.
pub fn target(column: &Column, table: usize, tables: usize) -> usize {
    match column.name {
        "parent" => (table + 1) % tables,
        "partner" => (table * 7 + 3) % tables,
        _ => 0,
    }
}

/// Returns the name of the `n`th table's struct.
pub fn struct_name(table: usize) -> String {
    format!("Table{table}")
}
