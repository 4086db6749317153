//! `$expand`: the related records that the struct of a query expands, narrowed as the query says.

use core::fmt;
use core::marker::PhantomData;
use std::borrow::Cow;

use super::arguments::{IntoFilter, IntoOrder};
use super::expression::{Expression, Join};
use super::order::{OrderBy, order_by_text};
use super::related::Related;
use crate::encode::query_value;
use crate::metadata::Many;
use crate::table::{ExpandText, RowPlan};

/// Maximum number of `$expand` options of a query, nested ones included.
const MAX_EXPANDS: u32 = 15;

/// Maximum number of records of an expanded collection.
const MAX_TOP: u32 = 5000;

/// Says which records of the table `R` a query expands, and in which order.
///
/// For a collection ([`Many`]), Dataverse takes a filter, an order and a limit. For a single record
/// ([`One`](super::One)), it takes only the options of the records that are expanded within it. If the struct
/// expands anything within an expanded record, Dataverse takes no orders and no limits; such a query is an
/// error before it is sent.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::query::{ExpandOptions, Many, Related};
/// use dataverse_entity::tables::{OcSession, SessionEvent};
///
/// const EVENTS: Related<OcSession, SessionEvent, Many> = Related::many("msdyn_ocsession_sessionevent_nested");
///
/// #[derive(DataverseEntity)]
/// #[entity(of = SessionEvent)]
/// struct Event {
///     #[attr(logical = "msdyn_name")]
///     name: Option<String>,
/// }
///
/// #[derive(DataverseEntity)]
/// #[entity(of = OcSession)]
/// struct Session {
///     #[attr(logical = "subject")]
///     subject: Option<String>,
///     #[expand(nav = "msdyn_ocsession_sessionevent_nested")]
///     events: Vec<Event>,
/// }
///
/// let latest = ExpandOptions::new().order_by(SessionEvent::CREATED_ON.desc()).top(3);
/// let org = Organization::new("https://contoso.crm4.dynamics.com").unwrap();
/// let request = Session::query().expand(EVENTS, latest).request(&org).unwrap();
/// assert_eq!(
///     request.uri().query().unwrap(),
///     "$select=subject&$expand=msdyn_ocsession_sessionevent_nested\
///      ($select=msdyn_name;$orderby=createdon%20desc;$top=3)"
/// );
/// ```
pub struct ExpandOptions<R, N = Many> {
    narrowed: Narrowed,
    types: PhantomData<fn() -> (R, N)>,
}

/// The options of a navigation property, without the type of its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Narrowed {
    filter: Option<Expression>,
    order: Vec<OrderBy>,
    top: Option<u32>,
    within: Vec<(&'static str, Self)>,
}

impl<R, N> ExpandOptions<R, N> {
    /// Expands all related records.
    pub fn new() -> Self {
        Self { narrowed: Narrowed::default(), types: PhantomData }
    }

    /// Narrows what is expanded within these records. Their struct must have a field for the navigation
    /// property. If called again for the same navigation property, the last call wins.
    #[must_use]
    pub fn expand<S, M>(mut self, related: Related<R, S, M>, options: ExpandOptions<S, M>) -> Self {
        self.narrowed.put(related.name(), options.narrowed);
        self
    }
}

impl<R> ExpandOptions<R, Many> {
    /// Expands only records that meet the condition. If called again, expands only records that meet all
    /// conditions. `None` keeps every record.
    #[must_use]
    pub fn filter(mut self, condition: impl IntoFilter<R>) -> Self {
        if let Some(later) = condition.into_filter().map(super::Filter::expression) {
            self.narrowed.filter = Some(match self.narrowed.filter.take() {
                Some(earlier) => earlier.join(Join::And, later),
                None => later,
            });
        }
        self
    }

    /// Sorts the records by a column, ascending, or by an [`Order`](super::Order). Later orders, in an array
    /// or in another call, sort the records that are equal under the earlier ones.
    #[must_use]
    pub fn order_by(mut self, order: impl IntoOrder<R>) -> Self {
        let mut orders = Vec::new();
        order.put(&mut orders);
        self.narrowed.order.extend(orders.iter().map(super::Order::by));
        self
    }

    /// Expands only the first `records` records: 1 to 5,000. The default is 5,000.
    #[must_use]
    pub fn top(mut self, records: u32) -> Self {
        self.narrowed.top = Some(records);
        self
    }
}

impl Narrowed {
    fn put(&mut self, navigation: &'static str, narrowed: Self) {
        self.within.retain(|(name, _)| *name != navigation);
        self.within.push((navigation, narrowed));
    }

    fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |narrowed, name| {
            narrowed.within.iter().find(|(each, _)| each == name).map(|(_, narrowed)| narrowed)
        })
    }

    /// Returns the options, percent-encoded.
    fn text(&self) -> Result<Vec<String>, String> {
        let mut options = Vec::new();
        if let Some(filter) = &self.filter {
            options.push(format!("$filter={}", query_value(&filter.text()?)));
        }
        if let Some(order) = order_by_text(self.order.iter().copied())? {
            options.push(format!("$orderby={}", order.replace(' ', "%20")));
        }
        if let Some(top) = self.top {
            if !(1..=MAX_TOP).contains(&top) {
                return Err(format!("`top` of expanded records is 1 to {MAX_TOP}, not {top}"));
            }
            options.push(format!("$top={top}"));
        }
        Ok(options)
    }

    /// Returns an error if the struct has no field for a navigation property.
    fn check(&self, plan: &RowPlan) -> Result<(), String> {
        for (name, narrowed) in &self.within {
            let Some(expand) = plan.expands.iter().find(|each| each.navigation == *name) else {
                return Err(format!(
                    "the struct does not expand `{name}`; give it a field with `#[expand(nav = \"{name}\")]`"
                ));
            };
            narrowed.check((expand.plan)())?;
        }
        Ok(())
    }

    /// Returns the first navigation property whose records are sorted or limited.
    fn sorted_or_limited(&self) -> Option<&'static str> {
        self.within.iter().find_map(|(name, narrowed)| {
            let here = !narrowed.order.is_empty() || narrowed.top.is_some();
            if here { Some(*name) } else { narrowed.sorted_or_limited() }
        })
    }
}

impl<R, N> Default for ExpandOptions<R, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R, N> Clone for ExpandOptions<R, N> {
    fn clone(&self) -> Self {
        Self { narrowed: self.narrowed.clone(), types: PhantomData }
    }
}

impl<R, N> PartialEq for ExpandOptions<R, N> {
    fn eq(&self, other: &Self) -> bool {
        self.narrowed == other.narrowed
    }
}

impl<R, N> Eq for ExpandOptions<R, N> {}

impl<R, N> fmt::Debug for ExpandOptions<R, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExpandOptions").field(&self.narrowed).finish()
    }
}

/// The options of all navigation properties of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Expands(Narrowed);

impl Expands {
    pub(crate) fn add<T, R, N>(&mut self, related: Related<T, R, N>, options: ExpandOptions<R, N>) {
        self.0.put(related.name(), options.narrowed);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.within.is_empty()
    }

    /// Returns the value of `$expand` for one record, percent-encoded.
    pub(crate) fn text_for_record(
        &self,
        plan: &'static RowPlan,
    ) -> Result<Option<Cow<'static, str>>, String> {
        match plan.texts().collection_in_collection {
            Some(name) => Err(format!(
                "`{name}`: Dataverse answers a collection within a collection of one record with nothing, whatever there \
                 is; read the record with a query that filters by its id"
            )),
            None => self.text(plan),
        }
    }

    /// Returns the value of `$expand`, percent-encoded.
    pub(crate) fn text(&self, plan: &'static RowPlan) -> Result<Option<Cow<'static, str>>, String> {
        let expand = match self.is_empty() {
            true => plan.texts().expand.as_ref().map(Cow::Borrowed),
            false => {
                self.0.check(plan)?;
                plan.expand_with(&|path| match self.0.at(path) {
                    Some(narrowed) => narrowed.text(),
                    None => Ok(Vec::new()),
                })?
                .map(Cow::Owned)
            }
        };
        let Some(expand) = expand else { return Ok(None) };
        let ExpandText { count, levels, pairs, only_pairs, .. } = *expand;
        if count > MAX_EXPANDS {
            return Err(format!(
                "the query expands {count} navigation properties, but Dataverse takes {MAX_EXPANDS}"
            ));
        }
        if let (Some(name), false) = (pairs, only_pairs) {
            return Err(format!(
                "`{name}`: Dataverse expands a many-to-many relationship neither next to other kinds nor within an expanded \
                 record; read it with a query of its own (`query_related`)"
            ));
        }
        match self.0.sorted_or_limited() {
            Some(name) if levels > 1 => Err(format!(
                "`{name}`: Dataverse neither sorts nor limits expanded records in a query that expands within an expanded \
                 record; leave out `order_by` and `top`, or read these records with a query of their own (`query_related`)"
            )),
            _ => Ok(Some(match expand {
                Cow::Borrowed(expand) => Cow::Borrowed(&expand.text),
                Cow::Owned(expand) => Cow::Owned(expand.text),
            })),
        }
    }
}
