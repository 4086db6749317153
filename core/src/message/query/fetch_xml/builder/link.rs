//! Links: joins of another table.

use core::marker::PhantomData;

use super::level::{DateGrouping, Intersect, Level, LinkElement, level_methods};
use crate::message::message_type::message_type;
use crate::query::kinds::{Comparable, Dated, Ranged, Summable};
use crate::query::{Column, Filter, IntoFilter, IntoOrder};
use crate::reference::{BindTo, LookupTarget};
use crate::{Entity, Id};

/// How a link joins its table to the one around it. A record's partners are the records that the link relates
/// to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum LinkType {
    /// Answers a row for each pair of partners; a record without a partner has no row. The default.
    #[default]
    Inner,
    /// Answers a row for each pair of partners, and one for each record without a partner.
    Outer,
    /// Keeps each record that has a partner that meets the link's filter. The record has one row.
    Any,
    /// Keeps each record that has no partner that meets the link's filter.
    NotAny,
    /// Keeps each record that has partners, **none** of which meets the link's filter. To find records whose
    /// partners all meet a condition, filter by the opposite.
    All,
    /// Keeps each record that has a partner that meets the link's filter, like [`Any`](Self::Any).
    NotAll,
    /// Keeps the records that [`Any`](Self::Any) keeps; the database uses `EXISTS`, which can be faster.
    Exists,
    /// Keeps the records that [`Any`](Self::Any) keeps; the database uses `IN`, which can be faster.
    In,
    /// Answers one row for each record with a partner, joined with its first partner. Dataverse names the
    /// columns of such a link by their schema names.
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

    /// Returns whether the link is written into a filter.
    pub(super) const fn is_of_filter(self) -> bool {
        matches!(self, Self::Any | Self::NotAny | Self::All | Self::NotAll)
    }

    /// Returns whether the rows of the query hold columns of the link.
    pub(super) const fn is_joined(self) -> bool {
        matches!(self, Self::Inner | Self::Outer | Self::FirstRow)
    }
}

/// A join of the table `L` to the table `T` of a FetchXML query (a `link-entity`).
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
    /// Joins the record to which a lookup of the table points.
    ///
    /// For a lookup to several tables, name the table: `Link::<_, Account>::to_one(…)`.
    pub fn to_one<K, V: LookupTarget>(lookup: Column<T, K, V>) -> Self
    where
        Id<L>: BindTo<V>,
    {
        let mut link = Self::new(L::METADATA.primary_id_attribute, "");
        link.to = link.level.own_column(lookup.path());
        link
    }

    /// Joins the records whose lookup points to the record of the table.
    pub fn to_many<K, V: LookupTarget>(lookup: Column<L, K, V>) -> Self
    where
        Id<T>: BindTo<V>,
    {
        let mut link = Self::new("", T::METADATA.primary_id_attribute);
        link.from = link.level.own_column(lookup.path());
        link
    }

    /// Joins the records whose column `from` equals the column `to` of the table.
    ///
    /// ```
    /// use dataverse_entity::message::Link;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{OcSession, SessionEvent};
    ///
    /// let session = Link::on(OcSession::SUBJECT, SessionEvent::NAME);
    /// assert!(SessionEvent::fetch().link(session).to_xml()?.contains(
    ///     "<link-entity name=\"msdyn_ocsession\" from=\"subject\" to=\"msdyn_name\" link-type=\"inner\""
    /// ));
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
    pub fn on<K: Comparable, V, W>(from: Column<L, K, V>, to: Column<T, K, W>) -> Self {
        let mut link = Self::new("", "");
        link.from = link.level.own_column(from.path());
        link.to = link.level.own_column(to.path());
        link
    }

    /// Joins the records of a many-to-many relationship. Its intersect table (`IntersectEntityName`) must
    /// have columns with the names of the two primary ids; otherwise use [`through`](Self::through).
    ///
    /// ```
    /// use dataverse_entity::message::Link;
    /// use dataverse_entity::prelude::*;
    /// use dataverse_entity::tables::{SystemUser, Team};
    ///
    /// let teams = Link::<SystemUser, Team>::many_to_many("teammembership").outer().attribute(Team::NAME);
    /// assert!(SystemUser::fetch().link(teams).to_xml()?.contains(
    ///     "<link-entity name=\"teammembership\" from=\"systemuserid\" to=\"systemuserid\" \
    ///      link-type=\"outer\" intersect=\"true\"><link-entity name=\"team\" from=\"teamid\" to=\"teamid\""
    /// ));
    /// # Ok::<(), dataverse_entity::EncodeError>(())
    /// ```
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

    /// Joins the records of a many-to-many relationship. `own` and `other` are the columns of the intersect
    /// table that hold the ids of this table and of the other one.
    pub fn through(intersect: &'static str, own: &'static str, other: &'static str) -> Self {
        let mut link = Self::new(L::METADATA.primary_id_attribute, T::METADATA.primary_id_attribute);
        link.through = Some(Intersect { table: intersect, own, other });
        link
    }

    fn new(from: &'static str, to: &'static str) -> Self {
        let (alias, link_type, through) = (None, LinkType::default(), None);
        Self { from, to, alias, link_type, through, level: Level::new(L::METADATA), tables: PhantomData }
    }

    /// Sets the alias of the link, which is part of the names of its columns. By default, it is the table's
    /// name, with a number from the second link to that table on: `contact`, `contact2`.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.alias = Some(alias.into());
        self
    }

    /// Sets how the link joins its table; [`LinkType::Inner`] by default.
    pub fn link_type(mut self, link_type: LinkType) -> Self {
        self.link_type = link_type;
        self
    }

    /// Also answers records without a partner ([`LinkType::Outer`]). In their rows, the columns of the link
    /// have no value.
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
