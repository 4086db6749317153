//! Texts that definitions wrap.

use core::fmt;

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use crate::OtherMembers;
use crate::fact::null_is_default;

/// A text that definitions wrap: `{"Value": "…"}`. A definition written by hand may have the text alone.
///
/// ```
/// use dataverse_definitions::Named;
///
/// let wrapped: Named = serde_json::from_str(r#"{"Value": "ApplicationRequired", "CanBeChanged": true}"#)?;
/// let alone: Named = serde_json::from_str(r#""ApplicationRequired""#)?;
/// assert_eq!(wrapped.value, alone.value);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct Named {
    /// The text.
    pub value: String,
    /// The members that the struct does not name, such as `CanBeChanged`.
    #[serde(flatten)]
    pub other: OtherMembers,
}

impl From<&str> for Named {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl From<String> for Named {
    fn from(value: String) -> Self {
        Self { value, other: OtherMembers::default() }
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Wrapped {
            #[serde(default, deserialize_with = "null_is_default")]
            value: String,
            #[serde(flatten)]
            other: OtherMembers,
        }
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Named;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or an object with a text `Value`")
            }

            fn visit_str<E>(self, text: &str) -> Result<Named, E> {
                Ok(text.into())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Named, A::Error> {
                let Wrapped { value, other } = Wrapped::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Named { value, other })
            }
        }
        deserializer.deserialize_any(Either)
    }
}
