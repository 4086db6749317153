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
    /// Returns an error if the text is not the JSON of a record, or has a value that its field cannot hold.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::Team;
    ///
    /// let json = r#"{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"Collections"}"#;
    /// let team = Record::<Team>::from_json(json)?;
    /// assert_eq!(team.name.as_deref(), Some("Collections"));
    /// # Ok::<(), DecodeError>(())
    /// ```
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
    /// Returns an error if the text is not the JSON of a page, or has a row that cannot be read. Also returns
    /// an error if no row has an etag or a column of the table, as in a page of aggregates.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::Team;
    ///
    /// let json = r#"{"value":[{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"Collections"}]}"#;
    /// let page = Page::<Team>::from_json(json)?;
    /// assert_eq!(page.records[0].name.as_deref(), Some("Collections"));
    /// # Ok::<(), DecodeError>(())
    /// ```
    pub fn from_json<'de>(json: &'de (impl AsRef<[u8]> + ?Sized)) -> Result<Self, DecodeError>
    where
        T: FromRow<'de>,
    {
        Decoder::new().page(json)
    }

    /// Reads a page. An error takes the place of each row that cannot be read.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not the JSON of a page, or if no row has an etag or a column of the
    /// table, as in a page of aggregates.
    ///
    /// ```
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::Team;
    ///
    /// let json = r#"{"value":[{"teamid":"1"},{"teamid":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}]}"#;
    /// let page = Page::<Team>::rows_from_json(json)?;
    /// assert!(page.records[0].is_err() && page.records[1].is_ok());
    /// # Ok::<(), DecodeError>(())
    /// ```
    pub fn rows_from_json<'de>(
        json: &'de (impl AsRef<[u8]> + ?Sized),
    ) -> Result<Page<T, RowResult<T>>, DecodeError>
    where
        T: FromRow<'de>,
    {
        Decoder::new().page_rows(json)
    }
}

/// Works only with `serde_json`. Numbers are read from their text, and only `serde_json` provides that text.
impl<'de, T> Deserialize<'de> for Record<T>
where
    T: for<'text> FromRow<'text>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Decoder::new().record(json.get()).map_err(D::Error::custom)
    }
}

/// Works only with `serde_json`. Numbers are read from their text, and only `serde_json` provides that text.
impl<'de, T> Deserialize<'de> for Page<T>
where
    T: for<'text> FromRow<'text>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Decoder::new().page(json.get()).map_err(D::Error::custom)
    }
}
