use dataverse_entity::prelude::*;

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(one_to_many, schema = "new_thing_task", column = "regardingobjectid")
)]
struct RelationshipBareOneToMany {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipBareOneToMany>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<RelationshipBareOneToMany>>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(
        many_to_one,
        schema = "new_thing_thing",
        column = "new_name",
        table = "new_thing",
        key = "new_thingid"
    )
)]
struct RelationshipOfColumnThatIsNoLookup {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipOfColumnThatIsNoLookup>,
    #[attr(logical = "new_name", string)]
    name: Option<String>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(
        many_to_one,
        schema = "new_thing_thing",
        column = "new_parnt",
        table = "new_thing",
        key = "new_thingid"
    )
)]
struct RelationshipOfUnknownColumn {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipOfUnknownColumn>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<RelationshipOfUnknownColumn>>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(
        many_to_one,
        one_to_many,
        schema = "new_thing_thing",
        column = "new_parent",
        table = "new_thing",
        key = "new_thingid"
    )
)]
struct RelationshipOnBothSides {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipOnBothSides>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<RelationshipOnBothSides>>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(
        many_to_one,
        schema = "new_thing_thing",
        column = "new_parent",
        table = "new_thing",
        key = "new_thingid",
        on_delete = "removelink"
    )
)]
struct RelationshipOnDeleteUnknownWord {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipOnDeleteUnknownWord>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<RelationshipOnDeleteUnknownWord>>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(
        many_to_one,
        schema = "new_thing_thing",
        column = "new_parent",
        table = "new_thing",
        key = "new_thingid"
    ),
    relationship(
        many_to_one,
        schema = "new_thing_thing",
        column = "new_parent",
        table = "new_thing",
        key = "new_thingid"
    )
)]
struct RelationshipTwice {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipTwice>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<RelationshipTwice>>,
}

#[derive(DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things", relationship(many_to_one))]
struct RelationshipWithoutAnything {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipWithoutAnything>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<RelationshipWithoutAnything>>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(many_to_one, schema = "new_thing_thing", column = "new_parent", table = "new_thing")
)]
struct RelationshipWithoutKey {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipWithoutKey>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<RelationshipWithoutKey>>,
}

#[derive(DataverseEntity)]
#[entity(
    logical = "new_thing",
    set = "new_things",
    relationship(
        schema = "new_thing_thing",
        column = "new_parent",
        table = "new_thing",
        key = "new_thingid"
    )
)]
struct RelationshipWithoutSide {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<RelationshipWithoutSide>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<RelationshipWithoutSide>>,
}

fn main() {}
