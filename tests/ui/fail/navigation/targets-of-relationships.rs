//! Mistakes that only the compiler finds: the tables of a lookup, and the table of a relationship's records.
use dataverse_entity::prelude::*;
use dataverse_entity::table_ref;

table_ref!(Account, logical = "account", set = "accounts", id = "accountid");
table_ref!(Contact, logical = "contact", set = "contacts", id = "contactid");

#[derive(Debug, Clone, PartialEq, LookupTarget)]
enum Customer {
    Account(Id<Account>),
    Contact(Id<Contact>),
}

#[derive(Debug, DataverseEntity)]
#[entity(
    logical = "new_order",
    set = "new_orders",
    relationship(many_to_many, schema = "a", table = "contact", nav = "new_contacts", related = Account),
    relationship(many_to_many, schema = "b", table = "contact", nav = "new_others", related = Customer)
)]
struct Order {
    #[attr(logical = "new_orderid", primary_id)]
    id: Id<Order>,
    #[attr(logical = "new_one", lookup, nav = "new_One", relationship(Account = "x"))]
    one: Option<Lookup<Account>>,
    #[attr(logical = "new_two", lookup, nav = "new_{table}", relationship = "y")]
    two: Option<Lookup<Customer>>,
    #[attr(logical = "new_any", lookup, nav = "new_any_{table}", relationship = "z")]
    any: Option<Lookup<AnyTable>>,
    #[attr(logical = "new_both", lookup, nav = "new_Both", relationship = "w")]
    both: Option<Lookup<Customer>>,
    #[attr(logical = "new_per", lookup, nav(Account = "p"))]
    per: Option<Lookup<AnyTable>>,
}

fn main() {}
