use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
enum EnumAsTable {
    One,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct TupleStruct(Id<TupleStruct>);

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
union UnionAsTable {
    one: i32,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct UnitStruct;

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct NoFields {}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct GenericTable<const N: usize> {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<GenericTable<N>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct BorrowingTable<'a> {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<BorrowingTable<'static>>,
    #[attr(logical = "new_name", string)]
    name: Option<std::borrow::Cow<'a, str>>,
}

fn main() {}
