//! The tables of the org. `cargo dataverse generate` writes such structs from an org.

use dataverse_entity::prelude::*;
use dataverse_entity::rust_decimal::Decimal;

/// A customer. The alternate key is what the source knows of it.
#[derive(Debug, DataverseEntity)]
#[entity(
    logical = "new_customer",
    set = "new_customers",
    ownership = "user",
    key(name = "new_number", columns(new_number))
)]
pub struct Customer {
    #[attr(logical = "new_customerid", primary_id)]
    pub id: Id<Customer>,
    #[attr(logical = "new_number", string(max_length = 20))]
    pub number: Option<String>,
    #[attr(logical = "new_name", primary_name, string(max_length = 100))]
    pub name: Option<String>,
}

/// An order of a customer.
#[derive(Debug, DataverseEntity)]
#[entity(logical = "new_order", set = "new_orders", ownership = "user")]
pub struct Order {
    #[attr(logical = "new_orderid", primary_id)]
    pub id: Id<Order>,
    #[attr(logical = "new_number", primary_name, string(max_length = 20))]
    pub number: Option<String>,
    #[attr(logical = "new_amount", decimal(precision = 2, min = 0, max = 1_000_000))]
    pub amount: Option<Decimal>,
    #[attr(logical = "new_customer", lookup, nav = "new_Customer")]
    pub customer: Option<Lookup<Customer>>,
}
