//! The kinds of column.

use proc_macro2::{Ident, Span};
use syn::{PathArguments, Type};

use super::attrs::{FieldAttrs, PreciseArgs};
use super::words;
use crate::common::diagnostics::Diagnostics;
use crate::common::meta::{Number, Text};
use crate::common::types;

/// What a column is. Words that stand for variants of the runtime's enums are those variants already.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    String { max_length: Option<Number>, format: Option<Ident> },
    Memo { max_length: Option<Number>, format: Option<Ident> },
    Integer { min: Option<Number>, max: Option<Number>, format: Option<Ident> },
    BigInt,
    Double(Limits),
    Decimal(Limits),
    Money(Limits),
    Boolean { true_label: Option<Text>, false_label: Option<Text> },
    DateTime { behavior: Behavior, format: Option<Ident> },
    Picklist,
    State,
    Status,
    MultiSelect,
    Lookup,
    Customer,
    Owner,
    Uniqueidentifier,
    EntityName,
    Image,
    File,
    ManagedProperty,
    PartyList,
    Virtual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behavior {
    UserLocal,
    DateOnly,
    TimeZoneIndependent,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Limits {
    pub(super) min: Option<Number>,
    pub(super) max: Option<Number>,
    pub(super) precision: Option<Number>,
}

impl Kind {
    pub(super) fn is_lookup(&self) -> bool {
        matches!(self, Self::Lookup | Self::Customer | Self::Owner)
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::String { .. } | Self::Memo { .. })
    }

    /// Does the server print a label for the values of such a column?
    pub(super) fn has_label(&self) -> bool {
        self.is_lookup()
            || matches!(
                self,
                Self::Picklist | Self::State | Self::Status | Self::MultiSelect | Self::Boolean { .. }
            )
    }

    /// Can no property hold it, whatever else is said about the column?
    pub(super) fn is_no_property(&self) -> bool {
        matches!(self, Self::PartyList | Self::Virtual)
    }

    /// Can an alternate key hold such a column?
    pub(super) fn can_be_key(&self) -> bool {
        self.is_lookup()
            || matches!(
                self,
                Self::String { .. }
                    | Self::Integer { .. }
                    | Self::Decimal(_)
                    | Self::DateTime { .. }
                    | Self::Picklist
            )
    }
}

