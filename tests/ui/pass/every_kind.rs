//! One struct with a column of each kind, with all the arguments that the kind takes.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum State {
    One = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Status {
    #[option(state = State::One)]
    One = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
enum Kind {
    One = 1,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", ownership = "user")]
struct Thing {
    #[attr(logical = "new_thingid", uniqueidentifier, primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_string", string(max_length = 100, format = "email"))]
    string: Option<String>,
    #[attr(logical = "new_memo", memo(max_length = 2000, format = "rich_text"))]
    memo: Option<String>,
    #[attr(logical = "new_integer", integer(min = -5, max = 1_000, format = "duration"))]
    integer: Option<i32>,
    #[attr(logical = "new_bigint", bigint)]
    bigint: Option<i64>,
    #[attr(logical = "new_double", double(min = -0.5, max = 1e3, precision = 5))]
    double: Option<f64>,
    #[attr(logical = "new_decimal", decimal(min = "-0.1", max = 100000000000, precision = 10))]
    decimal: Option<rust_decimal::Decimal>,
    #[attr(logical = "new_money", money(min = -922337203685477.0000, max = 922337203685477.0000, precision = 4))]
    money: Option<rust_decimal::Decimal>,
    #[attr(logical = "new_boolean", boolean(true_label = "On", false_label = "Off"))]
    boolean: Option<bool>,
    #[attr(logical = "new_user_local", datetime(behavior = "user_local", format = "date_only"))]
    user_local: Option<Timestamp>,
    #[attr(logical = "new_date_only", datetime(behavior = "date_only", format = "date_only"))]
    date_only: Option<jiff::civil::Date>,
    #[attr(logical = "new_clock", datetime(behavior = "time_zone_independent", format = "date_and_time"))]
    clock: Option<jiff::civil::DateTime>,
    #[attr(logical = "new_picklist", picklist)]
    picklist: Option<Kind>,
    #[attr(logical = "new_integers", picklist)]
    integers: Option<i32>,
    #[attr(logical = "statecode", state, update_only)]
    state: Option<State>,
    #[attr(logical = "statuscode", status)]
    status: Option<Status>,
    #[attr(logical = "new_multiselect", multiselect)]
    multiselect: Option<MultiSelect<Kind>>,
    #[attr(logical = "new_lookup", lookup, nav = "new_Lookup")]
    lookup: Option<Lookup<SystemUser>>,
    #[attr(
        logical = "new_customer",
        customer,
        nav(SystemUser = "new_Customer_user", Team = "new_Customer_team")
    )]
    customer: Option<Lookup<Principal>>,
    #[attr(logical = "ownerid", owner, nav = "ownerid")]
    owner: Option<Lookup<Principal>>,
    #[attr(logical = "new_uniqueidentifier", uniqueidentifier)]
    uniqueidentifier: Option<dataverse_entity::Uuid>,
    #[attr(logical = "new_entity_name", entity_name)]
    entity_name: Option<String>,
    #[attr(logical = "entityimage", image)]
    image: Option<Vec<u8>>,
    #[attr(logical = "new_file", file)]
    file: Option<dataverse_entity::Uuid>,
    #[attr(logical = "iscustomizable", managed_property)]
    managed_property: Option<ManagedProperty>,
    #[attr(logical = "new_parties", party_list)]
    party_list: NoProperty,
    #[attr(logical = "new_virtual", virtual, read_only)]
    virtual_: NoProperty,
    #[attr(logical = "new_picklistname", virtual, read_only, name_of = "new_picklist")]
    picklist_name: Option<String>,
}

fn main() {
    assert_eq!(Thing::METADATA.attributes.len(), 28);
    let create = Thing::create()
        .string("a@b.c")
        .memo("…")
        .integer(5)
        .bigint(1_i64 << 40)
        .double(0.5)
        .decimal(rust_decimal::Decimal::ONE)
        .money(rust_decimal::Decimal::TEN)
        .boolean(true)
        .user_local(Timestamp::UNIX_EPOCH)
        .date_only(jiff::civil::date(2024, 2, 29))
        .clock(jiff::civil::date(2024, 2, 29).at(12, 0, 0, 0))
        .picklist(Kind::One)
        .integers(7)
        .status(Status::One)
        .multiselect([Kind::One].into_iter().collect::<MultiSelect<_>>())
        .uniqueidentifier(dataverse_entity::Uuid::nil())
        .entity_name("account")
        .image([1, 2, 3])
        .managed_property(ManagedProperty::new(true));
    assert_eq!(create.validate().err().map(|violations| violations.to_string()), None);
    assert!(create.to_json().unwrap().contains(r#""new_multiselect":"1""#));
}
