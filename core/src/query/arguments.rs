//! What `filter` and `order_by` take.

use super::column::Column;
use super::filter::Filter;
use super::kinds::Sortable;
use super::order::Order;

mod sealed {
    pub trait Conditions<T> {}
    pub trait Orders<T> {}
}

/// What `filter` takes: a [`Filter`], several of them, of which all have to be met, or an `Option` of one, where `None`
/// leaves every record in.
///
/// ```
/// use dataverse_entity::prelude::*;
/// use dataverse_entity::query::Filter;
/// use dataverse_entity::tables::SessionEvent;
///
/// fn search(name: Option<&str>, at_most: Option<i32>) -> dataverse_entity::message::Query<SessionEvent> {
///     SessionEvent::query()
///         .filter(name.map(|name| SessionEvent::NAME.contains(name)))
///         .filter(at_most.map(|number| SessionEvent::IMPORT_SEQUENCE_NUMBER.le(number)))
/// }
/// # let org = dataverse_entity::message::Organization::new("https://contoso.crm4.dynamics.com").unwrap();
/// # use dataverse_entity::message::Message;
/// # assert!(search(None, None).request(&org).unwrap().uri().query().unwrap().find("$filter").is_none());
/// ```
///
/// Only the library implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on records of `{T}`",
    label = "a condition is made from a column of the table, such as `Table::COLUMN.eq(value)`; `filter` also takes an `Option`, an array or a `Vec` of conditions"
)]
pub trait IntoFilter<T>: sealed::Conditions<T> {
    /// The conditions as one; `None` where there are none.
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

/// What `order_by` takes: a column, by which records are sorted in ascending order, an [`Order`], or several orders, of
/// which each sorts what is equal so far.
///
/// Only the library implements it.
#[diagnostic::on_unimplemented(
    message = "records of `{T}` cannot be sorted by `{Self}`",
    label = "write a column of the table, such as `Table::COLUMN`, or `Table::COLUMN.desc()`; several orders stand in an array: `[Table::A.desc(), Table::B.asc()]`"
)]
pub trait IntoOrder<T>: sealed::Orders<T> {
    /// Puts the orders after those that are there.
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