/// The kinds that a field's attribute names, with the places where they stand.
pub(super) fn named(
    attrs: &FieldAttrs,
    ty: &Type,
    diagnostics: &mut Diagnostics,
) -> Vec<(Kind, &'static str, Span)> {
    let mut kinds = Vec::new();
    if let Some(keyed) = &attrs.string {
        let format = words::variant("format", keyed.value.format.as_ref(), words::STRING_FORMAT, diagnostics);
        let max_length = keyed.value.max_length.clone();
        kinds.push((Kind::String { max_length, format }, "string", keyed.span()));
    }
    if let Some(keyed) = &attrs.memo {
        let format = words::variant("format", keyed.value.format.as_ref(), words::STRING_FORMAT, diagnostics);
        let max_length = keyed.value.max_length.clone();
        kinds.push((Kind::Memo { max_length, format }, "memo", keyed.span()));
    }
    if let Some(keyed) = &attrs.integer {
        let format =
            words::variant("format", keyed.value.format.as_ref(), words::INTEGER_FORMAT, diagnostics);
        let (min, max) = (keyed.value.min.clone(), keyed.value.max.clone());
        kinds.push((Kind::Integer { min, max, format }, "integer", keyed.span()));
    }
    let limits = |args: &PreciseArgs| {
        let PreciseArgs { min, max, precision } = args.clone();
        Limits { min, max, precision }
    };
    if let Some(keyed) = &attrs.double {
        kinds.push((Kind::Double(limits(&keyed.value)), "double", keyed.span()));
    }
    if let Some(keyed) = &attrs.decimal {
        kinds.push((Kind::Decimal(limits(&keyed.value)), "decimal", keyed.span()));
    }
    if let Some(keyed) = &attrs.money {
        kinds.push((Kind::Money(limits(&keyed.value)), "money", keyed.span()));
    }
    if let Some(keyed) = &attrs.boolean {
        let args = keyed.value.clone();
        let kind = Kind::Boolean { true_label: args.true_label, false_label: args.false_label };
        kinds.push((kind, "boolean", keyed.span()));
    }
    if let Some(keyed) = &attrs.datetime {
        let given = words::variant("behavior", keyed.value.behavior.as_ref(), words::BEHAVIOR, diagnostics);
        let behavior = match given {
            Some(ident) if ident == "DateOnly" => Some(Behavior::DateOnly),
            Some(ident) if ident == "TimeZoneIndependent" => Some(Behavior::TimeZoneIndependent),
            Some(_) => Some(Behavior::UserLocal),
            None => behavior_of(ty),
        };
        if behavior.is_none() && keyed.value.behavior.is_none() {
            diagnostics.help(
                keyed.span(),
                "the behavior of this datetime cannot be told from the field's type",
                "write `datetime(behavior = \"user_local\")`, `\"time_zone_independent\"` or `\"date_only\"`",
            );
        }
        let format =
            words::variant("format", keyed.value.format.as_ref(), words::DATETIME_FORMAT, diagnostics);
        let behavior = behavior.unwrap_or(Behavior::UserLocal);
        kinds.push((Kind::DateTime { behavior, format }, "datetime", keyed.span()));
    }
    let words = [
        (&attrs.bigint, "bigint", Kind::BigInt),
        (&attrs.picklist, "picklist", Kind::Picklist),
        (&attrs.state, "state", Kind::State),
        (&attrs.status, "status", Kind::Status),
        (&attrs.multiselect, "multiselect", Kind::MultiSelect),
        (&attrs.lookup, "lookup", Kind::Lookup),
        (&attrs.customer, "customer", Kind::Customer),
        (&attrs.owner, "owner", Kind::Owner),
        (&attrs.uniqueidentifier, "uniqueidentifier", Kind::Uniqueidentifier),
        (&attrs.entity_name, "entity_name", Kind::EntityName),
        (&attrs.image, "image", Kind::Image),
        (&attrs.file, "file", Kind::File),
        (&attrs.managed_property, "managed_property", Kind::ManagedProperty),
        (&attrs.party_list, "party_list", Kind::PartyList),
        (&attrs.virtual_, "virtual", Kind::Virtual),
    ];
    kinds.extend(words.into_iter().filter_map(|(word, name, kind)| Some((kind, name, word.span()?))));
    kinds
}

/// The kind that a type says by itself, for the types that only one kind is usual for.
pub(super) fn of_type(ty: &Type) -> Option<Kind> {
    let inner = types::unwrap_option(ty);
    let segment = types::last_segment(inner)?;
    let name = segment.ident.to_string();
    Some(match name.as_str() {
        "String" => Kind::String { max_length: None, format: None },
        "Box" | "Arc" => {
            types::argument_of(inner, &name)
                .and_then(types::last_segment)
                .filter(|segment| segment.ident == "str")?;
            Kind::String { max_length: None, format: None }
        }
        "bool" => Kind::Boolean { true_label: None, false_label: None },
        "i32" => Kind::Integer { min: None, max: None, format: None },
        "i64" => Kind::BigInt,
        "f64" => Kind::Double(Limits::default()),
        "Lookup" => Kind::Lookup,
        "Id" | "Uuid" => Kind::Uniqueidentifier,
        "MultiSelect" => Kind::MultiSelect,
        "ManagedProperty" => Kind::ManagedProperty,
        "NoProperty" => Kind::Virtual,
        _ => Kind::DateTime { behavior: behavior_of(ty)?, format: None },
    })
}

/// The behavior that a type of one of the date libraries stands for.
fn behavior_of(ty: &Type) -> Option<Behavior> {
    let segment = types::last_segment(types::unwrap_option(ty))?;
    let plain = matches!(segment.arguments, PathArguments::None);
    Some(match segment.ident.to_string().as_str() {
        "Timestamp" | "OffsetDateTime" | "UtcDateTime" => Behavior::UserLocal,
        // chrono's `DateTime<Utc>` is an instant, jiff's `DateTime` a clock reading.
        "DateTime" if !plain => Behavior::UserLocal,
        "DateTime" | "NaiveDateTime" | "PrimitiveDateTime" => Behavior::TimeZoneIndependent,
        "Date" | "NaiveDate" => Behavior::DateOnly,
        _ => return None,
    })
}
