use dataverse_entity::prelude::*;
use dataverse_entity::tables::SystemUser;

// The struct has one mistake. The compiler reports none for its many uses.
#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(logical = "new_thing", set = "new_things")]
struct Thing {
    #[attr(logical = "new_thingid", primary_id)]
    id: Id<Thing>,
    #[attr(logical = "new_name", string(max_length = 1073741824))]
    name: Option<String>,
    #[attr(logical = "new_count", integer)]
    count: Option<i32>,
    #[attr(logical = "new_parent", lookup, nav = "new_Parent")]
    parent: Option<Lookup<Thing>>,
    #[attr(logical = "new_agent", lookup, nav = "new_Agent")]
    agent: Option<Lookup<SystemUser>>,
}

#[derive(Debug, Clone, PartialEq, DataverseEntity)]
#[entity(of = Thing)]
struct Brief {
    #[attr(logical = "new_name")]
    name: Option<String>,
}

fn everywhere(id: Id<Thing>, before: &Thing, after: &Thing) -> Option<()> {
    let record = Record::<Thing>::from_json("{}").ok()?;
    let page = Page::<Thing>::from_json("{}").ok()?;
    let _: &Option<String> = &record.name;
    let _: Vec<Record<Thing>> = page.records;
    let create = Thing::create().name("New").count(1).parent(id).agent(before.agent.clone()?);
    let update = Thing::update(id).name("New").clear_name().clear_count().clear_parent();
    let _ = (create.to_json().ok()?, update.to_json().ok()?);
    create.validate().ok()?;
    let _ = Thing::changes(before, after).ok()?.is_empty();
    let _: (String, Option<String>) = (Thing::select_clause(), Thing::expand_clause());
    let _ = Thing::METADATA.logical_name;
    let _: Option<Lookup<Thing>> = record.parent.clone();
    let _: Option<Id<Thing>> = after.parent.as_ref().map(Lookup::id);
    let brief = Record::<Brief>::from_json("{}").ok()?;
    let _: &Option<String> = &brief.name;
    Some(())
}

fn main() {}
