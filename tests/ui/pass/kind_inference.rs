//! No kind is written if the type says it.

use std::sync::Arc;

use dataverse_entity::metadata::AttributeType;
use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_string")]
    string: Option<String>,
    #[attr(logical = "new_boxed")]
    boxed: Option<Box<str>>,
    #[attr(logical = "new_shared")]
    shared: Option<Arc<str>>,
    #[attr(logical = "new_plain")]
    plain: String,
    #[attr(logical = "new_flag")]
    flag: Option<bool>,
    #[attr(logical = "new_count")]
    count: Option<i32>,
    #[attr(logical = "new_big")]
    big: Option<i64>,
    #[attr(logical = "new_double")]
    double: Option<f64>,
    #[attr(logical = "new_user", nav = "new_User")]
    user: Option<Lookup<SystemUser>>,
    #[attr(logical = "new_id")]
    other: Option<Id<SystemUser>>,
    #[attr(logical = "new_guid")]
    guid: Option<dataverse_entity::Uuid>,
    #[attr(logical = "new_kinds")]
    kinds: Option<MultiSelect<Kind>>,
    #[attr(logical = "new_managed")]
    managed: Option<ManagedProperty>,
    #[attr(logical = "new_nothing", read_only)]
    nothing: NoProperty,
    #[attr(logical = "new_timestamp")]
    timestamp: Option<Timestamp>,
    #[attr(logical = "new_clock")]
    clock: Option<jiff::civil::DateTime>,
    #[attr(logical = "new_date")]
    date: Option<jiff::civil::Date>,
    #[attr(logical = "new_chrono_instant")]
    chrono_instant: Option<chrono::DateTime<chrono::Utc>>,
    #[attr(logical = "new_chrono_clock")]
    chrono_clock: Option<chrono::NaiveDateTime>,
    #[attr(logical = "new_chrono_date")]
    chrono_date: Option<chrono::NaiveDate>,
    #[attr(logical = "new_time_instant")]
    time_instant: Option<time::OffsetDateTime>,
    #[attr(logical = "new_time_clock")]
    time_clock: Option<time::PrimitiveDateTime>,
    #[attr(logical = "new_time_date")]
    time_date: Option<time::Date>,
    #[attr(logical = "new_behavior", datetime(format = "date_only"))]
    behavior: std::option::Option<Timestamp>,
}

fn main() {
    let kinds: Vec<&str> = Thing::METADATA.attributes.iter().map(|each| each.attribute_type.name()).collect();
    let expected = "Uniqueidentifier String String String String Boolean Integer BigInt Double Lookup \
                    Uniqueidentifier Uniqueidentifier MultiSelectPicklist ManagedProperty Virtual DateTime DateTime \
                    DateTime DateTime DateTime DateTime DateTime DateTime DateTime DateTime";
    assert_eq!(kinds.join(" "), expected);
    let behavior = |name| match Thing::METADATA.attribute(name).unwrap().attribute_type {
        AttributeType::DateTime { behavior, .. } => behavior.name(),
        _ => "",
    };
    for name in ["new_timestamp", "new_chrono_instant", "new_time_instant", "new_behavior"] {
        assert_eq!(behavior(name), "UserLocal", "{name}");
    }
    for name in ["new_clock", "new_chrono_clock", "new_time_clock"] {
        assert_eq!(behavior(name), "TimeZoneIndependent", "{name}");
    }
    for name in ["new_date", "new_chrono_date", "new_time_date"] {
        assert_eq!(behavior(name), "DateOnly", "{name}");
    }
}
