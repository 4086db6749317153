//! The arguments of `filter` and `order_by`.

use super::column::Column;
use super::filter::Filter;
use super::kinds::Sortable;
use super::order::Order;

mod sealed {
    pub trait Conditions<T> {}
    pub trait Orders<T> {}
}

/// An argument of `filter`: a [`Filter`], an array or a `Vec` of filters that must all be met, or an `Option`
/// of a filter. `None` keeps every record.
///
/// Only the library implements it.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::message::Query;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// fn search(name: Option<&str>, up_to: Option<i32>) -> Query<SessionEvent> {
///     SessionEvent::query()
///         .filter(name.map(|name| SessionEvent::NAME.contains(name)))
///         .filter(up_to.map(|number| SessionEvent::IMPORT_SEQUENCE_NUMBER.le(number)))
/// }
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let url = search(None, Some(7)).request(&org)?.uri().to_string();
/// assert!(url.ends_with("&$filter=importsequencenumber%20le%207"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on records of `{T}`",
    label = "a condition is made from a column of the table, such as `Table::COLUMN.eq(value)`; `filter` also takes an `Option`, an array or a `Vec` of conditions"
)]
pub trait IntoFilter<T>: sealed::Conditions<T> {
    /// Returns the conditions as one, or `None` if there are none.
    #[doc(hidden)]
    fn into_filter(self) -> Option<Filter<T>>;
}

macro_rules! conditions {
    ($([$($generics:tt)*] $type:ty: $conditions:ident => $filter:expr;)+) => {$(
        impl<T, $($generics)*> sealed::Conditions<T> for $type {}

        #[diagnostic::do_not_recommend]
        impl<T, $($generics)*> IntoFilter<T> for $type {
            fn into_filter(self) -> Option<Filter<T>> {
                let $conditions = self;
                $filter
            }
        }
    )+};
}

conditions! {
    [] Filter<T>: filter => Some(filter);
    [] &Filter<T>: filter => Some(filter.clone());
    [] Option<Filter<T>>: filter => filter;
    [] Vec<Filter<T>>: filters => Filter::all_of(filters);
    [const N: usize] [Filter<T>; N]: filters => Filter::all_of(filters);
    [const N: usize] [Option<Filter<T>>; N]: filters => Filter::all_of(filters.into_iter().flatten());
}

/// An argument of `order_by`: a column, which sorts ascending, an [`Order`], or an array or a `Vec` of
/// orders. Each order sorts the records that are equal under those before it.
///
/// Only the library implements it.
///
/// ```
/// use dataverse_entity::Organization;
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::tables::SessionEvent;
///
/// let org = Organization::new("https://contoso.crm4.dynamics.com")?;
/// let sorted = SessionEvent::query().order_by([SessionEvent::NAME.asc(), SessionEvent::CREATED_ON.desc()]);
/// assert!(sorted.request(&org)?.uri().to_string().ends_with("&$orderby=msdyn_name%20asc,createdon%20desc"));
/// # Ok::<(), dataverse_entity::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "records of `{T}` cannot be sorted by `{Self}`",
    label = "write a column of the table, such as `Table::COLUMN`, or `Table::COLUMN.desc()`; write several orders as an array: `[Table::A.desc(), Table::B.asc()]`"
)]
pub trait IntoOrder<T>: sealed::Orders<T> {
    /// Adds the orders after the existing ones.
    #[doc(hidden)]
    fn put(self, orders: &mut Vec<Order<T>>);
}

impl<T, K, V> sealed::Orders<T> for Column<T, K, V> where Self: Sortable {}

#[diagnostic::do_not_recommend]
impl<T, K, V> IntoOrder<T> for Column<T, K, V>
where
    Self: Sortable,
{
    fn put(self, orders: &mut Vec<Order<T>>) {
        orders.push(self.asc());
    }
}

macro_rules! orders {
    ($([$($generics:tt)*] $type:ty: $orders:ident => $all:expr;)+) => {$(
        impl<T, $($generics)*> sealed::Orders<T> for $type {}

        #[diagnostic::do_not_recommend]
        impl<T, $($generics)*> IntoOrder<T> for $type {
            fn put(self, orders: &mut Vec<Order<T>>) {
                let $orders = self;
                orders.extend($all);
            }
        }
    )+};
}

orders! {
    [] Order<T>: order => [order];
    [] &Order<T>: order => [*order];
    [] Option<Order<T>>: order => order;
    [] Vec<Order<T>>: orders => orders;
    [const N: usize] [Order<T>; N]: orders => orders;
}
