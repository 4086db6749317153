//! Managed properties: a boolean, and whether it may be changed.

use std::borrow::Cow;

use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use crate::column::{Cell, KindSet, ReadValue, SharedStrings, Value, ValueError, WriteValue, Written};

/// The value of a managed property, the Web API's `BooleanManagedProperty`.
///
/// ```
/// use dataverse_entity::ManagedProperty;
///
/// let read: ManagedProperty = serde_json::from_str(r#"{"Value":true,"CanBeChanged":false}"#)?;
/// assert!(read.value && !read.can_be_changed);
/// assert_eq!(serde_json::to_string(&ManagedProperty::new(true))?, r#"{"Value":true,"CanBeChanged":true}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ManagedProperty {
    /// The value.
    pub value: bool,
    /// Whether the value may be changed.
    pub can_be_changed: bool,
    /// Logical name of the managed property to which the column belongs, if the server sent it.
    pub managed_property_logical_name: Option<String>,
}

impl ManagedProperty {
    /// Returns a value that may be changed.
    pub const fn new(value: bool) -> Self {
        Self { value, can_be_changed: true, managed_property_logical_name: None }
    }
}

/// Returns `false`, which may be changed.
impl Default for ManagedProperty {
    fn default() -> Self {
        Self::new(false)
    }
}

impl Serialize for ManagedProperty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Value", &self.value)?;
        map.serialize_entry("CanBeChanged", &self.can_be_changed)?;
        if let Some(name) = &self.managed_property_logical_name {
            map.serialize_entry("ManagedPropertyLogicalName", name)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for ManagedProperty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = ManagedProperty;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a managed property")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ManagedProperty, A::Error> {
                let (mut value, mut can_be_changed, mut name) = (None, None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "Value" => value = Some(map.next_value()?),
                        "CanBeChanged" => can_be_changed = Some(map.next_value()?),
                        "ManagedPropertyLogicalName" => name = map.next_value()?,
                        _ => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                let value = value.ok_or_else(|| serde_core::de::Error::missing_field("Value"))?;
                Ok(ManagedProperty {
                    value,
                    can_be_changed: can_be_changed.unwrap_or(true),
                    managed_property_logical_name: name,
                })
            }
        }

        deserializer.deserialize_map(Members)
    }
}

#[diagnostic::do_not_recommend]
impl ReadValue<'_> for ManagedProperty {
    const KINDS: KindSet = KindSet::MANAGED_PROPERTY;

    fn read(cell: Cell<'_, '_>, _: &mut SharedStrings) -> Result<Self, ValueError> {
        let value = cell.value();
        match value {
            Value::Json(text) => serde_json::from_str(text).ok(),
            _ => None,
        }
        .ok_or_else(|| ValueError::new("an object such as {\"Value\":true,\"CanBeChanged\":true}", value))
    }

    fn blank() -> Self {
        Self::new(false)
    }
}

crate::__written_as_itself!(ManagedProperty);

#[diagnostic::do_not_recommend]
impl WriteValue for ManagedProperty {
    fn written(&self) -> Written<'_> {
        let name = self.managed_property_logical_name.as_ref().map(|name| {
            // A string always has a JSON form.
            format!(",\"ManagedPropertyLogicalName\":{}", serde_json::Value::from(name.as_str()))
        });
        Written::Value(Value::Json(Cow::Owned(format!(
            "{{\"Value\":{},\"CanBeChanged\":{}{}}}",
            self.value,
            self.can_be_changed,
            name.unwrap_or_default()
        ))))
    }
}

crate::__holds_column!(ManagedPropertyColumn: ManagedProperty);
