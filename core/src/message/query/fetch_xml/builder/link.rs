//! Links: joins of another table.

use core::marker::PhantomData;

use super::level::{DateGrouping, Intersect, Level, LinkElement, level_methods};
use crate::message::message_type::message_type;
use crate::query::kinds::{Comparable, Dated, Ranged, Summable};
use crate::query::{Column, Filter, IntoFilter, IntoOrder};
use crate::reference::{BindTo, LookupTarget};
use crate::{Entity, Id};

/// How the rows of a link belong to those of the table that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum LinkType {
    /// Answers a row for each pair of records; a record without a partner has none. The default.
    #[default]
    Inner,
    /// Answers a row for each pair, and one for each record without a partner.
    Outer,
    /// Keeps each record once that has a partner that meets the link's filter.
    Any,
    /// Keeps each record that has no partner that meets the link's filter.
    NotAny,
    /// Keeps each record that has partners, **none** of which meets the link's filter. To find those whose partners all
    /// meet a condition, filter by its opposite.
    All,
    /// Keeps each record once that has a partner that meets the link's filter, as [`Any`](Self::Any) does.
    NotAll,
    /// As [`Any`](Self::Any), by another plan of the database, which can be faster.
    Exists,
    /// As [`Any`](Self::Any), by another plan of the database, which can be faster.
    In,
    /// Answers one row for each record with a partner, with the first partner only. Dataverse names the columns of such a
    /// link by their schema names.
    FirstRow,
}

impl LinkType {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Inner => "inner",
            Self::Outer => "outer",
            Self::Any => "any",
            Self::NotAny => "not any",
            Self::All => "all",
            Self::NotAll => "not all",
            Self::Exists => "exists",
            Self::In => "in",
            Self::FirstRow => "matchfirstrowusingcrossapply",
        }
    }

    /// Whether the link is an element of a filter.
    pub(super) const fn is_of_filter(self) -> bool {
        matches!(self, Self::Any | Self::NotAny | Self::All | Self::NotAll)
    }

    /// Whether the rows of the link are rows of the query, so that it can answer their columns.
    pub(super) const fn is_joined(self) -> bool {
        matches!(self, Self::Inner | Self::Outer | Self::FirstRow)
    }
}

/// A join of the table `L` to the table `T` of a FetchXML query: a `link-entity`.
///
/// ```
/// use dataverse_entity::message::{Link, LinkType};
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// // Each event with the subject of its session.
/// let session = Link::to_one(SessionEvent::SESSION).alias("session").attribute(OcSession::SUBJECT);
/// let events = SessionEvent::fetch().attribute(SessionEvent::NAME).link(session);
/// assert_eq!(
///     events.to_xml()?,
///     "<fetch><entity name=\"msdyn_sessionevent\"><attribute name=\"msdyn_name\"/>\
///      <link-entity name=\"msdyn_ocsession\" from=\"activityid\" to=\"msdyn_omnichannelsession\" link-type=\"inner\" \
///      alias=\"session\"><attribute name=\"subject\"/></link-entity></entity></fetch>"
/// );
///
/// // The sessions that have no event of this name.
/// let accepted = Link::to_many(SessionEvent::SESSION)
///     .filter(SessionEvent::NAME.eq("Accepted"))
///     .link_type(LinkType::NotAny);
/// let sessions = OcSession::fetch().attribute(OcSession::SUBJECT).link(accepted);
/// assert!(sessions.to_xml()?.contains("<filter type=\"and\"><link-entity name=\"msdyn_sessionevent\" "));
/// # Ok::<(), dataverse_entity::EncodeError>(())
/// ```
#[must_use = "a link does nothing until it is part of a query"]
pub struct Link<T, L> {
    from: &'static str,
    to: &'static str,
    alias: Option<String>,
    link_type: LinkType,
    through: Option<Intersect>,
    level: Level,
    tables: PhantomData<fn() -> (T, L)>,
}

impl<T: Entity, L: Entity> Link<T, L> {
    /// The record that a lookup of the table points to.
    ///
    /// A lookup that may point to several tables has no one table: name it, as in `Link::<_, Account>::to_one(…)`.
    pub fn to_one<K, V: LookupTarget>(lookup: Column<T, K, V>) -> Self
    where
        Id<L>: BindTo<V>,
    {
        let mut link = Self::new(L::METADATA.primary_id_attribute, "");
        link.to = link.level.own_column(lookup.path());
        link
    }

    /// The records whose lookup points to the record of the table.
    pub fn to_many<K, V: LookupTarget>(lookup: Column<L, K, V>) -> Self
    where
        Id<T>: BindTo<V>,
    {
        let mut link = Self::new("", T::METADATA.primary_id_attribute);
        link.from = link.level.own_column(lookup.path());
        link
    }

    /// The records whose column is equal to a column of the table.
    pub fn on<K: Comparable, V, W>(from: Column<L, K, V>, to: Column<T, K, W>) -> Self {
        let mut link = Self::new("", "");
        link.from = link.level.own_column(from.path());
        link.to = link.level.own_column(to.path());
        link
    }

    /// The records of a many-to-many relationship, by the logical name of its intersect table (`IntersectEntityName`), whose
    /// columns have the names of the two primary ids.
    pub fn many_to_many(intersect: &'static str) -> Self {
        let (own, other) = (T::METADATA.primary_id_attribute, L::METADATA.primary_id_attribute);
        let mut link = Self::through(intersect, own, other);
        if own == other {
            link.level.note(|| {
                format!(
                    "`{intersect}` relates `{}` to itself, and has two columns for it; name them with `Link::through`",
                    T::METADATA.logical_name
                )
            });
        }
        link
    }

    /// The records of a many-to-many relationship, by its intersect table, the column of it that holds the id of this table,
    /// and the one that holds the id of the other.
    pub fn through(intersect: &'static str, own: &'static str, other: &'static str) -> Self {
        let mut link = Self::new(L::METADATA.primary_id_attribute, T::METADATA.primary_id_attribute);
        link.through = Some(Intersect { table: intersect, own, other });
        link
    }

    fn new(from: &'static str, to: &'static str) -> Self {
        let (alias, link_type, through) = (None, LinkType::default(), None);
        Self { from, to, alias, link_type, through, level: Level::new(L::METADATA), tables: PhantomData }
    }

    /// Names the link, and so its columns in the rows. Without a name it has that of its table, with a number from the second
    /// link to that table on: `contact`, `contact2`.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.alias = Some(alias.into());
        self
    }

    /// Sets how the rows of the link belong to those of the table that it is in: [`LinkType::Inner`] if nothing is said.
    pub fn link_type(mut self, link_type: LinkType) -> Self {
        self.link_type = link_type;
        self
    }

    /// Keeps records without a partner, whose columns of the link have no value: [`LinkType::Outer`].
    pub fn outer(self) -> Self {
        self.link_type(LinkType::Outer)
    }

    level_methods!(L);

    pub(super) fn into_element(self) -> LinkElement {
        let Self { from, to, alias, link_type, through, level, tables: _ } = self;
        LinkElement { from, to, alias, link_type, through, level }
    }
}

message_type!(Link<T, L> where [] { from, to, alias, link_type, through, level; skip tables });
