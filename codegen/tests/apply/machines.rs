//! Tables with a column of each kind that a request can create, and each kind of relationship.

use dataverse_entity::prelude::*;
use dataverse_entity::tables::{Principal, SystemUser};
use dataverse_entity::{jiff, rust_decimal, table_ref};

/// Something that runs.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(
    logical = "new_machine",
    set = "new_machinery",
    schema = "new_Machine",
    display = "Machine",
    display_collection = "Machinery",
    description = "Something that runs",
    ownership = "user",
    key(name = "new_bynumber", columns(new_number, new_slots)),
    relationship(
        many_to_many,
        schema = "new_machine_tools",
        table = "new_tool",
        nav = "new_Tools",
        intersect = "new_machinetool"
    ),
    relationship(
        one_to_many,
        schema = "new_machine_parts",
        column = "new_partof",
        table = "new_machine",
        nav = "new_Parts",
        on_delete = "cascade"
    )
)]
pub struct Machine {
    #[attr(
        logical = "new_machineid",
        schema = "new_machineId",
        primary_id,
        create_only,
        required = "system"
    )]
    pub id: Id<Machine>,
    #[attr(
        logical = "new_name",
        schema = "new_Name",
        display = "Name",
        description = "What the plate says",
        primary_name,
        string(max_length = 200),
        required = "application"
    )]
    pub name: Option<String>,
    #[attr(logical = "new_email", schema = "new_Email", string(max_length = 80, format = "email"))]
    pub email: Option<String>,
    #[attr(
        logical = "new_number",
        schema = "new_Number",
        string(max_length = 20),
        auto_number = "M-{SEQNUM:5}"
    )]
    pub number: Option<String>,
    #[attr(logical = "new_manual", schema = "new_Manual", memo(max_length = 5000))]
    pub manual: Option<String>,
    #[attr(
        logical = "new_slots",
        schema = "new_Slots",
        integer(min = 0, max = 64),
        required = "recommended"
    )]
    pub slots: Option<i32>,
    #[attr(logical = "new_cycle", schema = "new_Cycle", integer(format = "duration"))]
    pub cycle: Option<i32>,
    #[attr(logical = "new_turns", schema = "new_Turns", bigint)]
    pub turns: Option<i64>,
    #[attr(logical = "new_latitude", schema = "new_Latitude", double(min = -90, max = 90, precision = 5))]
    pub latitude: Option<f64>,
    #[attr(logical = "new_weight", schema = "new_Weight", decimal(min = 0, max = 1000, precision = 3))]
    pub weight: Option<rust_decimal::Decimal>,
    #[attr(logical = "new_price", schema = "new_Price", money(min = 0, max = 1000000, precision = 2))]
    pub price: Option<rust_decimal::Decimal>,
    #[attr(
        logical = "new_running",
        schema = "new_Running",
        boolean(true_label = "On", false_label = "Off"),
        default = true
    )]
    pub running: Option<bool>,
    #[attr(logical = "new_checked", schema = "new_Checked", datetime(behavior = "user_local"))]
    pub checked: Option<Timestamp>,
    #[attr(logical = "new_opens", schema = "new_Opens", datetime(behavior = "time_zone_independent"))]
    pub opens: Option<jiff::civil::DateTime>,
    #[attr(
        logical = "new_built",
        schema = "new_Built",
        datetime(behavior = "date_only", format = "date_only")
    )]
    pub built: Option<jiff::civil::Date>,
    #[attr(logical = "new_color", schema = "new_Color", picklist, default = 100_000_001)]
    pub color: Option<Color>,
    #[attr(logical = "new_size", schema = "new_Size", picklist, global_option_set = "new_sizes")]
    pub size: Option<Size>,
    #[attr(logical = "new_colors", schema = "new_Colors", multiselect)]
    pub colors: Option<MultiSelect<Color>>,
    #[attr(logical = "new_photo", schema = "new_Photo", image)]
    pub photo: Option<String>,
    #[attr(logical = "new_plan", schema = "new_Plan", file)]
    pub plan: Option<dataverse_entity::Uuid>,
    #[attr(logical = "statecode", schema = "statecode", state, required = "system")]
    pub state: Option<State>,
    #[attr(logical = "statuscode", schema = "statuscode", status)]
    pub status: Option<Status>,
    #[attr(
        logical = "new_keeper",
        schema = "new_Keeper",
        display = "Keeper",
        lookup,
        nav = "new_Keeper",
        relationship = "new_systemuser_machines",
        on_delete = "restrict"
    )]
    pub keeper: Option<Lookup<SystemUser>>,
    #[attr(logical = "new_partof", schema = "new_PartOf", lookup, nav = "new_whole", hierarchical)]
    pub part_of: Option<Lookup<Machine>>,
    #[attr(
        logical = "new_buyer",
        schema = "new_Buyer",
        customer,
        nav(Account = "new_Buyer_account", Contact = "new_Buyer_contact")
    )]
    pub buyer: Option<Lookup<Buyer>>,
    #[attr(
        logical = "new_about",
        schema = "new_About",
        lookup,
        nav(User = "new_About_systemuser", Tool = "new_About_new_tool")
    )]
    pub about: Option<Lookup<Subject>>,
    #[attr(logical = "createdon", schema = "CreatedOn", read_only)]
    pub created_on: Option<Timestamp>,
    #[attr(logical = "ownerid", schema = "OwnerId", owner, nav = "ownerid", required = "system")]
    pub owner: Option<Lookup<Principal>>,
}

/// What a machine works with.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_tool", set = "new_tools", schema = "new_Tool", ownership = "organization")]
#[entity(relationship(
    many_to_many,
    schema = "new_machine_tools",
    table = "new_machine",
    nav = "new_machine_tools",
    intersect = "new_machinetool"
))]
pub struct Tool {
    #[attr(logical = "new_toolid", schema = "new_toolId", primary_id, create_only, required = "system")]
    pub id: Id<Tool>,
    #[attr(logical = "new_toolname", schema = "new_ToolName", primary_name, string(max_length = 100))]
    pub name: Option<String>,
    #[attr(logical = "new_toolsize", schema = "new_ToolSize", picklist, global_option_set = "new_sizes")]
    pub size: Option<Size>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
pub enum Subject {
    User(Id<SystemUser>),
    Tool(Id<Tool>),
    #[target(unknown)]
    Other(UnknownTarget),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, LookupTarget)]
pub enum Buyer {
    Account(Id<Account>),
    Contact(Id<Contact>),
}

table_ref!(pub Account, logical = "account", set = "accounts", id = "accountid");
table_ref!(pub Contact, logical = "contact", set = "contacts", id = "contactid");

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Color {
    Red = 100_000_000,
    #[option(label = "Dark blue")]
    DarkBlue = 100_000_001,
    Green = 100_000_002,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Size {
    Small = 1,
    Large = 2,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum State {
    #[option(default_status = Status::Active, invariant = "Active")]
    Active = 0,
    #[option(default_status = Status::Inactive, invariant = "Inactive")]
    Inactive = 1,
}

#[derive(Debug, Clone, Copy, OptionSet)]
#[repr(i32)]
pub enum Status {
    #[option(state = State::Active)]
    Active = 1,
    #[option(state = State::Inactive)]
    Inactive = 2,
    #[option(state = State::Inactive, label = "Sold")]
    Sold = 100_000_000,
}
