//! The kinds of columns by the types of their properties.

pub use dataverse_entity_core::metadata::AttributeKind as Kind;

/// Returns the most general kind whose properties have this type in `$metadata`.
pub(crate) fn of_edm(edm: &str) -> Kind {
    match edm {
        "Edm.String" => Kind::String,
        "Edm.Int16" | "Edm.Int32" => Kind::Integer,
        "Edm.Int64" => Kind::BigInt,
        "Edm.Double" => Kind::Double,
        "Edm.Decimal" => Kind::Decimal,
        "Edm.Boolean" => Kind::Boolean,
        "Edm.Date" | "Edm.DateTimeOffset" => Kind::DateTime,
        "Edm.Guid" => Kind::Uniqueidentifier,
        "Edm.Binary" => Kind::File,
        _ => Kind::Virtual,
    }
}

/// Returns the most general kind whose properties have the type of this one's.
pub(crate) fn most_general(kind: Kind) -> Kind {
    match kind {
        Kind::Memo | Kind::EntityName | Kind::MultiSelect => Kind::String,
        Kind::Picklist | Kind::State | Kind::Status => Kind::Integer,
        Kind::Money => Kind::Decimal,
        Kind::Customer | Kind::Owner => Kind::Lookup,
        other => other,
    }
}
