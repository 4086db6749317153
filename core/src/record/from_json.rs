//! Shortcuts for reading with a new [`Decoder`].

use serde_core::{Deserialize, Deserializer, de::Error as _};
use serde_json::value::RawValue;

use super::decoder::Decoder;
use super::error::DecodeError;
use super::fields::FromRow;
use super::page::{Page, RowResult};
use super::record::Record;

impl<T> Record<T> {
    /// Reads a record from the JSON of a response, with the settings of a new [`Decoder`].
    ///
    /// # Errors
    ///
    /// The text is not JSON, not an object, or holds a value that its field cannot.
    pub fn from_json<'de>(json: &'de (impl AsRef<[u8]> + ?Sized)) -> Result<Self, DecodeError>
    where
        T: FromRow<'de>,
    {
        Decoder::new().record(json)
    }
}

impl<T> Page<T> {
    /// Reads a page from the JSON of a response, with the settings of a new [`Decoder`].
    ///
    /// # Errors
    ///
    /// The text is not JSON, not a page, or holds a row that cannot be read.
    pub fn from_json<'de>(json: &'de (impl AsRef<[u8]> + ?Sized)) -> Result<Self, DecodeError>
    where
        T: FromRow<'de>,
    {
        Decoder::new().page(json)
    }

    /// Reads a page and keeps the error of a row that cannot be read in the position of that row.
    ///
    /// # Errors
    ///
    /// The text is not JSON or not a page.
    pub fn rows_from_json<'de>(
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Page<T, RowResult<T>>, DecodeError>
    where
        T: FromRow<'de>,
    {
        Decoder::new().page_rows(json)
    }
}

/// Reads JSON only: numbers are read from their text, which only `serde_json` provides.
impl<'de, T> Deserialize<'de> for Record<T>
where
    T: for<'text> FromRow<'text>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Decoder::new().record(json.get()).map_err(D::Error::custom)
    }
}

/// Reads JSON only: numbers are read from their text, which only `serde_json` provides.
impl<'de, T> Deserialize<'de> for Page<T>
where
    T: for<'text> FromRow<'text>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Decoder::new().page(json.get()).map_err(D::Error::custom)
    }
}
