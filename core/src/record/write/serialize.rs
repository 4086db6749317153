//! `Serialize` for records, pages and expanded records, and `Deserialize` for expanded records.

use serde_core::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use core::fmt;
use core::marker::PhantomData;

use super::members::RowMembers;
use super::rows::WriteRow;
use crate::Projection;
use crate::record::expanded::Expanded;
use crate::record::page::Page;
use crate::record::page_info::PageInfo;
use crate::record::record::Record;
use crate::table::RowPlan;

/// Writes the JSON of Dataverse's answer, with the columns of the struct.
impl<T: Projection> Serialize for Record<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RowMembers { row: self, plan: T::PLAN }.serialize(serializer)
    }
}

/// Writes the JSON of Dataverse's answer, without `@odata.context`.
impl<T: Projection> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        counts(&self.info, &mut map)?;
        map.serialize_entry("value", &Rows(self))?;
        links(&self.info, &mut map)?;
        map.end()
    }
}

/// The records of a page, and then its deleted records.
struct Rows<'p, T: Projection>(&'p Page<T>);

impl<T: Projection> Serialize for Rows<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = |record| Item::Record(RowMembers { row: record, plan: T::PLAN });
        let records = self.0.records.iter().map(|each| record(each as &dyn WriteRow));
        let deleted = self.0.deleted.iter().map(|deleted| Item::Deleted {
            plan: T::PLAN,
            id: deleted.id().to_string(),
            reason: deleted.reason.as_deref(),
        });
        serializer.collect_seq(records.chain(deleted))
    }
}

/// A row of a page.
enum Item<'p> {
    Record(RowMembers<'p>),
    /// A deleted record, in the form that Microsoft's page on change tracking shows.
    Deleted {
        plan: &'static RowPlan,
        id: String,
        reason: Option<&'p str>,
    },
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Record(record) => record.serialize(serializer),
            Self::Deleted { plan, id, reason } => {
                let mut map = serializer.serialize_map(None)?;
                let context = format!("$metadata#{}/$deletedEntity", plan.table.entity_set_name);
                map.serialize_entry("@odata.context", &context)?;
                map.serialize_entry("id", id)?;
                optional(&mut map, "reason", *reason)?;
                map.end()
            }
        }
    }
}

fn counts<M: SerializeMap>(info: &PageInfo, map: &mut M) -> Result<(), M::Error> {
    optional(map, "@odata.count", info.count)?;
    optional(map, "@Microsoft.Dynamics.CRM.totalrecordcount", info.total_record_count)?;
    let exceeded = info.total_record_count_limit_exceeded;
    optional(map, "@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded", exceeded)?;
    let cookie = info.fetch_xml_paging_cookie.as_deref();
    optional(map, "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie", cookie)?;
    optional(map, "@Microsoft.Dynamics.CRM.morerecords", info.more_records)
}

fn links<M: SerializeMap>(info: &PageInfo, map: &mut M) -> Result<(), M::Error> {
    optional(map, "@odata.nextLink", info.next_link.as_deref())?;
    optional(map, "@odata.deltaLink", info.delta_link.as_deref())
}

fn optional<M: SerializeMap>(map: &mut M, name: &str, value: Option<impl Serialize>) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, &value),
        None => Ok(()),
    }
}

/// Writes the object of a collection: `{"value":[…],"@odata.nextLink":"…"}`.
impl<T: Serialize> Serialize for Expanded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", &self.records)?;
        optional(&mut map, "@odata.nextLink", self.next_link.as_deref())?;
        map.end()
    }
}

/// Reads the object of a collection: `{"value":[…],"@odata.nextLink":"…"}`.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Expanded<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ExpandedVisitor(PhantomData))
    }
}

struct ExpandedVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ExpandedVisitor<T> {
    type Value = Expanded<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with expanded records, such as {\"value\":[…]}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Expanded<T>, A::Error> {
        let (mut records, mut next_link) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "value" => records = Some(map.next_value()?),
                "@odata.nextLink" => next_link = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let records = records.ok_or_else(|| A::Error::missing_field("value"))?;
        Ok(Expanded { records, next_link })
    }
}
