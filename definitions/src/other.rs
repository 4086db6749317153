//! The members of a definition that no struct names.

use core::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The members of a part of a definition that its struct does not name, in the order in which they came.
///
/// [`parse`](crate::parse) keeps them, so that a definition can be answered as it was given. [`read`](crate::read) drops them: they
/// differ between orgs and between days.
///
/// ```
/// use dataverse_definitions::parse;
///
/// let table = r#"{"LogicalName": "new_loan", "ObjectTypeCode": 10042}"#;
/// let mut tables = parse(table)?;
/// assert_eq!(tables[0].other.get("ObjectTypeCode"), Some(&10042.into()));
/// tables[0].other.set("IsAuditEnabled", true.into());
/// assert_eq!(
///     serde_json::to_value(&tables[0].other)?,
///     serde_json::json!({"ObjectTypeCode": 10042, "IsAuditEnabled": true}),
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Default)]
pub struct OtherMembers(Vec<(String, Value)>);

impl OtherMembers {
    /// Returns the value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(each, _)| each == name).map(|(_, value)| value)
    }

    /// Sets the value of a member, and adds the member if it is not there.
    pub fn set(&mut self, name: &str, value: Value) {
        match self.0.iter_mut().find(|(each, _)| each == name) {
            Some((_, earlier)) => *earlier = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Returns the names and values of the members.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Returns whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Removes all members.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes the members of a later definition, except `null` in place of a value.
    pub(crate) fn merge(&mut self, later: Self, overrides: bool) {
        for (name, value) in later.0 {
            let is_known = self.get(&name).is_some_and(|earlier| !earlier.is_null());
            if !is_known || overrides && !value.is_null() {
                self.set(&name, value);
            }
        }
    }
}

impl fmt::Debug for OtherMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for OtherMembers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for OtherMembers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = OtherMembers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(OtherMembers(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}
